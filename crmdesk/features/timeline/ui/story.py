"""The timeline as a list: months, discs on a line, at most three lines of text, then more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from crmdesk.core import dates
from crmdesk.core.i18n import Region, _
from crmdesk.features.timeline.queries import Chronology
from crmdesk.features.timeline.ui.wording import Line, lines
from crmdesk.qt import icons, theme

Index = QModelIndex | QPersistentModelIndex
Read = Callable[[datetime | None], Chronology]
INSET, GAP, MOST_LINES = 20, 12, 3
MONTH_HEIGHT, UNDER = 30, 12


class StoryModel(QAbstractListModel):
    """The rows of the timeline; more are read when the end comes into view."""

    def __init__(self, region: Region, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._region = region
        self._read: Read | None = None
        self._last: datetime | None = None
        self._month: date | None = None
        self.lines: list[Line] = []

    def show(self, read: Read, first: Chronology) -> None:
        """Show a story from its beginning; `read` goes on before a moment."""
        self.beginResetModel()
        self._read, self._last, self._month = read, first.last, None
        self.lines = self._lines(first)
        self.endResetModel()

    def _lines(self, part: Chronology) -> list[Line]:
        made = lines(part.past, dates.today(), self._region, self._month)
        if part.past:
            self._month = dates.month_start(part.past[-1].at.date())
        return made

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many rows there are so far."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = 0) -> object:
        """What a row says, for those who cannot see it."""
        line = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            said = (line.month, line.head, line.detail, line.day, line.mood, line.text)
            return ", ".join(part for part in said if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Entries can be chosen, months cannot."""
        if index.isValid() and self.lines[index.row()].month:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def canFetchMore(self, parent: Index) -> bool:
        """Whether the story goes on."""
        return not parent.isValid() and self._last is not None

    def fetchMore(self, parent: Index) -> None:
        """Read what comes before the last entry shown."""
        if self._read is None or self._last is None:
            return
        part = self._read(self._last)
        self._last = part.last
        more = self._lines(part)
        if more:
            at = len(self.lines)
            self.beginInsertRows(QModelIndex(), at, at + len(more) - 1)
            self.lines += more
            self.endInsertRows()


