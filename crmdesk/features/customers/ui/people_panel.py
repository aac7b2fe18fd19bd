"""The people of a customer: who they are, who decides, how to reach them; edited where they stand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QMenu, QVBoxLayout, QWidget

from crmdesk.core import dates
from crmdesk.core.errors import UserError
from crmdesk.core.i18n import N_, _
from crmdesk.core.write import Write
from crmdesk.features.customers import actions, queries, rules
from crmdesk.features.customers.queries import PersonLine, PointLine
from crmdesk.features.customers.records import Affiliation, Customer, Person
from crmdesk.features.customers.ui import editing
from crmdesk.features.customers.ui.points import PointRows
from crmdesk.qt.desk import Desk
from crmdesk.qt.editors import FieldLine
from crmdesk.qt.page import Panel
from crmdesk.qt.record_form import RecordForm
from crmdesk.qt.widgets import Badge, ElidedLabel, IconButton, IconLabel, Label, label, row, scrolling

PERSON_FIELDS = (
    "first_name",
    "last_name",
    "salutation",
    "birthday",
    "language",
    "channel",
    "best_hours",
    "notes",
)
ROLE_FIELDS = ("role", "decides", "since", "until")
ICONS = (("phone", "phone"), ("mobile", "phone"), ("fax", "printer"), ("email", "mail"), ("web", "globe"))


class PersonBlock(QFrame):
    """One person: name, role and numbers; opens into a form."""

    def __init__(self, desk: Desk, person: PersonLine, parent: QWidget | None = None) -> None:
        """Show a person, closed."""
        super().__init__(parent)
        self.setObjectName("panel")
        self._desk, self.person = desk, person
        self.form: QWidget | None = None
        self._points: PointRows | None = None
        self._summary = QWidget()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(12, 8, 8, 8)
        self.column.setSpacing(4)
        self.edit = IconButton("pencil", _("Edit {name}").format(name=person.name), size=14)
        self.edit.setCheckable(True)
        self.more = IconButton("ellipsis", _("More about {name}").format(name=person.name), size=14)
        self._words = QHBoxLayout()
        self._words.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addLayout(self._words, 1)
        head.addWidget(self.edit)
        head.addWidget(self.more)
        self.column.addLayout(head)
        self.column.addWidget(self._summary)
        self.edit.toggled.connect(self._open)
        self.show_person(person)

    def show_person(self, person: PersonLine) -> None:
        """Show what is known now; a form that is open stays as it is."""
        self.person = person
        self.setAccessibleName(person.name)
        _empty(self._words)
        self._fill_head(person)
        fresh = QWidget()
        column = QVBoxLayout(fresh)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for point in person.points:
            column.addWidget(self._point(point))
        self.column.removeWidget(self._summary)
        self.column.insertWidget(1, fresh)
        self._summary.hide()
        self._summary.deleteLater()
        self._summary = fresh
        fresh.setVisible(bool(person.points) and self.form is None)
        self.more.setMenu(self._menu())
        if self._points is not None:
            self._points.show_of(Person, person.id, person.name, person.points)

    def _fill_head(self, person: PersonLine) -> None:
        self._words.addWidget(label(person.name, "strong", "text_3" if person.until else "text"))
        role = [person.role or ""]
        if person.until is not None:
            day = dates.show_date(person.until, self._desk.region, dates.today())
            role.append(_("until {date}").format(date=day))
        self._words.addWidget(ElidedLabel(", ".join(part for part in role if part), "body", "text_3"), 1)
        if person.decides:
            self._words.addWidget(Badge(_("decides"), "info"))
        if person.best_hours:
            self._words.addWidget(label(_("best {hours}").format(hours=person.best_hours), "small", "text_3"))

    @staticmethod
    def _point(point: PointLine) -> QWidget:
        text = Label(point.value, "body", "text")
        text.make_selectable()
        parts: list[QWidget | int | None] = [
            IconLabel(dict(ICONS).get(point.kind, "phone"), "accent", 14),
            text,
        ]
        if point.label:
            parts.append(label(point.label, "small", "text_3"))
        return row(*parts, None)

    def _menu(self) -> QMenu:
        person = self.person
        menu = QMenu(self)
        decides = menu.addAction(_("Decides"))
        decides.setCheckable(True)
        decides.setChecked(person.decides)
        decides.toggled.connect(self._set_decides)
        if person.until is None:
            menu.addAction(_("No longer works here"), self._left)
        menu.addAction(_("Remove from this customer"), self._remove)
        return menu

    def _open(self, opened: bool) -> None:
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form, self._points = None, None
        if opened:
            self.form = self._make_form()
            self.column.addWidget(self.form)
        self._summary.setVisible(bool(self.person.points) and not opened)

    def _make_form(self) -> QWidget:
        desk, person = self._desk, self.person
        role_form = RecordForm([Affiliation.field(name) for name in ROLE_FIELDS], desk.region)
        form = RecordForm([Person.field(name) for name in PERSON_FIELDS], desk.region)
        with desk.store.read() as session:
            found, role = session.get(Person, person.id), session.get(Affiliation, person.affiliation_id)
            form.set_values({name: getattr(found, name) for name in PERSON_FIELDS})
            role_form.set_values({name: getattr(role, name) for name in ROLE_FIELDS})
        form.changed.connect(lambda name, value: self._commit(form, Person, person.id, name, value))
        role_form.changed.connect(
            lambda name, value: self._commit(role_form, Affiliation, person.affiliation_id, name, value)
        )
        self._points = PointRows(desk)
        self._points.show_of(Person, person.id, person.name, person.points)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 8, 4, 4)
        column.setSpacing(10)
        for part in (self._points, role_form, form):
            column.addWidget(part)
        return box

    def _commit(
        self, form: RecordForm, record: type[Person] | type[Affiliation], ident: str, name: str, value: object
    ) -> None:
        try:
            editing.set_value(self._desk, record, ident, name, value)
        except UserError as error:
            form.set_note(name, str(error))

    def _set_decides(self, on: bool) -> None:
        ident = self.person.affiliation_id
        label_text = editing.change_label(self._desk, Affiliation, ident, "decides")
        editing.step(self._desk, label_text, lambda session: actions.set_decides(session, ident, on))

    def _left(self) -> None:
        ident = self.person.affiliation_id
        label_text = _("{name} no longer works here").format(name=self.person.name)
        editing.step(
            self._desk,
            label_text,
            lambda session: actions.end_affiliation(session, ident, dates.today()),
            True,
        )

    def _remove(self) -> None:
        ident = self.person.affiliation_id
        label_text = _("{name} removed").format(name=self.person.name)
        editing.step(
            self._desk,
            label_text,
            lambda session: actions.remove(session, session.get_alive(Affiliation, ident)),
            True,
        )


class PeoplePanel(Panel):
    """Everybody at this customer, deciders first, those who left last."""

    name = "people"
    title = N_("People")
    icon = "users"
    tables = frozenset({"person", "affiliation", "contact_point"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Start with the row that adds somebody."""
        super().__init__(desk, parent)
        self.blocks: list[PersonBlock] = []
        self._shown: tuple[str | None, tuple[PersonLine, ...]] = (None, ())
        self.add_line = FieldLine()
        self.add_line.setPlaceholderText(_("Add a person: name, role"))
        self.add_line.setAccessibleName(_("Add a person: name, role"))
        self.add_line.returnPressed.connect(self._add)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(20, 12, 20, 20)
        self._column.setSpacing(8)
        self._column.addWidget(self.add_line)
        self._column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(inner))

    def refresh(self) -> None:
        """Show the people of the customer, keeping open what was open."""
        people: tuple[PersonLine, ...] = ()
        if self.customer is not None:
            with self.desk.store.read() as session:
                people = queries.people(session, self.customer)
        self.counted.emit(sum(1 for person in people if person.until is None))
        if (self.customer, people) == self._shown:
            return
        self._shown = (self.customer, people)
        if [block.person.id for block in self.blocks] == [person.id for person in people]:
            for block, person in zip(self.blocks, people, strict=True):
                block.show_person(person)
            return
        self._rebuild(people)

    def _rebuild(self, people: Sequence[PersonLine]) -> None:
        opened = {block.person.id for block in self.blocks if block.edit.isChecked()}
        for block in self.blocks:
            block.hide()
            block.deleteLater()
        self.blocks = [PersonBlock(self.desk, person) for person in people]
        for place, block in enumerate(self.blocks):
            self._column.insertWidget(1 + place, block)
            block.edit.setChecked(block.person.id in opened)

    def _add(self) -> None:
        name, _comma, role = (part.strip() for part in self.add_line.text().partition(","))
        customer = self.customer
        if not name or customer is None:
            return
        first, last = rules.split_name(name)

        def act(session: Write) -> None:
            session.get_alive(Customer, customer)
            actions.add_person(session, customer, first, last, role)

        if editing.step(self.desk, _("Add {name}").format(name=name), act):
            self.add_line.clear()


def _empty(box: QLayout) -> None:
    while (item := box.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
