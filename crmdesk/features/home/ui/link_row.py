"""A row of a side panel that opens something: sign, name, quiet words, a figure at the right."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crmdesk.qt import icons, theme
from crmdesk.qt.buttons import KeyRingButton
from crmdesk.qt.glyphs import paint_glyph
from crmdesk.qt.plain_text import tip_text

_INSET, _SIGN, _GAP = 24, 16, 10


@dataclass(frozen=True, slots=True)
class Link:
    """What a row says; a cluster has its glyph, anything else an icon."""

    name: str
    detail: str = ""
    figure: str = ""
    icon: str = ""
    cluster: str = ""


class LinkRow(KeyRingButton):
    """One line of 30 that is a button from edge to edge."""

    def __init__(self, link: Link, parent: QWidget | None = None) -> None:
        """Show a link."""
        super().__init__(parent)
        self.link = link
        self.setText(link.name)
        said = (link.name, link.detail, link.figure)
        self.setAccessibleName(", ".join(part for part in said if part))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A compact row."""
        return QSize(200, theme.current().size("row_compact"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, as a click does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw sign, name, words and figure on one line."""
        now = theme.current()
        painter = QPainter(self)
        rect = self.rect()
        if self.underMouse() or self.isDown():
            painter.fillRect(rect, now.color("bg_pressed" if self.isDown() else "bg_hover"))
        sign = QRectF(_INSET, 0, _SIGN, rect.height())
        if self.link.cluster:
            paint_glyph(painter, QRectF(_INSET, (rect.height() - 12) / 2, 12, 12), self.link.cluster)
        elif self.link.icon:
            icons.paint_icon(painter, sign, self.link.icon, "text_2")
        left = _INSET + (_SIGN + _GAP if self.link.cluster or self.link.icon else 0)
        room = QRect(left, 0, rect.width() - left - _INSET, rect.height())
        self._texts(painter, room)
        self.paint_ring(painter, QRectF(rect), 4)

    def _texts(self, painter: QPainter, room: QRect) -> None:
        now = theme.current()
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(now.font("body"))
        painter.setPen(now.color("text"))
        painter.drawText(room, middle | int(Qt.AlignmentFlag.AlignRight), self.link.figure)
        taken = QFontMetrics(now.font("body")).horizontalAdvance(self.link.figure)
        room.setRight(room.right() - taken - (12 if taken else 0))
        metrics = QFontMetrics(now.font("strong"))
        name = metrics.elidedText(self.link.name, Qt.TextElideMode.ElideRight, room.width())
        painter.setFont(now.font("strong"))
        painter.drawText(room, middle, name)
        room.setLeft(room.left() + metrics.horizontalAdvance(name) + 8)
        painter.setFont(now.font("small"))
        painter.setPen(now.color("text_3"))
        small = QFontMetrics(now.font("small"))
        words = small.elidedText(self.link.detail, Qt.TextElideMode.ElideRight, max(0, room.width()))
        painter.drawText(room, middle, words)
        self.setToolTip(tip_text(self.link.name) if name != self.link.name else "")
