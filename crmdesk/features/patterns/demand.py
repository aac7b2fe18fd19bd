"""What will be asked for: plain forecasts of monthly series, chosen by their own past errors."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import fsum, sqrt
from types import MappingProxyType

Series = Sequence[float]
Forecast = Callable[[Series, int], list[float]]

ORIGINS = 6
SIMPLER = 0.05
SPARSE = 0.4


def zero(series: Series, ahead: int) -> list[float]:
    """Nothing will be asked for."""
    return [0.0] * ahead


def naive(series: Series, ahead: int) -> list[float]:
    """As much as last month."""
    return [series[-1] if series else 0.0] * ahead


def seasonal(series: Series, ahead: int) -> list[float]:
    """As much as in the same month a year before."""
    if len(series) < 12:
        return naive(series, ahead)
    return [series[len(series) - 12 + step % 12] for step in range(ahead)]


def mean_of(months: int) -> Forecast:
    """The mean of the last months."""

    def forecast(series: Series, ahead: int) -> list[float]:
        last = series[-months:]
        return [fsum(last) / len(last) if last else 0.0] * ahead

    return forecast


def smoothed(weight: float = 0.1) -> Forecast:
    """Simple exponential smoothing from the mean of the first three months."""

    def forecast(series: Series, ahead: int) -> list[float]:
        first = series[:3]
        level = fsum(first) / len(first) if first else 0.0
        for value in series:
            level += weight * (value - level)
        return [level] * ahead

    return forecast


def croston(weight: float = 0.1, correct: bool = False) -> Forecast:
    """Croston's method for rare demand from the first demand on; with its correction (SBA) where asked."""

    def forecast(series: Series, ahead: int) -> list[float]:
        size = gap = 0.0
        waited, started = 1, False
        for place, value in enumerate(series):
            if value > 0 and not started:
                size, gap, started, waited = value, float(place + 1), True, 1
            elif value > 0:
                size += weight * (value - size)
                gap += weight * (waited - gap)
                waited = 1
            else:
                waited += 1
        level = size / gap if gap else 0.0
        return [level * (1 - weight / 2) if correct else level] * ahead

    return forecast


def tsb(chance_weight: float = 0.1, size_weight: float = 0.1) -> Forecast:
    """Rare demand that may die: the chance of a demand and its size, each smoothed."""

    def forecast(series: Series, ahead: int) -> list[float]:
        wanted = [value for value in series if value > 0]
        if not wanted:
            return [0.0] * ahead
        chance, size = len(wanted) / len(series), wanted[0]
        for value in series:
            if value > 0:
                size += size_weight * (value - size)
                chance += chance_weight * (1 - chance)
            else:
                chance -= chance_weight * chance
        return [chance * size] * ahead

    return forecast


METHODS: Mapping[str, Forecast] = MappingProxyType(
    {
        "naive": naive,
        "mean12": mean_of(12),
        "ses": smoothed(0.1),
        "ses2": smoothed(0.2),
        "ses3": smoothed(0.3),
        "seasonal": seasonal,
        "tsb": tsb(),
    }
)


def rmsse(history: Series, actual: Series, told: Series) -> float | None:
    """The error against that of naming last month's figure; None where the history never moved."""
    moved = [(b - a) ** 2 for a, b in itertools.pairwise(history)]
    scale = fsum(moved) / len(moved) if moved else 0.0
    if scale <= 0:
        return None
    return sqrt(fsum((a - t) ** 2 for a, t in zip(actual, told, strict=True)) / len(actual) / scale)


def wape(actual: Sequence[float], told: Sequence[float]) -> float:
    """The sum of errors as a share of what was asked for."""
    whole = fsum(abs(a) for a in actual)
    return fsum(abs(a - t) for a, t in zip(actual, told, strict=True)) / whole if whole else 0.0


@dataclass(frozen=True, slots=True)
class Outlook:
    """A forecast with its method, the range nine of ten past errors fell in, and its past error and bias."""

    method: str
    months: tuple[float, ...]
    low: float
    high: float
    error: float | None
    bias: float


