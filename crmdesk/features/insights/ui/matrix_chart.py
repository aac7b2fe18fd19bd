"""A matrix of squares, the stronger the darker: RFM, cohorts and white space."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from crmdesk.features.insights.ui.canvas import Canvas, cut, text_width
from crmdesk.features.insights.ui.shapes import Matrix, Square
from crmdesk.qt import theme

ROW, COLUMN, LEAST, GAP = 32, 132, 26, 2


class MatrixChart(Canvas):
    """Squares that can be walked over and clicked."""

    def __init__(self, shape: Matrix, parent: QWidget | None = None) -> None:
        """Show a matrix."""
        super().__init__(shape.name, parent)
        self._shape = shape
        self._squares = tuple(one for one in shape.squares if one.words)
        self._tall = any(one.detail for one in shape.squares)
        self.tell()

    def words(self) -> Sequence[str]:
        """A line for every square."""
        return self._shape.words

    def opens(self, place: int) -> tuple[str, ...]:
        """The customers in a square."""
        return self._squares[place].opens if 0 <= place < len(self._squares) else ()

    def _row_height(self) -> float:
        return (44 if self._tall else ROW) * theme.current().scale

    def sizeHint(self) -> QSize:
        """All rows, and the words at the edges."""
        rows = len(self._shape.rows) * self._row_height()
        return QSize(520, round(rows + self._top() + 6))

    def minimumSizeHint(self) -> QSize:
        """Rows may come closer, but not touch."""
        rows = len(self._shape.rows) * LEAST * theme.current().scale
        return QSize(320, round(rows + self._top() + 6))

    def _top(self) -> float:
        line = theme.current().line_height("small")
        return (line + 6) * (2 if self._shape.column_title else 1)

    def _left(self) -> float:
        widest = max((text_width("small", one) for one in self._shape.rows), default=0)
        title = theme.current().line_height("small") + 8 if self._shape.row_title else 0
        return min(widest + 12, self.width() * 0.3) + title

    def _area(self) -> QRectF:
        left = self._left()
        wide = min(self.width() - left, COLUMN * theme.current().scale * len(self._shape.columns))
        tall = min(self.height() - self._top() - 4, self._row_height() * len(self._shape.rows))
        return QRectF(left, self._top(), wide, tall)

    def _box(self, square: Square) -> QRectF:
        area, shape = self._area(), self._shape
        width, height = area.width() / len(shape.columns), area.height() / len(shape.rows)
        box = QRectF(area.left() + square.column * width, area.top() + square.row * height, width, height)
        return box.adjusted(0, 0, -GAP, -GAP)

    def place_at(self, spot: QPointF) -> int:
        """The square at a spot."""
        return next((n for n, one in enumerate(self._squares) if self._box(one).contains(spot)), -1)

    def box_of(self, place: int) -> QRectF:
        """A square."""
        return self._box(self._squares[place])

    def paint(self, painter: QPainter) -> None:
        """Draw the words at the edges, then the squares."""
        self._paint_edges(painter)
        for square in self._shape.squares:
            self._paint_square(painter, square)

    def _paint_edges(self, painter: QPainter) -> None:
        now, area, shape = theme.current(), self._area(), self._shape
        line = now.line_height("small")
        painter.setFont(now.font("small"))
        painter.setPen(now.color("text_3"))
        width, height = area.width() / len(shape.columns), area.height() / len(shape.rows)
        if shape.column_title:
            room = QRectF(area.left(), 0, area.width(), line)
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft, shape.column_title)
        if shape.row_title:
            painter.save()
            painter.translate(0, area.bottom())
            painter.rotate(-90)
            painter.drawText(QRectF(0, 0, area.height(), line), Qt.AlignmentFlag.AlignLeft, shape.row_title)
            painter.restore()
        painter.setPen(now.color("text_2"))
        for place, text in enumerate(shape.columns):
            room = QRectF(area.left() + place * width, area.top() - line - 4, width - GAP, line)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, cut("small", text, room.width()))
        title = line + 8 if shape.row_title else 0
        for place, text in enumerate(shape.rows):
            room = QRectF(title, area.top() + place * height, area.left() - title - 10, height - GAP)
            middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(room, middle, cut("small", text, room.width()))

    def _paint_square(self, painter: QPainter, square: Square) -> None:
        now, box = theme.current(), self._box(square)
        strength = min(1.0, max(0.0, square.strength))
        fill = theme.mix(now.color("bg_sunken"), now.color("series_1"), strength)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(box, 3, 3)
        ink = max((now.color("text"), now.color("bg_surface")), key=lambda one: contrast(fill, one))
        if not strength:
            ink = now.color("text_3")
        first, second = now.line_height("strong"), now.line_height("axis")
        both = bool(square.detail) and box.height() >= first + second + 2
        top = box.top() + (box.height() - first - (second if both else 0)) / 2
        painter.setFont(now.font("strong"))
        painter.setPen(ink)
        room = QRectF(box.left() + 4, top, box.width() - 8, first)
        text = square.text
        if square.detail and not both:
            together = f"{square.text}, {square.detail}"
            text = together if text_width("strong", together) <= room.width() else text
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, cut("strong", text, room.width()))
        if both:
            painter.setFont(now.font("axis"))
            painter.setPen(ink)
            room = QRectF(box.left() + 4, top + first, box.width() - 8, second)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, cut("axis", square.detail, room.width()))


def contrast(one: QColor, other: QColor) -> float:
    """How well two colours stand out from each other, from 1 to 21."""
    bright = sorted((_luminance(one), _luminance(other)))
    return (bright[1] + 0.05) / (bright[0] + 0.05)


def _luminance(color: QColor) -> float:
    parts = (color.redF(), color.greenF(), color.blueF())
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
