"""What a column of a file may be filled into: every field of the records, named the way people ask for it.

A target is named `record.field`. The records are customer, point (its phones and e-mails), address, person,
order, line, product, turnover and contact (a log entry). A yearly column goes to `turnover.2024`; a file with
one row per customer and year has `turnover.year` and `turnover.amount`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from crmdesk.core.fields import Choice, Field
from crmdesk.core.i18n import N_
from crmdesk.core.kinds import Kind
from crmdesk.core.record import Record
from crmdesk.features.customers.records import Address, Affiliation, Customer, Person
from crmdesk.features.orders.records import Order, OrderLine, Product, YearTurnover
from crmdesk.features.timeline.records import Interaction

RECORDS: tuple[tuple[str, type[Record]], ...] = (
    ("customer", Customer),
    ("address", Address),
    ("person", Person),
    ("order", Order),
    ("line", OrderLine),
    ("product", Product),
    ("turnover", YearTurnover),
    ("contact", Interaction),
)
YEARS = range(1980, 2101)
_LEFT_OUT = frozenset({"address.preferred", "line.position", "order.customer_id"})


@dataclass(frozen=True, slots=True)
class Target:
    """One place a column can go to; the label is translated when shown."""

    record: str
    field: str
    kind: Kind
    label: str
    synonyms: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()

    @property
    def key(self) -> str:
        """The name used in mappings and profiles, `record.field`."""
        return f"{self.record}.{self.field}"


@cache
def targets() -> tuple[Target, ...]:
    """All targets, grouped by record in the order people think of them."""
    declared = [_from_field(name, field) for name, record in RECORDS for field in record.fields()]
    found = {each.key: each for each in (*declared, *_more()) if each.key not in _LEFT_OUT}
    order = ["customer", "point", "address", "person", "contact", "order", "line", "product", "turnover"]
    return tuple(sorted(found.values(), key=lambda each: order.index(each.record)))


def target(key: str) -> Target | None:
    """The target of a name, or None; every year of turnover is one."""
    record, _dot, field = key.partition(".")
    if record == "turnover" and field.isdigit() and int(field) in YEARS:
        return Target("turnover", field, Kind.MONEY, N_("Turnover"))
    return next((found for found in targets() if found.key == key), None)


def _more() -> Iterator[Target]:
    """Targets that are no field of one record: they are shared out when the plan is made."""
    yield Target("customer", "id", Kind.TEXT, N_("Record id"))
    yield Target("customer", "tags", Kind.TEXT, N_("Tags"))
    yield from _points("point", (N_("Phone"), N_("Mobile"), N_("Fax"), N_("E-mail")))
    yield Target("address", "region", Kind.TEXT, N_("Region"))
    yield Target("address", "full", Kind.TEXT, N_("Whole address"))
    yield Target("person", "full_name", Kind.TEXT, N_("Contact person"))
    yield _from_field("person", Affiliation.field("role"))
    yield _from_field("person", Affiliation.field("decides"))
    labels = (N_("Person's phone"), N_("Person's mobile"), N_("Person's fax"), N_("Person's e-mail"))
    yield from _points("person", labels)
    yield Target("order", "profit", Kind.MONEY, N_("Profit"))
    yield Target("line", "profit", Kind.MONEY, N_("Profit of the line"))
    yield Target("line", "product_code", Kind.TEXT, N_("Product code"))
    yield Target("line", "product_name", Kind.TEXT, N_("Product"))
    yield Target("line", "category", Kind.TEXT, N_("Category"))
    yield Target("contact", "person", Kind.TEXT, N_("Spoken with"))
    yield Target("contact", "time", Kind.TEXT, N_("Time of day"))
    yield Target("contact", "next_date", Kind.DATETIME, N_("Next contact on"))
    yield Target("contact", "next_step", Kind.LONG_TEXT, N_("Next step"))


def _points(record: str, labels: tuple[str, ...]) -> Iterator[Target]:
    for point, label in zip(("phone", "mobile", "fax", "email"), labels, strict=True):
        yield Target(record, point, Kind.EMAIL if point == "email" else Kind.PHONE, label)


def _from_field(name: str, field: Field) -> Target:
    return Target(name, field.name, field.kind, field.label, field.synonyms, field.choices)
