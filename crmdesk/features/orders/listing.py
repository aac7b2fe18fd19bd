"""The list of orders: found by words, sorted by a column, with its sums; and the lines of one order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date as Day
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session

from crmdesk.core.record import ALIVE
from crmdesk.core.write import blocks
from crmdesk.features.customers.records import Customer
from crmdesk.features.orders import rules
from crmdesk.features.orders.queries import base_currency, own_currency
from crmdesk.features.orders.records import Order, OrderLine, Product

Query = Select[*tuple[Any, ...]]
_SORTS: tuple[tuple[str, ColumnElement[Any]], ...] = (
    ("date", Order.__table__.c.date),
    ("number", Order.__table__.c.number),
    ("customer", func.lower(Customer.__table__.c.name)),
    ("amount", Order.__table__.c.amount),
    ("cost", Order.__table__.c.cost),
    ("margin", Order.__table__.c.amount - Order.__table__.c.cost),
    ("due", Order.__table__.c.due),
    ("paid", Order.__table__.c.paid),
)


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order as lists show it."""

    id: str
    customer: str
    name: str
    number: str
    date: Day
    kind: str
    amount: int
    cost: int | None
    currency: str
    due: Day | None
    paid: Day | None
    note: str

    @property
    def margin(self) -> int | None:
        """What is left of the amount; unknown where the cost is."""
        return rules.margin(self.amount, self.cost)


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of an order as lists show it."""

    id: str
    text: str
    quantity: float | None
    unit_price: int | None
    discount: float | None
    amount: int
    cost: int | None


@dataclass(frozen=True, slots=True)
class Totals:
    """What a list of orders adds up to, in the firm's currency; orders in others are only counted."""

    orders: int
    amount: int
    margin: int | None
    foreign: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which orders, in which order: words in number, note or customer; of one customer or of all."""

    words: str = ""
    customer: str | None = None
    column: str = "date"
    descending: bool = True


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    gone = select(Customer.id).where(Customer.deleted != ALIVE)
    tests: list[ColumnElement[bool]] = [Order.deleted == ALIVE, Order.customer_id.not_in(gone)]
    if wanted.customer is not None:
        tests.append(Order.customer_id == wanted.customer)
    for word in wanted.words.split():
        sample = "%" + word.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%"
        columns = (Order.number, Order.note, Customer.name)
        tests.append(or_(*(column.ilike(sample, escape="\\") for column in columns)))
    return tests


def _joined(query: Query, wanted: Wanted) -> Query:
    """The question with the customers beside the orders, where their names matter."""
    if not wanted.words and wanted.column != "customer":
        return query
    return query.join(Customer, Customer.id == Order.customer_id)


def order_ids(session: Session, wanted: Wanted, limit: int | None = None) -> list[str]:
    """The ids of the orders wanted, in the order wanted; orders without a value come last."""
    key = dict(_SORTS)[wanted.column]
    ways = [key.desc(), Order.id.desc()] if wanted.descending else [key.asc(), Order.id]
    query = _joined(select(Order.id), wanted).where(*_conditions(wanted))
    if wanted.column != "date":
        query = query.order_by(key.is_(None))
    return list(session.execute(query.order_by(*ways).limit(limit)).scalars())


def order_rows(session: Session, ids: Sequence[str]) -> list[OrderRow]:
    """The orders of these ids, in their order."""
    currency = base_currency(session)
    found: dict[str, OrderRow] = {}
    for block in blocks(ids):
        query = select(Order, Customer.name).join(Customer, Customer.id == Order.customer_id)
        for one, name in session.execute(query.where(Order.id.in_(block))):
            found[one.id] = _row(one, name, currency)
    return [found[ident] for ident in ids if ident in found]


def _row(one: Order, name: str, currency: str) -> OrderRow:
    return OrderRow(
        id=one.id,
        customer=one.customer_id,
        name=name,
        number=one.number or "",
        date=one.date,
        kind=one.kind or "order",
        amount=one.amount,
        cost=one.cost,
        currency=one.currency or currency,
        due=one.due,
        paid=one.paid,
        note=one.note or "",
    )


def orders_of(session: Session, customer: str, limit: int = 1000) -> list[OrderRow]:
    """The orders of a customer, newest first."""
    return order_rows(session, order_ids(session, Wanted(customer=customer), limit))


def totals(session: Session, wanted: Wanted) -> Totals:
    """What the orders wanted add up to; the margin is that of orders whose cost is known."""
    own = own_currency(base_currency(session))
    query: Query = select(
        func.count(),
        func.sum(case((own, Order.amount), else_=0)),
        func.sum(case((own & Order.cost.is_not(None), Order.amount - Order.cost))),
        func.sum(case((own, 0), else_=1)),
    ).select_from(Order)
    query = _joined(query, replace(wanted, column="date")).where(*_conditions(wanted))
    count, amount, margin, foreign = session.execute(query).one()
    return Totals(count, int(amount or 0), None if margin is None else int(margin), int(foreign or 0))


def lines_of(session: Session, order: str) -> list[LineRow]:
    """The lines of an order, in their order."""
    query = (
        select(OrderLine, Product.name)
        .outerjoin(Product, Product.id == OrderLine.product_id)
        .where(OrderLine.order_id == order, OrderLine.deleted == ALIVE)
        .order_by(OrderLine.position, OrderLine.id)
    )
    return [_line(one, name) for one, name in session.execute(query)]


def _line(one: OrderLine, name: str | None) -> LineRow:
    text = one.description or name or ""
    return LineRow(one.id, text, one.quantity, one.unit_price, one.discount, one.amount, one.cost)
