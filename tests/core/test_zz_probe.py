from __future__ import annotations
import pytest
from pathlib import Path
from crmdesk.core import journal, replicate, history
from crmdesk.core.record import *
from crmdesk.core.store import Store
from crmdesk.features.customers.records import *
from crmdesk.features.orders.records import Order, OrderLine
from sqlalchemy import select

def mk(store, **v):
    with store.write("Add") as s:
        c = Customer(**v); s.add(c)
    return c.id
def name(store, i, f="name"):
    with store.read() as s: return getattr(s.get(Customer, i), f)

def test_add_and_trash_one_write(store):
    with store.write("A") as s:
        c = Customer(name="x"); s.add(c); s.flush(); s.trash(c)
    store.undo(); store.redo()
    with store.read() as s:
        assert s.get(Customer, c.id).deleted == 1
        assert history.as_of(s, Customer, journal.vector(s.connection())) == {}
    other = Store.memory(); other.receive(store.outgoing({}))
    with other.read() as s: assert replicate.conflicts(s) == []

def test_birth_undo_after_filling_empty(store):
    i = mk(store, name="x"); step=(store.replica, store.last_step())
    with store.write("n") as s: s.get(Customer, i).notes = "precious"
    with pytest.raises(Exception): store.undo(step)

def test_expired_then_set(store):
    i = mk(store, name="x")
    with store.write("n") as s:
        c = s.get(Customer, i)
        s.bulk_update(Customer, [{"id": i, "trade": "t"}])
        c.name = "y"
    store.undo()
    assert name(store, i) == "x"

def test_bulk_update_same_id_twice(store):
    i = mk(store, name="x")
    with store.write("n") as s:
        s.bulk_update(Customer, [{"id": i, "trade": "t"}, {"id": i, "notes": "n"}])
    assert name(store, i, "trade") == "t" and name(store, i, "notes") == "n"

def test_undo_of_foreign_step_leaves_own_undoable(store):
    other = Store.memory(); mk(other, name="o"); 
    mk(store, name="x")
    store.receive(other.outgoing({}))
    store.undo((other.replica, 1))
    assert store.undo_label() == "Add"

def test_undo_of_undo(store):
    i = mk(store, name="x")
    store.undo(); store.undo((store.replica, 2))
    assert store.undo_label() == "Add"

def test_surrogate(store):
    with pytest.raises(Exception) as e:
        mk(store, name="\ud800")
    print("ORM", type(e.value), e.value)
    with pytest.raises(Exception) as e:
        with store.write("x") as s: s.bulk_insert(Customer, [{"name": "\ud800"}])
    print("BULK", type(e.value), e.value)
    with pytest.raises(Exception) as e:
        with store.write("x") as s: s.bulk_insert(Customer, [{"name": "a", "potential_budget": 2**70}])
    print("BIG", type(e.value), e.value)
    with pytest.raises(Exception) as e:
        with store.write("x") as s: s.add(Order(customer_id="f"*32))
    print("FK", type(e.value), e.value)
    assert 0

def test_line_moved(store):
    a, b = mk(store, name="a"), mk(store, name="b")
    print([ (m.name, [w.__tablename__ for w in m.watches]) for m in store.derived.figures.measures])
    assert 0

def test_subscriber_raises(store):
    told = []
    def bad(c): raise ValueError("x")
    store.subscribe(bad); store.subscribe(told.append)
    mk(store, name="x")
    assert told

def test_tampered_delivery(store):
    other = Store.memory(); mk(other, name="o")
    p = other.outgoing({})
    bad = [replicate.Parcel(p[0].step, tuple(c | {"new": c["new"].replace("o", "z")} for c in p[0].changes))]
    with pytest.raises(Exception): store.receive(bad)
def test_partly(store):
    with store.write("import") as s:
        c = Customer(name="x"); s.add(c); s.flush(); p = ContactPoint(customer_id=c.id, value="1"); s.add(p)
    st = (store.replica, store.last_step())
    with store.write("e") as s: s.get(ContactPoint, p.id).value = "2"
    try: store.undo(st, partly=True)
    except Exception as e: print(e)
    assert name(store, c.id, "deleted") == 0
