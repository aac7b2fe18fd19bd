"""A list of chosen customers in place of the playbook: those of a lasso, or those without a grade."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crmdesk.core.i18n import Region, _, ngettext
from crmdesk.features.customers.records import GRADES
from crmdesk.features.portfolio.queries import Placed
from crmdesk.features.portfolio.ui.customer_table import GRADING, USUAL, CustomerTable
from crmdesk.features.portfolio.ui.view import View
from crmdesk.qt.page import PageHead
from crmdesk.qt.widgets import Button, EmptyState, HLine, label, row


class SelectionPanel(QWidget):
    """The customers a lasso has caught, and the way to them as a list."""

    left = Signal()
    opened = Signal(str)
    list_asked = Signal(list)

    def __init__(self, region: Region, parent: QWidget | None = None) -> None:
        """Make an empty panel."""
        super().__init__(parent)
        self.ids: list[str] = []
        self.head = PageHead("", back=True, inset=12)
        self.open_button = Button(_("Open as list"), icon="users")
        self.table = CustomerTable("portfolio_selection", USUAL, region)
        self.head.add(self.open_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for part in (self.head, HLine()):
            box.addWidget(part)
        box.addWidget(self.table, 1)
        self.head.went_back.connect(self.left)
        self.open_button.clicked.connect(lambda: self.list_asked.emit(list(self.ids)))
        self.table.chosen.connect(self.opened)

    def show_selection(self, view: View, ids: Sequence[str]) -> None:
        """Show these customers."""
        self.ids = [ident for ident in ids if ident in view.by_id]
        n = len(self.ids)
        self.head.set_title(ngettext("{n} customer chosen", "{n} customers chosen", n).format(n=n))
        found = [view.by_id[ident] for ident in self.ids]
        self.table.show_customers(view, sorted(found, key=lambda one: -one.turnover))


class GradingPanel(QWidget):
    """The customers without a grade, to be judged one after the other with the keys 1 to 5."""

    left = Signal()
    opened = Signal(str)
    graded = Signal(str, int)

    def __init__(self, region: Region, parent: QWidget | None = None) -> None:
        """Make an empty panel."""
        super().__init__(parent)
        self.head = PageHead(_("Grade potential"), back=True, inset=12)
        self.table = CustomerTable("portfolio_grading", GRADING, region)
        self.table.set_empty(EmptyState("circle-check", _("All graded"), _("Nobody is without a grade.")))
        self.buttons = [Button(choice.key) for choice in GRADES]
        for button, choice in zip(self.buttons, GRADES, strict=True):
            button.setAccessibleName(_(choice.label))
            button.setToolTip(_(choice.label))
            button.clicked.connect(lambda _on=False, grade=int(choice.key): self._grade(grade))
        hint = _("Press 1 to 5 for the customer chosen: 1 little, 5 a lot to win.")
        words = label(hint, "small", "text_3", wrap=True)
        words.setContentsMargins(20, 0, 20, 8)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for part in (self.head, words, row(*self.buttons, None, margins=(20, 0, 20, 12)), HLine()):
            box.addWidget(part)
        box.addWidget(self.table, 1)
        self.head.went_back.connect(self.left)
        self.table.chosen.connect(self.opened)
        self.table.typed.connect(self._typed)

    def show_ungraded(self, view: View) -> None:
        """Show who is without a grade, those who buy most first; the next one is chosen."""
        place = max(0, self.table.currentIndex().row())
        waiting: list[Placed] = sorted(view.placed.ungraded, key=lambda one: -one.turnover)
        self.head.set_context(
            ngettext("{n} customer left", "{n} customers left", len(waiting)).format(n=len(waiting))
        )
        self.table.show_customers(view, waiting)
        if waiting and not self.table.current_id():
            self.table.select_id(self.table.record_model.id_at(min(place, len(waiting) - 1)))
        for button in self.buttons:
            button.setEnabled(bool(waiting))

    def _typed(self, text: str) -> None:
        if text in ("1", "2", "3", "4", "5"):
            self._grade(int(text))

    def _grade(self, grade: int) -> None:
        customer = self.table.current_id()
        if customer:
            self.graded.emit(customer, grade)
