"""Buttons: filled, plain, quiet and icon ones, with a ring that shows after a key press only."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from crmdesk.qt import icons, theme
from crmdesk.qt.plain_text import tip_text

_KEY_REASONS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_INK = (("primary", "text_on_accent"), ("danger", "late"), ("link", "accent"))


def paint_focus_ring(painter: QPainter, rect: QRectF, radius: float) -> None:
    """Draw the keyboard focus ring, two pixels wide, inside a rectangle."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.current().color("focus"), 2))
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
    painter.restore()


class KeyRingButton(QAbstractButton):
    """A button painted by its child class; the focus ring shows when the keyboard led here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without focus."""
        super().__init__(parent)
        self._ring = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.signals.changed.connect(self.updateGeometry)

    def setText(self, text: str) -> None:
        """Show a text; an ampersand in it makes no key."""
        super().setText(text)
        self.setShortcut(QKeySequence())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring when the focus came by key."""
        self._ring = event.reason() in _KEY_REASONS
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        self._ring = False
        super().focusOutEvent(event)

    def paint_ring(self, painter: QPainter, rect: QRectF, radius: float) -> None:
        """Draw the ring where it is due."""
        if self._ring and self.hasFocus():
            paint_focus_ring(painter, rect, radius)


class Button(QPushButton):
    """A button with a word: kind is primary, plain, ghost, danger or link; keys are shown quietly."""

    def __init__(
        self,
        text: str,
        kind: str = "plain",
        icon: str = "",
        keys: str = "",
        large: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Make a button that names its act."""
        super().__init__(text, parent)
        self.setShortcut(QKeySequence())
        self._icon_name, self._keys, self._large, self._ring = icon, keys, large, False
        self.setProperty("kind", kind)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        if kind == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.signals.changed.connect(self.updateGeometry)

    def setText(self, text: str) -> None:
        """Name another act."""
        super().setText(text)
        self.setShortcut(QKeySequence())
        self.setAccessibleName(text)
        self.updateGeometry()

    def set_icon_name(self, icon: str) -> None:
        """Show another icon before the word."""
        self._icon_name = icon
        self.updateGeometry()
        self.update()

    def _parts(self) -> tuple[int, int, int, int]:
        now = theme.current()
        text = QFontMetrics(now.font("strong")).horizontalAdvance(self.text())
        icon = round(16 * now.scale) + 7 if self._icon_name else 0
        keys = QFontMetrics(now.font("axis")).horizontalAdvance(self._keys) + 8 if self._keys else 0
        menu = 18 if self.menu() else 0
        return icon, text, keys, menu

    def sizeHint(self) -> QSize:
        """Room for icon, word, keys and the ring."""
        pad = 4 if self.property("kind") == "link" else 28
        now = theme.current()
        height = now.size("control_large" if self._large else "control")
        return QSize(sum(self._parts()) + pad, height + 2)

    def minimumSizeHint(self) -> QSize:
        """A button never cuts its word."""
        return self.sizeHint()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring when the focus came by key."""
        self._ring = event.reason() in _KEY_REASONS
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        self._ring = False
        super().focusOutEvent(event)

    def _ink(self) -> str:
        if not self.isEnabled():
            return "text_disabled"
        kind = str(self.property("kind"))
        if kind == "link" and self.underMouse():
            return "accent_hover"
        return dict(_INK).get(kind, "text")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame by the style sheet, then icon, word and keys."""
        now = theme.current()
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        icon, text, keys, menu = self._parts()
        left = (self.width() - icon - text - keys - menu) // 2
        ink = self._ink()
        if icon:
            box = QRectF(left, 0, icon - 7, self.height())
            icons.paint_icon(painter, box, self._icon_name, "text_2" if ink == "text" else ink)
        painter.setFont(now.font("strong"))
        painter.setPen(now.color(ink))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(left + icon, 0, text + 2, self.height()), middle, self.text())
        if keys:
            painter.setFont(now.font("axis"))
            painter.setPen(now.color("text_3" if ink == "text" else ink))
            painter.drawText(QRect(left + icon + text + 8, 0, keys, self.height()), middle, self._keys)
        if menu:
            box = QRectF(left + icon + text + keys + 4, 0, 14, self.height())
            icons.paint_icon(painter, box, "chevron-down", ink, 14)
        if self._ring and self.hasFocus():
            paint_focus_ring(painter, QRectF(self.rect()), 7)


class IconButton(QToolButton):
    """A button that is only an icon; it always has a name and a tool tip."""

    def __init__(
        self, icon: str, name: str, bordered: bool = False, size: int = 16, parent: QWidget | None = None
    ) -> None:
        """Make an icon button; the name is spoken and shown as the tool tip."""
        super().__init__(parent)
        self._icon_name, self._size, self._color, self._ring = icon, size, "text_2", False
        self.setProperty("bordered", bordered)
        self.setAccessibleName(name)
        self.setToolTip(tip_text(name))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        theme.signals.changed.connect(self._restyle)
        self._restyle()

    def set_icon_name(self, icon: str, color: str = "text_2") -> None:
        """Show another icon in a token's colour."""
        self._icon_name, self._color = icon, color
        self._restyle()

    def _restyle(self) -> None:
        now = theme.current()
        self.setIcon(icons.icon(self._icon_name, self._color, self._size))
        side = round(self._size * now.scale)
        self.setIconSize(QSize(side, side))
        box = now.size("control") + 2
        self.setFixedSize(box, box)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring when the focus came by key."""
        self._ring = event.reason() in _KEY_REASONS
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        self._ring = False
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button and its ring."""
        super().paintEvent(event)
        if self._ring and self.hasFocus():
            painter = QPainter(self)
            paint_focus_ring(painter, QRectF(self.rect()), 7)
