"""One finding on the screen: sentence, notes, chart, table beneath, and what stands beside it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from crmdesk.core.i18n import Region, _
from crmdesk.features.insights.ui.bar_chart import LyingBars
from crmdesk.features.insights.ui.beside import NARROW, WIDTH, SidePanel
from crmdesk.features.insights.ui.canvas import Canvas
from crmdesk.features.insights.ui.curve_chart import CurveChart
from crmdesk.features.insights.ui.finding import Finding, Part
from crmdesk.features.insights.ui.matrix_chart import MatrixChart
from crmdesk.features.insights.ui.shapes import Bars, Curves, Shape
from crmdesk.features.insights.ui.table import SheetSource, SheetTable
from crmdesk.qt import theme
from crmdesk.qt.widgets import HLine, TabBar, label

INSET, SIDE_FROM, ROWS_SEEN, CHART_SHARE = 16, 980, 4, 0.52


def make_chart(shape: Shape, region: Region) -> Canvas:
    """The chart of a shape."""
    if isinstance(shape, Curves):
        return CurveChart(shape, region)
    return LyingBars(shape) if isinstance(shape, Bars) else MatrixChart(shape)


class FindingView(QWidget):
    """Shows one finding; its customers can be opened one by one, or as a list."""

    customer_chosen = Signal(str)
    listed = Signal(tuple)

    def __init__(
        self, title: str, finding: Finding, region: Region, currency: str, parent: QWidget | None = None
    ) -> None:
        """Build the widgets of a finding."""
        super().__init__(parent)
        self.finding = finding
        self.title, self._region, self._currency = title, region, currency
        self.chart: Canvas | None = None
        self.table: SheetTable | None = None
        self.text = QPlainTextEdit()
        self.tabs = TabBar(_("Views"))
        self.side: SidePanel | None = None
        self._sort: dict[str, tuple[str, bool]] = {}
        self._left = QVBoxLayout()
        self._body = QVBoxLayout()
        self._build()
        self.show_part(0)

    def _build(self) -> None:
        self.heading = label(self.finding.heading, "section", wrap=True)
        self.heading.make_selectable()
        self.heading.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(_("Chart in words"))
        self.text.hide()
        head = QVBoxLayout()
        head.setContentsMargins(INSET, 10, INSET, 8)
        head.setSpacing(2)
        head.addWidget(self.heading)
        for note in self.finding.notes:
            head.addWidget(label(note, "body", "text_2", wrap=True))
        self._left.setContentsMargins(0, 0, 0, 0)
        self._left.setSpacing(0)
        self._left.addLayout(head)
        if len(self.finding.parts) > 1:
            self._left.addWidget(self._tab_row())
            self._left.addWidget(HLine())
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(0)
        self._left.addLayout(self._body, 1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(self._left, 1)
        if self.finding.side is not None:
            self.side = SidePanel(self.finding.side, self._region, self._currency)
            self.side.listed.connect(self.listed)
            outer.addWidget(self.side)

    def _tab_row(self) -> QWidget:
        for part in self.finding.parts:
            self.tabs.addTab(part.title)
        self.tabs.currentChanged.connect(self.show_part)
        box = QWidget()
        line = QHBoxLayout(box)
        line.setContentsMargins(INSET, 0, INSET, 0)
        line.addWidget(self.tabs)
        line.addStretch(1)
        return box

    @property
    def part(self) -> Part:
        """The part that is shown."""
        return self.finding.parts[max(0, self.tabs.currentIndex())]

    def show_part(self, place: int) -> None:
        """Show another part of the finding."""
        while (item := self._body.takeAt(0)) is not None:
            if (old := item.widget()) is not None and old is not self.text:
                old.hide()
                old.deleteLater()
        part = self.finding.parts[place]
        self.chart = make_chart(part.shape, self._region) if part.shape else None
        self.table = self._make_table(part)
        if self.chart is not None:
            self.chart.opened.connect(self._open)
            self._body.addWidget(self._framed(self.chart))
            self._body.addWidget(HLine())
        self._body.addWidget(self.table, 1)
        self._share_height()

    def _framed(self, chart: Canvas) -> QWidget:
        """The chart with its margins, and in the same place its words."""
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(INSET, 8, INSET, 10)
        column.addWidget(chart)
        column.addWidget(self.text)
        self.text.setPlainText("\n".join(chart.words()))
        chart.setVisible(self.text.isHidden())
        grows = QSizePolicy.Policy.Expanding if isinstance(chart, CurveChart) else QSizePolicy.Policy.Maximum
        box.setSizePolicy(QSizePolicy.Policy.Expanding, grows)
        self._frame = box
        return box

    def _make_table(self, part: Part) -> SheetTable:
        table = SheetTable(part.sheet, part.title or self.title)
        table.setMinimumHeight(theme.current().size("row") * ROWS_SEEN)
        source, sort = SheetSource(part.sheet, self._region, self._currency), self._sort.get(part.sheet.name)
        table.show_source(source.sorted(*sort) if sort else source)
        if sort:
            table.set_sort(*sort)
        table.sort_changed.connect(partial(self._sorted, part.sheet.name))
        table.chosen.connect(self._chosen)
        return table

    def _sorted(self, sheet: str, column: str, descending: bool) -> None:
        self._sort[sheet] = (column, descending)

    def _chosen(self, row: str) -> None:
        entry = self.table.entry(row) if self.table is not None else None
        if entry is not None and entry.customer:
            self.customer_chosen.emit(entry.customer)

    def _open(self, ids: tuple[str, ...]) -> None:
        if len(ids) == 1:
            self.customer_chosen.emit(ids[0])
        else:
            self.listed.emit(ids)

    def keep(self, other: FindingView, focused: bool) -> None:
        """Stay where another view of the same finding was: part, order, row and words."""
        if other.title != self.title or len(other.finding.parts) != len(self.finding.parts):
            return
        self._sort = dict(other._sort)
        place = max(0, other.tabs.currentIndex())
        self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex(place)
        self.tabs.blockSignals(False)
        self.show_part(place)
        if self.table is not None and other.table is not None:
            self.table.select_id(other.table.current_id())
            if focused:
                QTimer.singleShot(0, self, self.table.setFocus)
        if not other.text.isHidden():
            self.toggle_text()

    def toggle_text(self) -> bool:
        """Show the chart in words, or the chart again; True when words are shown now."""
        if self.chart is None:
            if self.table is not None:
                self.table.setFocus()
            return False
        worded = self.text.isHidden()
        self.text.setVisible(worded)
        self.chart.setVisible(not worded)
        (self.text if worded else self.chart).setFocus()
        return worded

    def _share_height(self) -> None:
        """Give the chart about half of the height, or what it needs when that is less."""
        if self.chart is None:
            return
        wanted = self.chart.sizeHint().height() + 18
        most = round((self.height() or 600) * CHART_SHARE)
        least = self.chart.minimumSizeHint().height() + 18
        grows = isinstance(self.chart, CurveChart)
        height = max(least, most if grows else min(wanted, most))
        self._frame.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new height, and give the side less width when there is little."""
        super().resizeEvent(event)
        self._share_height()
        if self.side is not None:
            scale = theme.current().scale
            self.side.setFixedWidth(round((WIDTH if self.width() >= SIDE_FROM else NARROW) * scale))
