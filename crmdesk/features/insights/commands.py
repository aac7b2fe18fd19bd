"""The verb insights of the command line: one figure of the base of customers, as text or as JSON."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core import dates, money
from crmdesk.core.context import Context
from crmdesk.core.feature import Command
from crmdesk.core.i18n import N_, _, ngettext
from crmdesk.core.jobs import Progress
from crmdesk.core.record import ALIVE
from crmdesk.features.customers.records import Customer
from crmdesk.features.insights import as_json, reports
from crmdesk.features.insights.hindrance import resistances
from crmdesk.features.orders.queries import base_currency
from crmdesk.features.patterns.concentration import Concentration
from crmdesk.features.patterns.resistance import LABELS
from crmdesk.features.value.commands import aligned, chosen_day, day_arguments

Content = dict[str, Any]
Lines = list[str]
LONGEST_NAME, MOST = 34, 20


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: the file, the day, and how figures are written here."""

    context: Context
    session: Session
    day: date
    options: Namespace
    currency: str
    progress: Progress

    def names(self) -> dict[str, tuple[str, str]]:
        """Number and name of every customer."""
        query = select(Customer.id, Customer.number, Customer.name).where(Customer.deleted == ALIVE)
        return {ident: (number or "", name) for ident, number, name in self.session.execute(query)}

    def money(self, units: float | None) -> str:
        """An amount in whole units as money; a dash where it is unknown."""
        minor = None if units is None else money.to_minor(money.from_float(units), self.currency)
        return "–" if minor is None else money.show_money(minor, self.currency, self.context.region)

    def share(self, part: float | None) -> str:
        """A share as a percentage; a dash where it is unknown."""
        return "–" if part is None else money.show_percent(100 * part, self.context.region, 1)

    def number(self, value: float, places: int = 1) -> str:
        """A plain number."""
        return money.show_number(value, self.context.region, places)


def _pareto(asked: Asked) -> tuple[Content, Lines]:
    found = reports.pareto(asked.session, asked.day, asked.options.months)
    lines = []
    for name, one in ((_("Turnover"), found.turnover), (_("Cost"), found.cost), (_("Profit"), found.profit)):
        told = _sentence(asked, one) if one else _("not known")
        lines.append(f"{name}: {told}")
    return as_json.pareto(found, asked.currency), lines


def _sentence(asked: Asked, one: Concentration) -> str:
    told = ngettext(
        "{top} of your {n} customer makes {share}; {for80} make 80 %. A {a}, B {b}, C {c}. Gini {gini}.",
        "{top} of your {n} customers make {share}; {for80} make 80 %. A {a}, B {b}, C {c}. Gini {gini}.",
        one.customers,
    )
    a, b, c = (one.classes[name] for name in "ABC")
    return told.format(
        top=one.top_count,
        n=one.customers,
        share=asked.share(one.top_share),
        for80=one.for80,
        a=a,
        b=b,
        c=c,
        gini=asked.number(one.gini, 4),
    )


def _rfm(asked: Asked) -> tuple[Content, Lines]:
    content = as_json.rfm(reports.rfm_grid(asked.session, asked.day), asked.names())
    rows = [(_("Number"), _("Customer"), _("Score"), _("Days"), _("Orders"), _("Money"))]
    for one in sorted(content["list"], key=lambda one: (one["code"], one["money"]), reverse=True):
        money_shown = asked.money(one["money"])
        rows.append(
            (one["number"], one["name"][:LONGEST_NAME], one["code"], str(one["recency"]),
             str(one["frequency"]), money_shown)
        )  # fmt: skip
    return content, aligned(rows, 2)


def _retention(asked: Asked) -> tuple[Content, Lines]:
    content = as_json.retention(reports.retained(asked.session, asked.day, asked.options.by))
    rows = [(_("From"), _("To"), _("Customers"), _("Came back"), _("Share"), _("New"), _("Money kept"))]
    for one in content["steps"]:
        rows.append(
            (one["from"], one["to"], str(one["customers"]), str(one["kept"]), asked.share(one["retention"]),
             str(one["new"]), asked.share(one["money_retention"]))
        )  # fmt: skip
    whole = content["pooled"]
    rows.append(
        (_("All"), "", str(whole["customers"]), str(whole["kept"]), asked.share(whole["retention"]), "", "")
    )
    return content, aligned(rows, 2)


