"""What the portfolio brings: the owner's decisions, cluster and potential per customer."""

from __future__ import annotations

from crmdesk.core.feature import Feature
from crmdesk.core.i18n import N_
from crmdesk.core.kept import Measure
from crmdesk.core.kinds import Kind
from crmdesk.features.customers.records import Customer, Firm
from crmdesk.features.orders.records import Order, YearTurnover
from crmdesk.features.portfolio import queries
from crmdesk.features.portfolio.records import Cut, Override, PlaybookText

_FIGURES = (Customer, Order, YearTurnover, Firm)

feature = Feature(
    name="portfolio",
    needs=("customers", "orders"),
    records=(Cut, Override, PlaybookText),
    measures=(
        Measure(
            "cluster",
            N_("Cluster"),
            Kind.TEXT,
            queries.clusters,
            (*_FIGURES, Cut, Override),
            whole=True,
            indexed=True,
        ),
        Measure("potential", N_("Potential"), Kind.MONEY, queries.potentials, _FIGURES, whole=True),
    ),
)
