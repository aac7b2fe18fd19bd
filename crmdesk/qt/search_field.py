"""The search field: an icon, a hint of its key, results after a short rest of the hands."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from crmdesk.core.i18n import _
from crmdesk.qt import icons, theme
from crmdesk.qt.buttons import IconButton


class SearchField(QLineEdit):
    """A field of 32 that sends `searched` shortly after typing; Esc clears it."""

    searched = Signal(str)
    left_down = Signal()

    def __init__(self, hint: str, keys: str = "", delay: int = 120, parent: QWidget | None = None) -> None:
        """Make a search field; the hint is its name too."""
        super().__init__(parent)
        self._keys = keys
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(delay)
        self._timer.timeout.connect(self._send)
        self._sent = ""
        self._clear = IconButton("x", _("Clear the search"), size=14, parent=self)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.setCursor(Qt.CursorShape.ArrowCursor)
        self._clear.hide()
        self._clear.clicked.connect(self.clear_now)
        self.textChanged.connect(self._typed)
        theme.signals.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.setTextMargins(round(24 * theme.current().scale), 0, 26, 0)

    def _typed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._clear.move(self.width() - self._clear.width() - 1, (self.height() - self._clear.height()) // 2)
        self._timer.start()

    def _send(self) -> None:
        if self.text() != self._sent:
            self._sent = self.text()
            self.searched.emit(self._sent)

    def clear_now(self) -> None:
        """Empty the field and tell at once."""
        self.clear()
        self._timer.stop()
        self._send()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears, Enter does not wait, Down leaves for the list."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear_now()
        elif event.key() == Qt.Key.Key_Down:
            self._timer.stop()
            self._send()
            self.left_down.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._timer.stop()
            self._send()
            super().keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, the icon and the key hint."""
        super().paintEvent(event)
        now = theme.current()
        painter = QPainter(self)
        box = self.rect().adjusted(9, 0, 0, 0)
        box.setWidth(round(18 * now.scale))
        icons.paint_icon(painter, box.toRectF(), "search", "text_3")
        if self._keys and not self.text():
            painter.setFont(now.font("axis"))
            painter.setPen(now.color("text_3"))
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(self.rect().adjusted(0, 0, -10, 0), right, self._keys)
