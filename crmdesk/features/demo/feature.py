"""What the demo slice brings: nothing that stays, only the verb that makes the demo firm."""

from __future__ import annotations

from crmdesk.core.feature import Feature

feature = Feature(name="demo", needs=("customers", "timeline", "orders", "portfolio"))
