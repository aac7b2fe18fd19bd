"""Chips, badges and segments: small labelled parts one can press or take away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QSizePolicy, QWidget

from crmdesk.core.i18n import _
from crmdesk.qt import icons, theme
from crmdesk.qt.buttons import KeyRingButton

_GAP = 6
_PAD = 9


class Chip(KeyRingButton):
    """A chip of 24: icon, word and strong part; look is plain, active, dashed or pressed."""

    closed = Signal()

    def __init__(
        self,
        text: str,
        strong: str = "",
        icon: str = "",
        look: str = "plain",
        closable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Make a chip; a closable one has a cross that sends `closed`."""
        super().__init__(parent)
        self._strong, self._icon_name, self._look, self._closable = strong, icon, look, closable
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_parts(text, strong)

    def set_parts(self, text: str, strong: str = "") -> None:
        """Change the word and the strong part after it."""
        self.setText(text)
        self._strong = strong
        self.setAccessibleName(f"{text} {strong}".strip())
        if self._closable:
            self.setAccessibleDescription(_("Delete removes it"))
        self.updateGeometry()
        self.update()

    def set_look(self, look: str) -> None:
        """Change between plain, active, dashed and pressed."""
        self._look = look
        self.update()

    def _widths(self) -> tuple[int, int, int, int]:
        now = theme.current()
        icon = round(14 * now.scale) + _GAP if self._icon_name else 0
        text = QFontMetrics(now.font("small")).horizontalAdvance(self.text())
        strong = QFontMetrics(now.font("small_label")).horizontalAdvance(self._strong)
        if strong and text:
            strong += 4
        return icon, text, strong, (18 if self._closable else 0)

    def sizeHint(self) -> QSize:
        """Room for all parts."""
        return QSize(sum(self._widths()) + 2 * _PAD, theme.current().size("chip"))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the cross takes the chip away."""
        if self._closable and event.position().x() >= self.width() - 22 and self.isDown():
            self.setDown(False)
            self.closed.emit()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete and Backspace take a closable chip away, Enter presses it."""
        if self._closable and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _frame(self, painter: QPainter) -> str:
        now = theme.current()
        over = self.underMouse() and self.isEnabled()
        fill, line, ink = ("bg_hover" if over else "bg_surface"), "border", "text"
        if self._look == "active":
            fill, line, ink = ("select_strong" if over else "select"), "", "accent"
        elif self._look == "pressed" or self.isDown() or self.isChecked():
            fill, line = "bg_pressed", ""
        painter.setBrush(now.color(fill))
        pen = QPen(now.color(line), 1) if line else QPen(Qt.PenStyle.NoPen)
        if self._look == "dashed":
            pen.setStyle(Qt.PenStyle.DashLine)
            ink = "text_2"
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        return ink if self.isEnabled() else "text_disabled"

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame and the parts in reading order."""
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self._frame(painter)
        icon, text, strong, _close = self._widths()
        x, height = _PAD, self.height()
        if icon:
            box = QRectF(x, 0, icon - _GAP, height)
            icons.paint_icon(painter, box, self._icon_name, "text_2" if ink == "text" else ink, 14)
            x += icon
        painter.setPen(now.color(ink))
        painter.setFont(now.font("small"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(x, 0, text + 2, height), middle, self.text())
        painter.setFont(now.font("small_label"))
        x += text + (4 if strong and text else 0)
        painter.drawText(QRectF(x, 0, strong + 2, height), middle, self._strong)
        if self._closable:
            center = QPointF(self.width() - _PAD - 4, height / 2)
            painter.setPen(QPen(now.color(ink), 1.4))
            painter.drawLine(center + QPointF(-3, -3), center + QPointF(3, 3))
            painter.drawLine(center + QPointF(-3, 3), center + QPointF(3, -3))
        self.paint_ring(painter, QRectF(self.rect()), 5)


class FilterChip(Chip):
    """An active filter: what it looks at, which values, and a cross."""

    def __init__(self, name: str, values: str, parent: QWidget | None = None) -> None:
        """Show a filter that is on."""
        super().__init__(name, values, look="active", closable=True, parent=parent)


class AddFilterChip(Chip):
    """The dashed chip that adds a filter."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        """Show the way to one more filter."""
        super().__init__(text, icon="plus", look="dashed", parent=parent)


class Badge(QWidget):
    """A short word on a tint: kind is late, due, ok, info or plain."""

    def __init__(self, text: str, kind: str = "plain", parent: QWidget | None = None) -> None:
        """Show a word on the tint of its kind."""
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.signals.changed.connect(self.updateGeometry)
        self.set_badge(text, kind)

    def set_badge(self, text: str, kind: str = "plain") -> None:
        """Show another word or kind."""
        self._text, self._kind = text, kind
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the word."""
        now = theme.current()
        width = QFontMetrics(now.font("small_strong")).horizontalAdvance(self._text)
        return QSize(width + 16, now.size("badge"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw tint and word."""
        now = theme.current()
        known = self._kind in ("late", "due", "ok", "info")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.color(f"{self._kind}_tint" if known else "bg_pressed"))
        painter.drawRoundedRect(QRectF(self.rect()), 5, 5)
        painter.setPen(now.color(self._kind if known else "text_2"))
        painter.setFont(now.font("small_strong"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)


class _Segment(KeyRingButton):
    """One choice of a segmented control."""

    def __init__(self, text: str, icon: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self._icon_name = icon
        self.setCheckable(True)
        self.setAccessibleName(name or text)
        if not text:
            self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        now = theme.current()
        text = QFontMetrics(now.font("strong")).horizontalAdvance(self.text())
        icon = round(16 * now.scale) if self._icon_name else 0
        gap = 6 if icon and text else 0
        return QSize(text + icon + gap + (22 if text else 16), now.size("control") - 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        if on or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(now.color("bg_surface" if on else "bg_hover"))
            painter.drawRoundedRect(QRectF(self.rect()), 5, 5)
        ink = "accent" if on else "text_2"
        rect = QRectF(self.rect())
        if self._icon_name:
            side = 16 * now.scale
            box = QRectF(11, 0, side, rect.height()) if self.text() else rect
            icons.paint_icon(painter, box, self._icon_name, ink)
            rect.setLeft(17 + side if self.text() else 0)
        painter.setPen(now.color(ink))
        painter.setFont(now.font("strong"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.text())
        self.paint_ring(painter, QRectF(self.rect()), 5)


class SegmentedControl(QFrame):
    """A few choices side by side, of which one is chosen."""

    chosen = Signal(str)

    def __init__(
        self, choices: Sequence[tuple[str, str, str]], name: str, parent: QWidget | None = None
    ) -> None:
        """Make one out of (key, word, icon) triples; `name` says what is chosen here."""
        super().__init__(parent)
        self.setObjectName("segments")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._keys: list[str] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for key, word, icon in choices:
            button = _Segment("" if icon and not word else word, icon, word or key)
            self._group.addButton(button, len(self._keys))
            self._keys.append(key)
            row.addWidget(button)
        self._group.idClicked.connect(lambda index: self.chosen.emit(self._keys[index]))

    def set_name(self, key: str, name: str) -> None:
        """Name a choice that is only an icon."""
        button = self._group.button(self._keys.index(key))
        button.setAccessibleName(name)
        button.setToolTip(name)

    def choose(self, key: str) -> None:
        """Mark a choice without telling anybody."""
        if key in self._keys:
            self._group.button(self._keys.index(key)).setChecked(True)

    def value(self) -> str:
        """The key that is chosen, or nothing."""
        index = self._group.checkedId()
        return self._keys[index] if index >= 0 else ""
