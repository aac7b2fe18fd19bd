"""What the quadrant draws, from back to front: tinted regions, points, then lines, rings and names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QGraphicsObject, QStyleOptionGraphicsItem, QWidget

from crmdesk.qt import theme
from crmdesk.qt.quadrant.names import Name
from crmdesk.qt.quadrant.points import BAND, CLUSTERS, Frame, Placed
from crmdesk.qt.quadrant.raster import SYMBOLS_UP_TO

QUIET = 0.62
HALO = 3.0
Trail = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Marks:
    """Where the two cuts lie, in pixels, and which cluster is chosen."""

    frame: Frame
    cut_x: float
    cut_y: float
    chosen: str = ""

    def region(self, cluster: str) -> QRectF:
        """The rectangle of a cluster."""
        right = cluster in ("key", "maintain")
        upper = cluster in ("key", "develop")
        x0, x1 = (self.cut_x, self.frame.width) if right else (float(BAND), self.cut_x)
        y0, y1 = (0.0, self.cut_y) if upper else (self.cut_y, self.frame.bottom)
        return QRectF(x0, y0, x1 - x0, y1 - y0)

    def cluster_at(self, x: float, y: float) -> str:
        """The cluster whose region holds a pixel; the zero bands belong to the low halves."""
        if y < self.cut_y:
            return "key" if x >= self.cut_x else "develop"
        return "maintain" if x >= self.cut_x else "marginal"


class Layer(QGraphicsObject):
    """A picture that covers the drawing area, in its pixels."""

    def __init__(self, depth: float) -> None:
        """Lie at a depth and leave the mouse to the chart."""
        super().__init__()
        self.setZValue(depth)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._size = QRectF(0, 0, 1, 1)

    def resize_to(self, frame: Frame) -> None:
        """Cover the drawing area of a frame."""
        self.prepareGeometryChange()
        self._size = QRectF(0, 0, frame.width, frame.height)

    def boundingRect(self) -> QRectF:
        """The whole drawing area."""
        return self._size


class Regions(Layer):
    """The four tinted regions, the zero bands, and gaps for the grid."""

    def __init__(self) -> None:
        """Lie behind everything."""
        super().__init__(-10)
        self._marks: Marks | None = None
        self._grid: tuple[Sequence[float], Sequence[float]] = ((), ())

    def show_marks(self, marks: Marks, grid: tuple[Sequence[float], Sequence[float]]) -> None:
        """Show other cuts, another chosen cluster or other grid lines."""
        self._marks, self._grid = marks, grid
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Fill bands and regions, then cut the grid out of them."""
        if self._marks is None:
            return
        marks, now = self._marks, theme.current()
        frame, surface = marks.frame, now.color("bg_surface")
        painter.fillRect(QRectF(0, 0, BAND - 1, frame.height), now.color("bg_sunken"))
        painter.fillRect(QRectF(0, frame.bottom + 1, frame.width, BAND - 1), now.color("bg_sunken"))
        for cluster in CLUSTERS:
            tint = now.color(f"{cluster}_tint")
            if marks.chosen and cluster != marks.chosen:
                tint = theme.mix(surface, tint, QUIET)
            painter.fillRect(marks.region(cluster), tint)
        for x in self._grid[0]:
            painter.fillRect(QRectF(round(x), 0, 1, frame.bottom), surface)
        for y in self._grid[1]:
            painter.fillRect(QRectF(BAND, round(y), frame.width - BAND, 1), surface)


class PointLayer(Layer):
    """All points as one picture."""

    def __init__(self) -> None:
        """Lie between regions and names."""
        super().__init__(0)
        self._picture = QPixmap()

    def show_picture(self, picture: QPixmap) -> None:
        """Show a newly drawn picture."""
        self._picture = picture
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Copy the picture."""
        painter.drawPixmap(QPointF(0, 0), self._picture)


class Overlay(Layer):
    """Cut lines, trails, rings, names and the outline of a lasso."""

    def __init__(self) -> None:
        """Lie before everything."""
        super().__init__(10)
        self.marks: Marks | None = None
        self.placed: Placed | None = None
        self.names: Sequence[Name] = ()
        self.trails: Sequence[Trail] = ()
        self.selected: int | None = None
        self.hovered: int | None = None
        self.outline: Sequence[tuple[float, float]] = ()
        self.ring = False

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw lines first and names last."""
        if self.marks is None or self.placed is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for trail in self.trails:
            self._paint_trail(painter, trail)
        self._paint_cuts(painter, self.marks)
        self._paint_rings(painter, self.placed)
        self._paint_names(painter)
        self._paint_outline(painter)

    def _paint_cuts(self, painter: QPainter, marks: Marks) -> None:
        """Draw both lines dashed, on a pale ground where a crowd of points would swallow them."""
        ground, ink = QColor(theme.current().color("bg_surface")), theme.current().color("text_2")
        ground.setAlphaF(0.55)
        dashed = QPen(ink, 1)
        dashed.setDashPattern([4, 3])
        x, y = round(marks.cut_x) + 0.5, round(marks.cut_y) + 0.5
        crowd = self.placed is not None and len(self.placed.points) > SYMBOLS_UP_TO
        for pen in (QPen(ground, 3), dashed) if crowd else (dashed,):
            painter.setPen(pen)
            painter.drawLine(QPointF(x, 0), QPointF(x, marks.frame.bottom))
            painter.drawLine(QPointF(BAND, y), QPointF(marks.frame.width, y))

    def _paint_trail(self, painter: QPainter, trail: Trail) -> None:
        """Draw the way of one customer, stronger towards today, with a dot at each quarter."""
        base = theme.current().color("text_2")
        steps = max(1, len(trail) - 1)
        for n, (start, end) in enumerate(pairwise(trail), 1):
            ink = QColor(base)
            ink.setAlphaF(0.3 + 0.7 * n / steps)
            painter.setPen(QPen(ink, 1.0 + 1.2 * n / steps))
            painter.drawLine(QPointF(*start), QPointF(*end))
            if (steps - n + 1) % 3 == 0:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(ink)
                painter.drawEllipse(QPointF(*start), 2, 2)

    def _paint_rings(self, painter: QPainter, placed: Placed) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for customer, token, width, away in (
            (self.hovered, "text_2", 1.0, 2.5),
            (self.selected, "focus", 2.0, 4.0),
        ):
            if customer is not None:
                reach = float(placed.radius[customer]) + away
                painter.setPen(QPen(theme.current().color(token), width))
                painter.drawEllipse(
                    QPointF(float(placed.x[customer]), float(placed.y[customer])), reach, reach
                )

    def _paint_names(self, painter: QPainter) -> None:
        now = theme.current()
        halo = QPen(now.color("bg_surface"), HALO)
        halo.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        for name in self.names:
            painter.strokePath(name.outline, halo)
        for name in self.names:
            painter.fillPath(name.outline, now.color("text"))

    def _paint_outline(self, painter: QPainter) -> None:
        now = theme.current()
        if self.outline:
            inside = QColor(now.color("focus"))
            inside.setAlphaF(0.12)
            painter.setBrush(inside)
            painter.setPen(QPen(now.color("focus"), 1))
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in self.outline]))
        if self.ring:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(now.color("focus"), 2))
            painter.drawRect(self._size.adjusted(1, 1, -1, -1))
