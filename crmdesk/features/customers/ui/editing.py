"""One edit, one step: every committed field becomes a write whose label names what changed."""

from __future__ import annotations

from collections.abc import Callable

from crmdesk.core.errors import UserError
from crmdesk.core.fields import Choice
from crmdesk.core.i18n import _
from crmdesk.core.record import Record
from crmdesk.core.write import Write
from crmdesk.features.customers import actions, rules
from crmdesk.features.customers.records import ContactPoint
from crmdesk.qt.desk import Desk


def set_value(desk: Desk, record: type[Record], ident: str, name: str, value: object) -> None:
    """Store one value of one record in one step; UserError where it cannot be."""
    with desk.store.write(change_label(desk, record, ident, name)) as session:
        found = session.get_alive(record, ident)
        if isinstance(found, ContactPoint) and name == "value":
            actions.set_field(session, found, name, str(value or ""), desk.region)
        else:
            actions.set_value(session, found, name, value)


def change_label(desk: Desk, record: type[Record], ident: str, name: str) -> str:
    """What the step is called that changes this field, such as Phone of Marco Villa changed."""
    with desk.store.read() as session:
        found = session.get(record, ident)
        owner = actions.owner_name(session, found) if found is not None else ""
        word = _(record.field(name).label)
        if isinstance(found, ContactPoint) and name == "value":
            word = _(choice_label(ContactPoint.field("kind").choices, found.kind))
    return rules.change_label(word, owner)


def choice_label(choices: tuple[Choice, ...], key: str | None) -> str:
    """The English label of a stored choice, to be translated."""
    return next((choice.label for choice in choices if choice.key == key), key or "")


def step(desk: Desk, label: str, act: Callable[[Write], object], undo: bool = False) -> bool:
    """Do something in one step and tell its name; what cannot be done is told instead."""
    try:
        with desk.store.write(label) as session:
            act(session)
    except UserError as error:
        desk.fail(error)
        return False
    if undo:
        desk.tell(label, undo=True)
    return True
