"""What the exchange slice contributes: the list of imports."""

from __future__ import annotations

from crmdesk.core.feature import Feature
from crmdesk.features.exchange.records import ImportRun

feature = Feature(name="exchange", needs=("customers", "timeline", "orders"), records=(ImportRun,))
