"""Who buys how: the RFM grid, retention with its cohorts, and who falls silent."""

from __future__ import annotations

from crmdesk.core import dates
from crmdesk.core.i18n import N_, _, ngettext
from crmdesk.core.kinds import Kind
from crmdesk.features.insights import reports
from crmdesk.features.insights.churn import Alarms, at_risk
from crmdesk.features.insights.retention import Cohort, Kept
from crmdesk.features.insights.ui.few_and_many import NAME
from crmdesk.features.insights.ui.finding import Asking, Entry, Finding, Part, Sheet
from crmdesk.features.insights.ui.shapes import BarRow, Bars, Matrix, Span, Square
from crmdesk.features.patterns.rfm import Grid
from crmdesk.features.value.worth import Worth
from crmdesk.qt.rows import Column

FEWEST, BARS, SHRUNK_BELOW = 5, 10, 50
RFM_COLUMNS = (
    NAME,
    Column("score", N_("Score"), width=74, right=True),
    Column("recency", N_("Days silent"), Kind.NUMBER, width=108, right=True),
    Column("frequency", N_("Orders"), Kind.NUMBER, width=84, right=True),
    Column("money", N_("Bought"), Kind.MONEY, width=96, right=True),
    Column("share", N_("Share"), Kind.PERCENT, width=116, right=True),
)
STEP_COLUMNS = (
    Column("from", N_("From"), width=90, stretch=True),
    Column("to", N_("To"), width=90),
    Column("customers", N_("Customers"), Kind.NUMBER, width=96, right=True),
    Column("kept", N_("Came back"), Kind.NUMBER, width=106, right=True),
    Column("share", N_("Share"), Kind.PERCENT, width=116, right=True),
    Column("fresh", N_("New"), Kind.NUMBER, width=80, right=True),
    Column("money", N_("Money then"), Kind.MONEY, width=110, right=True),
    Column("money_kept", N_("Money now"), Kind.MONEY, width=110, right=True),
    Column("money_share", N_("Money kept"), Kind.PERCENT, width=132, right=True),
)
CHURN_COLUMNS = (
    NAME,
    Column("rhythm", N_("Rhythm"), width=300),
    Column("last", N_("Last order"), Kind.DATE, width=104, right=True),
    Column("risk", N_("Risk"), Kind.PERCENT, width=112, right=True),
    Column("money", N_("At risk a year"), Kind.MONEY, width=132, right=True),
)


def rfm(asking: Asking) -> Finding:
    """Recency, frequency and money as a grid that can be clicked."""
    grid = reports.rfm_grid(asking.session, asking.today)
    if len(grid.customers) < FEWEST:
        return Finding("", empty=_("Not enough orders to say. Five customers with orders are needed."))
    whole = sum(one.bought.money for one in grid.customers.values())
    ordered = sorted(grid.customers.items(), key=lambda pair: (pair[1].code, pair[1].bought.money))
    entries = [
        asking.entry(
            ident,
            one.code,
            one.bought.recency,
            one.bought.frequency,
            asking.minor(one.bought.money),
            100 * one.bought.money / whole if whole else None,
        )
        for ident, one in reversed(ordered)
    ]
    sheet = Sheet("rfm", RFM_COLUMNS, tuple(entries), {"share": "series_1"})
    told = ngettext(
        "{best} of your {n} buyers is strong in all three, {worst} weak in all three",
        "{best} of your {n} buyers are strong in all three, {worst} weak in all three",
        grid.count(str(grid.steps) * 3),
    )
    best, worst = (asking.number(grid.count(digit * 3)) for digit in (str(grid.steps), "1"))
    heading = told.format(best=best, n=asking.number(len(grid.customers)), worst=worst)
    return Finding(heading, _rfm_notes(asking, grid), (Part("", _grid(asking, grid), sheet),))


def _rfm_notes(asking: Asking, grid: Grid) -> tuple[str, ...]:
    told = _("Half of them ordered in the last {days} days. On average {orders} orders and {money} each.")
    return (
        told.format(
            days=asking.number(grid.median_recency),
            orders=asking.number(grid.mean_frequency, 1),
            money=asking.money(grid.mean_money),
        ),
        _("Scores run from 1 to {steps}, the best. A square opens its customers.").format(steps=grid.steps),
    )


