"""A row of tiny bars: the last quarters of one customer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crmdesk.qt import theme


def paint_bars(painter: QPainter, rect: QRectF, values: Sequence[float], gap: float = 1.5) -> None:
    """Draw values as bars that fill a rectangle; the last one is in the first series' colour."""
    if not values:
        return
    now = theme.current()
    top = max(max(values), 1e-9)
    width = (rect.width() - gap * (len(values) - 1)) / len(values)
    for index, value in enumerate(values):
        height = max(1.0, rect.height() * max(0.0, value) / top)
        token = "series_1" if index == len(values) - 1 else "series_muted"
        bar = QRectF(rect.left() + index * (width + gap), rect.bottom() - height, width, height)
        painter.fillRect(bar, now.color(token))


class Sparkline(QWidget):
    """Eight quarters as bars of 52 by 20."""

    def __init__(self, values: Sequence[float] = (), name: str = "", parent: QWidget | None = None) -> None:
        """Show values; the name says them in words."""
        super().__init__(parent)
        self._values = tuple(values)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_values(self, values: Sequence[float], name: str = "") -> None:
        """Show other values."""
        self._values = tuple(values)
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        """The size of the bars."""
        return QSize(52, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars."""
        paint_bars(QPainter(self), QRectF(self.rect()), self._values)
