"""Migration: a copy first, each step once, in date order, or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.engine import Connection

from crmdesk.core.migrate import MigrationStep
from crmdesk.core.store import Store
from crmdesk.features.customers.records import Customer


def adds(column: str) -> MigrationStep:
    def run(connection: Connection) -> None:
        connection.exec_driver_sql(f"ALTER TABLE tag ADD COLUMN {column} TEXT")

    return MigrationStep(f"2027-01-0{len(column)} tags gain {column}", run)


def columns(store: Store) -> set[str]:
    with store.read() as session:
        return {row[1] for row in session.connection().exec_driver_sql("PRAGMA table_info(tag)")}


def test_pending_steps_run_once_in_order_after_a_copy(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "firm.crmdesk")
    with store.write("Add") as session:
        session.add(Customer(name="Rossi"))
    store.close()

    again = Store.open(tmp_path / "firm.crmdesk", steps=(adds("colour"), adds("icon")))
    once_more_columns = columns(again)
    again.close()

    assert {"colour", "icon"} <= once_more_columns
    copies = list(tmp_path.glob("firm before *.crmdesk"))
    assert len(copies) == 1
    old = Store.open(copies[0])
    assert "icon" not in columns(old)
    old.close()
    Store.open(tmp_path / "firm.crmdesk", steps=(adds("colour"), adds("icon"))).close()


def test_a_new_file_is_made_whole_and_marked_up_to_date(tmp_path: Path) -> None:
    Store.create(tmp_path / "firm.crmdesk", steps=(adds("colour"),)).close()

    opened = Store.open(tmp_path / "firm.crmdesk", steps=(adds("colour"),))

    assert list(tmp_path.glob("firm before *")) == []
    opened.close()


def test_a_step_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    def broken(connection: Connection) -> None:
        connection.exec_driver_sql("ALTER TABLE tag ADD COLUMN half TEXT")
        raise RuntimeError("stop")

    Store.create(tmp_path / "firm.crmdesk").close()
    with pytest.raises(RuntimeError):
        Store.open(tmp_path / "firm.crmdesk", steps=(MigrationStep("2027-01-01 broken", broken),))

    store = Store.open(tmp_path / "firm.crmdesk")
    assert "half" not in columns(store)
    store.close()
