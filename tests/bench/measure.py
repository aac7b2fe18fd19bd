"""Times the product beside its floor, turn by turn, and says how the ratio stands to the goal."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Size:
    """How large a run is: so many customers, and how often each case is measured."""

    customers: int
    rounds: int

    @property
    def contacts(self) -> int:
        """How many log entries the store of this size has."""
        return self.customers * 10


@dataclass(frozen=True, slots=True)
class Goal:
    """What was asked for: at most this many times the floor, at most so much; None asks for nothing."""

    ratio: float | None = None
    most: float | None = None

    def text(self) -> str:
        """The goal as it stands in the table."""
        parts = [f"<= {self.ratio:g}x"] if self.ratio is not None else []
        return ", ".join([*parts, *([f"<= {self.most:g}"] if self.most is not None else [])]) or "-"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the answer: the product, its floor where there is one, and the goal."""

    bench: str
    case: str
    product: float
    floor: float | None = None
    ratio: float | None = None
    goal: Goal = Goal()
    unit: str = "ms"
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None where there is none."""
        said = []
        if self.goal.ratio is not None and self.ratio is not None:
            said.append(self.ratio <= self.goal.ratio)
        if self.goal.most is not None:
            said.append(self.product <= self.goal.most)
        return all(said) if said else None

    def as_json(self, rows: int) -> dict[str, Any]:
        """The figure as plain values."""
        return asdict(self) | {"rows": rows, "met": self.met}


def once(work: Callable[[], Any]) -> float:
    """How many milliseconds one go takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def turns(rounds: int, *works: Callable[[], Any]) -> list[list[float]]:
    """Milliseconds of each work over some rounds, the works taking turns inside each round."""
    times: list[list[float]] = [[] for _work in works]
    for _round in range(rounds):
        for place, work in enumerate(works):
            times[place].append(once(work))
    return times


def ratio(product: Sequence[float], floor: Sequence[float]) -> float:
    """The median of the ratios formed round by round."""
    return statistics.median(one / max(other, 1e-6) for one, other in zip(product, floor, strict=True))


def median(times: Sequence[float]) -> float:
    """The middle one of the times."""
    return statistics.median(times)


def share(times: Sequence[float], percent: float) -> float:
    """The time below which so many percent of them lie."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def compared(
    bench: str, case: str, product: Sequence[float], floor: Sequence[float], goal: Goal, note: str = ""
) -> Figure:
    """A figure out of times that were taken in turns."""
    return Figure(bench, case, median(product), median(floor), ratio(product, floor), goal, note=note)


def table(figures: Sequence[Figure]) -> str:
    """The figures as lines of text."""
    head = ("case", "product", "floor", "ratio", "goal", "met", "")
    rows = [head, *(_row(figure) for figure in figures)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place in (0, 4, 6) else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def _row(figure: Figure) -> tuple[str, ...]:
    return (
        f"{figure.bench}: {figure.case}",
        f"{figure.product:,.2f} {figure.unit}",
        "-" if figure.floor is None else f"{figure.floor:,.2f}",
        "-" if figure.ratio is None else f"{figure.ratio:.2f}x",
        figure.goal.text(),
        {True: "yes", False: "NO", None: "-"}[figure.met],
        figure.note,
    )
