"""A small table of ready texts: rows of a file as they are, or as they will be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from crmdesk.core.i18n import _
from crmdesk.qt import theme
from crmdesk.qt.delegates import draw_text
from crmdesk.qt.plain_text import tip_text

Index = QModelIndex | QPersistentModelIndex
_WIDEST, _SLIMMEST, _EDGE, _PAD = 260, 64, 16, 6


@dataclass(frozen=True, slots=True)
class PreviewCell:
    """One value: as it will be read, what stood there before, whether it cannot be read."""

    text: str
    old: str = ""
    bad: bool = False


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row with its number in the file; a quiet one is not data, a mark leads a group."""

    line: str
    cells: tuple[PreviewCell, ...]
    quiet: bool = False
    strong: bool = False


class PreviewModel(QAbstractTableModel):
    """The rows of a preview; the first column is the row number."""

    def __init__(self, parent: QWidget) -> None:
        """Start empty."""
        super().__init__(parent)
        self.heads: tuple[str, ...] = ()
        self.right: frozenset[int] = frozenset()
        self.lines: Sequence[PreviewRow] = ()

    def fill(self, heads: Sequence[str], rows: Sequence[PreviewRow], right: frozenset[int]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.heads, self.lines, self.right = tuple(heads), rows, right
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The row number and the values."""
        return 0 if parent.isValid() else len(self.heads) + 1

    def cell(self, index: Index) -> PreviewCell:
        """The value at a place; rows may be shorter than the head."""
        row = self.lines[index.row()]
        place = index.column() - 1
        if place < 0:
            return PreviewCell(row.line)
        return row.cells[place] if place < len(row.cells) else PreviewCell("")

    def data(self, index: Index, role: int = 0) -> object:
        """The text of a cell, with what it replaces for those who listen."""
        cell = self.cell(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip_text(cell.text)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            before = _("{old} becomes {new}").format(old=cell.old, new=cell.text) if cell.old else cell.text
            return _("{text}, not understood").format(text=before) if cell.bad else before
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """The names of the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = section == 0 or section - 1 in self.right
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return int(Qt.AlignmentFlag.AlignVCenter | side)
        if role == Qt.ItemDataRole.FontRole:
            return theme.current().font("small_strong")
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return _("Row") if section == 0 else self.heads[section - 1]


class _Cells(QStyledItemDelegate):
    """Draws a value: what it replaces struck through, what cannot be read on a tint."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        metrics = QFontMetrics(theme.current().font("body"))
        cell = cast(PreviewModel, index.model()).cell(index)
        old = metrics.horizontalAdvance(cell.old) + 8 if cell.old else 0
        return QSize(metrics.horizontalAdvance(cell.text) + old + 2 * _PAD + 14, 30)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        now = theme.current()
        model = cast(PreviewModel, index.model())
        row, cell, rect = model.lines[index.row()], model.cell(index), option.rect
        painter.fillRect(rect, now.color("bg_sunken" if row.strong else "bg_surface"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, now.color("border_subtle"))
        room = rect.adjusted(_EDGE if index.column() == 0 else _PAD, 0, -_PAD, -1)
        painter.setFont(now.font("small_strong" if row.strong else "body"))
        if cell.bad:
            _tinted(painter, room, cell.text)
            return
        if cell.old:
            room = _struck(painter, room, cell.old)
        quiet = index.column() == 0 or row.quiet or cell.text == _("empty")
        painter.setPen(now.color("text_3" if quiet else "text"))
        right = index.column() == 0 or index.column() - 1 in model.right
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        draw_text(painter, room, cell.text, int(Qt.AlignmentFlag.AlignVCenter | side))


def _struck(painter: QPainter, room: QRect, old: str) -> QRect:
    font = QFont(theme.current().font("body"))
    painter.save()
    font.setStrikeOut(True)
    painter.setFont(font)
    painter.setPen(theme.current().color("text_3"))
    draw_text(painter, room, old)
    painter.restore()
    return room.adjusted(QFontMetrics(theme.current().font("body")).horizontalAdvance(old) + 8, 0, 0, 0)


def _tinted(painter: QPainter, room: QRect, text: str) -> None:
    now = theme.current()
    width = min(room.width(), painter.fontMetrics().horizontalAdvance(text) + 14)
    box = QRectF(room.left() - 7, room.center().y() - 10, width, 21)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(now.color("late_tint"))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(now.color("late"))
    draw_text(painter, room.adjusted(0, 0, 0, 0), text)
    painter.restore()


class PreviewTable(QTableView):
    """A read-only table of a few rows of 30."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Make an empty table with a spoken name."""
        super().__init__(parent)
        self.preview = PreviewModel(self)
        self.setModel(self.preview)
        self.setItemDelegate(_Cells(self))
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.verticalHeader().hide()
        self.horizontalHeader().setAccessibleName(_("Columns"))
        self.verticalHeader().setAccessibleName(_("Rows"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(30)
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        theme.signals.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.verticalHeader().setMinimumSectionSize(8)
        self.verticalHeader().setDefaultSectionSize(theme.current().size("row_compact"))
        self.horizontalHeader().setFixedHeight(theme.current().size("table_head"))
        self.horizontalHeader().setFont(theme.current().font("small_strong"))

    def show_rows(
        self, heads: Sequence[str], rows: Sequence[PreviewRow], right: frozenset[int] = frozenset()
    ) -> None:
        """Show rows under their headings, columns as wide as their values ask."""
        self.preview.fill(heads, rows, right)
        self.resizeColumnsToContents()
        for place in range(self.preview.columnCount()):
            asked = self.columnWidth(place)
            self.setColumnWidth(place, max(_SLIMMEST if place else 56, min(asked, _WIDEST)))
