"""Reads what the insights need beside the facts of value: positive money, products bought, units by month."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import Select, case, extract, func, select
from sqlalchemy.orm import Session

from crmdesk.core import money
from crmdesk.core.record import ALIVE
from crmdesk.features.knowledge.queries import own_currency
from crmdesk.features.orders.queries import base_currency
from crmdesk.features.orders.records import Order, OrderLine, Product
from crmdesk.features.patterns.demand import Sold


def positive_money(session: Session, as_of: date) -> dict[str, int]:
    """What each customer bought on positive lines, in the smallest coin; orders without lines count whole."""
    lines = (
        select(
            OrderLine.order_id.label("order_id"),
            func.sum(case((OrderLine.amount > 0, OrderLine.amount), else_=0)).label("bought"),
        )
        .where(OrderLine.deleted == ALIVE)
        .group_by(OrderLine.order_id)
        .subquery()
    )
    whole = case((Order.amount > 0, Order.amount), else_=0)
    query = (
        select(Order.customer_id, func.sum(func.coalesce(lines.c.bought, whole)))
        .outerjoin(lines, lines.c.order_id == Order.id)
        .where(*_counted(session, as_of))
        .group_by(Order.customer_id)
    )
    return {customer: int(amount) for customer, amount in session.execute(query)}


def owned_products(session: Session, as_of: date) -> dict[str, frozenset[str]]:
    """The products each customer bought, by name."""
    query = _lines(Order.customer_id, Product.name).where(
        *_counted(session, as_of), OrderLine.amount > 0, Product.name != ""
    )
    found: dict[str, set[str]] = defaultdict(set)
    for customer, name in session.execute(query.distinct()):
        found[customer].add(name)
    return {customer: frozenset(names) for customer, names in found.items()}


def order_counts(session: Session, as_of: date) -> dict[str, int]:
    """How many orders of a positive amount each customer placed."""
    query = select(Order.customer_id, func.count()).where(*_counted(session, as_of), Order.amount > 0)
    return {customer: int(count) for customer, count in session.execute(query.group_by(Order.customer_id))}


def sold_lines(session: Session, as_of: date) -> list[Sold]:
    """Every line sold, returns left out, with its list price before discount."""
    unit = float(money.to_minor(money.from_float(1.0), base_currency(session)))
    query = _lines(
        Product.id,
        Product.name,
        Product.category,
        extract("year", Order.date) * 12 + extract("month", Order.date) - 1,
        func.coalesce(OrderLine.quantity, 1),
        OrderLine.amount,
        func.coalesce(OrderLine.discount, 0),
    ).where(*_counted(session, as_of), OrderLine.amount >= 0)
    found = []
    for ident, name, category, month, quantity, amount, discount in session.execute(query):
        gross = amount / unit / (1 - discount / 100) if 0 <= discount < 100 else 0.0
        price = gross / quantity if quantity > 0 else 0.0
        found.append(Sold(ident, name, category or "", int(month), float(quantity), price))
    return found


def discount_lines(session: Session, as_of: date) -> dict[str, list[tuple[float, float, float]]]:
    """Quantity, amount and discount of every line by customer."""
    query = select(
        Order.customer_id,
        func.coalesce(OrderLine.quantity, 1),
        OrderLine.amount,
        func.coalesce(OrderLine.discount, 0),
    ).join(OrderLine, OrderLine.order_id == Order.id)
    found: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for customer, quantity, amount, discount in session.execute(
        query.where(*_counted(session, as_of), OrderLine.deleted == ALIVE)
    ):
        found[customer].append((float(quantity), float(amount), float(discount)))
    return found


def _lines(*columns: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(*columns)
        .select_from(Order)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(Product, Product.id == OrderLine.product_id)
        .where(OrderLine.deleted == ALIVE)
    )


def _counted(session: Session, as_of: date) -> tuple[Any, ...]:
    return Order.deleted == ALIVE, Order.date <= as_of, own_currency(base_currency(session))
