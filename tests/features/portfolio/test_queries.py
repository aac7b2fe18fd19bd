"""The portfolio out of a real file: known groups, steady clusters, own decisions."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from crmdesk.core import dates
from crmdesk.core.errors import InvalidValue
from crmdesk.core.store import Store
from crmdesk.features.customers.records import Customer
from crmdesk.features.demo.actions import make_demo
from crmdesk.features.orders.records import Order
from crmdesk.features.portfolio import actions, queries, rules, steady
from crmdesk.features.portfolio.rules import Cluster, Entry, Portfolio, TooFew

TODAY = date(2026, 11, 22)
Sale = tuple[str, date, int]


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    dates.set_today(TODAY)
    yield
    dates.set_today(None)


def sell(store: Store, customers: Iterable[str], sales: Iterable[Sale]) -> dict[str, str]:
    """Put customers and their orders into a store; returns ids by name."""
    names = list(customers)
    with store.write("Sales") as session:
        ids = session.bulk_insert(Customer, [{"name": name, "kind": "customer"} for name in names])
        known = dict(zip(names, ids, strict=True))
        rows = [{"customer_id": known[name], "date": day, "amount": amount} for name, day, amount in sales]
        session.bulk_insert(Order, rows)
    return known


def high(placed: queries.Placements) -> int:
    assert isinstance(placed.portfolio, Portfolio)
    counts = placed.portfolio.counts
    return counts[Cluster.KEY] + counts[Cluster.MAINTAIN]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_northwind_has_34_of_91_with_high_turnover(store: Store, shared: Path) -> None:
    folder = shared / "data"
    orders = {row["order_id"]: row for row in rows_of(folder / "northwind_orders.csv")}
    customers = [row["customer_id"] for row in rows_of(folder / "northwind_customers.csv")]
    sales = []
    for line in rows_of(folder / "northwind_order_lines.csv"):
        order = orders[line["order_id"]]
        amount = float(line["unit_price"]) * int(line["quantity"]) * (1 - float(line["discount"]))
        day = datetime.fromisoformat(order["order_date"][:10]).date()
        sales.append((order["customer_id"], day, round(amount * 100)))
    sell(store, customers, sales)
    with store.read() as session:
        placed = queries.placements(session, TODAY, None)
    assert len(placed.customers) == 91
    assert high(placed) == 34


def test_the_demo_firm_has_all_four_clusters(store: Store) -> None:
    make_demo(store, 1, "en", TODAY)
    with store.read() as session:
        placed = queries.current(session, TODAY)
    assert isinstance(placed.portfolio, Portfolio)
    assert min(placed.portfolio.counts.values()) >= 10
    assert 25 < len(placed.ungraded) < 70
    assert all(one.cluster in (Cluster.MAINTAIN, Cluster.MARGINAL) or one.override for one in placed.ungraded)


def test_steady_clusters_are_those_of_the_whole_history(store: Store) -> None:
    make_demo(store, 4, "en", TODAY)
    with store.read() as session:
        placed = queries.current(session, TODAY)
        ends = queries._month_ends(session, TODAY)
        months = steady.monthly_turnovers(session, ends)
    inputs = [
        rules.MonthInput(end, [steady._then(entry, sums) for entry in placed.entries])
        for end, sums in zip(ends, months, strict=True)
    ]
    last = rules.history(inputs)[-1].portfolio
    assert isinstance(last, Portfolio) and isinstance(placed.portfolio, Portfolio)
    known = [one for one in placed.customers if months[0].get(one.id) and not one.override]
    differing = [one for one in known if last.clusters[one.id] is not one.cluster]
    assert len(known) > 100
    assert all(one.turnover <= 0 or one.potential.amount <= 0 for one in differing)
    assert len(ends) == 24


def test_one_good_month_lifts_nobody_and_a_second_one_does(store: Store) -> None:
    usual = [(f"c{n}", date(2026, month, 5), n * 1000_00) for n in range(1, 21) for month in (1, 3, 5)]
    ids = sell(store, [f"c{n}" for n in range(1, 21)], [*usual, ("c1", date(2026, 10, 20), 90_000_00)])
    with store.read() as session:
        before = queries.current(session, date(2026, 11, 10)).portfolio
        after = queries.current(session, date(2026, 12, 2)).portfolio
    assert isinstance(before, Portfolio) and isinstance(after, Portfolio)
    assert before.clusters[ids["c1"]] is Cluster.MARGINAL
    assert after.clusters[ids["c1"]] is Cluster.MAINTAIN


def test_a_new_customer_is_placed_at_once(store: Store) -> None:
    sales = [(f"c{n}", date(2026, 11, 5), n * 1000_00) for n in range(1, 21)]
    sell(store, [f"c{n}" for n in range(1, 21)], sales)
    with store.read() as session:
        placed = queries.current(session, TODAY)
        later = queries.current(session, date(2026, 12, 2))
    assert high(placed) == high(later) == 10


def test_a_moved_cut_counts_at_once(store: Store) -> None:
    make_demo(store, 1, "en", TODAY)
    with store.write("Move the cut") as session:
        actions.set_cut(session, "turnover", "fixed", 5_000_00)
    with store.read() as session:
        placed = queries.current(session, TODAY)
    reaching = sum(one.turnover >= 5_000_00 for one in placed.customers)
    moved = sum(one.override is not None for one in placed.customers)
    assert abs(high(placed) - reaching) <= moved


def test_an_own_judgement_holds_until_its_day(store: Store) -> None:
    ids = sell(store, [f"c{n}" for n in range(10)], [])
    with store.write("Judge") as session:
        actions.set_override(session, ids["c1"], Cluster.KEY, "They open a house", TODAY + timedelta(30))
        actions.set_override(session, ids["c2"], Cluster.KEY)
    with store.write("Take back") as session:
        actions.clear_override(session, ids["c2"])
    with store.read() as session:
        now, later = (queries.current(session, TODAY + timedelta(days)) for days in (0, 31))
    assert [one.name for one in now.of(Cluster.KEY)] == ["c1"]
    assert now.of(Cluster.KEY)[0].override is not None
    assert not later.of(Cluster.KEY)


def test_suppliers_and_former_customers_count_only_when_they_bought(store: Store) -> None:
    ids = sell(store, [f"c{n}" for n in range(12)], [("c0", TODAY - timedelta(9), 100_00)])
    with store.write("Kinds") as session:
        for name in ("c0", "c1"):
            session.get_alive(Customer, ids[name]).kind = "former"
    with store.read() as session:
        names = {one.name for one in queries.current(session, TODAY).customers}
    assert "c0" in names and "c1" not in names


def test_under_eight_customers_there_is_a_list_with_the_reason(store: Store) -> None:
    sell(store, ["a", "b"], [])
    with store.read() as session:
        placed = queries.current(session, TODAY)
    assert isinstance(placed.portfolio, TooFew)
    assert [one.cluster for one in placed.customers] == [None, None]


def test_a_grade_tells_customers_apart_even_before_the_first_sale(store: Store) -> None:
    ids = sell(store, [f"c{n}" for n in range(10)], [])
    with store.write("Grade") as session:
        actions.set_grade(session, [ids["c3"]], 5)
    with store.read() as session:
        placed = queries.current(session, TODAY)
    assert [one.name for one in placed.of(Cluster.DEVELOP)] == ["c3"]
    with pytest.raises(InvalidValue), store.write("Grade") as session:
        actions.set_grade(session, [ids["c3"]], 6)


def test_own_playbook_texts_stand_before_the_shipped_ones(store: Store) -> None:
    with store.read() as session:
        shipped = queries.playbook_of(session, Cluster.KEY, "en")
    with store.write("Write") as session:
        actions.write_playbook(session, Cluster.KEY, "do", "Ring on Monday\n\n  Bring bread ")
    with store.read() as session:
        own = queries.playbook_of(session, Cluster.KEY, "en")
    assert own.do == ("Ring on Monday", "Bring bread") and own.aim == shipped.aim
    with store.write("Write") as session:
        actions.write_playbook(session, Cluster.KEY, "do", "")
    with store.read() as session:
        assert queries.playbook_of(session, Cluster.KEY, "en") == shipped


def test_clusters_follow_entries_without_figures() -> None:
    assert steady._today(Entry("a", 0, 0, False), rules.settle(None, Entry("a", 9, 9), _cuts())) is (
        Cluster.MARGINAL
    )


def _cuts() -> rules.Cuts:
    return rules.Cuts(rules.Cut(5, 1), rules.Cut(5, 1))
