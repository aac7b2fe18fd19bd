"""What can be done with orders: enter them with lines or a single amount, correct them, throw them away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from crmdesk.core.record import ALIVE
from crmdesk.core.write import Write
from crmdesk.features.customers.records import Customer
from crmdesk.features.orders import rules
from crmdesk.features.orders.records import Order, OrderLine, YearTurnover


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line of an order to be entered; cost is that of one unit."""

    description: str = ""
    quantity: float | None = 1.0
    unit_price: int | None = None
    discount: float | None = None
    unit_cost: int | None = None
    product: str | None = None


def add_order(
    session: Write,
    customer: str,
    day: date,
    amount: int | Sequence[NewLine],
    number: str = "",
    **rest: Any,
) -> Order:
    """Enter an order with a single amount or with lines; also: cost, kind, currency, due, paid, note.

    With lines, amount and cost are the sums of theirs.
    """
    owner = session.get_alive(Customer, customer)
    single = amount if isinstance(amount, int) else 0
    order = Order(
        customer_id=owner.id, date=day, amount=single, number=number.strip() or None, cost=rest.get("cost")
    )
    _set(order, {name: value for name, value in rest.items() if name != "cost"})
    session.add(order)
    session.flush()
    if not isinstance(amount, int):
        for line in amount:
            _new_line(session, order, line)
        add_up(session, order)
    return order


def edit_order(session: Write, order: str, **changes: Any) -> Order:
    """Correct an order; with lines its amount and cost stay their sums."""
    found = session.get_alive(Order, order)
    _set(found, changes)
    add_up(session, found)
    return found


def trash_order(session: Write, order: str) -> Order:
    """Move an order to the trash, its lines with it."""
    found = session.get_alive(Order, order)
    session.trash(found)
    return found


def add_line(session: Write, order: str, line: NewLine) -> OrderLine:
    """Add a line at the end of an order."""
    found = session.get_alive(Order, order)
    made = _new_line(session, found, line)
    add_up(session, found)
    return made


def edit_line(session: Write, line: str, **changes: Any) -> OrderLine:
    """Correct a line; its amount follows quantity, price and discount unless it is given itself."""
    found = session.get_alive(OrderLine, line)
    _set(found, changes)
    if "amount" not in changes and {"quantity", "unit_price", "discount"} & set(changes):
        found.amount = rules.line_amount(found.quantity, found.unit_price, found.discount)
    add_up(session, session.get_alive(Order, found.order_id))
    return found


def trash_line(session: Write, line: str) -> OrderLine:
    """Move a line to the trash; the order adds up anew."""
    found = session.get_alive(OrderLine, line)
    session.trash(found)
    add_up(session, session.get_alive(Order, found.order_id))
    return found


def add_up(session: Write, order: Order) -> None:
    """Make amount and cost of an order the sums of its lines; without lines they stay what was typed."""
    session.flush()
    query = select(OrderLine).where(OrderLine.order_id == order.id, OrderLine.deleted == ALIVE)
    lines = session.execute(query).scalars().all()
    if lines:
        order.amount = sum(line.amount for line in lines)
        costs = [line.cost for line in lines if line.cost is not None]
        order.cost = sum(costs) if len(costs) == len(lines) else None


def set_year_turnover(session: Write, customer: str, year: int, amount: int) -> YearTurnover:
    """Say what a customer bought in a year, where single orders are not known; one amount per year."""
    owner = session.get_alive(Customer, customer)
    query = select(YearTurnover).where(
        YearTurnover.customer_id == owner.id, YearTurnover.year == year, YearTurnover.deleted == ALIVE
    )
    found = session.execute(query).scalars().first()
    if found is None:
        found = YearTurnover(customer_id=owner.id, year=float(year), amount=amount)
        session.add(found)
    found.amount = amount
    return found


def _new_line(session: Write, order: Order, line: NewLine) -> OrderLine:
    count = session.execute(
        select(OrderLine.id).where(OrderLine.order_id == order.id, OrderLine.deleted == ALIVE)
    ).all()
    made = OrderLine(
        order_id=order.id,
        product_id=line.product,
        position=float(len(count) + 1),
        description=line.description.strip() or None,
        quantity=line.quantity,
        unit_price=line.unit_price,
        discount=line.discount,
        amount=rules.line_amount(line.quantity, line.unit_price, line.discount),
        cost=rules.line_cost(line.quantity, line.unit_cost),
    )
    session.add(made)
    session.flush()
    return made


def _set(record: Order | OrderLine, values: dict[str, Any]) -> None:
    for name, value in values.items():
        type(record).field(name)
        setattr(record, name, value)
