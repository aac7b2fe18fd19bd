"""What the insights bring: no records of their own, only reports."""

from __future__ import annotations

from crmdesk.core.feature import Feature

feature = Feature(
    name="insights",
    needs=("customers", "timeline", "orders", "models", "patterns", "knowledge", "value"),
)
