"""The composer: one line that is always there; what it understood stands under it before it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from crmdesk.core import dates
from crmdesk.core.i18n import Region, _
from crmdesk.features.timeline import queries
from crmdesk.features.timeline.records import CHANNELS
from crmdesk.features.timeline.rules import Name, Understood, understand
from crmdesk.features.timeline.ui import wording
from crmdesk.qt import icons, theme
from crmdesk.qt.restyle import set_property
from crmdesk.qt.widgets import AddFilterChip, Chip, FlowLayout, label


class _Line(QPlainTextEdit):
    """One line of text whose understood words can be underlined."""

    entered = Signal()
    long_asked = Signal()
    focused = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_property(self, "bare", True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(2)
        theme.signals.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.setFont(theme.current().font("body"))
        self.setFixedHeight(self.fontMetrics().height() + 4)

    def event(self, event: QEvent) -> bool:
        """Leave undo to the window: it undoes typing first, then the last step."""
        steps = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
        asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if asked and any(event.matches(step) for step in steps):  # type: ignore[attr-defined]
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves, Shift+Enter opens the long form."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.long_asked if shifted else self.entered).emit()
            return
        super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste as one line of plain text."""
        self.insertPlainText(" ".join(source.text().split()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)

    def underline(self, spans: Sequence[tuple[int, int]]) -> None:
        """Underline these stretches of the line."""
        marks = []
        shape = QTextCharFormat()
        shape.setFontUnderline(True)
        shape.setUnderlineColor(theme.current().color("accent"))
        for start, end in spans:
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(_units(self.toPlainText(), start))
            cursor.setPosition(_units(self.toPlainText(), end), QTextCursor.MoveMode.KeepAnchor)
            mark.cursor, mark.format = cursor, shape
            marks.append(mark)
        self.setExtraSelections(marks)


def _units(text: str, place: int) -> int:
    """A place in the text as Qt counts, where a face is two."""
    return len(text[:place].encode("utf-16-le")) // 2


class _KindChip(Chip):
    """The kind of contact at the left of the composer; it opens the list of kinds."""

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + round(16 * theme.current().scale), hint.height() + 2)

    def show_kind(self, icon: str, text: str) -> None:
        """Show a kind of contact."""
        self._icon_name = icon
        self.set_parts(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = round(14 * theme.current().scale)
        box = QRectF(self.width() - side - 7, 0, side, self.height())
        icons.paint_icon(QPainter(self), box, "chevron-down", "accent", 12)


class Composer(QWidget):
    """Writes down what a line says: a contact, a contact with a next step, or a planned one."""

    saved = Signal()
    long_asked = Signal()

    def __init__(self, region: Region, parent: QWidget | None = None) -> None:
        """Make an empty composer."""
        super().__init__(parent)
        self._region = region
        self._people: Sequence[Name] = ()
        self._chosen = "phone"
        self._also = False
        self.said = Understood()
        self.line = _Line()
        self.kind = _KindChip("", look="active")
        self.hint = label(_("Enter saves"), "axis", "text_3")
        self._build()
        self.line.textChanged.connect(self._read)
        self.line.entered.connect(self._enter)
        self.line.long_asked.connect(self.long_asked)
        self.kind.clicked.connect(self._open_kinds)
        theme.signals.changed.connect(self._read)
        self._read()

    def _build(self) -> None:
        self.line.setPlaceholderText(_("What happened, or what comes next?"))
        self.line.setAccessibleName(_("Log a contact"))
        self.line.setAccessibleDescription(_("Enter saves. Shift+Enter opens the long form."))
        self.setFocusProxy(self.line)
        self.box = _Box(self.line)
        inside = QHBoxLayout(self.box)
        inside.setContentsMargins(4, 2, 10, 2)
        inside.setSpacing(6)
        for part in (self.kind, self.line, self.hint):
            inside.addWidget(part, 1 if part is self.line else 0)
        self._chips_box = QWidget()
        self.chips = FlowLayout(self._chips_box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(7)
        column.addWidget(self.box)
        column.addWidget(self._chips_box)

    @property
    def channel(self) -> str:
        """The kind of contact: the one the line names, else the one chosen."""
        return self.said.channel or self._chosen

    @property
    def logs(self) -> bool:
        """Whether saving logs a contact, rather than only planning one."""
        return self.said.happened or self._also

    @property
    def empty(self) -> bool:
        """Whether there is nothing to save."""
        return not self.line.toPlainText().strip()

    def set_people(self, people: Sequence[Name]) -> None:
        """Know these people by name."""
        self._people = tuple(people)
        self._read()

    def clear(self) -> None:
        """Start anew, with nothing to undo inside the field."""
        self._also, self._chosen = False, "phone"
        self.line.setPlainText("")
        self.line.document().clearUndoRedoStacks()
        self._read()

    def start(self, text: str) -> None:
        """Begin with a text, to be typed on behind it."""
        self.line.setPlainText(text)
        self.line.moveCursor(QTextCursor.MoveOperation.End)

    def focus(self) -> None:
        """Start typing."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def choose(self, channel: str) -> None:
        """Set the kind of contact for lines that name none."""
        self._chosen = channel
        self._read()
        self.focus()

    def _open_kinds(self) -> None:
        menu = QMenu(self)
        for choice in CHANNELS:
            action = menu.addAction(icons.icon(queries.icon_of(choice.key)), _(choice.label))
            action.triggered.connect(lambda checked=False, key=choice.key: self.choose(key))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.kind.mapToGlobal(self.kind.rect().bottomLeft()))

    def _enter(self) -> None:
        if not self.empty:
            self.saved.emit()

    def _read(self) -> None:
        text = self.line.toPlainText()
        self.said = understand(text, self._people, dates.today(), self._region)
        if self.said.happened:
            self._also = False
        self.line.blockSignals(True)
        self.line.underline([(part.start, part.end) for part in self.said.parts])
        self.line.blockSignals(False)
        self.kind.show_kind(queries.icon_of(self.channel), queries.channel_label(self.channel))
        self.kind.setAccessibleName(_("Kind of contact: {kind}").format(kind=self.kind.text()))
        self._show_chips()

    def _show_chips(self) -> None:
        self.chips.clear()
        for chip in wording.chips(self.said, self._people, self.channel, self.logs, self._region):
            made = Chip(chip.text, chip.strong, chip.icon)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.chips.addWidget(made)
        if not self.empty and not self.said.happened:
            word = _("Only plan") if self._also else _("Log it now too")
            toggle = AddFilterChip(word)
            toggle.clicked.connect(self._toggle)
            self.chips.addWidget(toggle)
        self._chips_box.setVisible(self.chips.count() > 0 and not self.empty)
        self._chips_box.updateGeometry()

    def _toggle(self) -> None:
        self._also = not self._also
        self._show_chips()

    def moment(self) -> datetime:
        """When the contact was."""
        return self.said.moment(dates.now().replace(second=0, microsecond=0))


class _Box(QFrame):
    """The frame of the composer: a field with the kind inside it."""

    def __init__(self, line: _Line, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = line
        line.focused.connect(lambda _on: self.update())
        theme.signals.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.setFixedHeight(theme.current().size("control_large"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere starts typing."""
        self._line.setFocus(Qt.FocusReason.MouseFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        now = theme.current()
        on = self._line.hasFocus()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(now.color("bg_surface"))
        painter.setPen(QPen(now.color("focus" if on else "border_field"), 2 if on else 1))
        inset = 1.0 if on else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 6, 6)
