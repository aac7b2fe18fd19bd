"""The insights ready to be shown or printed: each gathers its figures for a day out of the customer file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import fsum

from sqlalchemy.orm import Session

from crmdesk.core import dates, money
from crmdesk.core.jobs import Progress
from crmdesk.features.insights import churn, movement, queries, retention
from crmdesk.features.knowledge import queries as value_queries
from crmdesk.features.knowledge.facts import Facts, Known
from crmdesk.features.knowledge.judgement import Judgement
from crmdesk.features.patterns import demand, rfm, steadiness
from crmdesk.features.patterns.baskets import Next, Taste
from crmdesk.features.patterns.concentration import Concentration, concentrate
from crmdesk.features.patterns.gaps import Gap, Peers
from crmdesk.features.patterns.meter import Meter, measure
from crmdesk.features.value import runs
from crmdesk.features.value.appraise import appraise
from crmdesk.features.value.worth import State, Valuation, Worth

SEASONS = 12


@dataclass(frozen=True, slots=True)
class Pareto:
    """The concentration of turnover, of cost and of profit; None where no cost is known."""

    turnover: Concentration
    cost: Concentration | None
    profit: Concentration | None


@dataclass(frozen=True, slots=True)
class Retention:
    """Who came back from period to period, with the cohorts behind it."""

    by: str
    periods: tuple[str, ...]
    steps: tuple[retention.Kept, ...]
    pooled: retention.Pooled
    cohorts: tuple[retention.Cohort, ...]


@dataclass(frozen=True, slots=True)
class WhiteSpace:
    """What each customer could buy and does not: gaps by category, and the next product to offer."""

    categories: tuple[str, ...]
    gaps: Mapping[str, tuple[Gap, ...]]
    offers: Mapping[str, tuple[Next, ...]]

    @property
    def total(self) -> float:
        """All gaps together, in money a year."""
        return fsum(gap.gap for own in self.gaps.values() for gap in own)


@dataclass(frozen=True, slots=True)
class Demand:
    """What will be asked for, by product and by price segment."""

    months: tuple[str, ...]
    products: tuple[tuple[demand.Asked, demand.Outlook], ...]
    segments: tuple[tuple[demand.Asked, demand.Outlook], ...]


@dataclass(frozen=True, slots=True)
class Churn:
    """The ledger of overdue customers, with the record of past alarms and the firm's evidence."""

    valuation: Valuation
    customers: tuple[Worth, ...]
    alarms: churn.Alarms | None


@dataclass(frozen=True, slots=True)
class Steady:
    """Steadiness of turnover, who lives on discounts, and what winning costs against keeping."""

    stability: steadiness.Stability
    discounts: Mapping[str, steadiness.Discounts]
    payback: steadiness.Payback


def pareto(session: Session, as_of: date, months: int | None = None) -> Pareto:
    """The concentration of all orders up to a day, or of the last months."""
    facts, judgement = value_queries.facts(session, as_of), value_queries.judgement(session)
    start = dates.add_months(as_of, -months) if months else None
    unit = float(10 ** money.places(facts.currency))

    def cents(amount: float) -> int:
        return round(amount * unit)

    turnover = {one.id: cents(one.net(start, as_of) or _years(one, start, as_of)) for one in facts.customers}
    costs: dict[str, int] = {}
    for one in facts.customers:
        days = [day for day in one.days if start is None or day.day > start]
        served = _service(one, judgement)
        if days and (served or any(day.costed for day in days)):
            costs[one.id] = cents(fsum(day.costed - day.margin for day in days) + served)
    profit = {ident: turnover[ident] - cost for ident, cost in costs.items()}
    return Pareto(
        concentrate(turnover),
        concentrate(costs) if costs else None,
        concentrate(profit) if any(day.costed for one in facts.customers for day in one.days) else None,
    )


def _years(one: Known, start: date | None, end: date) -> float:
    return fsum(amount for year, amount in one.years.items() if start is None or year > start.year)


def _service(one: Known, judgement: Judgement) -> float:
    return one.service.cost(
        judgement.hour_cost,
        judgement.contact_minutes,
        judgement.visit_cost,
        judgement.return_cost,
        judgement.late_rate / 100,
    )


def rfm_grid(session: Session, as_of: date) -> rfm.Grid:
    """Recency, frequency and money of every buyer."""
    facts = value_queries.facts(session, as_of)
    counts, bought = queries.order_counts(session, as_of), queries.positive_money(session, as_of)
    unit = 10 ** money.places(facts.currency)
    return rfm.score(
        {
            one.id: rfm.Bought((as_of - one.purchases[-1].day).days, counts[one.id], bought[one.id] / unit)
            for one in facts.buyers
        }
    )


def retained(session: Session, as_of: date, by: str | None = None) -> Retention:
    """Retention and cohorts by year, quarter or month; by year where three calendar years are known."""
    facts = value_queries.facts(session, as_of)
    span = facts.span()
    longest = max((len(one.years) for one in facts.customers), default=0)
    long = longest >= 2 or (span is not None and span[1].year - span[0].year >= 2)
    by = by or ("year" if long else "quarter")
    names, rows = retention.table(facts, by)
    found = retention.steps(rows)
    return Retention(by, tuple(names), tuple(found), retention.pooled(found), tuple(retention.cohorts(rows)))


