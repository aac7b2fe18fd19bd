"""The Log tab of the card: composer, open items, timeline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from crmdesk.core.feature import Moments
from crmdesk.core.i18n import N_, _
from crmdesk.features.timeline import actions, queries
from crmdesk.features.timeline.queries import Chronology
from crmdesk.features.timeline.records import CHANNELS, Interaction
from crmdesk.features.timeline.ui import gestures
from crmdesk.features.timeline.ui.composer import Composer
from crmdesk.features.timeline.ui.contact_sheet import NAMES, ContactSheet, contact_in, next_in, people_in
from crmdesk.features.timeline.ui.open_items import OpenItems
from crmdesk.features.timeline.ui.story import INSET, StoryView
from crmdesk.qt.actions import ActionSpec
from crmdesk.qt.desk import Desk
from crmdesk.qt.page import Panel
from crmdesk.qt.widgets import Button, EmptyState, label, row

TABLE = Interaction.__tablename__
_MOST_EMPTY_READS = 40


class LogPanel(Panel):
    """Everything that happened and will happen with one customer, and the line that adds to it."""

    name = "log"
    title = N_("Log")
    icon = "message-square"
    key = "Ctrl+L"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Start without a customer."""
        super().__init__(desk, parent)
        self._kind = ""
        self._drafts: dict[str, str] = {}
        self.composer = Composer(desk.region)
        self.items = OpenItems(desk.region)
        self.story = StoryView(desk.region)
        self.kinds = Button(_("All kinds"), "ghost", "funnel")
        self.empty = EmptyState(
            "message-square", _("No contact yet"), _("Log the first call, visit or mail in the line above.")
        )
        self._build()
        self._connect()

    def _build(self) -> None:
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(INSET, 12, INSET, 0)
        column.setSpacing(8)
        column.addWidget(self.composer)
        column.addWidget(self.items)
        column.addWidget(row(label(_("Timeline"), "label", "text"), None, self.kinds))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(top)
        whole.addWidget(self.story, 1)
        whole.addWidget(self.empty, 1)
        self.setFocusProxy(self.composer)

    def _connect(self) -> None:
        self.composer.saved.connect(self._save)
        self.composer.long_asked.connect(self.open_new)
        self.items.ticked.connect(self._tick)
        self.items.trashed.connect(lambda ident: self._trash(TABLE, ident))
        self.items.postponed.connect(self._postpone)
        self.items.asked.connect(self.open_contact)
        self.story.asked.connect(lambda table, ident: self.open_contact(ident) if table == TABLE else None)
        self.story.trashed.connect(self._trash)
        self.story.menu_asked.connect(self._open_menu)
        self.kinds.clicked.connect(self._open_kinds)
        spec = ActionSpec("log_contact", N_("Log a contact"), self.composer.focus, "message-square", "Ctrl+L")
        self.desk.actions.add(spec, self)

    # What is shown

    def set_customer(self, customer: str | None) -> None:
        """Show another customer; a line begun for the one before waits for its return."""
        if customer != self.customer:
            if self.customer is not None:
                self._drafts[self.customer] = self.composer.line.toPlainText()
            self.composer.clear()
            if draft := self._drafts.pop(customer or "", ""):
                self.composer.start(draft)
            self.story.opened.clear()
        super().set_customer(customer)

    def refresh(self) -> None:
        """Read the story anew; the line being typed stays."""
        if self.customer is None:
            self.items.show_items(())
            return
        with self.desk.store.read() as session:
            people = queries.people_of(session, self.customer)
        first = self._read(None)
        place = self.story.verticalScrollBar().value()
        self.composer.set_people(people)
        self.items.show_items(first.planned)
        self.story.story.show(self._read, first)
        self.story.verticalScrollBar().setValue(place)
        there = bool(first.past) or bool(self._kind)
        self.story.setVisible(there)
        self.empty.setVisible(not there)

    def _sources(self) -> Sequence[Moments]:
        sources: Sequence[Moments] = self.desk.features.moments()
        if not self._kind:
            return sources
        contact = any(choice.key == self._kind for choice in CHANNELS)
        return [one for one in sources if one.kind == ("contact" if contact else self._kind)]

    def _read(self, before: datetime | None) -> Chronology:
        """A part of the story, of the chosen kind; parts without any are passed over."""
        customer = self.customer or ""
        contact = any(choice.key == self._kind for choice in CHANNELS)
        with self.desk.store.read() as session:
            read = partial(queries.chronology, session, region=self.desk.region)
            first = part = read(self._sources(), customer, before)
            for _attempt in range(_MOST_EMPTY_READS if contact else 0):
                kept = tuple(moment for moment in part.past if moment.kind == self._kind)
                if kept or part.last is None:
                    part = replace(part, past=kept)
                    break
                part = read(self._sources(), customer, part.last)
            if self._kind and before is None:
                first = read(self.desk.features.moments(), customer, None, 1)
        return replace(part, planned=first.planned)

    def show_kind(self, kind: str) -> None:
        """Show entries of one kind only, or all for an empty one."""
        self._kind = kind
        names = {choice.key: _(choice.label) for choice in CHANNELS}
        names |= {one.kind: _(one.label) for one in self.desk.features.moments() if one.kind != "contact"}
        self.kinds.setText(names.get(kind, _("All kinds")))
        self.refresh()

    def _open_kinds(self) -> None:
        menu = QMenu(self)
        menu.addAction(_("All kinds")).triggered.connect(lambda: self.show_kind(""))
        menu.addSeparator()
        for choice in CHANNELS:
            self._add_kind(menu, choice.key, _(choice.label))
        menu.addSeparator()
        for source in self.desk.features.moments():
            if source.kind != "contact":
                self._add_kind(menu, source.kind, _(source.label))
        menu.popup(self.kinds.mapToGlobal(self.kinds.rect().bottomLeft()))

    def _add_kind(self, menu: QMenu, key: str, text: str) -> None:
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(key == self._kind)
        action.triggered.connect(lambda: self.show_kind(key))

    # What is done

    def _save(self) -> None:
        if self.customer is not None and gestures.save(self.desk, self.customer, self.composer):
            self.composer.clear()

    def _tick(self, ident: str) -> None:
        if not gestures.tick(self.desk, self.customer or "", ident):
            self.refresh()

    def _postpone(self, ident: str, choice: str) -> None:
        gestures.put_off(self.desk, self.customer or "", ident, choice)

    def _trash(self, table: str, ident: str) -> None:
        if table == TABLE:
            gestures.throw_away(self.desk, self.customer or "", ident)

    def _open_menu(self, table: str, ident: str, place: QPoint) -> None:
        if table != TABLE:
            return
        menu = QMenu(self)
        menu.addAction(_("Change…")).triggered.connect(lambda: self.open_contact(ident))
        menu.addAction(_("Move to the trash")).triggered.connect(lambda: self._trash(table, ident))
        menu.popup(place)

    def log_call(self) -> None:
        """Start typing about a call."""
        self.composer.choose("phone")

    def plan(self) -> None:
        """Start typing a plan, with tomorrow as its day until another one is typed."""
        if self.composer.empty:
            self.composer.start(_("tomorrow") + " ")
        self.composer.focus()

    def open_new(self) -> ContactSheet:
        """Open the long form with what the line says so far."""
        composer, said = self.composer, self.composer.said
        sheet = self._sheet(_("Log a contact"), _("Save contact"), plans=True)
        values = {name: getattr(said, name, None) for name in NAMES} | {
            "channel": composer.channel,
            "at": composer.moment(),
            "next_step": said.next_step or None,
            "next_date": said.next_day,
        }
        sheet.show_values(values, said.people)
        sheet.filled.connect(self._log)
        sheet.open()
        return sheet

    def _log(self, values: dict[str, Any]) -> None:
        customer = self.customer or ""
        contact = contact_in(customer, values)
        text = actions.logged_label(contact.channel, gestures.name_of(self.desk, customer))
        if gestures.step(self.desk, text, lambda s: actions.log_contact(s, contact, *next_in(values))):
            self.composer.clear()

    def open_contact(self, ident: str) -> ContactSheet:
        """Open the form of a contact that is there already."""
        sheet = self._sheet(_("Change contact"), _("Save changes"), plans=False)
        with self.desk.store.read() as session:
            values, people = queries.contact_values(session, ident)
        sheet.show_values(values, people)
        sheet.filled.connect(lambda filled: self._change(ident, filled))
        sheet.open()
        return sheet

    def _change(self, ident: str, values: dict[str, Any]) -> None:
        text = _("Contact with {name} changed").format(name=gestures.name_of(self.desk, self.customer or ""))
        fields = {name: values.get(name) for name in NAMES}
        people = people_in(values)
        gestures.step(self.desk, text, lambda s: actions.edit_contact(s, ident, people, **fields))

    def _sheet(self, title: str, act: str, plans: bool) -> ContactSheet:
        with self.desk.store.read() as session:
            people = queries.people_of(session, self.customer or "")
        return ContactSheet(title, act, people, self.desk.region, plans, self.window())
