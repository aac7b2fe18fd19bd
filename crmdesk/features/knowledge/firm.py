"""Fits the models of a firm to what is known of its customers, and judges how far they may be trusted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from crmdesk.features.knowledge.backtest import BackTest, backtest
from crmdesk.features.knowledge.evidence import Evidence, judge
from crmdesk.features.knowledge.facts import Facts, Known, periods
from crmdesk.features.knowledge.judgement import Judgement
from crmdesk.features.models import activity, spend, yearly
from crmdesk.features.models.activity import DAYS_PER_WEEK, WEEKS_PER_YEAR, Activity, History
from crmdesk.features.models.spend import Credibility, GammaGamma
from crmdesk.features.models.yearly import Yearly, Years

YEAR_DAYS = WEEKS_PER_YEAR * DAYS_PER_WEEK
QUARTER_DAYS = YEAR_DAYS / 4
COSTED_ENOUGH = 0.2
MOST_YEARS = 10


@dataclass(frozen=True, slots=True)
class Group:
    """The plain averages: who is active from year to year, and how much of a turnover is a customer's own."""

    years: Yearly
    level: Credibility
    growth: float
    per_year: int

    def yearly(self, own: Sequence[float]) -> float:
        """The yearly turnover to expect of a customer with these periods since its first."""
        count = len(own)
        mean = fsum(own) / count if count else 0.0
        return self.level.mean(count, mean) * self.per_year


@dataclass(frozen=True, slots=True)
class FirmModel:
    """What was found for the whole firm: the evidence, the fitted models, the plain averages."""

    evidence: Evidence
    activity: Activity
    test: BackTest | None
    spend: GammaGamma | Credibility
    margin: float
    margin_known: bool
    usual_order: float
    mean_gap: float | None
    retention: float
    customers: int
    repeats: int
    by_orders: Group
    by_years: Group | None


def histories_of(facts: Facts) -> dict[str, History]:
    """The history of each buyer by id."""
    return {one.id: history for one in facts.customers if (history := one.history(facts.as_of)) is not None}


def years_of(facts: Facts) -> dict[str, list[float]]:
    """Yearly turnover of those without orders, over the same years for all, oldest first."""
    told = {one.id: one.years for one in facts.customers if one.years and not one.purchases}
    known = sorted({year for years in told.values() for year in years})
    span = range(known[0], known[-1] + 1) if known else range(0)
    return {ident: [own.get(year, 0.0) for year in span] for ident, own in told.items()}


def fit_firm(facts: Facts, judgement: Judgement) -> FirmModel:
    """The models of a firm with the evidence behind them."""
    histories = histories_of(facts)
    keep = judgement.retention / 100
    model = activity.fit(histories.values(), keep)
    span = facts.span()
    test: BackTest | None = backtest(facts, keep) if len(histories) >= 10 else None
    weeks = (facts.as_of - span[0]).days / DAYS_PER_WEEK if span else 0.0
    years = max((len(one.years) for one in facts.customers), default=0)
    evidence = judge(histories, model, test, weeks, years)
    spenders = [spender for one in facts.customers if (spender := one.spender()) is not None]
    usual = _usual_order(facts.customers)
    margin = _margin(facts, judgement)
    return FirmModel(
        evidence=evidence,
        activity=model,
        test=test,
        spend=spend.choose(spenders, usual if not spenders else None),
        margin=judgement.margin / 100 if margin is None else margin,
        margin_known=margin is not None,
        usual_order=usual,
        mean_gap=activity.mean_gap(histories.values()),
        retention=keep,
        customers=len(histories),
        repeats=sum(one.x for one in histories.values()),
        by_orders=group_of_orders(facts, judgement),
        by_years=group_of_years(years_of(facts)),
    )


def _usual_order(customers: Sequence[Known]) -> float:
    amounts = [day.bought for one in customers for day in one.purchases]
    return fsum(amounts) / len(amounts) if amounts else 0.0


def _margin(facts: Facts, judgement: Judgement) -> float | None:
    """The firm's margin rate where the cost of enough orders is known."""
    days = [day for one in facts.customers for day in one.days]
    costed = fsum(day.costed for day in days)
    if costed <= 0 or costed < COSTED_ENOUGH * fsum(day.net for day in days):
        return None
    return fsum(day.margin for day in days) / costed


def group_of_orders(facts: Facts, judgement: Judgement) -> Group:
    """The averages out of orders, by quarters that end today; years tell who stays."""
    span = facts.span()
    days = (facts.as_of - span[0]).days + 1 if span else 0
    quarters = {one.id: own_quarters(one, facts) for one in facts.buyers}
    years = round(days / YEAR_DAYS) if days > YEAR_DAYS else 1
    strings = {
        one.id: periods(one.days, facts.as_of, YEAR_DAYS, min(years, MOST_YEARS)) for one in facts.buyers
    }
    if days >= 1.5 * YEAR_DAYS:
        pair = yearly.fit(found for own in strings.values() if (found := Years.of(own)) is not None)
    else:
        pair = Yearly(0.95, 1 - judgement.retention / 100)
    return Group(pair, yearly.levels(quarters), 0.0, 4)


def own_quarters(one: Known, facts: Facts) -> list[float]:
    """A customer's turnover by quarter since its first one, oldest first."""
    first = one.days[0].day if one.days else facts.as_of
    count = min(int((facts.as_of - first).days / QUARTER_DAYS) + 1, 4 * MOST_YEARS)
    return yearly.since_first(periods(one.days, facts.as_of, QUARTER_DAYS, count))


def group_of_years(customers: Mapping[str, Sequence[float]]) -> Group | None:
    """The averages out of yearly turnover; None where fewer than two years are known."""
    longest = max((len(own) for own in customers.values()), default=0)
    if longest < 2:
        return None
    pair = yearly.fit(found for own in customers.values() if (found := Years.of(own)) is not None)
    totals = [fsum(own[place] for own in customers.values()) for place in range(longest)]
    return Group(pair, yearly.levels(customers), yearly.growth(totals), 1)
