"""The inputs behind one row of a value sheet, each with where it comes from, and the assumptions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from crmdesk.core import dates
from crmdesk.core.i18n import N_, _, ngettext
from crmdesk.features.value.ui.lines import Row, Teller
from crmdesk.features.value.worth import Part

SOURCES: Mapping[str, str] = MappingProxyType(
    {
        "orders": N_("orders"),
        "log": N_("log"),
        "details": N_("details"),
        "rate": N_("assumption"),
    }
)
MARGIN_SOURCES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "own": (N_("own orders"), "orders"),
        "firm": (N_("the firm's margin"), ""),
        "owner": (N_("your assumption"), "rate:margin"),
    }
)


@dataclass(frozen=True, slots=True)
class Input:
    """One input: what it is, its value, where it comes from, and what the source opens."""

    label: str
    value: str
    source: str = ""
    opens: str = ""


def inputs_of(teller: Teller, row: Row) -> list[Input]:
    """The inputs of a row, one level further than its sum."""
    if row.kind != "line":
        return _sums(teller, row)
    told: Mapping[str, Callable[[Teller, Row], list[Input]]] = {
        "margin": _margin,
        "service": _service,
        "leaving": _leaving,
        "waiting": _waiting,
        "growth": _growth,
        "rest": _rest,
    }
    assert row.line is not None
    make = told.get(row.line.key)
    return make(teller, row) if make is not None and teller.making is not None else []


def _source(opens: str) -> str:
    return _(SOURCES[opens.partition(":")[0]]) if opens else ""


def _input(label: str, value: str, opens: str = "") -> Input:
    return Input(label, value, _source(opens), opens)


def _sums(teller: Teller, row: Row) -> list[Input]:
    one, words = teller.one, teller.words
    parts = [(_("Current value"), one.clv)]
    if row.kind == "total":
        parts += [(_("Growth"), one.growth), (_("Word of mouth"), one.word_of_mouth)]
    else:
        parts = [(line.label, line.amount) for line in one.part(Part.CLV)]
    return [Input(label, words.amount(amount)) for label, amount in parts if amount is not None]


def _day(teller: Teller) -> Callable[[date | None], str]:
    region = teller.words.region
    return lambda day: dates.show_date_numeric(day, region) if day is not None else ""


def _margin(teller: Teller, row: Row) -> list[Input]:
    one, words, made = teller.one, teller.words, teller.making
    assert made is not None
    known, shown = one.inputs, _day(teller)
    rows = []
    if known.purchases:
        bought = ngettext("{n} order", "{n} orders", known.purchases).format(n=known.purchases)
        rows.append(_input(_("Bought so far"), bought, "orders"))
        rows.append(_input(_("First order"), shown(known.first), "orders"))
        rows.append(_input(_("Last order"), shown(known.last), "orders"))
    if made.by_orders:
        rows.append(Input(_("Orders if they stay"), words.number(made.units, 2), _("model")))
        rows.append(_input(_("Usual order"), words.units(known.order), "orders"))
        rows.append(Input(_("Of it their own"), teller.share(known.own_share), _("rest: the firm's mean")))
    else:
        rows.append(Input(_("Turnover"), _a_year(words.units(made.unit)), _("group's average")))
        kept = made.stays[0] if made.stays else 0.0
        rows.append(Input(_("Stay from year to year"), teller.share(kept), _("group's average")))
    source, opens = MARGIN_SOURCES[known.margin_source]
    rows.append(Input(_("Margin rate"), teller.share(made.margin), _(source), opens))
    if known.past_margin is not None:
        rows.append(_input(_("Margin so far"), words.units(known.past_margin), "orders"))
    return rows


def _a_year(text: str) -> str:
    return _("{amount} a year").format(amount=text)


def _service(teller: Teller, row: Row) -> list[Input]:
    words, rates, seen = teller.words, teller.rates, teller.known.service
    hours = (seen.minutes + seen.unmeasured * rates.contact_minutes) / 60
    found = [
        _input(_("Contacts in two years"), str(seen.contacts), "log"),
        _input(_("Hours"), words.number(hours), "log"),
        _input(_("An hour"), words.units(rates.hour_cost), "rate:hour_cost"),
        _input(_("Visits"), str(seen.visits), "log"),
        _input(_("A visit"), words.units(rates.visit_cost), "rate:visit_cost"),
    ]
    if seen.returns:
        found.append(_input(_("Returns"), str(seen.returns), "orders"))
        found.append(_input(_("A return"), words.units(rates.return_cost), "rate:return_cost"))
    if seen.late_money:
        late = words.units(seen.late_money * rates.late_rate / 100)
        found.append(_input(_("Late payment"), late, "orders"))
    made = teller.making
    assert made is not None
    return [*found, Input(_("In a year"), words.units(made.service))]


def _leaving(teller: Teller, row: Row) -> list[Input]:
    one, words, made, shown = teller.one, teller.words, teller.making, _day(teller)
    assert made is not None
    found = [Input(_("Still there"), teller.share(made.alive), _("model"))]
    if one.inputs.last is not None:
        silent = (words.valuation.as_of - one.inputs.last).days
        found.append(_input(_("Last order"), shown(one.inputs.last), "orders"))
        days = ngettext("{n} day", "{n} days", silent).format(n=silent)
        found.append(_input(_("Silent for"), days, "orders"))
    if one.churn_risk is not None:
        risk = _("No order in {n} months").format(n=words.number(teller.rates.window, 0))
        found.append(Input(risk, teller.share(one.churn_risk), _("model")))
    return found


def _waiting(teller: Teller, row: Row) -> list[Input]:
    rates = teller.rates
    years = ngettext("{n} year", "{n} years", rates.years).format(n=rates.years)
    return [
        _input(_("Discount rate"), _a_year(teller.share(rates.yearly)), "rate:discount"),
        _input(_("Horizon"), years, "rate:horizon"),
    ]


def _growth(teller: Teller, row: Row) -> list[Input]:
    words, line = teller.words, row.line
    assert line is not None
    bought = teller.known.categories.get(line.what, 0.0)
    joint, alike = line.reason
    peers = _("{n} of {all} bought").format(n=joint, all=alike) if alike else ""
    budget = teller.known.budget
    level = Input(_("Could buy"), _a_year(words.units(line.gap + bought)), *(
        (_("budget"), "details") if budget is not None else (_("customers like them"), "")
    ))  # fmt: skip
    return [
        _input(_("Buys now"), _a_year(words.units(bought)), "orders"),
        level,
        Input(_("Gap"), _a_year(words.units(line.gap))),
        Input(_("Chance"), teller.share(line.chance), peers),
        Input(_("Margin of the category"), teller.share(line.margin)),
        _input(_("Cost of an offer"), words.units(teller.rates.trial_cost), "rate:trial_cost"),
    ]


def _rest(teller: Teller, row: Row) -> list[Input]:
    words, one = teller.words, teller.one
    total = sum(line.amount for line in one.part(Part.GROWTH) if line.key == "growth")
    found = [Input(_("Growth found"), words.amount(total))]
    if teller.known.budget is not None:
        return [*found, _input(_("Budget"), words.units(teller.known.budget), "details")]
    times = words.number(teller.rates.growth_cap)
    return [*found, _input(_("Limit of growth"), f"{times} ×", "rate:growth_cap")]


def assumptions(teller: Teller) -> str:
    """The assumptions every value stands on, in one sentence."""
    rates, words = teller.rates, teller.words
    told = ngettext(
        "Assumed: horizon {years} year, discount {discount}, one hour costs {hour}.",
        "Assumed: horizon {years} years, discount {discount}, one hour costs {hour}.",
        rates.years,
    )
    hour = words.units(rates.hour_cost)
    return told.format(years=rates.years, discount=teller.share(rates.yearly), hour=hour)


def evidence_words(teller: Teller) -> list[str]:
    """How sure the value is: the reason, and what the back-test of the firm's own data said."""
    words, test = teller.words, teller.run.valuation.firm.test
    told = [teller.one.evidence.reason]
    if test is not None:
        sentence = _(
            "The orders after {date} were hidden: {told} were expected from all customers, {came} came."
        )
        told.append(
            sentence.format(
                date=dates.show_date_numeric(test.split, words.region),
                told=words.number(test.predicted, 0),
                came=words.number(test.actual, 0),
            )
        )
    return told


def seen_orders(teller: Teller) -> str:
    """How many orders the value stands on, and since when."""
    known = teller.one.inputs
    if not known.purchases or known.first is None:
        return ""
    told = ngettext("{n} order since {year}", "{n} orders since {year}", known.purchases)
    return told.format(n=known.purchases, year=known.first.year)
