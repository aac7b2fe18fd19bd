"""The verb of the command line that lists customers."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from crmdesk.core import dates
from crmdesk.core.context import Context
from crmdesk.core.feature import Command
from crmdesk.core.i18n import N_, _, ngettext
from crmdesk.core.kinds import Kind, show
from crmdesk.core.money import from_minor
from crmdesk.features.customers.listing import CustomerFilter, CustomerRows
from crmdesk.features.customers.queries import currency

COLUMNS = ("number", "name", "trade", "town", "phone", "turnover_12m", "last_contact", "next_due", "cluster")


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("what", choices=("customers",), help=_("what to list"))
    parser.add_argument("--search", default="", metavar="T", help=_("words to find"))
    parser.add_argument("--limit", type=int, default=50, metavar="N", help=_("how many rows"))


def _list(context: Context, options: Namespace) -> int:
    store = context.fresh()
    figures = store.derived.figures
    assert figures is not None
    chosen = CustomerRows(
        figures, dates.today(), CustomerFilter(text=options.search), "name", extra=("number",)
    )
    with store.read() as session:
        money = currency(session)
        count = chosen.count(session)
        found = [
            dict(zip(("id", *chosen.columns), row, strict=True))
            for row in chosen.first(session, options.limit)
        ]
    context.emit({"count": count, "customers": [_plain(row, money) for row in found]})
    for row in found:
        context.out(_line(row, context, money))
    told = ngettext("{n} customer", "{n} customers", count).format(n=count)
    context.out(told)
    return 0


def _plain(row: dict[str, Any], money: str) -> dict[str, Any]:
    turnover = row["turnover_12m"]
    amount = None if turnover is None else float(from_minor(turnover, money))
    return {"id": row["id"]} | {name: row[name] for name in COLUMNS} | {"turnover_12m": amount}


def _line(row: dict[str, Any], context: Context, money: str) -> str:
    turnover = show(Kind.MONEY, row["turnover_12m"] or 0, context.region, money)
    name, town = (row["name"] or "")[:36], (row["town"] or "")[:20]
    return f"{row['number'] or '':<10} {name:<36} {town:<20} {turnover:>14}"


COMMANDS = (Command("list", N_("list customers"), _arguments, _list),)
