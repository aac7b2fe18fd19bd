"""What the value slice shows: the sheet, the tab on the card, and the key figures that open the sheet."""

from __future__ import annotations

from crmdesk.core.i18n import N_
from crmdesk.features.value.ui.panel import ValuePanel
from crmdesk.qt.page import LaterPage

PAGES = (
    LaterPage(
        "value",
        N_("Value sheet"),
        "calculator",
        "",
        "crmdesk.features.value.ui.page:ValuePage",
        in_sidebar=False,
        under="customers",
    ),
)
PANELS = (ValuePanel,)
FIGURE_PAGES = {"equity": "value", "churn_risk": "value"}
