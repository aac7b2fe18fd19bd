"""The long form of a contact: everything the composer can say, and what it cannot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any

from PySide6.QtWidgets import QWidget

from crmdesk.core.fields import Field
from crmdesk.core.i18n import N_, Region, _
from crmdesk.core.kinds import Kind
from crmdesk.features.timeline.actions import Contact
from crmdesk.features.timeline.records import Interaction
from crmdesk.features.timeline.rules import Name
from crmdesk.qt.dialogs import FormSheet
from crmdesk.qt.record_form import RecordForm, Section

NAMES = ("channel", "direction", "at", "minutes", "outcome", "mood", "text")
NEXT = (Field("next_step", N_("What"), Kind.TEXT), Field("next_date", N_("On"), Kind.DATE))
_PERSON = "person:"


class ContactSheet(FormSheet):
    """A form for one contact, new or known; a new one may plan the next step too."""

    def __init__(
        self,
        title: str,
        act: str,
        people: Sequence[Name],
        region: Region,
        plans: bool,
        parent: QWidget | None,
    ) -> None:
        """Make the form with these people to tick; with `plans` it asks for the next step."""
        fields = [Interaction.field(name) for name in NAMES]
        persons = [Field(_PERSON + one.id, one.full, Kind.FLAG) for one in people]
        sections = [Section("", NAMES)]
        if persons:
            sections.append(Section(N_("People"), tuple(field.name for field in persons)))
        if plans:
            sections.append(Section(N_("Next step"), tuple(field.name for field in NEXT)))
        every = [*fields, *persons, *(NEXT if plans else ())]
        super().__init__(title, act, RecordForm(every, region, "", sections), parent)

    def show_values(self, values: Mapping[str, object], people: Sequence[str]) -> None:
        """Fill the form."""
        self.form.set_values(dict(values) | {_PERSON + person: True for person in people})

    def act(self) -> None:
        """Leave only with a day and a kind."""
        if not self.form.commit_all():
            return
        values = self.form.values()
        for name in ("at", "channel"):
            if values.get(name) is None:
                self.form.set_note(name, _("This is needed. Fill it in."))
                self.form.focus(name)
                return
        super().act()


def people_in(values: Mapping[str, object]) -> tuple[str, ...]:
    """The people ticked in the form."""
    return tuple(name.removeprefix(_PERSON) for name, on in values.items() if name.startswith(_PERSON) and on)


def contact_in(customer: str, values: Mapping[str, Any]) -> Contact:
    """The contact a filled form tells of."""
    return Contact(
        customer=customer,
        channel=values["channel"],
        at=values["at"],
        text=values.get("text") or "",
        direction=values.get("direction"),
        minutes=values.get("minutes"),
        outcome=values.get("outcome"),
        mood=values.get("mood"),
        people=people_in(values),
    )


def next_in(values: Mapping[str, Any]) -> tuple[str, datetime | None]:
    """The next step of a filled form and its day; any time of that day."""
    day = values.get("next_date")
    return values.get("next_step") or "", datetime.combine(day, time()) if day else None
