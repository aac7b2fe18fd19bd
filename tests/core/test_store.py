"""The store: one write is one step, kept with its journal or not at all."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from crmdesk.core import database, journal
from crmdesk.core.errors import Conflict, NotFound, StoreError
from crmdesk.core.record import ALIVE, UNDONE
from crmdesk.core.store import Store
from crmdesk.features.customers.records import ContactPoint, Customer


def names(store: Store) -> list[str]:
    with store.read() as session:
        return sorted(customer.name for customer in session.scalars(Customer.alive()))


def add(store: Store, name: str) -> str:
    with store.write(f"Add {name}") as session:
        customer = Customer(name=name)
        session.add(customer)
    return customer.id


def test_a_write_stores_value_and_journal_together(store: Store) -> None:
    ident = add(store, "Rossi")

    with store.read() as session:
        step = journal.step(session.connection(), store.replica, store.last_step())
        changes = list(journal.changes(session.connection(), store.replica, store.last_step()))

    assert step is not None and step.label == "Add Rossi"
    assert [(change.row, change.new["name"]) for change in changes] == [(ident, "Rossi")]


def test_an_exception_leaves_nothing_behind(store: Store) -> None:
    with pytest.raises(RuntimeError), store.write("Add") as session:
        session.add(Customer(name="Rossi"))
        session.flush()
        raise RuntimeError("stop")

    assert names(store) == []
    assert store.last_step() == 0


def test_a_write_that_changes_nothing_makes_no_step(store: Store) -> None:
    ident = add(store, "Rossi")

    with store.write("Same") as session:
        session.get_alive(Customer, ident).name = "Rossi"

    assert store.undo_label() == "Add Rossi"


def test_undo_and_redo_take_turns(store: Store) -> None:
    ident = add(store, "Rossi")
    with store.write("Rename") as session:
        session.get_alive(Customer, ident).name = "Bianchi"

    assert store.undo().label == "Rename"
    assert names(store) == ["Rossi"]
    store.undo()
    assert names(store) == []
    store.redo()
    store.redo()
    assert names(store) == ["Bianchi"]
    assert store.redo_label() is None


def test_a_new_edit_ends_redo(store: Store) -> None:
    add(store, "Rossi")
    store.undo()
    add(store, "Bianchi")

    assert store.redo_label() is None
    with pytest.raises(NotFound):
        store.redo()


def test_undo_survives_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "firm.crmdesk"
    store = Store.create(path)
    add(store, "Rossi")
    store.close()

    again = Store.open(path)

    assert again.undo_label() == "Add Rossi"
    again.undo()
    assert names(again) == []
    again.close()


def test_an_older_step_can_be_undone_when_nothing_depends_on_it(store: Store) -> None:
    add(store, "Rossi")
    first = (store.replica, store.last_step())
    add(store, "Bianchi")

    store.undo(first)

    assert names(store) == ["Bianchi"]


def test_a_step_that_others_build_on_is_kept(store: Store) -> None:
    ident = add(store, "Rossi")
    first = (store.replica, store.last_step())
    with store.write("Phone") as session:
        session.add(ContactPoint(customer_id=ident, value="0323 550142"))

    with pytest.raises(Conflict):
        store.undo(first)

    assert names(store) == ["Rossi"]


def test_a_value_changed_since_is_never_overwritten_by_undo(store: Store) -> None:
    ident = add(store, "Rossi")
    with store.write("Rename") as session:
        session.get_alive(Customer, ident).name = "Bianchi"
    rename = (store.replica, store.last_step())
    with store.write("Rename again") as session:
        session.get_alive(Customer, ident).name = "Verdi"

    with pytest.raises(Conflict):
        store.undo(rename)

    assert names(store) == ["Verdi"]


def test_a_bulk_write_is_one_step_and_one_undo(store: Store) -> None:
    with store.write("Import", "import") as session:
        session.bulk_insert(Customer, [{"name": f"Customer {n}"} for n in range(1200)])

    assert len(names(store)) == 1200
    assert store.undo().count == 1200
    assert names(store) == []
    store.redo()
    assert len(names(store)) == 1200


def test_a_bulk_update_journals_only_what_changed(store: Store) -> None:
    first, second = add(store, "Rossi"), add(store, "Bianchi")

    with store.write("Trade") as session:
        changed = session.bulk_update(
            Customer, [{"id": first, "trade": "Hotel"}, {"id": second, "name": "Bianchi"}]
        )

    assert changed == 1
    with store.read() as session:
        last = list(journal.changes(session.connection(), store.replica, store.last_step()))
    assert [(change.row, change.field, change.new) for change in last] == [(first, "trade", "Hotel")]


def test_records_are_trashed_and_restored(store: Store) -> None:
    ident = add(store, "Rossi")
    with store.write("Trash") as session:
        session.trash(session.get_alive(Customer, ident))

    assert names(store) == []
    store.undo()
    assert names(store) == ["Rossi"]


def test_an_undone_record_is_not_in_the_trash(store: Store) -> None:
    ident = add(store, "Rossi")
    store.undo()

    with store.read() as session:
        found = session.get(Customer, ident)
    assert found is not None and found.deleted == UNDONE != ALIVE


def test_writes_do_not_nest(store: Store) -> None:
    with store.write("Outer"), pytest.raises(RuntimeError), store.write("Inner"):
        pass


def test_two_threads_write_one_after_the_other(store: Store) -> None:
    threads = [threading.Thread(target=add, args=(store, f"Customer {n}")) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(names(store)) == 8
    with store.read() as session:
        assert journal.verify(session.connection()) == []


def test_subscribers_learn_what_changed(store: Store) -> None:
    told = []
    end = store.subscribe(told.append)
    ident = add(store, "Rossi")
    end()
    add(store, "Bianchi")

    assert [changes.label for changes in told] == ["Add Rossi"]
    assert told[0].touches("customer", ident) and not told[0].touches("address")


def test_an_altered_journal_is_noticed(store: Store) -> None:
    add(store, "Rossi")
    with store._writer.begin() as connection:
        connection.exec_driver_sql("UPDATE chg SET new = replace(new, 'Rossi', 'Bianchi')")

    with store.read() as session:
        faults = journal.verify(session.connection())

    assert len(faults) == 1 and "altered" in faults[0]


def test_every_connection_obeys_its_pragmas(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "firm.crmdesk")
    with store.read() as session:
        read = {
            name: session.connection().exec_driver_sql(f"PRAGMA {name}").scalar() for name in database.PRAGMAS
        }
        assert session.connection().exec_driver_sql("PRAGMA query_only").scalar() == 1
    store.close()

    assert {name: str(value) for name, value in read.items()} == {
        name: str(value) for name, value in database.PRAGMAS.items()
    }


def test_a_reader_cannot_write(store: Store) -> None:
    with pytest.raises(StoreError), store.read() as session:
        session.connection().exec_driver_sql("DELETE FROM customer")


def test_a_second_program_is_refused_by_name(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "firm.crmdesk")

    with pytest.raises(StoreError, match="open in crmdesk already"):
        Store.open(tmp_path / "firm.crmdesk")

    store.close()
    Store.open(tmp_path / "firm.crmdesk").close()


def test_a_password_encrypts_from_the_first_byte(tmp_path: Path) -> None:
    path, key = tmp_path / "firm.crmdesk", os.urandom(32)
    store = Store.create(path, key=key)
    add(store, "Rossi")
    store.close()

    assert not database.is_plain(path)
    assert b"Rossi" not in path.read_bytes()
    with pytest.raises(StoreError):
        Store.open(path)
    again = Store.open(path, key=key)
    assert names(again) == ["Rossi"]
    again.close()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "no file"),
        (b"", "is empty"),
        (b"name;town\nRossi;Stresa\n", "not a crmdesk file"),
        (database.PLAIN_HEADER + b"\x00" * 3000, "damaged"),
    ],
)
def test_what_is_not_a_customer_file_is_refused_with_the_reason(
    tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    path = tmp_path / "firm.crmdesk"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises((StoreError, NotFound), match=sentence):
        Store.open(path)

    assert not path.exists() if content is None else path.read_bytes() == content


def test_the_file_of_another_program_is_refused(tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "other.crmdesk"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (x)")

    with pytest.raises(StoreError, match="another program"):
        Store.open(path)


def test_a_newer_file_is_refused_with_its_version(tmp_path: Path) -> None:
    path = tmp_path / "firm.crmdesk"
    Store.create(path).close()
    connection = database.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()

    with pytest.raises(StoreError, match="version 99"):
        Store.open(path)


def test_a_sync_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "OneDrive - Firm"
    folder.mkdir()

    with pytest.raises(StoreError, match="synchronised"):
        Store.create(folder / "firm.crmdesk")


def test_a_full_disk_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "firm.crmdesk")
    add(store, "Rossi")
    with store._writer.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.rollback()
        connection.connection.driver_connection.execute(f"PRAGMA max_page_count = {pages}")  # type: ignore[union-attr]

    with pytest.raises(StoreError, match="full"), store.write("Import") as session:
        session.bulk_insert(Customer, [{"name": "x" * 500} for _ in range(5000)])

    assert names(store) == ["Rossi"]
    store.close()


def test_a_file_locked_by_another_process_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(database.PRAGMAS, "busy_timeout", 50)
    store = Store.create(tmp_path / "firm.crmdesk")
    other = database.connect(store.path)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreError, match="in use"):
        add(store, "Rossi")

    other.execute("ROLLBACK")
    add(store, "Rossi")
    assert names(store) == ["Rossi"]
    other.close()
    store.close()


def test_a_copied_file_gets_an_identity_of_its_own(tmp_path: Path) -> None:
    first = Store.create(tmp_path / "firm.crmdesk")
    first.close()
    copy = tmp_path / "copy.crmdesk"
    copy.write_bytes((tmp_path / "firm.crmdesk").read_bytes())

    second = Store.open(copy)
    again = Store.open(tmp_path / "firm.crmdesk")

    assert second.replica != first.replica == again.replica
    second.close()
    again.close()
