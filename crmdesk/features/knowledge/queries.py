"""Reads the facts of values from the store: purchases by day, years, contacts, categories, own rates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from crmdesk.core import dates, money
from crmdesk.core.record import ALIVE
from crmdesk.features.customers.records import Affiliation, Customer
from crmdesk.features.knowledge.facts import Day, Facts, Known, Service
from crmdesk.features.knowledge.judgement import Judgement, with_rates
from crmdesk.features.knowledge.records import Rate
from crmdesk.features.orders.queries import base_currency
from crmdesk.features.orders.records import Order, OrderLine, Product, YearTurnover
from crmdesk.features.orders.rules import counted_years
from crmdesk.features.timeline.records import Interaction

KINDS = frozenset({None, "", "customer", "former"})
SERVED_MONTHS = 24


def judgement(session: Session) -> Judgement:
    """The owner's judgement as it stands now."""
    rates = session.execute(Rate.alive().order_by(Rate.id)).scalars()
    return with_rates({rate.name: rate.number for rate in rates})


def facts(session: Session, as_of: date) -> Facts:
    """All customers with what their orders, years and contacts said by a day.

    Prospects, leads, suppliers and partners are among them only where they bought.
    """
    currency = base_currency(session)
    unit = float(money.to_minor(money.from_float(1.0), currency))
    days = _days(session, as_of, currency, unit)
    years = _years(session, as_of, unit)
    service = _service(session, as_of, currency, unit)
    categories, margins = _categories(session, as_of, currency, unit)
    reached = _reached(session, as_of)
    columns = (
        Customer.id,
        Customer.name,
        Customer.number,
        Customer.kind,
        Customer.trade,
        Customer.size,
        Customer.since,
        Customer.potential_budget,
    )
    known = [
        Known(
            id=row.id,
            name=row.name,
            number=row.number or "",
            group=f"{row.trade or ''}|{row.size or ''}",
            since=row.since if row.since is None or row.since <= as_of else None,
            budget=None if row.potential_budget is None else row.potential_budget / unit,
            closed=row.kind == "former",
            decider_reached=row.id in reached,
            days=tuple(days.get(row.id, ())),
            years={} if row.id in days else years.get(row.id, {}),
            categories=categories.get(row.id, {}),
            service=service.get(row.id, Service()),
        )
        for row in session.execute(select(*columns).where(Customer.deleted == ALIVE).order_by(Customer.id))
        if row.kind in KINDS or row.id in days or row.id in years or row.potential_budget
    ]
    return Facts(as_of, currency, tuple(known), margins, _foreign(session, as_of, currency))


def own_currency(currency: str) -> ColumnElement[bool]:
    """The condition that an order is in the firm's own currency."""
    return or_(Order.currency.is_(None), Order.currency.in_(("", currency)))


def _counted(as_of: date, currency: str) -> tuple[ColumnElement[bool], ...]:
    return Order.deleted == ALIVE, Order.date <= as_of, own_currency(currency)


def _days(session: Session, as_of: date, currency: str, unit: float) -> dict[str, list[Day]]:
    costed = Order.cost.is_not(None)
    query = (
        select(
            Order.customer_id,
            Order.date,
            func.sum(case((Order.amount > 0, Order.amount), else_=0)),
            func.sum(Order.amount),
            func.sum(case((costed, Order.amount), else_=0)),
            func.sum(case((costed, Order.amount - Order.cost), else_=0)),
        )
        .where(*_counted(as_of, currency))
        .group_by(Order.customer_id, Order.date)
        .order_by(Order.customer_id, Order.date)
    )
    found: dict[str, list[Day]] = {}
    for customer, day, bought, net, known, margin in session.execute(query):
        entry = Day(day, bought / unit, net / unit, known / unit, margin / unit)
        found.setdefault(customer, []).append(entry)
    return found


def _foreign(session: Session, as_of: date, currency: str) -> int:
    query = select(func.count()).where(
        Order.deleted == ALIVE, Order.date <= as_of, ~func.coalesce(own_currency(currency), True)
    )
    return int(session.execute(query).scalar_one())


