"""The 80/20 law of turnover and cost, and the whale curve of profit."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, fsum

from crmdesk.core import dates
from crmdesk.core.i18n import N_, _, ngettext
from crmdesk.core.kinds import Kind
from crmdesk.features.insights import reports
from crmdesk.features.insights.ui.finding import Asking, Entry, Finding, Group, Part, Sheet, Side, Source
from crmdesk.features.insights.ui.shapes import Curve, Curves
from crmdesk.features.knowledge import queries as value_queries
from crmdesk.features.patterns.concentration import Concentration
from crmdesk.qt.rows import Column

FEWEST, POINTS = 5, 400
NAME = Column("name", N_("Customer"), width=150, delegate="name", stretch=True)
PARETO_COLUMNS = (
    NAME,
    Column("turnover", N_("Turnover"), Kind.MONEY, width=80, right=True),
    Column("turnover_share", N_("Share"), Kind.PERCENT, width=110, right=True),
    Column("cost", N_("Cost"), Kind.MONEY, width=76, right=True),
    Column("cost_share", N_("Share"), Kind.PERCENT, width=104, right=True),
    Column("class", N_("Class"), width=54),
    Column("in80", N_("In 80 % of"), width=92, right=True),
)
WHALE_COLUMNS = (
    NAME,
    Column("profit", N_("Profit"), Kind.MONEY, width=100, right=True),
    Column("profit_share", N_("Share"), Kind.PERCENT, width=116, right=True),
    Column("running", N_("All so far"), Kind.PERCENT, width=96, right=True),
    Column("class", N_("Class"), width=66),
)


def pareto(asking: Asking) -> Finding:
    """Which few make most of the turnover, and which few take most of the cost."""
    found = reports.pareto(asking.session, asking.today, asking.months)
    one, other = found.turnover, found.cost
    if sum(amount > 0 for amount in one.amounts) < FEWEST or one.total <= 0:
        return Finding("", empty=_("Not enough orders to say. Five customers with orders are needed."))
    entries = _pareto_entries(asking, one, other)
    side = _side(asking, one, other) if other and other.total > 0 else None
    notes = (_half(asking, one, other), _tail(asking, one, other), _named_classes(asking, one))
    total = _pareto_total(one, other)
    sheet = Sheet(
        "pareto",
        PARETO_COLUMNS,
        tuple(entries),
        {"turnover_share": "series_1", "cost_share": "series_2"},
        total,
        ("cost_share", "turnover_share", "class"),
    )
    shape = _double_curve(asking, one, other)
    return Finding(_first(asking, one), notes, (Part("", shape, sheet),), side, _period(asking, one))


def _first(asking: Asking, one: Concentration) -> str:
    told = ngettext(
        "{top} of your {n} customers makes {share} of turnover",
        "{top} of your {n} customers make {share} of turnover",
        one.top_count,
    )
    return told.format(
        top=asking.number(one.top_count), n=asking.number(one.customers), share=asking.share(one.top_share)
    )


def _half(asking: Asking, one: Concentration, other: Concentration | None) -> str:
    if other is None or other.total <= 0:
        told = _("{share} of customers make 80 % of turnover. No cost is known.")
        return told.format(share=asking.share(one.for80 / one.customers))
    told = _("{share} of customers make 80 % of turnover, {cost} make 80 % of cost.")
    return told.format(
        share=asking.share(one.for80 / one.customers), cost=asking.share(other.for80 / other.customers)
    )


def _tail(asking: Asking, one: Concentration, other: Concentration | None) -> str:
    told = _("Read from the other end: {n} customers bring {share}.")
    rest = asking.number(one.customers - one.top_count)
    text = told.format(n=rest, share=asking.share(one.tail_share))
    if other is None or other.total <= 0:
        return text
    also = _("The most demanding fifth takes {share} of cost.")
    return f"{text} {also.format(share=asking.share(other.top_share))}"


def _named_classes(asking: Asking, one: Concentration) -> str:
    told = _("Class A has {a} customers, class B {b}, class C {c}.")
    a, b, c = (asking.number(one.classes[name]) for name in "ABC")
    return told.format(a=a, b=b, c=c)


def _named(one: Concentration | None) -> frozenset[str] | None:
    return None if one is None else frozenset(one.ids[: one.for80])


def _pareto_entries(asking: Asking, one: Concentration, other: Concentration | None) -> Iterable[Entry]:
    left, right = frozenset(one.ids[: one.for80]), _named(other) or frozenset()
    costs = dict(zip(other.ids, other.amounts, strict=True)) if other else {}
    classes = _classes(one)
    words = {(1, 1): _("both"), (1, 0): _("turnover"), (0, 1): _("cost only"), (0, 0): ""}
    for ident, amount in zip(one.ids, one.amounts, strict=True):
        cost = costs.get(ident)
        yield asking.entry(
            ident,
            amount,
            100 * amount / one.total,
            cost,
            100 * cost / other.total if cost is not None and other and other.total else None,
            classes[ident],
            words[ident in left, ident in right],
        )


def _classes(one: Concentration) -> dict[str, str]:
    marks = [name for name in "ABC" for _n in range(one.classes[name])]
    return dict(zip(one.ids, marks, strict=True))


def _pareto_total(one: Concentration, other: Concentration | None) -> Entry:
    cost = other.total if other else None
    whole = 100.0 if other and other.total else None
    return Entry("total", (_("All customers"), one.total, 100.0, cost, whole, "", ""))


def points(one: Concentration) -> tuple[tuple[float, float], ...]:
    """The running share of a total by the share of customers, in no more points than can be seen."""
    curve = one.curve
    step = max(1, ceil(len(curve) / POINTS))
    kept = [place for place in range(len(curve)) if place % step == 0 or place == len(curve) - 1]
    return tuple(((place + 1) / len(curve), curve[place]) for place in kept)


def _double_curve(asking: Asking, one: Concentration, other: Concentration | None) -> Curves:
    curves = [_marked(asking, _("Turnover"), one, "series_1")]
    if other is not None and other.total > 0:
        curves.append(_marked(asking, _("Cost"), other, "series_2"))
    told = _("First {share} of customers: {parts}")
    words = []
    for tenth in range(1, 11):
        parts = [f"{curve.name} {asking.share(curve.at(tenth / 10))}" for curve in curves]
        words.append(told.format(share=asking.share(tenth / 10), parts=", ".join(parts)))
    name = _("Turnover and cost by share of customers")
    return Curves(name, tuple(curves), _("share of customers, largest first"), tuple(words))


def _marked(asking: Asking, name: str, one: Concentration, color: str) -> Curve:
    mark = (one.for80 / one.customers, one.curve[one.for80 - 1]) if one.for80 else None
    text = asking.customers(one.for80)
    return Curve(name, points(one), color, color == "series_2", mark, text)


def _side(asking: Asking, one: Concentration, other: Concentration) -> Side:
    left, right = list(one.ids[: one.for80]), list(other.ids[: other.for80])
    both = [ident for ident in left if ident in set(right)]
    groups = (
        Group(
            _("Turnover only"),
            tuple(ident for ident in left if ident not in set(right)),
            _("Good customers who cost little. Keep the line short, ask for a reference."),
        ),
        Group(_("Both"), tuple(both), _("Worth the effort as long as the margin stays.")),
        Group(
            _("Cost only"),
            tuple(ident for ident in right if ident not in set(left)),
            _("Little turnover, much time. Fixed visiting days and order forms help."),
        ),
    )
    sources, hour = _sources(asking, other)
    told = _("Contacts are logged minutes at {rate} an hour.")
    foot = told.format(rate=asking.money(hour))
    return Side(len(left), len(both), len(right), groups, sources, foot)


def _sources(asking: Asking, cost: Concentration) -> tuple[tuple[Source, ...], float]:
    """What the cost of the 80/20 is made of, largest first."""
    facts = value_queries.facts(asking.session, asking.today)
    rates = value_queries.judgement(asking.session)
    start = dates.add_months(asking.today, -asking.months) if asking.months else None
    counted = set(cost.ids)
    known = [one for one in facts.customers if one.id in counted]
    served = [one.service for one in known]
    parts = {
        _("Goods"): fsum(
            day.costed - day.margin for one in known for day in one.days if start is None or day.day > start
        ),
        _("Contacts"): fsum(
            (one.minutes + one.unmeasured * rates.contact_minutes) / 60 * rates.hour_cost for one in served
        ),
        _("Visits"): fsum(one.visits * rates.visit_cost for one in served),
        _("Returns"): fsum(one.returns * rates.return_cost for one in served),
        _("Late payment"): fsum(one.late_money * rates.late_rate / 100 for one in served),
    }
    found = [Source(name, asking.minor(amount)) for name, amount in parts.items() if amount > 0]
    return tuple(sorted(found, key=lambda one: -one.amount)), rates.hour_cost


def _period(asking: Asking, one: Concentration) -> str:
    told = _("{customers}, {months} months to {day}, in {currency}")
    if asking.months is None:
        told = _("{customers}, all orders to {day}, in {currency}")
    return told.format(
        customers=asking.customers(one.customers),
        months=asking.months,
        day=asking.day(asking.today),
        currency=asking.currency,
    )


def whale(asking: Asking) -> Finding:
    """Which customers bring the profit, and which take some of it away again."""
    found = reports.pareto(asking.session, asking.today, asking.months).profit
    if found is None:
        return Finding("", empty=_("The cost of your orders is not known. Enter or import it."))
    if found.customers < FEWEST:
        return Finding("", empty=_("Not enough orders to say. Five customers with orders are needed."))
    losing = sum(amount < 0 for amount in found.amounts)
    entries, running = [], 0
    classes = _classes(found)
    for ident, amount in zip(found.ids, found.amounts, strict=True):
        running += amount
        share = 100 * amount / found.total if found.total else None
        so_far = 100 * running / found.total if found.total else None
        entries.append(asking.entry(ident, amount, share, so_far, classes[ident]))
    total = Entry("total", (_("All customers"), found.total, 100.0 if found.total else None, None, ""))
    sheet = Sheet("whale", WHALE_COLUMNS, tuple(entries), {"profit_share": "series_1"}, total)
    shape = _whale_curve(asking, found) if found.total > 0 else None
    return Finding(
        _whale_heading(asking, found, losing),
        _whale_notes(asking, found, losing),
        (Part("", shape, sheet),),
        totals=_period(asking, found),
    )


def _whale_heading(asking: Asking, found: Concentration, losing: int) -> str:
    if found.total <= 0:
        return _("All customers together bring no profit: {amount}").format(amount=asking.cents(found.total))
    if losing:
        peak = sum(amount for amount in found.amounts if amount > 0)
        told = ngettext(
            "{n} of your {all} customers takes back {amount} of {peak} profit",
            "{n} of your {all} customers take back {amount} of {peak} profit",
            losing,
        )
        return told.format(
            n=asking.number(losing),
            all=asking.number(found.customers),
            amount=asking.cents(peak - found.total),
            peak=asking.cents(peak),
        )
    told = _("{top} of your {n} customers make {share} of profit, none takes any away")
    top, share = asking.number(found.top_count), asking.share(found.top_share)
    return told.format(top=top, n=asking.number(found.customers), share=share)


def _whale_notes(asking: Asking, found: Concentration, losing: int) -> tuple[str, ...]:
    notes = []
    if found.total > 0:
        told = _("{n} customers make 80 % of profit.").format(n=asking.number(found.for80))
        notes.append(f"{told} {_named_classes(asking, found)}")
    if losing:
        notes.append(_("Where the curve falls, serving a customer costs more than it brings."))
    return tuple(notes)


def _whale_curve(asking: Asking, found: Concentration) -> Curves:
    curve = found.curve
    peak, highest = found.peak, max(curve)
    top = ceil(max(highest, 1.0) * 5 - 1e-9) / 5
    bottom = min(0.0, -ceil(-min(curve) * 5 - 1e-9) / 5)
    text = _("{customers}: {share}").format(customers=asking.customers(peak), share=asking.share(highest, 1))
    mark = (peak / found.customers, highest) if peak else None
    line = Curve(_("Profit"), points(found), "series_1", False, mark, text)
    told = _("First {share} of customers: {part} of profit")
    words = tuple(
        told.format(share=asking.share(tenth / 10), part=asking.share(line.at(tenth / 10)))
        for tenth in range(1, 11)
    )
    name = _("Profit by share of customers")
    return Curves(name, (line,), _("share of customers, most profitable first"), words, top, bottom)
