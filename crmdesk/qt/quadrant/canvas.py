"""The drawing area of the quadrant: a plot without any of its usual menus, buttons and mouse zoom."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from crmdesk.qt import theme
from crmdesk.qt.quadrant.axes import AmountAxis
from crmdesk.qt.quadrant.layers import Layer, Overlay, PointLayer, Regions
from crmdesk.qt.quadrant.points import Frame

RIGHT, TOP = 20, 8


class Canvas(pg.PlotWidget):
    """A plot of three layers that tells where the mouse is, in pixels of its drawing area."""

    pressed = Signal(QPointF, bool)
    moved = Signal(QPointF)
    released = Signal(QPointF)
    left = Signal()
    resized = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Make an empty plot with our two axes."""
        self.below, self.beside = AmountAxis("bottom"), AmountAxis("left")
        super().__init__(parent, background=None, axisItems={"bottom": self.below, "left": self.beside})
        plot = self.getPlotItem()
        plot.hideButtons()
        plot.setMenuEnabled(False)
        plot.layout.setContentsMargins(0, TOP, RIGHT, 0)
        self._view = plot.getViewBox()
        self._view.setMouseEnabled(False, False)
        self._view.setDefaultPadding(0)
        self._view.disableAutoRange()
        self.regions, self.points, self.overlay = Regions(), PointLayer(), Overlay()
        for layer in self._layers():
            layer.setParentItem(self._view)
        self._view.sigResized.connect(self.resized)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(self.Shape.NoFrame)
        self.recolor()

    def _layers(self) -> Sequence[Layer]:
        return self.regions, self.points, self.overlay

    def recolor(self) -> None:
        """Take the background of the theme."""
        self.setBackground(theme.current().color("bg_surface"))

    def area(self) -> QRectF:
        """The drawing area, zero bands included, in pixels of this widget."""
        box: QRectF = self._view.sceneBoundingRect()
        return QRectF(self.mapFromScene(box.topLeft()), box.size())

    def lay(self, frame: Frame) -> None:
        """Fit layers and axes to a frame."""
        (x0, x1), (y0, y1) = frame.view()
        self._view.setRange(xRange=(x0, x1), yRange=(y0, y1), padding=0)
        for layer in self._layers():
            layer.resize_to(frame)

    def inside(self, spot: QPoint) -> QPointF:
        """A place on this widget in pixels of the drawing area."""
        return QPointF(spot) - self.area().topLeft()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell where the left button went down, and whether Shift was held."""
        if event.button() == Qt.MouseButton.LeftButton:
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.pressed.emit(self.inside(event.position().toPoint()), shift)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell where the mouse is."""
        self.moved.emit(self.inside(event.position().toPoint()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell where the left button came up."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.released.emit(self.inside(event.position().toPoint()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take a double click as a click."""
        self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Leave the menu to the page."""
        event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that the mouse has gone."""
        super().leaveEvent(event)
        self.left.emit()
