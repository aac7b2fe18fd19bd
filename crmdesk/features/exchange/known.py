"""All that is known while an import is planned: stored records and those met in the files, by their keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from crmdesk.core.record import Record
from crmdesk.features.customers.records import Address, Affiliation, ContactPoint, Customer, Person, Tag
from crmdesk.features.exchange.matching import Customers, Draft, People, fold, phone_key
from crmdesk.features.exchange.queries import stored
from crmdesk.features.orders.records import Order, OrderLine, Product, YearTurnover
from crmdesk.features.timeline.records import Interaction

KINDS: tuple[tuple[str, type[Record]], ...] = (
    ("products", Product),
    ("customers", Customer),
    ("people", Person),
    ("roles", Affiliation),
    ("addresses", Address),
    ("points", ContactPoint),
    ("tags", Tag),
    ("orders", Order),
    ("lines", OrderLine),
    ("turnover", YearTurnover),
    ("log", Interaction),
)
PHONES = ("phone", "mobile")


@dataclass(slots=True)
class Known:
    """The registers, one per kind of record; a register finds the draft that a row speaks of."""

    customers: Customers = field(default_factory=Customers)
    people: People = field(default_factory=People)
    products: dict[str, Draft] = field(default_factory=dict)
    roles: dict[tuple[Draft, Draft], Draft] = field(default_factory=dict)
    addresses: dict[Draft, list[Draft]] = field(default_factory=dict)
    points: dict[tuple[Draft, str], Draft] = field(default_factory=dict)
    tags: dict[tuple[Draft, str], Draft] = field(default_factory=dict)
    orders: dict[tuple[Draft, str], Draft] = field(default_factory=dict)
    numbers: dict[str, list[Draft]] = field(default_factory=dict)
    loose: dict[tuple[Draft, date, int], list[Draft]] = field(default_factory=dict)
    lines: dict[Draft, list[Draft]] = field(default_factory=dict)
    turnover: dict[tuple[Draft, int], Draft] = field(default_factory=dict)
    log: dict[tuple[Draft, datetime, str], Draft] = field(default_factory=dict)

    def add_order(self, draft: Draft, amount: int) -> None:
        """Make an order findable by customer and number, or by customer, day and amount where it has none."""
        customer, number = draft.links["customer_id"], draft.value("number")
        if number:
            self.orders.setdefault((customer, number), draft)
            self.numbers.setdefault(number, []).append(draft)
        elif draft.known is not None:
            self.loose.setdefault((customer, draft.value("date"), amount), []).append(draft)


def point_key(way: str, value: str) -> str:
    """What makes two phone numbers or two addresses the same."""
    if way in PHONES:
        return f"t{phone_key(value)}"
    return f"f{phone_key(value)}" if way == "fax" else f"e{fold(value)}"


def log_key(customer: Draft, at: datetime, text: str | None) -> tuple[Draft, datetime, str]:
    """What makes two log entries the same."""
    return customer, at, fold(text)


def load(session: Session, wanted: set[str]) -> Known:
    """Read the stored records of the wanted kinds, and of those they hang on."""
    return _Loader(session, wanted).known


class _Loader:
    """Fills the registers from the store, owners first."""

    def __init__(self, session: Session, wanted: set[str]) -> None:
        self.session = session
        self.known = Known()
        self._by_id: dict[str, dict[str, Draft]] = {}
        steps: dict[str, Callable[[], None]] = {
            "customers": self._customers,
            "products": self._products,
            "people": self._people,
            "points": self._points,
            "tags": self._tags,
            "orders": self._orders,
            "lines": self._lines,
            "turnover": self._turnover,
            "log": self._log,
        }
        for kind, step in steps.items():
            if kind in wanted or kind == "customers":
                step()

    def _drafts(self, kind: str, owners: dict[str, str] | None = None) -> Iterator[Draft]:
        """The stored rows as drafts with their owners linked; a row whose owner is gone is passed over."""
        record = dict(KINDS)[kind]
        mine = self._by_id.setdefault(kind, {})
        for row in stored(self.session, record):
            links: dict[str, Draft] = {}
            lost = False
            for column, of in (owners or {}).items():
                owner = self._by_id.get(of, {}).get(row[column]) if row[column] else None
                if owner is not None:
                    links[column] = owner
                lost = lost or (owner is None and row[column] is not None)
            if lost:
                continue
            draft = Draft(kind, {}, links, row, row["id"])
            mine[draft.id] = draft
            yield draft

    def _customers(self) -> None:
        customers = list(self._drafts("customers"))
        for draft in self._drafts("addresses", {"customer_id": "customers"}):
            if "customer_id" in draft.links:
                self.known.addresses.setdefault(draft.links["customer_id"], []).append(draft)
        for draft in customers:
            first = self.known.addresses.get(draft)
            self.known.customers.add(draft, first[0].value("town") if first else None)

    def _products(self) -> None:
        for draft in self._drafts("products"):
            for key in product_keys(draft.value("code"), draft.value("name")):
                self.known.products.setdefault(key, draft)

    def _people(self) -> None:
        people = list(self._drafts("people"))
        companies: dict[Draft, list[Draft]] = {}
        for role in self._drafts("roles", {"person_id": "people", "customer_id": "customers"}):
            person, customer = role.links["person_id"], role.links["customer_id"]
            self.known.roles.setdefault((person, customer), role)
            companies.setdefault(person, []).append(customer)
        for person in people:
            for company in companies.get(person, [None]):
                self.known.people.add(person, company)

    def _points(self) -> None:
        for draft in self._drafts("points", {"customer_id": "customers", "person_id": "people"}):
            owner = draft.links.get("person_id") or draft.links.get("customer_id")
            if owner is None:
                continue
            key = point_key(draft.value("kind"), draft.value("value"))
            self.known.points.setdefault((owner, key), draft)
            if owner.kind == "people" and key[0] != "f":
                self.known.people.add_way(owner, key)

    def _tags(self) -> None:
        for draft in self._drafts("tags", {"customer_id": "customers"}):
            self.known.tags.setdefault((draft.links["customer_id"], fold(draft.value("name"))), draft)

    def _orders(self) -> None:
        for draft in self._drafts("orders", {"customer_id": "customers"}):
            self.known.add_order(draft, draft.value("amount"))

    def _lines(self) -> None:
        for draft in self._drafts("lines", {"order_id": "orders", "product_id": "products"}):
            self.known.lines.setdefault(draft.links["order_id"], []).append(draft)

    def _turnover(self) -> None:
        for draft in self._drafts("turnover", {"customer_id": "customers"}):
            self.known.turnover.setdefault((draft.links["customer_id"], int(draft.value("year"))), draft)

    def _log(self) -> None:
        for draft in self._drafts("log", {"customer_id": "customers"}):
            key = log_key(draft.links["customer_id"], draft.value("at"), draft.value("text"))
            self.known.log.setdefault(key, draft)


def product_keys(code: str | None, name: str | None) -> list[str]:
    """What a product is found by: its code, then its name."""
    keys = [f"c{code}"] if code else []
    return [*keys, f"n{fold(name)}"] if name else keys
