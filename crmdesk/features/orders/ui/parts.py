"""What orders show: their page, their tab on the card, and the lines behind the turnover."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from crmdesk.features.orders import listing, queries, rules
from crmdesk.features.orders.ui.orders_panel import OrdersPanel
from crmdesk.features.orders.ui.page import OrdersPage


def turnover_lines(session: Session, customer: str, today: date) -> rules.Explained:
    """The lines that add up to a customer's turnover of twelve months."""
    return queries.explained_turnover(session, customer, *rules.last_months(today, 12))


def order_count(session: Session, customer: str) -> int:
    """How many orders a customer has, for the tab of the card."""
    return listing.totals(session, listing.Wanted(customer=customer)).orders


PAGES = (OrdersPage,)
PANELS = (OrdersPanel,)
EXPLAINERS = {"turnover_12m": turnover_lines}
COUNTS = {"orders": order_count}
