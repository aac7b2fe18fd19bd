"""What can be done with customers and people: each verb works in an open write and never commits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core import kinds
from crmdesk.core.errors import InvalidValue
from crmdesk.core.i18n import Region, _
from crmdesk.core.record import ALIVE, TRASHED, Record
from crmdesk.core.settings import Settings
from crmdesk.core.write import Write
from crmdesk.features.customers import rules
from crmdesk.features.customers.records import Address, Affiliation, ContactPoint, Customer, Firm, Person, Tag

ADDRESS_PARTS = ("kind", "street", "postcode", "town", "province", "country")


def create_customer(session: Write, name: str, **values: Any) -> Customer:
    """Add a customer; it needs no more than a name."""
    customer = Customer(name=rules.checked_name(name), **values)
    session.add(customer)
    session.flush()
    return customer


def rename_customer(session: Write, ident: str, name: str) -> Customer:
    """Give a customer another name."""
    customer = session.get_alive(Customer, ident)
    customer.name = rules.checked_name(name)
    return customer


def parse_field(record: type[Record], name: str, text: str, region: Region, currency: str = "") -> object:
    """What was typed into a field, as it is stored; InvalidValue says what is wrong with it."""
    field = record.field(name)
    value = kinds.parse(field.kind, text, region, field.choices, currency)
    if value is None and not record.__table__.columns[name].nullable:
        raise InvalidValue(_("This field cannot be empty. Type something."))
    return value


def set_field(
    session: Write, record: Record, name: str, text: str, region: Region, currency: str = ""
) -> object:
    """Read what was typed by the kind of the field and store it; returns the stored value."""
    value: object
    if isinstance(record, ContactPoint) and name == "value":
        value = _point_value(record.kind, text, region)
    else:
        value = parse_field(type(record), name, text, region, currency)
    set_value(session, record, name, value)
    return value


def set_value(session: Write, record: Record, name: str, value: object) -> None:
    """Store a value that was read already; an empty name of a customer is refused."""
    type(record).field(name)
    if isinstance(record, Customer) and name == "name":
        value = rules.checked_name(str(value or ""))
    setattr(record, name, value)
    session.flush()


def add_person(
    session: Write, customer_id: str, first_name: str | None, last_name: str | None, role: str | None = None
) -> Affiliation:
    """Add somebody who works at a customer, with a role; returns the role, which knows the person."""
    if not (first_name or last_name):
        raise InvalidValue(_("A person needs a name. Type one."))
    person = Person(first_name=first_name or None, last_name=last_name or None)
    session.add(person)
    session.flush()
    return link_person(session, person.id, customer_id, role)


def link_person(session: Write, person_id: str, customer_id: str, role: str | None = None) -> Affiliation:
    """Say that a known person works at one more customer."""
    affiliation = Affiliation(person_id=person_id, customer_id=customer_id, role=role or None)
    session.add(affiliation)
    session.flush()
    return affiliation


def end_affiliation(session: Write, ident: str, day: date) -> Affiliation:
    """Say that a person left a customer on a day; the role stays in the history."""
    affiliation = session.get_alive(Affiliation, ident)
    affiliation.until = day
    return affiliation


def set_decides(session: Write, ident: str, decides: bool) -> Affiliation:
    """Mark or unmark a person as the one who decides at a customer."""
    affiliation = session.get_alive(Affiliation, ident)
    affiliation.decides = decides
    return affiliation


def add_point(
    session: Write, owner: Customer | Person, kind: str, value: str, region: Region
) -> ContactPoint:
    """Add a phone number, e-mail or web page; the first of its sort becomes the preferred one."""
    point = ContactPoint(kind=kind, value=_point_value(kind, value, region), **_owner(owner))
    siblings = _siblings(session, point)
    point.preferred = not any(sibling.preferred for sibling in siblings)
    session.add(point)
    session.flush()
    return point


def add_address(session: Write, owner: Customer | Person, **parts: str | None) -> Address:
    """Add an address; the first one becomes the preferred one."""
    unknown = set(parts) - set(ADDRESS_PARTS)
    if unknown:
        raise TypeError(f"an address has no {', '.join(sorted(unknown))}")
    if not any(value for name, value in parts.items() if name != "kind"):
        raise InvalidValue(_("An address needs a street or a town. Type one."))
    address = Address(**{name: value or None for name, value in parts.items()}, **_owner(owner))
    address.kind = address.kind or "office"
    address.preferred = not any(sibling.preferred for sibling in _siblings(session, address))
    session.add(address)
    session.flush()
    return address


def set_preferred(session: Write, chosen: ContactPoint | Address) -> None:
    """Prefer one number, e-mail or address over the others of its sort and owner."""
    for sibling in _siblings(session, chosen):
        if sibling.preferred:
            sibling.preferred = False
    chosen.preferred = True
    session.flush()


def add_tag(session: Write, customer_id: str, name: str) -> Tag:
    """Put a word on a customer; the same word twice stays one."""
    tidy = " ".join(name.split())
    if not tidy:
        raise InvalidValue(_("A tag needs a word. Type one."))
    query = select(Tag).where(Tag.customer_id == customer_id, Tag.deleted.in_((ALIVE, TRASHED)))
    for tag in session.execute(query).scalars():
        if kinds.fold(tag.name) == kinds.fold(tidy):
            session.restore(tag)
            return tag
    tag = Tag(customer_id=customer_id, name=tidy)
    session.add(tag)
    session.flush()
    return tag


def remove(session: Write, record: Record) -> None:
    """Take a tag, number, address or role away; it lies in the trash."""
    session.trash(record)
    session.flush()


def trash_customers(session: Write, idents: Iterable[str]) -> int:
    """Move customers to the trash with all that hangs on them; returns how many."""
    return _set_deleted(session, idents, ALIVE, TRASHED)


def restore_customers(session: Write, idents: Iterable[str]) -> int:
    """Take customers out of the trash; returns how many."""
    return _set_deleted(session, idents, TRASHED, ALIVE)


def _set_deleted(session: Write, idents: Iterable[str], before: int, after: int) -> int:
    count = 0
    for ident in idents:
        customer = session.get(Customer, ident)
        if customer is not None and customer.deleted == before:
            customer.deleted = after
            count += 1
    session.flush()
    return count


def _point_value(kind: str, text: str, region: Region) -> str:
    value = kinds.parse(rules.point_kind(kind), text, region)
    if not value:
        raise InvalidValue(_("Type a number or an address."))
    return str(value)


def _owner(owner: Customer | Person) -> dict[str, str]:
    return {"customer_id": owner.id} if isinstance(owner, Customer) else {"person_id": owner.id}


def _siblings(session: Write, record: ContactPoint | Address) -> list[ContactPoint | Address]:
    sort = type(record)
    query = select(sort).where(
        sort.customer_id == record.customer_id if record.customer_id else sort.person_id == record.person_id,
        sort.deleted == ALIVE,
        sort.id != record.id,
    )
    found = cast("list[ContactPoint | Address]", list(session.execute(query).scalars()))
    if not isinstance(record, ContactPoint):
        return found
    kind = rules.point_kind(record.kind)
    fax = record.kind == "fax"
    return [
        point
        for point in found
        if isinstance(point, ContactPoint)
        and rules.point_kind(point.kind) is kind
        and (point.kind == "fax") == fax
    ]


def owner_name(session: Session, record: Record) -> str:
    """The name of the customer or person that a record belongs to, for the label of a step."""
    if isinstance(record, Customer):
        return record.name
    if isinstance(record, Person):
        return record.full_name
    person_id = getattr(record, "person_id", None)
    person = session.get(Person, person_id) if person_id else None
    if person is not None:
        return person.full_name
    customer_id = getattr(record, "customer_id", None)
    customer = session.get(Customer, customer_id) if customer_id else None
    return customer.name if customer is not None else ""


def establish_firm(session: Write, settings: Settings) -> Firm:
    """The owner's firm in a new file, with the name and the currency chosen in the settings."""
    firm = Firm(name=settings.firm, currency=settings.used_region().currency)
    session.add(firm)
    return firm


def change_firm(session: Write, name: str, currency: str) -> Firm:
    """Give the firm another name or currency; amounts stay as they are."""
    firm = session.scalars(Firm.alive().order_by(Firm.id)).first()
    if firm is None:
        firm = Firm()
        session.add(firm)
    firm.name, firm.currency = name, currency
    return firm
