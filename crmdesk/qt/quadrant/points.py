"""The customers of the quadrant as arrays: where they lie, how large, and who is under the pointer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

BAND = 20
CLUSTERS = ("key", "develop", "maintain", "marginal")
CELLS = 128
SMALLEST, LARGEST = 4.0, 16.0
SPOT = 1.5  # radius of a point that is drawn as three by three pixels
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Points:
    """What the quadrant shows: one entry per customer in every sequence.

    Amounts are minor units, sizes whole units of the measure shown by size, colours and clusters token
    names ("risk_1" to "risk_4", "key"...). `tips` holds up to four lines per customer and may be a mapping
    that works them out on demand. Arrays of numbers are taken without copying.
    """

    ids: Sequence[str] = ()
    names: Sequence[str] = ()
    x: Sequence[int] = ()
    y: Sequence[int] = ()
    sizes: Sequence[float] = ()
    colours: Sequence[str] = ()
    clusters: Sequence[str] = ()
    tips: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    def counts(self) -> dict[str, int]:
        """How many customers each cluster holds."""
        found = Counter(self.clusters)
        return {cluster: found[cluster] for cluster in CLUSTERS}


def radii(sizes: Sequence[float] | Floats) -> Floats:
    """Turn sizes into radii whose areas compare fairly, from 4 to 16 pixels, in halves."""
    raw = 3 + np.sqrt(np.maximum(np.asarray(sizes, float), 0)) / 14
    rounded: Floats = np.round(np.clip(raw, SMALLEST, LARGEST) * 2) / 2
    return rounded


def log_range(amounts: Sequence[int] | Floats, also: int = 0) -> tuple[float, float]:
    """Find the span of a logarithmic axis that holds all amounts above zero, and one more if it is near."""
    known = np.asarray(amounts, float)
    known = known[known > 0]
    if not len(known):
        return 4.0, 6.0
    if also > 0:
        known = np.append(known, min(max(float(also), known.min() / 10), known.max() * 10))
    low, high = np.log10(known.min()) - 0.12, np.log10(known.max()) + 0.14
    missing = max(0.0, 1.0 - (high - low))
    return float(low - missing / 2), float(high + missing / 2)


@dataclass(frozen=True, slots=True)
class Frame:
    """Two logarithmic axes laid over a rectangle of pixels, with a band for zero at the left and below."""

    across: tuple[float, float]
    up: tuple[float, float]
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """The lower edge of the regions; the zero band lies below it."""
        return self.height - BAND

    def x_at(self, amount: float) -> float:
        """The pixel of an amount on the turnover axis."""
        return float(self.xs(np.array([amount]))[0])

    def y_at(self, amount: float) -> float:
        """The pixel of an amount on the potential axis."""
        return float(self.ys(np.array([amount]))[0])

    def xs(self, amounts: Floats) -> Floats:
        """The pixels of many amounts on the turnover axis."""
        low, high = self.across
        logs = np.log10(np.maximum(amounts, 1e-9))
        places: Floats = BAND + (logs - low) / (high - low) * (self.width - BAND)
        return np.where(amounts > 0, places, BAND / 2)

    def ys(self, amounts: Floats) -> Floats:
        """The pixels of many amounts on the potential axis."""
        low, high = self.up
        logs = np.log10(np.maximum(amounts, 1e-9))
        places: Floats = self.bottom - (logs - low) / (high - low) * self.bottom
        return np.where(amounts > 0, places, self.height - BAND / 2)

    def amount_x(self, pixel: float) -> int:
        """The turnover at a pixel, kept inside the axis."""
        low, high = self.across
        share = (pixel - BAND) / max(1.0, self.width - BAND)
        return _round(10 ** (low + min(1.0, max(0.0, share)) * (high - low)))

    def amount_y(self, pixel: float) -> int:
        """The potential at a pixel, kept inside the axis."""
        low, high = self.up
        share = (self.bottom - pixel) / max(1.0, self.bottom)
        return _round(10 ** (low + min(1.0, max(0.0, share)) * (high - low)))

    def trail(self, amounts: Sequence[tuple[int, int]]) -> list[tuple[float, float]]:
        """The pixels of the way a customer has gone."""
        return [(self.x_at(x), self.y_at(y)) for x, y in amounts]

    def view(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Both axes in logarithms, widened by the zero band."""
        (x0, x1), (y0, y1) = self.across, self.up
        return (
            (x0 - BAND * (x1 - x0) / max(1.0, self.width - BAND), x1),
            (y0 - BAND * (y1 - y0) / max(1.0, self.bottom), y1),
        )


def _round(amount: float) -> int:
    """Keep three digits, as a hand on a line means no more."""
    step = 10 ** max(0, int(np.log10(max(1.0, amount))) - 2)
    return int(max(1, round(amount / step) * step))


