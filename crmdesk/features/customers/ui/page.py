"""The customers page: the list at the left, the card of the current customer at the right."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from crmdesk.core.changes import Changes
from crmdesk.core.i18n import N_, _, ngettext
from crmdesk.features.customers import actions, queries
from crmdesk.features.customers.listing import CustomerFilter, Totals
from crmdesk.features.customers.records import Customer
from crmdesk.features.customers.ui import editing
from crmdesk.features.customers.ui.card import CustomerCardView
from crmdesk.features.customers.ui.history_dialog import HistoryDialog
from crmdesk.features.customers.ui.list_panel import CustomerList
from crmdesk.qt import theme
from crmdesk.qt.actions import ActionSpec
from crmdesk.qt.desk import Desk
from crmdesk.qt.page import Page
from crmdesk.qt.widgets import Splitter

LIST_WIDTH, NARROW_LIST = 632, 392
NARROW_PAGE, NARROW_SHARE = 1120, 0.43
_REST_MS = 30


class CustomersPage(Page):
    """All customers and what is known of one of them."""

    name = "customers"
    title = N_("Customers")
    icon = "users"
    key = "Ctrl+2"
    tables = frozenset(
        {"customer", "address", "contact_point", "tag", "person", "affiliation", "customer_figures"}
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build list and card."""
        super().__init__(desk, parent)
        self._figure_tables = queries.figure_tables(desk.store.derived.figures)
        self.list = CustomerList(desk)
        self.card = CustomerCardView(desk)
        self.splitter = Splitter("list_card")
        self._narrow: bool | None = None
        self._wide_width = LIST_WIDTH
        self._first = True
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._build()
        self._connect()
        self._add_actions()

    def _build(self) -> None:
        self.splitter.addWidget(self.list)
        self.splitter.addWidget(self.card)
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([LIST_WIDTH, 596])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.splitter)
        self.setFocusProxy(self.list.table)

    def _connect(self) -> None:
        table = self.list.table
        table.current_changed.connect(lambda _ident: self._rest.start())
        self._rest.timeout.connect(self._show_current)
        table.edited.connect(self._edited)
        table.chosen.connect(lambda _ident: self.card.show_panel("details"))
        self.list.shown.connect(self._shown)
        self.list.new_asked.connect(self.new)
        self.list.import_asked.connect(lambda: self.desk.go("exchange"))
        self.list.new_form.made.connect(self._made)
        self.list.new_form.twin_chosen.connect(self.show_customer)
        self.card.restore_asked.connect(lambda ident: self.restore([ident]))
        self.card.more_asked.connect(self._open_more)

    def _add_actions(self) -> None:
        some, compose = self._has_selection, self.card.compose
        for spec in (
            ActionSpec("new_customer", N_("New customer"), self._go_new, "plus", "Ctrl+N"),
            ActionSpec("find_customer", N_("Find a customer"), self._go_find, "search", "Ctrl+F"),
            ActionSpec("log_call", N_("Log a call"), lambda: compose(False), "phone", "F8", some),
            ActionSpec("plan_contact", N_("Plan contact"), lambda: compose(True), "calendar-plus", "", some),
            ActionSpec(
                "customer_history", N_("History of this customer"), self.open_history, "history", "", some
            ),
            ActionSpec("customer_trash", N_("Show the trash"), self.show_trash, "trash-2"),
        ):
            action = self.desk.actions.add(spec, self)
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        for spec in (
            ActionSpec("rename_customer", N_("Rename"), self.rename, "pencil", "F2", some, False),
            ActionSpec(
                "value_sheet", N_("How the value is made"), self._explain_value, "calculator", "Ctrl+I", some
            ),
            ActionSpec("trash_customers", N_("Move to trash"), self.trash, "trash-2", "Del", some, False),
        ):
            self.desk.actions.add(spec, self.list.table)
        self.list.table.selection_changed.connect(self.desk.actions.refresh)

    def _has_selection(self) -> bool:
        return bool(self.list.table.selected_ids())

    # Page

    def refresh(self) -> None:
        """Read the list again; the first time at once."""
        if self._first:
            self._first = False
            self.list.refresh_now()
        else:
            self.list.refresh()

    def open(self, **args: object) -> None:
        """Show a customer, a filter, words to search for, or begin a new customer."""
        self.refresh_if_stale()
        if args.get("customer"):
            self.show_customer(str(args["customer"]))
        if args.get("panel"):
            self.card.show_panel(str(args["panel"]))
        if args.get("search") is not None:
            self.list.search.setText(str(args["search"]))
        parts = {
            name: args[name]
            for name in ("kinds", "clusters", "states", "tags", "ids", "trashed")
            if name in args
        }
        if parts:
            if "search" not in args:
                self.list.search.clear_now()
            self.list.filters.choose(CustomerFilter(**parts))  # type: ignore[arg-type]
        if args.get("new"):
            self.new()

    def back(self) -> bool:
        """Esc leaves the new-customer form, then the search."""
        if self.list.new_form.isVisible():
            self.list.new_form.leave()
            return True
        if self.list.search.text():
            self.list.search.clear_now()
            return True
        return False

    def show_customer(self, ident: str) -> None:
        """Make a customer current and show their card at once."""
        self.list.show_customer(ident)
        self._rest.stop()
        if self.card.customer != ident:
            self.card.set_customer(ident)

    def _show_current(self) -> None:
        ident = self.list.table.current_id()
        if ident != (self.card.customer or ""):
            self.card.set_customer(ident)

    def _shown(self, totals: Totals) -> None:
        self.totals_changed.emit(self.list.totals_text(totals))
        self.count_changed.emit(totals.all)
        if not totals.shown:
            self.card.set_customer(None)

    def touches(self, changes: Changes) -> bool:
        """Whether changes concern customers or any figure kept of them."""
        return super().touches(changes) or bool(self._figure_tables & changes.tables)

    def on_changes(self, changes: Changes) -> None:
        """Refresh for changes, and what can be done now."""
        super().on_changes(changes)
        self.desk.actions.refresh()

    # What can be done

    def _go_new(self) -> None:
        if not self.isVisible():
            self.desk.go("customers")
        self.new()

    def _go_find(self) -> None:
        if not self.isVisible():
            self.desk.go("customers")
        self.list.search.setFocus()
        self.list.search.selectAll()

    def new(self) -> None:
        """Clear the filter and begin a new customer, named as what was searched for."""
        words = self.list.search.text()
        self.list.clear()
        self.list.new_form.begin(words)

    def _made(self, ident: str) -> None:
        self.list.refresh(ident)
        self.list.table.setFocus()
        self.card.set_customer(ident)

    def _explain_value(self) -> None:
        self.card.explain("equity")

    def rename(self) -> None:
        """Edit the name of the current customer in place."""
        table = self.list.table
        if table.currentIndex().isValid():
            index = table.record_model.index(table.currentIndex().row(), 0)
            table.setCurrentIndex(index)
            table.edit(index)

    def _edited(self, ident: str, column: str, text: str) -> None:
        label = editing.change_label(self.desk, Customer, ident, column)
        editing.step(self.desk, label, lambda session: actions.rename_customer(session, ident, text))

    def trash(self) -> None:
        """Move the chosen customers to the trash; Undo stands beside what is said."""
        idents = self.list.table.selected_ids()
        if self.list.filters.chosen.trashed or not idents:
            return
        many = ngettext("{n} customer moved to trash", "{n} customers moved to trash", len(idents))
        label = self._label(idents, _("{name} moved to trash"), many)
        editing.step(self.desk, label, lambda session: actions.trash_customers(session, idents), undo=True)

    def restore(self, idents: list[str]) -> None:
        """Take customers out of the trash."""
        many = ngettext("{n} customer restored", "{n} customers restored", len(idents))
        label = self._label(idents, _("{name} restored"), many)
        if editing.step(
            self.desk, label, lambda session: actions.restore_customers(session, idents), undo=True
        ):
            self.card.set_customer(idents[0])

    def _label(self, idents: list[str], one: str, many: str) -> str:
        if len(idents) > 1:
            return many.format(n=len(idents))
        with self.desk.store.read() as session:
            return one.format(name=queries.names(session, idents).get(idents[0], ""))

    def show_trash(self) -> None:
        """List what lies in the trash."""
        self.list.search.clear_now()
        self.list.filters.choose(CustomerFilter(trashed=True))

    def open_history(self) -> None:
        """Open the history of the customer on the card."""
        if self.card.card is not None:
            HistoryDialog(self.desk, self.card.card, self).open()

    def _open_more(self, button: QWidget) -> None:
        menu = QMenu(self)
        card = self.card.card
        if card is None:
            return
        menu.addAction(_("Edit details"), lambda: self.card.show_panel("details"))
        menu.addAction(_("History"), self.open_history)
        menu.addAction(_("Copy as table"), self.list.table.copy)
        if self.desk.actions.has("export_all"):
            menu.addAction(self.desk.actions.action("export_all"))
        menu.addSeparator()
        if card.trashed:
            chosen = self.list.table.selected_ids() or [card.id]
            menu.addAction(_("Restore"), lambda: self.restore(chosen))
        else:
            menu.addAction(_("Move to trash"), self.trash)
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    # Width

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the list less room while the page is narrow."""
        super().resizeEvent(event)
        narrow = event.size().width() < NARROW_PAGE * theme.current().scale
        if narrow == self._narrow:
            return
        if narrow and self._narrow is False:
            self._wide_width = self.splitter.sizes()[0] or LIST_WIDTH
        self.splitter.setObjectName("list_card_narrow" if narrow else "list_card")
        if narrow or self._narrow is not None:
            QTimer.singleShot(0, self, self._share_width)
        self._narrow = narrow

    def _share_width(self) -> None:
        narrow_width = min(round(NARROW_LIST * theme.current().scale), round(self.width() * NARROW_SHARE))
        wanted = narrow_width if self._narrow else self._wide_width
        self.splitter.setSizes([wanted, max(1, self.width() - wanted)])
