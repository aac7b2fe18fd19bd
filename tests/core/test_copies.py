"""Backups that fail, files that move, moments that are looked back to."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from crmdesk.core import backup, database, history, journal, setup
from crmdesk.core.errors import StoreError
from crmdesk.core.fields import Field, choices
from crmdesk.core.kinds import Kind
from crmdesk.core.record import ALIVE
from crmdesk.core.store import Store
from crmdesk.features.customers.records import Customer

NOW = dt.datetime(2026, 11, 22, 9, 0)


def add(store: Store, name: str) -> str:
    with store.write(f"Add {name}") as session:
        customer = Customer(name=name)
        session.add(customer)
    return customer.id


def test_a_backup_that_cannot_be_made_leaves_the_earlier_ones(tmp_path: Path, store: Store) -> None:
    add(store, "Rossi")
    first = backup.back_up(store.path, tmp_path, NOW)
    (tmp_path / "file").write_text("in the way", encoding="utf-8")

    with pytest.raises(StoreError, match="could not be made"):
        backup.back_up(store.path, tmp_path / "file", NOW)

    assert backup.backups(store.path, tmp_path) == [first]


def test_a_copy_that_fails_its_check_is_thrown_away(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(store, "Rossi")
    first = backup.back_up(store.path, tmp_path, NOW)
    monkeypatch.setattr(database, "APPLICATION_ID", 1)

    with pytest.raises(StoreError, match="did not pass its check"):
        backup.back_up(store.path, tmp_path, NOW + dt.timedelta(hours=1))

    assert backup.backups(store.path, tmp_path) == [first]
    assert list(tmp_path.glob("*.part")) == []


def test_a_backup_opens_with_what_was_there(tmp_path: Path, store: Store) -> None:
    ident = add(store, "Rossi")
    made = backup.back_up(store.path, tmp_path, NOW)
    add(store, "Bianchi")

    copy = Store.open(made.path)

    with copy.read() as session:
        assert [customer.id for customer in session.scalars(Customer.alive())] == [ident]
        assert journal.verify(session.connection()) == []
    assert copy.replica != store.replica
    copy.close()


def test_a_file_that_moved_keeps_its_identity(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "firm.crmdesk")
    store.close()
    (tmp_path / "firm.crmdesk").rename(tmp_path / "moved.crmdesk")

    moved = Store.open(tmp_path / "moved.crmdesk")

    assert moved.replica == store.replica
    moved.close()


@pytest.mark.parametrize("register", ["", "not json", "[]"])
def test_a_lost_register_of_copies_means_a_new_identity(tmp_path: Path, home: Path, register: str) -> None:
    store = Store.create(tmp_path / "firm.crmdesk")
    store.close()
    (home / "config" / "copies.json").write_text(register, encoding="utf-8")

    again = Store.open(tmp_path / "firm.crmdesk")

    assert again.replica != store.replica
    setup.forget("unknown")
    again.close()


def test_an_older_copy_put_in_the_place_of_the_file_gets_a_new_identity(tmp_path: Path) -> None:
    path = tmp_path / "firm.crmdesk"
    store = Store.create(path)
    add(store, "Rossi")
    store.close()
    old = path.read_bytes()
    store = Store.open(path)
    add(store, "Bianchi")
    store.close()
    path.write_bytes(old)

    restored = Store.open(path)

    assert restored.replica != store.replica
    restored.close()


def test_what_stood_at_a_moment_can_be_asked(store: Store) -> None:
    ident = add(store, "Rossi")
    with store.read() as session:
        then = journal.step(session.connection(), store.replica, 1)
    assert then is not None
    with store._writer.begin() as connection:
        connection.exec_driver_sql("UPDATE txn SET wall_utc = '2020-01-01T00:00:00.000' WHERE seq = 1")
    with store.write("Rename") as session:
        session.get_alive(Customer, ident).name = "Bianchi"

    with store.read() as session:
        seen = history.vector_at(session, dt.datetime(2021, 1, 1))
        assert history.as_of(session, Customer, seen)[ident]["name"] == "Rossi"
        assert history.as_of(session, Customer, seen, ids=["0" * 32]) == {}
        assert history.as_of(session, Customer, history.vector_at(session, dt.datetime(2019, 1, 1))) == {}


def test_a_row_whose_making_is_not_among_the_steps_asked_for_is_left_out(store: Store) -> None:
    ident = add(store, "Rossi")
    other = Store.memory()
    other.receive(store.outgoing({}))
    with other.write("Rename") as session:
        session.get_alive(Customer, ident).name = "Bianchi"

    with other.read() as session:
        assert history.as_of(session, Customer, {other.replica: 1}) == {}
    other.close()


def test_a_record_knows_its_fields_by_name() -> None:
    with pytest.raises(TypeError, match="colour"):
        Customer(colour="red")
    with pytest.raises(KeyError):
        Customer.field("colour")
    assert Customer.field("name").label == "Name" and Customer.fields()[0].name == "name"


def test_a_choice_that_is_gone_shows_its_key() -> None:
    field = Field("size", "Size", Kind.CHOICE, choices(("s", "Small")))

    assert (field.choice_label("s", str.upper), field.choice_label("xl"), field.choice_label(None)) == (
        "SMALL",
        "xl",
        "",
    )


def test_an_encrypted_file_is_migrated_after_an_encrypted_copy(tmp_path: Path) -> None:
    from crmdesk.core.migrate import MigrationStep

    path, key = tmp_path / "firm.crmdesk", b"k" * 32
    store = Store.create(path, key=key)
    add(store, "Rossi")
    store.close()
    step = MigrationStep(
        "2027-01-01 tags gain icon", lambda c: c.exec_driver_sql("ALTER TABLE tag ADD icon TEXT") and None
    )

    Store.open(path, steps=(step,), key=key).close()

    copy = tmp_path / "firm before 2027-01-01.crmdesk"
    assert not database.is_plain(copy) and copy.stat().st_mode & 0o077 == 0
    old = Store.open(copy, key=key)
    with old.read() as session:
        assert [customer.deleted for customer in session.scalars(Customer.alive())] == [ALIVE]
    old.close()


def test_a_file_whose_beginning_fails_is_not_left_half_made(tmp_path: Path) -> None:
    from dataclasses import replace

    from crmdesk.core.feature import Features, load
    from crmdesk.core.settings import Settings
    from crmdesk.features import SLICES

    def fails(*_given: object) -> None:
        raise RuntimeError("stop")

    first, *rest = load(SLICES).slices

    with pytest.raises(RuntimeError):
        Features((replace(first, begin=fails), *rest)).create(tmp_path / "firm.crmdesk", Settings())

    assert [path for path in tmp_path.iterdir() if path.is_file()] == []
