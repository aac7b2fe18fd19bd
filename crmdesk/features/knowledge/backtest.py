"""How often the model was right: hide the end of the history, predict it, compare with plain rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import fsum

from crmdesk.features.knowledge.facts import Facts
from crmdesk.features.models import activity
from crmdesk.features.models.activity import DAYS_PER_WEEK, Activity, History

HIDDEN = 0.25


@dataclass(frozen=True, slots=True)
class BackTest:
    """Predictions against what came: errors per customer, order of risk, and its chances (Brier)."""

    split: date
    end: date
    customers: int
    actual: int
    predicted: float
    error_model: float
    error_rate: float
    error_mean: float
    auc: float
    brier_model: float
    brier_base: float
    model: Activity

    @property
    def passed(self) -> bool:
        """Whether the model told more than the share of those who did not buy."""
        return self.brier_model < self.brier_base

    @property
    def bias(self) -> float:
        """How far the sum of predictions lay from what came, as a share."""
        return self.predicted / self.actual - 1 if self.actual else 0.0


def split_day(facts: Facts) -> date | None:
    """The day that hides the last quarter of the purchases' time; None where there is too little."""
    span = facts.span()
    if span is None or (span[1] - span[0]).days < 8:
        return None
    return span[1] - timedelta(days=round((span[1] - span[0]).days * HIDDEN))


def backtest(
    facts: Facts, retention: float = 0.8, split: date | None = None, end: date | None = None
) -> BackTest | None:
    """Fit up to a day, predict to the end, compare; None where the history is too short."""
    split = split or split_day(facts)
    span = facts.span()
    if split is None or span is None:
        return None
    end = end or span[1]
    weeks = (end - split).days / DAYS_PER_WEEK
    pairs = []
    for one in facts.customers:
        history = one.until(split).history(split)
        if history is not None:
            bought = sum(split < day.day <= end for day in one.purchases)
            pairs.append((history, bought))
    if weeks <= 0 or len(pairs) < 2:
        return None
    pairs.sort()
    return _compare(split, end, pairs, weeks, activity.fit([one for one, _n in pairs], retention))


def _compare(
    split: date, end: date, pairs: Sequence[tuple[History, int]], weeks: float, model: Activity
) -> BackTest:
    count = len(pairs)
    actual = [bought for _one, bought in pairs]
    told = [model.purchases(one, weeks) for one, _n in pairs]
    rate = [one.x / one.T * weeks if one.T > 0 else 0.0 for one, _n in pairs]
    observed = fsum(one.T for one, _n in pairs)
    mean = sum(one.x for one, _n in pairs) / observed * weeks if observed else 0.0
    quiet = [float(bought == 0) for bought in actual]
    risk = [model.silent(one, weeks) for one, _n in pairs]
    share = fsum(quiet) / count
    return BackTest(
        split,
        end,
        count,
        sum(actual),
        fsum(told),
        _error(told, actual),
        _error(rate, actual),
        _error([mean] * count, actual),
        ranking(risk, quiet),
        fsum((p - q) ** 2 for p, q in zip(risk, quiet, strict=True)) / count,
        share * (1 - share),
        model,
    )


def _error(told: Sequence[float], actual: Sequence[int]) -> float:
    return fsum(abs(t - a) for t, a in zip(told, actual, strict=True)) / len(actual)


def ranking(scores: Sequence[float], happened: Sequence[float]) -> float:
    """The chance that one to whom it happened has the higher score (AUC); a half where none can be told."""
    pairs = sorted(zip(scores, happened, strict=True))
    yes, total, place = sum(h > 0 for _s, h in pairs), 0.0, 0
    no = len(pairs) - yes
    if not yes or not no:
        return 0.5
    while place < len(pairs):
        stop = place
        while stop < len(pairs) and pairs[stop][0] == pairs[place][0]:
            stop += 1
        middle = (place + 1 + stop) / 2
        total += middle * sum(h > 0 for _s, h in pairs[place:stop])
        place = stop
    return (total - yes * (yes + 1) / 2) / (yes * no)
