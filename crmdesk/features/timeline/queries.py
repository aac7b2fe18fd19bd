"""What the contact log is asked: the chronology of a customer, what is planned, and figures per customer.

A note is no contact: it counts neither as last contact nor among the contacts of a year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from crmdesk.core import dates
from crmdesk.core.feature import Moment, Moments
from crmdesk.core.i18n import N_, Region, _, ngettext
from crmdesk.core.kept import Ids
from crmdesk.core.once import once
from crmdesk.core.record import ALIVE
from crmdesk.core.search import Doc
from crmdesk.core.write import blocks
from crmdesk.features.customers.records import Affiliation, Customer, Person
from crmdesk.features.timeline.records import CHANNELS, OUTCOMES, Interaction, Participant
from crmdesk.features.timeline.rules import Name

BATCH = 50
Query = Select[*tuple[Any, ...]]
FIRST_WORDS = 80
ICONS = (
    ("phone", "phone"),
    ("visit", "footprints"),
    ("email", "mail"),
    ("meeting", "users"),
    ("message", "message-square"),
    ("letter", "file-text"),
    ("fax", "printer"),
    ("form", "list-checks"),
    ("web", "globe"),
    ("reseller", "store"),
    ("note", "pencil"),
)
_DIRECTED = {
    ("phone", "in"): "phone-incoming",
    ("phone", "out"): "phone-outgoing",
}
_HEADS = {
    ("email", "out"): N_("E-mail sent"),
    ("email", "in"): N_("E-mail received"),
    ("letter", "out"): N_("Letter sent"),
    ("letter", "in"): N_("Letter received"),
}


@dataclass(frozen=True, slots=True)
class Chronology:
    """One customer's story: what is planned, soonest first, and what was, newest first.

    `last` is the moment to go on from with `before`, None where the story is at its end.
    """

    planned: tuple[Moment, ...]
    past: tuple[Moment, ...]
    last: datetime | None


@dataclass(frozen=True, slots=True)
class Planned:
    """A planned contact as lists show it, whoever the customer is."""

    id: str
    customer: str
    name: str
    at: datetime
    channel: str
    text: str


def icon_of(channel: str | None, direction: str | None = None) -> str:
    """The icon of a channel, with its direction where that has an icon of its own."""
    return _DIRECTED.get((channel or "", direction or "")) or dict(ICONS).get(channel or "", "circle")


def channel_label(channel: str | None, direction: str | None = None) -> str:
    """The name of a channel in the language of the screen."""
    head = _HEADS.get((channel or "", direction or ""))
    if head:
        return _(head)
    return next((_(choice.label) for choice in CHANNELS if choice.key == channel), _("Contact"))


def chronology(
    session: Session,
    sources: Sequence[Moments],
    customer: str,
    before: datetime | None = None,
    limit: int = BATCH,
    region: Region | None = None,
) -> Chronology:
    """All slices' moments of a customer, newest first, from `before` on; planned ones come apart, once.

    Entries of one and the same moment are never parted between two batches, so going on `before` the last
    one loses none. Sources that write amounts find the region in `session.info`.
    """
    session.info["region"] = region
    found = [moment for source in sources for moment in source.read(session, customer, before, limit)]
    planned = sorted(
        (moment for moment in found if moment.planned), key=lambda moment: (moment.at, moment.row)
    )
    past = sorted(
        (moment for moment in found if not moment.planned), key=lambda m: (m.at, m.row), reverse=True
    )
    if len(past) < limit:
        return Chronology(tuple(planned), tuple(past), None)
    edge = past[limit - 1].at
    return Chronology(tuple(planned), tuple(moment for moment in past if moment.at >= edge), edge)


def moments(session: Session, customer: str, before: datetime | None, limit: int) -> list[Moment]:
    """The contacts of one customer: the planned ones when asked from the beginning, and the past ones."""
    found = list(session.execute(past_query(customer, before).limit(limit)))
    if len(found) == limit:
        known = {one.id for one in found}
        same = past_query(customer, None).where(Interaction.at == found[-1].at)
        found += [one for one in session.execute(same) if one.id not in known]
    if before is None:
        found += session.execute(planned_query(customer)).all()
    return [_moment(one) for one in found]


_WHO = (
    select(
        func.group_concat(
            func.trim(func.coalesce(Person.first_name, "") + " " + func.coalesce(Person.last_name, "")), ", "
        )
    )
    .join(Participant, Participant.person_id == Person.id)
    .where(Participant.interaction_id == Interaction.id, Participant.deleted == ALIVE)
    .correlate(Interaction)
    .scalar_subquery()
    .label("who")
)
_COLUMNS = tuple(
    Interaction.__table__.c[name]
    for name in ("id", "state", "channel", "direction", "at", "minutes", "outcome", "mood", "text")
)


def _in_state(state: str) -> ColumnElement[bool]:
    """The state of a contact, asked so that the index by customer is walked, never the one by state."""
    return func.coalesce(Interaction.state, "") == state


def _of_customer(customer: str, state: str) -> Query:
    return select(*_COLUMNS, _WHO).where(
        Interaction.customer_id == customer, _in_state(state), Interaction.deleted == ALIVE
    )


def past_query(customer: str, before: datetime | None) -> Query:
    """The done contacts of a customer before a moment, newest first, along the index by customer and time."""
    query = _of_customer(customer, "done")
    if before is not None:
        query = query.where(Interaction.at < before)
    return query.order_by(Interaction.at.desc())


def planned_query(customer: str) -> Query:
    """What is planned with a customer, soonest first."""
    return _of_customer(customer, "planned").order_by(Interaction.at)


def _moment(one: Any) -> Moment:
    text = one.text or ""
    outcome = next((_(choice.label) for choice in OUTCOMES if choice.key == one.outcome), "")
    details = [one.who or ""]
    if one.minutes:
        count = round(one.minutes)
        details.append(ngettext("{n} min", "{n} min", count).format(n=count))
    if outcome and one.outcome != "reached":
        details.append(outcome.lower())
    planned = one.state == "planned"
    return Moment(
        at=one.at,
        table=Interaction.__tablename__,
        row=one.id,
        icon=icon_of(one.channel, None if planned else one.direction),
        head=channel_label(one.channel, None if planned else one.direction),
        detail=", ".join(part for part in details if part),
        text=text,
        mood=one.mood,
        planned=planned,
        kind=one.channel or "",
    )


def people_of(session: Session, customer: str) -> list[Name]:
    """The people of a customer, whom the composer may name."""
    query = (
        select(Person.id, Person.first_name, Person.last_name)
        .join(Affiliation, Affiliation.person_id == Person.id)
        .where(Affiliation.customer_id == customer, Affiliation.deleted == ALIVE, Person.deleted == ALIVE)
        .order_by(Person.last_name, Person.first_name)
    )
    return [Name(ident, first or "", last or "") for ident, first, last in session.execute(query).unique()]


def customer_name(session: Session, customer: str) -> str:
    """What a customer is called."""
    return session.execute(select(Customer.name).where(Customer.id == customer)).scalar() or ""


def planned_until(session: Session, last: date, limit: int = 500) -> list[Planned]:
    """What is planned with anybody up to a day, what is late included, soonest first."""
    query = (
        select(Interaction, Customer.name)
        .join(Customer, Customer.id == Interaction.customer_id)
        .where(Interaction.deleted == ALIVE, Customer.deleted == ALIVE, Interaction.state == "planned")
        .where(Interaction.at < _end_of(last))
        .order_by(Interaction.at, Interaction.id)
        .limit(limit)
    )
    return [
        Planned(one.id, one.customer_id, name, one.at, one.channel or "", one.text or "")
        for one, name in session.execute(query)
    ]


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(1), time())


def _asked(base: Query, ids: Ids) -> Iterator[Query]:
    if ids is None:
        yield base
        return
    for block in blocks(list(ids)):
        yield base.where(Interaction.customer_id.in_(block))


def _past(session: Session, ids: Ids, today: date) -> dict[str, tuple[str, int]]:
    """The day of the last contact and the contacts of twelve months, in one pass along the index."""
    start = datetime.combine(dates.add_months(today, -12) + timedelta(1), time())
    base = (
        select(
            Interaction.customer_id,
            func.date(func.max(Interaction.at)),
            func.sum(case((Interaction.at >= start, 1), else_=0)),
        )
        .where(Interaction.deleted == ALIVE, _in_state("done"), Interaction.at < _end_of(today))
        .where(func.coalesce(Interaction.channel, "") != "note")
        .group_by(Interaction.customer_id)
    )
    return {
        customer: (day, int(count))
        for query in _asked(base, ids)
        for customer, day, count in session.execute(query)
    }


def last_contact(session: Session, ids: Ids, today: date) -> Mapping[str, str]:
    """The day of the last contact that is not a note, by customer."""
    found = once(session, ("timeline past", today), ids, lambda: _past(session, ids, today))
    return {customer: day for customer, (day, _count) in found.items()}


def contacts_12m(session: Session, ids: Ids, today: date) -> Mapping[str, int]:
    """How many contacts there were in the twelve months that end today, by customer; none counts 0."""
    found = once(session, ("timeline past", today), ids, lambda: _past(session, ids, today))
    wanted = ids if ids is not None else session.execute(select(Customer.id)).scalars()
    return {customer: found[customer][1] if customer in found else 0 for customer in wanted}


def _soonest(session: Session, ids: Ids) -> dict[str, tuple[str, str, str]]:
    planned = Interaction.state == "planned" if ids is None else _in_state("planned")
    base = (
        select(Interaction.customer_id, func.date(Interaction.at), Interaction.channel, Interaction.text)
        .where(Interaction.deleted == ALIVE, planned)
        .order_by(Interaction.at.desc(), Interaction.id.desc())
    )
    return {
        customer: (day, channel or "", text or "")
        for query in _asked(base, ids)
        for customer, day, channel, text in session.execute(query)
    }


def next_due(session: Session, ids: Ids, today: date) -> Mapping[str, str]:
    """The day of the next planned contact, late ones first of all, by customer."""
    found = once(session, ("timeline next",), ids, lambda: _soonest(session, ids))
    return {customer: day for customer, (day, _channel, _text) in found.items()}


def next_what(session: Session, ids: Ids, today: date) -> Mapping[str, str]:
    """The channel and first words of the next planned contact, parted by a bar, by customer."""
    found = once(session, ("timeline next",), ids, lambda: _soonest(session, ids))
    return {
        customer: f"{channel}|{' '.join(text[: 4 * FIRST_WORDS].split())[:FIRST_WORDS]}"
        for customer, (_day, channel, text) in found.items()
    }


def docs(session: Session, ids: Ids) -> Iterable[Doc]:
    """The words of each contact for the search."""
    base = select(Interaction.id, Interaction.customer_id, Interaction.text).where(
        Interaction.deleted == ALIVE, Interaction.text.is_not(None), Interaction.text != ""
    )
    queries = (
        [base] if ids is None else [base.where(Interaction.id.in_(block)) for block in blocks(list(ids))]
    )
    for query in queries:
        for row, customer, text in session.execute(query):
            yield Doc(row, customer, text or "")


def contact_values(session: Session, contact: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The fields of one contact by name, and the ids of those who took part."""
    found = session.get(Interaction, contact)
    values = {} if found is None else {one.name: getattr(found, one.name) for one in Interaction.fields()}
    query = select(Participant.person_id).where(
        Participant.interaction_id == contact, Participant.deleted == ALIVE
    )
    return values, tuple(session.execute(query).scalars())
