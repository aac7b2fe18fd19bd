"""Opens what a figure was made from: records on the customer's card, or the assumptions."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from crmdesk.features.value.ui.rates_sheet import RatesSheet
from crmdesk.qt.desk import Desk


def open_source(desk: Desk, customer: str, opens: str, parent: QWidget) -> None:
    """Open orders, log or details of a customer, or the assumption that is named after a colon."""
    kind, _colon, name = opens.partition(":")
    if kind == "rate":
        RatesSheet(desk, name, parent).open()
    else:
        desk.go("customers", customer=customer, panel=kind)
