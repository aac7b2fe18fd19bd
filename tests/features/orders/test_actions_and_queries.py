"""Orders on a real store: their sums, their figures, and that kept figures equal fresh ones."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from crmdesk.core import dates
from crmdesk.core.feature import load
from crmdesk.core.store import Store
from crmdesk.features.customers.records import Customer, Firm
from crmdesk.features.orders import actions, listing, queries
from crmdesk.features.orders.actions import NewLine
from crmdesk.features.orders.listing import Wanted
from crmdesk.features.orders.records import Order

TODAY = date(2026, 11, 19)
YEAR = (date(2025, 11, 20), TODAY)
SLICES = ("customers", "timeline", "orders")


@pytest.fixture
def firm(store: Store, monkeypatch: pytest.MonkeyPatch) -> str:
    """One customer of a firm that reckons in euro, on a day that does not move."""
    monkeypatch.setenv(dates.TODAY_VARIABLE, TODAY.isoformat())
    with store.write("Add") as session:
        customer = Customer(name="Hotel Belvedere")
        session.add_all([customer, Firm(name="Bellini", currency="EUR")])
    return customer.id


def turnover(store: Store, start: date | None = YEAR[0]) -> dict[str, int]:
    with store.read() as session:
        return queries.turnover(session, start, TODAY)


def test_an_order_with_lines_is_their_sum(store: Store, firm: str) -> None:
    lines = [NewLine("Filter", 12.0, 1999, 12.5, 1200), NewLine("Valve", 2.0, 5000, None, 3000)]
    with store.write("Add order") as session:
        order = actions.add_order(session, firm, date(2026, 11, 11), lines, "2026-318")
    assert (order.amount, order.cost) == (30990, 20400)

    with store.write("Edit") as session:
        first = listing.lines_of(session, order.id)[0]
        actions.edit_line(session, first.id, quantity=1.0)
        actions.edit_order(session, order.id, amount=1)
    with store.read() as session:
        assert listing.orders_of(session, firm)[0].amount == 1749 + 10000


def test_turnover_counts_returns_as_less_and_other_currencies_not(store: Store, firm: str) -> None:
    with store.write("Add orders") as session:
        actions.add_order(session, firm, YEAR[0], 10000)
        actions.add_order(session, firm, TODAY, -2500, kind="credit")
        actions.add_order(session, firm, TODAY, 7777, currency="USD")
        actions.add_order(session, firm, YEAR[0] - timedelta(1), 300)
        actions.add_order(session, firm, TODAY + timedelta(1), 300)
    assert turnover(store) == {firm: 7500}
    assert turnover(store, None) == {firm: 7800}
    with store.read() as session:
        assert queries.explained_turnover(session, firm, *YEAR).total == 7500
        assert queries.orders_12m(session, None, TODAY) == {firm: 2}
        assert queries.last_order(session, None, TODAY) == {firm: TODAY.isoformat()}


def test_yearly_turnover_counts_only_where_no_order_is(store: Store, firm: str) -> None:
    with store.write("Years") as session:
        actions.set_year_turnover(session, firm, 2025, 400)
        actions.set_year_turnover(session, firm, 2025, 500)
        actions.set_year_turnover(session, firm, 2024, 70)
    assert turnover(store) == {firm: 500}
    assert turnover(store, None) == {firm: 570}
    with store.write("Order") as session:
        actions.add_order(session, firm, date(2020, 1, 1), 100)
    assert turnover(store) == {}
    assert turnover(store, None) == {firm: 100}


def test_the_quarters_end_today_and_the_last_four_make_the_year(store: Store, firm: str) -> None:
    with store.write("Orders") as session:
        for months in range(30):
            actions.add_order(session, firm, dates.add_months(TODAY, -months), 10000)
    with store.read() as session:
        quarters = [
            int(amount) for amount in queries.turnover_quarters(session, None, TODAY)[firm].split(",")
        ]
        year = queries.turnover_12m(session, None, TODAY)[firm]
    assert quarters == [300] * 8
    assert sum(quarters[4:]) * 100 == year


def test_margin_is_known_only_from_orders_with_cost(store: Store, firm: str) -> None:
    with store.write("Orders") as session:
        actions.add_order(session, firm, TODAY, 10000, cost=6400)
        actions.add_order(session, firm, TODAY, 500)
    with store.read() as session:
        assert queries.margin_12m(session, None, TODAY) == {firm: 3600}
        assert listing.totals(session, Wanted()).margin == 3600


def _list(session: Session, words: str) -> list[listing.OrderRow]:
    return listing.order_rows(session, listing.order_ids(session, Wanted(words)))


def test_orders_are_found_by_number_and_customer(store: Store, firm: str) -> None:
    with store.write("Orders") as session:
        for number in ("A_1", "AB1"):
            actions.add_order(session, firm, TODAY, 100, number)
    with store.read() as session:
        assert [row.number for row in _list(session, "a_1 belv")] == ["A_1"]
        assert listing.totals(session, Wanted("belv")).amount == 200


def test_orders_stand_in_the_story_and_a_day_is_not_parted(store: Store, firm: str) -> None:
    with store.write("Orders") as session:
        for number in range(9):
            day = TODAY - timedelta(number // 3)
            actions.add_order(session, firm, day, 186400, f"2026-{number}", cost=119296)
    with store.read() as session:
        first = queries.moments(session, firm, None, 4)
        rest = queries.moments(session, firm, first[-1].at, 4)
    assert len(first) == 6 and len(rest) == 3
    assert {entry.head for entry in first[:3]} == {"Order 2026-0", "Order 2026-1", "Order 2026-2"}
    assert "36" in first[0].text
    assert first[-1].at == datetime(2026, 11, 18)


def test_figures_and_story_are_read_along_an_index(store: Store, firm: str) -> None:
    with store.read() as session:
        story = Order.alive().where(Order.customer_id == firm).order_by(Order.date.desc(), Order.id.desc())
        query = story.limit(50)
        plan = session.execute(text("EXPLAIN QUERY PLAN " + str(query)), query.compile().params).all()
        assert "orders_customer_date" in plan[0][-1]
        grouped = "EXPLAIN QUERY PLAN SELECT customer_id, sum(amount) FROM orders WHERE deleted = 0 "
        rest = "AND date >= '2025-01-01' AND coalesce(currency, '') IN ('', 'EUR') GROUP BY customer_id"
        assert "COVERING INDEX orders_customer_date" in session.execute(text(grouped + rest)).all()[0][-1]


STEP = st.tuples(
    st.sampled_from(["add", "edit", "trash", "year", "undo", "redo"]),
    st.integers(0, 2),
    st.integers(-800, 10),
    st.integers(-5000, 90000),
)


def _do(store: Store, customers: list[str], step: tuple[str, int, int, int]) -> None:
    what, which, days, amount = step
    if what == "undo" and store.undo_label() != "Customers":
        store.undo()
    elif what == "redo" and store.redo_label():
        store.redo()
    elif what in ("add", "edit", "trash", "year"):
        with store.write(what) as session:
            found = (
                session.execute(select(Order.id).where(Order.deleted == 0).order_by(Order.id)).scalars().all()
            )
            if what == "year":
                actions.set_year_turnover(session, customers[which], 2024 + which, amount)
            elif what == "add" or not found:
                actions.add_order(
                    session, customers[which], TODAY + timedelta(days), amount, cost=amount // 2
                )
            elif what == "edit":
                owner = customers[which]
                actions.edit_order(session, found[which % len(found)], amount=amount)
                session.get_alive(Order, found[-1]).customer_id = owner
            else:
                actions.trash_order(session, found[which % len(found)])


@settings(max_examples=8, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.lists(STEP, min_size=4, max_size=12))
def test_kept_figures_equal_those_computed_anew_after_any_operations(
    steps: list[tuple[str, int, int, int]],
) -> None:
    dates.set_today(TODAY)
    derived = load(SLICES).derived()
    store = Store.memory(derived)
    with store.write("Customers") as session:
        customers = session.bulk_insert(Customer, [{"name": name} for name in "ABC"])
    for step in steps:
        _do(store, customers, step)
    assert derived.figures is not None
    with store.read() as session:
        kept = {row.customer_id: row._mapping for row in session.execute(select(derived.figures.table))}
        for measure in load(("orders",)).slices[0].measures:
            fresh = measure.compute(session, None, TODAY)
            assert {one: kept[one][measure.name] for one in customers} == {
                one: fresh.get(one) for one in customers
            }
    store.close()
    dates.set_today(None)
