"""The lines of the chosen order, under the list: edited in place, the order adds up by itself."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crmdesk.core.i18n import _
from crmdesk.features.orders import listing
from crmdesk.features.orders.records import OrderLine
from crmdesk.features.orders.ui.order_entry import edit_cell
from crmdesk.features.orders.ui.order_rows import LINE_COLUMNS, line_source
from crmdesk.qt import theme
from crmdesk.qt.desk import Desk
from crmdesk.qt.record_table import RecordTable
from crmdesk.qt.widgets import Button, HLine, SectionLabel, row

MOST = 6


class LinesBox(QWidget):
    """What one order consists of."""

    line_asked = Signal(str)
    removed = Signal(str, str)

    def __init__(self, desk: Desk, name: str, parent: QWidget | None = None) -> None:
        """Start without an order; the name is the key of the columns."""
        super().__init__(parent)
        self._desk = desk
        self.order = ""
        self.heading = SectionLabel(_("Lines"))
        self.add = Button(_("Add line"), "ghost", "plus")
        self.remove = Button(_("Remove line"), "ghost")
        self.table = RecordTable(name, LINE_COLUMNS, _("Lines of the order"), "row_compact")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(HLine())
        column.addWidget(row(self.heading, None, self.remove, self.add, margins=(16, 6, 16, 4)))
        column.addWidget(self.table)
        self.table.edited.connect(lambda ident, name, text: edit_cell(desk, OrderLine, ident, name, text))
        self.table.selection_changed.connect(self._offer)
        self.add.clicked.connect(lambda: self.line_asked.emit(self.order))
        self.remove.clicked.connect(self._remove)
        self.hide()

    def show_order(self, order: str) -> None:
        """Show the lines of an order; none for an empty id."""
        self.order = order
        self.setVisible(bool(order))
        if not order:
            return
        with self._desk.store.read() as session:
            found = listing.order_rows(session, [order])
            lines = listing.lines_of(session, order)
        if not found:
            self.hide()
            return
        self.heading.heading.setText(_("Lines of {number}").format(number=found[0].number or _("this order")))
        self.heading.set_context(_("a single amount") if not lines else str(len(lines)))
        self.table.show_source(line_source(lines, found[0].currency, self._desk.region))
        now = theme.current()
        height = now.size("table_head") + min(MOST, len(lines)) * now.size("row_compact") + 2
        self.table.setFixedHeight(height)
        self.table.setVisible(bool(lines))
        self._offer()

    def _offer(self) -> None:
        self.remove.setVisible(bool(self.table.current_id()))

    def _remove(self) -> None:
        self.removed.emit(self.order, self.table.current_id())
