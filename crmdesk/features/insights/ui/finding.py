"""A finding ready to be shown: its sentence, notes, parts with chart and table, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core import dates, money
from crmdesk.core.i18n import Region, ngettext
from crmdesk.core.jobs import Progress
from crmdesk.core.kept import Figures
from crmdesk.core.kinds import Kind
from crmdesk.core.record import ALIVE
from crmdesk.features.customers.records import Customer
from crmdesk.features.insights.ui.shapes import Shape
from crmdesk.features.orders.queries import base_currency
from crmdesk.qt.rows import Column

UNKNOWN = "–"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a table: a value for each column, and the customer it is about."""

    id: str
    values: tuple[Any, ...]
    customer: str = ""
    cluster: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: columns, entries, which columns carry a bar in which colour, and the sum of all.

    `drops` are the columns that give way, the first one first, where there is little room.
    """

    name: str
    columns: tuple[Column, ...]
    entries: tuple[Entry, ...]
    bars: Mapping[str, str] = field(default_factory=dict)
    total: Entry | None = None
    drops: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One view of a finding: its title where there are several, its chart and its table."""

    title: str
    shape: Shape | None
    sheet: Sheet


@dataclass(frozen=True, slots=True)
class Group:
    """Some customers, what they have in common, and what to do about them."""

    name: str
    ids: tuple[str, ...]
    advice: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a cost comes from."""

    name: str
    amount: int


@dataclass(frozen=True, slots=True)
class Side:
    """What stands beside the 80/20: two groups that overlap, their three parts, sources of cost."""

    left: int
    both: int
    right: int
    groups: tuple[Group, ...]
    sources: tuple[Source, ...]
    foot: str


@dataclass(frozen=True, slots=True)
class Finding:
    """All that one finding says; an empty one says in a sentence what is missing."""

    heading: str
    notes: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    side: Side | None = None
    totals: str = ""
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Who:
    """A customer by name and cluster."""

    name: str
    cluster: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """One question to the file: the day, the months looked back at, and how figures are written here."""

    session: Session
    today: date
    region: Region
    currency: str
    people: Mapping[str, Who]
    months: int | None = 12
    progress: Progress = field(default_factory=Progress)

    def cents(self, minor: int) -> str:
        """An amount in the smallest coin as money."""
        return money.show_money(minor, self.currency, self.region)

    def money(self, units: float) -> str:
        """An amount in whole units as money."""
        return self.cents(self.minor(units))

    def minor(self, units: float) -> int:
        """An amount in whole units in the smallest coin."""
        return money.to_minor(money.from_float(units), self.currency)

    def share(self, part: float, places: int = 0) -> str:
        """A share from 0 to 1 as a percentage."""
        return money.show_percent(100 * part, self.region, places)

    def number(self, value: float, places: int = 0) -> str:
        """A plain number."""
        return money.show_number(value, self.region, places)

    def day(self, day: date) -> str:
        """A date as lists show it."""
        return dates.show_date(day, self.region, self.today)

    def name(self, ident: str) -> str:
        """The name of a customer."""
        return self.people[ident].name if ident in self.people else ""

    def entry(self, ident: str, *values: Any) -> Entry:
        """A row about a customer, whose name comes first."""
        who = self.people.get(ident, Who(""))
        return Entry(ident, (who.name, *values), ident, who.cluster)

    def customers(self, count: int) -> str:
        """So many customers, in words."""
        told = ngettext("{n} customer", "{n} customers", count)
        return told.format(n=self.number(count))


Compute = Callable[[Asking], Finding]


def asking(
    session: Session, today: date, region: Region, months: int | None, figures: Figures | None
) -> Asking:
    """Get ready to ask: the currency, and the names and clusters of all customers."""
    clusters: Mapping[str, str] = {}
    if figures is not None and "cluster" in figures.table.c:
        table = figures.table
        clusters = {
            ident: cluster or ""
            for ident, cluster in session.execute(select(table.c.customer_id, table.c.cluster))
        }
    query = select(Customer.id, Customer.name).where(Customer.deleted == ALIVE)
    people = {ident: Who(name, clusters.get(ident, "")) for ident, name in session.execute(query)}
    return Asking(session, today, region, base_currency(session), people, months)


def shown(value: Any, kind: Kind, region: Region, currency: str) -> str:
    """A value of a table as text."""
    if value is None:
        return UNKNOWN
    if kind is Kind.MONEY:
        digits = money.from_minor(value, currency)
        return money.show_number(digits, region, 0)
    if kind is Kind.PERCENT:
        return money.show_percent(value, region, 0 if abs(value) >= 99.95 else 1)
    if kind is Kind.NUMBER:
        return money.show_number(value, region, 0 if isinstance(value, int) else 1)
    if kind is Kind.DATE:
        return dates.show_date_numeric(value, region)
    return str(value)
