"""Short ways to write a small file, to import files and to count what is stored."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from crmdesk.core.i18n import region
from crmdesk.core.record import ALIVE, Record
from crmdesk.core.store import Store
from crmdesk.features.exchange.actions import run_import
from crmdesk.features.exchange.plan import Options, Plan
from crmdesk.features.exchange.planner import make_plan
from crmdesk.features.exchange.reading import ReadOptions
from crmdesk.features.exchange.tables import open_source
from crmdesk.features.exchange.values import Habits

Import = Callable[..., Plan]


@pytest.fixture
def plan_files(store: Store) -> Import:
    """Plans the import of files into the store, in Italian habits unless told otherwise."""

    def plan(*paths: Path, existing: str = "fill", place: str = "it_IT") -> Plan:
        sources = [open_source(path, ReadOptions(region=place)) for path in paths]
        habits = Habits(region(place), "EUR")
        return make_plan(store, sources, habits, Options(existing))

    return plan


@pytest.fixture
def import_files(store: Store, plan_files: Import) -> Import:
    """Imports files into the store and returns the plan that was written."""

    def run(*paths: Path, existing: str = "fill", place: str = "it_IT") -> Plan:
        plan = plan_files(*paths, existing=existing, place=place)
        return run_import(store, plan, "EUR", Options(existing))

    return run


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Path]:
    """Writes a small text table and returns its path."""

    def write(text: str, name: str = "table.csv") -> Path:
        path = tmp_path / name
        path.write_text(
            "\n".join(line.strip() for line in text.strip().splitlines()) + "\n", encoding="utf-8"
        )
        return path

    return write


@pytest.fixture
def count(store: Store) -> Callable[[type[Record]], int]:
    """Counts the living records of a sort."""

    def counted(record: type[Record]) -> int:
        with store.read() as session:
            return (
                session.scalar(select(func.count()).select_from(record).where(record.deleted == ALIVE)) or 0
            )

    return counted


@pytest.fixture
def total(store: Store) -> Callable[[type[Record], str], int]:
    """Sums up a column of living records."""

    def summed(record: type[Record], name: str) -> int:
        column = record.__table__.c[name]
        with store.read() as session:
            return session.scalar(select(func.sum(column)).where(record.deleted == ALIVE)) or 0

    return summed
