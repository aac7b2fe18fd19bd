"""Phones, e-mails, addresses and tags as rows that are edited where they stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QComboBox, QHBoxLayout, QListView, QVBoxLayout, QWidget

from crmdesk.core import kinds
from crmdesk.core.errors import UserError
from crmdesk.core.fields import Choice
from crmdesk.core.i18n import _
from crmdesk.core.record import Record
from crmdesk.core.write import Write
from crmdesk.features.customers import actions, rules
from crmdesk.features.customers.queries import AddressLine, PointLine, TagLine
from crmdesk.features.customers.records import (
    ADDRESS_KINDS,
    POINT_KINDS,
    Address,
    ContactPoint,
    Customer,
    Person,
    Tag,
)
from crmdesk.features.customers.ui import editing
from crmdesk.qt.desk import Desk
from crmdesk.qt.editors import FieldLine
from crmdesk.qt.restyle import set_property
from crmdesk.qt.widgets import Chip, FlowLayout, IconButton, Label

_PARTS = (("street", 3), ("postcode", 1), ("town", 2), ("province", 1), ("country", 1))


class Rows(QWidget):
    """Rows of one owner's entries, with an empty row to add one; built anew when they change."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Start without an owner."""
        super().__init__(parent)
        self.desk = desk
        self.owner: type[Customer] | type[Person] = Customer
        self.ident = ""
        self.owner_name = ""
        self._shown: object = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)

    def show_of(
        self, owner: type[Customer] | type[Person], ident: str, name: str, lines: Sequence[object]
    ) -> None:
        """Show the entries of a customer or person; rows that are as before are left alone."""
        state = (owner, ident, tuple(lines))
        self.owner, self.ident, self.owner_name = owner, ident, name
        if state == self._shown:
            return
        self._shown = state
        place = self._focused_place()
        while (item := self.column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.build(lines)
        stops = self._stops()
        if 0 <= place < len(stops):
            stops[place].setFocus(Qt.FocusReason.OtherFocusReason)

    def _stops(self) -> list[QWidget]:
        found = self.findChildren(QWidget)
        return [one for one in found if not one.isHidden() and one.focusPolicy() != Qt.FocusPolicy.NoFocus]

    def _focused_place(self) -> int:
        focused = QApplication.focusWidget()
        stops = self._stops()
        return stops.index(focused) if focused in stops else -1

    def build(self, lines: Sequence[object]) -> None:
        """Make the rows; the child class says how."""

    def line(self, text: str, name: str, done: Callable[[str], object]) -> FieldLine:
        """A field that tells when it was left with another text; Esc is not needed, Ctrl+Z undoes."""
        field = FieldLine(text)
        field.setAccessibleName(name)
        field.setPlaceholderText(name)

        def commit() -> None:
            if field.isModified():
                field.setModified(False)
                done(field.text())

        field.left.connect(commit)
        field.returnPressed.connect(commit)
        return field

    def choice(
        self, choices: Sequence[Choice], key: str | None, name: str, done: Callable[[str], object]
    ) -> QComboBox:
        """A small list that tells what was chosen."""
        box = QComboBox()
        box.setView(QListView())
        box.setAccessibleName(name)
        for one in choices:
            box.addItem(_(one.label), one.key)
        box.setCurrentIndex(max(0, box.findData(key)))
        box.setFixedWidth(112)
        box.activated.connect(lambda _place: done(str(box.currentData())))
        return box

    def star(self, preferred: bool, done: Callable[[], object]) -> IconButton:
        """The mark of the preferred entry."""
        button = IconButton("star", _("Preferred") if preferred else _("Prefer this one"), size=14)
        button.set_icon_name("star", "accent" if preferred else "text_disabled")
        button.setCheckable(True)
        button.setChecked(preferred)
        button.clicked.connect(done)
        return button

    def bin(self, name: str, done: Callable[[], object]) -> IconButton:
        """The way to the trash."""
        button = IconButton("x", name, size=14)
        button.clicked.connect(done)
        return button

    def set_value(self, record: type[Record], ident: str, name: str, value: object) -> bool:
        """Store one value in one step; what is wrong is told."""
        try:
            editing.set_value(self.desk, record, ident, name, value)
        except UserError as error:
            self._shown = None
            self.desk.fail(error)
            return False
        return True

    def prefer(self, record: type[ContactPoint] | type[Address], ident: str) -> None:
        """Prefer one entry over its like."""
        label = editing.change_label(self.desk, record, ident, "preferred")
        editing.step(
            self.desk, label, lambda session: actions.set_preferred(session, session.get_alive(record, ident))
        )

    def remove(self, record: type[Record], ident: str, label: str) -> None:
        """Move an entry to the trash, with Undo."""
        editing.step(
            self.desk, label, lambda session: actions.remove(session, session.get_alive(record, ident)), True
        )


class PointRows(Rows):
    """Phones, e-mails and web pages: kind, value, label, star; typing into the last row adds one."""

    def build(self, lines: Sequence[object]) -> None:
        """One row per entry, then the empty one."""
        for one in lines:
            assert isinstance(one, PointLine)
            self.column.addWidget(self._row(one))
        self.add_line = self.line("", _("Add phone, e-mail or web page"), self._add)
        self.column.addWidget(self.add_line)

    def _row(self, one: PointLine) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(4)
        kind = self.choice(
            POINT_KINDS, one.kind, _("Kind"), lambda key: self.set_value(ContactPoint, one.id, "kind", key)
        )
        value = self.line(
            one.value,
            _(editing.choice_label(POINT_KINDS, one.kind)),
            lambda text: self.set_value(ContactPoint, one.id, "value", text),
        )
        note = self.line(
            one.label or "",
            _("Label"),
            lambda text: self.set_value(ContactPoint, one.id, "label", text or None),
        )
        note.setMaximumWidth(120)
        for part, stretch in ((kind, 0), (value, 3), (note, 1)):
            row.addWidget(part, stretch)
        row.addWidget(self.star(one.preferred, lambda: self.prefer(ContactPoint, one.id)))
        gone = _("{value} removed").format(value=one.value)
        row.addWidget(self.bin(_("Remove"), lambda: self.remove(ContactPoint, one.id, gone)))
        column.addLayout(row)
        doubt = kinds.warning(rules.point_kind(one.kind), one.value, self.desk.region)
        if doubt:
            note_line = Label(doubt, "small", "due")
            note_line.setWordWrap(True)
            column.addWidget(note_line)
        return box

    def _add(self, text: str) -> None:
        if not text.strip():
            return
        label = _("{value} added to {name}").format(value=text.strip(), name=self.owner_name)

        def act(session: Write) -> None:
            owner = session.get_alive(self.owner, self.ident)
            assert isinstance(owner, Customer | Person)
            actions.add_point(session, owner, rules.guess_point(text), text, self.desk.region)

        if not editing.step(self.desk, label, act):
            set_property(self.add_line, "invalid", True)


class AddressRows(Rows):
    """Addresses in rows: kind, street, postcode, town, province, country, star."""

    def build(self, lines: Sequence[object]) -> None:
        """One row per address, then the empty one."""
        for one in lines:
            assert isinstance(one, AddressLine)
            self.column.addWidget(self._row(one))
        self.add_line = self.line("", _("Add an address: street, postcode town"), self._add)
        self.column.addWidget(self.add_line)

    def _row(self, one: AddressLine) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(4)
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(4)
            column.addLayout(row)
        first.addWidget(
            self.choice(
                ADDRESS_KINDS, one.kind, _("Kind"), lambda key: self.set_value(Address, one.id, "kind", key)
            )
        )
        for name, stretch in _PARTS:
            (first if name == "street" else second).addWidget(self._part(one, name), stretch)
        first.addWidget(self.star(one.preferred, lambda: self.prefer(Address, one.id)))
        gone = _("Address of {name} removed").format(name=self.owner_name)
        first.addWidget(self.bin(_("Remove"), lambda: self.remove(Address, one.id, gone)))
        return box

    def _part(self, one: AddressLine, name: str) -> FieldLine:
        def done(text: str) -> None:
            self.set_value(Address, one.id, name, text.strip() or None)

        return self.line(getattr(one, name) or "", _(Address.field(name).label), done)

    def _add(self, text: str) -> None:
        street, _comma, rest = (part.strip() for part in text.partition(","))
        words = rest.split(maxsplit=1)
        postcode, town = (words[0], " ".join(words[1:])) if words and words[0].isdigit() else ("", rest)
        label = _("Address added to {name}").format(name=self.owner_name)

        def act(session: Write) -> None:
            owner = session.get_alive(self.owner, self.ident)
            assert isinstance(owner, Customer | Person)
            actions.add_address(session, owner, street=street, postcode=postcode, town=town)

        editing.step(self.desk, label, act)


class TagRow(Rows):
    """Tags as chips with a cross, and a field to add one."""

    tagged = Signal()

    def build(self, lines: Sequence[object]) -> None:
        """The chips in a flow, the field under them."""
        if lines:
            box = QWidget()
            flow = FlowLayout(box)
            for one in lines:
                assert isinstance(one, TagLine)
                chip = Chip(one.name, icon="tag", closable=True)
                gone = _("Tag {tag} taken off {name}").format(tag=one.name, name=self.owner_name)
                chip.closed.connect(lambda ident=one.id, label=gone: self.remove(Tag, ident, label))
                flow.addWidget(chip)
            self.column.addWidget(box)
        self.add_line = self.line("", _("Add a tag"), self._add)
        self.column.addWidget(self.add_line)

    def _add(self, text: str) -> None:
        if text.strip():
            label = _("Tag {tag} put on {name}").format(tag=text.strip(), name=self.owner_name)
            ident = self.ident
            editing.step(self.desk, label, lambda session: actions.add_tag(session, ident, text))
