"""Which few make the most: the 80/20 law for turnover, cost and profit, read from both ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil

CLASS_A, CLASS_B = 0.80, 0.95
TOP = 0.2


@dataclass(frozen=True, slots=True)
class Concentration:
    """How a total spreads over customers; the amounts are whole cents, largest first."""

    total: int
    customers: int
    top_count: int
    top_share: float
    for80: int
    gini: float
    classes: Mapping[str, int]
    ids: tuple[str, ...]
    amounts: tuple[int, ...]

    @property
    def curve(self) -> list[float]:
        """The running share of the total; above 1 where losses follow."""
        return [run / self.total if self.total else 0.0 for run in accumulate(self.amounts)]

    @property
    def tail_share(self) -> float:
        """What all but the top fifth bring together: the law read from the other end."""
        return 1 - self.top_share

    @property
    def tail_for_20(self) -> int:
        """How many of the smallest it takes for a fifth of the total."""
        return self.customers - self.for80

    @property
    def peak(self) -> int:
        """After how many customers each further one takes away from the total."""
        return sum(amount > 0 for amount in self.amounts)

    def to_rise(self, ident: str) -> int | None:
        """How much more would lift a customer into the class above; None in the best one."""
        here = self.class_of(ident)
        if here not in ("B", "C"):
            return None
        last = self.classes["A"] - 1 if here == "B" else self.classes["A"] + self.classes["B"] - 1
        return self.amounts[max(last, 0)] - self.amounts[self.ids.index(ident)] + 1

    def class_of(self, ident: str) -> str:
        """The class A, B or C of a customer; nothing for a stranger."""
        if ident not in self.ids:
            return ""
        place = self.ids.index(ident)
        return (
            "A"
            if place < self.classes["A"]
            else "B"
            if place < self.classes["A"] + self.classes["B"]
            else "C"
        )


def concentrate(amounts: Mapping[str, int]) -> Concentration:
    """How amounts by customer add up to their total, largest first; equals by their ids."""
    ordered = sorted(amounts.items(), key=lambda pair: (-pair[1], pair[0]))
    values = [amount for _ident, amount in ordered]
    total, count = sum(values), len(values)
    top = ceil(TOP * count - 1e-9)
    first = needed(values, total, CLASS_A)
    second = max(needed(values, total, CLASS_B) - first, 0)
    return Concentration(
        total,
        count,
        top,
        sum(values[:top]) / total if total else 0.0,
        first,
        gini(values),
        {"A": first, "B": second, "C": count - first - second},
        tuple(ident for ident, _amount in ordered),
        tuple(values),
    )


def needed(values: Sequence[int], total: int, share: float) -> int:
    """How many of the largest values make a share of the total."""
    if total <= 0:
        return 0
    goal = share * total
    return next((place for place, run in enumerate(accumulate(values), 1) if run >= goal), len(values))


def gini(values: Sequence[int]) -> float:
    """How unequal values are: 0 all the same, near 1 one has it all, above 1 where some are losses."""
    total, count = sum(values), len(values)
    if not total or not count:
        return 0.0
    weighted = sum(place * value for place, value in enumerate(sorted(values), 1))
    return 2 * weighted / (count * total) - (count + 1) / count


def overlap(left: Concentration, right: Concentration) -> int:
    """How many customers are in the top fifth of both."""
    return len(set(left.ids[: left.top_count]) & set(right.ids[: right.top_count]))
