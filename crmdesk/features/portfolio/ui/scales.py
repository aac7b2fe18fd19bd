"""How a measure becomes colours and sizes: four steps from calm to alarming, areas that compare fairly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crmdesk.core import kinds, money
from crmdesk.core.i18n import Region, _
from crmdesk.core.kinds import Kind
from crmdesk.features.portfolio.rules import Cluster
from crmdesk.features.portfolio.ui.view import View
from crmdesk.qt.glyphs import cluster_label

STEPS = ("risk_1", "risk_2", "risk_3", "risk_4")
DAYS = (30, 60, 120)
RISKS = (15, 35, 60)
LARGEST = 30_000.0
BY_CLUSTER = "cluster"


@dataclass(frozen=True, slots=True)
class Colours:
    """A colour token for each customer, and what the tokens mean."""

    tokens: Sequence[str]
    legend: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Sizes:
    """A size for each customer, and what the largest and the smallest stand for."""

    sizes: Sequence[float]
    legend: str


def colours(view: View, measure: str, region: Region) -> Colours:
    """Colour the customers by a measure, or by their cluster."""
    customers = view.placed.customers
    if measure not in view.measures:
        tokens = [_mark(customer.cluster) for customer in customers]
        return Colours(tokens, [(_mark(cluster), cluster_label(cluster.value)) for cluster in Cluster])
    if view.measures[measure].kind is Kind.DATE:
        return _by_age(view, measure)
    if view.measures[measure].kind is Kind.PERCENT:
        return _by_risk(view, measure, region)
    values = [view.figures[measure].get(customer.id) or 0 for customer in customers]
    return _by_quarter(values, view, measure, region)


def _mark(cluster: Cluster | None) -> str:
    return "marginal_mark" if cluster in (None, Cluster.MARGINAL) else cluster.value


def _by_age(view: View, measure: str) -> Colours:
    today = view.placed.as_of
    tokens = []
    for customer in view.placed.customers:
        day = view.day(measure, customer.id)
        away = abs((today - day).days) if day else None
        step = 3 if away is None else sum(away > limit for limit in DAYS)
        tokens.append(STEPS[step])
    words = (
        _("up to {n} days").format(n=DAYS[0]),
        _("up to {n}").format(n=DAYS[1]),
        _("up to {n}").format(n=DAYS[2]),
        _("longer"),
    )
    return Colours(tokens, list(zip(STEPS, words, strict=True)))


def _by_risk(view: View, measure: str, region: Region) -> Colours:
    """The steps of a risk in percent; who has none known is shown as calm."""
    kept = view.figures[measure]
    values = [kept.get(customer.id) or 0 for customer in view.placed.customers]
    tokens = [STEPS[sum(value >= limit for limit in RISKS)] for value in values]
    first, second, third = (kinds.show(Kind.PERCENT, float(limit), region) for limit in RISKS)
    words = (
        _("under {n}").format(n=first),
        _("{least} to {most}").format(least=first, most=second),
        _("{least} to {most}").format(least=second, most=third),
        _("over {n}").format(n=third),
    )
    return Colours(tokens, list(zip(STEPS, words, strict=True)))


def _by_quarter(values: Sequence[Any], view: View, measure: str, region: Region) -> Colours:
    ranked = sorted(values, reverse=True)
    marks = [ranked[len(ranked) * part // 4] for part in (1, 2, 3)] if ranked else [0, 0, 0]
    tokens = [STEPS[sum(value < mark for mark in marks)] for value in values]

    def shown(value: Any) -> str:
        return _shown(value, view, measure, region)

    words = (
        _("from {amount}").format(amount=shown(marks[0])),
        _("from {amount}").format(amount=shown(marks[1])),
        _("from {amount}").format(amount=shown(marks[2])),
        _("less"),
    )
    return Colours(tokens, list(zip(STEPS, words, strict=True)))


def sizes(view: View, measure: str, region: Region) -> Sizes:
    """Size the customers by a measure; the largest fills the largest point."""
    kept = view.figures.get(measure, {})
    values = [max(0.0, float(kept.get(customer.id) or 0)) for customer in view.placed.customers]
    known = [value for value in values if value > 0]
    if not known:
        return Sizes([0.0] * len(values), "")
    top = sorted(known)[len(known) * 98 // 100]
    legend = _("{least} to {most}").format(
        least=_shown(min(known), view, measure, region), most=_shown(max(known), view, measure, region)
    )
    return Sizes([min(value, top) / top * LARGEST for value in values], legend)


def _shown(value: Any, view: View, measure: str, region: Region) -> str:
    kind = view.measures[measure].kind
    if kind is Kind.MONEY:
        return money.show_money(round(value), view.currency, region)
    return kinds.show(kind, round(float(value), 1), region)
