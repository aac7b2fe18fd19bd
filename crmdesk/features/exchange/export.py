"""Writes customers, people, log and orders into a workbook: one sheet per kind, streamed from the store."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from crmdesk.core import dates, money
from crmdesk.core.fields import Field
from crmdesk.core.i18n import N_, _
from crmdesk.core.ids import uuid7
from crmdesk.core.journal import SCHEMA_VERSION
from crmdesk.core.kinds import Kind
from crmdesk.core.record import ALIVE
from crmdesk.core.store import Store
from crmdesk.features.customers.records import Address, Affiliation, ContactPoint, Customer, Person, Tag
from crmdesk.features.exchange import own_sheets
from crmdesk.features.exchange.formats.xlsx_writer import ColumnOut, SheetOut, write_workbook
from crmdesk.features.orders.records import Order, OrderLine, Product, YearTurnover
from crmdesk.features.timeline.records import Interaction

WHAT = ("customers", "people", "log", "orders", "all")
_SORTS = {
    Kind.MONEY: ("money", 14),
    Kind.DATE: ("date", 12),
    Kind.DATETIME: ("datetime", 17),
    Kind.NUMBER: ("number", 10),
    Kind.PERCENT: ("percent", 10),
    Kind.PHONE: ("code", 18),
    Kind.TAX: ("code", 18),
    Kind.LONG_TEXT: ("text", 50),
    Kind.EMAIL: ("text", 28),
    Kind.LINK: ("text", 28),
}
_CODES = frozenset({"number", "code", "postcode"})
_WIDE = frozenset({"name", "street", "description"})


@dataclass(frozen=True, slots=True)
class _Shown:
    """A column of a sheet: the expression it comes from, its heading and what its values are."""

    source: Any
    label: str
    kind: Kind = Kind.TEXT
    name: str = ""
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    """One sheet: its title, its columns and where they come from."""

    table: str
    title: str
    columns: tuple[_Shown, ...]
    query: Select[Any]


def export_all(
    store: Store, path: Path, what: str, currency: str, told: Callable[[int], None] | None = None
) -> dict[str, int]:
    """Write what was asked for into a workbook; returns the number of rows by sheet."""
    ident = uuid7()
    counts: dict[str, int] = {}
    with store.read() as session:
        parts = [make() for name, makers in _PARTS.items() if what in (name, "all") for make in makers]
        sheets = _sheets(session, parts, currency, counts, ident)
        write_workbook(path, sheets, told)
    columns = {part.table: [shown.name for shown in part.columns] for part in parts}
    store.note_export(ident, json.dumps(columns))
    return counts


def export_list(
    path: Path, title: str, fields: Sequence[Field], rows: Iterable[Sequence[Any]], currency: str
) -> int:
    """Write the rows of any list as it is shown: one value per field."""
    places = money.places(currency)
    columns = tuple(_column(_Shown(None, each.label, each.kind, each.name, each), places) for each in fields)
    shown = [_reader(each) for each in fields]
    made = ([None if v is None else read(v) for read, v in zip(shown, row, strict=True)] for row in rows)
    return write_workbook(path, [SheetOut(title, columns, made)])


def _sheets(
    session: Session, parts: Sequence[_Part], currency: str, counts: dict[str, int], ident: str
) -> Iterator[SheetOut]:
    places = money.places(currency)
    for part in parts:
        columns = (ColumnOut("id", "code", 4, True), *(_column(shown, places) for shown in part.columns))
        yield SheetOut(_(part.title), columns, _rows(session, part, counts))
    yield SheetOut(
        _("Read me"), (ColumnOut("", "text", 100),), [[line] for line in _read_me(currency)], table=False
    )
    yield SheetOut(
        own_sheets.SECRET, (ColumnOut(""), ColumnOut("")), _secret(parts, ident), table=False, secret=True
    )


def _rows(session: Session, part: _Part, counts: dict[str, int]) -> Iterator[list[Any]]:
    readers = [
        (place, _reader(shown.field))
        for place, shown in enumerate(part.columns, 1)
        if shown.field is not None and (shown.field.choices or shown.field.kind is Kind.FLAG)
    ]
    counts[part.table] = 0
    for row in session.execute(part.query.execution_options(yield_per=2000)):
        counts[part.table] += 1
        values = list(row)
        for place, read in readers:
            if values[place] is not None:
                values[place] = read(values[place])
        yield values


def _reader(field: Field | None) -> Callable[[Any], Any]:
    """How a stored value is shown: choices and flags as words, the rest as it is."""
    if field is not None and field.choices:
        words = {choice.key: _(choice.label) for choice in field.choices}
        return lambda value: words.get(value, value)
    if field is not None and field.kind is Kind.FLAG:
        return lambda value: _("yes") if value else _("no")
    return lambda value: value


def _column(shown: _Shown, places: int) -> ColumnOut:
    sort, width = _SORTS.get(shown.kind, ("text", 16))
    last = shown.name.rpartition(".")[2]
    if last in _CODES:
        sort = "code"
    return ColumnOut(_(shown.label), sort, 30 if last in _WIDE else width, places=places)


def _read_me(currency: str) -> list[str]:
    return [
        _("This workbook was written by crmdesk on {day}.").format(day=dates.today().isoformat()),
        _("Each sheet holds one kind of record; amounts are in {currency}.").format(currency=currency),
        _("Phone numbers and codes are text, so that leading zeros stay."),
        _("The hidden first column holds the identity of each row. Keep it."),
    ]


def _secret(parts: Sequence[_Part], ident: str) -> list[list[str]]:
    """What the workbook says of itself, for the day it comes home: each sheet with headings and targets."""
    rows = [[own_sheets.MARK, ident], ["schema", str(SCHEMA_VERSION)]]
    rows.append(["made", datetime.now().isoformat(timespec="seconds")])
    for part in parts:
        headings = {_(shown.label): own_sheets.target_name(part.table, shown.name) for shown in part.columns}
        headings["id"] = f"{part.table}.id"
        rows.append([_(part.title), json.dumps(headings, ensure_ascii=False)])
    return rows


def _of(record: Any, *left_out: str) -> tuple[_Shown, ...]:
    columns = record.__table__.c
    return tuple(
        _Shown(columns[each.name], each.label, each.kind, f"{each.table}.{each.name}", each)
        for each in record.fields()
        if each.name not in left_out
    )


def _point(owner: ColumnElement[str], way: str, label: str) -> _Shown:
    """The preferred phone or e-mail of a customer or person."""
    mine = ContactPoint.customer_id if owner.table is Customer.__table__ else ContactPoint.person_id
    found = (
        select(ContactPoint.value)
        .where(mine == owner, ContactPoint.kind == way, ContactPoint.deleted == ALIVE)
        .order_by(ContactPoint.preferred.desc(), ContactPoint.id)
        .limit(1)
        .scalar_subquery()
    )
    return _Shown(found, label, Kind.EMAIL if way == "email" else Kind.PHONE, f"point.{way}")


def _points(owner: ColumnElement[str]) -> tuple[_Shown, ...]:
    ways = (("phone", N_("Phone")), ("mobile", N_("Mobile")), ("fax", N_("Fax")), ("email", N_("E-mail")))
    return tuple(_point(owner, way, label) for way, label in ways)


def _place(name: str) -> _Shown:
    """A part of the preferred address of a customer."""
    best = (
        select(Address.id)
        .where(Address.customer_id == Customer.id, Address.deleted == ALIVE)
        .order_by(Address.preferred.desc(), Address.id)
        .limit(1)
        .correlate(Customer)
        .scalar_subquery()
    )
    column = Address.__table__.c[name]
    found = select(column).where(Address.id == best).scalar_subquery()
    field = Address.field(name)
    return _Shown(found, field.label, field.kind, f"address.{name}")


def _customer_columns() -> tuple[_Shown, ...]:
    number, name = Customer.__table__.c["number"], Customer.__table__.c["name"]
    return (
        _Shown(number, N_("Customer number"), Kind.TEXT, "customer.number"),
        _Shown(name, N_("Customer"), Kind.TEXT, "customer.name"),
    )


def _customers() -> _Part:
    own = {shown.name: shown for shown in _of(Customer)}
    first = [own.pop("customer.number"), own.pop("customer.name")]
    tags = select(func.group_concat(Tag.name, "; ")).where(
        Tag.customer_id == Customer.id, Tag.deleted == ALIVE
    )
    places = tuple(_place(name) for name in ("street", "postcode", "town", "province", "country"))
    notes = own.pop("customer.notes")
    columns = (
        *first,
        *places,
        *_points(Customer.__table__.c.id),
        *own.values(),
        _Shown(tags.scalar_subquery(), N_("Tags"), Kind.TEXT, "customer.tags"),
        notes,
    )
    query = select(Customer.id, *(shown.source for shown in columns)).where(Customer.deleted == ALIVE)
    return _Part("customer", N_("Customers"), columns, query.order_by(Customer.name, Customer.id))


def _people() -> _Part:
    columns = (
        *_customer_columns(),
        *_of(Person, "notes"),
        *_of(Affiliation),
        *_points(Person.__table__.c.id),
        *(shown for shown in _of(Person) if shown.name == "person.notes"),
    )
    query = (
        select(Person.id, *(shown.source for shown in columns))
        .outerjoin(Affiliation, (Affiliation.person_id == Person.id) & (Affiliation.deleted == ALIVE))
        .outerjoin(Customer, (Customer.id == Affiliation.customer_id) & (Customer.deleted == ALIVE))
        .where(Person.deleted == ALIVE)
        .order_by(Person.last_name, Person.first_name, Person.id)
    )
    return _Part("person", N_("People"), columns, query)


def _log() -> _Part:
    return _hanging("interaction", N_("Contact log"), Interaction, Interaction.at)


def _orders() -> _Part:
    return _hanging("orders", N_("Orders"), Order, Order.date)


def _turnover() -> _Part:
    return _hanging("year_turnover", N_("Yearly turnover"), YearTurnover, YearTurnover.year)


def _hanging(table: str, title: str, record: Any, order: Any) -> _Part:
    """A sheet of what hangs on customers, with the customer in front."""
    columns = (*_customer_columns(), *_of(record))
    query = (
        select(record.id, *(shown.source for shown in columns))
        .join(Customer, Customer.id == record.customer_id)
        .where(record.deleted == ALIVE, Customer.deleted == ALIVE)
        .order_by(order, record.id)
    )
    return _Part(table, title, columns, query)


def _lines() -> _Part:
    number, day = Order.__table__.c["number"], Order.__table__.c["date"]
    code, name = Product.__table__.c["code"], Product.__table__.c["name"]
    columns = (
        _Shown(number, N_("Order number"), Kind.TEXT, "order.number"),
        *_customer_columns(),
        _Shown(day, N_("Order date"), Kind.DATE, "order.date"),
        _Shown(code, N_("Product code"), Kind.TEXT, "product.code"),
        _Shown(case((name == code, None), else_=name), N_("Product name"), Kind.TEXT, "product.name"),
        *_of(OrderLine, "position"),
    )
    query = (
        select(OrderLine.id, *(shown.source for shown in columns))
        .join(Order, Order.id == OrderLine.order_id)
        .join(Customer, Customer.id == Order.customer_id)
        .outerjoin(Product, Product.id == OrderLine.product_id)
        .where(OrderLine.deleted == ALIVE, Order.deleted == ALIVE, Customer.deleted == ALIVE)
        .order_by(Order.date, Order.id, OrderLine.position, OrderLine.id)
    )
    return _Part("order_line", N_("Order lines"), columns, query)


_PARTS: dict[str, tuple[Callable[[], _Part], ...]] = {
    "customers": (_customers,),
    "people": (_people,),
    "log": (_log,),
    "orders": (_orders, _lines, _turnover),
}
