"""The customer card: head, key figures, and a tab for what each slice knows of the customer."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from crmdesk.core import dates
from crmdesk.core.i18n import _
from crmdesk.features.customers import queries
from crmdesk.features.customers.queries import CustomerCard
from crmdesk.features.customers.ui import hosting
from crmdesk.features.customers.ui.card_head import CardHead
from crmdesk.features.customers.ui.figures import ExplanationPopup, key_figures
from crmdesk.features.customers.ui.source import Place
from crmdesk.qt.desk import Desk
from crmdesk.qt.labels import FigureLabel, KeyFigureStrip
from crmdesk.qt.page import Fresh, Panel
from crmdesk.qt.widgets import Band, Button, EmptyState, HLine, TabBar


class CustomerCardView(Fresh):
    """Everything about one customer; the panels of all slices come in as tabs."""

    tables = frozenset(
        {"customer", "person", "affiliation", "contact_point", "address", "firm", "customer_figures"}
        | {"interaction", "orders", "order_line", "year_turnover"}
    )
    restore_asked = Signal(str)
    more_asked = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the card with the panels of all slices, without a customer."""
        super().__init__(desk, parent)
        self.setAccessibleName(_("Customer card"))
        self.customer: str | None = None
        self.card: CustomerCard | None = None
        self.head = CardHead()
        self.band = Band()
        self.figures = KeyFigureStrip()
        self.tabs = TabBar(_("Parts of the card"))
        self.more_tabs = Button(_("More"), "ghost")
        self.stack = QStackedWidget()
        self._kinds = hosting.panels()
        self._panels: dict[int, Panel] = {}
        self._explainers = hosting.explainers()
        self._counts = hosting.counts()
        self._figure_pages = hosting.figure_pages()
        self._popup: ExplanationPopup | None = None
        self._folded: list[int] = []
        self.nobody = EmptyState("user", _("No customer chosen"), _("Choose one in the list."))
        self._build()
        self._connect()
        self._show_nobody(True)

    def _build(self) -> None:
        for kind in self._kinds:
            self.tabs.addTab(_(kind.title))
            self.stack.addWidget(QWidget())
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.tab_row = QWidget()
        row = QHBoxLayout(self.tab_row)
        row.setContentsMargins(20, 0, 12, 0)
        row.setSpacing(0)
        row.addWidget(self.tabs, 1)
        row.addWidget(self.more_tabs)
        self.line = HLine()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.head, self.band, self.figures, self.tab_row, self.line):
            column.addWidget(part)
        column.addWidget(self.stack, 1)
        column.addWidget(self.nobody, 1)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._turn)
        self.more_tabs.clicked.connect(self._open_folded)
        self.figures.opened.connect(self.explain)
        self.head.call_asked.connect(lambda: self.compose(False))
        self.head.plan_asked.connect(lambda: self.compose(True))
        self.head.more.clicked.connect(lambda: self.more_asked.emit(self.head.more))

    def _show_nobody(self, nobody: bool) -> None:
        for part in (self.head, self.figures, self.tab_row, self.line, self.stack):
            part.setVisible(not nobody)
        self.nobody.setVisible(nobody)

    # The customer

    def set_customer(self, ident: str | None) -> None:
        """Show another customer."""
        self.customer = ident or None
        self.refresh()
        for panel in self._panels.values():
            panel.set_customer(self.customer)
        if self.card is not None and not self._panels:
            self._turn(max(0, self.tabs.currentIndex()))

    def refresh(self) -> None:
        """Read the customer again."""
        self.card = None
        if self.customer is not None:
            with self.desk.store.read() as session:
                self.card = queries.card(session, self.customer, self.desk.store.derived.figures)
        self._show_nobody(self.card is None)
        if self.card is None:
            self.band.clear()
            return
        self.setAccessibleName(self.card.name)
        self.head.show_card(self.card, self.place())
        self.figures.set_figures(key_figures(self.card, self.place()))
        self._show_trash(self.card)
        self._count_panels(self.card)

    def _count_panels(self, card: CustomerCard) -> None:
        with self.desk.store.read() as session:
            found = {name: count(session, card.id) for name, count in self._counts.items()}
        found["people"] = len(card.present_people)
        for place, kind in enumerate(self._kinds):
            if kind.name in found:
                self._count(place, found[kind.name])

    def place(self) -> Place:
        """How values are written here, on this day."""
        region = self.desk.region
        return Place(region, region.currency, dates.today())

    def _show_trash(self, card: CustomerCard) -> None:
        self.stack.setEnabled(not card.trashed)
        if card.trashed:
            told = _("This customer lies in the trash.")
            self.band.tell(told, "due", _("Restore"), lambda: self.restore_asked.emit(card.id))
        else:
            self.band.clear()

    # Figures

    def explain(self, name: str) -> None:
        """Open the lines behind a key figure."""
        if self.card is None:
            return
        if name in self._figure_pages:
            self.desk.go(self._figure_pages[name], customer=self.card.id)
            return
        figure = next(one for one in key_figures(self.card, self.place()) if one.name == name)
        explainer = self._explainers.get(name)
        explained = None
        if explainer is not None:
            with self.desk.store.read() as session:
                explained = explainer(session, self.card.id, dates.today())
        self._popup = ExplanationPopup(figure, explained, self.place(), self)
        labels = [one for one in self.figures.findChildren(FigureLabel) if one.text() == figure.figure]
        self._popup.open_under(labels[0] if labels else self.figures)

    # Tabs

    def panel(self, name: str) -> Panel | None:
        """A panel by its name, made now when it was not shown before."""
        place = self._place_of(name)
        return None if place is None else self._panel_at(place)

    def _place_of(self, name: str) -> int | None:
        return next((place for place, kind in enumerate(self._kinds) if kind.name == name), None)

    def _panel_at(self, place: int) -> Panel:
        if place not in self._panels:
            panel = self._kinds[place](self.desk)
            panel.counted.connect(lambda count, at=place: self._count(at, count))
            blank = self.stack.widget(place)
            self.stack.insertWidget(place, panel)
            if blank is not None:
                self.stack.removeWidget(blank)
                blank.deleteLater()
            self._panels[place] = panel
            panel.set_customer(self.customer)
        return self._panels[place]

    def show_panel(self, name: str) -> None:
        """Turn to a panel."""
        place = self._place_of(name)
        if place is not None:
            self._choose(place)

    def compose(self, planned: bool) -> None:
        """Turn to the log and start a call, or a plan for a contact; the panel says how."""
        panel = self.panel("log")
        if panel is None or self.customer is None:
            return
        self.show_panel("log")
        start = getattr(panel, "plan" if planned else "log_call", None)
        if callable(start):
            start()
            return
        composer = getattr(panel, "composer", None)
        choose = getattr(composer, "choose", None)
        if callable(choose) and not planned:
            choose("phone")
        else:
            panel.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _turn(self, place: int) -> None:
        if 0 <= place < len(self._kinds):
            self._panel_at(place)
            self.stack.setCurrentIndex(place)
            self._fold()

    def _choose(self, place: int, _checked: bool = False) -> None:
        self.tabs.setTabVisible(place, True)
        self.tabs.setCurrentIndex(place)
        self._fold()

    def _count(self, place: int, count: int) -> None:
        self.tabs.set_count(place, count)
        self._fold()

    def _fold(self) -> None:
        room = self.width() - 32 - self.more_tabs.sizeHint().width()
        widths = [self.tabs.tabSizeHint(place).width() for place in range(self.tabs.count())]
        current = self.tabs.currentIndex()
        self._folded = []
        if sum(widths) > room + self.more_tabs.sizeHint().width():
            used = widths[current] if current >= 0 else 0
            for place, width in enumerate(widths):
                if place == current:
                    continue
                used += width
                if used > room:
                    self._folded.append(place)
        for place in range(self.tabs.count()):
            self.tabs.setTabVisible(place, place not in self._folded)
        self.more_tabs.setVisible(bool(self._folded))

    def _open_folded(self) -> None:
        menu = QMenu(self)
        for place in self._folded:
            menu.addAction(self.tabs.tabText(place)).triggered.connect(partial(self._choose, place))
        menu.popup(self.more_tabs.mapToGlobal(QPoint(0, self.more_tabs.height())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the tabs that do not fit into More."""
        super().resizeEvent(event)
        self._fold()
