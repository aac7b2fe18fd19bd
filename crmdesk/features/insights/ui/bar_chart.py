"""Lying bars with their words at the end: silence, ranges, shares, and the fall from opening to closing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPen
from PySide6.QtWidgets import QWidget

from crmdesk.features.insights.ui.canvas import Canvas, cut, text_width
from crmdesk.features.insights.ui.shapes import BarRow, Bars, Span
from crmdesk.qt import theme

BAR, LINE, PAD = 14, 18, 8


class LyingBars(Canvas):
    """Rows of bars; each row is one piece."""

    def __init__(self, shape: Bars, parent: QWidget | None = None) -> None:
        """Show rows of bars."""
        super().__init__(shape.name, parent)
        self._shape = shape
        values = [value for row in shape.rows for value in _values(row)]
        self._low, self._high = min([0.0, *values]), max([1e-9, *values])
        self.tell()

    def words(self) -> Sequence[str]:
        """A line for every row."""
        return self._shape.words

    def opens(self, place: int) -> tuple[str, ...]:
        """The customers of a row."""
        return self._shape.rows[place].opens if 0 <= place < len(self._shape.rows) else ()

    def _tall(self, row: BarRow) -> float:
        return (max(1, len(row.spans)) * LINE + PAD) * theme.current().scale

    def sizeHint(self) -> QSize:
        """All rows."""
        return QSize(520, round(sum(self._tall(row) for row in self._shape.rows)) + 8)

    def minimumSizeHint(self) -> QSize:
        """All rows: they do not shrink."""
        return QSize(320, self.sizeHint().height())

    def _edges(self) -> tuple[float, float]:
        labels = max((text_width("label", row.label) for row in self._shape.rows), default=0)
        texts = max(
            (text_width("small", span.text) for row in self._shape.rows for span in row.spans), default=0
        )
        left = min(labels + 14.0, self.width() * 0.34)
        return left, max(left + 40, self.width() - texts - 14.0)

    def _x(self, value: float) -> float:
        left, right = self._edges()
        return left + (right - left) * (value - self._low) / (self._high - self._low)

    def box_of(self, place: int) -> QRectF:
        """A whole row."""
        above = sum(self._tall(row) for row in self._shape.rows[:place])
        return QRectF(0, 4 + above, self.width(), self._tall(self._shape.rows[place]))

    def place_at(self, spot: QPointF) -> int:
        """The row at a spot."""
        rows = range(len(self._shape.rows))
        return next((place for place in rows if self.box_of(place).contains(spot)), -1)

    def paint(self, painter: QPainter) -> None:
        """Draw the base line, then row by row."""
        now = theme.current()
        base = round(self._x(0)) + 0.5
        painter.setPen(QPen(now.color("border"), 1))
        painter.drawLine(QPointF(base, 2), QPointF(base, self.height() - 2))
        for place, row in enumerate(self._shape.rows):
            box = self.box_of(place)
            self._paint_label(painter, row, box)
            for line, span in enumerate(row.spans):
                self._paint_span(painter, row, span, self._line_box(box, line, len(row.spans)))
            self._paint_marks(painter, row, box)
            if self._shape.fall and place:
                self._paint_link(painter, place)

    def _line_box(self, box: QRectF, line: int, lines: int) -> QRectF:
        height = LINE * theme.current().scale
        top = box.center().y() - height * lines / 2 + line * height
        return QRectF(box.left(), top, box.width(), height)

    def _paint_label(self, painter: QPainter, row: BarRow, box: QRectF) -> None:
        now, role = theme.current(), "label" if row.strong else "body"
        painter.setFont(now.font(role))
        painter.setPen(now.color("text"))
        room = QRectF(0, box.top(), self._edges()[0] - 12, box.height())
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, middle, cut(role, row.label, room.width()))

    def _paint_span(self, painter: QPainter, row: BarRow, span: Span, line: QRectF) -> None:
        now = theme.current()
        ends = sorted((self._x(span.start), self._x(span.end)))
        height = BAR * now.scale
        bar = QRectF(ends[0], line.center().y() - height / 2, max(2.0, ends[1] - ends[0]), height)
        color = now.color(span.color)
        if row.reach is None and span.start != span.end:
            painter.setPen(QPen(color, 1) if span.hatched else Qt.PenStyle.NoPen)
            painter.setBrush(QBrush(color, Qt.BrushStyle.BDiagPattern) if span.hatched else QBrush(color))
            painter.drawRoundedRect(bar, 2, 2)
        painter.setFont(now.font("small"))
        painter.setPen(now.color("text" if row.strong else "text_2"))
        room = QRectF(self._edges()[1] + 12, line.top(), self.width() - self._edges()[1] - 12, line.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, span.text)

    def _paint_marks(self, painter: QPainter, row: BarRow, box: QRectF) -> None:
        """A range as a line with its likely value as a dot, a tick for what is usual."""
        now, middle = theme.current(), box.center().y()
        if row.reach is not None:
            low, high = self._x(row.reach[0]), self._x(row.reach[1])
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(now.color("series_muted"))
            painter.drawRoundedRect(QRectF(low, middle - 3, max(2.0, high - low), 6), 3, 3)
            painter.setPen(QPen(now.color("bg_surface"), 1.5))
            painter.setBrush(now.color(row.spans[0].color))
            painter.drawEllipse(QPointF(self._x(row.spans[0].end), middle), 5, 5)
        if row.tick is not None:
            x = round(self._x(row.tick)) + 0.5
            painter.setPen(QPen(now.color("bg_surface"), 4))
            painter.drawLine(QPointF(x, middle - 9), QPointF(x, middle + 9))
            painter.setPen(QPen(now.color("text"), 2))
            painter.drawLine(QPointF(x, middle - 9), QPointF(x, middle + 9))

    def _paint_link(self, painter: QPainter, place: int) -> None:
        before, now = self._shape.rows[place - 1], theme.current()
        x = round(self._x(before.spans[-1].end)) + 0.5
        reach = BAR * now.scale / 2
        painter.setPen(QPen(now.color("axis"), 1, Qt.PenStyle.DotLine))
        painter.drawLine(
            QPointF(x, self.box_of(place - 1).center().y() + reach),
            QPointF(x, self.box_of(place).center().y() - reach),
        )


def _values(row: BarRow) -> list[float]:
    values = [value for span in row.spans for value in (span.start, span.end)]
    if row.tick is not None:
        values.append(row.tick)
    return [*values, *(row.reach or ())]
