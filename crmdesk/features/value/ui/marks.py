"""Small marks of the value screens: three blocks of evidence, grey bars while values are reckoned."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crmdesk.core.i18n import N_, _
from crmdesk.features.knowledge.evidence import Level
from crmdesk.qt import theme

BLOCKS = {Level.UNKNOWN: 0, Level.ASSUMED: 1, Level.SHRUNK: 2, Level.MODEL: 3}
WORDS = {
    Level.MODEL: N_("Model"),
    Level.SHRUNK: N_("Averages"),
    Level.ASSUMED: N_("Assumption"),
    Level.UNKNOWN: N_("Unknown"),
}
DELAY = 200


class EvidenceBlocks(QWidget):
    """Three blocks: one for an assumption, two for averages, three for a tested model."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start with nothing known."""
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_level(Level.UNKNOWN)

    def set_level(self, level: Level) -> None:
        """Show another level."""
        self.full = BLOCKS[level]
        self.setAccessibleName(_("{n} of 3: {word}").format(n=self.full, word=_(WORDS[level])))
        self.update()

    def sizeHint(self) -> QSize:
        """Three blocks of 18 by 8."""
        return QSize(62, theme.current().line_height("body"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the blocks, the full ones first."""
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for place in range(3):
            painter.setBrush(now.color("accent_fill" if place < self.full else "border"))
            painter.drawRoundedRect(QRectF(place * 21, (self.height() - 8) / 2, 18, 8), 3, 3)


class GreyBars(QWidget):
    """Bars in place of text while something is reckoned; they come after a moment only."""

    due = Signal()

    def __init__(self, rows: int, row: int, parent: QWidget | None = None) -> None:
        """Prepare so many rows of a height; nothing is drawn yet."""
        super().__init__(parent)
        self._rows, self._row, self.shown = rows, row, False
        self.setAccessibleName(_("Reckoning values"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY)
        self._timer.timeout.connect(self._draw)

    def begin(self) -> None:
        """Wait a moment, then draw the bars."""
        if not self._timer.isActive() and not self.shown:
            self._timer.start()

    def end(self) -> None:
        """Draw nothing any more."""
        self._timer.stop()
        self.shown = False
        self.update()

    def _draw(self) -> None:
        self.shown = True
        self.update()
        self.due.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars where they are due."""
        if not self.shown:
            return
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.color("bg_pressed"))
        height = round(self._row * now.scale)
        for place in range(self._rows):
            middle, width = place * height + height / 2, self.width() - 48
            painter.drawRoundedRect(QRectF(24, middle - 5, width * (0.42 - 0.06 * (place % 3)), 10), 3, 3)
            painter.drawRoundedRect(QRectF(24 + width * 0.86, middle - 5, width * 0.14, 10), 3, 3)
