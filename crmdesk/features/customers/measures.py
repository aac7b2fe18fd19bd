"""What is kept per customer for lists and search: sorting name, town, phone, and the words to find it by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from crmdesk.core.kept import Ids
from crmdesk.core.record import ALIVE
from crmdesk.core.search import Doc
from crmdesk.core.write import blocks
from crmdesk.features.customers import rules
from crmdesk.features.customers.records import Address, Affiliation, ContactPoint, Customer, Person, Tag

_OWN_WORDS = (
    Customer.name,
    Customer.number,
    Customer.trade,
    Customer.vat_number,
    Customer.tax_code,
    Customer.notes,
)


def sort_names(session: Session, ids: Ids, today: date) -> Mapping[str, str]:
    """The name of each customer as lists sort it."""
    query = select(Customer.id, Customer.name)
    return {ident: rules.sort_name(name) for ident, name in _each(session, query, Customer.id, ids)}


def towns(session: Session, ids: Ids, today: date) -> Mapping[str, str]:
    """The town of each customer, of the preferred address where there are several."""
    query = select(Address.customer_id, Address.town).where(
        Address.deleted == ALIVE, Address.customer_id.is_not(None), Address.town.is_not(None)
    )
    ordered = query.order_by(func.coalesce(Address.preferred, False), Address.id.desc())
    return dict(_each(session, ordered, Address.customer_id, ids))


def phones(session: Session, ids: Ids, today: date) -> Mapping[str, str]:
    """The number to call each customer at: their own preferred one, else one of their people."""
    order = (func.coalesce(ContactPoint.preferred, False), ContactPoint.id.desc())
    through = (
        select(Affiliation.customer_id, ContactPoint.value)
        .join(ContactPoint, ContactPoint.person_id == Affiliation.person_id)
        .where(Affiliation.deleted == ALIVE, Affiliation.until.is_(None), *_callable())
        .order_by(func.coalesce(Affiliation.decides, False), *order)
    )
    own = (
        select(ContactPoint.customer_id, ContactPoint.value)
        .where(ContactPoint.customer_id.is_not(None), *_callable())
        .order_by(*order)
    )
    found: dict[str, str] = dict(_each(session, through, Affiliation.customer_id, ids))
    return found | dict(_each(session, own, ContactPoint.customer_id, ids))


def _callable() -> tuple[ColumnElement[bool], ...]:
    return (ContactPoint.deleted == ALIVE, ContactPoint.kind.in_(sorted(rules.PHONES)))


def customer_docs(session: Session, ids: Ids) -> Iterable[Doc]:
    """The words each customer is found by: its own, and those of its people, numbers, addresses and tags."""
    alive = select(Customer.id, *_OWN_WORDS).where(Customer.deleted == ALIVE)
    words: dict[str, list[str]] = {}
    for ident, *texts in _each(session, alive, Customer.id, ids):
        words[ident] = [text for text in texts if text]
    for query, column in _further_words():
        for ident, *texts in _each(session, query, column, ids):
            if ident in words:
                words[ident].extend(text for text in texts if text)
    return [Doc(ident, ident, "\n".join(texts)) for ident, texts in words.items()]


def _further_words() -> Iterator[tuple[Select[*tuple[Any, ...]], InstrumentedAttribute[Any]]]:
    point = select(ContactPoint.customer_id, ContactPoint.value).where(
        ContactPoint.deleted == ALIVE, ContactPoint.customer_id.is_not(None)
    )
    yield point, ContactPoint.customer_id
    address = select(Address.customer_id, Address.street, Address.postcode, Address.town).where(
        Address.deleted == ALIVE, Address.customer_id.is_not(None)
    )
    yield address, Address.customer_id
    yield select(Tag.customer_id, Tag.name).where(Tag.deleted == ALIVE), Tag.customer_id
    works = Affiliation.deleted == ALIVE
    people = (
        select(Affiliation.customer_id, Person.first_name, Person.last_name, Person.notes)
        .join(Person, Person.id == Affiliation.person_id)
        .where(works, Person.deleted == ALIVE)
    )
    yield people, Affiliation.customer_id
    theirs = (
        select(Affiliation.customer_id, ContactPoint.value)
        .join(ContactPoint, ContactPoint.person_id == Affiliation.person_id)
        .where(works, ContactPoint.deleted == ALIVE)
    )
    yield theirs, Affiliation.customer_id


def _each(
    session: Session, query: Select[*tuple[Any, ...]], column: InstrumentedAttribute[Any], ids: Ids
) -> Iterator[tuple[Any, ...]]:
    if ids is None:
        yield from map(tuple, session.connection().execute(query))
        return
    for block in blocks(list(ids)):
        yield from map(tuple, session.connection().execute(query.where(column.in_(list(block)))))
