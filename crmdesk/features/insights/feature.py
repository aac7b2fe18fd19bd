"""What the insights bring: no records of their own, only the verb that asks for them."""

from __future__ import annotations

from crmdesk.core.feature import Feature
from crmdesk.features.insights.commands import COMMANDS

feature = Feature(
    name="insights",
    needs=("customers", "timeline", "orders", "models", "patterns", "knowledge", "value"),
    commands=COMMANDS,
)
