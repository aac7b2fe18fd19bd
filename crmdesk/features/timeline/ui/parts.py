"""What the contact log shows: the Log tab of the customer card."""

from __future__ import annotations

from crmdesk.features.timeline.ui.log_panel import LogPanel
from crmdesk.qt.page import Page

PAGES: tuple[type[Page], ...] = ()
PANELS = (LogPanel,)
