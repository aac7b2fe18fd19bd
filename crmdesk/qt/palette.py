"""The command palette (Ctrl+K): customers and commands, forgiving of typing errors, ten rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from crmdesk.core.i18n import _
from crmdesk.qt import icons, theme
from crmdesk.qt.actions import Actions
from crmdesk.qt.glyphs import paint_glyph
from crmdesk.qt.labels import HLine, Label
from crmdesk.qt.search_field import SearchField

ROWS = 10
_GOOD = 62
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Hit:
    """One row of the palette: what it is, quiet words beside it, and what it does."""

    text: str
    run: Callable[[], object]
    detail: str = ""
    icon: str = ""
    cluster: str = ""
    keys: str = ""


Search = Callable[[str, int], Sequence[Hit]]


def matching(commands: Sequence[Hit], text: str) -> list[Hit]:
    """The commands that fit what was typed, best first; a letter may be wrong."""
    wanted = text.casefold().strip()
    if not wanted:
        return list(commands)
    direct = [hit for hit in commands if wanted in hit.text.casefold()]
    direct.sort(key=lambda hit: not hit.text.casefold().startswith(wanted))
    if direct or len(wanted) < 3:
        return direct
    from rapidfuzz import fuzz

    scored = [(fuzz.WRatio(wanted, hit.text.casefold()), hit) for hit in commands]
    return [hit for score, hit in sorted(scored, key=lambda pair: -pair[0]) if score >= _GOOD]


class _HitModel(QAbstractListModel):
    """The rows of the palette."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hits: list[Hit] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: Index, role: int = 0) -> object:
        if not index.isValid():
            return None
        hit = self.hits[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return hit
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{hit.text} {hit.detail}".strip()
        return None

    def show(self, hits: Sequence[Hit]) -> None:
        self.beginResetModel()
        self.hits = list(hits)
        self.endResetModel()


class _HitDelegate(QStyledItemDelegate):
    """Draws one row: icon or glyph, words, quiet words, keys at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, theme.current().size("row"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        now = theme.current()
        hit: Hit = index.data(Qt.ItemDataRole.UserRole)
        rect = QRectF(option.rect)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(now.color("select"))
            painter.drawRoundedRect(rect, 5, 5)
        box = QRectF(rect.left() + 10, rect.top(), 16 * now.scale, rect.height())
        if hit.cluster:
            paint_glyph(painter, QRectF(box.left() + 2, box.center().y() - 6, 12, 12), hit.cluster)
        elif hit.icon:
            icons.paint_icon(painter, box, hit.icon)
        room = rect.adjusted(20 + box.width(), 0, -10, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        if hit.keys:
            painter.setFont(now.font("axis"))
            painter.setPen(now.color("text_3"))
            painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, hit.keys)
            room.adjust(0, 0, -painter.fontMetrics().horizontalAdvance(hit.keys) - 12, 0)
        painter.setFont(now.font("strong"))
        painter.setPen(now.color("text"))
        text = painter.fontMetrics().elidedText(hit.text, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, middle, text)
        room.adjust(painter.fontMetrics().horizontalAdvance(text) + 10, 0, 0, 0)
        painter.setFont(now.font("small"))
        painter.setPen(now.color("text_3"))
        detail = painter.fontMetrics().elidedText(hit.detail, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, middle, detail)
        painter.restore()


class Palette(QDialog):
    """A field and ten rows; Enter does the chosen one, Esc leaves."""

    def __init__(self, actions: Actions, search: Search | None, parent: QWidget) -> None:
        """Offer the commands of a registry and what a search finds."""
        super().__init__(parent, Qt.WindowType.FramelessWindowHint | Qt.WindowType.Dialog)
        self.setWindowTitle(_("Find or do"))
        self._actions, self._search = actions, search
        self.field = SearchField(_("Find or do"), delay=60)
        self.list = QListView()
        self.hits = _HitModel(self)
        self.nothing = Label(_("Nothing found. Try fewer letters."), "body", "text_3")
        self._build()
        self.field.searched.connect(self.look_up)
        self.field.returnPressed.connect(self.run_current)
        self.field.installEventFilter(self)
        self.list.clicked.connect(lambda index: self.run_current())
        theme.signals.changed.connect(self._restyle)
        self.look_up("")

    def _build(self) -> None:
        frame = QFrame()
        frame.setObjectName("panel")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        outer.addWidget(frame)
        column = QVBoxLayout(frame)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(HLine(faint=True))
        self.list.setModel(self.hits)
        self.list.setItemDelegate(_HitDelegate(self.list))
        self.list.setAccessibleName(_("Results"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self.list)
        self.nothing.setContentsMargins(10, 4, 10, 8)
        column.addWidget(self.nothing)
        self._restyle()

    def _restyle(self) -> None:
        now = theme.current()
        self.field.setFixedWidth(round(544 * now.scale))
        self.list.setFixedHeight(now.size("row") * max(1, len(self.hits.hits)))

    def _commands(self) -> list[Hit]:
        hits = []
        last = ("undo", "redo")  # Enter on an empty field must never take anything back
        for spec in sorted(self._actions.commands(), key=lambda spec: spec.name in last):
            run = self._runner(spec.name)
            hits.append(Hit(_(spec.text).rstrip("…"), run, "", spec.icon, "", Actions.key_text(spec)))
        return hits

    def _runner(self, name: str) -> Callable[[], object]:
        return lambda: self._actions.run(name)

    def look_up(self, text: str) -> None:
        """Show what fits: customers first once something is typed, then commands."""
        found: list[Hit] = []
        if text.strip() and self._search is not None:
            found = list(self._search(text, ROWS - 3))
        commands = matching(self._commands(), text)
        self.hits.show((found + commands)[:ROWS])
        self.nothing.setVisible(not self.hits.hits)
        self.list.setVisible(bool(self.hits.hits))
        if self.hits.hits:
            self.list.setCurrentIndex(self.hits.index(0))
        self._restyle()
        self.adjustSize()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc leaves at once, whatever stands in the field."""
        if event.type() == QEvent.Type.KeyPress and cast(QKeyEvent, event).key() == Qt.Key.Key_Escape:
            self.reject()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose among the rows, everything else is Qt's."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self.move_choice(step)
        else:
            super().keyPressEvent(event)

    def move_choice(self, step: int) -> None:
        """Choose the next or the previous row."""
        count = len(self.hits.hits)
        if count:
            row = (self.list.currentIndex().row() + step) % count
            self.list.setCurrentIndex(self.hits.index(row))

    def run_current(self) -> None:
        """Close and do the chosen row."""
        row = self.list.currentIndex().row()
        if 0 <= row < len(self.hits.hits):
            hit = self.hits.hits[row]
            self.accept()
            hit.run()

    def open_over(self, window: QWidget) -> None:
        """Open near the top of a window, ready for typing."""
        self.field.clear()
        self.look_up("")
        top = window.mapToGlobal(QPoint((window.width() - self.width()) // 2, 84))
        self.move(top)
        self.open()
        self.field.setFocus()
