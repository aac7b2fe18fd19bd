"""Small charts painted in theme colours: bars and lines, each with the same figures in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from crmdesk.qt import theme
from crmdesk.qt.buttons import paint_focus_ring
from crmdesk.qt.plain_text import tip_text

_FOOT = 18


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: name under it, value, how the value reads, and the token of its colour."""

    label: str
    value: float
    text: str = ""
    color: str = "series_muted"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its name, its values, and whether it is the second, dashed one."""

    name: str
    values: tuple[float, ...]
    dashed: bool = False


class BarChart(QWidget):
    """Upright bars; arrow keys walk over them, each is named in a tool tip."""

    chosen = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Start without bars; the name says what they show."""
        super().__init__(parent)
        self._name = name
        self._bars: tuple[Bar, ...] = ()
        self._limit: float | None = None
        self._at = -1
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(name)

    def set_bars(self, bars: Sequence[Bar], limit: float | None = None) -> None:
        """Show these bars, and a dashed line at a limit."""
        self._bars, self._limit, self._at = tuple(bars), limit, -1
        self.setAccessibleDescription(", ".join(self.words()))
        self.update()

    def words(self) -> list[str]:
        """The same figures in words, one per bar."""
        return [f"{bar.label} {bar.text or bar.value}" for bar in self._bars]

    def sizeHint(self) -> QSize:
        """A small chart."""
        return QSize(240, 96)

    def _boxes(self) -> list[QRectF]:
        count = len(self._bars)
        top = max([bar.value for bar in self._bars] + [self._limit or 0.0, 1e-9])
        height = self.height() - _FOOT - 4
        step = self.width() / max(1, count)
        width = max(2.0, step - 6)
        boxes = []
        for place, bar in enumerate(self._bars):
            tall = max(1.0, height * max(0.0, bar.value) / top)
            boxes.append(QRectF(place * step + 3, 4 + height - tall, width, tall))
        return boxes

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw bars, names and the limit."""
        now = theme.current()
        painter = QPainter(self)
        painter.setFont(now.font("axis"))
        foot = self.height() - _FOOT
        for bar, box in zip(self._bars, self._boxes(), strict=True):
            painter.fillRect(box, now.color(bar.color))
            painter.setPen(now.color("axis"))
            room = QRectF(box.left() - 3, foot, box.width() + 6, _FOOT)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, bar.label)
        if self._limit:
            top = max([bar.value for bar in self._bars] + [self._limit])
            y = 4 + (foot - 4) * (1 - self._limit / top)
            painter.setPen(QPen(now.color("text_2"), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(0, y), QPointF(self.width(), y))
        if self.hasFocus() and 0 <= self._at < len(self._bars):
            paint_focus_ring(painter, self._boxes()[self._at].adjusted(-3, -3, 3, 3), 3)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Name the bar under the pointer."""
        place = self._place(event.position().x())
        words = self.words()
        told = words[place] if 0 <= place < len(words) else ""
        QToolTip.showText(event.globalPosition().toPoint(), tip_text(told), self)

    def _place(self, x: float) -> int:
        return int(x // (self.width() / len(self._bars))) if self._bars else -1

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click chooses a bar."""
        place = self._place(event.position().x())
        if 0 <= place < len(self._bars):
            self.chosen.emit(place)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Start at the first bar."""
        super().focusInEvent(event)
        self._walk(0 if self._at < 0 else self._at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys walk, Enter chooses."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._walk(self._at + (1 if event.key() == Qt.Key.Key_Right else -1))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at >= 0:
            self.chosen.emit(self._at)
        else:
            super().keyPressEvent(event)

    def _walk(self, place: int) -> None:
        if self._bars:
            self._at = max(0, min(len(self._bars) - 1, place))
            self.setAccessibleName(f"{self._name}: {self.words()[self._at]}")
            self.update()


class LineChart(QWidget):
    """One or two lines over the same steps; the second is dashed, names stand at their ends."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Start without lines; the name says what they show."""
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines."""
        self._lines = tuple(lines)
        words = [f"{line.name}: {', '.join(f'{value:g}' for value in line.values)}" for line in lines]
        self.setAccessibleDescription("; ".join(words))
        self.update()

    def sizeHint(self) -> QSize:
        """A small chart."""
        return QSize(320, 140)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines and their names."""
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(now.font("axis"))
        top = max([max(line.values, default=0.0) for line in self._lines] + [1e-9])
        room = QRectF(self.rect()).adjusted(2, 8, -72, -8)
        for line in self._lines:
            color = now.color("series_2" if line.dashed else "series_1")
            steps = max(1, len(line.values) - 1)
            points = [
                QPointF(room.left() + room.width() * at / steps, room.bottom() - room.height() * value / top)
                for at, value in enumerate(line.values)
            ]
            painter.setPen(QPen(color, 2, Qt.PenStyle.DashLine if line.dashed else Qt.PenStyle.SolidLine))
            painter.drawPolyline(QPolygonF(points))
            if points:
                painter.drawText(points[-1] + QPointF(6, 4), line.name)
