"""What the portfolio puts on the screen: its page."""

from __future__ import annotations

from crmdesk.features.portfolio.ui.page import PortfolioPage
from crmdesk.qt.page import Page, Panel

PAGES: tuple[type[Page], ...] = (PortfolioPage,)
PANELS: tuple[type[Panel], ...] = ()
