"""How alive a customer is: MBG/NBD with weak priors, for firms without contracts.

Time runs in weeks. Each customer buys at a rate of its own and may leave after any purchase, the first one
too. The priors keep small firms from the answer "nobody ever leaves".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, expm1, fsum, isfinite, lgamma, log

from crmdesk.features.models.minimise import Lowest, Point, Smooth, lowest
from crmdesk.features.models.special import digamma, gauss_turned

DAYS_PER_WEEK = 7.0
WEEKS_PER_YEAR = 52.1775
QUARTER = WEEKS_PER_YEAR / 4
PLENTY = 1000
_BOUND = 12.0


@dataclass(frozen=True, slots=True, order=True)
class History:
    """What the model needs of one customer: repeat purchases, week of the last one, weeks observed."""

    x: int
    t_x: float
    T: float


@dataclass(frozen=True, slots=True)
class Prior:
    """Where the priors stand: the middle of each parameter, in logarithms."""

    rate: float
    leave: float
    strength: float = 3.0

    @classmethod
    def of(cls, histories: Sequence[History], retention: float = 0.8) -> Prior:
        """The prior of a firm: its own rate of buying, and the retention its owner expects."""
        total = fsum(sorted(one.T for one in histories))
        rate = max(sum(one.x for one in histories), 0.5) / max(total, 1.0)
        leave = -log(min(max(retention, 1e-6), 1 - 1e-9)) / (WEEKS_PER_YEAR * rate)
        return cls(rate, min(max(leave, 0.02), 0.5))

    def centre(self) -> tuple[float, float, float, float]:
        """The middle of the parameters as the search sees them."""
        return 0.0, log(self.rate), log(self.leave / (1 - self.leave)), log(self.strength)


@dataclass(frozen=True, slots=True)
class Activity:
    """The fitted model of a firm: rates of buying (r, alpha) and chances to leave (a, b)."""

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float = 0.0
    settled: bool = True

    def alive(self, one: History) -> float:
        """The chance that the customer has not left."""
        ratio = (self.r + one.x) * log((self.alpha + one.T) / (self.alpha + one.t_x))
        odds = log(self.a / (self.b + one.x)) + ratio
        return 1.0 / (1.0 + exp(odds)) if odds < 700 else 0.0

    def purchases(self, one: History, weeks: float) -> float:
        """The purchases to expect in the weeks to come."""
        return self.alive(one) * self.if_alive(one, weeks)

    def if_alive(self, one: History, weeks: float) -> float:
        """The purchases to expect in the weeks to come of a customer who has not left."""
        if weeks <= 0:
            return 0.0
        a = self.a + 1e-6 if abs(self.a - 1) < 1e-6 else self.a
        seen, top = self.alpha + one.T, self.r + one.x
        w = weeks / (seen + weeks)
        series = gauss_turned(top, self.b + one.x + 1, a + self.b + one.x, w)
        return float((a + self.b + one.x) / (a - 1) * (1 - (1 - w) ** top * series))

    def silent(self, one: History, weeks: float) -> float:
        """The chance of no purchase in the weeks to come: the risk that can be checked later."""
        seen = self.alpha + one.T
        return 1 + self.alive(one) * expm1((self.r + one.x) * log(seen / (seen + weeks)))

    @property
    def inside(self) -> bool:
        """Whether the search came to rest away from the edge of what is possible."""
        numbers = (self.r, self.alpha, self.a, self.b)
        return self.settled and all(isfinite(n) and exp(-_BOUND) < n < exp(_BOUND) for n in numbers)


def fit(histories: Iterable[History], retention: float = 0.8, prior_weight: float = 1.0) -> Activity:
    """The most likely parameters under the priors; a weight of 0 is plain maximum likelihood."""
    counted = sorted(Counter(histories).items())
    centre = Prior.of([one for one, n in counted for _copy in range(n)], retention).centre()

    def cost(point: Point) -> tuple[float, list[float]]:
        r, alpha, a, b = _parameters(point)
        value, slope = _likelihood(counted, (r, alpha, a, b))
        share = a / (a + b)
        by = (
            slope[0] * r + slope[1] * alpha,
            -slope[1] * alpha,
            (slope[2] - slope[3]) * (a + b) * share * (1 - share),
            slope[2] * a + slope[3] * b,
        )
        gap = [p - m for p, m in zip(point, centre, strict=True)]
        pull = prior_weight * 0.5 * sum(g * g for g in gap)
        return pull - value, [prior_weight * g - s for g, s in zip(gap, by, strict=True)]

    starts = (centre, (log(0.5), centre[1], centre[2] + 1, 0.5))
    return _result(counted, lowest(_fenced(cost), starts, plenty=len(counted) > PLENTY))


def _fenced(cost: Smooth) -> Smooth:
    """The cost with walls far away, so that no step leaves the numbers a computer can hold."""

    def inside(point: Point) -> tuple[float, list[float]]:
        if max(map(abs, point)) > _BOUND:
            return float("inf"), [0.0] * len(point)
        return cost(point)

    return inside


def _parameters(point: Point) -> tuple[float, float, float, float]:
    r = exp(point[0])
    alpha = r / exp(point[1])
    share, size = 1 / (1 + exp(-point[2])), exp(point[3])
    return r, alpha, share * size, (1 - share) * size


def _result(counted: Sequence[tuple[History, int]], found: Lowest) -> Activity:
    parameters = _parameters(found.point)
    value, _slope = _likelihood(counted, parameters)
    return Activity(*parameters, log_likelihood=value, settled=found.settled)


def _likelihood(
    counted: Sequence[tuple[History, int]], parameters: tuple[float, float, float, float]
) -> tuple[float, list[float]]:
    """The logarithm of the likelihood and its slope by r, alpha, a and b."""
    r, alpha, a, b = parameters
    total = by_r = by_alpha = by_a = by_b = 0.0
    before: int | None = None
    for one, n in counted:
        x = one.x
        if x != before:
            before = x
            fixed = lgamma(r + x) - lgamma(r) + r * log(alpha) + lgamma(a + b) + lgamma(b + x + 1)
            fixed -= lgamma(b) + lgamma(a + b + x + 1)
            leave = log(a) - log(b + x)
            both = digamma(a + b) - digamma(a + b + x + 1)
            fixed_r = digamma(r + x) - digamma(r) + log(alpha)
            fixed_b = both + digamma(b + x + 1) - digamma(b)
        top, whole, last = r + x, alpha + one.T, alpha + one.t_x
        log_whole, log_last = log(whole), log(last)
        stay, gone = -top * log_whole, leave - top * log_last
        if stay >= gone:
            ratio = exp(gone - stay)
            together, weight = stay + log(1 + ratio), ratio / (1 + ratio)
        else:
            ratio = exp(stay - gone)
            together, weight = gone + log(1 + ratio), 1 / (1 + ratio)
        total += n * (fixed + together)
        by_r += n * (fixed_r - (1 - weight) * log_whole - weight * log_last)
        by_alpha += n * (r / alpha - top * ((1 - weight) / whole + weight / last))
        by_a += n * (both + weight / a)
        by_b += n * (fixed_b - weight / (b + x))
    return total, [by_r, by_alpha, by_a, by_b]


def mean_gap(histories: Iterable[History]) -> float | None:
    """The weeks between two purchases in the whole firm; None where nobody bought twice."""
    known = list(histories)
    repeats = sum(one.x for one in known)
    return fsum(sorted(one.T for one in known)) / repeats if repeats else None


def usual_gap(one: History, firm: float) -> float:
    """The weeks between two purchases of one customer, drawn towards those of the firm."""
    return (one.t_x + 2 * firm) / (one.x + 2)


def overdue(one: History, firm: float | None) -> float | None:
    """How many usual gaps the customer has been silent; 2 and more wants a call."""
    if not firm:
        return None
    return (one.T - one.t_x) / usual_gap(one, firm)
