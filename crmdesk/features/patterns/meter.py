"""What a change of working brought beyond the trend, and whether chance alone would explain it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from statistics import fmean

FEWEST = 6


@dataclass(frozen=True, slots=True)
class Meter:
    """Months before and since: what the trend promised, what came, and the uncertainty of the difference."""

    months_before: int
    months_since: int
    trend: float
    expected: float
    actual: float
    error: float

    @property
    def effect(self) -> float:
        """What came beyond the trend, as a share of what the trend promised."""
        return self.actual / self.expected - 1 if self.expected else 0.0

    @property
    def proven(self) -> bool:
        """Whether the difference stands out from chance; never with few months on either side."""
        enough = min(self.months_before, self.months_since) >= FEWEST
        return enough and abs(self.actual - self.expected) >= 1.96 * self.error

    def gain(self, cost: float) -> float:
        """What is left of the difference after the cost of the change."""
        return self.actual - self.expected - cost


def measure(before: Sequence[float], since: Sequence[float]) -> Meter:
    """The line through the months before, carried on over the months since, against what came."""
    count, further = len(before), len(since)
    actual = fsum(since)
    if count < 3 or not further:
        return Meter(count, further, 0.0, fmean(before) * further if before else 0.0, actual, 0.0)
    middle, mean = (count - 1) / 2, fmean(before)
    spread = fsum((n - middle) ** 2 for n in range(count))
    slope = fsum((n - middle) * (value - mean) for n, value in enumerate(before)) / spread
    rest = fsum((value - mean - slope * (n - middle)) ** 2 for n, value in enumerate(before)) / (count - 2)
    ahead = count + (further - 1) / 2 - middle
    expected = further * (mean + slope * ahead)
    error = further * sqrt(rest * (1 / further + 1 / count + ahead * ahead / spread))
    return Meter(count, further, 12 * slope / mean if mean else 0.0, expected, actual, error)