class Placed:
    """The points laid on a frame: pixels, radii, drawing order and a grid to find them by."""

    def __init__(self, points: Points, frame: Frame) -> None:
        """Place every point; those at zero are spread a little so that they do not hide each other."""
        self.points, self.frame = points, frame
        self.turnover = np.asarray(points.x, float)
        self.potential = np.asarray(points.y, float)
        self.sizes = np.asarray(points.sizes, float)
        in_band = (self.turnover <= 0) | (self.potential <= 0)
        most = BAND / 2 - 1.5
        full = radii(self.sizes)
        self.radius = np.where(in_band, np.minimum(full, most), full)
        spread = ((np.arange(len(points)) * 0.618034) % 1 * 2 - 1) * (most - np.minimum(self.radius, most))
        self.x = frame.xs(self.turnover) + np.where(self.turnover > 0, 0, spread)
        self.y = frame.ys(self.potential) + np.where(self.potential > 0, 0, -spread)
        self.order = np.argsort((LARGEST * 2 - self.radius * 2).astype(np.uint16), kind="stable")
        self.rank = np.empty(len(points), int)
        self.rank[self.order] = np.arange(len(points))
        self._index()

    def _index(self) -> None:
        """Sort the points into the cells of a grid."""
        self._cell_width = max(1.0, self.frame.width / CELLS)
        self._cell_height = max(1.0, self.frame.height / CELLS)
        column = np.clip((self.x / self._cell_width).astype(int), 0, CELLS - 1)
        row = np.clip((self.y / self._cell_height).astype(int), 0, CELLS - 1)
        cells = (row * CELLS + column).astype(np.uint16)  # two bytes sort several times faster
        self._by_cell = np.argsort(cells, kind="stable")
        held = np.bincount(cells, minlength=CELLS * CELLS)
        self._starts = np.concatenate(([0], np.cumsum(held)))

    def near(self, x: float, y: float, reach: float) -> NDArray[np.int64]:
        """The points in the grid cells around a pixel."""
        first = max(0, int((x - reach) / self._cell_width))
        last = min(CELLS - 1, int((x + reach) / self._cell_width))
        top = max(0, int((y - reach) / self._cell_height))
        low = min(CELLS - 1, int((y + reach) / self._cell_height))
        if first > last:
            return np.empty(0, np.int64)
        starts = self._starts
        rows = [
            self._by_cell[starts[row * CELLS + first] : starts[row * CELLS + last + 1]]
            for row in range(top, low + 1)
        ]
        return np.concatenate(rows) if rows else np.empty(0, np.int64)

    def pick(self, x: float, y: float, slack: float = 3.0, spots: bool = False) -> int | None:
        """The point under a pixel: the one drawn on top, or the nearest within a little slack."""
        found = self.near(x, y, (SPOT if spots else LARGEST) + slack)
        if not len(found):
            return None
        away = np.hypot(self.x[found] - x, self.y[found] - y)
        away = away - (SPOT if spots else self.radius[found])
        inside = found[away <= 0]
        if len(inside):
            return int(inside[np.argmax(self.rank[inside])])
        nearest = int(np.argmin(away))
        return int(found[nearest]) if away[nearest] <= slack else None

    def enclosed(self, outline: Sequence[tuple[float, float]]) -> NDArray[np.int64]:
        """The points inside a freehand outline, by counting crossings to the right."""
        inside = np.zeros(len(self.x), bool)
        for (ax, ay), (bx, by) in zip(outline, [*outline[1:], outline[0]], strict=True):
            if ay == by:
                continue
            spans = (self.y < max(ay, by)) & (self.y >= min(ay, by))
            inside ^= spans & (self.x < ax + (self.y - ay) * (bx - ax) / (by - ay))
        return np.flatnonzero(inside)

    def counts(self, turnover: int, potential: int) -> dict[str, int]:
        """How many customers each region holds for two cuts."""
        right = (self.turnover >= turnover) & (self.turnover > 0)
        upper = (self.potential >= potential) & (self.potential > 0)
        return {
            "key": _sum(right & upper),
            "develop": _sum(~right & upper),
            "maintain": _sum(right & ~upper),
            "marginal": _sum(~right & ~upper),
        }

    def next_to(self, n: int | None, by_potential: bool, step: int) -> int:
        """The customer one step up or down from another; from nobody, the highest."""
        amounts = self.potential if by_potential else self.turnover
        order = np.argsort(amounts, kind="stable").tolist()
        place = order.index(n) + step if n is not None else len(order) - 1
        return int(order[min(max(place, 0), len(order) - 1)])

    def largest(self, number: int) -> list[int]:
        """The customers with the largest sizes, largest first."""
        some = np.arange(len(self.sizes))
        if len(some) > number:
            some = np.argpartition(-self.sizes, number)[:number]
        return sorted(some.tolist(), key=lambda n: (-self.sizes[n], n))


def _sum(mask: Any) -> int:
    return int(np.count_nonzero(mask))