def _years(session: Session, as_of: date, unit: float) -> dict[str, dict[int, float]]:
    last = counted_years(None, as_of)[1] if (as_of.month, as_of.day) == (12, 31) else as_of.year - 1
    query = select(YearTurnover.customer_id, YearTurnover.year, func.sum(YearTurnover.amount)).where(
        YearTurnover.deleted == ALIVE, YearTurnover.year <= last
    )
    found: dict[str, dict[int, float]] = defaultdict(dict)
    for customer, year, amount in session.execute(
        query.group_by(YearTurnover.customer_id, YearTurnover.year)
    ):
        found[customer][int(year)] = amount / unit
    return found


def _service(session: Session, as_of: date, currency: str, unit: float) -> dict[str, Service]:
    start = dates.add_months(as_of, -SERVED_MONTHS)
    visits = Interaction.channel.in_(("visit",))
    contacts = (
        select(
            Interaction.customer_id,
            func.count(),
            func.sum(func.coalesce(Interaction.minutes, 0)),
            func.sum(case((Interaction.minutes.is_(None), 1), else_=0)),
            func.sum(case((visits, 1), else_=0)),
        )
        .where(
            Interaction.deleted == ALIVE,
            Interaction.state == "done",
            Interaction.channel != "note",
            Interaction.at > datetime.combine(start, time.max),
            Interaction.at <= datetime.combine(as_of, time.max),
        )
        .group_by(Interaction.customer_id)
    )
    found = {row[0]: list(row[1:]) for row in session.execute(contacts)}
    late = and_(Order.due.is_not(None), Order.amount > 0, func.coalesce(Order.paid, as_of) > Order.due)
    waited = func.julianday(func.min(func.coalesce(Order.paid, as_of), as_of)) - func.julianday(Order.due)
    orders = (
        select(
            Order.customer_id,
            func.sum(case((Order.amount < 0, 1), else_=0)),
            func.sum(case((late, Order.amount * waited / 365), else_=0)),
        )
        .where(*_counted(as_of, currency), Order.date > start)
        .group_by(Order.customer_id)
    )
    paid = {row[0]: (int(row[1]), float(row[2]) / unit) for row in session.execute(orders)}
    nothing, unpaid = (0, 0.0, 0, 0), (0, 0.0)
    wanted = found.keys() | {customer for customer, sums in paid.items() if any(sums)}
    return {ident: _served(found.get(ident, nothing), paid.get(ident, unpaid)) for ident in wanted}


def _served(contacts: Sequence[Any], orders: Sequence[Any]) -> Service:
    count, minutes, unmeasured, visits = contacts
    returns, late = orders
    return Service(int(count), float(minutes), int(unmeasured), int(visits), returns, late)


def _categories(
    session: Session, as_of: date, currency: str, unit: float
) -> tuple[dict[str, dict[str, float]], Mapping[str, float]]:
    """Turnover of the last year by customer and category, and each category's margin where it is known."""
    costed = OrderLine.cost.is_not(None)
    query = (
        select(
            Order.customer_id,
            Product.category,
            func.sum(OrderLine.amount),
            func.sum(case((costed, OrderLine.amount), else_=0)),
            func.sum(case((costed, OrderLine.amount - OrderLine.cost), else_=0)),
        )
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(Product, Product.id == OrderLine.product_id)
        .where(*_counted(as_of, currency), Order.date > dates.add_months(as_of, -12))
        .where(OrderLine.deleted == ALIVE, Product.category.is_not(None), Product.category != "")
        .group_by(Order.customer_id, Product.category)
    )
    found: dict[str, dict[str, float]] = defaultdict(dict)
    known: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for customer, category, amount, turnover, margin in session.execute(query):
        found[customer][category] = amount / unit
        known[category][0] += turnover
        known[category][1] += margin
    return found, {name: margin / turnover for name, (turnover, margin) in known.items() if turnover > 0}


def _reached(session: Session, as_of: date) -> set[str]:
    """The customers with a known decision maker whom we spoke to in the last two years."""
    query = select(Interaction.customer_id).where(
        Interaction.deleted == ALIVE,
        Interaction.state == "done",
        Interaction.at > datetime.combine(dates.add_months(as_of, -SERVED_MONTHS), time.max),
        Interaction.at < datetime.combine(as_of + timedelta(1), time.min),
        or_(Interaction.outcome.is_(None), Interaction.outcome == "reached"),
        Interaction.customer_id.in_(
            select(Affiliation.customer_id).where(Affiliation.deleted == ALIVE, Affiliation.decides.is_(True))
        ),
    )
    return set(session.execute(query).scalars())
