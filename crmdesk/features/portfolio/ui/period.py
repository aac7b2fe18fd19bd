"""Whose turnover the quadrant stands on: the last twelve months or all time, and the line that says so."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from crmdesk.core.i18n import N_, _
from crmdesk.features.portfolio.queries import YEAR
from crmdesk.features.portfolio.ui.view import View
from crmdesk.qt.bands import Band

PERIODS = ((YEAR, N_("Last 12 months")), (None, N_("All time")))


class PeriodBand(Band):
    """Says when the last twelve months are empty, or that all time is shown, with the way over."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start hidden."""
        super().__init__(parent)
        self.close_button.hide()

    def show_view(self, view: View) -> None:
        """Say what concerns the period of a view, if anything."""
        if view.placed.months is None:
            told = _("The turnover of all time is shown.")
            self.tell(told, "info", _("Back to the last 12 months"), lambda: self.asked.emit(YEAR))
        elif view.silent:
            told = _("No turnover in the last 12 months.")
            self.tell(told, "due", _("Show all time"), lambda: self.asked.emit(None))
        else:
            self.clear()

    def add_to(self, menu: QMenu, months: int | None) -> None:
        """Offer the periods in a menu, the one shown with its tick."""
        choices = menu.addMenu(_("Turnover of"))
        group = QActionGroup(choices)
        for period, text in PERIODS:
            action = choices.addAction(_(text))
            action.setCheckable(True)
            action.setChecked(period == months)
            action.triggered.connect(lambda _on=False, period=period: self.asked.emit(period))
            group.addAction(action)


def turnover_title(months: int | None) -> str:
    """What the turnover of a period is called on the axis."""
    return _("Turnover of all time") if months is None else _("Turnover of the last 12 months")


def turnover_word(months: int | None) -> str:
    """What the turnover of a period is called under a figure."""
    return _("turnover, all time") if months is None else _("turnover 12 m")
