"""How sure a value is: levels E3 to E0, with the reason in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from crmdesk.core.i18n import N_, _
from crmdesk.features.knowledge.backtest import BackTest
from crmdesk.features.models.activity import WEEKS_PER_YEAR, Activity, History

MODEL_CUSTOMERS, MODEL_REPEATS, FEWEST = 50, 100, 10


class Level(StrEnum):
    """How sure a figure is."""

    MODEL = "E3"
    SHRUNK = "E2"
    ASSUMED = "E1"
    UNKNOWN = "E0"

    @property
    def label(self) -> str:
        """What the level means, still to be translated."""
        return {
            Level.MODEL: N_("fitted and tested"),
            Level.SHRUNK: N_("drawn to the average"),
            Level.ASSUMED: N_("your assumption"),
            Level.UNKNOWN: N_("unknown"),
        }[self]


class Method(StrEnum):
    """By which model the values are reckoned."""

    MODEL = "mbg_nbd"
    GROUP = "yearly"
    ASSUMPTION = "assumption"
    NONE = "none"


_REASONS = {
    "passed": N_(
        "Tested on your own hidden quarter: an error of {model}, against {base} for the plain average."
    ),
    "worse": N_(
        "History tells little about single customers: hidden test {model}, plain average {base}. "
        "Averages of the group are used."
    ),
    "untested": N_("The history is too short to test the model."),
    "customers": N_("{n} customers with orders; the full model needs {least}."),
    "repeats": N_("{n} repeat purchases; the full model needs {least}."),
    "short": N_("The orders cover {n} weeks; the full model needs a year."),
    "bounds": N_("The model found no rest inside its bounds."),
    "yearly": N_("Only yearly turnover is known."),
    "few": N_("{n} customers with orders; below {least} your own assumptions count."),
    "nothing": N_("No purchase is known."),
    "new": N_("A new customer: one purchase today says nothing of the next."),
    "one_year": N_("Only one year of turnover is known."),
    "budget": N_("No purchase yet: only the budget speaks."),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A level with its method and the reason, as a key and numbers."""

    level: Level
    method: Method
    key: str
    numbers: tuple[tuple[str, Any], ...] = ()

    @property
    def reason(self) -> str:
        """The reason in words."""
        return _(_REASONS[self.key]).format(**dict(self.numbers))


def judge(
    histories: Mapping[str, History], model: Activity, test: BackTest | None, span_weeks: float, years: int
) -> Evidence:
    """How sure the values of a whole firm are."""
    buyers, repeats = len(histories), sum(one.x for one in histories.values())
    if buyers < FEWEST:
        if years >= 2:
            return Evidence(Level.SHRUNK, Method.GROUP, "yearly")
        key = "few" if buyers or years else "nothing"
        return Evidence(
            Level.ASSUMED if key == "few" else Level.UNKNOWN,
            Method.ASSUMPTION if key == "few" else Method.NONE,
            key,
            (("n", buyers), ("least", FEWEST)),
        )
    shown = test and (("model", f"{test.brier_model:.3f}"), ("base", f"{test.brier_base:.3f}"))
    if test is not None and shown and not test.passed:
        return Evidence(Level.SHRUNK, Method.GROUP, "worse", shown)
    if not model.inside:
        return Evidence(Level.SHRUNK, Method.GROUP, "bounds")
    if test is None or not shown:
        return Evidence(Level.SHRUNK, Method.MODEL, "untested")
    short = (
        ("customers", buyers, MODEL_CUSTOMERS),
        ("repeats", repeats, MODEL_REPEATS),
        ("short", int(span_weeks), int(WEEKS_PER_YEAR)),
    )
    for key, number, least in short:
        if number < least:
            return Evidence(Level.SHRUNK, Method.MODEL, key, (("n", number), ("least", least)))
    return Evidence(Level.MODEL, Method.MODEL, "passed", shown)
