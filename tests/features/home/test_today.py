"""Today: whom to contact, the clusters, what is missing; each row does or opens what it names."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crmdesk.core import dates
from crmdesk.core.store import Store
from crmdesk.features.customers.records import ContactPoint, Customer
from crmdesk.features.home import queries
from crmdesk.features.home.rules import group_of
from crmdesk.features.home.ui.page import TodayPage
from crmdesk.features.orders import actions as orders
from crmdesk.features.timeline import actions
from crmdesk.features.timeline.actions import Plan
from tests.features.workbench_window import Bench, open_bench
from tests.qt.accessibility import nameless

TODAY = date(2026, 11, 19)


@pytest.fixture
def firm(store: Store, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ten customers; the first four have something planned: late, today, in five days, in twenty."""
    monkeypatch.setenv(dates.TODAY_VARIABLE, TODAY.isoformat())
    with store.write("Add") as session:
        rows = [{"name": f"Customer {number}", "potential_grade": "4"} for number in range(10)]
        ids = session.bulk_insert(Customer, rows)
        session.add(ContactPoint(customer_id=ids[0], kind="phone", value="0323 550 142"))
        for place, days in enumerate((-7, 0, 5, 20)):
            at = datetime.combine(TODAY + timedelta(days), datetime.min.time())
            actions.plan_contact(session, Plan(ids[place], "phone", at, f"Plan {place}"))
        for place, ident in enumerate(ids):
            orders.add_order(session, ident, TODAY, (place + 1) * 10000)
    store.keep_up()
    return ids


@pytest.fixture
def bench(qtbot: QtBot, store: Store) -> Bench:
    return open_bench(qtbot, store, [TodayPage])


@pytest.fixture
def page(firm: list[str], bench: Bench) -> TodayPage:
    bench.window.go("home")
    made = bench.window.current()
    assert isinstance(made, TodayPage)
    made.list.setFocus()
    return made


def shown(page: TodayPage) -> list[str]:
    return [line.heading or line.what for line in page.list.due.lines]


def test_what_is_planned_is_parted_into_late_today_and_soon(page: TodayPage) -> None:
    assert shown(page) == ["Late", "Plan 0", "Today", "Plan 1", "Next 7 days", "Plan 2"]
    assert page.list.due.lines[1].phone == "0323 550 142"
    assert page.heading.text() == "Thursday 19 November 2026"
    assert page.context.text() == "3 people to contact: 1 late, 1 today, 1 in the next 7 days"


def test_the_letter_on_a_button_does_what_it_says(
    page: TodayPage, store: Store, bench: Bench, qtbot: QtBot
) -> None:
    qtbot.keyClick(page.list, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: shown(page)[0] == "Today")
    assert bench.told == ["Contact with Customer 0 postponed"]
    qtbot.keyClick(page.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: shown(page)[0] == "Late")


def test_a_contact_that_is_done_leaves_the_list(
    page: TodayPage, firm: list[str], bench: Bench, qtbot: QtBot
) -> None:
    qtbot.keyClick(page.list, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: "Plan 0" not in shown(page))
    current = page.list.current()
    assert current is not None and current.customer == firm[1]


def test_a_row_opens_the_card_or_the_log(
    page: TodayPage, firm: list[str], bench: Bench, qtbot: QtBot
) -> None:
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    qtbot.keyClick(page.list, Qt.Key.Key_L)
    assert bench.opened == [firm[0]]
    assert bench.went == [("customers", {"customer": firm[0], "panel": "log"})]


def test_the_clusters_add_up_and_open_the_portfolio(
    page: TodayPage, bench: Bench, store: Store, qtbot: QtBot
) -> None:
    assert page.desk.store.derived.figures is not None
    with store.read() as session:
        sums = queries.cluster_sums(session, page.desk.store.derived.figures)
    assert sum(one.customers for one in sums) == 10
    assert sum(one.turnover for one in sums) == 550000
    page.side.rows["key"].click()
    assert bench.went == [("portfolio", {"cluster": "key"})]


def test_what_is_missing_opens_as_a_list(page: TodayPage, bench: Bench) -> None:
    assert page.side.rows["unplanned"].link.figure == "6"
    assert "ungraded" not in page.side.rows
    page.side.rows["unplanned"].click()
    assert bench.went == [("customers", {"states": ("unplanned",)})]
    page.side.rows["phoneless"].click()
    assert bench.went[-1] == ("customers", {"states": ("phoneless",)})


def test_without_customers_the_page_offers_the_import(bench: Bench) -> None:
    bench.window.go("home")
    page = bench.window.current()
    assert isinstance(page, TodayPage)
    assert page.empty.isVisible()
    page.empty.button.click()
    assert bench.went == [("exchange", {})]


def test_everything_has_a_name(page: TodayPage) -> None:
    assert nameless(page) == []


@pytest.mark.parametrize(("days", "group"), [(-1, "late"), (0, "today"), (1, "soon")])
def test_a_day_belongs_to_a_group(days: int, group: str) -> None:
    assert group_of(TODAY + timedelta(days), TODAY) == group
