"""The sidebar: firm, find field, pages, views and the state of the file; narrow it is a rail of icons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from crmdesk.core.i18n import _
from crmdesk.qt import icons, theme
from crmdesk.qt.buttons import paint_focus_ring
from crmdesk.qt.labels import Label
from crmdesk.qt.plain_text import tip_text
from crmdesk.qt.sidebar_parts import FindButton, FirmButton, FootLine

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the sidebar: a page, or a view without an icon."""

    name: str
    label: str
    icon: str = ""
    key: str = ""
    count: int | None = None


class EntryModel(QAbstractListModel):
    """The pages or views of the sidebar; the rail shows the same model."""

    def __init__(self, parent: QWidget) -> None:
        """Start empty."""
        super().__init__(parent)
        self.entries: list[Entry] = []
        self.narrow = False

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many entries there are."""
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = 0) -> object:
        """The entry for the delegate, its words for everybody else."""
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return entry.label if entry.count is None else f"{entry.label}, {entry.count}"
        if role == Qt.ItemDataRole.ToolTipRole and (self.narrow or not entry.icon):
            return tip_text(f"{entry.label} ({entry.key})" if entry.key else entry.label)
        return None

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Show these entries."""
        self.beginResetModel()
        self.entries = list(entries)
        self.endResetModel()

    def set_count(self, name: str, count: int | None) -> None:
        """Change the count of an entry."""
        for row, entry in enumerate(self.entries):
            if entry.name == name and entry.count != count:
                self.entries[row] = replace(entry, count=count)
                self.dataChanged.emit(self.index(row), self.index(row))

    def row_of(self, name: str) -> int:
        """The row of an entry, or -1."""
        return next((row for row, entry in enumerate(self.entries) if entry.name == name), -1)


