"""What another retention, margin, number of orders or cost to serve would do to the value of the base."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum

from crmdesk.features.models.contracts import lasting
from crmdesk.features.value.worth import State, Valuation

HIGHEST = 0.99
CLAIM, POINTS = 0.25, 0.05


@dataclass(frozen=True, slots=True)
class Change:
    """What is changed: points of retention, a cut of churn in %, margin, orders and cost to serve in %."""

    retention: float = 0.0
    churn: float = 0.0
    margin: float = 0.0
    orders: float = 0.0
    service: float = 0.0


@dataclass(frozen=True, slots=True)
class Holding:
    """One customer of the base: margin and cost to serve in a year, and the chance to stay."""

    margin: float
    retention: float
    service: float = 0.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """The value of the base before and after a change."""

    before: float
    after: float

    @property
    def change(self) -> float:
        """The gain as a share of the value before."""
        return self.after / self.before - 1 if self.before else 0.0


@dataclass(frozen=True, slots=True)
class Claim:
    """The claim "5 % less churn, 25 % more profit" in both readings, and from where on it is true."""

    points: Outcome
    relative: Outcome
    true_from: float
    retention: float


def base(valuation: Valuation) -> list[Holding]:
    """The customers that count: still there, with a margin to expect and a risk of leaving."""
    return [
        Holding(one.yearly_margin + one.inputs.service, 1 - one.churn_risk, one.inputs.service)
        for one in valuation.customers
        if one.churn_risk is not None and one.state in (State.ACTIVE, State.NEW)
    ]


def value(holdings: Iterable[Holding], discount: float, change: Change | None = None) -> float:
    """What the base is worth for ever, the first margin a year from now."""
    said = change or Change()
    total = []
    for one in holdings:
        kept = 1 - (1 - one.retention) * (1 - said.churn / 100) + said.retention / 100
        gain = one.margin * (1 + said.margin / 100) * (1 + said.orders / 100)
        cost = one.service * (1 + said.service / 100)
        total.append((gain - cost) * lasting(min(max(kept, 0.0), HIGHEST), discount))
    return fsum(sorted(total))


def outcome(holdings: Sequence[Holding], discount: float, change: Change) -> Outcome:
    """The base before and after a change."""
    return Outcome(value(holdings, discount), value(holdings, discount, change))


def uplift(retention: float, discount: float, points: float = POINTS) -> float:
    """The gain of some points of retention for a customer, as a share."""
    return lasting(retention + points, discount) / lasting(retention, discount) - 1


def true_from(discount: float, claim: float = CLAIM) -> float:
    """The retention from which five points more bring the claimed gain, in the rising part of the curve."""
    low, high = 0.5, 0.94
    for _step in range(60):
        middle = (low + high) / 2
        if uplift(middle, discount) < claim:
            low = middle
        else:
            high = middle
    return high


def claim(holdings: Sequence[Holding], discount: float) -> Claim:
    """Both readings of the claim for this base."""
    weight = fsum(one.margin for one in holdings)
    mean = fsum(one.margin * one.retention for one in holdings) / weight if weight else 0.0
    return Claim(
        outcome(holdings, discount, Change(retention=5)),
        outcome(holdings, discount, Change(churn=5)),
        true_from(discount),
        mean,
    )
