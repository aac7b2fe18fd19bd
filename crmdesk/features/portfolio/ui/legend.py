"""The line under the head: what the colours and the sizes of the points mean."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from crmdesk.core.i18n import _
from crmdesk.qt import theme
from crmdesk.qt.plain_text import tip_text

HEIGHT, DOT, GAP, ROOMY = 26, 5.0, 14, 640


class Legend(QWidget):
    """A painted line of dots and words; what does not fit is left out from the end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._entries: Sequence[tuple[str, str]] = ()
        self._title, self._sizes, self._left = "", "", 0
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.signals.changed.connect(self.updateGeometry)

    def set_colours(self, title: str, entries: Sequence[tuple[str, str]]) -> None:
        """Say what is coloured by, and what each colour token means."""
        self._title, self._entries = title, entries
        self._name()

    def set_sizes(self, text: str) -> None:
        """Say what the smallest and the largest point stand for."""
        self._sizes = text
        self._name()

    def set_left(self, pixels: int) -> None:
        """Begin at the left edge of the plot."""
        self._left = pixels
        self.update()

    def _name(self) -> None:
        words = ", ".join(text for _token, text in self._entries)
        told = _("Colour: {title}, {words}. Size: {sizes}.")
        self.setAccessibleName(told.format(title=self._title, words=words, sizes=self._sizes))
        self.setToolTip(tip_text(self.accessibleName()))
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(200, round(HEIGHT * theme.current().scale))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the colours from the left, the sizes at the right end."""
        now, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(now.font("small"))
        metrics = QFontMetrics(now.font("small"))
        middle, centre = Qt.AlignmentFlag.AlignVCenter, self.height() / 2
        right = self.width() - self._paint_sizes(painter, metrics)
        x = float(self._left)
        painter.setPen(now.color("text_3"))
        painter.drawText(QRectF(x, 0, right - x, self.height()), middle, self._title)
        x += metrics.horizontalAdvance(self._title) + GAP
        for token, text in self._entries:
            width = metrics.horizontalAdvance(text)
            if x + 2 * DOT + 6 + width > right - GAP:
                return
            painter.setPen(QPen(now.color("point_edge"), 1))
            painter.setBrush(now.color(token))
            painter.drawEllipse(QPointF(x + DOT, centre), DOT, DOT)
            painter.setPen(now.color("text_2"))
            painter.drawText(QRectF(x + 2 * DOT + 6, 0, width + 2, self.height()), middle, text)
            x += 2 * DOT + 6 + width + GAP

    def _colours_end(self, metrics: QFontMetrics) -> float:
        """Where the colours end: they come before the sizes where there is no room for both."""
        words = (self._title, *(text for _token, text in self._entries))
        marks = len(self._entries) * (2 * DOT + 6)
        return self._left + marks + sum(metrics.horizontalAdvance(word) + GAP for word in words)

    def _paint_sizes(self, painter: QPainter, metrics: QFontMetrics) -> float:
        """Draw a small and a large ring before the range of sizes; gives the width used."""
        now = theme.current()
        width = metrics.horizontalAdvance(self._sizes)
        if not self._sizes or self.width() < max(ROOMY * now.scale, self._colours_end(metrics) + width + 38):
            return 0
        box = QRectF(self.width() - width - 2, 0, width + 2, self.height())
        painter.setPen(now.color("text_2"))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self._sizes)
        painter.setPen(QPen(now.color("text_3"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(box.left() - 13, self.height() / 2), 8, 8)
        painter.drawEllipse(QPointF(box.left() - 29, self.height() / 2), 3.5, 3.5)
        return width + 38.0
