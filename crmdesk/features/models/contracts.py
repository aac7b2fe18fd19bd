"""Customers with a contract: renewals by sBG, what they are still worth, the sums of Gupta and Lehmann."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, fsum, log

from crmdesk.core.errors import InvalidValue
from crmdesk.core.i18n import _
from crmdesk.features.models.minimise import Point, minimise, with_slope
from crmdesk.features.models.special import gauss, log_beta

FEWEST_RENEWALS = 20


@dataclass(frozen=True, slots=True)
class Renewals:
    """How contract customers stay: each has its own chance to leave at a renewal (sBG)."""

    a: float
    b: float
    log_likelihood: float = 0.0

    def survival(self, year: int) -> float:
        """The share that is still there after so many renewals."""
        return exp(log_beta(self.a, self.b + year) - log_beta(self.a, self.b))

    def renewal(self, year: int) -> float:
        """The share of those present that renews for the n-th time, from 1."""
        return (self.b + year - 1) / (self.a + self.b + year - 1)

    def residual(self, renewal: int, discount: float) -> float:
        """The discounted years to expect of a customer just before its n-th renewal (DERL)."""
        w = 1 / (1 + discount)
        series = gauss(1.0, self.b + renewal, self.a + self.b + renewal, w)
        return self.renewal(renewal) * series


def fit(survivors: Sequence[float], retention: float | None = None, weight: float = 10.0) -> Renewals:
    """Fit to the survivors at each renewal, the first figure being all; a prior where retention is given."""
    if len(survivors) < 2 or survivors[0] <= 0:
        raise InvalidValue(_("No renewals are known. Name the survivors of two years at least."))

    def fall(a: float, b: float) -> float:
        model = Renewals(a, b)
        lost = fsum(
            (survivors[t - 1] - survivors[t]) * (log_beta(a + 1, b + t - 1) - log_beta(a, b))
            for t in range(1, len(survivors))
            if survivors[t - 1] > survivors[t]
        )
        last = len(survivors) - 1
        return lost + survivors[last] * log(max(model.survival(last), 1e-300))

    def cost(point: Point) -> float:
        if max(map(abs, point)) > 12:
            return float("inf")
        a, b = exp(point[0]), exp(point[1])
        pull = 0.0
        if retention is not None:
            pull = weight * (retention * log(b / (a + b)) + (1 - retention) * log(a / (a + b)))
            pull -= 0.5 * (log(a + b) - log(4.0)) ** 2
        return -fall(a, b) - pull

    found = minimise(with_slope(cost), (0.0, log(3.0)))
    a, b = exp(found.point[0]), exp(found.point[1])
    return Renewals(a, b, fall(a, b))


def contract_value(margin: float, renewed: int, due: int, discount: float, model: Renewals | None) -> float:
    """The value of yearly margin: the model's from twenty renewals on, else shrunk retention."""
    if model is not None and due >= FEWEST_RENEWALS:
        return margin * model.residual(1, discount)
    return margin * lasting((renewed + 8) / (due + 10), discount)


def lasting(retention: float, discount: float, growth: float = 0.0) -> float:
    """What one unit of yearly margin is worth for ever, the first a year from now (Gupta and Lehmann)."""
    kept = retention * (1 + growth)
    if kept >= 1 + discount:
        raise InvalidValue(_("Retention with growth outruns the discount rate. Lower one of them."))
    return kept / (1 + discount - kept) / (1 + growth) if growth else retention / (1 + discount - retention)


def lasting_now(retention: float, discount: float) -> float:
    """The same with the first margin at once."""
    return (1 + discount) / (1 + discount - retention)


def limited(retention: float, discount: float, years: int, middle: bool = True) -> float:
    """What one unit of yearly margin is worth over some years, each discounted at its middle or its end."""
    shift = 0.5 if middle else 0.0
    return fsum(retention**k / (1 + discount) ** (k - shift) for k in range(1, years + 1))
