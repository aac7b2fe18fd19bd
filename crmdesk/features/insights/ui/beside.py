"""What stands beside the 80/20: how the two groups overlap, what to do, and where the cost comes from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crmdesk.core import money
from crmdesk.core.i18n import Region, _
from crmdesk.features.insights.ui.canvas import cut
from crmdesk.features.insights.ui.finding import Group, Side, Source
from crmdesk.qt import theme
from crmdesk.qt.widgets import Button, HLine, label, scrolling, section_label

WIDTH, NARROW = 320, 288
INSET = 20


class OverlapBars(QWidget):
    """Two bars, shifted so far that their overlap is what both groups share."""

    def __init__(self, side: Side, parent: QWidget | None = None) -> None:
        """Show the two groups of a side."""
        super().__init__(parent)
        self._side = side
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        told = _("{left} customers make 80 % of turnover, {right} make 80 % of cost, {both} do both")
        self.setAccessibleName(told.format(left=side.left, right=side.right, both=side.both))

    def sizeHint(self) -> QSize:
        """Two bars of 22."""
        return QSize(200, round(50 * theme.current().scale))

    def boxes(self) -> tuple[QRectF, QRectF]:
        """Both bars."""
        side = self._side
        whole = max(1, side.left + side.right - side.both)
        unit, height = self.width() / whole, (self.height() - 6) / 2
        first = QRectF(0, 0, side.left * unit, height)
        second = QRectF((side.left - side.both) * unit, height + 6, side.right * unit, height)
        return first, second

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both bars with their names inside."""
        now, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        texts = (
            _("turnover {n}").format(n=self._side.left),
            _("cost {n}").format(n=self._side.right),
        )
        for box, token, text in zip(self.boxes(), ("series_1", "series_2"), texts, strict=True):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(now.color(token))
            painter.drawRoundedRect(box, 3, 3)
            painter.setPen(now.color("bg_surface"))
            painter.setFont(now.font("small_strong"))
            room = box.adjusted(8, 0, -4, 0)
            middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(room, middle, cut("small_strong", text, room.width()))


class SourceBar(QWidget):
    """A bar of 8, against the largest source of cost."""

    def __init__(self, part: float, parent: QWidget | None = None) -> None:
        """Show a share from 0 to 1."""
        super().__init__(parent)
        self._part = part
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(40)

    def sizeHint(self) -> QSize:
        """As high as a line of text."""
        return QSize(120, theme.current().line_height("body"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().color("series_2"))
        box = QRectF(0, self.height() / 2 - 4, max(2.0, self.width() * self._part), 8)
        painter.drawRoundedRect(box, 2, 2)


class SidePanel(QFrame):
    """Overlap, three groups with one action each, sources of cost."""

    listed = Signal(tuple)

    def __init__(self, side: Side, region: Region, currency: str, parent: QWidget | None = None) -> None:
        """Show a side."""
        super().__init__(parent)
        self.setObjectName("sunken_panel")
        self.setAccessibleName(_("What to do about it"))
        self._region, self._currency = region, currency
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(INSET, 14, INSET, 16)
        column.setSpacing(5)
        column.addWidget(section_label(_("Do the two groups overlap?")))
        column.addWidget(OverlapBars(side))
        self.links: list[Button] = []
        for group in side.groups:
            self._add_group(column, group)
        column.addWidget(section_label(_("Where the cost comes from")))
        column.addLayout(self._sources(side.sources))
        column.addWidget(label(side.foot, "small", "text_2", wrap=True))
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(body))

    def _add_group(self, column: QVBoxLayout, group: Group) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(label(money.show_number(len(group.ids), self._region, 0), "figure"))
        head.addWidget(label(group.name, "label"))
        head.addStretch(1)
        link = Button(_("Show list"), "link")
        link.setAccessibleName(_("Show list: {group}").format(group=group.name))
        link.setEnabled(bool(group.ids))
        link.clicked.connect(lambda _checked=False, ids=group.ids: self.listed.emit(ids))
        self.links.append(link)
        foot = QHBoxLayout()
        foot.addWidget(link)
        foot.addStretch(1)
        column.addSpacing(2)
        column.addLayout(head)
        column.addWidget(label(group.advice, "body", "text_2", wrap=True))
        column.addLayout(foot)
        column.addWidget(HLine(faint=True))

    def _sources(self, sources: Sequence[Source]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        most = max((one.amount for one in sources), default=0) or 1
        for place, one in enumerate(sources):
            amount = label(money.show_money(one.amount, self._currency, self._region), "strong")
            grid.addWidget(label(one.name), place, 0)
            grid.addWidget(SourceBar(one.amount / most), place, 1)
            grid.addWidget(amount, place, 2, Qt.AlignmentFlag.AlignRight)
        return grid

    def paintEvent(self, event: QPaintEvent) -> None:
        """Stand a little back, with a line at the left."""
        now, painter = theme.current(), QPainter(self)
        painter.fillRect(self.rect(), now.color("bg_sunken"))
        painter.fillRect(0, 0, 1, self.height(), now.color("border"))
