"""Recency, frequency and money of each customer, scored against all others."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

FEW = 25


@dataclass(frozen=True, slots=True)
class Bought:
    """Days since the last purchase, number of purchases, and money of positive lines."""

    recency: int
    frequency: int
    money: float


@dataclass(frozen=True, slots=True)
class Scored:
    """The three figures of a customer with their scores; 5 is best, 3 where customers are few."""

    bought: Bought
    r: int
    f: int
    m: int

    @property
    def code(self) -> str:
        """The scores side by side, as 555."""
        return f"{self.r}{self.f}{self.m}"


@dataclass(frozen=True, slots=True)
class Grid:
    """All customers scored, with the averages of the three figures."""

    customers: Mapping[str, Scored]
    steps: int
    median_recency: float
    mean_frequency: float
    mean_money: float

    def count(self, code: str) -> int:
        """How many customers have these scores."""
        return sum(one.code == code for one in self.customers.values())

    def cells(self) -> dict[tuple[int, int], int]:
        """How many customers stand in each cell of recency by frequency."""
        found: dict[tuple[int, int], int] = {}
        for one in self.customers.values():
            found[one.r, one.f] = found.get((one.r, one.f), 0) + 1
        return found


def score(customers: Mapping[str, Bought]) -> Grid:
    """Score by the share strictly worse: fifths, or thirds below 25 customers; ties are equal."""
    count = len(customers)
    steps = 5 if count >= FEW else 3
    recent = sorted(one.recency for one in customers.values())
    often = sorted(one.frequency for one in customers.values())
    money = sorted(one.money for one in customers.values())

    def step(worse: int) -> int:
        return 1 + steps * worse // count

    scored = {
        ident: Scored(
            one,
            step(count - bisect_right(recent, one.recency)),
            step(bisect_left(often, one.frequency)),
            step(bisect_left(money, one.money)),
        )
        for ident, one in sorted(customers.items())
    }
    if not count:
        return Grid({}, steps, 0.0, 0.0, 0.0)
    return Grid(scored, steps, float(median(recent)), sum(often) / count, sum(money) / count)
