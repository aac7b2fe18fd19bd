"""What a column of a file may be filled into: every field of the records, named the way people ask for it.

A target is named `record.field`. The records are customer, person, address, order, line, product, turnover and
contact (a log entry). Phones, e-mails and tags count as fields of their customer or person. A yearly column
goes to `turnover.2024`; a file with one row per year has `turnover.year` and `turnover.amount`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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
POINTS = ("phone", "mobile", "fax", "email", "web")
_LEFT_OUT = frozenset({"address.preferred", "line.position"})
_YEARS = range(1980, 2101)


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
    def name(self) -> str:
        """The name used in mappings and profiles, `record.field`."""
        return f"{self.record}.{self.field}"


def targets() -> tuple[Target, ...]:
    """All targets, grouped by record in the order people think of them."""
    found = [target for name, record in RECORDS for target in _of(name, record)]
    return tuple(target for target in found if target.name not in _LEFT_OUT)


def target(name: str) -> Target | None:
    """The target of a name, or None; every year of turnover is one."""
    record, _dot, field = name.partition(".")
    if record == "turnover" and field.isdigit() and int(field) in _YEARS:
        return Target("turnover", field, Kind.MONEY, N_("Turnover"))
    return next((found for found in targets() if found.name == name), None)


def _of(name: str, record: type[Record]) -> Iterator[Target]:
    if name == "customer":
        yield Target(name, "id", Kind.TEXT, N_("Record id"))
    for field in record.fields():
        yield _from_field(name, field)
    if name == "customer":
        yield from _points(name)
        yield Target(name, "tags", Kind.TEXT, N_("Tags"))
    elif name == "person":
        yield Target(name, "full_name", Kind.TEXT, N_("Full name"))
        yield _from_field(name, Affiliation.field("role"))
        yield _from_field(name, Affiliation.field("decides"))
        yield from _points(name)
    elif name in ("order", "line"):
        yield Target(name, "profit", Kind.MONEY, N_("Profit"))


def _points(name: str) -> Iterator[Target]:
    labels = (N_("Phone"), N_("Mobile"), N_("Fax"), N_("E-mail"))
    for point, label in zip(POINTS, labels, strict=False):
        yield Target(name, point, Kind.EMAIL if point == "email" else Kind.PHONE, label)


def _from_field(name: str, field: Field) -> Target:
    return Target(name, field.name, field.kind, field.label, field.synonyms, field.choices)
