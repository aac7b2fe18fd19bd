"""The current value of one customer (CLV), reckoned by model, by group, or by the owner's assumption."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import fsum

from crmdesk.features.models.activity import QUARTER, Activity, History

Ahead = Callable[[int, float], Sequence[float]]


@dataclass(frozen=True, slots=True)
class Terms:
    """The money side of one customer: usual order, margin rate, yearly cost to serve, discount, years."""

    order: float
    margin: float
    service: float
    discount: float
    years: int


@dataclass(frozen=True, slots=True)
class Current:
    """A current value taken apart: margin and service if surely there, undiscounted; then what is lost."""

    margin: float
    service: float
    alive: float
    discounted: float
    expected: float
    stays: tuple[float, ...]
    yearly: float = 0.0
    turnover: float = 0.0

    @property
    def leaving(self) -> float:
        """What the risk that the customer has left already takes away."""
        return -(1 - self.alive) * (self.margin - self.service)

    @property
    def waiting(self) -> float:
        """What waiting for the money takes away."""
        return self.alive * (self.discounted - (self.margin - self.service))

    @property
    def value(self) -> float:
        """The current value; below zero where serving costs more than it brings."""
        return self.alive * self.discounted


def quarters_ahead(model: Activity, x: int, weeks: float, years: int) -> list[float]:
    """The purchases to expect in each quarter of the years to come, were the customer surely there."""
    history = History(x, 0.0, weeks)
    sums = [model.if_alive(history, QUARTER * k) for k in range(4 * years + 1)]
    return [later - sooner for sooner, later in itertools.pairwise(sums)]


def by_model(model: Activity, history: History, terms: Terms, ahead: Sequence[float]) -> Current:
    """The value by expected purchases, quarter by quarter."""
    first = ahead[0] if ahead and ahead[0] > 0 else 1.0
    stays = [min(bought / first, 1.0) for bought in ahead]
    money = [bought * terms.order * terms.margin for bought in ahead]
    served = [terms.service / 4 * stay for stay in stays]
    worth = [
        (gain - cost) / (1 + terms.discount) ** ((k + 0.5) / 4)
        for k, (gain, cost) in enumerate(zip(money, served, strict=True))
    ]
    alive = model.alive(history)
    lasting = tuple(alive * stays[4 * k + 3] for k in range(terms.years))
    first = fsum(money[:4]) - terms.service
    return Current(fsum(money), fsum(served), alive, fsum(worth), alive * fsum(ahead), lasting, first)


def by_years(
    yearly: float, terms: Terms, alive: float, retention: float, orders: float = 0.0, growth: float = 0.0
) -> Current:
    """The value by yearly turnover and retention, each year discounted at its middle."""
    kept = [retention**k for k in range(1, terms.years + 1)]
    money = [yearly * terms.margin * stay * (1 + growth) ** k for k, stay in enumerate(kept, 1)]
    served = [terms.service * stay for stay in kept]
    worth = [
        (gain - cost) / (1 + terms.discount) ** (k + 0.5)
        for k, (gain, cost) in enumerate(zip(money, served, strict=True))
    ]
    stays = tuple(alive * stay for stay in kept)
    expected, first = alive * orders * fsum(kept), yearly * terms.margin - terms.service
    return Current(fsum(money), fsum(served), alive, fsum(worth), expected, stays, first, yearly)


def cents(amounts: Sequence[float], places: int = 2) -> list[int]:
    """Amounts in the smallest coin such that their running sums are each rounded but once."""
    rounded, before, total = [], 0, 0.0
    for amount in amounts:
        total += amount
        here = round(total * 10**places)
        rounded.append(here - before)
        before = here
    return rounded
