"""What value stands on: turnover of a period, figures per customer, moments of the chronology."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session

from crmdesk.core import money
from crmdesk.core.feature import Moment
from crmdesk.core.i18n import Region, _, default_region, language
from crmdesk.core.kept import Ids
from crmdesk.core.once import once
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


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the orders of one customer come to, all figures out of one pass."""

    turnover: int
    orders: int
    last: str | None
    margin: int | None


def _facts(session: Session, ids: Ids, today: date) -> dict[str, _Facts]:
    start, end = rules.last_months(today, 12)
    own, late, bought = own_currency(base_currency(session)), Order.date >= start, Order.amount >= 0
    columns = (
        func.sum(case((own & late, Order.amount), else_=0)),
        func.sum(case((late & bought, 1), else_=0)),
        func.max(case((bought, func.date(Order.date)))),
        func.sum(case((own & late & Order.cost.is_not(None), Order.amount - Order.cost))),
    )
    return {
        customer: _Facts(int(amount), int(count), last, None if margin is None else int(margin))
        for customer, amount, count, last, margin in _of_orders(session, ids, (None, end), *columns)
    }


def _known(session: Session, ids: Ids, today: date) -> dict[str, _Facts]:
    return once(session, ("orders", today), ids, lambda: _facts(session, ids, today))


def _wanted(session: Session, ids: Ids) -> Iterable[str]:
    return ids if ids is not None else session.execute(select(Customer.id)).scalars().all()


def turnover_12m(session: Session, ids: Ids, today: date) -> Mapping[str, int]:
    """The turnover of the twelve months that end today; 0 where there was none."""
    found = {customer: facts.turnover for customer, facts in _known(session, ids, today).items()}
    found |= _of_years(session, ids, rules.last_months(today, 12))
    return {customer: found.get(customer, 0) for customer in _wanted(session, ids)}


def turnover_quarters(session: Session, ids: Ids, today: date) -> Mapping[str, str]:
    """Turnover of the eight quarters that end today, oldest first, in whole units, parted by commas."""
    currency = base_currency(session)
    starts = [start.isoformat() for start in rules.quarter_starts(today)]
    base = select(Order.customer_id, func.date(Order.date), Order.amount).where(
        Order.deleted == ALIVE,
        own_currency(currency),
        Order.date.between(rules.quarter_starts(today)[0], today),
    )
    sums: dict[str, list[int]] = {}
    for query in _asked(base, Order.customer_id, ids):
        for customer, day, amount in session.execute(query):
            sums.setdefault(customer, [0] * len(starts))[bisect_right(starts, day) - 1] += amount
    empty = ",".join("0" for _start in starts)
    shown = {
        customer: ",".join(str(rules.whole_units(cents, currency)) for cents in quarters)
        for customer, quarters in sums.items()
    }
    return {customer: shown.get(customer, empty) for customer in _wanted(session, ids)}


def orders_12m(session: Session, ids: Ids, today: date) -> Mapping[str, int]:
    """How many orders came in the twelve months that end today; returns are not orders."""
    found = _known(session, ids, today)
    wanted = _wanted(session, ids)
    return {customer: found[customer].orders if customer in found else 0 for customer in wanted}


def last_order(session: Session, ids: Ids, today: date) -> Mapping[str, str]:
    """The day of the last order; returns are not orders."""
    found = _known(session, ids, today).items()
    return {customer: facts.last for customer, facts in found if facts.last is not None}


def margin_12m(session: Session, ids: Ids, today: date) -> Mapping[str, int]:
    """Amount less cost over the orders of the last twelve months whose cost is known."""
    found = _known(session, ids, today).items()
    return {customer: facts.margin for customer, facts in found if facts.margin is not None}


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


_GOODS = (
    select(func.group_concat(func.coalesce(OrderLine.description, Product.name), "\n"))
    .outerjoin_from(OrderLine, Product, Product.id == OrderLine.product_id)
    .where(OrderLine.order_id == Order.id, OrderLine.deleted == ALIVE)
    .correlate(Order)
    .scalar_subquery()
    .label("goods")
)
_BASE = select(Firm.currency).where(Firm.deleted == ALIVE).order_by(Firm.id).limit(1).scalar_subquery()
_COLUMNS = tuple(
    Order.__table__.c[name] for name in ("id", "number", "date", "kind", "amount", "cost", "currency", "note")
)


def moments(session: Session, customer: str, before: datetime | None, limit: int) -> list[Moment]:
    """The orders of one customer as entries of the chronology; a day is never parted."""
    base = select(*_COLUMNS, _GOODS, _BASE.label("base")).where(
        Order.customer_id == customer, Order.deleted == ALIVE
    )
    query = base.order_by(Order.date.desc(), Order.id.desc())
    if before is not None:
        day = before.date() if before.time() == time() else before.date() + timedelta(1)
        query = query.where(Order.date < day)
    found = list(session.execute(query.limit(limit)))
    if len(found) == limit:
        known = {one.id for one in found}
        same = session.execute(base.where(Order.date == found[-1].date))
        found += [one for one in same if one.id not in known]
    place = _region(session)
    return [_moment(one, place) for one in found]


def _region(session: Session) -> Region:
    """How amounts are written: as the reader of the session asked, else as its language is used to."""
    return session.info.get("region") or default_region(language())


def _moment(one: Any, place: Region) -> Moment:
    currency = one.currency or one.base or DEFAULT_CURRENCY
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
        detail=", ".join((one.goods or "").split("\n")[:2]),
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
