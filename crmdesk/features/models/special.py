"""Functions of mathematics that the standard library lacks."""

from __future__ import annotations

from math import lgamma, log

_TERMS = 20_000
_PRECISE = 1e-13


def log_beta(a: float, b: float) -> float:
    """The logarithm of the beta function."""
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def digamma(x: float) -> float:
    """The slope of the logarithm of the gamma function, for x above 0."""
    shift = 0.0
    while x < 8.0:
        shift -= 1.0 / x
        x += 1.0
    square = 1.0 / (x * x)
    series = square * (
        1 / 12 - square * (1 / 120 - square * (1 / 252 - square * (1 / 240 - square * (1 / 132))))
    )
    return shift + log(x) - 0.5 / x - series


def gauss(a: float, b: float, c: float, w: float) -> float:
    """The hypergeometric function of Gauss by its series, for 0 <= w < 1."""
    term = total = 1.0
    for n in range(_TERMS):
        term *= (a + n) * (b + n) / ((c + n) * (n + 1.0)) * w
        total += term
        if abs(term) <= _PRECISE * abs(total):
            break
    return total


def gauss_turned(a: float, b: float, c: float, w: float) -> float:
    """The same after Euler's transformation, which converges where the plain series is slow."""
    return float((1.0 - w) ** (c - a - b) * gauss(c - a, c - b, c, w))
