"""The portfolio on the command line: who stands where, as a table or as one JSON object."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import Any

from crmdesk.core import dates, kinds, money
from crmdesk.core.context import Context
from crmdesk.core.feature import Command
from crmdesk.core.i18n import N_, _
from crmdesk.core.kinds import Kind
from crmdesk.features.orders.queries import base_currency
from crmdesk.features.portfolio import queries
from crmdesk.features.portfolio.queries import Placed, Placements
from crmdesk.features.portfolio.rules import Cluster, Portfolio

LONGEST_NAME = 34
ORDER = tuple(Cluster)


def cluster_word(cluster: Cluster) -> str:
    """The name of a cluster in JSON."""
    return "maintenance" if cluster is Cluster.MAINTAIN else cluster.value


def months(text: str) -> int | None:
    """A number of months, or None for all time."""
    if text == "all":
        return None
    if not text.isdigit() or not 1 <= int(text) <= 1200:
        raise ArgumentTypeError(_("a number of months from 1 to 1200, or all"))
    return int(text)


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--as-of", metavar="DATE", help=_("the day, today where none is named"))
    parser.add_argument(
        "--months",
        type=months,
        default=0,
        metavar="N|all",
        help=_("the period of the turnover, 12 by default"),
    )


def run(context: Context, options: Namespace) -> int:
    """Print who stands where: now, or by a single calculation for the day or period named."""
    single = options.as_of is not None or options.months != 0
    day = dates.parse_date(options.as_of, context.region) if options.as_of else context.today()
    with context.store(shared=True).read() as session:
        currency = base_currency(session)
        period = queries.YEAR if options.months == 0 else options.months
        placed = queries.placements(session, day, period) if single else queries.current(session, day)
    context.emit(_json(placed, currency))
    for line in _table(placed, context, currency):
        context.out(line)
    return 0


def _ranked(placed: Placements) -> list[Placed]:
    def place(customer: Placed) -> tuple[int, int, str]:
        cluster = ORDER.index(customer.cluster) if customer.cluster else 0
        return cluster, -customer.turnover, customer.name

    return sorted(placed.customers, key=place)


def _json(placed: Placements, currency: str) -> dict[str, Any]:
    def amount(cents: int) -> float:
        return float(money.from_minor(cents, currency))

    found: dict[str, Any] = {"as_of": placed.as_of.isoformat(), "currency": currency, "cuts": None}
    if isinstance(placed.portfolio, Portfolio):
        cuts = placed.portfolio.cuts
        found["cuts"] = {"turnover": amount(cuts.turnover.value), "potential": amount(cuts.potential.value)}
    else:
        found["reason"] = placed.portfolio.reason()
    groups = {cluster: placed.of(cluster) for cluster in Cluster}
    found["clusters"] = {
        cluster_word(cluster): {
            "customers": len(group),
            "turnover": amount(sum(customer.turnover for customer in group)),
        }
        for cluster, group in groups.items()
    }
    found["customers"] = [
        {
            "id": customer.id,
            "number": customer.number,
            "name": customer.name,
            "turnover": amount(customer.turnover),
            "potential": amount(customer.potential.amount),
            "cluster": cluster_word(customer.cluster) if customer.cluster else None,
            "evidence": customer.potential.evidence.value,
        }
        for customer in _ranked(placed)
    ]
    return found


def _table(placed: Placements, context: Context, currency: str) -> list[str]:
    def amount(cents: int) -> str:
        return kinds.show(Kind.MONEY, cents, context.region, currency)

    if isinstance(placed.portfolio, Portfolio):
        cuts = placed.portfolio.cuts
        told = _("Cuts: turnover {turnover}, potential {potential}.")
        head = [told.format(turnover=amount(cuts.turnover.value), potential=amount(cuts.potential.value))]
    else:
        head = [placed.portfolio.reason()]
    sums = [(_("Cluster"), _("Customers"), _("Turnover"))]
    for cluster in Cluster:
        group = placed.of(cluster)
        turnover = sum(customer.turnover for customer in group)
        sums.append((_(cluster.label), str(len(group)), amount(turnover)))
    rows = [(_("Number"), _("Customer"), _("Cluster"), _("Turnover"), _("Potential"))]
    for customer in _ranked(placed):
        label = _(customer.cluster.label) if customer.cluster else ""
        potential = amount(customer.potential.amount) if customer.potential.graded else _("ungraded")
        name = customer.name[:LONGEST_NAME]
        rows.append((customer.number, name, label, amount(customer.turnover), potential))
    return [*head, "", *_aligned(sums, 1), "", *_aligned(rows, 3)]


def _aligned(rows: list[Any], numbers_from: int) -> list[str]:
    """Rows as lines with columns below each other; the last columns hold numbers and end flush."""
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    return [
        "  ".join(
            cell.rjust(width) if n >= numbers_from else cell.ljust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


COMMANDS = (Command("portfolio", N_("who is key, to develop, maintenance or marginal"), arguments, run),)
