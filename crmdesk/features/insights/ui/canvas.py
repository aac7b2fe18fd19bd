"""What all charts share: a name, their content in words, a walk by arrow keys, a click."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from crmdesk.qt import theme
from crmdesk.qt.buttons import paint_focus_ring
from crmdesk.qt.plain_text import tip_text

_STEPS = (
    (Qt.Key.Key_Left, -1),
    (Qt.Key.Key_Up, -1),
    (Qt.Key.Key_Right, 1),
    (Qt.Key.Key_Down, 1),
)
_BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class Canvas(QWidget):
    """A chart; its pieces can be walked over, and each says itself in words."""

    opened = Signal(tuple)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Start with a name; the child class holds what is drawn."""
        super().__init__(parent)
        self._name = name
        self._at = -1
        self._ring = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(name)
        theme.signals.changed.connect(self.updateGeometry)

    def words(self) -> Sequence[str]:
        """The same figures in words, one line for each piece."""
        return ()

    def opens(self, place: int) -> tuple[str, ...]:
        """The customers a piece opens."""
        return ()

    def place_at(self, spot: QPointF) -> int:
        """The piece at a spot, or -1."""
        return -1

    def box_of(self, place: int) -> QRectF:
        """Where a piece stands, for the ring."""
        return QRectF()

    def paint(self, painter: QPainter) -> None:
        """Draw everything; the child class says how."""

    def tell(self) -> None:
        """Say the content to those who cannot see it."""
        self.setAccessibleDescription(". ".join(self.words()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chart and the ring around the piece the keys have reached."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint(painter)
        if self._ring and self.hasFocus() and self._at >= 0 and self.box_of(self._at).isValid():
            paint_focus_ring(painter, self.box_of(self._at), 3)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say the piece under the pointer."""
        place = self.place_at(event.position())
        words = self.words()
        told = words[place] if 0 <= place < len(words) else ""
        hand = bool(told) and bool(self.opens(place))
        self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)
        QToolTip.showText(event.globalPosition().toPoint(), tip_text(told), self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens the customers of a piece."""
        place = self.place_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place >= 0 and self.opens(place):
            self.opened.emit(self.opens(place))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first piece when a key led here."""
        super().focusInEvent(event)
        self._ring = event.reason() in _BY_KEY
        if self._ring:
            self._walk(max(0, self._at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys walk over the pieces, Enter opens one."""
        step = dict(_STEPS).get(Qt.Key(event.key()))
        if step is not None:
            self._ring = True
            self._walk(self._at + step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at >= 0 and self.opens(self._at):
            self.opened.emit(self.opens(self._at))
        else:
            super().keyPressEvent(event)

    def _walk(self, place: int) -> None:
        words = self.words()
        if words:
            self._at = max(0, min(len(words) - 1, place))
            self.setAccessibleName(f"{self._name}: {words[self._at]}")
            self.update()


def text_width(role: str, text: str) -> int:
    """How wide a text is in a type role."""
    return QFontMetrics(theme.current().font(role)).horizontalAdvance(text)


def cut(role: str, text: str, room: float) -> str:
    """A text that fits its room, with an ellipsis where it must be shortened."""
    metrics = QFontMetrics(theme.current().font(role))
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, int(room)))
