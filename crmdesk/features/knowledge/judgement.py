"""The owner's judgement behind every value: rates, horizon, costs and thresholds, each with its default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields, replace
from types import MappingProxyType
from typing import Any

from crmdesk.core.errors import InvalidValue
from crmdesk.core.i18n import N_, _


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one rate means to its owner, its unit, and the numbers it may take."""

    label: str
    hint: str
    unit: str
    least: float
    most: float


def _rate(default: float, label: str, hint: str, unit: str, bounds: tuple[float, float]) -> Any:
    return field(default=default, metadata={"meaning": Meaning(label, hint, unit, *bounds)})


@dataclass(frozen=True, slots=True)
class Judgement:
    """All that the figures take from the owner; percentages as 10.0, money in whole units."""

    discount: float = _rate(
        10.0, N_("Discount rate"), N_("What money is worth to you a year."), "%", (0.1, 50)
    )
    horizon: float = _rate(3, N_("Horizon"), N_("How far ahead values look."), "years", (1, 5))
    retention: float = _rate(
        80.0, N_("Retention"), N_("The share of customers you expect to keep in a year."), "%", (1, 99)
    )
    margin: float = _rate(
        30.0, N_("Margin"), N_("What is left of an order where its cost is not known."), "%", (-50, 100)
    )
    window: float = _rate(
        12, N_("Churn window"), N_("Months without a purchase that count as leaving."), "months", (1, 36)
    )
    hour_cost: float = _rate(
        30.0, N_("Hour of work"), N_("What an hour with a customer costs."), "", (0, 1e4)
    )
    contact_minutes: float = _rate(
        10, N_("Minutes of a contact"), N_("Counted where a log entry names none."), "min", (0, 600)
    )
    visit_cost: float = _rate(
        40.0, N_("Cost of a visit"), N_("Travel, beside the hours of work."), "", (0, 1e5)
    )
    return_cost: float = _rate(0.0, N_("Cost of a return"), N_("Handling of a credit note."), "", (0, 1e5))
    late_rate: float = _rate(
        8.0, N_("Cost of late payment"), N_("Interest a year on what is paid late."), "%", (0, 50)
    )
    winning_cost: float = _rate(
        120.0, N_("Cost of winning"), N_("What it costs to win a new customer."), "", (0, 1e6)
    )
    trial_cost: float = _rate(
        50.0, N_("Cost of an offer"), N_("What it costs to try a customer in a new category."), "", (0, 1e5)
    )
    adoption_cap: float = _rate(
        50.0,
        N_("Highest chance of success"),
        N_("No new category counts with more than this."),
        "%",
        (1, 100),
    )
    growth_cap: float = _rate(
        3.0, N_("Limit of growth"), N_("Growth counts up to so many yearly margins."), "x", (0, 20)
    )
    not_otherwise: float = _rate(
        60.0,
        N_("Newcomers through others"),
        N_("The share of referred customers who would not have come otherwise."),
        "%",
        (0, 100),
    )
    detractor: float = _rate(
        50.0, N_("Weight of bad words"), N_("How much a dissatisfied customer's word weighs."), "%", (0, 200)
    )
    overdue: float = _rate(
        2.0, N_("Silence"), N_("Usual gaps of silence before a customer is overdue."), "x", (1, 10)
    )

    @property
    def years(self) -> int:
        """The horizon in whole years."""
        return int(self.horizon)

    @property
    def yearly(self) -> float:
        """The discount rate as a share."""
        return self.discount / 100


def meanings() -> Mapping[str, Meaning]:
    """What can be set, in the order it is shown."""
    return MappingProxyType({one.name: _meaning(one) for one in fields(Judgement)})


def with_rates(rates: Mapping[str, float]) -> Judgement:
    """The judgement with the owner's own rates in place of the defaults; unknown names are passed over."""
    known = meanings()
    return replace(Judgement(), **{name: value for name, value in rates.items() if name in known})


def checked(name: str, value: float) -> float:
    """A rate that may be kept; InvalidValue says what may be."""
    meaning = meanings().get(name)
    if meaning is None:
        raise InvalidValue(_("There is no rate called {name}.").format(name=name))
    if not meaning.least <= value <= meaning.most:
        told = _("{label} lies between {least} and {most}.")
        raise InvalidValue(
            told.format(label=_(meaning.label), least=f"{meaning.least:g}", most=f"{meaning.most:g}")
        )
    return value


def _meaning(one: Field[Any]) -> Meaning:
    found: Meaning = one.metadata["meaning"]
    return found
