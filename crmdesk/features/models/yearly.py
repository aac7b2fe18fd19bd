"""Customers of whom only yearly turnover is known: active or not, year by year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, fsum, log

from crmdesk.features.models.minimise import Point, minimise, with_slope
from crmdesk.features.models.spend import Credibility, Spender, credibility

MOST_GROWTH = 0.15


@dataclass(frozen=True, slots=True, order=True)
class Years:
    """Active years after the first one: years observed, active ones, the last active, in years after it."""

    seen: int
    active: int
    last: int

    @classmethod
    def of(cls, turnovers: Sequence[float]) -> Years | None:
        """The years of a row of yearly turnovers, oldest first; None where none was above zero."""
        bought = [place for place, amount in enumerate(turnovers) if amount > 0]
        if not bought:
            return None
        return cls(len(turnovers) - 1 - bought[0], len(bought) - 1, bought[-1] - bought[0])

    @property
    def silent(self) -> int:
        """The years since the last active one."""
        return self.seen - self.last


@dataclass(frozen=True, slots=True)
class Yearly:
    """The chance to buy in a year while alive, and the chance to leave in a year."""

    p: float
    theta: float

    def alive(self, silent: int) -> float:
        """The chance that a customer silent for so many years is still there."""
        stay = (1 - self.theta) * (1 - self.p)
        still = stay**silent
        return still / (still + fsum(self.theta * stay**j for j in range(silent)))

    def active_next(self, silent: int) -> float:
        """The chance that such a customer buys next year."""
        return self.alive(silent) * (1 - self.theta) * self.p


def fit(rows: Iterable[Years]) -> Yearly:
    """The most likely pair for all customers together, with Beta(2,2) and Beta(2,8) before the data."""
    counted = sorted(Counter(rows).items())

    def cost(point: Point) -> float:
        if max(map(abs, point)) > 20:
            return float("inf")
        p, theta = (1 / (1 + exp(-value)) for value in point)
        stay = (1 - theta) * (1 - p)
        total = log(p) + log(1 - p) + log(theta) + 7 * log(1 - theta)
        for one, n in counted:
            quiet = stay**one.silent + fsum(theta * stay**j for j in range(one.silent))
            bought = one.active * log(p) + (one.last - one.active) * log(1 - p)
            total += n * (one.last * log(1 - theta) + bought + log(quiet))
        return -total

    found = minimise(with_slope(cost), (0.5, -2.0))
    p, theta = (1 / (1 + exp(-value)) for value in found.point)
    return Yearly(p, theta)


def levels(turnovers: Mapping[str, Sequence[float]]) -> Credibility:
    """How much of a yearly turnover is the customer's own, by credibility over the years since the first."""
    spenders = []
    for amounts in turnovers.values():
        own = since_first(amounts)
        if own:
            mean = fsum(own) / len(own)
            spenders.append(Spender(len(own), mean, fsum((amount - mean) ** 2 for amount in own)))
    return credibility(spenders)


def since_first(amounts: Sequence[float]) -> list[float]:
    """The years from the first with turnover on."""
    first = next((place for place, amount in enumerate(amounts) if amount > 0), len(amounts))
    return list(amounts[first:])


def growth(totals: Sequence[float]) -> float:
    """The firm's yearly growth over the years known, bounded to 15 % either way."""
    if len(totals) < 2 or totals[0] <= 0 or totals[-1] <= 0:
        return 0.0
    rate = (totals[-1] / totals[0]) ** (1 / (len(totals) - 1)) - 1
    return float(min(max(rate, -MOST_GROWTH), MOST_GROWTH))


def retention(kept: int, before: int) -> float:
    """The share that came back; drawn to 80 % (Beta 8, 2) where fewer than fifty were there."""
    if before >= 50:
        return kept / before
    return shrunk_retention(kept, before)


def shrunk_retention(kept: int, before: int) -> float:
    """The share that came back, drawn to 80 % by the weight of ten customers."""
    return (kept + 8) / (before + 10)
