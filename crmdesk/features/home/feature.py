"""What the first page brings: nothing of its own, it shows what waits in the slices it needs."""

from __future__ import annotations

from crmdesk.core.feature import Feature

feature = Feature(name="home", needs=("customers", "timeline", "orders", "portfolio"))
