"""What the first page shows: whom to contact, the clusters in figures, what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from crmdesk.core.kept import Figures
from crmdesk.core.record import ALIVE
from crmdesk.core.write import blocks
from crmdesk.features.customers import queries as customers
from crmdesk.features.customers.queries import CustomerLine
from crmdesk.features.customers.records import Customer
from crmdesk.features.portfolio.records import CLUSTERS
from crmdesk.features.timeline import queries as timeline

AHEAD, RECENT = 7, 6


@dataclass(frozen=True, slots=True)
class Due:
    """A planned contact that is late, due today or in the next days."""

    id: str
    customer: str
    name: str
    at: datetime
    channel: str
    text: str
    cluster: str
    phone: str


@dataclass(frozen=True, slots=True)
class ClusterSum:
    """How many customers a cluster holds and what they bought in twelve months, in cents."""

    key: str
    customers: int
    turnover: int


@dataclass(frozen=True, slots=True)
class Missing:
    """How many customers lack something."""

    key: str
    count: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on the first page."""

    customers: int
    currency: str
    due: tuple[Due, ...]
    clusters: tuple[ClusterSum, ...]
    missing: tuple[Missing, ...]
    recent: tuple[CustomerLine, ...]


def overview(session: Session, figures: Figures, today: date) -> Overview:
    """Ask everything the first page shows."""
    return Overview(
        customers=customers.customer_count(session),
        currency=customers.currency(session),
        due=due(session, figures, today),
        clusters=cluster_sums(session, figures),
        missing=missing(session, figures),
        recent=tuple(customers.recent(session, RECENT)),
    )


def due(session: Session, figures: Figures, today: date) -> tuple[Due, ...]:
    """The contacts planned until a week from today, what is late included, soonest first."""
    planned = timeline.planned_until(session, today + timedelta(AHEAD))
    table = figures.table
    known: dict[str, tuple[str, str]] = {}
    for block in blocks(sorted({one.customer for one in planned})):
        query = select(table.c.customer_id, table.c.cluster, table.c.phone).where(
            table.c.customer_id.in_(block)
        )
        known |= {ident: (cluster or "", phone or "") for ident, cluster, phone in session.execute(query)}
    return tuple(
        Due(one.id, one.customer, one.name, one.at, one.channel, one.text, *known.get(one.customer, ("", "")))
        for one in planned
    )


def cluster_sums(session: Session, figures: Figures) -> tuple[ClusterSum, ...]:
    """The four clusters in figures, the dearest first; none where there is no portfolio yet."""
    table = figures.table
    query = (
        select(table.c.cluster, func.count(), func.sum(func.coalesce(table.c.turnover_12m, 0)))
        .where(table.c.cluster.is_not(None), table.c.customer_id.not_in(_gone()))
        .group_by(table.c.cluster)
    )
    found = {key: (count, int(amount or 0)) for key, count, amount in session.execute(query)}
    if not found:
        return ()
    return tuple(ClusterSum(choice.key, *found.get(choice.key, (0, 0))) for choice in CLUSTERS)


def _gone() -> ColumnElement[str]:
    return select(Customer.id).where(Customer.deleted != ALIVE)  # type: ignore[return-value]


def missing(session: Session, figures: Figures) -> tuple[Missing, ...]:
    """What customers lack: a next action, a potential, a phone number; only what any of them lacks."""
    table = figures.table
    alive = Customer.deleted == ALIVE
    joined = select(Customer.id).join(table, table.c.customer_id == Customer.id).where(alive)
    lacks = (
        ("unplanned", table.c.next_due.is_(None)),
        ("ungraded", Customer.potential_grade.is_(None) & Customer.potential_budget.is_(None)),
        ("phoneless", table.c.phone.is_(None) | (table.c.phone == "")),
    )
    found = []
    for key, condition in lacks:
        query = joined.where(condition)
        count = session.execute(select(func.count()).select_from(query.subquery())).scalar_one()
        if count:
            found.append(Missing(key, count))
    return tuple(found)
