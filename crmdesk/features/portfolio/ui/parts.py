"""What the portfolio puts on the screen: its page."""

from __future__ import annotations

from crmdesk.core.i18n import N_
from crmdesk.qt.page import LaterPage

PAGES = (
    LaterPage(
        "portfolio",
        N_("Portfolio"),
        "layout-grid",
        "Ctrl+3",
        "crmdesk.features.portfolio.ui.page:PortfolioPage",
    ),
)
