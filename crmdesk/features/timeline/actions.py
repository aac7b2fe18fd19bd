"""What can be done with the contact log: log, plan, tick off, postpone, correct, throw away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from crmdesk.core.errors import InvalidValue
from crmdesk.core.i18n import _
from crmdesk.core.record import ALIVE
from crmdesk.core.write import Write
from crmdesk.features.customers.records import Customer
from crmdesk.features.timeline.records import Interaction, Participant


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact to be logged."""

    customer: str
    channel: str
    at: datetime
    text: str = ""
    direction: str | None = None
    minutes: float | None = None
    outcome: str | None = None
    mood: str | None = None
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A contact to come; midnight means any time of the day."""

    customer: str
    channel: str
    at: datetime
    text: str = ""
    people: tuple[str, ...] = ()
    follows: str | None = None


def log_contact(
    session: Write, contact: Contact, next_step: str = "", next_date: datetime | None = None
) -> Interaction:
    """Log a contact and, where a date is given, plan the next step out of it."""
    customer = session.get_alive(Customer, contact.customer)
    logged = Interaction(
        customer_id=customer.id,
        state="done",
        channel=contact.channel,
        direction=contact.direction,
        at=contact.at,
        minutes=contact.minutes,
        outcome=contact.outcome,
        mood=contact.mood,
        text=contact.text.strip() or None,
    )
    session.add(logged)
    session.flush()
    _take_part(session, logged, contact.people)
    if next_date is not None:
        plan = Plan(customer.id, contact.channel, next_date, next_step, contact.people, logged.id)
        plan_contact(session, plan)
    return logged


def plan_contact(session: Write, plan: Plan) -> Interaction:
    """Plan a contact for a day."""
    customer = session.get_alive(Customer, plan.customer)
    planned = Interaction(
        customer_id=customer.id,
        state="planned",
        channel="phone" if plan.channel == "note" else plan.channel,
        at=plan.at,
        text=plan.text.strip() or None,
        follows_id=plan.follows,
    )
    session.add(planned)
    session.flush()
    _take_part(session, planned, plan.people)
    return planned


def complete_planned(session: Write, contact: str, at: datetime, **said: Any) -> Interaction:
    """Turn a planned contact into a done one, at the given moment, with what there is to say of it."""
    done = _planned(session, contact)
    done.state, done.at = "done", at
    _set(done, said)
    return done


def postpone(session: Write, contact: str, day: date) -> Interaction:
    """Move a planned contact to another day, at the same hour."""
    planned = _planned(session, contact)
    planned.at = datetime.combine(day, planned.at.time())
    return planned


def edit_contact(
    session: Write, contact: str, people: Iterable[str] | None = None, **changes: Any
) -> Interaction:
    """Correct a contact; `people`, where given, are all who took part."""
    found = session.get_alive(Interaction, contact)
    _set(found, changes)
    if people is not None:
        wanted = set(people)
        for one in session.execute(_participants(contact)).scalars():
            if one.person_id not in wanted:
                session.trash(one)
            wanted.discard(one.person_id)
        _take_part(session, found, sorted(wanted))
    return found


def trash_contact(session: Write, contact: str) -> Interaction:
    """Move a contact to the trash."""
    found = session.get_alive(Interaction, contact)
    session.trash(found)
    return found


def logged_label(channel: str, name: str) -> str:
    """What undo says of a logged contact."""
    if channel == "phone":
        return _("Call with {name} logged").format(name=name)
    if channel == "visit":
        return _("Visit to {name} logged").format(name=name)
    if channel == "email":
        return _("E-mail with {name} logged").format(name=name)
    if channel == "note":
        return _("Note on {name} written").format(name=name)
    return _("Contact with {name} logged").format(name=name)


def planned_label(name: str) -> str:
    """What undo says of a planned contact."""
    return _("Contact with {name} planned").format(name=name)


def _planned(session: Write, contact: str) -> Interaction:
    found = session.get_alive(Interaction, contact)
    if found.state != "planned":
        raise InvalidValue(_("This contact is already done. Open it in the log to change it."))
    return found


def _set(record: Interaction, values: dict[str, Any]) -> None:
    for name, value in values.items():
        Interaction.field(name)
        setattr(record, name, value)


def _participants(contact: str) -> Any:
    return select(Participant).where(Participant.interaction_id == contact, Participant.deleted == ALIVE)


def _take_part(session: Write, contact: Interaction, people: Iterable[str]) -> None:
    for person in people:
        session.add(Participant(interaction_id=contact.id, person_id=person))
