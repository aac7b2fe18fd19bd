"""The quiet list of findings at the left of the page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from crmdesk.core.i18n import _
from crmdesk.features.insights.ui.canvas import cut, text_width
from crmdesk.qt import theme
from crmdesk.qt.buttons import paint_focus_ring

Index = QModelIndex | QPersistentModelIndex
EDGE = 16


class _Delegate(QStyledItemDelegate):
    """One name; the chosen one has a tint and a bar."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = text_width("strong", str(index.data() or "")) + 2 * EDGE
        return QSize(width, theme.current().size("nav_row"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        now, state = theme.current(), option.state
        rect = QRectF(option.rect)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        focused = option.widget is not None and option.widget.hasFocus()
        if chosen:
            painter.fillRect(rect, now.color("select" if focused else "bg_pressed"))
            bar = QRectF(rect.left(), rect.top(), 3, rect.height())
            painter.fillRect(bar, now.color("accent" if focused else "border_field"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, now.color("bg_hover"))
        role = "strong" if chosen else "body"
        painter.setFont(now.font(role))
        painter.setPen(now.color("text" if chosen else "text_2"))
        room = rect.adjusted(EDGE, 0, -6, 0)
        text = cut(role, str(index.data() or ""), room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        by_key = bool(state & QStyle.StateFlag.State_KeyboardFocusChange)
        if chosen and focused and by_key:
            paint_focus_ring(painter, rect, 0)


class FindingList(QListView):
    """All findings by title; the chosen one is told by its key."""

    chosen = Signal(str)

    def __init__(self, entries: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """Show (key, title) pairs."""
        super().__init__(parent)
        self._keys = [key for key, _title in entries]
        self._names = QStringListModel([title for _key, title in entries], self)
        self.setModel(self._names)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(_("Findings"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setViewportMargins(0, 6, 0, 0)
        self.selectionModel().currentChanged.connect(self._tell)
        theme.signals.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        widest = max(text_width("strong", name) for name in self._names.stringList())
        self.setFixedWidth(max(round(148 * theme.current().scale), widest + 2 * EDGE))
        self.scheduleDelayedItemsLayout()

    def key(self) -> str:
        """The key of the chosen finding."""
        place = self.currentIndex().row()
        return self._keys[place] if place >= 0 else ""

    def choose(self, key: str) -> None:
        """Choose a finding; it is told when it was not chosen before."""
        if key in self._keys:
            self.setCurrentIndex(self._names.index(self._keys.index(key)))

    def _tell(self, now: QModelIndex, before: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(self._keys[now.row()])

    def changeEvent(self, event: QEvent) -> None:
        """Repaint for another look."""
        super().changeEvent(event)
        self.viewport().update()
