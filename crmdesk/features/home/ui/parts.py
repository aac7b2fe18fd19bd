"""What the first page shows: itself."""

from __future__ import annotations

from crmdesk.features.home.ui.page import TodayPage
from crmdesk.qt.page import Panel

PAGES = (TodayPage,)
PANELS: tuple[type[Panel], ...] = ()
