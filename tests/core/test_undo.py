"""Undo and redo: of any step, in any order, never over what somebody did since."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crmdesk.core.changes import Changes
from crmdesk.core.errors import Conflict
from crmdesk.core.record import ALIVE, TRASHED, UNDONE
from crmdesk.core.store import Store
from crmdesk.features.customers.records import ContactPoint, Customer


def add(store: Store, name: str) -> str:
    with store.write(f"Add {name}") as session:
        customer = Customer(name=name)
        session.add(customer)
    return customer.id


def last(store: Store) -> tuple[str, int]:
    return store.replica, store.last_step()


def state(store: Store, ident: str, record: type[Any] = Customer) -> int:
    with store.read() as session:
        return int(session.get(record, ident).deleted)


def imported(store: Store) -> tuple[str, str]:
    with store.write("Import", "import") as session:
        (customer,) = session.bulk_insert(Customer, [{"name": "Rossi"}])
        (point,) = session.bulk_insert(ContactPoint, [{"customer_id": customer, "value": "0323 550142"}])
    return customer, point


def test_a_row_with_a_field_filled_since_is_not_taken_away(store: Store) -> None:
    ident = add(store, "Rossi")
    step = last(store)
    with store.write("Note") as session:
        session.get_alive(Customer, ident).notes = "Pays late"

    with pytest.raises(Conflict, match="1 value was changed"):
        store.undo(step)

    assert state(store, ident) == ALIVE


def test_an_import_is_taken_back_but_for_what_was_edited_since(store: Store) -> None:
    with store.write("Import", "import") as session:
        ids = session.bulk_insert(Customer, [{"name": f"Customer {n}"} for n in range(3)])
    step = last(store)
    with store.write("Rename") as session:
        session.get_alive(Customer, ids[1]).name = "Rossi"

    done = store.undo(step, partly=True)

    assert (done.count, [kept.row for kept in done.kept]) == (2, [ids[1]])
    assert [state(store, ident) for ident in ids] == [UNDONE, ALIVE, UNDONE]


def test_a_row_that_stays_keeps_what_it_hangs_on(store: Store) -> None:
    customer, point = imported(store)
    step = last(store)
    with store.write("Edit") as session:
        session.get_alive(ContactPoint, point).value = "0323 111111"

    with pytest.raises(Conflict):
        store.undo(step, partly=True)

    assert (state(store, customer), state(store, point, ContactPoint)) == (ALIVE, ALIVE)


def test_a_redone_row_in_use_is_not_taken_away_again(store: Store) -> None:
    ident = add(store, "Rossi")
    store.undo()
    store.redo()
    redone = last(store)
    with store.write("Phone") as session:
        session.add(ContactPoint(customer_id=ident, value="1"))

    with pytest.raises(Conflict):
        store.undo(redone)


def test_trash_and_restore_are_taken_back_each(store: Store) -> None:
    ident = add(store, "Rossi")
    with store.write("Trash") as session:
        session.trash(session.get_alive(Customer, ident))
    with store.write("Restore") as session:
        session.restore(session.get_one(Customer, ident))

    store.undo()
    assert state(store, ident) == TRASHED
    store.undo()
    assert state(store, ident) == ALIVE
    store.redo()
    assert state(store, ident) == TRASHED


def test_undoing_an_undo_by_name_puts_its_step_back_in_line(store: Store) -> None:
    add(store, "Rossi")
    store.undo()
    store.undo(last(store))

    assert store.undo_label() == "Add Rossi"


def test_taking_back_a_step_of_another_copy_leaves_our_own_in_line(store: Store) -> None:
    other = Store.memory()
    add(other, "Bianchi")
    add(store, "Rossi")
    store.receive(other.outgoing({}))

    store.undo((other.replica, 1))

    assert store.undo_label() == "Add Rossi"
    other.close()


def test_redo_goes_on_after_a_restart(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "firm.crmdesk")
    ident = add(store, "Rossi")
    store.undo()
    store.close()

    again = Store.open(tmp_path / "firm.crmdesk")

    assert again.redo_label() == "Add Rossi"
    again.redo()
    assert (state(again, ident), again.redo_label()) == (ALIVE, None)
    again.close()


def test_an_undo_tells_subscribers_what_it_changed(store: Store) -> None:
    ident = add(store, "Rossi")
    told: list[Changes] = []
    store.subscribe(told.append)

    store.undo()
    store.redo()

    assert [(changes.kind, changes.touches("customer", ident)) for changes in told] == [
        ("undo", True),
        ("redo", True),
    ]


def test_an_undo_brings_figures_and_search_back(store: Store) -> None:
    from crmdesk.core import search

    ident = add(store, "Rossi")
    with store.write("Rename") as session:
        session.get_alive(Customer, ident).name = "Bianchi"
    store.undo()

    with store.read() as session:
        assert search.customers_matching(session, "rossi") == [ident]
        assert search.customers_matching(session, "bianchi") == []