def outlook(series: Series, ahead: int = 3) -> Outlook:
    """The forecast by the method that was best at the last six origins; the simpler one where it is close."""
    names = ["naive", "mean12", "ses", "ses2", "ses3"]
    if len(series) >= 24:
        names.append("seasonal")
    if series and sum(value == 0 for value in series) > SPARSE * len(series):
        names.append("tsb")
    best, best_error = "mean12", None
    for name in names:
        error = _past_error(series, METHODS[name])
        if error is not None and (best_error is None or error < best_error * (1 - SIMPLER)):
            best, best_error = name, error
    told = METHODS[best](series, ahead)
    errors = sorted(actual - guess for actual, guess in _rolled(series, METHODS[best]))
    low, high = (_quantile(errors, 0.1), _quantile(errors, 0.9)) if errors else (0.0, 0.0)
    level = told[0] if told else 0.0
    bias = fsum(errors) / len(errors) if errors else 0.0
    return Outlook(best, tuple(told), max(level + low, 0.0), max(level + high, 0.0), best_error, -bias)


def _rolled(series: Series, method: Forecast) -> list[tuple[float, float]]:
    starts = range(max(len(series) - ORIGINS, 3), len(series))
    return [(series[place], method(series[:place], 1)[0]) for place in starts]


def _past_error(series: Series, method: Forecast) -> float | None:
    pairs = _rolled(series, method)
    if not pairs:
        return None
    cut = max(len(series) - ORIGINS, 3)
    return rmsse(series[:cut], [a for a, _t in pairs], [t for _a, t in pairs])


def _quantile(ordered: Sequence[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


@dataclass(frozen=True, slots=True)
class Sold:
    """One line sold: product, category, month counted from year 0, units, and list price of one."""

    product: str
    name: str
    category: str
    month: int
    units: float
    price: float


@dataclass(frozen=True, slots=True)
class Asked:
    """A series of units by month: of a product, or of a price segment of a category."""

    name: str
    category: str
    segment: int | None
    months: tuple[float, ...]


def span(lines: Sequence[Sold], as_of: date) -> range:
    """The whole months that the lines cover, up to the last that is over."""
    last = as_of.year * 12 + as_of.month - 1 - ((as_of + timedelta(1)).month == as_of.month)
    known = [line.month for line in lines if line.month <= last]
    return range(min(known), last + 1) if known else range(0)


def by_product(lines: Sequence[Sold], months: range) -> list[Asked]:
    """The units of each product by month, most asked for first."""
    return _series([((line.product, line.name, line.category, -1), line) for line in lines], months)


def by_segment(lines: Sequence[Sold], months: range) -> list[Asked]:
    """The units of each third of list prices within each category, by month."""
    prices: dict[str, list[float]] = {}
    for line in lines:
        prices.setdefault(line.category, []).append(line.price)
    cuts = {category: tercile_cuts(found) for category, found in prices.items()}
    keyed = [
        ((line.category, line.category, line.category, segment(line.price, cuts[line.category])), line)
        for line in lines
    ]
    return _series(keyed, months)


def _series(keyed: Sequence[tuple[tuple[str, str, str, int], Sold]], months: range) -> list[Asked]:
    found: dict[tuple[str, str, str, int], list[float]] = {}
    for key, line in keyed:
        if line.month in months:
            found.setdefault(key, [0.0] * len(months))[line.month - months.start] += line.units
    ordered = sorted(found.items(), key=lambda pair: (-fsum(pair[1]), pair[0]))
    return [
        Asked(name, category, None if third < 0 else third, tuple(units))
        for (_ident, name, category, third), units in ordered
    ]


def segment(price: float, cuts: tuple[float, float]) -> int:
    """The price segment within a category: 0 low, 1 middle, 2 high."""
    return (price > cuts[0]) + (price > cuts[1])


def tercile_cuts(prices: Sequence[float]) -> tuple[float, float]:
    """The two prices that part a category into thirds."""
    ordered = sorted(prices)
    if not ordered:
        return 0.0, 0.0
    return _quantile(ordered, 1 / 3), _quantile(ordered, 2 / 3)
