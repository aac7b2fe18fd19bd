"""The list of customers: search, filters, table, and what stands there while there is nothing."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from crmdesk.core import dates, money
from crmdesk.core.i18n import _, ngettext
from crmdesk.features.customers import queries
from crmdesk.features.customers.listing import CustomerFilter, CustomerRows, Totals
from crmdesk.features.customers.ui.asking import Asker
from crmdesk.features.customers.ui.filters import FilterBar
from crmdesk.features.customers.ui.new_customer import NewCustomer
from crmdesk.features.customers.ui.source import USUAL, CustomerSource, Place, further_columns
from crmdesk.qt import theme
from crmdesk.qt.desk import Desk
from crmdesk.qt.page import PageHead
from crmdesk.qt.record_model import PAGE
from crmdesk.qt.record_table import RecordTable
from crmdesk.qt.widgets import Band, Button, EmptyState, IconButton, SearchField

NARROW = 520
_TWO_COLUMNS = ("name", "next")


class CustomerList(QWidget):
    """The left part of the page: what is shown follows search, filters and sort."""

    shown = Signal(object)
    new_asked = Signal()
    import_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the list; it reads nothing until `refresh`."""
        super().__init__(parent)
        self.setAccessibleName(_("Customers"))
        self._desk = desk
        figures = desk.store.derived.figures
        assert figures is not None, "the list stands on the kept figures"
        self._figures = figures
        self._further = further_columns(figures)
        self._sort: tuple[str, bool] = ("next", False)
        self._wanted = ""
        self._asker = Asker(desk.store, self)
        self.head = PageHead(_("Customers"))
        self.columns_button = IconButton("columns-3", _("Choose columns"))
        self.new_button = Button(_("New"), icon="plus", keys=_("Ctrl+N"))
        self.search = SearchField(_("Name, town, phone, note"), _("Ctrl+F"), delay=30)
        self.filters = FilterBar(self._tags)
        self.new_form = NewCustomer(desk)
        self.table = RecordTable("customers", (*USUAL, *self._further), _("Customers"))
        self.no_customers = self._empty_store()
        self.no_result = EmptyState(
            "search", _("No customer found"), _("Other words or fewer filters may help."), _("Clear search")
        )
        self.empty_trash = EmptyState(
            "trash-2", _("The trash is empty"), _("Customers you remove come here.")
        )
        for empty in (self.no_customers, self.no_result, self.empty_trash):
            empty.setParent(self.table.viewport())
            empty.hide()
        self._build()
        self._connect()

    def _empty_store(self) -> EmptyState:
        empty = EmptyState(
            "users", _("No customers yet"), _("Import a workbook, or add the first one."), _("Import…")
        )
        self.first_new = Button(_("New customer"), "link")
        box = empty.layout()
        assert isinstance(box, QVBoxLayout)
        box.insertWidget(box.count() - 1, self.first_new, 0, Qt.AlignmentFlag.AlignHCenter)
        return empty

    def _build(self) -> None:
        self.head.add(self.columns_button)
        self.head.add(self.new_button)
        search = QWidget()
        row = QVBoxLayout(search)
        row.setContentsMargins(16, 0, 16, 0)
        row.addWidget(self.search)
        self.band = Band()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.head, search, self.filters, self.new_form, self.band):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        self.table.set_sort(*self._sort)

    def _connect(self) -> None:
        self.columns_button.clicked.connect(lambda: self.table.open_column_chooser(self.columns_button))
        self.new_button.clicked.connect(self.new_asked)
        self.first_new.clicked.connect(self.new_asked)
        self.search.searched.connect(lambda _text: self.refresh())
        self.search.left_down.connect(self.table.setFocus)
        self.table.typed.connect(self._type_on)
        self.table.columns.chosen.connect(self.refresh)
        self.table.sort_changed.connect(self._sorted)
        self.table.record_model.failed.connect(self._desk.fail)
        self.filters.changed.connect(lambda _chosen: self.refresh())
        self.no_result.acted.connect(self.clear)
        self.no_customers.acted.connect(self.import_asked)

    def minimumSizeHint(self) -> QSize:
        """The list never gets narrower than its two columns."""
        return QSize(392, 300)

    # What is shown

    def refresh(self, wanted: str = "") -> None:
        """Ask for the list anew, off this thread; then make the wanted customer current."""
        self._wanted = wanted or self._wanted
        source = self._source()
        self._asker.ask(lambda session: self._prepare(session, source), self._show, self._desk.fail)

    def refresh_now(self) -> None:
        """Read and show the list at once, for the first paint."""
        source = self._source()
        with self._desk.store.read() as session:
            source.prepare(session, PAGE, whole=False)
        self._show(source)

    def _source(self) -> CustomerSource:
        chosen = self.filters.chosen
        filter_now = replace(chosen, text=self.search.text())
        rows = CustomerRows(self._figures, dates.today(), filter_now, *self._sort)
        columns = self.table.record_model.columns
        shown = frozenset(columns[place].name for place in self.table.columns.visible())
        return CustomerSource(self._desk.store.read, rows, self._further, self.place(), shown)

    @staticmethod
    def _prepare(session: Session, source: CustomerSource) -> CustomerSource:
        source.prepare(session, PAGE)
        return source

    def place(self) -> Place:
        """How values are written here, on this day."""
        return Place(self._desk.region, self._desk.region.currency, dates.today())

    def _show(self, source: CustomerSource) -> None:
        totals = source.totals
        assert totals is not None
        self._choose_empty(source, totals)
        place = self.table.currentIndex().row()
        self.table.show_source(source)
        self._tell_count(source.filter, totals)
        wanted, self._wanted = self._wanted, ""
        if wanted and self.table.select_id(wanted):
            self.table.scrollTo(self.table.currentIndex())
        elif not self.table.current_id() and totals.shown:
            near = min(max(place, 0), totals.shown - 1)
            self.table.setCurrentIndex(self.table.record_model.index(near, 0))
        self.shown.emit(totals)

    def _choose_empty(self, source: CustomerSource, totals: Totals) -> None:
        if source.filter.trashed and not source.filter.text:
            self.table.set_empty(self.empty_trash)
        elif totals.all or source.filter.limits:
            self.table.set_empty(self.no_result)
        else:
            self.table.set_empty(self.no_customers)

    def _tell_count(self, chosen: CustomerFilter, totals: Totals) -> None:
        region = self._desk.region
        shown = money.show_number(totals.shown, region, 0)
        if chosen.limits and not chosen.trashed:
            every = money.show_number(totals.all, region, 0)
            self.filters.set_count(_("{n} of {all}").format(n=shown, all=every))
        else:
            self.filters.set_count(shown)

    def totals_text(self, totals: Totals) -> str:
        """The totals of what is shown, for the status bar."""
        region = self._desk.region
        count = ngettext("{n} customer", "{n} customers", totals.shown)
        amount = money.show_money(totals.turnover, region.currency, region)
        text = count.format(n=money.show_number(totals.shown, region, 0))
        return _("{count}, turnover 12 m {amount}").format(count=text, amount=amount)

    # What changes it

    def clear(self) -> None:
        """Take search and filters away."""
        self.search.clear_now()
        self.filters.clear()

    def show_customer(self, ident: str) -> None:
        """Make a customer current, taking the filter away when it hides them."""
        if self.table.record_model.source is not None and self.table.select_id(ident):
            return
        self._wanted = ident
        if self.search.text() or self.filters.chosen.limits:
            self.clear()
        self.refresh(ident)

    def _sorted(self, column: str, descending: bool) -> None:
        self._sort = (column, descending)

    def _type_on(self, text: str) -> None:
        self.search.setFocus()
        self.search.setText(self.search.text() + text)

    def _tags(self) -> list[str]:
        with self._desk.store.read() as session:
            return queries.tag_names(session)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns while narrow."""
        super().resizeEvent(event)
        narrow = event.size().width() < NARROW * theme.current().scale
        self.table.set_compact(_TWO_COLUMNS if narrow else None)
