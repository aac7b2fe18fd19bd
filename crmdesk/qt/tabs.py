"""Tabs of 36 with quiet counts, above a stack of panels."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar, QWidget

from crmdesk.qt import theme
from crmdesk.qt.buttons import paint_focus_ring

_GAP = 20
_BETWEEN = 6


class TabBar(QTabBar):
    """A bar of tabs whose counts stand quietly after the word."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Start without tabs; the name says what they choose between."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setUsesScrollButtons(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        theme.signals.changed.connect(self.updateGeometry)

    def set_count(self, index: int, count: int) -> None:
        """Show how many entries stand behind a tab; none shows nothing."""
        self.setTabData(index, count)
        self.setAccessibleTabName(index, f"{self.tabText(index)} {count}" if count else self.tabText(index))
        self.setTabText(index, self.tabText(index))
        self.update()

    def _count(self, index: int) -> str:
        count = self.tabData(index)
        return str(count) if count else ""

    def tabSizeHint(self, index: int) -> QSize:
        """Room for word and count."""
        now = theme.current()
        width = QFontMetrics(now.font("strong")).horizontalAdvance(self.tabText(index))
        if count := self._count(index):
            width += _BETWEEN + QFontMetrics(now.font("body")).horizontalAdvance(count)
        return QSize(width + _GAP, now.size("tab_bar"))

    def minimumTabSizeHint(self, index: int) -> QSize:
        """A tab is never cut."""
        return self.tabSizeHint(index)

    def event(self, event: QHelpEvent) -> bool:  # type: ignore[override]
        """Repaint when the pointer moves, so that hover follows it."""
        if event.type() in (QHelpEvent.Type.HoverMove, QHelpEvent.Type.Leave):
            self.update()
        return bool(super().event(event))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw words, counts and the line under the chosen tab."""
        now = theme.current()
        painter = QPainter(self)
        under = self.tabAt(self.mapFromGlobal(self.cursor().pos())) if self.underMouse() else -1
        for index in range(self.count()):
            if not self.isTabVisible(index):
                continue
            rect = QRectF(self.tabRect(index)).adjusted(0, 0, -_GAP, 0)
            chosen = index == self.currentIndex()
            painter.setFont(now.font("strong"))
            painter.setPen(now.color("text" if chosen or index == under else "text_2"))
            painter.drawText(
                rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.tabText(index)
            )
            if count := self._count(index):
                painter.setFont(now.font("body"))
                painter.setPen(now.color("text_3"))
                painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
            if chosen:
                line = QRectF(rect.left(), self.height() - 2, rect.width(), 2)
                painter.fillRect(line, now.color("accent"))
                if self.hasFocus():
                    paint_focus_ring(painter, rect.adjusted(-4, 4, 4, -5).translated(QPointF(0, 0)), 4)
