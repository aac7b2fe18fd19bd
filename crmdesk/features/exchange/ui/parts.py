"""What exchange shows in the window: its page; and the writer of formulas it lends to others."""

from __future__ import annotations

from crmdesk.core.i18n import N_
from crmdesk.features.exchange.formats.formula_sheet import write_formulas
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
WRITE_FORMULAS = write_formulas
