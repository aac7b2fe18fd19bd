"""The Orders tab and page: a line enters an order, cells are edited in place, lines stand under the list."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crmdesk.core import dates
from crmdesk.core.store import Store
from crmdesk.features.customers.records import Customer, Firm
from crmdesk.features.orders import actions, listing
from crmdesk.features.orders.actions import NewLine
from crmdesk.features.orders.listing import OrderRow
from crmdesk.features.orders.ui.orders_panel import OrdersPanel
from crmdesk.features.orders.ui.page import OrdersPage
from crmdesk.features.orders.ui.parts import EXPLAINERS
from tests.features.workbench_window import Bench, host, open_bench
from tests.qt.accessibility import nameless

TODAY = date(2026, 11, 19)


@pytest.fixture
def customer(store: Store, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv(dates.TODAY_VARIABLE, TODAY.isoformat())
    with store.write("Add customer") as session:
        made = Customer(name="Hotel Belvedere")
        session.add_all([made, Firm(name="Bellini", currency="EUR")])
    return made.id


@pytest.fixture
def bench(qtbot: QtBot, store: Store, customer: str) -> Bench:
    return open_bench(qtbot, store, [OrdersPage])


@pytest.fixture
def panel(qtbot: QtBot, bench: Bench, customer: str) -> OrdersPanel:
    made = host(qtbot, bench, OrdersPanel, customer)
    assert isinstance(made, OrdersPanel)
    return made


def orders(store: Store, customer: str) -> list[OrderRow]:
    with store.read() as session:
        return listing.orders_of(session, customer)


def texts(panel: OrdersPanel | OrdersPage, column: int) -> list[str]:
    model = panel.table.record_model
    return [model.row(place).texts[column] for place in range(model.rowCount())]


def test_a_quick_line_enters_an_order_and_undo_takes_it_back(
    panel: OrdersPanel, store: Store, customer: str, qtbot: QtBot
) -> None:
    fields = panel.entry.fields
    qtbot.keyClicks(fields["number"], "2026-318")
    qtbot.keyClicks(fields["amount"], "1.864,00")
    qtbot.keyClicks(fields["cost"], "1192,96")
    qtbot.keyClick(fields["cost"], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: texts(panel, 0) == ["2026-318"])
    (order,) = orders(store, customer)
    assert (order.date, order.amount, order.cost) == (TODAY, 186400, 119296)
    assert store.undo_label() == "Order 2026-318 added"
    store.undo()
    qtbot.waitUntil(lambda: texts(panel, 0) == [])


def test_what_cannot_be_read_is_said_under_the_line_and_stays(panel: OrdersPanel, qtbot: QtBot) -> None:
    field = panel.entry.fields["amount"]
    qtbot.keyClicks(field, "much")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert "much" in panel.entry.note.text()
    assert field.text() == "much" and field.hasFocus()


def test_an_order_is_edited_in_place(panel: OrdersPanel, store: Store, customer: str, qtbot: QtBot) -> None:
    with store.write("Add") as session:
        ident = actions.add_order(session, customer, TODAY, 100, "7").id
    qtbot.waitUntil(lambda: texts(panel, 0) == ["7"])
    panel.table.edited.emit(ident, "amount", "12,50")
    assert orders(store, customer)[0].amount == 1250
    assert store.undo_label() == "Amount of order 7 changed"


def test_the_lines_of_the_chosen_order_stand_under_the_list(
    panel: OrdersPanel, store: Store, customer: str, qtbot: QtBot
) -> None:
    lines = [NewLine("Filter", 12.0, 1999, 12.5), NewLine("Valve", 2.0, 5000)]
    with store.write("Add") as session:
        ident = actions.add_order(session, customer, TODAY, lines, "7").id
    qtbot.waitUntil(lambda: texts(panel, 0) == ["7"])
    panel.table.select_id(ident)
    first = panel.lines.table.record_model.row(0)
    assert first.texts[0] == "Filter" and first.texts[4].startswith("209,90")
    panel.lines.table.edited.emit(first.id, "quantity", "1")
    assert orders(store, customer)[0].amount == 1749 + 10000


def test_an_order_goes_to_the_trash_by_key(
    panel: OrdersPanel, store: Store, customer: str, qtbot: QtBot
) -> None:
    with store.write("Add") as session:
        ident = actions.add_order(session, customer, TODAY, 100, "7").id
    qtbot.waitUntil(lambda: texts(panel, 0) == ["7"])
    panel.table.setFocus()
    panel.table.select_id(ident)
    qtbot.keyClick(panel.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: texts(panel, 0) == [])
    assert not panel.lines.isVisible()


def test_the_page_finds_sorts_and_adds_up(bench: Bench, store: Store, customer: str, qtbot: QtBot) -> None:
    with store.write("Add") as session:
        for number, amount in (("A-1", 9000), ("Z-9", 20000), ("C-3", -500)):
            actions.add_order(session, customer, TODAY, amount, number)
    bench.window.go("orders")
    page = bench.window.current()
    assert isinstance(page, OrdersPage)
    page.table.show_source(page.table.record_model.source.sorted("amount", False))  # type: ignore[union-attr]
    assert texts(page, 1) == ["C-3", "A-1", "Z-9"]
    assert "285,00" in bench.window.status.totals.text()
    qtbot.keyClicks(page.search, "z-9 belv")
    qtbot.waitUntil(lambda: texts(page, 1) == ["Z-9"])
    page.table.chosen.emit(page.table.record_model.id_at(0))
    assert bench.opened == [customer]


def test_the_lines_of_the_turnover_add_up(store: Store, customer: str) -> None:
    with store.write("Add") as session:
        for amount in (9000, -500):
            actions.add_order(session, customer, TODAY, amount)
    with store.read() as session:
        told = EXPLAINERS["turnover_12m"](session, customer, TODAY)
    assert told.total == 8500 == sum(line.amount for line in told.lines)


def test_everything_has_a_name(panel: OrdersPanel, bench: Bench) -> None:
    assert nameless(panel) == []
    bench.window.go("orders")
    assert nameless(bench.window.page("orders")) == []