class StoryDelegate(QStyledItemDelegate):
    """Draws a month or an entry; heights are kept by entry and width."""

    def __init__(self, view: StoryView) -> None:
        """Draw for a view, which knows what is opened."""
        super().__init__(view)
        self._view = view
        self._kept: dict[tuple[str, int, bool], tuple[list[str], bool]] = {}
        theme.signals.changed.connect(self.forget)

    def forget(self) -> None:
        """Lay everything out anew."""
        self._kept.clear()

    def _line(self, index: Index) -> Line:
        model = index.model()
        assert isinstance(model, StoryModel)
        return model.lines[index.row()]

    def _left(self) -> int:
        return INSET + theme.current().size("timeline_disc") + GAP

    def _texts(self, line: Line, width: int) -> tuple[list[str], bool]:
        """The lines of an entry's text, and whether some are held back."""
        opened = line.row in self._view.opened
        key = (line.row, width, opened)
        if key not in self._kept:
            found: list[str] = []
            for paragraph in line.text.split("\n"):
                found += _broken(paragraph, width)
            more = len(found) > MOST_LINES
            self._kept[key] = (found if opened else found[:MOST_LINES], more and not opened)
        return self._kept[key]

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as its lines."""
        width = self._view.viewport().width()
        line = self._line(index)
        now = theme.current()
        if line.month:
            return QSize(width, round(MONTH_HEIGHT * now.scale))
        texts, _more = self._texts(line, width - self._left() - INSET)
        body = now.line_height("body")
        return QSize(width, max(now.size("timeline_disc"), body + 3 + body * len(texts)) + UNDER)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        line = self._line(index)
        now = theme.current()
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line.month:
            painter.setFont(now.font("small_label"))
            painter.setPen(now.color("text_2"))
            spot = rect.adjusted(INSET, 0, -INSET, -6)
            painter.drawText(spot, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, line.month)
        else:
            self._ground(painter, rect, option.state)
            self._disc(painter, rect, line)
            self._head(painter, rect, line)
            self._body(painter, rect, line)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        now = theme.current()
        if state & QStyle.StateFlag.State_Selected:
            active = self._view.hasFocus()
            painter.fillRect(rect, now.color("select" if active else "bg_pressed"))
            bar = QRect(rect.left(), rect.top(), 3, rect.height())
            painter.fillRect(bar, now.color("accent" if active else "border_field"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, now.color("bg_hover"))

    def _disc(self, painter: QPainter, rect: QRect, line: Line) -> None:
        now = theme.current()
        side = now.size("timeline_disc")
        disc = QRectF(rect.left() + INSET, rect.top() + 2, side, side)
        if not line.last:
            x = round(disc.center().x())
            painter.fillRect(
                QRect(x, round(disc.bottom()) + 2, 1, rect.bottom() - round(disc.bottom())),
                now.color("border"),
            )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.color("bg_hover"))
        painter.drawEllipse(disc)
        icons.paint_icon(painter, disc, line.icon, "text_2", 13)

    def _head(self, painter: QPainter, rect: QRect, line: Line) -> None:
        now = theme.current()
        height = now.line_height("body")
        spot = QRect(rect.left() + self._left(), rect.top() + 4, rect.width() - self._left() - INSET, height)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(now.font("small"))
        painter.setPen(now.color("text_3"))
        painter.drawText(spot, middle | int(Qt.AlignmentFlag.AlignRight), line.day)
        spot.setRight(spot.right() - QFontMetrics(now.font("small")).horizontalAdvance(line.day) - 6)
        if line.mood_icon:
            side = round(16 * now.scale)
            icons.paint_icon(
                painter,
                QRectF(spot.right() - side, spot.top(), side, height),
                line.mood_icon,
                line.mood_color,
            )
            spot.setRight(spot.right() - side - 8)
        painter.setFont(now.font("strong"))
        painter.setPen(now.color("text"))
        painter.drawText(spot, middle, line.head)
        spot.setLeft(spot.left() + QFontMetrics(now.font("strong")).horizontalAdvance(line.head) + 8)
        painter.setFont(now.font("small"))
        painter.setPen(now.color("text_3"))
        metrics = QFontMetrics(now.font("small"))
        painter.drawText(
            spot, middle, metrics.elidedText(line.detail, Qt.TextElideMode.ElideRight, max(0, spot.width()))
        )

    def _body(self, painter: QPainter, rect: QRect, line: Line) -> None:
        now = theme.current()
        height = now.line_height("body")
        width = rect.width() - self._left() - INSET
        texts, more = self._texts(line, width)
        font = now.font("body")
        metrics = QFontMetrics(font)
        painter.setFont(font)
        y = rect.top() + 4 + height + 1
        for place, text in enumerate(texts):
            spot = QRect(rect.left() + self._left(), y + place * height, width, height)
            painter.setPen(now.color("text_2"))
            if more and place == len(texts) - 1:
                word = _("more")
                room = width - metrics.horizontalAdvance(word) - 16
                text = metrics.elidedText(text + " …", Qt.TextElideMode.ElideRight, room)
                painter.drawText(spot, int(Qt.AlignmentFlag.AlignVCenter), text)
                painter.setPen(now.color("accent"))
                painter.drawText(spot, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), word)
            else:
                painter.drawText(spot, int(Qt.AlignmentFlag.AlignVCenter), text)


def _broken(text: str, width: int) -> list[str]:
    """A paragraph broken into lines of a width."""
    if not text.strip():
        return []
    layout = QTextLayout(text, theme.current().font("body"))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    found = []
    units = text.encode("utf-16-le")
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(40, width))
        line.setPosition(QPointF(0, 0))
        start, length = line.textStart(), line.textLength()
        found.append(units[2 * start : 2 * (start + length)].decode("utf-16-le").strip())
    layout.endLayout()
    return found


class StoryView(QListView):
    """The timeline of one customer."""

    asked = Signal(str, str)
    trashed = Signal(str, str)
    menu_asked = Signal(str, str, object)

    def __init__(self, region: Region, parent: QWidget | None = None) -> None:
        """Make an empty timeline."""
        super().__init__(parent)
        self.opened: set[str] = set()
        self.story = StoryModel(region, self)
        self.setModel(self.story)
        self.setItemDelegate(StoryDelegate(self))
        self.setAccessibleName(_("Timeline"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        theme.signals.changed.connect(self.scheduleDelayedItemsLayout)

    def entry(self, index: QModelIndex) -> Line | None:
        """The entry at a place; None for a month."""
        line = self.story.lines[index.row()] if index.isValid() else None
        return line if line is not None and line.row else None

    def toggle(self, row: str) -> None:
        """Show all lines of an entry, or three again."""
        self.opened ^= {row}
        self.scheduleDelayedItemsLayout()

    def event(self, event: QEvent) -> bool:
        """Lay out anew for another width."""
        if event.type() == QEvent.Type.Resize:
            self.scheduleDelayedItemsLayout()
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens a long entry, a right click its menu."""
        super().mouseReleaseEvent(event)
        line = self.entry(self.indexAt(event.position().toPoint()))
        if line is None:
            return
        if event.button() == Qt.MouseButton.RightButton:
            self.menu_asked.emit(line.table, line.row, event.globalPosition().toPoint())
        elif event.button() == Qt.MouseButton.LeftButton:
            self.toggle(line.row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens the form."""
        line = self.entry(self.indexAt(event.position().toPoint()))
        if line is not None:
            self.asked.emit(line.table, line.row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space opens a long entry, Enter and F2 its form, Delete moves it to the trash."""
        line = self.entry(self.currentIndex())
        if line is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.asked.emit(line.table, line.row)
        elif line is not None and event.key() == Qt.Key.Key_Space:
            self.toggle(line.row)
        elif line is not None and event.key() == Qt.Key.Key_Delete:
            self.trashed.emit(line.table, line.row)
        else:
            super().keyPressEvent(event)
