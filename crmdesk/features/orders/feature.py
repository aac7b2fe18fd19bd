"""What orders bring: their records, the figures that value stands on, their moments and numbers to search."""

from __future__ import annotations

from crmdesk.core.feature import Feature, Moments
from crmdesk.core.i18n import N_
from crmdesk.core.kept import Measure
from crmdesk.core.kinds import Kind
from crmdesk.core.search import SearchSource
from crmdesk.features.customers.records import Firm
from crmdesk.features.orders import queries
from crmdesk.features.orders.records import Order, OrderLine, Product, YearTurnover

_WATCHES = (Order, YearTurnover, Firm)

feature = Feature(
    name="orders",
    needs=("customers",),
    records=(Product, Order, OrderLine, YearTurnover),
    measures=(
        Measure(
            "turnover_12m", N_("Turnover 12 m"), Kind.MONEY, queries.turnover_12m, _WATCHES, indexed=True
        ),
        Measure(
            "turnover_quarters", N_("Turnover by quarter"), Kind.SERIES, queries.turnover_quarters, _WATCHES
        ),
        Measure("orders_12m", N_("Orders 12 m"), Kind.NUMBER, queries.orders_12m, _WATCHES),
        Measure("last_order", N_("Last order"), Kind.DATE, queries.last_order, _WATCHES, indexed=True),
        Measure("margin_12m", N_("Margin 12 m"), Kind.MONEY, queries.margin_12m, _WATCHES),
    ),
    moments=(Moments("order", N_("Orders"), queries.moments),),
    searches=(SearchSource(Order, queries.docs),),
)
