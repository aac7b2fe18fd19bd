"""What is read about customers: the card with people, numbers and addresses, the trash, the recent ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from crmdesk.core.kept import Figures
from crmdesk.core.record import ALIVE, TRASHED
from crmdesk.core.write import blocks
from crmdesk.features.customers import rules
from crmdesk.features.customers.records import Address, Affiliation, ContactPoint, Customer, Firm, Person, Tag

_ORDER = MappingProxyType({"phone": 0, "mobile": 0, "email": 1, "web": 2, "fax": 3})


@dataclass(frozen=True, slots=True)
class PointLine:
    """A phone number, e-mail or web page of a customer or of one of its people."""

    id: str
    kind: str
    value: str
    label: str | None
    preferred: bool
    person_id: str | None = None


@dataclass(frozen=True, slots=True)
class AddressLine:
    """One address of a customer."""

    id: str
    kind: str | None
    street: str | None
    postcode: str | None
    town: str | None
    province: str | None
    country: str | None
    preferred: bool


@dataclass(frozen=True, slots=True)
class TagLine:
    """A tag on a customer."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody at a customer: who, in which role, and how to reach them."""

    id: str
    affiliation_id: str
    name: str
    first_name: str | None
    last_name: str | None
    role: str | None
    decides: bool
    since: date | None
    until: date | None
    best_hours: str | None
    points: tuple[PointLine, ...] = ()

    @property
    def phone(self) -> PointLine | None:
        """The number to call this person at."""
        return rules.preferred(point for point in self.points if point.kind in rules.PHONES)

    @property
    def email(self) -> PointLine | None:
        """The address to write to."""
        return rules.preferred(point for point in self.points if point.kind == "email")


@dataclass(frozen=True, slots=True)
class CustomerCard:
    """All that the card shows of one customer; `values` are its fields, `figures` its kept figures."""

    id: str
    name: str
    deleted: int
    values: Mapping[str, Any]
    figures: Mapping[str, Any]
    people: tuple[PersonLine, ...] = ()
    points: tuple[PointLine, ...] = ()
    addresses: tuple[AddressLine, ...] = ()
    tags: tuple[TagLine, ...] = ()

    @property
    def trashed(self) -> bool:
        """Whether this customer lies in the trash."""
        return self.deleted != ALIVE

    @property
    def address(self) -> AddressLine | None:
        """The address to show first."""
        return rules.preferred(self.addresses)

    @property
    def present_people(self) -> tuple[PersonLine, ...]:
        """Those who still work here."""
        return tuple(person for person in self.people if person.until is None)


@dataclass(frozen=True, slots=True)
class CustomerLine:
    """A customer in a short list."""

    id: str
    name: str
    detail: str = field(default="")


def card(session: Session, ident: str, figures: Figures | None = None) -> CustomerCard | None:
    """The card of one customer, in the trash or not; None where there never was such a one."""
    customer = session.get(Customer, ident)
    if customer is None:
        return None
    values = {named.name: getattr(customer, named.name) for named in Customer.fields()}
    return CustomerCard(
        id=ident,
        name=customer.name,
        deleted=customer.deleted,
        values=values,
        figures=_figures(session, ident, figures),
        people=people(session, ident),
        points=_points(session, ContactPoint.customer_id == ident),
        addresses=_addresses(session, ident),
        tags=_tags(session, ident),
    )


def figure_tables(figures: Figures | None) -> frozenset[str]:
    """The tables whose changes move any kept figure, so that a list of figures knows when to read again."""
    measures = figures.measures if figures is not None else ()
    return frozenset(watched.__tablename__ for measure in measures for watched in measure.watches)


def _figures(session: Session, ident: str, figures: Figures | None) -> Mapping[str, Any]:
    if figures is None:
        return {}
    row = session.execute(select(figures.table).where(figures.table.c.customer_id == ident)).first()
    return {} if row is None else dict(row._mapping)


def people(session: Session, customer_id: str) -> tuple[PersonLine, ...]:
    """The people of a customer: deciders first, those who left last."""
    query = (
        select(Affiliation, Person)
        .join(Person, Person.id == Affiliation.person_id)
        .where(Affiliation.customer_id == customer_id, Affiliation.deleted == ALIVE, Person.deleted == ALIVE)
        .order_by(
            Affiliation.until.is_not(None), func.coalesce(Affiliation.decides, False).desc(), Affiliation.id
        )
    )
    found = session.execute(query).all()
    points = _points(session, ContactPoint.person_id.in_([person.id for _role, person in found]))
    return tuple(_person_line(role, person, points) for role, person in found)


