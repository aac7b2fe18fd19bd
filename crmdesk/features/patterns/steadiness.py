"""How steady the turnover is, what discounts do, and what winning costs against keeping."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, log, sqrt
from statistics import fmean, pstdev

from crmdesk.features.models.spend import correlation


@dataclass(frozen=True, slots=True)
class Stability:
    """Steadiness of a year's turnover: from known customers, on the largest, and its swing by month."""

    turnover: float
    repeating: float
    largest: float
    largest_five: float
    swing: float
    worst_month: float


def stability(before: Mapping[str, float], now: Mapping[str, float], months: Sequence[float]) -> Stability:
    """Steadiness of a year against the one before; the swing is the deviation as a share of the mean."""
    whole = fsum(sorted(now.values()))
    known = fsum(sorted(amount for ident, amount in now.items() if before.get(ident, 0.0) > 0))
    ordered = sorted(now.values(), reverse=True)
    mean = fmean(months) if months else 0.0
    return Stability(
        whole,
        known / whole if whole else 0.0,
        ordered[0] / whole if whole else 0.0,
        fsum(ordered[:5]) / whole if whole else 0.0,
        pstdev(months) / mean if mean else 0.0,
        min(months, default=0.0) / mean if mean else 0.0,
    )


@dataclass(frozen=True, slots=True)
class Discounts:
    """What a customer makes of discounts: their share, on how many lines, whether quantity follows them."""

    money: float
    share: float
    lines_share: float
    sensitivity: float
    lines: int

    @property
    def depends(self) -> bool:
        """Whether this customer hardly buys without a discount."""
        return self.lines >= 5 and self.lines_share >= 0.6


def discounts(lines: Sequence[tuple[float, float, float]]) -> Discounts:
    """Out of lines of quantity, amount and discount in percent; returns are passed over."""
    known = [(q, amount, min(max(d, 0.0), 99.0)) for q, amount, d in lines if amount > 0 and q > 0]
    given = fsum(sorted(amount * d / (100 - d) for _q, amount, d in known))
    gross = fsum(sorted(amount for _q, amount, _d in known)) + given
    return Discounts(
        given,
        given / gross if gross else 0.0,
        sum(d > 0 for _q, _a, d in known) / len(known) if known else 0.0,
        correlation([(d, log(q)) for q, _a, d in known]),
        len(known),
    )


@dataclass(frozen=True, slots=True)
class Payback:
    """Winning against keeping: months until a newcomer has paid its cost, what keeping costs in a year."""

    months: float | None
    winning: float
    keeping: float

    @property
    def ratio(self) -> float | None:
        """How many times dearer winning is than keeping."""
        return self.winning / self.keeping if self.keeping else None


def payback(cost: float, yearly_margin: float, keeping: float) -> Payback:
    """When the margin of a newcomer has paid what winning it cost; never where there is no margin."""
    return Payback(12 * cost / yearly_margin if yearly_margin > 0 else None, cost, keeping)


@dataclass(frozen=True, slots=True)
class Lift:
    """Treated against untreated: what each head brought more, and how sure that is."""

    treated: int
    control: int
    difference: float
    error: float

    @property
    def proven(self) -> bool:
        """Whether the difference stands out from chance."""
        return self.error > 0 and abs(self.difference) >= 1.96 * self.error

    def roi(self, margin: float, cost: float) -> float:
        """The return on what was spent per head, out of the true difference."""
        return (self.difference * margin - cost) / cost


def lift(treated: Sequence[float], control: Sequence[float]) -> Lift:
    """The difference of two groups per head with Welch's error."""
    if len(treated) < 2 or len(control) < 2:
        return Lift(len(treated), len(control), 0.0, 0.0)
    parts = []
    for group in (treated, control):
        mean = fsum(group) / len(group)
        spread = fsum((value - mean) ** 2 for value in group) / (len(group) - 1)
        parts.append((mean, spread / len(group)))
    return Lift(len(treated), len(control), parts[0][0] - parts[1][0], sqrt(parts[0][1] + parts[1][1]))


def naive_roi(treated: Sequence[float], margin: float, cost: float) -> float:
    """The return that credits every sale to the treatment; it flatters."""
    return (fsum(treated) / len(treated) * margin - cost) / cost


def raised(trend: float, effect: float) -> float:
    """What an effect makes of a trend, both as shares: a trend of 10 % raised by 13 % is 11.3 %."""
    return trend * (1 + effect)
