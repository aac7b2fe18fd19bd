"""What the insights put on the screen: their page."""

from __future__ import annotations

from crmdesk.core.i18n import N_
from crmdesk.qt.page import LaterPage

PAGES = (
    LaterPage(
        "insights",
        N_("Insights"),
        "chart-line",
        "Ctrl+8",
        "crmdesk.features.insights.ui.page:InsightsPage",
    ),
)
PANELS = ()
