"""What the portfolio page shows at one moment: placements, and the kept figures of each customer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.kept import Figures, Measure
from crmdesk.core.kinds import Kind
from crmdesk.features.orders.queries import base_currency
from crmdesk.features.portfolio import queries, rules
from crmdesk.features.portfolio.queries import Placed, Placements
from crmdesk.features.portfolio.rules import Axis, CutRule, Portfolio

SHOWABLE = (Kind.MONEY, Kind.NUMBER, Kind.PERCENT, Kind.DATE)


@dataclass(frozen=True, slots=True)
class View:
    """The portfolio as read at one moment; `figures` holds the kept figures by measure and customer.

    It is `silent` where nobody bought within its months, but somebody did before.
    """

    placed: Placements
    by_id: Mapping[str, Placed]
    figures: Mapping[str, Mapping[str, Any]]
    measures: Mapping[str, Measure]
    currency: str
    silent: bool = False

    @property
    def portfolio(self) -> Portfolio | None:
        """The quadrant, or None where the customers are too few for one."""
        found = self.placed.portfolio
        return found if isinstance(found, Portfolio) else None

    def day(self, measure: str, customer: str) -> date | None:
        """A kept date of a customer."""
        kept = self.figures.get(measure, {}).get(customer)
        return date.fromisoformat(kept[:10]) if isinstance(kept, str) and kept else None


def read_view(session: Session, kept: Figures, today: date, months: int | None = queries.YEAR) -> View:
    """Read everything the page shows, over the turnover of the last year or, with None, of all time."""
    placed = queries.current(session, today) if months else queries.placements(session, today, None)
    silent = not any(one.turnover for one in placed.customers) and queries.ever_bought(session, today)
    measures = {m.name: m for m in kept.measures if m.kind in SHOWABLE and m.listed}
    names = list(measures)
    figures: dict[str, dict[str, Any]] = {name: {} for name in names}
    columns = [kept.table.c.customer_id, *(kept.table.c[name] for name in names)]
    for customer, *values in session.execute(select(*columns)):
        for name, value in zip(names, values, strict=True):
            figures[name][customer] = value
    by_id = {customer.id: customer for customer in placed.customers}
    return View(placed, by_id, figures, measures, base_currency(session), silent)


def with_cut(view: View, axis: Axis, amount: int) -> Portfolio | None:
    """The portfolio as it would be with a fixed cut at an amount."""
    fixed = CutRule("fixed", amount)
    chosen = view.placed.rules
    wanted = replace(chosen, turnover=fixed) if axis == "turnover" else replace(chosen, potential=fixed)
    placed = rules.classify(view.placed.entries, wanted)
    if not isinstance(placed, Portfolio):
        return None
    own = [customer.override for customer in view.placed.customers if customer.override]
    return rules.apply_overrides(placed, own, view.placed.as_of)
