"""How much a customer spends at a time: Gamma-Gamma where it holds, credibility where it does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import exp, fsum, isfinite, lgamma, log, sqrt

from crmdesk.features.models.minimise import Point, lowest
from crmdesk.features.models.special import digamma

FEWEST = 20
MOST_TIED = 0.3
PLENTY = 1000
_WALL = 14.0
MARGIN_ORDERS = 5.0


@dataclass(frozen=True, slots=True)
class Spender:
    """A customer's repeat purchases: how many, their mean amount, and the sum of its squares about it."""

    x: int
    z: float
    spread: float = 0.0


class Refusal(StrEnum):
    """Why Gamma-Gamma is not used."""

    FEW = "few"
    TIED = "tied"
    UNSETTLED = "unsettled"


@dataclass(frozen=True, slots=True)
class GammaGamma:
    """The spread of mean amounts over the firm's customers, by Gamma-Gamma."""

    p: float
    q: float
    gamma: float
    log_likelihood: float = 0.0
    settled: bool = True

    def mean(self, x: int, z: float) -> float:
        """The mean amount to expect of a customer: its own mean, drawn towards that of all."""
        return self.p * (self.gamma + x * z) / (self.p * x + self.q - 1)

    def own_share(self, x: int) -> float:
        """How much of the mean amount is the customer's own, from 0 to 1."""
        return self.p * x / (self.p * x + self.q - 1)

    @property
    def everybody(self) -> float:
        """The mean amount of all customers."""
        return self.p * self.gamma / (self.q - 1)

    @property
    def sound(self) -> bool:
        """Whether the search came to rest on a spread that has a mean."""
        return self.settled and 1.0 < self.q < exp(_WALL) and self.p < exp(_WALL) and isfinite(self.everybody)


@dataclass(frozen=True, slots=True)
class Credibility:
    """The mean amount by credibility: within and between variance decide how much is the customer's own."""

    everybody: float
    k: float
    refusal: Refusal | None = None

    def own_share(self, x: int) -> float:
        """How much of the mean amount is the customer's own, from 0 to 1."""
        return x / (x + self.k) if isfinite(self.k) and x else 0.0

    def mean(self, x: int, z: float) -> float:
        """The mean amount to expect of a customer."""
        share = self.own_share(x)
        return share * z + (1 - share) * self.everybody


def correlation(pairs: Sequence[tuple[float, float]]) -> float:
    """How closely two figures go together, from -1 to 1; 0 where one of them never changes."""
    known = sorted(pairs)
    n = len(known)
    if n < 2:
        return 0.0
    left, right = fsum(a for a, _b in known) / n, fsum(b for _a, b in known) / n
    both = fsum((a - left) * (b - right) for a, b in known)
    size = sqrt(fsum((a - left) ** 2 for a, _b in known) * fsum((b - right) ** 2 for _a, b in known))
    return both / size if size > 0 else 0.0


def fit(spenders: Sequence[Spender]) -> GammaGamma:
    """The most likely Gamma-Gamma for customers with repeat purchases of positive amount."""
    known = sorted((one.x, one.z) for one in spenders if one.x > 0 and one.z > 0)
    scale = fsum(z for _x, z in known) / len(known)
    rows = [(x, z / scale, log(z / scale), log(x)) for x, z in known]

    def cost(point: Point) -> tuple[float, list[float]]:
        if max(map(abs, point)) > _WALL:
            return float("inf"), [0.0, 0.0, 0.0]
        p, q, gamma = (exp(value) for value in point)
        value, slope = _likelihood(rows, p, q, gamma)
        return -value, [-slope[0] * p, -slope[1] * q, -slope[2] * gamma]

    found = lowest(cost, ((1.5, 1.2, 0.5), (0.5, 0.7, 0.0)), plenty=len(rows) > PLENTY)
    p, q, gamma = (exp(value) for value in found.point)
    value = -found.value - len(rows) * log(scale)
    return GammaGamma(p, q, gamma * scale, value, found.settled)


def _likelihood(
    rows: Sequence[tuple[int, float, float, float]], p: float, q: float, gamma: float
) -> tuple[float, list[float]]:
    total = by_p = by_q = by_gamma = 0.0
    before = 0
    log_gamma, fixed_q = log(gamma), digamma(q)
    for x, z, log_z, log_x in rows:
        if x != before:
            before = x
            size = p * x
            fixed = lgamma(size + q) - lgamma(size) - lgamma(q) + q * log_gamma + size * log_x
            both = digamma(size + q)
            own = both - digamma(size) + log_x
        whole = log(gamma + x * z)
        total += fixed + (size - 1) * log_z - (size + q) * whole
        by_p += x * (own + log_z - whole)
        by_q += both - fixed_q + log_gamma - whole
        by_gamma += q / gamma - (size + q) / (gamma + x * z)
    return total, [by_p, by_q, by_gamma]


def credibility(spenders: Sequence[Spender], everybody: float | None = None) -> Credibility:
    """Credibility out of the variance of single orders within and between customers (Bühlmann, Straub)."""
    known = sorted((one.x, one.z, one.spread) for one in spenders if one.x > 0)
    orders = sum(x for x, _z, _s in known)
    if not known:
        return Credibility(everybody or 0.0, float("inf"))
    mean = fsum(x * z for x, z, _s in known) / orders
    free = orders - len(known)
    within = fsum(spread for _x, _z, spread in known) / free if free else 0.0
    size = orders - sum(x * x for x, _z, _s in known) / orders
    between = (fsum(x * (z - mean) ** 2 for x, z, _s in known) - (len(known) - 1) * within) / (size or 1.0)
    level = everybody if everybody is not None else mean
    return Credibility(level, within / between if between > 1e-12 * max(1.0, mean * mean) else float("inf"))


def choose(spenders: Sequence[Spender], everybody: float | None = None) -> GammaGamma | Credibility:
    """Gamma-Gamma where it may be used, else credibility with the reason."""
    known = [one for one in spenders if one.x > 0 and one.z > 0]
    fallback = credibility(known, everybody)
    refusal = None
    if len(known) < FEWEST:
        refusal = Refusal.FEW
    elif abs(correlation([(float(one.x), one.z) for one in known])) >= MOST_TIED:
        refusal = Refusal.TIED
    elif max(one.z for one in known) - min(one.z for one in known) <= 1e-9:
        refusal = Refusal.UNSETTLED
    else:
        found = fit(known)
        if found.sound:
            return found
        refusal = Refusal.UNSETTLED
    return Credibility(fallback.everybody, fallback.k, refusal)


def margin_rate(margin: float, turnover: float, usual_order: float, firm: float) -> float:
    """A customer's own margin rate, drawn to the firm's by the weight of five usual orders."""
    weight = MARGIN_ORDERS * usual_order
    whole = turnover + weight
    return (margin + weight * firm) / whole if whole > 0 else firm
