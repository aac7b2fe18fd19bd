"""The firm as a whole: its customer equity as a balance, and how steady its turnover is."""

from __future__ import annotations

from crmdesk.core import dates
from crmdesk.core.i18n import N_, _
from crmdesk.core.kinds import Kind
from crmdesk.features.insights import reports
from crmdesk.features.insights.movement import Movement
from crmdesk.features.insights.ui.few_and_many import NAME
from crmdesk.features.insights.ui.finding import Asking, Entry, Finding, Part, Sheet
from crmdesk.features.insights.ui.shapes import BarRow, Bars, Span
from crmdesk.qt.rows import Column

MOVES = ("opening", "won", "grown", "shrunk", "lost", "re_estimated", "closing")
EQUITY_COLUMNS = (
    NAME,
    Column("opening", N_("Opening"), Kind.MONEY, width=96, right=True),
    Column("won", N_("Won"), Kind.MONEY, width=84, right=True),
    Column("grown", N_("Grown"), Kind.MONEY, width=84, right=True),
    Column("shrunk", N_("Shrunk"), Kind.MONEY, width=88, right=True),
    Column("lost", N_("Lost"), Kind.MONEY, width=84, right=True),
    Column("re_estimated", N_("Reckoned anew"), Kind.MONEY, width=124, right=True),
    Column("closing", N_("Closing"), Kind.MONEY, width=96, right=True),
)
STEADY_COLUMNS = (
    Column("what", N_("Figure"), width=280, stretch=True),
    Column("value", N_("Value"), width=160, right=True),
    Column("meaning", N_("Meaning"), width=360),
)
DISCOUNT_COLUMNS = (
    NAME,
    Column("given", N_("Discounts given"), Kind.MONEY, width=130, right=True),
    Column("share", N_("Of the list price"), Kind.PERCENT, width=140, right=True),
    Column("lines", N_("Of the lines"), Kind.PERCENT, width=120, right=True),
    Column("depends", N_("Buys at full price"), width=150),
)


def equity(asking: Asking) -> Finding:
    """Customer equity a year ago, what came and went, and what it is now."""
    found = reports.equity_balance(asking.session, asking.today, progress=asking.progress)
    total = found.total
    if not total.opening and not total.closing:
        return Finding("", empty=_("Not enough orders to say. Equity needs orders or yearly turnover."))
    if total.closing >= total.opening:
        told = _("Customer equity rose by {change} to {closing} in twelve months")
    else:
        told = _("Customer equity fell by {change} to {closing} in twelve months")
    change = asking.cents(abs(total.closing - total.opening))
    heading = told.format(change=change, closing=asking.cents(total.closing))
    closes = total.closes and all(one.closes for one in found.customers)
    notes = (
        _("Opening + won + grown − shrunk − lost ± reckoned anew = closing, to the cent.")
        if closes
        else _("The lines do not add up to the closing equity. Report this."),
        _("Reckoned anew is what only better knowledge of your firm has changed."),
    )
    entries = tuple(asking.entry(one.id, *(getattr(one, move) for move in MOVES)) for one in found.customers)
    whole = Entry("total", (_("All customers"), *(getattr(total, move) for move in MOVES)))
    drops = ("re_estimated", "lost")
    sheet = Sheet("equity", EQUITY_COLUMNS, entries, total=whole, drops=drops)
    since = dates.show_date_numeric(dates.add_months(asking.today, -12), asking.region)
    return Finding(heading, notes, (Part("", _fall(asking, total, since), sheet),))


def _fall(asking: Asking, total: Movement, since: str) -> Bars:
    moves = (
        (_("Won"), total.won),
        (_("Grown"), total.grown),
        (_("Shrunk"), -total.shrunk),
        (_("Lost"), -total.lost),
        (_("Reckoned anew"), total.re_estimated),
    )
    opening = Span(0, total.opening, asking.cents(total.opening), "accent_fill")
    rows = [BarRow(_("Opening, {day}").format(day=since), (opening,), strong=True)]
    level = total.opening
    for name, amount in moves:
        sign = "+" if amount > 0 else ""
        color = "late" if amount < 0 else "series_1"
        span = Span(level, level + amount, f"{sign}{asking.cents(amount)}", color, amount < 0)
        rows.append(BarRow(name, (span,)))
        level += amount
    closing = Span(0, total.closing, asking.cents(total.closing), "accent_fill")
    rows.append(BarRow(_("Closing, today"), (closing,), strong=True))
    return Bars(_("Customer equity from opening to closing"), tuple(rows), fall=True)


def stability(asking: Asking) -> Finding:
    """How steady turnover is, on whom it hangs, who lives on discounts, winning against keeping."""
    found = reports.steady(asking.session, asking.today, asking.progress)
    one = found.stability
    if one.turnover <= 0:
        return Finding("", empty=_("Not enough orders to say. No turnover in the last twelve months."))
    told = _("{share} of turnover comes from customers of the year before, {largest} from the largest one")
    heading = told.format(share=asking.share(one.repeating), largest=asking.share(one.largest))
    parts = [Part(_("Turnover"), _steady_bars(asking, found), _steady_sheet(asking, found))]
    entries = tuple(
        asking.entry(
            ident,
            round(own.money),
            100 * own.share,
            100 * own.lines_share,
            _("hardly") if own.depends else _("yes"),
        )
        for ident, own in sorted(found.discounts.items(), key=lambda pair: (-pair[1].money, pair[0]))
        if ident in asking.people
    )
    if entries:
        bars = {"share": "series_2", "lines": "series_muted"}
        parts.append(Part(_("Discounts"), None, Sheet("discounts", DISCOUNT_COLUMNS, entries, bars)))
    return Finding(heading, (_winning(asking, found),), tuple(parts))


def _winning(asking: Asking, found: reports.Steady) -> str:
    paid = found.payback
    told = _("Winning a customer costs {winning}, keeping one {keeping} a year.")
    text = told.format(winning=asking.money(paid.winning), keeping=asking.money(paid.keeping))
    if paid.months is None:
        return text
    also = _("A new customer has paid its cost after {n} months.")
    return f"{text} {also.format(n=asking.number(paid.months, 1))}"


def _figures(found: reports.Steady) -> tuple[tuple[str, float, str, str], ...]:
    one = found.stability
    return (
        (_("From customers of the year before"), one.repeating, "series_1", _("the higher, the steadier")),
        (_("From the largest customer"), one.largest, "series_2", _("what would go with this one")),
        (_("From the five largest"), one.largest_five, "series_2", _("what hangs on five")),
        (_("Swing from month to month"), one.swing, "series_muted", _("against the mean month")),
        (_("Worst month"), one.worst_month, "series_muted", _("as a share of the mean month")),
    )


def _steady_bars(asking: Asking, found: reports.Steady) -> Bars:
    rows = tuple(
        BarRow(name, (Span(0, value, asking.share(value), color),))
        for name, value, color, _meaning in _figures(found)
    )
    return Bars(_("How steady turnover is"), rows)


def _steady_sheet(asking: Asking, found: reports.Steady) -> Sheet:
    one = found.stability
    rows = [(_("Turnover of twelve months"), asking.money(one.turnover), "")]
    rows += [(name, asking.share(value, 1), meaning) for name, value, _c, meaning in _figures(found)]
    paid = found.payback
    rows.append((_("Cost of winning a customer"), asking.money(paid.winning), _("your own rate")))
    rows.append((_("Cost of keeping one, a year"), asking.money(paid.keeping), _("contacts and visits")))
    entries = tuple(Entry(str(place), row) for place, row in enumerate(rows))
    return Sheet("stability", STEADY_COLUMNS, entries)
