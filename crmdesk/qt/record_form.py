"""A form built from fields: each value is read when its field is left, what is wrong stands under it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from crmdesk.core import kinds
from crmdesk.core.errors import InvalidValue
from crmdesk.core.fields import Field
from crmdesk.core.i18n import Region, _
from crmdesk.qt import theme
from crmdesk.qt.editors import Editor, make_editor
from crmdesk.qt.labels import Label

EditorMaker = Callable[[Field, Region, str], Editor]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a form: title marked with N_ (empty for none) and the names of its fields."""

    title: str
    names: tuple[str, ...]


class RecordForm(QWidget):
    """Fields one under the other; `changed` comes with name and value when a field is left changed."""

    changed = Signal(str, object)

    def __init__(
        self,
        fields: Sequence[Field],
        region: Region,
        currency: str = "",
        sections: Sequence[Section] = (),
        editors: Mapping[str, EditorMaker] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Build the form; a field may bring an editor of its own by name."""
        super().__init__(parent)
        self._region, self._currency = region, currency
        self._makers = dict(editors or {})
        self._fields = {field.name: field for field in fields}
        self._editors: dict[str, Editor] = {}
        self._notes: dict[str, Label] = {}
        self._values: dict[str, object] = {}
        self._touched: set[str] = set()
        self._build(sections or (Section("", tuple(self._fields)),))

    def _build(self, sections: Sequence[Section]) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for section in sections:
            box = QWidget()
            grid = QGridLayout(box)
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setHorizontalSpacing(12)
            grid.setVerticalSpacing(6)
            grid.setColumnMinimumWidth(0, round(132 * theme.current().scale))
            grid.setColumnStretch(1, 1)
            line = 0
            if section.title:
                grid.addWidget(Label(_(section.title), "section", "text"), line, 0, 1, 2)
                line += 1
            for name in section.names:
                self._add(grid, line, self._fields[name])
                line += 2
            column.addWidget(box)
        column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def _add(self, grid: QGridLayout, line: int, field: Field) -> None:
        maker = self._makers.get(field.name, make_editor)
        editor = maker(field, self._region, self._currency)
        caption = Label(_(field.label), "body", "text_3")
        caption.setBuddy(editor.input())
        caption.setWordWrap(True)
        note = Label("", "small", "late")
        note.setWordWrap(True)
        note.hide()
        top = kinds.Kind.LONG_TEXT is field.kind
        grid.addWidget(caption, line, 0, Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(editor, line, 1)
        grid.addWidget(note, line + 1, 1)
        self._editors[field.name] = editor
        self._notes[field.name] = note
        editor.touched.connect(lambda name=field.name: self._touched.add(name))
        editor.left.connect(lambda name=field.name: self.commit(name))

    def editor(self, name: str) -> Editor:
        """The editor of a field."""
        return self._editors[name]

    def set_values(self, values: Mapping[str, object]) -> None:
        """Show a record; a field that is being typed in is left alone."""
        for name, editor in self._editors.items():
            if name in self._touched and editor.input().hasFocus():
                continue
            self._values[name] = values.get(name)
            self._touched.discard(name)
            editor.set_value(values.get(name))
            self.set_note(name, "")
            self._warn(name)

    def set_note(self, name: str, text: str, color: str = "late") -> None:
        """Show a sentence under a field: in `late` it is wrong, in `due` it is to be checked."""
        note = self._notes[name]
        note.setText(text)
        note.set_color(color)
        note.setVisible(bool(text))
        self._editors[name].set_invalid(bool(text) and color == "late")

    def commit(self, name: str) -> bool:
        """Read one field; tell when it changed, or say under it what is wrong."""
        if name not in self._touched:
            return True
        try:
            value = self._editors[name].value()
        except InvalidValue as error:
            self.set_note(name, str(error))
            return False
        self._touched.discard(name)
        self.set_note(name, "")
        self._editors[name].set_value(value)
        if value != self._values.get(name):
            self._values[name] = value
            self._warn(name)
            self.changed.emit(name, value)
        return True

    def _warn(self, name: str) -> None:
        field = self._fields[name]
        told = kinds.warning(field.kind, self._values.get(name), self._region)
        if told:
            self.set_note(name, told, "due")

    def commit_all(self) -> bool:
        """Read every field; False, with the focus on the first wrong one, when something is wrong."""
        wrong = [name for name in self._editors if not self.commit(name)]
        if wrong:
            self.focus(wrong[0])
        return not wrong

    def values(self) -> dict[str, object]:
        """The values as they were read last."""
        return dict(self._values)

    def focus(self, name: str = "") -> None:
        """Put the focus on a field, the first one by default."""
        wanted = name or next(iter(self._editors), "")
        if wanted:
            self._editors[wanted].input().setFocus(Qt.FocusReason.OtherFocusReason)
