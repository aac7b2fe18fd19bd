"""The people to contact: late, today, next days; the chosen row opens and shows what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from crmdesk.core.i18n import N_, _
from crmdesk.qt import icons, theme
from crmdesk.qt.delegates import draw_text
from crmdesk.qt.glyphs import paint_glyph
from crmdesk.qt.plain_text import tip_text
from crmdesk.qt.widgets import Button

Index = QModelIndex | QPersistentModelIndex
INSET = 24
PHONE_WIDTH, DAY_WIDTH = 150, 116
ACTS = (
    ("done", N_("Done"), "check", "D", "primary"),
    ("log", N_("Log"), "message-square", "L", "plain"),
    ("day", N_("Tomorrow"), "arrow-right", "T", "plain"),
    ("week", N_("Next week"), "calendar", "W", "plain"),
)


@dataclass(frozen=True, slots=True)
class DueLine:
    """One row, ready to be painted: the heading of a group, or a contact."""

    heading: str = ""
    count: str = ""
    row: str = ""
    customer: str = ""
    name: str = ""
    cluster: str = ""
    icon: str = ""
    what: str = ""
    phone: str = ""
    day: str = ""
    color: str = "text_3"


class DueModel(QAbstractListModel):
    """The rows of the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.lines: list[DueLine] = []

    def show(self, lines: Sequence[DueLine]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = 0) -> object:
        """What a row says, for those who cannot see it."""
        line = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            said = (line.heading, line.count, line.name, line.what, line.phone, line.day)
            return ", ".join(part for part in said if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Contacts can be chosen, headings cannot."""
        if index.isValid() and self.lines[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class DueDelegate(QStyledItemDelegate):
    """Draws headings of 34 and rows of 54, the chosen one 92 high."""

    def __init__(self, view: DueList) -> None:
        """Draw for a list, which knows the chosen row."""
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The height of a row."""
        now = theme.current()
        if self._view.due.lines[index.row()].heading:
            return QSize(200, now.size("row"))
        opened = index.row() == self._view.currentIndex().row()
        return QSize(200, now.size("row_today_open" if opened else "row_today"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        now = theme.current()
        line = self._view.due.lines[index.row()]
        rect = option.rect
        painter.save()
        if line.heading:
            self._heading(painter, rect, line)
        else:
            self._ground(painter, rect, option.state)
            top = QRect(rect.left(), rect.top(), rect.width(), now.size("row_today"))
            self._contact(painter, top, line)
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, now.color("border_subtle"))
        painter.restore()

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Show the whole of a name or an act that is cut."""
        line = self._view.due.lines[index.row()]
        room = option.rect.width() - 2 * INSET - 22
        name = QFontMetrics(theme.current().font("strong")).horizontalAdvance(line.name)
        what = QFontMetrics(theme.current().font("small")).horizontalAdvance(line.what)
        cut = name > room - DAY_WIDTH - PHONE_WIDTH - 12 or what > room - 20
        told = tip_text(f"{line.name}\n{line.what}") if cut and event.type() == QEvent.Type.ToolTip else ""
        QToolTip.showText(event.globalPos(), told, view)
        return cut

    def _heading(self, painter: QPainter, rect: QRect, line: DueLine) -> None:
        now = theme.current()
        painter.fillRect(rect, now.color("bg_sunken"))
        painter.setFont(now.font("small_label"))
        painter.setPen(now.color(line.color))
        room = rect.adjusted(INSET, 0, -INSET, 0)
        taken = draw_text(painter, room, line.heading)
        painter.setFont(now.font("small"))
        painter.setPen(now.color("text_3"))
        draw_text(painter, room.adjusted(taken + 8, 0, 0, 0), line.count)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, now.color("border_subtle"))

    def _ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        now = theme.current()
        if state & QStyle.StateFlag.State_Selected:
            inside = self._view.hasFocus() or self._view.isAncestorOf(
                self._view.window().focusWidget() or self._view
            )
            painter.fillRect(rect, now.color("select" if inside else "bg_pressed"))
            painter.fillRect(
                rect.left(), rect.top(), 3, rect.height(), now.color("accent" if inside else "border_field")
            )
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, now.color("bg_hover"))

    def _contact(self, painter: QPainter, rect: QRect, line: DueLine) -> None:
        now = theme.current()
        body = now.line_height("body")
        first = QRect(rect.left() + INSET, rect.top() + 8, rect.width() - 2 * INSET, body)
        paint_glyph(painter, QRectF(first.left(), first.top() + (body - 12) / 2, 12, 12), line.cluster)
        text_left = first.left() + 22
        day, phone = round(DAY_WIDTH * now.scale), round(PHONE_WIDTH * now.scale)
        middle = first.right() - day - phone
        painter.setFont(now.font("strong"))
        painter.setPen(now.color("text"))
        draw_text(painter, QRect(text_left, first.top(), middle - text_left - 12, body), line.name)
        second = QRect(text_left, first.bottom() + 2, first.right() - text_left, body)
        icons.paint_icon(painter, QRectF(second.left(), second.top(), 14, body), line.icon, "text_2", 14)
        painter.setFont(now.font("small"))
        painter.setPen(now.color("text_2"))
        draw_text(painter, second.adjusted(20, 0, 0, 0), line.what)
        painter.setFont(now.font("body"))
        painter.setPen(now.color("text"))
        draw_text(painter, QRect(middle, first.top(), phone - 12, body), line.phone)
        painter.setPen(now.color(line.color))
        right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        draw_text(painter, QRect(first.right() - day, first.top(), day, body), line.day, right)


class DueList(QListView):
    """The list of people to contact; `acted` sends a contact and done, log, day or week."""

    acted = Signal(str, str)
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty list."""
        super().__init__(parent)
        self.due = DueModel(self)
        self.setModel(self.due)
        self.setItemDelegate(DueDelegate(self))
        self.setAccessibleName(_("People to contact"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.selectionModel().currentChanged.connect(self._open_row)
        theme.signals.changed.connect(self.scheduleDelayedItemsLayout)

    def show_lines(self, lines: Sequence[DueLine]) -> None:
        """Show other rows; the chosen contact stays chosen, or the one that took its place is."""
        before = self.current()
        place = self.currentIndex().row()
        focused = self.hasFocus()
        self.due.show(lines)
        rows = [at for at, line in enumerate(lines) if line.row]
        same = [at for at in rows if before is not None and lines[at].row == before.row]
        later = [at for at in rows if at >= max(place, 0)]
        wanted = next(iter(same or later or rows[-1:]), -1)
        if wanted >= 0:
            self.setCurrentIndex(self.due.index(wanted))
        if focused:
            self.setFocus()

    def current(self) -> DueLine | None:
        """The chosen contact."""
        place = self.currentIndex().row()
        return self.due.lines[place] if 0 <= place < len(self.due.lines) else None

    def _open_row(self, now: QModelIndex, before: QModelIndex) -> None:
        if before.isValid():
            self.setIndexWidget(before, None)  # type: ignore[arg-type]
        if now.isValid() and self.due.lines[now.row()].row:
            self.setIndexWidget(now, self._acts(self.due.lines[now.row()]))
        self.scheduleDelayedItemsLayout()

    def _acts(self, line: DueLine) -> QWidget:
        box = QWidget()
        box.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(INSET + 20, 0, INSET, 6)
        buttons.setSpacing(6)
        for key, text, icon, keys, kind in ACTS:
            button = Button(_(text), kind, icon, keys)
            button.setAccessibleName(_("{act}: {name}").format(act=_(text), name=line.name))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda checked=False, act=key: self.acted.emit(line.row, act))
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(1)
        column.addLayout(buttons)
        return box

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens the card."""
        self._open()

    def _open(self) -> None:
        line = self.current()
        if line is not None and line.customer:
            self.opened.emit(line.customer)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the card, the letters on the buttons do what they say."""
        line = self.current()
        acts = {Qt.Key[f"Key_{keys}"]: act for act, _text, _icon, keys, _kind in ACTS}
        act = acts.get(Qt.Key(event.key())) if not event.modifiers() else None
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif act and line is not None and line.row:
            self.acted.emit(line.row, act)
        else:
            super().keyPressEvent(event)
