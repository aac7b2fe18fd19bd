"""How long things last: customers under contract (Kaplan-Meier) and parts of machines (Weibull)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import exp, fsum, log

from crmdesk.features.models.minimise import Point, minimise, with_slope

Spell = tuple[float, bool]


@dataclass(frozen=True, slots=True)
class Survivors:
    """A step of the survival curve: the time, the share still there, and how many were at risk."""

    time: float
    share: float
    at_risk: int


def kaplan_meier(spells: Iterable[Spell]) -> list[Survivors]:
    """The survival curve of spells, each a length and whether it truly ended (else it still runs)."""
    known = sorted(spells)
    left, share, curve = len(known), 1.0, []
    for time, group in groupby(known, key=lambda spell: spell[0]):
        ended = [over for _time, over in group]
        share *= 1 - sum(ended) / left
        curve.append(Survivors(time, share, left))
        left -= len(ended)
    return curve


def survival_at(curve: Sequence[Survivors], time: float) -> float:
    """The share still there at a time."""
    return next((step.share for step in reversed(curve) if step.time <= time), 1.0)


@dataclass(frozen=True, slots=True)
class Wear:
    """Weibull wear: shape k (above 1 means wear), characteristic life eta."""

    k: float
    eta: float
    log_likelihood: float = 0.0

    def survival(self, time: float) -> float:
        """The share that outlasts a time."""
        return exp(-((time / self.eta) ** self.k))

    def life(self, share: float = 0.1) -> float:
        """The time by which this share has failed."""
        return float(self.eta * (-log(1 - share)) ** (1 / self.k))

    def next_service(self, run: float, share: float = 0.1) -> float:
        """The further time after which this share of those that ran so long has failed."""
        return float(self.eta * ((run / self.eta) ** self.k - log(1 - share)) ** (1 / self.k) - run)


def fit_wear(spells: Sequence[Spell], prior: bool = False) -> Wear:
    """The most likely Weibull; the prior on the shape helps where failures are few."""
    known = sorted((time, failed) for time, failed in spells if time > 0)
    failures = sum(failed for _time, failed in known)
    scale = fsum(time for time, _failed in known) / max(failures, 1)

    def cost(point: Point) -> float:
        if max(map(abs, point)) > 8:
            return float("inf")
        k, eta = exp(point[0]), exp(point[1])
        total = fsum(
            (log(k / eta) + (k - 1) * log(time / scale / eta) if failed else 0.0) - (time / scale / eta) ** k
            for time, failed in known
        )
        return -total + (0.5 * ((point[0] - log(1.5)) / 0.5) ** 2 if prior else 0.0)

    found = minimise(with_slope(cost), (0.3, 0.0))
    k, eta = exp(found.point[0]), exp(found.point[1])
    return Wear(k, eta * scale, -cost((log(k), log(eta))) - failures * log(scale))


def mean_cumulative(systems: Sequence[Sequence[float]]) -> list[tuple[float, float]]:
    """The mean failures per system through time; the last time of each is the end of its observation."""
    times = sorted({time for system in systems for time in system[:-1]})
    total, curve = 0.0, []
    for time in times:
        watched = sum(system[-1] >= time for system in systems)
        total += sum(list(system[:-1]).count(time) for system in systems) / watched
        curve.append((time, total))
    return curve