def _grid(asking: Asking, grid: Grid) -> Matrix:
    members: dict[tuple[int, int], list[str]] = {}
    for ident, one in grid.customers.items():
        members.setdefault((one.r, one.f), []).append(ident)
    most = max(len(ids) for ids in members.values())
    whole, squares = len(grid.customers), []
    for r in range(1, grid.steps + 1):
        for f in range(1, grid.steps + 1):
            ids = tuple(members.get((r, f), ()))
            told = _("Recency {r}, frequency {f}: {customers}").format(
                r=r, f=f, customers=asking.customers(len(ids))
            )
            text = asking.number(len(ids)) if ids else ""
            share = asking.share(len(ids) / whole) if ids else ""
            squares.append(Square(grid.steps - f, r - 1, text, share, 0.85 * len(ids) / most, told, ids))
    steps = [str(step) for step in range(1, grid.steps + 1)]
    names = (_("Frequency: how often"), _("Recency: 1 long silent, {n} just now").format(n=grid.steps))
    name = _("Buyers by recency and frequency")
    return Matrix(name, tuple(reversed(steps)), tuple(steps), tuple(squares), *names)


def retention(asking: Asking) -> Finding:
    """How many come back from period to period, by customers and by money, with their cohorts."""
    found = reports.retained(asking.session, asking.today)
    if not found.steps or not found.pooled.before:
        return Finding("", empty=_("Not enough orders to say. Two years or two quarters are needed."))
    pairs = list(zip(found.periods, found.periods[1:], found.steps, strict=False))
    before, after, last = next((p for p in reversed(pairs) if p[2].before), pairs[-1])
    told = _("{kept} of {n} customers of {before} bought again in {after} ({share})")
    heading = told.format(
        kept=asking.number(last.kept),
        n=asking.number(last.before),
        before=before,
        after=after,
        share=asking.share(last.share or 0.0),
    )
    entries = [_step_entry(asking, *pair) for pair in reversed(pairs)]
    bars = {"share": "series_1", "money_share": "series_2"}
    sheet = Sheet("retention", STEP_COLUMNS, tuple(entries), bars, drops=("fresh", "money"))
    parts = (
        Part(_("Who came back"), _step_bars(asking, pairs[-6:]), sheet),
        Part(_("Cohorts"), _cohort_matrix(asking, found), _cohort_sheet(asking, found)),
    )
    return Finding(heading, _retention_notes(asking, found, last, after), parts)


def _retention_notes(asking: Asking, found: reports.Retention, last: Kept, after: str) -> tuple[str, ...]:
    pooled = found.pooled
    told = _("In all steps together {kept} of {n} came back, {share}.")
    notes = [
        told.format(
            kept=asking.number(pooled.kept), n=asking.number(pooled.before), share=asking.share(pooled.share)
        )
    ]
    if last.money_share is not None:
        told = _("Their money: {now} after {then}, {share}.")
        now, then = asking.money(last.money_kept), asking.money(last.money_before)
        notes.append(told.format(now=now, then=then, share=asking.share(last.money_share)))
    if last.before < SHRUNK_BELOW:
        told = _("{n} customers are few: reckoned with care it is {share}.")
        notes.append(told.format(n=asking.number(last.before), share=asking.share(last.shrunk)))
    if found.by == "year" and after == str(asking.today.year):
        notes.append(_("{year} is not over yet.").format(year=after))
    return (" ".join(notes[:2]), *notes[2:])


def _step_entry(asking: Asking, before: str, after: str, one: Kept) -> Entry:
    share = None if one.share is None else 100 * one.share
    money = None if one.money_share is None else 100 * one.money_share
    amounts = asking.minor(one.money_before), asking.minor(one.money_kept)
    return Entry(after, (before, after, one.before, one.kept, share, one.fresh, *amounts, money))


def _step_bars(asking: Asking, pairs: list[tuple[str, str, Kept]]) -> Bars:
    counted, paid = (
        _("{share} of {n} customers came back"),
        _("{share} of their earlier money"),
    )
    rows = []
    for before, after, one in pairs:
        share, money = one.share or 0.0, one.money_share or 0.0
        told = counted.format(share=asking.share(share), n=asking.number(one.before))
        also = paid.format(share=asking.share(money))
        spans = (Span(0, share, told), Span(0, money, also, "series_2"))
        rows.append(BarRow(_("{before} to {after}").format(before=before, after=after), spans))
    return Bars(_("Retention by customers and by money"), tuple(rows))


def _cohort_matrix(asking: Asking, found: reports.Retention) -> Matrix:
    shown = found.cohorts[-8:]
    width = max((len(one.active) for one in shown), default=0)
    rows, squares = [], []
    for row, one in enumerate(shown):
        rows.append(_("{period}, n = {n}").format(period=found.periods[one.period], n=one.size))
        for column, active in enumerate(one.active):
            part = active / one.size
            text, of = asking.share(part), f"{asking.number(active)} / {asking.number(one.size)}"
            period = found.periods[one.period + column]
            told = _("First bought in {first}, active in {period}: {share}, {of}")
            words = told.format(first=found.periods[one.period], period=period, share=text, of=of)
            squares.append(Square(row, column, text, of, 0.8 * part, words))
    columns = tuple(str(step) for step in range(width))
    title = {"year": _("Years since the first"), "quarter": _("Quarters since the first")}.get(
        found.by, _("Months since the first")
    )
    return Matrix(_("Cohorts"), tuple(rows), columns, tuple(squares), "", title)


