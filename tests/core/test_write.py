"""What one write notes: each cell once, from what it was to what it is, whatever way it was changed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from crmdesk.core import history, journal, replicate
from crmdesk.core.errors import InvalidValue, NotFound
from crmdesk.core.journal import Change
from crmdesk.core.record import ALIVE, TRASHED
from crmdesk.core.store import Store
from crmdesk.features.customers.records import ContactPoint, Customer, Person
from crmdesk.features.orders.records import Order
from crmdesk.features.timeline.records import Interaction


def add(store: Store, **values: Any) -> str:
    with store.write("Add") as session:
        customer = Customer(**values)
        session.add(customer)
    return customer.id


def value(store: Store, ident: str, field: str = "name") -> Any:
    with store.read() as session:
        return getattr(session.get(Customer, ident), field)


def last_changes(store: Store) -> list[Change]:
    with store.read() as session:
        return list(journal.changes(session.connection(), store.replica, store.last_step()))


def test_a_record_made_and_trashed_in_one_write_is_born_in_the_trash(store: Store) -> None:
    with store.write("Add") as session:
        customer = Customer(name="Rossi")
        session.add(customer)
        session.flush()
        session.trash(customer)

    store.undo()
    store.redo()
    other = Store.memory()
    other.receive(store.outgoing({}))

    assert value(store, customer.id, "deleted") == value(other, customer.id, "deleted") == TRASHED
    with other.read() as session:
        assert replicate.conflicts(session) == []
        assert history.as_of(session, Customer, journal.vector(session.connection())) == {}
    other.close()


def test_a_record_made_trashed_and_restored_in_one_write_is_simply_there(store: Store) -> None:
    with store.write("Add") as session:
        customer = Customer(name="Rossi")
        session.add(customer)
        session.flush()
        session.trash(customer)
        session.flush()
        session.restore(customer)

    assert [("deleted" in change.new) for change in last_changes(store)] == [False]
    assert value(store, customer.id, "deleted") == ALIVE


def test_a_field_set_before_it_was_read_is_journalled_with_what_it_was(store: Store) -> None:
    ident = add(store, name="Rossi")

    with store.write("Edit") as session:
        customer = session.get_alive(Customer, ident)
        session.bulk_update(Customer, [{"id": ident, "trade": "Hotel"}])
        customer.name = "Bianchi"
    store.undo()

    assert (value(store, ident), value(store, ident, "trade")) == ("Rossi", None)


def test_a_bulk_update_after_an_edit_builds_on_it(store: Store) -> None:
    ident = add(store, name="Rossi")

    with store.write("Edit") as session:
        session.get_alive(Customer, ident).name = "Bianchi"
        session.bulk_update(Customer, [{"id": ident, "name": "Verdi"}])

    assert [(change.old, change.new) for change in last_changes(store)] == [("Rossi", "Verdi")]


def test_one_record_named_twice_in_a_bulk_update_gets_both_values(store: Store) -> None:
    ident = add(store, name="Rossi")

    with store.write("Edit") as session:
        rows = [{"id": ident, "trade": "Hotel"}, {"id": ident, "notes": "Ring twice"}]
        assert session.bulk_update(Customer, rows) == 1

    assert (value(store, ident, "trade"), value(store, ident, "notes")) == ("Hotel", "Ring twice")


def test_an_edit_of_a_fresh_bulk_row_belongs_to_its_birth(store: Store) -> None:
    with store.write("Import") as session:
        (ident,) = session.bulk_insert(Customer, [{"name": "Rossi"}])
        session.get_alive(Customer, ident).name = "Bianchi"

    assert [change.new["name"] for change in last_changes(store)] == ["Bianchi"]
    store.undo()
    store.redo()
    assert value(store, ident) == "Bianchi"


def test_two_flushes_of_one_row_are_one_change(store: Store) -> None:
    ident = add(store, name="Rossi")

    with store.write("Edit") as session:
        for name in ("Bianchi", "Verdi"):
            session.get_alive(Customer, ident).name = name
            session.flush()

    assert [(change.old, change.new) for change in last_changes(store)] == [("Rossi", "Verdi")]


def test_an_edit_and_a_trash_in_one_write_are_taken_back_together(store: Store) -> None:
    ident = add(store, name="Rossi")

    with store.write("Edit") as session:
        customer = session.get_alive(Customer, ident)
        customer.name = "Bianchi"
        session.trash(customer)
    store.undo()

    assert (value(store, ident), value(store, ident, "deleted")) == ("Rossi", ALIVE)


def test_a_bulk_row_with_an_unknown_column_is_refused(store: Store) -> None:
    with pytest.raises(TypeError, match="colour"), store.write("Import") as session:
        session.bulk_insert(Customer, [{"name": "Rossi", "colour": "red"}])


def test_nothing_given_in_bulk_makes_nothing(store: Store) -> None:
    with store.write("Import") as session:
        assert session.bulk_insert(Customer, []) == []

    assert store.last_step() == 0


def test_a_record_in_the_trash_is_not_there_for_actions(store: Store) -> None:
    ident = add(store, name="Rossi")
    with store.write("Trash") as session:
        session.trash(session.get_alive(Customer, ident))

    with pytest.raises(NotFound), store.write("Edit") as session:
        session.get_alive(Customer, ident)


def test_a_record_is_never_deleted(store: Store) -> None:
    ident = add(store, name="Rossi")

    with pytest.raises(RuntimeError, match="trash"), store.write("Delete") as session:
        session.delete(session.get_alive(Customer, ident))

    assert value(store, ident) == "Rossi"


@pytest.mark.parametrize("name", ["\ud800", "Rossi \udfff"])
def test_a_broken_sign_is_refused_in_words(store: Store, name: str) -> None:
    with pytest.raises(InvalidValue, match="broken sign"):
        add(store, name=name)
    with pytest.raises(InvalidValue, match="broken sign"), store.write("Import") as session:
        session.bulk_insert(Customer, [{"name": name}])

    assert store.last_step() == 0


def test_a_number_beyond_the_file_is_refused_in_words(store: Store) -> None:
    with pytest.raises(InvalidValue, match="too large"):
        add(store, name="Rossi", potential_budget=2**70)


def test_values_of_every_kind_survive_the_journal(store: Store) -> None:
    ident = add(
        store, name="Москва 東京 \x00 \u2028 'quote\"", potential_budget=-(2**62), since=dt.date(1, 1, 1)
    )
    with store.write("Point") as session:
        point = ContactPoint(customer_id=ident, value="😀", preferred=True)
        talk = Interaction(customer_id=ident, at=dt.datetime(2026, 2, 28, 23, 59, 59, 5))
        session.add_all([point, talk])
    with store.write("Edit") as session:
        customer = session.get_alive(Customer, ident)
        customer.name, customer.potential_budget, customer.since = "", None, None
        session.get_alive(ContactPoint, point.id).preferred = None
        session.get_alive(Interaction, talk.id).at = dt.datetime(2000, 1, 1)
    store.undo()

    with store.read() as session:
        found = session.get_one(Customer, ident)
        assert (found.name[:6], found.potential_budget, found.since) == ("Москва", -(2**62), dt.date(1, 1, 1))
        assert session.get_one(ContactPoint, point.id).preferred is True
        assert session.get_one(Interaction, talk.id).at == dt.datetime(2026, 2, 28, 23, 59, 59, 5)


def test_a_moved_record_concerns_the_customers_it_left_and_came_to(store: Store) -> None:
    first, second = add(store, name="Rossi"), add(store, name="Bianchi")
    with store.write("Order") as session:
        order = Order(customer_id=first, date=dt.date.today(), amount=5000)
        session.add(order)
    with store.write("Move") as session:
        session.get_alive(Order, order.id).customer_id = second

    table = store.derived.figures.table  # type: ignore[union-attr]
    with store.read() as session:
        rows = session.execute(select(table.c.customer_id, table.c.orders_12m)).all()
    kept = {customer: count for customer, count in rows}
    assert (kept[first] or 0, kept[second]) == (0, 1)


def test_a_phone_given_to_another_person_is_no_longer_found_with_the_first(store: Store) -> None:
    from crmdesk.core import search
    from crmdesk.features.customers.records import Affiliation

    first, second = add(store, name="Rossi"), add(store, name="Bianchi")
    with store.write("People") as session:
        people = [Person(last_name="Uno"), Person(last_name="Due")]
        session.add_all(people)
        session.flush()
        for customer, person in zip((first, second), people, strict=True):
            session.add(Affiliation(customer_id=customer, person_id=person.id))
        point = ContactPoint(person_id=people[0].id, value="0323550142")
        session.add(point)
    with store.write("Give") as session:
        session.get_alive(ContactPoint, point.id).person_id = people[1].id

    with store.read() as session:
        assert search.customers_matching(session, "0323550142") == [second]


def test_a_store_file_behind_a_link_is_locked_once(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "firm.crmdesk")
    link = tmp_path / "link.crmdesk"
    link.symlink_to(store.path)

    from crmdesk.core.errors import StoreError

    with pytest.raises(StoreError, match="open in crmdesk already"):
        Store.open(link)
    store.close()
