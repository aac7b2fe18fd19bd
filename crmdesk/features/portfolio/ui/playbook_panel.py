"""The right side of the portfolio: what to do with a cluster, its figures, and its customers."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crmdesk.core import money
from crmdesk.core.i18n import _
from crmdesk.features.portfolio.playbook import Playbook
from crmdesk.features.portfolio.queries import Placed
from crmdesk.features.portfolio.rules import Cluster
from crmdesk.features.portfolio.ui.customer_table import USUAL, CustomerTable
from crmdesk.features.portfolio.ui.period import turnover_word
from crmdesk.features.portfolio.ui.playbook_texts import PlaybookTexts
from crmdesk.features.portfolio.ui.view import View
from crmdesk.qt import theme
from crmdesk.qt.desk import Desk
from crmdesk.qt.widgets import Button, FigureLabel, Glyph, HLine, Label, column, label, scrolling

ROWS_SEEN, LEAST = 4, 96


class PlaybookPanel(QWidget):
    """Glyph and name, three figures, the playbook, then the customers of the cluster."""

    picked = Signal(str)
    opened = Signal(str)
    menu_asked = Signal(str, QPoint)
    figures_asked = Signal()
    written = Signal(str, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the panel; it shows nothing until it is given a view."""
        super().__init__(parent)
        self._desk = desk
        self.cluster = Cluster.DEVELOP
        self.setAccessibleName(_("Playbook"))
        self.glyph = Glyph("develop", 16)
        self.heading = Label("", "page", "text")
        self.edit_button = Button(_("Edit playbook"), "ghost", icon="pencil")
        self.figures = [FigureLabel(computed=n > 0) for n in range(3)]
        self.captions = [label("", "small", "text_3") for _figure in self.figures]
        self.texts = PlaybookTexts()
        self.area = scrolling(self.texts)
        self.table = CustomerTable("portfolio_customers", USUAL, desk.region)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._fit)
        self.texts.installEventFilter(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.head, self.sums = QWidget(), self._figures()
        line = QHBoxLayout(self.head)
        line.setContentsMargins(20, 0, 12, 0)
        line.setSpacing(8)
        line.addWidget(self.glyph)
        line.addWidget(self.heading)
        line.addStretch(1)
        line.addWidget(self.edit_button)
        self.head.setFixedHeight(theme.current().size("page_head"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for part in (self.head, self.sums, HLine(faint=True)):
            box.addWidget(part)
        box.addWidget(self.area)
        box.addWidget(HLine())
        box.addWidget(self.table, 1)
        self.table.setMinimumHeight(theme.current().size("row_compact") * ROWS_SEEN)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def _fit(self) -> None:
        """Give the texts the height they need, as far as a few rows of the table stay in view."""
        layout = self.texts.layout()
        if layout is None or not self.width():
            return
        needed = layout.totalHeightForWidth(self.width()) if layout.hasHeightForWidth() else -1
        needed = needed if needed > 0 else self.texts.sizeHint().height()
        others = self.head.height() + self.sums.sizeHint().height() + self.table.minimumHeight() + 2
        self.area.setFixedHeight(max(LEAST, min(needed, self.height() - others)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the texts when they have grown or shrunk."""
        if watched is self.texts and event.type() == QEvent.Type.LayoutRequest:
            self._soon.start()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the texts to the new size."""
        super().resizeEvent(event)
        self._fit()

    def _figures(self) -> QWidget:
        box = QWidget()
        line = QHBoxLayout(box)
        line.setContentsMargins(20, 0, 20, 12)
        captions = (_("customers"), _("turnover 12 m"), _("potential a year"))
        for figure, caption, text in zip(self.figures, self.captions, captions, strict=True):
            figure.set_about(text)
            caption.setText(text)
            line.addWidget(column(figure, caption), 1)
        return box

    def _connect(self) -> None:
        self.edit_button.clicked.connect(self.toggle_editing)
        self.texts.written.connect(self.written)
        self.table.current_changed.connect(self._current)
        self.table.chosen.connect(self.opened)
        self.table.customContextMenuRequested.connect(self._menu)
        for figure in self.figures[1:]:
            figure.clicked.connect(self.figures_asked)

    def show_cluster(self, view: View, cluster: Cluster, book: Playbook) -> None:
        """Show a cluster of a view with its playbook."""
        if cluster is not self.cluster:
            self.table.clearSelection()
        self.cluster = cluster
        self.glyph.set_cluster(cluster.value)
        self.heading.setText(_(cluster.label))
        members = view.placed.of(cluster)
        region = self._desk.region
        turnover = sum(one.turnover for one in members)
        potential = sum(one.potential.amount for one in members)
        self.figures[0].set_figure(money.show_number(len(members), region, 0), computed=False)
        word = turnover_word(view.placed.months)
        self.captions[1].setText(word)
        self.figures[1].set_about(word)
        self.figures[1].set_figure(money.show_money(turnover, view.currency, region))
        self.figures[2].set_figure(money.show_money(potential, view.currency, region))
        self.texts.show_book(book, cluster)
        self._name_edit()
        self._soon.start()
        self.table.show_customers(view, sorted(members, key=_most_first))

    def select(self, customer: str) -> None:
        """Make a customer the current one, without telling."""
        if self.table.current_id() != customer:
            self.table.blockSignals(True)
            self.table.select_id(customer)
            self.table.blockSignals(False)
            self.table.viewport().update()

    def toggle_editing(self) -> None:
        """Open the playbook for writing, or close it again."""
        if self.texts.editing:
            self.texts.close_editing()
        else:
            self.texts.edit()
        self._name_edit()
        self._soon.start()

    def _name_edit(self) -> None:
        self.edit_button.set_icon_name("check" if self.texts.editing else "pencil")
        self.edit_button.setText(_("Done") if self.texts.editing else _("Edit playbook"))

    def _current(self, customer: str) -> None:
        if customer and self.table.hasFocus():
            self.picked.emit(customer)

    def _menu(self, spot: QPoint) -> None:
        place = self.table.rowAt(spot.y())
        if place >= 0:
            customer = self.table.record_model.id_at(place)
            self.menu_asked.emit(customer, self.table.viewport().mapToGlobal(spot))


def _most_first(one: Placed) -> tuple[int, int, str]:
    return -one.potential.amount, -one.turnover, one.name
