"""The right side of the portfolio: what to do with a cluster, its figures, and its customers."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from crmdesk.core import money
from crmdesk.core.i18n import _
from crmdesk.features.portfolio.playbook import Playbook
from crmdesk.features.portfolio.queries import Placed
from crmdesk.features.portfolio.rules import Cluster
from crmdesk.features.portfolio.ui.customer_table import USUAL, CustomerTable
from crmdesk.features.portfolio.ui.playbook_texts import PlaybookTexts
from crmdesk.features.portfolio.ui.view import View
from crmdesk.qt import theme
from crmdesk.qt.desk import Desk
from crmdesk.qt.widgets import Button, FigureLabel, Glyph, HLine, Label, column, label, scrolling

ROWS_SEEN = 5


class Fitting(QWidget):
    """A part that scrolls only when the panel is too low for it."""

    def __init__(self, inner: QWidget, parent: QWidget | None = None) -> None:
        """Hold another part."""
        super().__init__(parent)
        self.inner = inner
        self.area: QScrollArea = scrolling(inner)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.area)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        """As high as the part needs at this width."""
        width = max(200, self.width())
        layout = self.inner.layout()
        high = layout.heightForWidth(width) if layout is not None and layout.hasHeightForWidth() else -1
        return QSize(width, high if high > 0 else self.inner.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """A few lines at least."""
        return QSize(200, 120)


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
        self.texts = PlaybookTexts()
        self.fitting = Fitting(self.texts)
        self.table = CustomerTable("portfolio_customers", USUAL, desk.region)
        self._build()
        self._connect()

    def _build(self) -> None:
        head = QWidget()
        line = QHBoxLayout(head)
        line.setContentsMargins(20, 0, 12, 0)
        line.setSpacing(8)
        for part in (self.glyph, self.heading):
            line.addWidget(part)
        line.addStretch(1)
        line.addWidget(self.edit_button)
        head.setFixedHeight(theme.current().size("page_head"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for part in (head, self._figures(), HLine(faint=True)):
            box.addWidget(part)
        box.addWidget(self.fitting, 1)
        box.addWidget(HLine())
        box.addWidget(self.table, 1000)
        self.table.setMinimumHeight(theme.current().size("row_compact") * ROWS_SEEN)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def _figures(self) -> QWidget:
        box = QWidget()
        line = QHBoxLayout(box)
        line.setContentsMargins(20, 0, 20, 12)
        captions = (_("customers"), _("turnover 12 m"), _("potential a year"))
        for figure, caption in zip(self.figures, captions, strict=True):
            figure.set_about(caption)
            line.addWidget(column(figure, label(caption, "small", "text_3")), 1)
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
        self.figures[1].set_figure(money.show_money(turnover, view.currency, region))
        self.figures[2].set_figure(money.show_money(potential, view.currency, region))
        self.texts.show_book(book, cluster)
        self._name_edit()
        self.fitting.updateGeometry()
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
        self.fitting.updateGeometry()

    def _name_edit(self) -> None:
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