def _cohorts(asked: Asked) -> tuple[Content, Lines]:
    content = as_json.cohorts(reports.retained(asked.session, asked.day, asked.options.by))
    width = max((len(one["active"]) for one in content["cohorts"]), default=0)
    rows = [(_("First purchase"), _("Customers"), *(str(n) for n in range(width)))]
    for one in content["cohorts"]:
        shares = [asked.share(part) for part in one["retention"]]
        rows.append((one["period"], str(one["customers"]), *shares, *[""] * (width - len(shares))))
    return content, aligned(rows, 1)


def _white_space(asked: Asked) -> tuple[Content, Lines]:
    found = reports.white_space(asked.session, asked.day)
    content = as_json.white_space(found, asked.names())
    lines = [_("Gap in all: {amount} a year").format(amount=asked.money(found.total))]
    largest = sorted(content["customers"], key=lambda one: -sum(gap["gap"] for gap in one["gaps"]))
    for one in largest[:MOST]:
        gaps = ", ".join(f"{gap['category']} {asked.money(gap['gap'])}" for gap in one["gaps"][:3])
        lines.append(f"{one['name'][:LONGEST_NAME]}: {gaps}")
        lines += [f"   {_reason(offer)}" for offer in one["next"][:1]]
    return content, lines


def _reason(offer: Content) -> str:
    if offer["popular"]:
        told = ngettext(
            "{product}: popular, {n} customer buys it",
            "{product}: popular, {n} customers buy it",
            offer["buyers"],
        )
        return told.format(product=offer["product"], n=offer["buyers"])
    told = _("{product}: {joint} of {alike} customers who buy {because} buy it too")
    because = _(" and ").join(offer["because"])
    return told.format(product=offer["product"], joint=offer["joint"], alike=offer["alike"], because=because)


def _demand(asked: Asked) -> tuple[Content, Lines]:
    content = as_json.demand(reports.demand_ahead(asked.session, asked.day))
    words = (_("low price"), _("middle price"), _("high price"))
    rows = [(_("Product"), _("Next month"), _("Range"), _("Method"), _("Past error"))]
    for one in (*content["segments"], *content["products"][:MOST]):
        third = one.get("segment")
        category = one["name"] or _("No category")
        name = one["name"] if third is None else f"{category}, {words[third]}"
        error = "–" if one["past_error"] is None else asked.number(one["past_error"], 2)
        span = f"{asked.number(one['low'], 0)}–{asked.number(one['high'], 0)}"
        rows.append((name[:LONGEST_NAME], asked.number(one["forecast"][0], 1), span, one["method"], error))
    return content, aligned(rows, 1)


def _equity(asked: Asked) -> tuple[Content, Lines]:
    since = dates.parse_date(asked.options.since, asked.context.region) if asked.options.since else None
    found = reports.equity_balance(asked.session, asked.day, since, asked.progress)
    content = as_json.equity(found, asked.currency, asked.names())
    labels = (
        (_("Opening equity"), content["opening"]),
        (_("+ won"), content["won"]),
        (_("+ grown"), content["grown"]),
        (_("− shrunk"), content["shrunk"]),
        (_("− lost"), content["lost"]),
        (_("± estimated anew"), content["re_estimated"]),
        (_("Closing equity"), content["closing"]),
    )
    return content, aligned([(label, asked.money(amount)) for label, amount in labels], 1)


