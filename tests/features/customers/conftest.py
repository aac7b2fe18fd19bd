"""A real store with the customers slice and the figures its list shows."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.feature import Feature, Features
from crmdesk.core.kept import Ids, Measure
from crmdesk.core.kinds import Kind
from crmdesk.core.store import Store
from crmdesk.features.customers.feature import feature
from crmdesk.features.customers.records import Customer


def _numbers(session: Session, ids: Ids) -> dict[str, int]:
    query = select(Customer.id, Customer.name)
    query = query if ids is None else query.where(Customer.id.in_(list(ids)))
    return {ident: zlib.crc32(name.encode()) for ident, name in session.execute(query)}


def _due(session: Session, ids: Ids, today: date) -> Mapping[str, Any]:
    found = _numbers(session, ids).items()
    return {ident: (today + timedelta(days=number % 40 - 10)).isoformat() for ident, number in found if number % 3}


def _what(session: Session, ids: Ids, today: date) -> Mapping[str, Any]:
    return {ident: "phone|Call about filters" for ident, number in _numbers(session, ids).items() if number % 3}


def _turnover(session: Session, ids: Ids, today: date) -> Mapping[str, Any]:
    return {ident: number % 4_000_000 for ident, number in _numbers(session, ids).items() if number % 5}


def _cluster(session: Session, ids: Ids, today: date) -> Mapping[str, Any]:
    names = ("key", "develop", "maintain", "marginal")
    return {ident: names[number % 4] for ident, number in _numbers(session, ids).items()}


STAND_INS = Feature(
    "stand_ins",
    measures=(
        Measure("next_due", "Next action", Kind.DATE, _due, (), indexed=True),
        Measure("next_what", "Next", Kind.TEXT, _what, ()),
        Measure("turnover_12m", "Turnover 12 m", Kind.MONEY, _turnover, (), indexed=True),
        Measure("cluster", "Cluster", Kind.TEXT, _cluster, ()),
    ),
)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Iterator[Store]:
    """An empty store that keeps the customers slice's figures and stand-ins for those of others."""
    monkeypatch.setenv("CRMDESK_HOME", str(tmp_path))
    made = Store.memory(Features((feature, STAND_INS)).derived())
    yield made
    made.close()
