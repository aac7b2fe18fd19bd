"""The customer list as the store sorts, filters and searches it."""

from __future__ import annotations

from datetime import date

import pytest

from crmdesk.core import dates, i18n
from crmdesk.core.store import Store
from crmdesk.features.customers import actions
from crmdesk.features.customers.listing import CustomerFilter, CustomerRows
from crmdesk.features.customers.records import Customer

NAMES = ("Caseificio Valsesia", "Città Bar", "Ёлкин", "bar Sport", "Hotel Belvedere", "Officina Riva")


@pytest.fixture
def rows(store: Store) -> CustomerRows:
    with store.write("new") as session:
        for name in NAMES:
            actions.create_customer(session, name, kind="prospect" if "B" in name else "customer")
    assert store.derived.figures is not None
    return CustomerRows(store.derived.figures, dates.today())


def named(store: Store, rows: CustomerRows) -> list[str]:
    with store.read() as session:
        assert rows.count(session) == len(rows.ids(session)) == rows.totals(session).shown
        assert rows.first(session) == rows.rows(session, rows.ids(session))
        return [row[1] for row in rows.first(session)]


def test_names_sort_blind_to_case_and_accents_both_ways(store: Store, rows: CustomerRows) -> None:
    wanted = ["bar Sport", "Caseificio Valsesia", "Città Bar", "Hotel Belvedere", "Officina Riva", "Ёлкин"]
    assert named(store, rows.sorted("name")) == wanted
    assert named(store, rows.sorted("name", True)) == wanted[::-1]


def test_what_is_due_first_stands_first_and_the_unplanned_last(store: Store, rows: CustomerRows) -> None:
    with store.read() as session:
        due = [row[1 + rows.columns.index("next_due")] for row in rows.first(session)]
    planned = [day for day in due if day]
    assert due == sorted(planned) + [None] * (len(due) - len(planned))
    assert 0 < len(planned) < len(due)


@pytest.mark.parametrize(
    ("typed", "found"),
    [("citta", "Città Bar"), ("елкин", "Ёлкин"), ("riva off", "Officina Riva"), ("seific", NAMES[0])],
)
def test_search_is_blind_to_accents_and_looks_inside_words(
    store: Store, rows: CustomerRows, typed: str, found: str
) -> None:
    assert named(store, rows.filtered(CustomerFilter(text=typed))) == [found]


def test_a_phone_number_is_found_however_it_is_written(store: Store, rows: CustomerRows) -> None:
    with store.write("phone") as session:
        customer = session.query(Customer).filter_by(name="Hotel Belvedere").one()
        actions.add_point(session, customer, "phone", "0323 550-142", i18n.region("it_IT"))
    assert named(store, rows.filtered(CustomerFilter(text="0323550142"))) == ["Hotel Belvedere"]


def test_filters_narrow_by_kind_cluster_and_state(store: Store, rows: CustomerRows) -> None:
    every = set(named(store, rows))
    assert set(named(store, rows.filtered(CustomerFilter(kinds=("prospect",))))) == {
        "Città Bar",
        "Hotel Belvedere",
    }
    planned = set(named(store, rows.filtered(CustomerFilter(states=("planned",)))))
    assert planned | set(named(store, rows.filtered(CustomerFilter(states=("unplanned",))))) == every
    clusters = [
        set(named(store, rows.filtered(CustomerFilter(clusters=(name,))))) for name in ("key", "develop")
    ]
    assert not clusters[0] & clusters[1]
    assert named(store, rows.filtered(CustomerFilter(text="nobody"))) == []
    assert set(named(store, rows.filtered(CustomerFilter(states=("ungraded",))))) == every


def test_the_trash_is_listed_apart(store: Store, rows: CustomerRows) -> None:
    with store.read() as session:
        ident = rows.sorted("name").ids(session)[0]
    with store.write("trash") as session:
        actions.trash_customers(session, [ident])
    assert "bar Sport" not in named(store, rows)
    assert named(store, rows.filtered(CustomerFilter(trashed=True))) == ["bar Sport"]
    assert named(store, rows.filtered(CustomerFilter(trashed=True, text="spo"))) == ["bar Sport"]
    assert named(store, rows.filtered(CustomerFilter(text="sport"))) == []


def test_a_filter_by_tag_shows_those_that_have_it(store: Store, rows: CustomerRows) -> None:
    with store.write("tag") as session:
        actions.add_tag(session, session.query(Customer).filter_by(name="Ёлкин").one().id, "Lago")
    assert named(store, rows.filtered(CustomerFilter(tags=("Lago",)))) == ["Ёлкин"]


@pytest.mark.parametrize("sort", ["next", "name", "turnover"])
def test_the_first_screen_walks_an_index_and_sorts_nothing(
    store: Store, rows: CustomerRows, sort: str
) -> None:
    plans: list[str] = []
    with store.write("many") as session:
        session.bulk_insert(Customer, [{"name": f"Firm {number}"} for number in range(3000)])
    with store.read() as session:
        query = rows.sorted(sort).first_query(session, 60)
        sql = query.compile(dialect=session.get_bind().dialect)
        found = session.connection().exec_driver_sql(
            f"EXPLAIN QUERY PLAN {sql}", tuple(sql.params[name] for name in sql.positiontup or ())
        )
        plans = [row[3] for row in found]
    assert any("USING INDEX figures_" in plan for plan in plans)
    assert not any("TEMP B-TREE" in plan or plan == "SCAN customer" for plan in plans)


def test_late_means_before_today(store: Store, rows: CustomerRows) -> None:
    with store.read() as session:
        late = rows.filtered(CustomerFilter(states=("late",))).first(session)
    day = 1 + rows.columns.index("next_due")
    assert all(date.fromisoformat(row[day]) < rows.today for row in late)
