"""What the value slice brings: value and risk per customer, and the verbs to ask for them."""

from __future__ import annotations

from crmdesk.core.feature import Feature
from crmdesk.core.i18n import N_
from crmdesk.core.kept import Compute, Measure
from crmdesk.core.kinds import Kind
from crmdesk.features.customers.records import Affiliation, Customer, Firm
from crmdesk.features.knowledge.records import Rate
from crmdesk.features.orders.records import Order, OrderLine, Product, YearTurnover
from crmdesk.features.timeline.records import Interaction
from crmdesk.features.value import runs

_WATCHES = (Customer, Affiliation, Firm, Order, OrderLine, Product, YearTurnover, Interaction, Rate)


def _measure(name: str, label: str, kind: Kind, compute: Compute, indexed: bool = False) -> Measure:
    return Measure(name, label, kind, compute, _WATCHES, whole=True, indexed=indexed)


feature = Feature(
    name="value",
    needs=("customers", "timeline", "orders", "portfolio", "models", "patterns", "knowledge"),
    measures=(
        _measure("clv", N_("Value now"), Kind.MONEY, runs.clv),
        _measure("equity", N_("Equity"), Kind.MONEY, runs.equities, indexed=True),
        _measure("churn_risk", N_("Risk of leaving"), Kind.PERCENT, runs.churn_risks, indexed=True),
        _measure("p_alive", N_("Still there"), Kind.PERCENT, runs.chances_alive),
        _measure("overdue", N_("Silence"), Kind.NUMBER, runs.overdue, indexed=True),
        _measure("evidence", N_("Evidence"), Kind.TEXT, runs.evidence),
    ),
)
