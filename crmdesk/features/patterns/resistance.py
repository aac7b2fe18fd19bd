"""What stands between a customer and a purchase, from 0 to 100, with the causes and a remedy for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from crmdesk.core.i18n import N_

LEAST_COVERAGE = 0.4
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "objections": 0.25,
        "lost_offers": 0.20,
        "effort": 0.15,
        "delay": 0.10,
        "dissatisfaction": 0.15,
        "distance": 0.15,
    }
)
LABELS: Mapping[str, str] = MappingProxyType(
    {
        "objections": N_("Objections"),
        "lost_offers": N_("Lost offers"),
        "effort": N_("Contacts needed for an order"),
        "delay": N_("Slow answers and payments"),
        "dissatisfaction": N_("Dissatisfaction"),
        "distance": N_("Distance and trade"),
    }
)
REMEDIES: Mapping[str, str] = MappingProxyType(
    {
        "objections": N_("Answer the objection heard most often with a case of a similar customer."),
        "lost_offers": N_("Ask why the last offer was lost, before the next one."),
        "effort": N_("Offer a fixed order form or a standing order."),
        "delay": N_("Agree on one channel and a payment term that suits both."),
        "dissatisfaction": N_("Call about the last complaint and settle it first."),
        "distance": N_("Show a reference from the same trade or the same town."),
    }
)


@dataclass(frozen=True, slots=True)
class Cause:
    """One factor: how strong from 0 to 1, its weight here, and the points it adds."""

    name: str
    strength: float
    weight: float
    points: float


@dataclass(frozen=True, slots=True)
class Resistance:
    """The index with its coverage; None where too little is known."""

    index: float | None
    coverage: float
    causes: tuple[Cause, ...]

    @property
    def main(self) -> tuple[Cause, ...]:
        """The two causes that weigh most."""
        return tuple(cause for cause in self.causes[:2] if cause.points > 0)


def resistance(factors: Mapping[str, float | None], weights: Mapping[str, float] = WEIGHTS) -> Resistance:
    """The index out of factors from 0 to 1; a missing one is dropped and the others weigh more."""
    known = {name: min(max(value, 0.0), 1.0) for name in weights if (value := factors.get(name)) is not None}
    whole = sum(weights.values())
    covered = sum(weights[name] for name in known)
    coverage = covered / whole if whole else 0.0
    causes = sorted(
        (
            Cause(name, strength, weights[name] / covered, 100 * strength * weights[name] / covered)
            for name, strength in known.items()
        ),
        key=lambda cause: (-cause.points, cause.name),
    )
    if coverage < LEAST_COVERAGE:
        return Resistance(None, coverage, tuple(causes))
    return Resistance(sum(cause.points for cause in causes), coverage, tuple(causes))


def lost_share(lost: int, offers: int) -> float:
    """The share of lost offers, drawn to a third where few were made."""
    return (lost + 1) / (offers + 3)


def beyond(value: float, usual: float) -> float:
    """How far a figure lies above the usual one: 0 at or below it, 1 at twice and more."""
    return min(max(value / usual - 1, 0.0), 1.0) if usual > 0 else 0.0
