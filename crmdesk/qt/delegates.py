"""How cells are drawn: the whole row's background first, then ready-made text, never a computation."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from crmdesk.qt import icons, theme
from crmdesk.qt.buttons import paint_focus_ring
from crmdesk.qt.glyphs import paint_glyph
from crmdesk.qt.plain_text import tip_text
from crmdesk.qt.record_model import RecordModel
from crmdesk.qt.rows import Cell, Row
from crmdesk.qt.sparkline import paint_bars

if TYPE_CHECKING:
    from crmdesk.qt.record_table import RecordTable

Index = QModelIndex | QPersistentModelIndex
PAD = 6
EDGE = 16
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)


def draw_text(painter: QPainter, rect: QRect, text: str, flags: int = _LEFT) -> int:
    """Draw one line, cut with an ellipsis when it is too long; returns the width it would need."""
    metrics = painter.fontMetrics()
    width = metrics.horizontalAdvance(text)
    if width > rect.width():
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, flags | int(Qt.TextFlag.TextSingleLine), text)
    return width


class TextDelegate(QStyledItemDelegate):
    """Draws one line of text; the base of all cells."""

    def __init__(self, table: RecordTable) -> None:
        """Draw for a table, which knows the hovered row and the focus."""
        super().__init__(table)
        self.table = table

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows are of fixed height; this is for fitting a column to its text."""
        width = QFontMetrics(theme.current().font("body")).horizontalAdvance(str(index.data() or ""))
        return QSize(width + 2 * PAD + 2, theme.current().size("row_two_line"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the background of the row, then the cell."""
        model = cast(RecordModel, index.model())
        place, column = index.row(), index.column()
        row = model.row(place)
        rect: QRect = option.rect
        self.background(painter, rect, place, column)
        if not row.texts:
            return
        self.content(painter, self.inner(rect, column), row, column)

    def inner(self, rect: QRect, column: int) -> QRect:
        """The room for the content of a cell."""
        first, last = self.table.edge_columns()
        left = EDGE if column == first else PAD
        right = self.table.right_edge() if column == last else PAD
        return rect.adjusted(left, 0, -right, -1)

    def background(self, painter: QPainter, rect: QRect, place: int, column: int) -> None:
        """Draw selection, hover, tint and the line under a row."""
        now = theme.current()
        table = self.table
        selected = table.is_selected(place)
        if selected:
            focused = table.has_focus
            painter.fillRect(rect, now.color("select" if focused else "bg_pressed"))
            if column == table.edge_columns()[0]:
                bar = QRect(rect.left(), rect.top(), 3, rect.height())
                painter.fillRect(bar, now.color("accent" if focused else "border_field"))
        elif table.is_marked(place):
            painter.fillRect(rect, now.color("ok_tint"))
        elif place == table.hovered:
            painter.fillRect(rect, now.color("bg_hover"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, now.color("border_subtle"))
        if table.ring_row == place and not selected:
            painter.setClipRect(rect)
            paint_focus_ring(painter, QRectF(table.row_rect(place)), 0)
            painter.setClipping(False)

    def content(self, painter: QPainter, rect: QRect, row: Row, column: int) -> None:
        """Draw the text of a cell."""
        now = theme.current()
        cell = row.cell(column)
        painter.setFont(self._font(row))
        painter.setPen(now.color(cell.color or ("text_3" if row.archived else "text")))
        flags = _RIGHT if self.table.record_model.columns[column].right else _LEFT
        draw_text(painter, rect, row.texts[column], flags)

    @staticmethod
    def _font(row: Row) -> QFont:
        return theme.current().font("archived" if row.archived else "body")

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Show the whole text of a cell that is cut."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return False
        row = cast(RecordModel, index.model()).row(index.row())
        if not row.texts:
            return False
        text, detail = row.texts[index.column()], row.cell(index.column()).detail
        metrics = QFontMetrics(theme.current().font("strong"))
        room = self.inner(option.rect, index.column()).width() - self.reserved()
        cut = max(metrics.horizontalAdvance(text), metrics.horizontalAdvance(detail) - 8) > room
        QToolTip.showText(event.globalPos(), tip_text(f"{text}\n{detail}".strip()) if cut else "", view)
        return cut

    def reserved(self) -> int:
        """How much of a cell is taken by something other than text."""
        return 0

    # Editing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A field in the cell."""
        field = QLineEdit(parent)
        field.setProperty("cell", True)
        field.setAccessibleName(self.table.record_model.labels[index.column()])
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Start from the text that is there; what was typed since is never overwritten."""
        if not editor.property("filled"):
            editor.setProperty("filled", True)
            cast(QLineEdit, editor).setText(str(index.data() or ""))
            cast(QLineEdit, editor).selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Tell the table what was typed; the page decides what becomes of it."""
        text = cast(QLineEdit, editor).text()
        if text != str(index.data() or ""):
            column = self.table.record_model.columns[index.column()].name
            self.table.edited.emit(self.table.record_model.id_at(index.row()), column, text)


class SmallDelegate(TextDelegate):
    """One line in the small size, for columns that stand behind the others."""

    @staticmethod
    def _font(row: Row) -> QFont:
        return theme.current().font("small")


class NameDelegate(TextDelegate):
    """Cluster glyph, name, and under it trade and town."""

    def reserved(self) -> int:
        """The glyph and its gap."""
        return 20

    def content(self, painter: QPainter, rect: QRect, row: Row, column: int) -> None:
        """Draw glyph, name and second line."""
        now = theme.current()
        cell = row.cell(column)
        line = now.line_height("strong")
        second = now.line_height("small") if cell.detail else 0
        top = rect.top() + (rect.height() - line - second) // 2
        glyph = now.size("cluster_glyph")
        paint_glyph(painter, QRectF(rect.left(), top + (line - glyph) / 2, glyph, glyph), cell.cluster)
        room = rect.adjusted(glyph + 8, 0, 0, 0)
        room.setTop(top)
        room.setHeight(line)
        painter.setFont(now.font("archived" if row.archived else "strong"))
        painter.setPen(now.color("text_3" if row.archived else "text"))
        draw_text(painter, room, row.texts[column])
        if cell.detail:
            room.translate(0, line)
            room.setHeight(second)
            painter.setFont(now.font("small"))
            painter.setPen(now.color("text_3"))
            draw_text(painter, room, cell.detail)


class AgeDelegate(TextDelegate):
    """An age in days; a clock and a colour when it is too old."""

    def content(self, painter: QPainter, rect: QRect, row: Row, column: int) -> None:
        """Draw clock and age."""
        cell = row.cell(column)
        if cell.icon:
            side = theme.current().size("icon_small")
            box = QRectF(rect.left(), rect.top(), side, rect.height())
            icons.paint_icon(painter, box, cell.icon, cell.color or "text_2", 14)
            rect = rect.adjusted(side + 4, 0, 0, 0)
        painter.setFont(self._font(row))
        painter.setPen(theme.current().color(cell.color or "text_2"))
        draw_text(painter, rect, row.texts[column])


class SparkDelegate(TextDelegate):
    """Eight quarters as bars, and the amount at the right."""

    def reserved(self) -> int:
        """The bars and their gap."""
        return 58

    def content(self, painter: QPainter, rect: QRect, row: Row, column: int) -> None:
        """Draw bars and amount."""
        now = theme.current()
        cell = row.cell(column)
        if cell.values:
            box = QRectF(rect.left(), rect.top() + (rect.height() - 20) // 2, 52, 20)
            paint_bars(painter, box, cell.values)
        painter.setFont(self._font(row))
        painter.setPen(now.color(cell.color or "text"))
        draw_text(painter, rect.adjusted(56 if cell.values else 0, 0, 0, 0), row.texts[column], _RIGHT)


class ActionDelegate(TextDelegate):
    """What to do next: icon and verb, under it when, with the word late or due."""

    def reserved(self) -> int:
        """The icon and its gap."""
        return 20

    def content(self, painter: QPainter, rect: QRect, row: Row, column: int) -> None:
        """Draw icon, act and time."""
        now = theme.current()
        cell: Cell = row.cell(column)
        line = now.line_height("body")
        second = now.line_height("small") if cell.detail else 0
        top = rect.top() + (rect.height() - line - second) // 2
        side = now.size("icon_small")
        if cell.icon:
            icons.paint_icon(painter, QRectF(rect.left(), top, side, line), cell.icon, "text_2", 14)
            rect = rect.adjusted(side + 6, 0, 0, 0)
        room = QRect(rect.left(), top, rect.width(), line)
        painter.setFont(now.font("body"))
        painter.setPen(now.color("text" if cell.icon else "text_3"))
        draw_text(painter, room, row.texts[column])
        if cell.detail:
            painter.setFont(now.font("small"))
            painter.setPen(now.color(cell.color or "text_3"))
            draw_text(painter, QRect(rect.left(), top + line, rect.width(), second), cell.detail)


DELEGATES: Mapping[str, type[TextDelegate]] = MappingProxyType(
    {
        "text": TextDelegate,
        "date": TextDelegate,
        "flag": TextDelegate,
        "small": SmallDelegate,
        "money": TextDelegate,
        "name": NameDelegate,
        "age": AgeDelegate,
        "spark": SparkDelegate,
        "action": ActionDelegate,
    }
)
