"""One editor per kind of value: it shows, reads and says what is wrong, and commits when left."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
    QWidgetAction,
)

from crmdesk.core import kinds
from crmdesk.core.errors import InvalidValue
from crmdesk.core.fields import Field
from crmdesk.core.i18n import Region, _
from crmdesk.core.kinds import Kind
from crmdesk.qt.buttons import IconButton
from crmdesk.qt.date_picker import DatePicker
from crmdesk.qt.labels import Label
from crmdesk.qt.restyle import set_property

_READ_ALOUD = (Kind.MONEY, Kind.DATE, Kind.DATETIME, Kind.NUMBER, Kind.PERCENT)
_WIDTHS = {Kind.MONEY: 150, Kind.DATE: 150, Kind.DATETIME: 190, Kind.NUMBER: 150, Kind.PERCENT: 110}


class FieldLine(QLineEdit):
    """A line that tells when it is left or confirmed; Ctrl+Z goes on to the store when nothing was typed."""

    left = Signal()

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z and Ctrl+Y to the program when this field has nothing to undo."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable()
            redo = event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable()
            if undo or redo:
                event.ignore()
                return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the field was left."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class FieldText(QPlainTextEdit):
    """Several lines that tell when they are left; Tab goes to the next field."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make a text of a few lines."""
        super().__init__(parent)
        self.setTabChangesFocus(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the field was left."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class Editor(QWidget):
    """Shows one value; `left` comes when the owner is done with it, `value` reads it."""

    left = Signal()
    touched = Signal()

    def __init__(
        self, field: Field, region: Region, currency: str = "", parent: QWidget | None = None
    ) -> None:
        """Prepare for a field; the child class puts its widgets into `row`."""
        super().__init__(parent)
        self.field, self.region, self.currency = field, region, currency
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(8)

    def set_value(self, value: object) -> None:
        """Show a value."""
        raise NotImplementedError

    def value(self) -> object | None:
        """Read what is shown."""
        raise NotImplementedError

    def input(self) -> QWidget:
        """The widget that takes the keys."""
        raise NotImplementedError

    def set_invalid(self, invalid: bool) -> None:
        """Mark the field as wrong or as right."""
        set_property(self.input(), "invalid", invalid)

    def named(self, widget: QWidget) -> QWidget:
        """Give a widget the name of the field."""
        widget.setAccessibleName(_(self.field.label))
        self.setFocusProxy(widget)
        return widget


class LineEditor(Editor):
    """One line for text, numbers, money, dates and addresses; the reading is shown beside it."""

    def __init__(
        self, field: Field, region: Region, currency: str = "", parent: QWidget | None = None
    ) -> None:
        """Make a line for a field."""
        super().__init__(field, region, currency, parent)
        self.line = FieldLine()
        self.named(self.line)
        self.reading = Label("", "small", "text_3")
        width = _WIDTHS.get(field.kind, 0)
        if width:
            self.line.setFixedWidth(width)
        self.row.addWidget(self.line, 0 if width else 1)
        if field.kind in _READ_ALOUD:
            self.row.addWidget(self.reading, 1)
        self.line.left.connect(self.left)
        self.line.returnPressed.connect(self.left)
        self.line.textEdited.connect(self._typed)

    def set_value(self, value: object) -> None:
        """Show a value as people of the region write it."""
        kind, region = self.field.kind, self.region
        self.line.setText(kinds.show(kind, value, region, self.currency, cents=True))
        self.reading.setText("")

    def set_text(self, text: str) -> None:
        """Show a text as if it had been typed."""
        self.line.setText(text)
        self._typed(text)

    def value(self) -> object | None:
        """Read the line."""
        return kinds.parse(self.field.kind, self.line.text(), self.region, self.field.choices, self.currency)

    def input(self) -> QWidget:
        """The line."""
        return self.line

    def _typed(self, text: str) -> None:
        self.touched.emit()
        if self.field.kind not in _READ_ALOUD:
            return
        try:
            value = self.value()
        except InvalidValue:
            self.reading.setText("")
            return
        shown = kinds.show(self.field.kind, value, self.region, self.currency, cents=True)
        self.reading.setText("" if shown == text.strip() else shown)


class DateEditor(LineEditor):
    """A line for a date, in words or figures, with a small calendar."""

    def __init__(
        self, field: Field, region: Region, currency: str = "", parent: QWidget | None = None
    ) -> None:
        """Make a line with a calendar button."""
        super().__init__(field, region, currency, parent)
        self.button = IconButton("calendar", _("Choose a date"))
        self.row.insertWidget(1, self.button)
        self.button.clicked.connect(self.open_calendar)

    def open_calendar(self) -> None:
        """Open a month to choose a day from."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        try:
            now = self.value()
        except InvalidValue:
            now = None
        calendar = DatePicker(self.region, now if isinstance(now, date) else None)
        calendar.clicked.connect(lambda day: self._choose(calendar.chosen(), menu))
        calendar.activated.connect(lambda day: self._choose(calendar.chosen(), menu))
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)
        menu.popup(self.line.mapToGlobal(QPoint(0, self.line.height() + 2)))

    def _choose(self, day: date, menu: QMenu) -> None:
        menu.close()
        self.set_value(day)
        self.touched.emit()
        self.left.emit()


class LongTextEditor(Editor):
    """Several lines of text."""

    def __init__(
        self, field: Field, region: Region, currency: str = "", parent: QWidget | None = None
    ) -> None:
        """Make a text for a field."""
        super().__init__(field, region, currency, parent)
        self.text = FieldText()
        self.text.setFixedHeight(84)
        self.named(self.text)
        self.row.addWidget(self.text, 1)
        self.text.left.connect(self.left)
        self.text.textChanged.connect(self.touched)

    def set_value(self, value: object) -> None:
        """Show a text."""
        self.text.setPlainText("" if value is None else str(value))

    def value(self) -> object | None:
        """Read the text."""
        return kinds.parse(self.field.kind, self.text.toPlainText(), self.region)

    def input(self) -> QWidget:
        """The text."""
        return self.text


class ChoiceEditor(Editor):
    """A list of choices, of which one or none is taken."""

    def __init__(
        self, field: Field, region: Region, currency: str = "", parent: QWidget | None = None
    ) -> None:
        """Make a list for a field."""
        super().__init__(field, region, currency, parent)
        self.box = QComboBox()
        self.box.setView(QListView())
        self.named(self.box)
        self.box.view().setAccessibleName(_(field.label))
        self.box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.box.setMinimumWidth(150)
        self.box.addItem(_("not given"), None)
        for choice in field.choices:
            self.box.addItem(_(choice.label), choice.key)
        self.row.addWidget(self.box)
        self.row.addStretch(1)
        self.box.activated.connect(self._picked)

    def _picked(self) -> None:
        self.touched.emit()
        self.left.emit()

    def set_value(self, value: object) -> None:
        """Show a choice; an unknown key is added, so that it is not lost."""
        place = self.box.findData(value)
        if place < 0:
            self.box.addItem(str(value), value)
            place = self.box.count() - 1
        self.box.setCurrentIndex(place)

    def value(self) -> object | None:
        """The key that is chosen."""
        key: object = self.box.currentData()
        return key

    def input(self) -> QWidget:
        """The list."""
        return self.box


class FlagEditor(Editor):
    """A tick."""

    def __init__(
        self, field: Field, region: Region, currency: str = "", parent: QWidget | None = None
    ) -> None:
        """Make a tick for a field."""
        super().__init__(field, region, currency, parent)
        self.box = QCheckBox()
        self.named(self.box)
        self.row.addWidget(self.box)
        self.row.addStretch(1)
        self.box.clicked.connect(self._ticked)

    def _ticked(self) -> None:
        self.touched.emit()
        self.left.emit()

    def set_value(self, value: object) -> None:
        """Show the tick or not."""
        self.box.setChecked(bool(value))

    def value(self) -> object | None:
        """Whether it is ticked."""
        return self.box.isChecked()

    def input(self) -> QWidget:
        """The tick."""
        return self.box


def make_editor(field: Field, region: Region, currency: str = "") -> Editor:
    """The usual editor of a field's kind."""
    if field.kind is Kind.LONG_TEXT:
        return LongTextEditor(field, region, currency)
    if field.kind is Kind.CHOICE:
        return ChoiceEditor(field, region, currency)
    if field.kind is Kind.FLAG:
        return FlagEditor(field, region, currency)
    if field.kind in (Kind.DATE, Kind.DATETIME):
        return DateEditor(field, region, currency)
    return LineEditor(field, region, currency)
