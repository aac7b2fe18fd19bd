"""What the insights put on the screen: their page."""

from __future__ import annotations

from crmdesk.features.insights.ui.page import InsightsPage
from crmdesk.qt.page import Page, Panel

PAGES: tuple[type[Page], ...] = (InsightsPage,)
PANELS: tuple[type[Panel], ...] = ()
