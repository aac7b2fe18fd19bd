"""The time slider under the quadrant: two years of cluster counts and the month one looks at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from crmdesk.core.dates import show_month
from crmdesk.core.i18n import _
from crmdesk.qt import theme
from crmdesk.qt.buttons import paint_focus_ring
from crmdesk.qt.glyphs import cluster_label
from crmdesk.qt.quadrant.points import CLUSTERS

BARS, TRACK, KNOB = 40, 54, 6.0
TRAIL_MONTHS = 12
PALE = 0.4
INKS = (("marginal", "marginal_mark"), ("maintain", "maintain"), ("develop", "develop"), ("key", "key"))


@dataclass(frozen=True, slots=True)
class MonthCounts:
    """How many customers each cluster held in one month."""

    month: date
    counts: Mapping[str, int]


class TimeSlider(QWidget):
    """A row of stacked bars over a track; arrows step a month, Home and End jump."""

    month_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without months."""
        super().__init__(parent)
        self._months: Sequence[MonthCounts] = ()
        self._chosen = 0
        self._edges = (0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Month shown"))
        theme.signals.changed.connect(self.updateGeometry)

    def set_months(self, months: Sequence[MonthCounts]) -> None:
        """Show these months, oldest first, and look at the last one."""
        self._months = months
        self._show(len(months) - 1)

    def set_edges(self, left: int, right: int) -> None:
        """Begin and end at these pixels, those of the plot above."""
        self._edges = (left, right)
        self.update()

    def chosen(self) -> int:
        """The number of the month one looks at."""
        return self._chosen

    def choose(self, number: int) -> None:
        """Look at a month and tell so."""
        number = min(max(number, 0), len(self._months) - 1)
        if self._months and number != self._chosen:
            self._show(number)
            self.month_chosen.emit(number)

    def sizeHint(self) -> QSize:
        """Room for bars, track and one line of text."""
        return QSize(400, TRACK + 14 + theme.current().line_height("axis"))

    def _show(self, number: int) -> None:
        self._chosen = max(0, number)
        if self._months:
            month = self._months[self._chosen]
            counts = [f"{cluster_label(c)} {month.counts.get(c, 0)}" for c in CLUSTERS]
            self.setAccessibleDescription(", ".join([show_month(month.month), *counts]))
        self.update()

    def _span(self) -> tuple[float, float]:
        left, right = self._edges
        return (float(left), float(right)) if right > left else (8.0, self.width() - 8.0)

    def _place(self, number: int) -> float:
        """The pixel of a month on the track; the last one is at the right end."""
        left, right = self._span()
        return left + (right - left) * (number + 1) / max(1, len(self._months))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step or jump."""
        keys = Qt.Key
        last = len(self._months) - 1
        goals = {
            keys.Key_Left: self._chosen - 1,
            keys.Key_Right: self._chosen + 1,
            keys.Key_Home: 0,
            keys.Key_End: last,
        }
        goal = {int(key): number for key, number in goals.items()}.get(event.key())
        if goal is None:
            super().keyPressEvent(event)
        else:
            self.choose(goal)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Look at the month under the mouse."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose_at(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mouse while it is held."""
        self._choose_at(event.position().x())

    def _choose_at(self, x: float) -> None:
        left, right = self._span()
        self.choose(int((x - left) / max(1.0, right - left) * len(self._months)))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw bars, track and names of months."""
        if not self._months:
            return
        painter = QPainter(self)
        self._paint_bars(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_track(painter)
        self._paint_months(painter)

    def _paint_bars(self, painter: QPainter) -> None:
        now = theme.current()
        most = max(sum(month.counts.values()) for month in self._months) or 1
        start = self._chosen - TRAIL_MONTHS
        for number, month in enumerate(self._months):
            x0, x1, top = round(self._place(number - 1)), round(self._place(number)), float(BARS)
            for cluster, token in INKS:
                height = month.counts.get(cluster, 0) / most * BARS
                ink = QColor(now.color(token))
                ink.setAlphaF(0.7 if start < number <= self._chosen else 0.7 * PALE)
                painter.fillRect(QRectF(x0, top - height, x1 - x0 - 1, max(0.0, height - 1)), ink)
                top -= height

    def _paint_track(self, painter: QPainter) -> None:
        now = theme.current()
        left, right = self._span()
        begin, today = self._place(max(-1, self._chosen - TRAIL_MONTHS)), self._place(self._chosen)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.color("bg_pressed"))
        painter.drawRoundedRect(QRectF(left, TRACK - 2, right - left, 4), 2, 2)
        painter.setBrush(now.color("accent_fill"))
        painter.drawRect(QRectF(begin, TRACK - 2, today - begin, 4))
        painter.drawEllipse(QPointF(today, TRACK), KNOB, KNOB)
        painter.setBrush(now.color("bg_surface"))
        painter.setPen(QPen(now.color("accent_fill"), 2))
        painter.drawEllipse(QPointF(begin, TRACK), KNOB - 1.5, KNOB - 1.5)
        if self.hasFocus():
            paint_focus_ring(painter, QRectF(today - 10, TRACK - 10, 20, 20), 10)

    def _paint_months(self, painter: QPainter) -> None:
        """Write the month looked at, the start of the trails and the two ends, where they fit."""
        now = theme.current()
        start, last = self._chosen - TRAIL_MONTHS, len(self._months) - 1
        wanted = [(self._chosen, show_month(self._months[self._chosen].month), "text")]
        if start >= 0:
            trail = _("Trail from {month}").format(month=show_month(self._months[start].month))
            wanted.append((start, trail, "text"))
        wanted += [(n, show_month(self._months[n].month), "axis") for n in (0, last)]
        painter.setFont(now.font("axis"))
        metrics, taken = QFontMetrics(now.font("axis")), list[QRectF]()
        for number, text, token in wanted:
            width = metrics.horizontalAdvance(text) + 2.0
            left, right = self._span()
            x = min(max(self._place(number) - width / 2, left), right - width)
            box = QRectF(x, TRACK + 10, width, metrics.height())
            if not any(box.adjusted(-8, 0, 8, 0).intersects(other) for other in taken):
                taken.append(box)
                painter.setPen(now.color(token))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
