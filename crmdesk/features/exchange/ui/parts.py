"""What exchange shows in the window: its page."""

from __future__ import annotations

from crmdesk.core.i18n import N_
from crmdesk.qt.page import LaterPage

PAGES = (
    LaterPage(
        "exchange",
        N_("Exchange"),
        "arrow-left-right",
        "Ctrl+9",
        "crmdesk.features.exchange.ui.page:ExchangePage",
    ),
)
