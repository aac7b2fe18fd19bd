"""Figures and search index that follow each write equal those computed anew, whatever was done."""

from __future__ import annotations

import contextlib
import datetime as dt
import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from crmdesk.core import dates, search
from crmdesk.core.derived import get_meta
from crmdesk.core.errors import Conflict, NotFound
from crmdesk.core.feature import load
from crmdesk.core.record import ALIVE, Record, table_of
from crmdesk.core.store import Store
from crmdesk.core.write import Write
from crmdesk.features import SLICES
from crmdesk.features.customers.records import Address, Affiliation, ContactPoint, Customer, Firm, Person, Tag
from crmdesk.features.orders.records import Order, OrderLine, YearTurnover
from crmdesk.features.portfolio.records import Cut, Override
from crmdesk.features.timeline.records import Interaction, Participant

RECORDS: tuple[type[Record], ...] = (
    Customer,
    Person,
    Affiliation,
    ContactPoint,
    Address,
    Tag,
    Firm,
    Order,
    OrderLine,
    YearTurnover,
    Interaction,
    Participant,
    Override,
    Cut,
)
WORDS = ("Rossi", "Bianchi", "hotel", "0323 550142", "", "Москва")


def some_value(column: Any, chance: random.Random) -> Any:
    """A fitting value for a column, made by chance."""
    field = column.info.get("field")
    kind = field.kind.name if field is not None else "TEXT"
    day = dates.today() - dt.timedelta(days=chance.randrange(-20, 800))
    made = {
        "MONEY": chance.randrange(-5000, 90000),
        "DATE": day,
        "DATETIME": dt.datetime.combine(day, dt.time(9, 30)),
        "FLAG": chance.random() < 0.5,
        "NUMBER": float(chance.choice([1, 30, day.year])),
        "PERCENT": 5.0,
    }
    if kind == "CHOICE":
        return chance.choice(field.choices).key
    if column.key == "currency":
        return chance.choice(["EUR", "USD"])
    return made.get(kind, chance.choice(WORDS))


def values(
    session: Write, record: type[Record], chance: random.Random, share: float
) -> dict[str, Any] | None:
    """Values for some fields of a record; None where a row it must refer to is not there."""
    made: dict[str, Any] = {}
    for column in table_of(record).columns:
        if column.key in ("id", "created", "changed", "deleted"):
            continue
        key = next(iter(column.foreign_keys), None)
        if key is not None:
            there = session.execute(select(key.column)).scalars().all()
            if there and (not column.nullable or chance.random() < share):
                made[column.key] = chance.choice(there)
            elif not column.nullable and share == 1:
                return None
        elif chance.random() < share:
            made[column.key] = some_value(column, chance)
    return made


def act(store: Store, chance: random.Random) -> None:
    """One step of some sort on some record."""
    record, verb = (
        chance.choice(RECORDS),
        chance.choice(["add", "add", "bulk", "set", "move", "trash", "undo", "redo"]),
    )
    if verb in ("undo", "redo"):
        with contextlib.suppress(Conflict, NotFound):
            store.undo() if verb == "undo" else store.redo()
        return
    with store.write(verb) as session:
        if verb in ("add", "bulk"):
            rows = [made for _n in range(3) if (made := values(session, record, chance, 1)) is not None]
            if verb == "bulk":
                session.bulk_insert(record, rows)
            elif rows:
                session.add(record(**rows[0]))
            return
        there = session.scalars(select(record).order_by(record.id)).all()
        if not there:
            return
        one = chance.choice(there)
        if verb == "trash":
            one.deleted = 1 - min(one.deleted, 1)
        for name, value in (values(session, record, chance, 0.4) or {}).items() if verb != "trash" else ():
            setattr(one, name, value)


def wrong_figures(store: Store, *, kept_up: bool) -> list[str]:
    """The figures that differ from those computed anew, but for those known to be stale."""
    figures = store.derived.figures
    assert figures is not None
    faults = []
    with store.read() as session:
        stale = "" if kept_up else str(get_meta(session, "stale_measures"))
        alive = session.scalars(select(Customer.id).where(Customer.deleted == ALIVE)).all()
        kept = {row["customer_id"]: row for row in session.execute(select(figures.table)).mappings()}
        for measure in figures.measures:
            fresh = measure.compute(session, None, dates.today())
            for ident in alive if f'"{measure.name}"' not in stale else ():
                if kept[ident][measure.name] != fresh.get(ident):
                    faults.append(f"{measure.name}: kept {kept[ident][measure.name]}, is {fresh.get(ident)}")
    return faults


def wrong_docs(store: Store) -> list[tuple[str, str]]:
    """The documents of the index that differ from those made anew."""
    faults: list[tuple[str, str]] = []
    with store.read() as session:
        for source in store.derived.sources:
            name = source.record.__tablename__
            query = text("SELECT row, text FROM search_doc WHERE tbl = :name")
            kept = {(row, words) for row, words in session.execute(query, {"name": name})}
            fresh = {(doc.row, search.fold_phones(doc.text)) for doc in source.docs(session, None)}
            faults += sorted(kept ^ fresh)
    return faults


@given(seed=st.integers(0, 2**32), length=st.integers(1, 40))
@settings(max_examples=150)
def test_what_is_kept_is_what_would_be_computed(seed: int, length: int) -> None:
    chance = random.Random(seed)
    store = Store.memory(load(SLICES).derived())
    for _step in range(length):
        act(store, chance)

    assert wrong_docs(store) == []
    assert wrong_figures(store, kept_up=False) == []
    store.keep_up()
    assert wrong_figures(store, kept_up=True) == []
    assert not store.behind()
    store.close()


def test_a_change_of_the_firm_makes_its_figures_wait(store: Store) -> None:
    with store.write("Add") as session:
        session.add(Customer(name="Rossi"))
    store.keep_up()

    with store.write("Currency") as session:
        session.add(Firm(name="Ours", currency="USD"))

    assert store.behind()
    assert store.keep_up()
    assert not store.keep_up()


def test_a_new_day_makes_all_figures_wait(store: Store) -> None:
    with store.write("Add") as session:
        customer = Customer(name="Rossi")
        session.add(customer)
        session.flush()
        session.add(Order(customer_id=customer.id, date=dates.today(), amount=100))
    store.keep_up()
    with store._writer.begin() as connection:
        connection.exec_driver_sql("UPDATE meta SET value = '2000-01-01' WHERE name = 'figures_day'")
        connection.exec_driver_sql("UPDATE customer_figures SET turnover_12m = 7")

    assert store.keep_up()

    assert wrong_figures(store, kept_up=True) == []


def test_a_store_without_figures_is_never_behind() -> None:
    store = Store.memory()

    assert not store.behind() and not store.keep_up()
    store.close()


def test_a_migration_makes_figures_and_index_anew(tmp_path: Any) -> None:
    from crmdesk.core.migrate import MigrationStep

    features = load(SLICES)
    store = Store.create(tmp_path / "firm.crmdesk", features.derived(), features.steps())
    with store.write("Add") as session:
        session.add(Customer(name="Rossi"))
    store.close()
    step = MigrationStep(
        "2027-01-01 names", lambda c: c.exec_driver_sql("UPDATE customer SET name = 'Verdi'") and None
    )

    again = Store.open(tmp_path / "firm.crmdesk", features.derived(), (*features.steps(), step))

    assert wrong_docs(again) == [] and wrong_figures(again, kept_up=True) == []
    again.close()
