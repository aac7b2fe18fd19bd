"""The Orders tab of the card: a quick line, the customer's orders, and the lines of the chosen one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crmdesk.core.changes import Changes
from crmdesk.core.i18n import N_, _
from crmdesk.features.orders import actions, listing, queries
from crmdesk.features.orders.actions import NewLine
from crmdesk.features.orders.listing import Wanted
from crmdesk.features.orders.records import Order
from crmdesk.features.orders.ui.lines_box import LinesBox
from crmdesk.features.orders.ui.order_entry import OrderEntry, edit_cell, step
from crmdesk.features.orders.ui.order_rows import COLUMNS, OrderSource, totals_text
from crmdesk.qt.desk import Desk
from crmdesk.qt.page import Panel
from crmdesk.qt.record_table import RecordTable
from crmdesk.qt.widgets import EmptyState, label


class OrdersPanel(Panel):
    """What one customer ordered."""

    name = "orders"
    title = N_("Orders")
    icon = "package"
    tables = frozenset({"orders", "order_line", "product", "firm"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Start without a customer."""
        super().__init__(desk, parent)
        self.entry = OrderEntry(desk.region)
        self.table = RecordTable("orders_panel", COLUMNS, _("Orders"), "row")
        self.lines = LinesBox(desk, "order_lines_panel")
        self.sums = label("", "small", "text_3")
        empty = EmptyState("package", _("No order yet"), _("Enter the first one in the line above."))
        self.table.set_empty(empty)
        top = QWidget()
        inset = QVBoxLayout(top)
        inset.setContentsMargins(16, 12, 16, 10)
        inset.addWidget(self.entry)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addWidget(self.table, 1)
        column.addWidget(self.lines)
        self.sums.setContentsMargins(16, 6, 16, 8)
        column.addWidget(self.sums)
        self._connect()

    def _connect(self) -> None:
        desk = self.desk
        self.entry.entered.connect(self._add)
        self.table.edited.connect(lambda ident, name, text: edit_cell(desk, Order, ident, name, text))
        self.table.current_changed.connect(self.lines.show_order)
        self.lines.line_asked.connect(self._add_line)
        self.lines.removed.connect(self._remove_line)
        trash = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.table)
        trash.setContext(Qt.ShortcutContext.WidgetShortcut)
        trash.activated.connect(self._trash)

    def refresh(self) -> None:
        """Read the orders anew; what is chosen stays chosen."""
        if self.customer is None:
            return
        wanted = Wanted(customer=self.customer)
        with self.desk.store.read() as session:
            found = listing.totals(session, wanted)
            currency = queries.base_currency(session)
        self.entry.currency = currency
        chosen = self.table.record_model.source
        if isinstance(chosen, OrderSource) and chosen.wanted.customer == self.customer:
            wanted = chosen.wanted
        self.table.show_source(OrderSource(self.desk.store, wanted, COLUMNS, self.desk.region))
        self.sums.setText(totals_text(found, currency, self.desk.region) if found.orders else "")
        self.lines.show_order(self.table.current_id())
        self.counted.emit(found.orders)

    def set_customer(self, customer: str | None) -> None:
        """Show another customer; a half-typed order is not carried over."""
        if customer != self.customer:
            self.entry.clear()
            self.lines.show_order("")
        super().set_customer(customer)
        if customer is not None and not self.isVisible():
            self._count()

    def on_changes(self, changes: Changes) -> None:
        """Keep the count on the tab right, also while the tab is hidden."""
        super().on_changes(changes)
        if self.customer is not None and not self.isVisible() and self.touches(changes):
            self._count()

    def _count(self) -> None:
        with self.desk.store.read() as session:
            self.counted.emit(listing.totals(session, Wanted(customer=self.customer)).orders)

    def _add(self, values: dict[str, Any]) -> None:
        customer = self.customer
        if customer is None:
            return
        number = values["number"] or ""
        text = _("Order {number} added").format(number=number)

        def act(session: Any) -> None:
            amount, cost = values["amount"], values["cost"]
            actions.add_order(session, customer, values["date"], amount, number, cost=cost)

        if step(self.desk, " ".join(text.split()), act):
            self.entry.clear()

    def _number(self, order: str) -> str:
        with self.desk.store.read() as session:
            found = listing.order_rows(session, [order])
        return found[0].number if found else ""

    def _trash(self) -> None:
        ident = self.table.current_id()
        if ident:
            text = _("Order {number} moved to the trash").format(number=self._number(ident))
            step(self.desk, " ".join(text.split()), lambda session: actions.trash_order(session, ident))

    def _add_line(self, order: str) -> None:
        with self.desk.store.read() as session:
            found = listing.order_rows(session, [order])
            first = not listing.lines_of(session, order)
        if not found:
            return
        price = found[0].amount if first else 0
        line = NewLine(quantity=1.0, unit_price=price, unit_cost=found[0].cost if first else None)
        text = _("Line added to order {number}").format(number=found[0].number)
        step(self.desk, text, lambda session: actions.add_line(session, order, line))

    def _remove_line(self, order: str, line: str) -> None:
        text = _("Line of order {number} removed").format(number=self._number(order))
        step(self.desk, text, lambda session: actions.trash_line(session, line))