def _person_line(role: Affiliation, person: Person, points: Sequence[PointLine]) -> PersonLine:
    return PersonLine(
        id=person.id,
        affiliation_id=role.id,
        name=rules.display_name(person.first_name, person.last_name),
        first_name=person.first_name,
        last_name=person.last_name,
        role=role.role,
        decides=bool(role.decides),
        since=role.since,
        until=role.until,
        best_hours=person.best_hours,
        points=tuple(point for point in points if point.person_id == person.id),
    )


def _points(session: Session, condition: ColumnElement[bool]) -> tuple[PointLine, ...]:
    query = (
        select(ContactPoint)
        .where(condition, ContactPoint.deleted == ALIVE)
        .order_by(func.coalesce(ContactPoint.preferred, False).desc(), ContactPoint.id)
    )
    found = [
        PointLine(point.id, point.kind, point.value, point.label, bool(point.preferred), point.person_id)
        for point in session.execute(query).scalars()
    ]
    return tuple(sorted(found, key=lambda point: _ORDER.get(point.kind, len(_ORDER))))


def _addresses(session: Session, customer_id: str) -> tuple[AddressLine, ...]:
    query = (
        select(Address)
        .where(Address.customer_id == customer_id, Address.deleted == ALIVE)
        .order_by(func.coalesce(Address.preferred, False).desc(), Address.id)
    )
    return tuple(
        AddressLine(
            row.id,
            row.kind,
            row.street,
            row.postcode,
            row.town,
            row.province,
            row.country,
            bool(row.preferred),
        )
        for row in session.execute(query).scalars()
    )


def _tags(session: Session, customer_id: str) -> tuple[TagLine, ...]:
    query = (
        select(Tag.id, Tag.name).where(Tag.customer_id == customer_id, Tag.deleted == ALIVE).order_by(Tag.id)
    )
    return tuple(TagLine(ident, name) for ident, name in session.execute(query))


def tag_names(session: Session) -> list[str]:
    """All words in use as tags, the most frequent first."""
    query = (
        select(Tag.name)
        .where(Tag.deleted == ALIVE)
        .group_by(Tag.name)
        .order_by(func.count().desc(), Tag.name)
    )
    return list(session.execute(query).scalars())


def trashed(session: Session) -> list[CustomerLine]:
    """The customers in the trash, those put there last first."""
    query = select(Customer.id, Customer.name, Customer.trade).where(Customer.deleted == TRASHED)
    ordered = query.order_by(Customer.changed.desc(), Customer.id.desc())
    return [CustomerLine(ident, name, trade or "") for ident, name, trade in session.execute(ordered)]


def recent(session: Session, count: int) -> list[CustomerLine]:
    """The customers added or changed last."""
    query = select(Customer.id, Customer.name, Customer.trade).where(Customer.deleted == ALIVE)
    ordered = query.order_by(Customer.changed.desc(), Customer.id.desc()).limit(count)
    return [CustomerLine(ident, name, trade or "") for ident, name, trade in session.execute(ordered)]


def names(session: Session, idents: Sequence[str]) -> dict[str, str]:
    """The names of some customers by id."""
    found: dict[str, str] = {}
    for block in blocks(list(idents)):
        query = select(Customer.id, Customer.name).where(Customer.id.in_(list(block)))
        found.update((ident, name) for ident, name in session.execute(query))
    return found


def twins(session: Session, name: str, figures: Figures) -> list[CustomerLine]:
    """The customers whose name is the same but for case, accents and signs."""
    wanted = rules.sort_name(name)
    if not wanted:
        return []
    kept = figures.table
    query = (
        select(Customer.id, Customer.name, kept.c.town)
        .join(kept, kept.c.customer_id == Customer.id)
        .where(kept.c.sort_name == wanted, Customer.deleted == ALIVE)
    )
    return [CustomerLine(ident, found, town or "") for ident, found, town in session.execute(query)]


def firm_name(session: Session) -> str:
    """The name of the owner's firm, empty while none was entered."""
    found = session.execute(
        select(Firm.name).where(Firm.deleted == ALIVE).order_by(Firm.id).limit(1)
    ).scalar()
    return found or ""


def currency(session: Session) -> str:
    """The firm's currency, empty while no firm was entered."""
    found = session.execute(
        select(Firm.currency).where(Firm.deleted == ALIVE).order_by(Firm.id).limit(1)
    ).scalar()
    return found or ""


def customer_count(session: Session) -> int:
    """How many customers there are at all, trash left out."""
    return int(session.execute(select(func.count()).where(Customer.deleted == ALIVE)).scalar_one())