def _cohort_sheet(asking: Asking, found: reports.Retention) -> Sheet:
    width = max((len(one.active) for one in found.cohorts), default=0)
    columns = [
        Column("period", N_("First purchase"), width=140, stretch=True),
        Column("size", N_("Customers"), Kind.NUMBER, width=100, right=True),
    ]
    for step in range(width):
        columns.append(Column(f"active_{step}", str(step), Kind.NUMBER, width=70, right=True))
    for step in range(width):
        label = _("Money {n}").format(n=step)
        columns.append(Column(f"money_{step}", label, Kind.MONEY, width=104, right=True))
    entries = [_cohort_entry(asking, found.periods[one.period], one, width) for one in found.cohorts]
    return Sheet("cohorts", tuple(columns), tuple(entries))


def _cohort_entry(asking: Asking, period: str, one: Cohort, width: int) -> Entry:
    none = (None,) * (width - len(one.active))
    money = tuple(asking.minor(amount) for amount in one.money)
    return Entry(period, (period, one.size, *one.active, *none, *money, *none))


def churn(asking: Asking) -> Finding:
    """Who is silent longer than the own rhythm, and how right such alarms were."""
    found = reports.churn_ledger(asking.session, asking.today, asking.progress)
    buyers = [one for one in found.valuation.customers if one.inputs.purchases]
    if len(buyers) < FEWEST:
        return Finding("", empty=_("Not enough orders to say. Five customers with orders are needed."))
    notes = (_alarms(asking, found.alarms), found.valuation.firm.evidence.reason)
    entries = tuple(_silent(asking, one) for one in found.customers)
    sheet = Sheet("churn", CHURN_COLUMNS, entries, {"risk": "series_2"}, drops=("last",))
    if not entries:
        told = _("Nobody is silent longer than usual")
        return Finding(told, notes, (Part("", None, sheet),))
    told = ngettext(
        "{n} customer is silent longer than usual, {money} a year at risk",
        "{n} customers are silent longer than usual, {money} a year at risk",
        len(entries),
    )
    lost = asking.money(sum(at_risk(one) for one in found.customers))
    heading = told.format(n=asking.number(len(entries)), money=lost)
    shape = _silence(asking, found.customers[:BARS])
    return Finding(heading, notes, (Part("", shape, sheet),))


def _alarms(asking: Asking, seen: Alarms | None) -> str:
    if seen is None:
        return _("The history is too short to test these alarms.")
    if not seen.raised:
        told = _("On {day} no alarm would have rung; {silent} of {n} customers fell silent until {until}.")
    else:
        told = _(
            "Of {raised} alarms on {day}, {right} were right by {until} ({share}). "
            "Of all customers {base} fell silent."
        )
    return told.format(
        raised=asking.number(seen.raised),
        right=asking.number(seen.right),
        silent=asking.number(seen.silent),
        n=asking.number(seen.customers),
        day=dates.show_date_numeric(seen.day, asking.region),
        until=dates.show_date_numeric(seen.until, asking.region),
        share=asking.share(seen.hit_share or 0.0),
        base=asking.share(seen.base_share or 0.0),
    )


def _days(asking: Asking, one: Worth) -> tuple[int, int]:
    every = round(7 * (one.inputs.usual_gap or 0.0))
    return every, (asking.today - one.inputs.last).days if one.inputs.last else 0


def _rhythm(asking: Asking, one: Worth) -> str:
    every, silent = _days(asking, one)
    told = _("orders every {every} days, silent for {silent}")
    return told.format(every=asking.number(every), silent=asking.number(silent))


def _silent(asking: Asking, one: Worth) -> Entry:
    risk = None if one.churn_risk is None else 100 * one.churn_risk
    return asking.entry(one.id, _rhythm(asking, one), one.inputs.last, risk, asking.minor(at_risk(one)))


def _silence(asking: Asking, found: tuple[Worth, ...]) -> Bars:
    rows = []
    for one in found:
        every, silent = _days(asking, one)
        span = Span(0, silent, _rhythm(asking, one), "series_2")
        rows.append(BarRow(one.name, (span,), tick=every, opens=(one.id,)))
    return Bars(_("Days of silence against the usual days between orders"), tuple(rows))
