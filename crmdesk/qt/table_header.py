"""The column header: sort by click, drag to reorder, choose columns in its menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QMenu

from crmdesk.core.i18n import _
from crmdesk.qt import icons, theme
from crmdesk.qt.delegates import EDGE, PAD
from crmdesk.qt.plain_text import menu_text
from crmdesk.qt.record_model import RecordModel

if TYPE_CHECKING:
    from crmdesk.qt.record_table import RecordTable


class TableHeader(QHeaderView):
    """Draws its labels over the text of the column and offers the column chooser."""

    restored = Signal()

    def __init__(self, table: RecordTable) -> None:
        """Head a table."""
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(40)
        self.setAccessibleName(_("Columns"))
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def sizeHint(self) -> QSize:
        """As high as the table head of the design."""
        return QSize(super().sizeHint().width(), theme.current().size("table_head"))

    def paintSection(self, painter: QPainter, rect: QRect, index: int) -> None:
        """Draw a label, and an arrow when the rows are sorted by it."""
        now = theme.current()
        model = cast(RecordModel, self.model())
        column = model.columns[index]
        painter.fillRect(rect, now.color("bg_sunken"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, now.color("border"))
        first, last = self._table.edge_columns()
        left = EDGE if index == first else PAD
        if column.delegate == "name":
            left += now.size("cluster_glyph") + 8
        room = rect.adjusted(left, 0, -(self._table.right_edge() if index == last else PAD), -1)
        mark = self.sortIndicatorSection() == index and self.isSortIndicatorShown()
        font = now.font("small_strong")
        text = model.labels[index]
        width = QFontMetrics(font).horizontalAdvance(text)
        painter.setFont(font)
        painter.setPen(now.color("text" if mark else "text_3"))
        flags = Qt.AlignmentFlag.AlignVCenter
        flags |= Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
        side = 16 if mark else 0
        if column.right:
            words = room.adjusted(0, 0, -side, 0)
            arrow = QRectF(room.right() - 13, room.top(), 14, room.height())
        else:
            words = room.adjusted(0, 0, -side, 0)
            arrow = QRectF(room.left() + min(width, words.width()) + 3, room.top(), 14, room.height())
        cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, flags, cut)
        if mark:
            up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            icons.paint_icon(painter, arrow, "chevron-up" if up else "chevron-down", "text_2", 14)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the column chooser."""
        self.chooser().popup(event.globalPos())

    def open_chooser(self, at: QPoint) -> None:
        """Offer the column chooser at a place of the screen."""
        self.chooser().popup(at)

    def chooser(self) -> QMenu:
        """A menu with a tick per column, and the way back to the usual ones."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        model = cast(RecordModel, self.model())
        groups: dict[str, QMenu] = {}
        for index, label in enumerate(model.labels):
            group = model.columns[index].group
            if group and group not in groups:
                groups[group] = menu.addMenu(_(group))
            action = groups.get(group, menu).addAction(menu_text(label))
            action.setCheckable(True)
            action.setChecked(not self.isSectionHidden(index))
            action.setEnabled(index > 0)
            action.toggled.connect(lambda shown, at=index: self._table.columns.show(at, shown))
        menu.addSeparator()
        menu.addAction(_("Restore columns"), self.restored.emit)
        return menu
