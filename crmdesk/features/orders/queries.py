"""What value stands on: turnover of a period, figures per customer, moments of the chronology."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session

from crmdesk.core import money
from crmdesk.core.feature import Moment
from crmdesk.core.i18n import Region, _, default_region, language
from crmdesk.core.kept import Ids
from crmdesk.core.record import ALIVE
from crmdesk.core.search import Doc
from crmdesk.core.write import blocks
from crmdesk.features.customers.records import Customer, Firm
from crmdesk.features.orders import rules
from crmdesk.features.orders.records import Order, OrderLine, Product, YearTurnover

DEFAULT_CURRENCY = "EUR"
Query = Select[*tuple[Any, ...]]


def base_currency(session: Session) -> str:
    """The currency the firm reckons in."""
    found = (
        session.execute(select(Firm.currency).where(Firm.deleted == ALIVE).order_by(Firm.id))
        .scalars()
        .first()
    )
    return found or DEFAULT_CURRENCY


def own_currency(currency: str) -> ColumnElement[bool]:
    """The condition that an order is in the firm's own currency, the only one that sums count."""
    return or_(Order.currency.is_(None), Order.currency.in_(("", currency)))


def _asked(base: Query, column: Any, ids: Ids) -> Iterator[Query]:
    if ids is None:
        yield base
        return
    for block in blocks(list(ids)):
        yield base.where(column.in_(block))


def _of_orders(session: Session, ids: Ids, period: tuple[date | None, date], *columns: Any) -> Iterator[Any]:
    """Rows of customer and figures over the orders of a period, grouped along the index by customer."""
    start, end = period
    base = select(Order.customer_id, *columns).where(Order.deleted == ALIVE, Order.date <= end)
    if start is not None:
        base = base.where(Order.date >= start)
    for query in _asked(base.group_by(Order.customer_id), Order.customer_id, ids):
        yield from session.execute(query)


def _of_years(session: Session, ids: Ids, period: tuple[date | None, date]) -> dict[str, int]:
    """Yearly turnover of customers that have no order at all."""
    first, last = rules.counted_years(*period)
    orders = select(Order.id).where(Order.customer_id == YearTurnover.customer_id, Order.deleted == ALIVE)
    base = (
        select(YearTurnover.customer_id, func.sum(YearTurnover.amount))
        .where(YearTurnover.deleted == ALIVE, YearTurnover.year <= last, ~orders.exists())
        .group_by(YearTurnover.customer_id)
    )
    if first is not None:
        base = base.where(YearTurnover.year >= first)
    return {
        customer: int(amount)
        for query in _asked(base, YearTurnover.customer_id, ids)
        for customer, amount in session.execute(query)
    }


def turnover(session: Session, start: date | None, end: date, ids: Ids = None) -> dict[str, int]:
    """The turnover of each customer in cents of the firm's currency; `start` None means all time.

    Customers without any order stand on their yearly turnover. Customers with neither are not in the answer.
    """
    own = own_currency(base_currency(session))
    counted = func.sum(case((own, Order.amount), else_=0))
    sums = {customer: int(amount) for customer, amount in _of_orders(session, ids, (start, end), counted)}
    return sums | _of_years(session, ids, (start, end))


def turnover_12m(session: Session, ids: Ids, today: date) -> Mapping[str, int]:
    """The turnover of the twelve months that end today; 0 where there was none."""
    found = turnover(session, *rules.last_months(today, 12), ids)
    return {customer: found.get(customer, 0) for customer in _wanted(session, ids)}


def _wanted(session: Session, ids: Ids) -> Iterable[str]:
    return ids if ids is not None else session.execute(select(Customer.id)).scalars().all()


def turnover_quarters(session: Session, ids: Ids, today: date) -> Mapping[str, str]:
    """Turnover of the eight quarters that end today, oldest first, in whole units, parted by commas."""
    currency = base_currency(session)
    starts = rules.quarter_starts(today)
    ends = [*(start - timedelta(1) for start in starts[1:]), today]
    sums = [
        func.sum(case((Order.date.between(start, end) & own_currency(currency), Order.amount), else_=0))
        for start, end in zip(starts, ends, strict=True)
    ]
    found = {
        customer: ",".join(str(rules.whole_units(int(amount), currency)) for amount in amounts)
        for customer, *amounts in _of_orders(session, ids, (starts[0], today), *sums)
    }
    empty = ",".join("0" for _start in starts)
    return {customer: found.get(customer, empty) for customer in _wanted(session, ids)}


def orders_12m(session: Session, ids: Ids, today: date) -> Mapping[str, int]:
    """How many orders came in the twelve months that end today; returns are not orders."""
    count = func.sum(case((Order.amount >= 0, 1), else_=0))
    found = dict(tuple(row) for row in _of_orders(session, ids, rules.last_months(today, 12), count))
    return {customer: int(found.get(customer, 0)) for customer in _wanted(session, ids)}