def white_space(session: Session, as_of: date, most: int = 3) -> WhiteSpace:
    """The gaps of every customer by category, and what to offer next with the reason."""
    facts = value_queries.facts(session, as_of)
    peers = Peers(
        {one.id: one.categories for one in facts.customers if one.categories},
        {one.id: one.group for one in facts.customers},
    )
    gaps = {
        one.id: tuple(peers.gaps(one.id, one.budget))
        for one in facts.customers
        if one.categories or one.budget is not None
    }
    owned = queries.owned_products(session, as_of)
    taste = Taste(owned[ident] for ident in sorted(owned))
    offers = {ident: tuple(taste.offers(own, most)) for ident, own in sorted(owned.items())}
    return WhiteSpace(tuple(peers.categories), gaps, offers)


def demand_ahead(session: Session, as_of: date, ahead: int = 3, most: int = 50) -> Demand:
    """The units to expect of the most wanted products and of each price segment."""
    lines = queries.sold_lines(session, as_of)
    months = demand.span(lines, as_of)
    names = tuple(f"{month // 12:04}-{month % 12 + 1:02}" for month in months)
    products, segments = demand.by_product(lines, months)[:most], demand.by_segment(lines, months)
    return Demand(
        names,
        tuple((one, demand.outlook(one.months, ahead)) for one in products),
        tuple((one, demand.outlook(one.months, ahead)) for one in segments),
    )


def equity_balance(
    session: Session, as_of: date, since: date | None = None, progress: Progress | None = None
) -> movement.Balance:
    """The balance of equity from a day, a year before where none is named, to another."""
    since = since or dates.add_months(as_of, -12)
    judgement = value_queries.judgement(session)
    before, now = value_queries.facts(session, since), value_queries.facts(session, as_of)
    closing = appraise(now, judgement, progress)
    restated = appraise(before, judgement, progress, closing.firm)
    return movement.balance(appraise(before, judgement, progress), restated, closing)


def churn_ledger(session: Session, as_of: date, progress: Progress | None = None) -> Churn:
    """Who is overdue by the own rhythm, and how right such alarms were."""
    facts, judgement = value_queries.facts(session, as_of), value_queries.judgement(session)
    valuation = appraise(facts, judgement, progress)
    return Churn(valuation, tuple(churn.ledger(valuation)), churn.alarms(facts, judgement.overdue))


def steady(session: Session, as_of: date, progress: Progress | None = None) -> Steady:
    """How steady the last twelve months were against the twelve before."""
    facts = value_queries.facts(session, as_of)
    valuation = runs.run(session, as_of, progress)
    year, before = dates.add_months(as_of, -12), dates.add_months(as_of, -24)
    now = {one.id: one.net(year, as_of) for one in facts.customers}
    then = {one.id: one.net(before, year) for one in facts.customers}
    months = [
        fsum(one.net(*_month(as_of, back)) for one in facts.customers) for back in range(SEASONS, 0, -1)
    ]
    lines = queries.discount_lines(session, as_of)
    found = {ident: steadiness.discounts(own) for ident, own in sorted(lines.items())}
    return Steady(
        steadiness.stability(then, now, months),
        {ident: one for ident, one in found.items() if one.lines_share > 0},
        _payback(facts, valuation),
    )


def crm_return(session: Session, as_of: date, start: date) -> Meter:
    """Turnover by month since a day against the trend of up to two years before it."""
    facts = value_queries.facts(session, as_of)
    span = facts.span()
    since = max(dates.months_between(start, as_of + timedelta(1)), 0)
    known = max(dates.months_between(span[0], start), 0) if span else 0
    before = [_sold(facts, start, -back) for back in range(min(known, 24), 0, -1)]
    return measure(before, [_sold(facts, start, month) for month in range(since)])


def _sold(facts: Facts, start: date, month: int) -> float:
    first, last = dates.add_months(start, month), dates.add_months(start, month + 1)
    return fsum(one.net(first - timedelta(1), last - timedelta(1)) for one in facts.customers)


def _month(as_of: date, back: int) -> tuple[date, date]:
    end = dates.add_months(as_of + timedelta(1), -back + 1) - timedelta(1)
    return dates.add_months(as_of + timedelta(1), -back) - timedelta(1), end


def _payback(facts: Facts, valuation: Valuation) -> steadiness.Payback:
    """What a newcomer of the last year brings, against the yearly cost to serve of those who stay."""
    year = dates.add_months(facts.as_of, -12)
    living = [one for one in valuation.customers if one.state in (State.ACTIVE, State.NEW)]
    fresh = [one for one in living if one.inputs.first is not None and one.inputs.first > year] or living
    margins = [max(one.yearly_margin, 0.0) for one in fresh]
    served = [one.inputs.service for one in living]
    return steadiness.payback(
        valuation.judgement.winning_cost,
        fsum(margins) / len(margins) if margins else 0.0,
        fsum(served) / len(served) if served else 0.0,
    )
