"""Runs the values over a customer file, and keeps the figures that lists show."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from crmdesk.core.jobs import Progress
from crmdesk.core.kept import Ids
from crmdesk.features.knowledge import queries
from crmdesk.features.value.appraise import appraise
from crmdesk.features.value.worth import Valuation

_KEPT = "value.run"


def run(session: Session, as_of: date, progress: Progress | None = None) -> Valuation:
    """Reckon the worth of all customers as of a day."""
    return appraise(queries.facts(session, as_of), queries.judgement(session), progress)


def kept(session: Session, today: date) -> Valuation:
    """The run of this session, reckoned once for all the figures it fills."""
    found = session.info.get(_KEPT)
    if found is None or found[0] != today:
        found = session.info[_KEPT] = (today, run(session, today))
    valuation: Valuation = found[1]
    return valuation


def _figure(session: Session, ids: Ids, today: date, name: str) -> Mapping[str, Any]:
    rows = ((one.id, getattr(one, name)) for one in kept(session, today).customers)
    return {ident: value for ident, value in rows if value is not None and (ids is None or ident in ids)}


def clv(session: Session, ids: Ids, today: date) -> Mapping[str, int]:
    """The current value of each customer."""
    return _figure(session, ids, today, "clv")


def equities(session: Session, ids: Ids, today: date) -> Mapping[str, int]:
    """The equity of each customer."""
    return _figure(session, ids, today, "equity")


def churn_risks(session: Session, ids: Ids, today: date) -> Mapping[str, float]:
    """The chance in percent that each customer buys nothing in the churn window."""
    return {ident: 100 * value for ident, value in _figure(session, ids, today, "churn_risk").items()}


def chances_alive(session: Session, ids: Ids, today: date) -> Mapping[str, float]:
    """The chance in percent that each customer has not left."""
    return {ident: 100 * value for ident, value in _figure(session, ids, today, "p_alive").items()}


def overdue(session: Session, ids: Ids, today: date) -> Mapping[str, float]:
    """How many usual gaps each customer has been silent."""
    return _figure(session, ids, today, "overdue")


def evidence(session: Session, ids: Ids, today: date) -> Mapping[str, str]:
    """How sure the value of each customer is, E3 to E0."""
    return {one.id: one.evidence.level.value for one in kept(session, today).customers}
