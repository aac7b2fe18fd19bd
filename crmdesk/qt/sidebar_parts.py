"""The fixed parts of the sidebar: firm row, find field and the lines at the foot."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from crmdesk.core.i18n import _
from crmdesk.qt import icons, theme
from crmdesk.qt.buttons import KeyRingButton
from crmdesk.qt.plain_text import tip_text


class _SidePart(KeyRingButton):
    """A button of the sidebar that knows whether it stands in the rail."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.narrow = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_narrow(self, narrow: bool) -> None:
        """Stand in the rail or in the sidebar."""
        self.narrow = narrow
        self.setToolTip(tip_text(self.accessibleName()) if narrow else "")
        self.updateGeometry()
        self.update()


class FirmButton(_SidePart):
    """The firm's name; opens the menu of the program."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start with the name of the program."""
        super().__init__(parent)
        self._menu: QMenu | None = None
        self.set_firm("crmdesk", None)
        self.clicked.connect(self._open)

    def set_firm(self, name: str, menu: QMenu | None) -> None:
        """Show a name and open a menu."""
        self.setText(name)
        self._menu = menu
        self.setAccessibleName(_("Menu of {firm}").format(firm=name))
        self.update()

    def _open(self) -> None:
        if self._menu is not None:
            self._menu.popup(self.mapToGlobal(QPoint(0, self.height() - 6)))

    def sizeHint(self) -> QSize:
        """The row of 52."""
        return QSize(100, theme.current().size("page_head"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw name and arrow."""
        if self.narrow:
            return
        now = theme.current()
        painter = QPainter(self)
        painter.setFont(now.font("section"))
        painter.setPen(now.color("text"))
        room = self.rect().adjusted(8, 0, -28, 0)
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        box = QRectF(self.width() - 26, 0, 16, self.height())
        icons.paint_icon(painter, box, "chevron-down", "text_2")
        self.paint_ring(painter, QRectF(self.rect()).adjusted(0, 8, 0, -8), 6)


class FindButton(_SidePart):
    """Looks like a field and opens the command palette."""

    def __init__(self, text: str, keys: str, parent: QWidget | None = None) -> None:
        """Show what it does and its keys."""
        super().__init__(parent)
        self.setText(text)
        self._keys = keys
        self.setAccessibleName(f"{text} ({keys})")

    def sizeHint(self) -> QSize:
        """As high as a field."""
        return QSize(100, theme.current().size("field"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw frame, icon, words and keys, or the icon alone."""
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.narrow:
            if self.underMouse():
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(now.color("bg_pressed"))
                painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
            icons.paint_icon(painter, QRectF(self.rect()), "search", "text_2", 18)
        else:
            painter.setPen(QPen(now.color("border"), 1))
            painter.setBrush(now.color("bg_hover" if self.underMouse() else "bg_surface"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            side = 16 * now.scale
            icons.paint_icon(painter, QRectF(8, 0, side, self.height()), "search", "text_3")
            painter.setFont(now.font("body"))
            painter.setPen(now.color("text_3"))
            room = self.rect().adjusted(round(14 + side), 0, -10, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text())
            painter.setFont(now.font("axis"))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._keys)
        self.paint_ring(painter, QRectF(self.rect()), 6)


class FootLine(_SidePart):
    """A line of the foot: an icon and what it says; the rail shows the icon alone."""

    def __init__(self, icon: str, text: str, color: str, parent: QWidget | None = None) -> None:
        """Show a state of the file."""
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.set_line(icon, text, color)

    def set_line(self, icon: str, text: str, color: str = "text_2", text_color: str = "text_2") -> None:
        """Show another state."""
        self._icon_name, self._color, self._text_color = icon, color, text_color
        self.setText(text)
        self.setAccessibleName(text)
        self.set_narrow(self.narrow)

    def sizeHint(self) -> QSize:
        """A line, or a rail button."""
        return QSize(100, 34 if self.narrow else round(20 * theme.current().scale))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw icon and words."""
        now = theme.current()
        painter = QPainter(self)
        if self.narrow:
            icons.paint_icon(painter, QRectF(self.rect()), self._icon_name, self._color, 16)
            return
        side = 14 * now.scale
        icons.paint_icon(painter, QRectF(8, 0, side, self.height()), self._icon_name, self._color, 14)
        painter.setFont(now.font("small"))
        painter.setPen(now.color(self._text_color))
        room = self.rect().adjusted(round(side + 16), 0, 0, 0)
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