class EntryDelegate(QStyledItemDelegate):
    """Draws one entry: icon, word and count, or the icon alone in the rail."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Pages are 30 high, views 27, rail buttons 36 by 34."""
        now = theme.current()
        entry = index.data(Qt.ItemDataRole.UserRole)
        if self._narrow(index):
            return QSize(36, 36)
        return QSize(100, now.size("nav_row" if entry.icon else "view_row"))

    @staticmethod
    def _narrow(index: Index) -> bool:
        model = index.model()
        return isinstance(model, EntryModel) and model.narrow

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the entry with the marks of its state."""
        now = theme.current()
        entry: Entry = index.data(Qt.ItemDataRole.UserRole)
        state = option.state
        rect = QRectF(option.rect)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        narrow = self._narrow(index)
        if narrow:
            rect.adjust(0, 1, 0, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            strong = "select_strong" if entry.icon else "bg_pressed"
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(now.color(strong if chosen else "bg_pressed"))
            painter.drawRoundedRect(rect, 6, 6)
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_KeyboardFocusChange:
            paint_focus_ring(painter, rect, 6)
        if narrow:
            icons.paint_icon(painter, rect, entry.icon, "accent" if chosen else "text_2", 18)
        else:
            self._words(painter, rect, entry, chosen)
        painter.restore()

    @staticmethod
    def _words(painter: QPainter, rect: QRectF, entry: Entry, chosen: bool) -> None:
        now = theme.current()
        left = 8.0
        if entry.icon:
            side = 16 * now.scale
            box = QRectF(rect.left() + 8, rect.top(), side, rect.height())
            icons.paint_icon(painter, box, entry.icon, "accent" if chosen else "text_2")
            left = 8 + side + 10
        painter.setFont(now.font("strong" if entry.icon or chosen else "body"))
        painter.setPen(now.color("text" if entry.icon or chosen else "text_2"))
        count = "" if entry.count is None else str(entry.count)
        room = rect.adjusted(left, 0, -8, 0)
        right = painter.fontMetrics().horizontalAdvance(count) + 6 if count else 0
        text = painter.fontMetrics().elidedText(
            entry.label, Qt.TextElideMode.ElideRight, int(room.width() - right)
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        if count:
            painter.setFont(now.font("small" if not entry.icon else "body"))
            painter.setPen(now.color("text_3"))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)


class EntryList(QListView):
    """A list of entries of fixed height; choosing one sends its name."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Start empty; the name is spoken."""
        super().__init__(parent)
        self.entries = EntryModel(self)
        self.setModel(self.entries)
        self.setItemDelegate(EntryDelegate(self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.activated.connect(self._choose)
        self.entries.modelReset.connect(self.updateGeometry)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click chooses."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self._choose(index)

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(self.entries.entries[index.row()].name)

    def mark(self, name: str) -> None:
        """Mark an entry as the one shown, without telling anybody."""
        row = self.entries.row_of(name)
        if row < 0:
            self.clearSelection()
        else:
            self.setCurrentIndex(self.entries.index(row))

    def sizeHint(self) -> QSize:
        """Room for all entries."""
        rows = range(self.entries.rowCount())
        return QSize(100, sum(self.sizeHintForRow(row) for row in rows))

    def minimumSizeHint(self) -> QSize:
        """One entry; the rest scrolls."""
        return QSize(36, 30)


class Sidebar(QFrame):
    """The frame's left side, 212 wide, or a rail of 52 showing the same entries as icons."""

    chosen = Signal(str)
    view_chosen = Signal(str)
    find_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without pages."""
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.narrow = False
        self.firm = FirmButton()
        self.find_button = FindButton(_("Find or do"), "Ctrl+K")
        self.pages = EntryList(_("Pages"))
        self.views_caption = Label(_("Views"), "small_label", "text_3")
        self.views = EntryList(_("Views"))
        self.backup = FootLine("shield", _("No backup yet"), "text_2")
        self.lock = FootLine("lock-open", _("Not encrypted"), "text_2")
        self._build()
        self.pages.chosen.connect(self.chosen)
        self.views.chosen.connect(self.view_chosen)
        self.find_button.clicked.connect(self.find_asked)
        theme.signals.changed.connect(self._restyle)
        self._restyle()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 1, 0)
        outer.setSpacing(0)
        column = QVBoxLayout()
        column.setContentsMargins(8, 0, 8, 0)
        column.setSpacing(0)
        outer.addLayout(column, 1)
        column.addWidget(self.firm)
        column.addWidget(self.find_button)
        column.addSpacing(10)
        column.addWidget(self.pages)
        column.addSpacing(14)
        self.views_caption.setContentsMargins(8, 0, 0, 6)
        column.addWidget(self.views_caption)
        column.addWidget(self.views, 1)
        column.addStretch(1)
        self._foot = QFrame()
        self._foot.setObjectName("side_foot")
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(8, 8, 8, 8)
        foot.setSpacing(2)
        foot.addWidget(self.backup)
        foot.addWidget(self.lock)
        outer.addWidget(self._foot)

    def _restyle(self) -> None:
        now = theme.current()
        self.setFixedWidth(now.size("rail" if self.narrow else "sidebar"))
        self.firm.setFixedHeight(now.size("page_head") if not self.narrow else 8)
        self.pages.setFixedHeight(max(1, self.pages.sizeHint().height()))

    def set_narrow(self, narrow: bool) -> None:
        """Become the rail, or the sidebar again."""
        if narrow == self.narrow:
            return
        self.narrow = narrow
        for part in (self.firm, self.find_button, self.backup, self.lock):
            part.set_narrow(narrow)
        for listing in (self.pages, self.views):
            listing.entries.narrow = narrow
            listing.scheduleDelayedItemsLayout()
        self._show_views()
        self._restyle()

    def _show_views(self) -> None:
        shown = not self.narrow and self.views.entries.rowCount() > 0
        self.views_caption.setVisible(shown)
        self.views.setVisible(shown)

    def set_pages(self, entries: Sequence[Entry]) -> None:
        """Show these pages."""
        self.pages.entries.set_entries(entries)
        self._restyle()
        self._show_views()

    def set_views(self, entries: Sequence[Entry]) -> None:
        """Show these saved views."""
        self.views.entries.set_entries(entries)
        self._show_views()

    def set_count(self, page: str, count: int | None) -> None:
        """Change what stands at the right of a page."""
        self.pages.entries.set_count(page, count)

    def set_firm(self, name: str, menu: QMenu | None = None) -> None:
        """Show the firm's name; its row opens the menu of the program."""
        self.firm.set_firm(name, menu)
