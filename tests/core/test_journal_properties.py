"""Random histories: undo takes everything back, redo brings it again, copies converge."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from crmdesk.core import history, journal, replicate
from crmdesk.core.errors import Conflict, NotFound, Refused
from crmdesk.core.record import ALIVE, TRASHED, Record, journalled, plain, table_of
from crmdesk.core.store import Store
from crmdesk.core.write import Write
from crmdesk.features.customers.records import ContactPoint, Customer

FIELDS = ("name", "trade", "notes")
RECORDS: tuple[type[Record], ...] = (Customer, ContactPoint)
EDITS = st.one_of(
    st.tuples(st.just("add"), st.text(max_size=5), st.integers(0, 3)),
    st.tuples(st.just("set"), st.integers(0, 5), st.tuples(st.sampled_from(FIELDS), st.text(max_size=5))),
    st.tuples(st.just("point"), st.integers(0, 5), st.text(max_size=5)),
    st.tuples(st.just("trash"), st.integers(0, 5), st.none()),
    st.tuples(st.just("bulk"), st.integers(1, 4), st.none()),
    st.tuples(st.just("gone"), st.text(max_size=5), st.none()),
    st.tuples(st.just("both"), st.integers(0, 5), st.text(max_size=5)),
    st.tuples(st.just("restore"), st.integers(0, 5), st.none()),
)


def alive(store: Store) -> dict[str, dict[str, Any]]:
    """All living rows by id, in JSON form."""
    found: dict[str, dict[str, Any]] = {}
    with store.read() as session:
        for record in RECORDS:
            table = table_of(record)
            for row in session.execute(select(table).where(table.c.deleted == ALIVE)).mappings():
                found[row["id"]] = {name: plain(row[name]) for name in journalled(record)}
    return found


def customers(session: Write) -> list[Customer]:
    return list(session.scalars(Customer.alive().order_by(Customer.id)))


def play(store: Store, edits: list[tuple[str, Any, Any]]) -> int:
    """Do the edits, one step each; returns how many steps were made."""
    before = store.last_step()
    for verb, first, second in edits:
        with store.write(verb) as session:
            if verb == "add":
                session.add(Customer(name=first, potential_grade=str(second) if second else None))
            elif verb == "bulk":
                session.bulk_insert(Customer, [{"name": f"bulk {n}"} for n in range(first)])
            elif verb == "gone":
                session.add(Customer(name=first, deleted=TRASHED))
            elif verb == "restore":
                trashed = session.scalars(
                    select(Customer).where(Customer.deleted == TRASHED).order_by(Customer.id)
                )
                for customer in list(trashed)[: first + 1]:
                    session.restore(customer)
            elif there := customers(session):
                act(session, verb, there[first % len(there)], second)
    return store.last_step() - before


def act(session: Write, verb: str, customer: Customer, value: Any) -> None:
    if verb == "set":
        setattr(customer, value[0], value[1])
    elif verb == "point":
        session.add(ContactPoint(customer_id=customer.id, value=value))
    else:
        customer.name = value if verb == "both" else customer.name
        session.trash(customer)


@given(edits=st.lists(EDITS, max_size=12))
@settings(max_examples=40)
def test_undoing_everything_is_the_start_and_redoing_everything_is_the_end(edits: list[Any]) -> None:
    store = Store.memory()
    steps = play(store, edits)
    end = alive(store)

    for _ in range(steps):
        store.undo()
    assert alive(store) == {}
    with pytest.raises(NotFound):
        store.undo()
    for _ in range(steps):
        store.redo()

    assert alive(store) == end
    with store.read() as session:
        assert journal.verify(session.connection()) == []
    store.close()


@given(edits=st.lists(EDITS, max_size=8), back=st.integers(0, 8))
@settings(max_examples=30)
def test_undo_then_redo_of_any_part_is_identity(edits: list[Any], back: int) -> None:
    store = Store.memory()
    back = min(play(store, edits), back)
    end = alive(store)

    for _ in range(back):
        store.undo()
    for _ in range(back):
        store.redo()

    assert alive(store) == end
    store.close()


@given(edits=st.lists(EDITS, max_size=10), later=st.lists(EDITS, max_size=6))
@settings(max_examples=30)
def test_as_of_a_vector_is_what_stood_then(edits: list[Any], later: list[Any]) -> None:
    store = Store.memory()
    play(store, edits)
    then = {row: value for row, value in alive(store).items()}
    with store.read() as session:
        seen = journal.vector(session.connection())

    play(store, later)

    with store.read() as session:
        told: dict[str, dict[str, Any]] = {}
        for record in RECORDS:
            told |= history.as_of(session, record, seen)
    assert told == {row: {n: v for n, v in fields.items() if v is not None} for row, fields in then.items()}
    store.close()


ROUNDS = st.lists(
    st.tuples(
        st.integers(0, 1), st.lists(EDITS, max_size=4), st.sampled_from(["none", "there", "both", "undo"])
    ),
    max_size=8,
)


def deliver(source: Store, target: Store) -> None:
    with target.read() as session:
        known = journal.vector(session.connection())
    target.receive(source.outgoing(known))


@given(rounds=ROUNDS)
@settings(max_examples=60)
def test_random_histories_on_two_replicas_converge(rounds: list[tuple[int, list[Any], str]]) -> None:
    stores = (Store.memory(), Store.memory())
    for which, edits, then in rounds:
        here, there = stores[which], stores[1 - which]
        play(here, edits)
        if then == "undo":
            with contextlib.suppress(Conflict, NotFound):
                here.undo()
        if then in ("there", "both"):
            deliver(here, there)
        if then == "both":
            deliver(there, here)
    deliver(*stores)
    deliver(*stores[::-1])

    assert alive(stores[0]) == alive(stores[1])
    conflicts = []
    for store in stores:
        with store.read() as session:
            conflicts.append(replicate.conflicts(session))
            assert journal.verify(session.connection()) == []
    assert conflicts[0] == conflicts[1]
    again = alive(stores[0])
    deliver(*stores)
    assert alive(stores[1]) == again
    fresh = Store.memory()
    fresh.receive(stores[0].outgoing({}))
    assert alive(fresh) == again
    with fresh.read() as session:
        assert replicate.conflicts(session) == conflicts[0]
    fresh.close()
    for store in stores:
        store.close()


def test_a_conflict_stands_until_somebody_edits_the_field() -> None:
    here, there = Store.memory(), Store.memory()
    with here.write("Add") as session:
        customer = Customer(name="Rossi")
        session.add(customer)
    deliver(here, there)
    for store, name in ((here, "Rossi srl"), (there, "Rossi snc")):
        with store.write("Rename") as session:
            session.get_alive(Customer, customer.id).name = name
    deliver(here, there)
    with there.read() as session:
        assert [found["fld"] for found in replicate.conflicts(session)] == ["name"]

    with there.write("Decide") as session:
        session.get_alive(Customer, customer.id).name = "Rossi & Figli"
    deliver(there, here)

    for store in (here, there):
        with store.read() as session:
            assert replicate.conflicts(session) == []
            found = session.get(Customer, customer.id)
            assert found is not None and found.name == "Rossi & Figli"
        store.close()


def test_a_delivery_with_a_gap_is_refused_whole() -> None:
    here, there = Store.memory(), Store.memory()
    for name in ("Rossi", "Bianchi"):
        with here.write("Add") as session:
            session.add(Customer(name=name))
    parcels = here.outgoing({})

    with pytest.raises(Refused, match="earlier delivery"):
        there.receive(parcels[1:])

    assert alive(there) == {}
    there.receive(parcels)
    assert len(alive(there)) == 2
    here.close()
    there.close()


def test_a_restored_clone_that_writes_under_the_old_name_is_noticed() -> None:
    here, there = Store.memory(), Store.memory()
    with here.write("Add") as session:
        session.add(Customer(name="Rossi"))
    parcels = here.outgoing({})
    there.receive(parcels)
    forged = [replicate.Parcel(parcel.step | {"hash": "0" * 64}, parcel.changes) for parcel in parcels]

    with pytest.raises(Refused, match="one name"):
        there.receive(forged)

    here.close()
    there.close()


def test_one_clock_stamp_per_step_never_goes_back(store: Store) -> None:
    assert journal.next_hlc(last=(10_000 << 16) + 5, now_ms=9_000) == (10_000 << 16) + 6
    assert journal.next_hlc(last=5, now_ms=9_000) == 9_000 << 16


def test_history_tells_who_changed_a_field_from_what_to_what(store: Store) -> None:
    with store.write("Add") as session:
        customer = Customer(name="Rossi")
        session.add(customer)
    with store.write("Rename") as session:
        session.get_alive(Customer, customer.id).name = "Bianchi"

    with store.read() as session:
        told = history.history(session, customer.id, "name")

    assert [(entry.label, entry.old, entry.new) for entry in told] == [
        ("Rename", "Rossi", "Bianchi"),
        ("Add", None, "Rossi"),
    ]
