"""An import is one step: it keeps to the figures of the data, comes back whole, and twice is once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from crmdesk.core import journal
from crmdesk.core.derived import records_by_table
from crmdesk.core.jobs import Cancelled, Progress, Step
from crmdesk.core.record import ALIVE
from crmdesk.core.store import Store
from crmdesk.features.customers.records import Address, ContactPoint, Customer, Firm
from crmdesk.features.exchange.actions import run_import, without_rows
from crmdesk.features.exchange.plan import Options
from crmdesk.features.exchange.planner import plan_tables
from crmdesk.features.exchange.queries import imported_before, past_imports
from crmdesk.features.orders.records import Order, OrderLine

REAL = [
    (("superstore_a.csv",), 397, 2500, 117_760_362),
    (("northwind_order_lines.csv", "northwind_orders.csv", "northwind_customers.csv"), 91, 830, 126_579_304),
    (("retail_de_fr_lines.csv",), 182, 1061, 41_841_105),
    (("cdnow_sample.csv",), 2357, 6919, 24_409_194),
    (("superstore_a_yearly.csv",), 397, 0, 0),
]


def living(store: Store) -> list[str]:
    """The tables that hold any living record."""
    with store.read() as session:
        return [
            name
            for name, record in records_by_table().items()
            if session.scalar(select(record.id).where(record.deleted == ALIVE).limit(1))
            and record is not Firm
        ]


@pytest.mark.parametrize(("names", "customers", "orders", "amount"), REAL, ids=lambda each: str(each)[:24])
def test_real_files_come_in_whole_and_go_out_whole(
    names: tuple[str, ...],
    customers: int,
    orders: int,
    amount: int,
    shared: Path,
    store: Store,
    import_files: Any,
    count: Any,
    total: Any,
) -> None:
    files = [shared / "data" / name for name in names]
    plan = import_files(*files, place="en_US")
    assert not plan.problems
    assert (count(Customer), count(Order)) == (customers, orders)
    assert abs(total(Order, "amount") - amount) <= max(count(OrderLine) // 2, 1)
    step = store.last_step()
    assert import_files(*files, place="en_US").changes_nothing
    assert store.last_step() == step
    store.undo()
    assert living(store) == []


def test_files_one_after_the_other_give_the_same_as_together(
    shared: Path, store: Store, import_files: Any, total: Any
) -> None:
    for name in ("northwind_orders.csv", "northwind_order_lines.csv", "northwind_customers.csv"):
        import_files(shared / "data" / name, place="en_US")
    assert total(Order, "amount") == 126_579_329
    while store.undo_label():
        store.undo()
    assert living(store) == []


def test_blanks_are_filled_and_values_stay(store: Store, import_files: Any, table: Any) -> None:
    import_files(table("codice cliente;ragione sociale;settore\n1;Rossi;", "a.csv"))
    plan = import_files(table("codice cliente;ragione sociale;settore\n1;Rossi Srl;Edilizia", "b.csv"))
    with store.read() as session:
        found = session.scalars(Customer.alive()).one()
    assert (found.name, found.trade) == ("Rossi", "Edilizia")
    assert plan.counts(0)["updated"]["customers"] == 1


def test_overwriting_and_leaving_out_are_choices(store: Store, import_files: Any, table: Any) -> None:
    import_files(table("codice cliente;ragione sociale;citta;telefono\n1;Rossi;Roma;06 5551234", "a.csv"))
    changed = table("codice cliente;ragione sociale;citta;telefono\n1;Rossi Srl;Asti;0141 555123", "b.csv")
    plan = import_files(changed, existing="skip")
    assert plan.changes_nothing and plan.counts(0)["skipped"]["customers"] == 1
    import_files(changed, existing="overwrite")
    with store.read() as session:
        assert session.scalars(select(Customer.name)).one() == "Rossi Srl"
        assert session.scalars(select(Address.town)).one() == "Asti"
        assert len(session.scalars(select(ContactPoint.value)).all()) == 2


def test_another_address_is_left_out_unless_overwriting(import_files: Any, table: Any, count: Any) -> None:
    import_files(table("codice cliente;ragione sociale;citta\n1;Rossi;Roma", "a.csv"))
    plan = import_files(table("codice cliente;ragione sociale;citta\n1;Rossi;Asti", "b.csv"))
    assert plan.counts(0)["skipped"]["addresses"] == 1
    assert plan.changes_nothing and count(Address) == 1


def test_an_import_is_remembered_and_forgotten_with_its_undo(
    store: Store, import_files: Any, table: Any
) -> None:
    path = table(
        "codice cliente;ragione sociale;cliente dal\n1;Rossi;01/02/2020\n2;Verdi;13/02/2020\n;;14/02/2020"
    )
    plan = import_files(path)
    with store.read() as session:
        (run,) = past_imports(session)
        assert imported_before(session, plan.prints[0]) == run.at
    assert (run.file, run.refused, run.step) == ("table.csv", 1, (store.replica, store.last_step()))
    assert run.counts["created"]["customers"] == 2
    assert store.undo(run.step).label == "Import table.csv"
    with store.read() as session:
        assert past_imports(session) == []


def test_a_stopped_import_leaves_nothing_behind(shared: Path, store: Store, plan_files: Any) -> None:
    plan = plan_files(shared / "data" / "superstore_a.csv", place="en_US")
    progress = Progress(pause=0)

    def stop_in_the_middle(step: Step) -> None:
        if step.done > 2000:
            progress.cancel()

    progress._report = stop_in_the_middle
    with pytest.raises(Cancelled):
        run_import(store, plan, "EUR", Options(), progress)
    assert living(store) == [] and store.last_step() == 0


def test_a_store_that_changed_meanwhile_is_compared_anew(store: Store, plan_files: Any, table: Any) -> None:
    plan = plan_files(table("codice cliente;ragione sociale\n1;Rossi\n2;Verdi"))
    with store.write("By hand") as session:
        session.add(Customer(name="Rossi", number="1"))
    written = run_import(store, plan, "EUR", Options())
    assert written.counts(0)["created"]["customers"] == 1


def test_rows_can_be_left_out_before_writing(store: Store, plan_files: Any, table: Any, count: Any) -> None:
    plan = plan_files(table("codice cliente;ragione sociale\n1;Rossi\n2;Verdi\n3;Neri"))
    smaller = plan_tables(store, without_rows(plan, {(0, 1)}), "EUR", Options(), Progress())
    run_import(store, smaller, "EUR", Options())
    assert count(Customer) == 2


def test_every_imported_row_stands_in_the_journal(store: Store, import_files: Any, table: Any) -> None:
    import_files(table("codice cliente;ragione sociale;cliente dal\n1;Rossi;13/02/2020\n2;Verdi;14/02/2020"))
    with store._reader.connect() as connection:
        births = [
            c for c in journal.changes(connection, store.replica, 1) if c.is_birth and c.table == "customer"
        ]
        assert journal.verify(connection) == []
    assert [change.new["since"] for change in births] == ["2020-02-13", "2020-02-14"]
