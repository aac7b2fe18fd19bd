"""Rows become records: who is meant, what is added, what is refused, and the counts that must add up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from crmdesk.core.feature import load
from crmdesk.core.i18n import region
from crmdesk.core.store import Store
from crmdesk.features import SLICES
from crmdesk.features.customers.records import Address, ContactPoint, Customer, Person
from crmdesk.features.exchange.actions import run_import
from crmdesk.features.exchange.plan import KIND_NAMES, Options, Plan
from crmdesk.features.exchange.planner import make_plan
from crmdesk.features.exchange.reading import ReadOptions
from crmdesk.features.exchange.tables import Source, open_source
from crmdesk.features.exchange.values import Habits
from crmdesk.features.orders.records import Order, OrderLine, Product, YearTurnover
from crmdesk.features.timeline.records import Interaction


def adds_up(plan: Plan) -> bool:
    """Whether read = created + updated + unchanged + skipped + refused for every file and kind."""
    return all(
        found["read"][kind] == sum(found[name][kind] for name in found if name != "read")
        for found in (plan.counts(number) for number in range(len(plan.names)))
        for kind in found["read"]
    )


def first(store: Store, record: Any) -> Any:
    """The first living record of a sort."""
    with store.read() as session:
        return session.scalars(record.alive().order_by(record.id)).first()


def test_a_list_of_customers_brings_people_addresses_and_phones(
    store: Store, import_files: Any, table: Any, count: Any
) -> None:
    path = table(
        """codice cliente;ragione sociale;referente;indirizzo;cap;citta;telefono;email
        007;Rossi Srl;Anna Verdi;Via Roma 1;00184;Roma;06 5551234;info@rossi.it
        008;Bianchi Spa;;Via Po 2;10100;Torino;;bianchi@po.it"""
    )
    plan = import_files(path)
    assert (count(Customer), count(Person), count(Address), count(ContactPoint)) == (2, 1, 2, 3)
    assert first(store, Customer).number == "007"
    assert first(store, Address).postcode == "00184"
    assert adds_up(plan)


def test_one_flat_file_makes_customers_orders_lines_and_products(
    store: Store, import_files: Any, table: Any, count: Any
) -> None:
    path = table(
        """order id,order date,customer id,customer name,product code,quantity,unit price,discount,profit
        A1,2025-03-01,C1,Rossi,P1,3,10.00,0.1,7.00
        A1,2025-03-01,C1,Rossi,P2,1,5.005,0,1.00
        A2,2025-03-02,C2,Verdi,P1,-1,10.00,0,-2.00"""
    )
    import_files(path, place="en_US")
    assert (count(Customer), count(Order), count(OrderLine), count(Product)) == (2, 2, 3, 2)
    with store.read() as session:
        orders = session.scalars(Order.alive().order_by(Order.number)).all()
    assert [(order.amount, order.cost, order.kind) for order in orders] == [
        (3201, 2401, "order"),
        (-1000, -800, "credit"),
    ]


def test_files_may_be_named_in_any_order(import_files: Any, table: Any, count: Any, total: Any) -> None:
    lines = table("order_id,product,unit_price,quantity\nA1,Nut,2.50,4\nA1,Bolt,1.00,1", "lines.csv")
    orders = table("order_id,customer_id,order_date\nA1,C1,2025-01-31", "orders.csv")
    people = table("customer_id,company,city\nC1,Rossi,Roma", "customers.csv")
    import_files(lines, orders, people, place="en_US")
    assert (count(Customer), count(Order), count(OrderLine)) == (1, 1, 2)
    assert total(Order, "amount") == 1100


def test_an_order_of_an_unknown_customer_makes_the_customer(
    store: Store, import_files: Any, table: Any
) -> None:
    import_files(table("customer_id,date,amount\n0042,2025-02-03,12.30"), place="en_US")
    found = first(store, Customer)
    assert (found.number, found.name) == ("0042", "0042")
    import_files(table("customer_id,company\n0042,Rossi Srl"), place="en_US")
    assert first(store, Customer).name == "Rossi Srl"


def test_two_purchases_of_one_day_stay_two(import_files: Any, table: Any, count: Any) -> None:
    path = table("customer_id,date,amount\n1,2025-02-03,12.30\n1,2025-02-03,12.30\n1,2025-02-03,5.00")
    import_files(path, place="en_US")
    import_files(path, place="en_US")
    assert count(Order) == 3


def test_yearly_columns_become_turnover(import_files: Any, table: Any, count: Any, total: Any) -> None:
    import_files(table("cliente;fatturato 2023;fatturato 2024\nRossi Srl;1.234,56;2.000,00\nVerdi;0,00;"))
    assert count(YearTurnover) == 3
    assert total(YearTurnover, "amount") == 323456


def test_a_contact_log_finds_its_customers_by_name(
    store: Store, import_files: Any, table: Any, count: Any
) -> None:
    import_files(table("ragione sociale;citta\nRossi Srl;Roma", "a.csv"))
    log = """data;cliente;canale;note
        03/02/2025;ROSSI SRL;telefono;Chiede un'offerta
        14/02/2025;Rossi Srl;email;Inviata"""
    import_files(table(log, "b.csv"))
    assert (count(Customer), count(Interaction)) == (1, 2)
    assert first(store, Interaction).at.date() == date(2025, 2, 3)


def test_a_bad_optional_value_is_a_warning_and_its_row_comes_in(plan_files: Any, table: Any) -> None:
    text = (
        "ragione sociale;cliente dal\n" + "".join(f"Ditta {n};1{n}/03/2020\n" for n in range(9)) + "Rossi;mai"
    )
    plan = plan_files(table(text))
    assert [(p.row, p.value, p.refused) for p in plan.problems] == [(11, "mai", False)]
    assert plan.counts(0)["created"]["customers"] == 10


def test_an_order_with_an_impossible_date_is_refused(plan_files: Any, table: Any) -> None:
    text = """cliente;data;importo
        Rossi;31/01/2025;10,00
        Verdi;31/02/2025;10,00
        ;13/02/2025;10,00
        Neri;14/02/2025;"""
    plan = plan_files(table(text))
    assert [(p.row, p.refused) for p in plan.problems] == [(3, True), (4, True), (5, True)]
    assert plan.counts(0)["read"]["orders"] == 4
    assert plan.counts(0)["refused"]["orders"] == 3
    assert adds_up(plan)


def test_a_line_of_an_unknown_order_is_refused(plan_files: Any, table: Any) -> None:
    plan = plan_files(table("order_id,product,unit_price,quantity\nA1,Nut,2.50,4"), place="en_US")
    assert "A1" in plan.problems[0].reason
    assert plan.changes_nothing


def test_a_row_that_is_too_long_is_refused(plan_files: Any, table: Any) -> None:
    plan = plan_files(
        table("ragione sociale;citta;telefono\nRossi;Roma;06 5551234\nVerdi;Asti;0141 5551234;boh")
    )
    assert [(p.row, p.refused) for p in plan.problems] == [(3, True)]


def test_one_name_of_two_customers_is_not_guessed(import_files: Any, plan_files: Any, table: Any) -> None:
    import_files(table("codice cliente;ragione sociale;citta\n1;Rossi;Roma\n2;Rossi;Asti", "a.csv"))
    plan = plan_files(table("cliente;data;importo\nRossi;31/01/2025;10,00", "b.csv"))
    assert len(plan.refusals()) == 1


def sources(folder: Path, rows: list[tuple[str, ...]]) -> list[Source]:
    """A small table of customers with orders as a source."""
    lines = ["customer number,customer name,city,phone,order number,order date,amount"]
    path = folder / "random.csv"
    path.write_text("\n".join([*lines, *(",".join(row) for row in rows)]) + "\n", encoding="utf-8")
    return [open_source(path, ReadOptions(region="en_US"))]


few: Callable[..., Any] = lambda *values: st.sampled_from(values)  # noqa: E731
WHO = few(
    ("1", "Rossi", "Roma", "06 555 1234"),
    ("1", "", "", "+39 06 5551234"),
    ("", "rossi", "Roma", ""),
    ("2", "Verdi", "Asti", ""),
    ("", "Verdi", "", "0141 7654321"),
    ("3", "Rossi", "Asti", ""),
    ("", "Rossi", "", ""),
    ("", "", "", ""),
)
WHAT = st.tuples(
    few("", "A1", "A2"), few("2025-01-02", "2025-01-03", "", "2025-02-31"), few("10.00", "12.50", "", "x")
)
ROWS = st.lists(st.builds(lambda who, what: (*who, *what), WHO, WHAT), min_size=1, max_size=10)


@settings(max_examples=30, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(rows=ROWS)
def test_whatever_the_rows_the_counts_add_up_and_a_second_import_changes_nothing(
    rows: list[tuple[str, ...]], tmp_path: Path
) -> None:
    store = Store.memory(load(SLICES).derived())
    habits = Habits(region("en_US"), "EUR")
    source = sources(tmp_path, rows)
    plan = run_import(store, make_plan(store, source, habits, Options()), "EUR", Options())
    steps = store.last_step()
    again = run_import(store, make_plan(store, source, habits, Options()), "EUR", Options())
    store.close()
    assert adds_up(plan) and adds_up(again)
    assert again.changes_nothing and steps == (0 if plan.changes_nothing else 1)


def test_every_kind_has_a_label_and_a_place(store: Store) -> None:
    assert KIND_NAMES[0] == "products" and KIND_NAMES[-1] == "log"
    with store.read() as session:
        assert session.scalar(select(Customer.id)) is None
