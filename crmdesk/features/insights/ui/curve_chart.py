"""The curve of the 80/20 law: shares of customers against shares of a total, named on the curves."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from crmdesk.core import money
from crmdesk.core.i18n import Region
from crmdesk.features.insights.ui.canvas import Canvas, text_width
from crmdesk.features.insights.ui.shapes import Curve, Curves
from crmdesk.qt import theme

LEFT, TOP, FOOT, RIGHT = 44, 10, 40, 8
STEP = 0.2
NAME_FROM, NAME_TO, NAME_BELOW = 0.5, 0.74, 0.32


class CurveChart(Canvas):
    """One or two curves, the second dashed, with drop lines; nothing of them is clipped."""

    def __init__(self, shape: Curves, region: Region, parent: QWidget | None = None) -> None:
        """Show curves."""
        super().__init__(shape.name, parent)
        self._shape, self._region = shape, region
        self.tell()

    def words(self) -> Sequence[str]:
        """A line for every tenth of the customers."""
        return self._shape.words

    def sizeHint(self) -> QSize:
        """As large as the page allows."""
        return QSize(560, 330)

    def minimumSizeHint(self) -> QSize:
        """Small enough for the smallest window."""
        return QSize(320, 180)

    def area(self) -> QRectF:
        """The room of the curves inside the axes."""
        scale = theme.current().scale
        return QRectF(self.rect()).adjusted(LEFT * scale, TOP, -RIGHT, -FOOT * scale)

    def spot(self, x: float, y: float) -> QPointF:
        """Where a point of a curve stands."""
        area, shape = self.area(), self._shape
        part = (y - shape.bottom) / (shape.top - shape.bottom)
        return QPointF(area.left() + x * area.width(), area.bottom() - part * area.height())

    def place_at(self, spot: QPointF) -> int:
        """The nearest tenth of the customers."""
        area = self.area()
        if not area.contains(spot) or not self._shape.words:
            return -1
        count = len(self._shape.words)
        return max(0, min(count - 1, round(count * (spot.x() - area.left()) / area.width()) - 1))

    def box_of(self, place: int) -> QRectF:
        """The stripe of a tenth of the customers."""
        area, count = self.area(), len(self._shape.words)
        middle = area.left() + area.width() * (place + 1) / count
        return QRectF(middle - 5, area.top(), 10, area.height())

    def paint(self, painter: QPainter) -> None:
        """Draw axes, drop lines, curves and names."""
        self._paint_axes(painter)
        for curve in self._shape.curves:
            self._paint_drop(painter, curve)
        for curve in self._shape.curves:
            self._paint_curve(painter, curve)
        self._paint_mark_texts(painter)
        self._paint_names(painter)

    def _paint_axes(self, painter: QPainter) -> None:
        now, area, shape = theme.current(), self.area(), self._shape
        painter.setFont(now.font("axis"))
        line = now.line_height("axis")
        for step in range(round(shape.bottom / STEP), round(shape.top / STEP) + 1):
            y = round(self.spot(0, step * STEP).y()) + 0.5
            painter.setPen(QPen(now.color("axis" if step == 0 and shape.bottom < 0 else "grid"), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(now.color("axis"))
            room = QRectF(0, y - line / 2, area.left() - 8, line)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight, self._percent(step))
        for step in range(6):
            x = self.spot(step * STEP, 0).x()
            room = QRectF(x - 30, area.bottom() + 5, 60, line)
            if step == 5:
                room.moveRight(area.right())
            where = Qt.AlignmentFlag.AlignRight if step == 5 else Qt.AlignmentFlag.AlignHCenter
            painter.drawText(room, where, self._percent(step))
        painter.setFont(now.font("small"))
        foot = QRectF(area.left(), area.bottom() + 8 + line, area.width(), now.line_height("small"))
        painter.setPen(now.color("text_2"))
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight, shape.foot)
        painter.setPen(QPen(now.color("series_muted"), 1, Qt.PenStyle.DotLine))
        painter.drawLine(self.spot(0, 0), self.spot(1, 1))

    def _percent(self, step: int) -> str:
        return money.show_percent(100 * STEP * step, self._region, 0)

    def _paint_drop(self, painter: QPainter, curve: Curve) -> None:
        if curve.mark is None:
            return
        now, area = theme.current(), self.area()
        spot = self.spot(*curve.mark)
        painter.setPen(QPen(now.color(curve.color), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(area.left(), spot.y()), spot)
        painter.drawLine(spot, QPointF(spot.x(), area.bottom()))

    def _paint_curve(self, painter: QPainter, curve: Curve) -> None:
        now = theme.current()
        pen = QPen(now.color(curve.color), 2)
        if curve.dashed:
            pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([self.spot(0, 0), *(self.spot(*point) for point in curve.points)]))
        if curve.mark is not None:
            painter.setPen(QPen(now.color("bg_surface"), 1.5))
            painter.setBrush(now.color(curve.color))
            painter.drawEllipse(self.spot(*curve.mark), 5, 5)

    def _paint_mark_texts(self, painter: QPainter) -> None:
        now, area = theme.current(), self.area()
        marked = [curve for curve in self._shape.curves if curve.mark is not None]
        marked.sort(key=lambda curve: curve.mark or (0.0, 0.0))
        painter.setFont(now.font("small"))
        height = now.line_height("small")
        for place, curve in enumerate(marked):
            assert curve.mark is not None
            x, width = self.spot(*curve.mark).x(), text_width("small", curve.mark_text)
            after = marked[place + 1].mark if place + 1 < len(marked) else None
            limit = self.spot(*after).x() if after else area.right()
            left = x + 8 if x + 8 + width + 4 <= limit else x - 8 - width
            room = QRectF(left, area.bottom() - height - 14, width + 2, height)
            painter.fillRect(room, now.color("bg_surface"))
            painter.setPen(now.color("text_2"))
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft, curve.mark_text)

    def _paint_names(self, painter: QPainter) -> None:
        now, curves = theme.current(), self._shape.curves
        painter.setFont(now.font("label"))
        height = now.line_height("label")
        for place, curve in enumerate(curves):
            width = text_width("label", curve.name) + 2
            if place == 0:
                spot = self._beside_left(curve, width)
                room = QRectF(spot.x() - 10 - width, spot.y() - height / 2, width, height)
            else:
                far = max(other.reach(NAME_BELOW) for other in curves)
                room = QRectF(0, 0, width, height)
                room.moveTo(self.spot(far, NAME_BELOW) + QPointF(12, -height / 2))
            painter.fillRect(room, now.color("bg_surface"))
            painter.setPen(now.color(curve.color))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, curve.name)

    def _beside_left(self, curve: Curve, width: float) -> QPointF:
        """A spot on the first curve with room for its name at the left, as low as may be."""
        height = NAME_FROM
        while height < NAME_TO:
            nearest = min(other.reach(height) for other in self._shape.curves)
            spot = self.spot(nearest, height)
            if spot.x() - self.area().left() >= width + 14:
                return spot
            height += 0.03
        return self.spot(curve.reach(0.9) + 0.04 + width / max(1.0, self.area().width()), 0.86)