def _churn(asked: Asked) -> tuple[Content, Lines]:
    content = as_json.churn(reports.churn_ledger(asked.session, asked.day, asked.progress))
    lines = []
    for one in content["customers"]:
        told = _("{name}: orders every {every} days, silent for {silent}; risk {risk}, {money} a year")
        lines.append(
            told.format(
                name=one["name"][:LONGEST_NAME],
                every=round(one["every_days"]),
                silent=one["silent_days"],
                risk=asked.share(one["churn_risk"]),
                money=asked.money(one["at_risk"]),
            )
        )
    seen = content["alarms"]
    if seen and seen["raised"]:
        told = _("Of {raised} alarms on {day}, {right} were right ({share}; all customers {base}).")
        lines.append(
            told.format(
                raised=seen["raised"],
                day=seen["day"],
                right=seen["right"],
                share=asked.share(seen["hit_share"]),
                base=asked.share(seen["base_share"]),
            )
        )
    return content, [content["evidence"]["reason"], *lines]


def _stability(asked: Asked) -> tuple[Content, Lines]:
    content = as_json.stability(reports.steady(asked.session, asked.day, asked.progress), asked.names())
    months = content["payback_months"]
    rows = [
        (_("Turnover of twelve months"), asked.money(content["turnover"])),
        (_("From customers of the year before"), asked.share(content["repeating_share"])),
        (_("On the largest customer"), asked.share(content["largest_share"])),
        (_("On the five largest"), asked.share(content["largest_five_share"])),
        (_("Swing from month to month"), asked.share(content["swing"])),
        (_("Cost of winning a customer"), asked.money(content["winning_cost"])),
        (_("Cost of keeping one, a year"), asked.money(content["keeping_cost"])),
        (_("Months until winning has paid"), "–" if months is None else asked.number(months, 1)),
    ]
    return content, aligned(rows, 1)


def _resistance(asked: Asked) -> tuple[Content, Lines]:
    found = resistances(asked.session, asked.day)
    content = as_json.resistance(found, asked.names())
    rows = [(_("Customer"), _("Resistance"), _("Known"), _("Main cause"))]
    for one in content["customers"]:
        shown = _("too little is known") if one["index"] is None else asked.number(one["index"], 0)
        causes = [_(LABELS[cause["name"]]) for cause in one["causes"][:1] if cause["points"] > 0]
        rows.append((one["name"][:LONGEST_NAME], shown, asked.share(one["coverage"]), "".join(causes)))
    return content, aligned(rows, 4)


def _meter(asked: Asked) -> tuple[Content, Lines]:
    since, region = asked.options.since, asked.context.region
    start = dates.parse_date(since, region) if since else dates.add_months(asked.day, -12)
    found = reports.crm_return(asked.session, asked.day, start)
    lines = [
        _("The trend promised {expected}, {actual} came: {effect}.").format(
            expected=asked.money(found.expected),
            actual=asked.money(found.actual),
            effect=asked.share(found.effect),
        )
    ]
    if not found.proven:
        lines.append(_("This is not distinguishable from chance."))
    return as_json.meter(found, start), lines


Report = Callable[[Asked], tuple[Content, Lines]]
REPORTS: tuple[tuple[str, Report], ...] = (
    ("pareto", _pareto),
    ("rfm", _rfm),
    ("retention", _retention),
    ("cohorts", _cohorts),
    ("whitespace", _white_space),
    ("demand", _demand),
    ("equity", _equity),
    ("churn", _churn),
    ("stability", _stability),
    ("resistance", _resistance),
    ("meter", _meter),
)


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("name", choices=[name for name, _report in REPORTS], help=_("what to look at"))
    day_arguments(parser)
    parser.add_argument("--months", type=int, metavar="N", help=_("pareto: only the last months"))
    parser.add_argument(
        "--by", choices=("year", "quarter", "month"), help=_("retention and cohorts: the periods")
    )
    parser.add_argument(
        "--since", metavar="D", help=_("equity and meter: the first day, a year before by default")
    )


def _run(context: Context, options: Namespace) -> int:
    day = chosen_day(context, options)
    with context.store(shared=True).read() as session:
        currency = base_currency(session)
        asked = Asked(context, session, day, options, currency, context.progress())
        content, lines = dict(REPORTS)[options.name](asked)
    context.emit({"as_of": day.isoformat(), "currency": currency, **content})
    for line in lines:
        context.out(line)
    return 0


COMMANDS = (Command("insights", N_("what the base of customers tells"), _arguments, _run),)
