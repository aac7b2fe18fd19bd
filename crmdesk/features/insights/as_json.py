"""The insights as JSON: whole units of money, shares of the 80/20 law in percent, chances from 0 to 1."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from crmdesk.core import money
from crmdesk.features.insights import reports
from crmdesk.features.insights.churn import at_risk
from crmdesk.features.insights.movement import Balance, Movement
from crmdesk.features.patterns.baskets import Next
from crmdesk.features.patterns.concentration import Concentration, overlap
from crmdesk.features.patterns.demand import Asked, Outlook
from crmdesk.features.patterns.meter import Meter
from crmdesk.features.patterns.resistance import Resistance
from crmdesk.features.patterns.rfm import Grid

Names = Mapping[str, tuple[str, str]]
MOVES = ("opening", "won", "grown", "shrunk", "lost", "re_estimated", "closing")


def _who(names: Names, ident: str) -> dict[str, Any]:
    number, name = names.get(ident, ("", ""))
    return {"id": ident, "number": number, "name": name}


def _units(minor: int, currency: str) -> float:
    return float(money.from_minor(minor, currency))


def _concentration(one: Concentration | None, currency: str) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "total": _units(one.total, currency),
        "customers": one.customers,
        "top20_share": 100 * one.top_share,
        "top20_count": one.top_count,
        "for80": one.for80,
        "gini": one.gini,
        "classes": dict(one.classes),
        "losing": sum(amount < 0 for amount in one.amounts),
    }


def pareto(found: reports.Pareto, currency: str) -> dict[str, Any]:
    """Turnover, cost and profit, each with total, top20_share in percent, for80, gini and classes."""
    both = None if found.cost is None else overlap(found.turnover, found.cost)
    return {
        "turnover": _concentration(found.turnover, currency),
        "cost": _concentration(found.cost, currency),
        "profit": _concentration(found.profit, currency),
        "overlap": both,
    }


def rfm(grid: Grid, names: Names) -> dict[str, Any]:
    """All buyers with their three figures and scores."""
    return {
        "customers": len(grid.customers),
        "steps": grid.steps,
        "median_recency": grid.median_recency,
        "mean_frequency": grid.mean_frequency,
        "mean_money": grid.mean_money,
        "best": grid.count(str(grid.steps) * 3),
        "worst": grid.count("111"),
        "list": [
            _who(names, ident)
            | {
                "recency": one.bought.recency,
                "frequency": one.bought.frequency,
                "money": one.bought.money,
                "r": one.r,
                "f": one.f,
                "m": one.m,
                "code": one.code,
            }
            for ident, one in grid.customers.items()
        ],
    }


def retention(found: reports.Retention) -> dict[str, Any]:
    """Each step with counts and money, and all together."""
    pairs = zip(found.periods, found.periods[1:], found.steps, strict=False)
    return {
        "by": found.by,
        "steps": [
            {
                "from": before,
                "to": after,
                "customers": one.before,
                "kept": one.kept,
                "new": one.fresh,
                "retention": one.share,
                "money_before": one.money_before,
                "money_kept": one.money_kept,
                "money_new": one.money_fresh,
                "money_retention": one.money_share,
            }
            for before, after, one in pairs
        ],
        "pooled": {
            "customers": found.pooled.before,
            "kept": found.pooled.kept,
            "retention": found.pooled.share,
            "shrunk": found.pooled.shrunk,
        },
    }


def cohorts(found: reports.Retention) -> dict[str, Any]:
    """Each cohort with who was active and what they brought in every period since."""
    return {
        "by": found.by,
        "periods": list(found.periods),
        "cohorts": [
            {
                "period": found.periods[one.period],
                "customers": one.size,
                "active": list(one.active),
                "retention": [count / one.size for count in one.active],
                "money": list(one.money),
            }
            for one in found.cohorts
        ],
    }


def white_space(found: reports.WhiteSpace, names: Names) -> dict[str, Any]:
    """Gaps and offers by customer."""
    return {
        "categories": list(found.categories),
        "total_gap": found.total,
        "customers": [
            _who(names, ident)
            | {
                "gaps": [
                    {
                        "category": gap.category,
                        "gap": gap.gap,
                        "bought": gap.bought,
                        "chance": gap.chance,
                        "measured_by": gap.source,
                        "alike": gap.alike,
                        "joint": gap.joint,
                    }
                    for gap in found.gaps.get(ident, ())
                ],
                "next": [_offer(one) for one in found.offers.get(ident, ())],
            }
            for ident in sorted(found.gaps.keys() | found.offers.keys())
        ],
    }


def _offer(one: Next) -> dict[str, Any]:
    return {
        "product": one.item,
        "score": one.score,
        "because": list(one.because),
        "joint": one.joint,
        "alike": one.alike,
        "buyers": one.buyers,
        "popular": one.popular,
    }


def demand(found: reports.Demand) -> dict[str, Any]:
    """Forecasts by product and by price segment."""
    return {
        "months": list(found.months),
        "products": [_asked(one, told) for one, told in found.products],
        "segments": [_asked(one, told) | {"segment": one.segment} for one, told in found.segments],
    }


def _asked(one: Asked, told: Outlook) -> dict[str, Any]:
    return {
        "name": one.name,
        "category": one.category,
        "units": list(one.months),
        "method": told.method,
        "forecast": list(told.months),
        "low": told.low,
        "high": told.high,
        "past_error": told.error,
        "bias": told.bias,
    }


def equity(found: Balance, currency: str, names: Names) -> dict[str, Any]:
    """The statement of the firm and of each customer."""

    def moves(one: Movement) -> dict[str, float]:
        return {name: _units(getattr(one, name), currency) for name in MOVES}

    return {**moves(found.total), "customers": [_who(names, one.id) | moves(one) for one in found.customers]}


def churn(found: reports.Churn) -> dict[str, Any]:
    """Who is overdue, and the record of past alarms."""
    seen, evidence = found.alarms, found.valuation.firm.evidence
    return {
        "evidence": {"level": evidence.level.value, "reason": evidence.reason},
        "limit": found.valuation.judgement.overdue,
        "customers": [
            {
                "id": one.id,
                "number": one.number,
                "name": one.name,
                "every_days": None if one.inputs.usual_gap is None else 7 * one.inputs.usual_gap,
                "silent_days": (found.valuation.as_of - one.inputs.last).days if one.inputs.last else None,
                "nine_of_ten_days": one.inputs.long_gap,
                "overdue": one.overdue,
                "churn_risk": one.churn_risk,
                "at_risk": at_risk(one),
            }
            for one in found.customers
        ],
        "alarms": seen
        and {
            "day": seen.day.isoformat(),
            "until": seen.until.isoformat(),
            "raised": seen.raised,
            "right": seen.right,
            "hit_share": seen.hit_share,
            "base_share": seen.base_share,
        },
    }


def resistance(found: Mapping[str, Resistance], names: Names) -> dict[str, Any]:
    """The index of each customer with its causes, the strongest first."""
    ordered = sorted(found.items(), key=lambda pair: (pair[1].index is None, -(pair[1].index or 0), pair[0]))
    return {
        "customers": [
            _who(names, ident)
            | {
                "index": one.index,
                "coverage": one.coverage,
                "causes": [
                    {"name": cause.name, "strength": cause.strength, "points": cause.points}
                    for cause in one.causes
                ],
            }
            for ident, one in ordered
        ]
    }


def meter(found: Meter, start: date) -> dict[str, Any]:
    """What came since a day against the trend before it."""
    return {
        "since": start.isoformat(),
        "months_before": found.months_before,
        "months_since": found.months_since,
        "trend": found.trend,
        "expected": found.expected,
        "actual": found.actual,
        "effect": found.effect,
        "error": found.error,
        "proven": found.proven,
    }


def stability(found: reports.Steady, names: Names) -> dict[str, Any]:
    """Steadiness, discounts by customer, and winning against keeping."""
    one, paid = found.stability, found.payback
    return {
        "turnover": one.turnover,
        "repeating_share": one.repeating,
        "largest_share": one.largest,
        "largest_five_share": one.largest_five,
        "swing": one.swing,
        "worst_month": one.worst_month,
        "winning_cost": paid.winning,
        "keeping_cost": paid.keeping,
        "payback_months": paid.months,
        "discounts": [
            _who(names, ident)
            | {
                "share": own.share,
                "lines_share": own.lines_share,
                "sensitivity": own.sensitivity,
                "depends": own.depends,
            }
            for ident, own in found.discounts.items()
        ],
    }
