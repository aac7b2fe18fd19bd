"""Finds the lowest point of a smooth function of a few numbers, always by the same steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite, sqrt

Point = Sequence[float]
Smooth = Callable[[Point], tuple[float, list[float]]]

_STEPS = 300
_ARMIJO = 1e-4
_SMALL = 1e-6
_LONGEST = 3.0


@dataclass(frozen=True, slots=True)
class Lowest:
    """The lowest point found, the value there, and whether the search came to rest."""

    point: tuple[float, ...]
    value: float
    settled: bool


def with_slope(function: Callable[[Point], float]) -> Smooth:
    """A function together with its slope by central differences."""

    def both(point: Point) -> tuple[float, list[float]]:
        slope = []
        for place, value in enumerate(point):
            step = _SMALL * max(1.0, abs(value))
            above, below = list(point), list(point)
            above[place] += step
            below[place] -= step
            slope.append((function(above) - function(below)) / (2 * step))
        return function(point), slope

    return both


def minimise(function: Smooth, start: Point, tolerance: float = 1e-7) -> Lowest:
    """Walk downhill from a start with a growing picture of the curvature (BFGS)."""
    here = list(start)
    value, slope = function(here)
    inverse = _identity(len(here))
    for _step in range(_STEPS):
        if max(map(abs, slope)) <= tolerance * max(1.0, abs(value)):
            return Lowest(tuple(here), value, True)
        found = _search(function, here, value, slope, inverse)
        if found is None:
            if inverse == _identity(len(here)):
                flat = max(map(abs, slope)) <= 1e3 * tolerance * max(1.0, abs(value))
                return Lowest(tuple(here), value, flat)
            inverse = _identity(len(here))
            continue
        there, fresh, tilt = found
        moved = [new - old for new, old in zip(there, here, strict=True)]
        turned = [new - old for new, old in zip(tilt, slope, strict=True)]
        _learn(inverse, moved, turned)
        here, value, slope = there, fresh, tilt
    return Lowest(tuple(here), value, False)


def lowest(function: Smooth, starts: Sequence[Point], plenty: bool = False) -> Lowest:
    """The lowest of the points found from several starts; with plenty of data the first that settles."""
    found = []
    for start in starts:
        found.append(minimise(function, start))
        if plenty and found[-1].settled:
            break
    return min(found, key=lambda one: one.value)


def _identity(size: int) -> list[list[float]]:
    return [[float(row == column) for column in range(size)] for row in range(size)]


def _search(
    function: Smooth, here: list[float], value: float, slope: list[float], inverse: list[list[float]]
) -> tuple[list[float], float, list[float]] | None:
    """One step downhill along the expected direction, halved until it goes down; None where it never does."""
    way = [-sum(h * s for h, s in zip(row, slope, strict=True)) for row in inverse]
    fall = sum(w * s for w, s in zip(way, slope, strict=True))
    if fall >= 0:
        return None
    length = sqrt(sum(w * w for w in way))
    size = min(1.0, _LONGEST / length)
    while size * length > 1e-12:
        there = [h + size * w for h, w in zip(here, way, strict=True)]
        fresh, tilt = function(there)
        if isfinite(fresh) and fresh <= value + _ARMIJO * size * fall and all(map(isfinite, tilt)):
            return there, fresh, tilt
        size /= 2
    return None


def _learn(inverse: list[list[float]], moved: list[float], turned: list[float]) -> None:
    """Take what the last step told of the curvature into the picture of its inverse."""
    bend = sum(m * t for m, t in zip(moved, turned, strict=True))
    if bend <= 1e-14:
        return
    size = range(len(moved))
    bent = [sum(inverse[i][j] * turned[j] for j in size) for i in size]
    scale = (1 + sum(turned[i] * bent[i] for i in size) / bend) / bend
    for i in size:
        for j in size:
            inverse[i][j] += scale * moved[i] * moved[j] - (bent[i] * moved[j] + moved[i] * bent[j]) / bend
