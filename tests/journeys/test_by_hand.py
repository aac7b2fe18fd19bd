"""What a person notices by hand: the keys land in the page, lists follow, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from crmdesk.core import dates, i18n
from crmdesk.core.store import Store
from crmdesk.features.customers.records import ContactPoint, Customer, Firm
from crmdesk.features.customers.ui.page import CustomersPage
from crmdesk.features.home.ui.page import TodayPage
from crmdesk.features.orders import actions as orders
from crmdesk.features.portfolio.ui.page import PortfolioPage
from crmdesk.features.timeline import actions as timeline
from crmdesk.features.timeline.actions import Contact
from crmdesk.features.timeline.ui.log_panel import LogPanel
from crmdesk.qt.palette import Palette
from tests.features.workbench_window import Bench, open_bench

TODAY = date(2026, 11, 19)
LONG_AGO = date(2021, 3, 1)


@pytest.fixture
def ids(store: Store, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ten customers who bought long ago; only the first has a phone."""
    monkeypatch.setenv(dates.TODAY_VARIABLE, TODAY.isoformat())
    i18n.install("en")
    with store.write("Add") as session:
        made = session.bulk_insert(Customer, [{"name": f"Customer {n}"} for n in range(10)])
        session.add(ContactPoint(customer_id=made[0], kind="phone", value="0323 550 142"))
        for place, ident in enumerate(made):
            orders.add_order(session, ident, LONG_AGO, 100_00 * (place + 1))
    store.keep_up()
    return made


@pytest.fixture
def bench(store: Store, ids: list[str], qtbot: QtBot) -> Iterator[Bench]:
    """A window with the pages of every day."""
    made = open_bench(qtbot, store, (TodayPage, CustomersPage, PortfolioPage))
    yield made
    made.leave()


@pytest.fixture
def page(bench: Bench, qtbot: QtBot) -> CustomersPage:
    bench.window.go("customers")
    shown = bench.window.current()
    assert isinstance(shown, CustomersPage)
    qtbot.waitUntil(lambda: shown.card.card is not None)
    return shown


def names(page: CustomersPage) -> list[str]:
    model = page.list.table.record_model
    return sorted(model.row(place).texts[0] for place in range(model.rowCount()))


def test_a_page_that_comes_takes_the_keys(bench: Bench, page: CustomersPage, qtbot: QtBot) -> None:
    assert page.list.table.hasFocus()
    bench.window.go("portfolio")
    portfolio = bench.window.current()
    assert isinstance(portfolio, PortfolioPage)
    qtbot.waitUntil(lambda: portfolio.isAncestorOf(bench.window.focusWidget()))


def test_the_list_follows_a_logged_call(page: CustomersPage, store: Store, qtbot: QtBot) -> None:
    ident = page.list.table.current_id()
    row = page.list.table.record_model.place_of(ident)
    assert page.list.table.record_model.row(row).texts[1] == ""
    with store.write("Log") as session:
        timeline.log_contact(session, Contact(ident, "phone", datetime.combine(TODAY, datetime.min.time())))
    model = page.list.table.record_model
    qtbot.waitUntil(lambda: model.row(model.place_of(ident)).texts[1] == "today")


def test_the_neighbour_is_current_after_one_went_to_the_trash(page: CustomersPage, qtbot: QtBot) -> None:
    table = page.list.table
    table.setCurrentIndex(table.record_model.index(4, 0))
    after = table.record_model.id_at(5)
    page.trash()
    qtbot.waitUntil(lambda: table.record_model.rowCount() == 9)
    qtbot.waitUntil(lambda: table.current_id() == after)


def test_a_line_begun_waits_for_its_customer(page: CustomersPage, ids: list[str]) -> None:
    panel = page.card.panel("log")
    assert isinstance(panel, LogPanel)
    panel.set_customer(ids[0])
    panel.composer.start("wants a quote")
    panel.set_customer(ids[1])
    assert panel.composer.empty
    panel.set_customer(ids[0])
    assert panel.composer.line.toPlainText() == "wants a quote"


def test_a_selection_opens_as_a_list_until_its_chip_is_closed(
    bench: Bench, page: CustomersPage, ids: list[str], qtbot: QtBot
) -> None:
    page.list.search.setText("Customer 9")
    bench.window.go("customers", ids=tuple(ids[:3]))
    qtbot.waitUntil(lambda: names(page) == ["Customer 0", "Customer 1", "Customer 2"])
    assert page.list.filters.chosen.ids == tuple(ids[:3])
    page.list.filters.clear()
    qtbot.waitUntil(lambda: len(names(page)) == 10)


def test_those_without_a_phone_are_a_list(bench: Bench, page: CustomersPage, qtbot: QtBot) -> None:
    bench.window.go("customers", states=("phoneless",))
    qtbot.waitUntil(lambda: names(page) == [f"Customer {n}" for n in range(1, 10)])


def test_old_turnover_is_offered_for_all_time(bench: Bench, qtbot: QtBot) -> None:
    bench.window.go("portfolio")
    shown = bench.window.current()
    assert isinstance(shown, PortfolioPage)
    band = shown.board.period
    assert band.isVisible() and band.action.text() == "Show all time"
    band.action.click()
    assert shown.view is not None and sum(one.turnover for one in shown.view.placed.customers) == 5500_00
    assert "all time" in band.message.text()
    band.action.click()
    assert shown.view.placed.months == 12


def test_another_currency_of_the_firm_counts_the_orders_anew(store: Store, ids: list[str]) -> None:
    with store.write("Orders") as session:
        orders.add_order(session, ids[0], TODAY, 700_00, currency="CHF")
    figures = store.derived.figures
    assert figures is not None
    turnover = select(figures.table.c.turnover_12m).where(figures.table.c.customer_id == ids[0])
    with store.read() as session:
        assert session.execute(turnover).scalar_one() == 0
    with store.write("Firm") as session:
        session.add(Firm(name="Bellini", currency="CHF"))
    assert store.behind()
    store.keep_up()
    with store.read() as session:
        assert session.execute(turnover).scalar_one() == 700_00


def test_the_palette_never_begins_with_undo_and_leaves_by_one_key(bench: Bench, qtbot: QtBot) -> None:
    bench.window.open_palette()
    palette = next(one for one in bench.window.findChildren(Palette))
    assert palette.hits.hits[0].text.startswith("Go to")
    palette.field.setText("cust")
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_the_column_chooser_keeps_the_many_in_two_menus(page: CustomersPage) -> None:
    menu = page.list.table.table_header.chooser()
    actions = menu.actions()
    inner = [action.text() for action in actions if action.menu() is not None]
    assert inner == ["Details", "Figures"]
    assert len(actions) < 10
    menu.close()


def test_a_column_chosen_later_is_filled(page: CustomersPage, qtbot: QtBot) -> None:
    table = page.list.table
    place = table.record_model.column_of("last_order")
    assert not any(table.record_model.row(row).texts[place] for row in range(10))
    table.columns.show(place, True)
    qtbot.waitUntil(lambda: any(table.record_model.row(row).texts[place] for row in range(10)))


def test_wide_again_the_list_has_its_columns_and_width_back(
    bench: Bench, page: CustomersPage, qtbot: QtBot
) -> None:
    assert page.list.width() > 600
    bench.window.resize(1100, 700)
    qtbot.waitUntil(lambda: page.list.width() < 480)
    assert len(page.list.table.columns.visible()) == 2
    bench.window.resize(1440, 900)
    qtbot.waitUntil(lambda: page.list.width() > 600)
    assert len(page.list.table.columns.visible()) == 4
