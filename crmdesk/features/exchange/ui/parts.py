"""What exchange shows in the window: its page."""

from __future__ import annotations

from crmdesk.features.exchange.ui.page import ExchangePage

PAGES = (ExchangePage,)
PANELS = ()
