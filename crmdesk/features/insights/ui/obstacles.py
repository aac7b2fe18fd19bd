"""What stands in the way of purchases, and what the change of working has brought so far."""

from __future__ import annotations

from crmdesk.core import dates
from crmdesk.core.i18n import N_, _, ngettext
from crmdesk.core.kinds import Kind
from crmdesk.features.insights import reports
from crmdesk.features.insights.hindrance import resistances
from crmdesk.features.insights.ui.few_and_many import NAME
from crmdesk.features.insights.ui.finding import Asking, Entry, Finding, Part, Sheet
from crmdesk.features.insights.ui.shapes import BarRow, Bars, Span
from crmdesk.features.patterns.meter import FEWEST as FEWEST_MONTHS
from crmdesk.features.patterns.meter import Meter
from crmdesk.features.patterns.resistance import LABELS, REMEDIES, Resistance
from crmdesk.qt.rows import Column

FEWEST, BARS, HIGH, SURE = 5, 10, 50.0, 1.96
RESISTANCE_COLUMNS = (
    NAME,
    Column("index", N_("Resistance"), Kind.NUMBER, width=100, right=True),
    Column("coverage", N_("Known"), Kind.PERCENT, width=118, right=True),
    Column("cause", N_("Main cause"), width=200),
    Column("remedy", N_("What helps"), width=400),
)
METER_COLUMNS = (
    Column("what", N_("Figure"), width=280, stretch=True),
    Column("value", N_("Value"), width=160, right=True),
    Column("meaning", N_("Meaning"), width=360),
)


def resistance(asking: Asking) -> Finding:
    """How hard each customer is to sell to, from 0 to 100, with the main cause and what helps."""
    found = resistances(asking.session, asking.today)
    known = [(i, one) for i, one in found.items() if one.index is not None and i in asking.people]
    if len(known) < FEWEST:
        return Finding("", empty=_("Not enough contacts to say. Log calls and visits with their mood."))
    known.sort(key=lambda pair: (-(pair[1].index or 0.0), pair[0]))
    high = sum((one.index or 0.0) >= HIGH for _ident, one in known)
    told = ngettext(
        "{high} of {n} customer resists more than half of what is possible",
        "{high} of {n} customers resist more than half of what is possible",
        len(known),
    )
    heading = told.format(high=asking.number(high), n=asking.number(len(known)))
    notes = (
        _("0 means nothing stands in the way, 100 everything. Age and sex are never used."),
        _("Of {n} more customers too little is known.").format(n=asking.number(len(found) - len(known))),
    )
    entries = tuple(_resistance_entry(asking, ident, one) for ident, one in known)
    drops = ("coverage", "remedy")
    sheet = Sheet("resistance", RESISTANCE_COLUMNS, entries, {"coverage": "series_muted"}, drops=drops)
    return Finding(heading, notes, (Part("", _resistance_bars(asking, known[:BARS]), sheet),))


def _cause(one: Resistance) -> str:
    return one.main[0].name if one.main else ""


def _resistance_entry(asking: Asking, ident: str, one: Resistance) -> Entry:
    cause = _cause(one)
    label, remedy = (_(LABELS[cause]), _(REMEDIES[cause])) if cause else ("", "")
    return asking.entry(ident, round(one.index or 0.0), 100 * one.coverage, label, remedy)


def _resistance_bars(asking: Asking, found: list[tuple[str, Resistance]]) -> Bars:
    rows = []
    for ident, one in found:
        cause = _cause(one)
        text = asking.number(one.index or 0.0)
        if cause:
            text = f"{text}, {_(LABELS[cause])}"
        span = Span(0, one.index or 0.0, text, "series_2")
        rows.append(BarRow(asking.name(ident), (span,), opens=(ident,)))
    return Bars(_("Customers who resist most"), tuple(rows))


def crm_return(asking: Asking) -> Finding:
    """What the last twelve months brought against the trend of the time before."""
    start = dates.add_months(asking.today, -12)
    found = reports.crm_return(asking.session, asking.today, start)
    if min(found.months_before, found.months_since) < FEWEST_MONTHS or found.expected <= 0:
        told = _("Not enough orders to say. Six months before and six months after {day} are needed.")
        return Finding("", empty=told.format(day=dates.show_date_numeric(start, asking.region)))
    if found.actual >= found.expected:
        told = _("{actual} came where the trend promised {expected}, {effect} more")
    else:
        told = _("{actual} came where the trend promised {expected}, {effect} less")
    heading = told.format(
        actual=asking.money(found.actual),
        expected=asking.money(found.expected),
        effect=asking.share(abs(found.effect)),
    )
    notes = (
        _("This stands out from chance.") if found.proven else _("This is not distinguishable from chance."),
        _("Twelve months since {day} against the line through the {n} months before.").format(
            day=dates.show_date_numeric(start, asking.region), n=asking.number(found.months_before)
        ),
    )
    return Finding(heading, notes, (Part("", _meter_bars(asking, found), _meter_sheet(asking, found)),))


def _meter_bars(asking: Asking, found: Meter) -> Bars:
    low, high = max(0.0, found.expected - SURE * found.error), found.expected + SURE * found.error
    told = _("{expected}, from {low} to {high}")
    text = told.format(expected=asking.money(found.expected), low=asking.money(low), high=asking.money(high))
    came = Span(0, found.actual, asking.money(found.actual))
    rows = (
        BarRow(_("Promised by the trend"), (Span(0, found.expected, text, "series_2"),), reach=(low, high)),
        BarRow(_("What came"), (came,), strong=True),
    )
    return Bars(_("Turnover against its trend"), rows)


def _meter_sheet(asking: Asking, found: Meter) -> Sheet:
    difference = found.actual - found.expected
    rows = (
        (_("Trend before, a year"), asking.share(found.trend, 1), _("growth of the months before")),
        (_("Promised by the trend"), asking.money(found.expected), ""),
        (_("What came"), asking.money(found.actual), ""),
        (_("Difference"), asking.money(difference), _("before the cost of the change")),
        (_("Uncertainty"), asking.money(SURE * found.error), _("nineteen times of twenty it is smaller")),
    )
    return Sheet("crm_return", METER_COLUMNS, tuple(Entry(str(n), row) for n, row in enumerate(rows)))
