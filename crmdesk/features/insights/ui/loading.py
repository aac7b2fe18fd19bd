"""Grey bars in place of text while a finding is reckoned."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from crmdesk.core.i18n import _
from crmdesk.qt import theme

ROWS = 12
WIDTHS = (0.62, 0.4, 0.52, 0.34)


class GreyBars(QWidget):
    """Rows of the usual height, without movement."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing but the bars."""
        super().__init__(parent)
        self.setAccessibleName(_("Reckoning"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars."""
        now, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.color("bg_pressed"))
        height = now.size("row")
        for place in range(ROWS):
            width = (self.width() - 32) * WIDTHS[place % len(WIDTHS)]
            painter.drawRoundedRect(QRectF(16, 16 + place * height, width, 10), 3, 3)