def last_order(session: Session, ids: Ids, today: date) -> Mapping[str, str]:
    """The day of the last order; returns are not orders."""
    latest = func.max(case((Order.amount >= 0, Order.date)))
    rows = _of_orders(session, ids, (None, today), latest)
    return {customer: day.isoformat() for customer, day in rows if day is not None}


def margin_12m(session: Session, ids: Ids, today: date) -> Mapping[str, int]:
    """Amount less cost over the orders of the last twelve months whose cost is known."""
    known = own_currency(base_currency(session)) & Order.cost.is_not(None)
    left = func.sum(case((known, Order.amount - Order.cost)))
    rows = _of_orders(session, ids, rules.last_months(today, 12), left)
    return {customer: int(amount) for customer, amount in rows if amount is not None}


def explained_turnover(session: Session, customer: str, start: date | None, end: date) -> rules.Explained:
    """The turnover of one customer with the lines that add up to it."""
    columns = (Order.date, Order.amount, Order.number, Order.cost, Order.currency)
    found = session.execute(select(*columns).where(Order.customer_id == customer, Order.deleted == ALIVE))
    entries = [
        rules.Entry(day, amount, number or "", cost, code) for day, amount, number, cost, code in found
    ]
    years = session.execute(
        select(YearTurnover.year, YearTurnover.amount).where(
            YearTurnover.customer_id == customer, YearTurnover.deleted == ALIVE
        )
    )
    whole = [(int(year), amount) for year, amount in years]
    place = _region(session)
    return rules.explain_turnover(entries, whole, (start, end), base_currency(session), place)


def moments(session: Session, customer: str, before: datetime | None, limit: int) -> list[Moment]:
    """The orders of one customer as entries of the chronology; a day is never parted."""
    query = Order.alive().where(Order.customer_id == customer).order_by(Order.date.desc(), Order.id.desc())
    if before is not None:
        day = before.date() if before.time() == time() else before.date() + timedelta(1)
        query = query.where(Order.date < day)
    found = list(session.execute(query.limit(limit)).scalars())
    if len(found) == limit:
        known = {one.id for one in found}
        same = Order.alive().where(Order.customer_id == customer, Order.date == found[-1].date)
        found += [one for one in session.execute(same).scalars() if one.id not in known]
    texts = _goods(session, [one.id for one in found])
    currency, place = base_currency(session), _region(session)
    return [_moment(one, texts.get(one.id, ()), one.currency or currency, place) for one in found]


def _region(session: Session) -> Region:
    """How amounts are written: as the reader of the session asked, else as its language is used to."""
    return session.info.get("region") or default_region(language())


def _goods(session: Session, orders: Sequence[str]) -> dict[str, tuple[str, ...]]:
    named: dict[str, tuple[str, ...]] = {}
    for block in blocks(orders):
        query = (
            select(OrderLine.order_id, func.coalesce(OrderLine.description, Product.name))
            .outerjoin(Product, Product.id == OrderLine.product_id)
            .where(OrderLine.order_id.in_(block), OrderLine.deleted == ALIVE)
            .order_by(OrderLine.order_id, OrderLine.position)
        )
        for order, words in session.execute(query):
            if words:
                named[order] = (*named.get(order, ()), words)
    return named


def _moment(one: Order, goods: Sequence[str], currency: str, place: Region) -> Moment:
    text = money.show_money(one.amount, currency, place, cents=True)
    share = rules.margin_percent(one.amount, one.cost)
    if share is not None:
        text += ", " + _("margin {share}").format(share=money.show_percent(share, place, 0))
    if one.note:
        text += f"\n{one.note}"
    what = {"invoice": _("Invoice {number}"), "credit": _("Credit note {number}")}.get(one.kind or "")
    head = what or (_("Return {number}") if one.amount < 0 else _("Order {number}"))
    return Moment(
        at=datetime.combine(one.date, time()),
        table=Order.__tablename__,
        row=one.id,
        icon="receipt" if one.kind == "invoice" else "package",
        head=head.format(number=one.number or "").strip(),
        detail=", ".join(goods[:2]),
        text=text,
        kind="order",
    )


def docs(session: Session, ids: Ids) -> Iterable[Doc]:
    """The number and note of each order for the search."""
    base = select(Order.id, Order.customer_id, Order.number, Order.note).where(
        Order.deleted == ALIVE, func.coalesce(Order.number, Order.note, "") != ""
    )
    for query in _asked(base, Order.id, ids):
        for row, customer, number, note in session.execute(query):
            yield Doc(row, customer, f"{number or ''} {note or ''}".strip())
