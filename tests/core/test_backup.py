"""Backups: checked copies, and only those that are no longer needed go."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from crmdesk.core.backup import Backup, back_up, backups, folder_of, surplus
from crmdesk.core.errors import StoreError
from crmdesk.core.store import Store
from crmdesk.features.customers.records import Customer

NOW = datetime(2026, 11, 22, 12, 40)


def test_a_backup_taken_while_open_holds_everything(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "firm.crmdesk")
    with store.write("Add") as session:
        session.add(Customer(name="Rossi"))

    made = back_up(store.path, folder_of(store.path), NOW)

    store.close()
    copy = Store.open(made.path)
    with copy.read() as session:
        assert [customer.name for customer in session.scalars(Customer.alive())] == ["Rossi"]
    copy.close()
    assert backups(tmp_path / "firm.crmdesk", tmp_path / "Backups") == [made]


def test_a_backup_of_a_damaged_file_is_refused_and_leaves_the_old_ones(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "firm.crmdesk")
    good = back_up(store.path, folder_of(store.path), NOW)
    store.close()
    content = bytearray(store.path.read_bytes())
    content[4096:9000] = b"\x55" * (9000 - 4096)
    store.path.write_bytes(content)

    with pytest.raises(StoreError):
        back_up(store.path, folder_of(store.path), NOW + timedelta(hours=1))

    assert backups(store.path, folder_of(store.path)) == [good]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "firm.crmdesk")
    (tmp_path / "Backups").write_text("a file where the folder should be")

    with pytest.raises(StoreError, match="backup could not be made"):
        back_up(store.path, folder_of(store.path), NOW)

    store.close()


def test_old_copies_thin_out_to_one_a_day_and_one_a_month() -> None:
    made = [NOW - timedelta(hours=6 * step) for step in range(4 * 70)]
    gone = surplus([Backup(Path(f"{moment}"), moment) for moment in made], NOW)
    kept = sorted(set(made) - {backup.made for backup in gone})

    recent = [moment for moment in kept if NOW - moment <= timedelta(days=2)]
    assert len(recent) == 9
    days = [moment.date() for moment in kept if timedelta(days=2) < NOW - moment <= timedelta(days=30)]
    assert len(days) == len(set(days)) == 28 + 1
    assert len([moment for moment in kept if NOW - moment > timedelta(days=30)]) == 2
