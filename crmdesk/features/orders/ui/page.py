"""The Orders page: all orders, found by number, note or customer, with what they add up to."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crmdesk.core.i18n import N_, _
from crmdesk.core.money import show_number
from crmdesk.features.orders import listing, queries
from crmdesk.features.orders.listing import Wanted
from crmdesk.features.orders.records import Order
from crmdesk.features.orders.ui.lines_box import LinesBox
from crmdesk.features.orders.ui.order_entry import edit_cell
from crmdesk.features.orders.ui.order_rows import COLUMNS, CUSTOMER, EXTRA, OrderSource, totals_text
from crmdesk.qt.actions import ActionSpec
from crmdesk.qt.desk import Desk
from crmdesk.qt.page import Page, PageHead
from crmdesk.qt.record_table import RecordTable
from crmdesk.qt.widgets import EmptyState, IconButton, SearchField

PAGE_COLUMNS = (CUSTOMER, *(replace(one, stretch=False) for one in COLUMNS), *EXTRA)


class OrdersPage(Page):
    """Every order of every customer."""

    name = "orders"
    title = N_("Orders")
    icon = "package"
    key = "Ctrl+4"
    tables = frozenset({"orders", "order_line", "customer", "firm"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Start with all orders, newest first."""
        super().__init__(desk, parent)
        self.wanted = Wanted()
        self.head = PageHead(_("Orders"))
        self.search = SearchField(_("Number, note, customer"), "Ctrl+F")
        self.table = RecordTable("orders_page", PAGE_COLUMNS, _("Orders"))
        self.lines = LinesBox(desk, "order_lines_page")
        columns = IconButton("columns-3", _("Columns"))
        columns.clicked.connect(lambda: self.table.columns.open_chooser(columns))
        self.head.add(columns)
        self.empty = EmptyState("package", "", "")
        self.table.set_empty(self.empty)
        self._build()
        self._connect()

    def _build(self) -> None:
        finding = QWidget()
        inset = QVBoxLayout(finding)
        inset.setContentsMargins(16, 0, 16, 10)
        inset.addWidget(self.search)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(finding)
        column.addWidget(self.table, 1)
        column.addWidget(self.lines)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self.search.searched.connect(self._search)
        self.search.left_down.connect(self.table.setFocus)
        self.table.sort_changed.connect(self._sorted)
        self.table.chosen.connect(self._open_customer)
        self.table.current_changed.connect(self.lines.show_order)
        self.table.edited.connect(
            lambda ident, name, text: (
                edit_cell(self.desk, Order, ident, name, text) if name != "customer" else None
            )
        )
        self.empty.acted.connect(lambda: self.desk.go("exchange"))
        self.lines.add.hide()
        spec = ActionSpec("find_order", N_("Find an order"), self.search.setFocus, "search", "Ctrl+F")
        self.desk.actions.add(spec, self)

    def refresh(self) -> None:
        """Read the list and its sums anew."""
        with self.desk.store.read() as session:
            found = listing.totals(session, self.wanted)
            currency = queries.base_currency(session)
        self.table.show_source(OrderSource(self.desk.store, self.wanted, PAGE_COLUMNS, self.desk.region))
        self.table.set_sort(self.wanted.column, self.wanted.descending)
        self.totals_changed.emit(totals_text(found, currency, self.desk.region))
        self.head.set_context(show_number(found.orders, self.desk.region, 0) if found.orders else "")
        if self.wanted.words:
            self.empty.set_texts(_("Nothing found"), _("Try another word, or fewer."))
        else:
            self.empty.set_texts(
                _("No order yet"), _("Import them, or enter one on a customer's card."), _("Import…")
            )

    def open(self, **args: object) -> None:
        """Come to the front, with `search` to look for."""
        words = args.get("search")
        if isinstance(words, str):
            self.search.setText(words)
            self._search(words)

    def _search(self, words: str) -> None:
        self.wanted = replace(self.wanted, words=words)
        self.refresh()

    def _sorted(self, column: str, descending: bool) -> None:
        self.wanted = replace(self.wanted, column=column, descending=descending)

    def _open_customer(self, ident: str) -> None:
        with self.desk.store.read() as session:
            found = listing.order_rows(session, [ident])
        if found:
            self.desk.open_customer(found[0].customer)
