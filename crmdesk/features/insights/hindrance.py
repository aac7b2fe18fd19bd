"""The resistance of each customer out of the log and the payments: effort, delay, mood."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from statistics import median

from sqlalchemy import ColumnElement, Float, case, cast, func, select
from sqlalchemy.orm import Session

from crmdesk.core import dates
from crmdesk.core.record import ALIVE
from crmdesk.features.orders.records import Order
from crmdesk.features.patterns.resistance import Resistance, beyond, resistance
from crmdesk.features.timeline.records import Interaction

Figures = Mapping[str, float]


def resistances(session: Session, as_of: date) -> dict[str, Resistance]:
    """The index of every customer of whom anything is known, from the last twelve months."""
    effort, delay, mood = _effort(session, as_of), _delay(session, as_of), _mood(session, as_of)
    usual_effort = median(effort.values()) if effort else 0.0
    late = [days for days in delay.values() if days > 0]
    usual_delay = median(late) if late else 0.0
    found = {}
    for ident in sorted(effort.keys() | delay.keys() | mood.keys()):
        found[ident] = resistance(
            {
                "effort": beyond(effort[ident], usual_effort) if ident in effort else None,
                "delay": beyond(delay[ident], usual_delay) if ident in delay else None,
                "dissatisfaction": (5 - mood[ident]) / 4 if ident in mood else None,
            }
        )
    return found


def _effort(session: Session, as_of: date) -> Figures:
    """Contacts for each order."""
    contacts = (
        select(Interaction.customer_id, func.count())
        .where(*_log(as_of), Interaction.channel != "note")
        .group_by(Interaction.customer_id)
    )
    orders = (
        select(Order.customer_id, func.count())
        .where(*_orders(as_of), Order.amount > 0)
        .group_by(Order.customer_id)
    )
    placed = {ident: int(count) for ident, count in session.execute(orders)}
    return {ident: count / (placed.get(ident, 0) + 1) for ident, count in session.execute(contacts)}


def _delay(session: Session, as_of: date) -> Figures:
    """Mean days of payment after the due day."""
    days = func.julianday(func.coalesce(Order.paid, as_of)) - func.julianday(Order.due)
    query = (
        select(Order.customer_id, func.avg(case((days > 0, days), else_=0)))
        .where(*_orders(as_of), Order.due.is_not(None), Order.due <= as_of, Order.amount > 0)
        .group_by(Order.customer_id)
    )
    return {ident: float(late) for ident, late in session.execute(query)}


def _mood(session: Session, as_of: date) -> Figures:
    """The mood of the last contact that tells one, from 1 to 5."""
    query = (
        select(Interaction.customer_id, cast(Interaction.mood, Float))
        .where(*_log(as_of), Interaction.mood.is_not(None), Interaction.mood != "")
        .order_by(Interaction.at, Interaction.id)
    )
    return dict(tuple(row) for row in session.execute(query))


def _log(as_of: date) -> tuple[ColumnElement[bool], ...]:
    start = datetime.combine(dates.add_months(as_of, -12), time.max)
    end = datetime.combine(as_of, time.max)
    return (
        Interaction.deleted == ALIVE,
        Interaction.state == "done",
        Interaction.at > start,
        Interaction.at <= end,
    )


def _orders(as_of: date) -> tuple[ColumnElement[bool], ...]:
    return Order.deleted == ALIVE, Order.date > dates.add_months(as_of, -12), Order.date <= as_of
