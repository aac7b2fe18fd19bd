"""Takes a current value apart into its periods: what is bought, who stays, what waiting costs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import fsum

from crmdesk.features.knowledge.evidence import Method
from crmdesk.features.knowledge.facts import Known
from crmdesk.features.value.equity import quarters_ahead
from crmdesk.features.value.worth import Valuation, Worth


@dataclass(frozen=True, slots=True)
class Making:
    """A current value as its sum: per period the units bought and the share that stays.

    A unit is an order of usual size, or a year's turnover where the averages of the group are used.
    """

    per_year: int
    parts: tuple[float, ...]
    stays: tuple[float, ...]
    unit: float
    margin: float
    service: float
    alive: float
    discount: float
    by_orders: bool

    def factor(self, period: int) -> float:
        """What money of the middle of a period is worth today."""
        return float((1 + self.discount) ** -((period + 0.5) / self.per_year))

    def gains(self) -> list[float]:
        """The margin of each period if the customer is surely there."""
        return [part * self.unit * self.margin for part in self.parts]

    def costs(self) -> list[float]:
        """The cost to serve of each period."""
        return [self.service / self.per_year * stay for stay in self.stays]

    @property
    def units(self) -> float:
        """The units of all periods together."""
        return fsum(self.parts)

    @property
    def served_years(self) -> float:
        """The years in which the customer is served."""
        return fsum(self.stays) / self.per_year

    def value(self) -> float:
        """The current value."""
        pairs = zip(self.gains(), self.costs(), strict=True)
        return self.alive * fsum((gain - cost) * self.factor(k) for k, (gain, cost) in enumerate(pairs))

    def more_a_year(self, amount: float) -> float:
        """What so much more turnover a year would add."""
        each = amount * self.margin / self.per_year
        return self.alive * fsum(each * stay * self.factor(k) for k, stay in enumerate(self.stays))

    def with_margin(self, points: float) -> Making:
        """The same with another margin, in shares."""
        return replace(self, margin=self.margin + points)

    def with_service(self, amount: float) -> Making:
        """The same with another yearly cost to serve."""
        return replace(self, service=self.service + amount)


def making_of(valuation: Valuation, one: Worth, known: Known) -> Making | None:
    """How the current value of a customer was made; None where there is none."""
    if not any(line.key == "margin" for line in one.lines):
        return None
    firm, judgement, inputs = valuation.firm, valuation.judgement, one.inputs
    nothing_bought = one.evidence.key in ("budget", "nothing")
    rest = (inputs.margin_rate, 0.0 if nothing_bought else inputs.service)
    history = known.history(valuation.as_of)
    if history is not None and one.evidence.method is Method.MODEL:
        ahead = quarters_ahead(firm.activity, history.x, history.T, judgement.years)
        first = ahead[0] if ahead and ahead[0] > 0 else 1.0
        stays = tuple(min(bought / first, 1.0) for bought in ahead)
        alive = firm.activity.alive(history)
        return Making(4, tuple(ahead), stays, inputs.order, *rest, alive, judgement.yearly, True)
    keep, growth = firm.retention, 0.0
    if one.evidence.method is Method.GROUP:
        group = firm.by_orders if history is not None else firm.by_years
        if group is not None:
            keep, growth = 1 - group.years.theta, group.growth
    stays = tuple(keep**k for k in range(1, judgement.years + 1))
    parts = tuple(stay * (1 + growth) ** k for k, stay in enumerate(stays, 1))
    alive = one.stays[0] / stays[0] if one.stays and stays[0] else 1.0
    return Making(1, parts, stays, inputs.expected_year, *rest, alive, judgement.yearly, False)
