"""The portfolio page used as its owner does: dragged, clicked, graded, written in, in a real window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from crmdesk.core import dates
from crmdesk.core.settings import Settings
from crmdesk.core.store import Store
from crmdesk.features.customers.records import Customer
from crmdesk.features.orders.records import Order
from crmdesk.features.portfolio.records import Cut, Override
from crmdesk.features.portfolio.rules import Cluster
from crmdesk.features.portfolio.ui.page import PortfolioPage
from crmdesk.features.portfolio.ui.picture_export import save_picture
from crmdesk.qt import theme
from crmdesk.qt.desk import Desk
from crmdesk.qt.job_runner import JobRunner
from crmdesk.qt.store_signals import StoreSignals
from crmdesk.qt.window import MainWindow
from tests.qt.accessibility import nameless

TODAY = date(2026, 11, 22)


@dataclass
class Told:
    """What the page asked the window for."""

    opened: list[str] = field(default_factory=list)
    went: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    failed: list[BaseException] = field(default_factory=list)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def desk(store: Store, qapp: QApplication, qtbot: QtBot, told: Told) -> Iterator[Desk]:
    theme.apply(qapp, "light")
    dates.set_today(TODAY)
    window = MainWindow()
    qtbot.addWidget(window)
    settings = Settings(language="en", region="it_IT", currency="EUR")
    yield Desk(
        store=store,
        settings=settings,
        region=settings.used_region(),
        jobs=JobRunner(window),
        actions=window.actions_registry,
        signals=StoreSignals(store, window),
        features=None,
        open_customer=told.opened.append,
        go=lambda page, /, **args: told.went.append((page, args)),
        tell=lambda text, undo=False: None,
        fail=told.failed.append,
    )
    dates.set_today(None)


def fill(store: Store, count: int) -> list[str]:
    """Customers c1, c2...: each buys more than the one before, every third is graded by number."""
    rows = [
        {"name": f"c{n}", "kind": "customer", "potential_grade": str(1 + n % 5) if n % 3 else None}
        for n in range(1, count + 1)
    ]
    with store.write("Fill") as session:
        ids = session.bulk_insert(Customer, rows)
        sales = [
            {"customer_id": ident, "date": TODAY - timedelta(40), "amount": n * 100_00}
            for n, ident in enumerate(ids, start=1)
        ]
        session.bulk_insert(Order, sales)
    store.keep_up()
    return ids


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> PortfolioPage:
    fill(desk.store, 30)
    made = PortfolioPage(desk)
    qtbot.addWidget(made)
    made.resize(1220, 820)
    made.show()
    qtbot.waitExposed(made)
    return made


def cuts(page: PortfolioPage) -> list[tuple[str, str, int | None]]:
    with page.desk.store.read() as session:
        return [(one.axis, one.mode, one.value) for one in session.execute(Cut.alive()).scalars()]


def test_the_page_shows_everybody_with_counts_playbook_and_list(page: PortfolioPage) -> None:
    assert page.view is not None and page.view.portfolio is not None
    assert page.board.chart.counts() == {c.value: n for c, n in page.view.portfolio.counts.items()}
    assert page.playbook.heading.text() == "To develop"
    assert page.playbook.table.record_model.rowCount() == page.view.portfolio.counts[Cluster.DEVELOP]
    assert page.board.head.context.whole() == "30 customers"


def test_a_dragged_cut_asks_and_keep_writes_one_step(page: PortfolioPage, qtbot: QtBot) -> None:
    page.board.chart.cut_dropped.emit("turnover", 29_00_00)
    assert page.board.band.isVisible() and "would move" in page.board.band.message.text()
    before = page.desk.store.last_step()
    page.board.band.action.click()
    assert cuts(page) == [("turnover", "fixed", 29_00_00)]
    assert page.desk.store.last_step() == before + 1
    assert page.view is not None and page.view.portfolio is not None
    assert page.view.portfolio.cuts.turnover.value == 29_00_00
    page.desk.store.undo()
    qtbot.waitUntil(lambda: page.view.portfolio.cuts.turnover.value != 29_00_00)
    assert cuts(page) == []


def test_undo_of_a_dragged_cut_writes_nothing(page: PortfolioPage) -> None:
    chart = page.board.chart
    was = chart.cuts()
    chart._set_cut_by_key("turnover", was["turnover"] * 2)
    assert page.board.band.waiting
    page.board.band.undo.click()
    assert chart.cuts() == was and cuts(page) == []
    assert not page.board.band.isVisible()


def test_escape_takes_a_dragged_cut_back_first(page: PortfolioPage) -> None:
    page.board.chart._set_cut_by_key("potential", 1_00)
    page.show_grading()
    assert page.back() and not page.board.band.waiting
    assert page.back() and page.side.currentWidget() is page.playbook
    assert not page.back()


def test_the_menu_of_cuts_changes_the_rule(page: PortfolioPage) -> None:
    page.board.cuts.chosen.emit("turnover", "median")
    page.board.cuts.chosen.emit("potential", "median")
    assert page.board.cuts.text() == "Cuts: Median"
    assert sorted(cuts(page)) == [("potential", "median", None), ("turnover", "median", None)]


def test_a_click_chooses_and_a_second_one_opens_the_card(page: PortfolioPage, told: Told) -> None:
    assert page.view is not None
    one = page.view.placed.of(Cluster.MAINTAIN)[0]
    page.board.chart.picked.emit(one.id)
    assert page.playbook.cluster is Cluster.MAINTAIN
    assert page.playbook.table.current_id() == one.id and not told.opened
    page.board.chart.picked.emit(one.id)
    assert told.opened == [one.id]


def test_enter_on_the_quadrant_opens_the_card(page: PortfolioPage, told: Told, qtbot: QtBot) -> None:
    page.board.chart.setFocus()
    qtbot.keyClick(page.board.chart, Qt.Key.Key_Right)
    qtbot.keyClick(page.board.chart, Qt.Key.Key_Return)
    assert told.opened == [page.selected] and page.selected


def test_a_lasso_lists_the_chosen_and_opens_them_as_list(page: PortfolioPage, told: Told) -> None:
    assert page.view is not None
    ids = [one.id for one in page.view.placed.customers[:4]]
    page.board.chart.lassoed.emit(ids)
    assert page.selection.head.heading.text() == "4 customers chosen"
    page.selection.open_button.click()
    assert told.went == [("customers", {"ids": tuple(ids)})]


def test_the_ungraded_are_counted_and_graded_with_keys(page: PortfolioPage, qtbot: QtBot) -> None:
    assert page.board.grading.text() == "10 customers without a grade"
    page.board.grading.click()
    table = page.grading.table
    first = table.current_id()
    assert table.record_model.row(0).texts[0] == "c30"
    qtbot.keyClick(table, "5")
    with page.desk.store.read() as session:
        assert session.execute(select(Customer.potential_grade).where(Customer.id == first)).scalar() == "5"
    qtbot.waitUntil(lambda: table.record_model.rowCount() == 9)
    assert table.current_id() and table.current_id() != first
    assert page.desk.store.undo_label() == "Grade of c30"


def test_the_quadrant_has_a_table_that_says_the_same(page: PortfolioPage) -> None:
    page.board.toggle_text()
    assert page.board.stack.currentWidget() is page.board.text
    assert page.board.text.record_model.rowCount() == 30
    assert page.back() and page.board.stack.currentWidget() is page.board.plot


def test_the_playbook_is_written_in_place_and_undone(page: PortfolioPage, qtbot: QtBot) -> None:
    page.playbook.edit_button.click()
    editor = page.playbook.texts.findChild(QPlainTextEdit)
    assert isinstance(editor, QPlainTextEdit)
    editor.setFocus()
    editor.selectAll()
    qtbot.keyClicks(editor, "Bring bread")
    page.playbook.edit_button.click()
    texts = [one.text() for one in page.playbook.texts.reading_labels()]
    qtbot.waitUntil(lambda: "Bring bread" in [one.text() for one in page.playbook.texts.reading_labels()])
    assert page.desk.store.undo().label == "Playbook of To develop written"
    qtbot.waitUntil(lambda: "Bring bread" not in [o.text() for o in page.playbook.texts.reading_labels()])
    assert texts


def test_the_phrase_goes_on_with_the_chevron(page: PortfolioPage) -> None:
    first = page.playbook.texts.phrase.text()
    page.playbook.texts.next.click()
    assert page.playbook.texts.phrase.text() not in ("", first)


def test_a_customer_is_moved_by_own_judgement_and_let_go_again(page: PortfolioPage, qtbot: QtBot) -> None:
    assert page.view is not None
    one = page.view.placed.of(Cluster.MARGINAL)[0]
    sheet = page.menu.ask_override(one)
    for name, value in (("cluster", "key"), ("reason", "Opens a house")):
        sheet.form.editor(name).set_value(value)
        sheet.form.editor(name).touched.emit()
    sheet.act_button.click()
    qtbot.waitUntil(lambda: page.view.by_id[one.id].cluster is Cluster.KEY)
    with page.desk.store.read() as session:
        kept = session.execute(Override.alive()).scalars().one()
    assert kept.until == date(2027, 5, 22)
    assert "Opens a house" in page.board.chart._points.tips[one.id][-1]
    page.menu.clear(page.view.by_id[one.id])
    qtbot.waitUntil(lambda: page.view.by_id[one.id].cluster is Cluster.MARGINAL)


def test_colours_and_sizes_follow_any_measure(page: PortfolioPage) -> None:
    board = page.board
    for measure in ("turnover_12m", "cluster", "last_order", "contacts_12m"):
        board.colour_by(measure)
        board.size_points_by("orders_12m")
        assert len(board.chart._points.colours) == 30
    assert "Orders 12 m" in board.legend.accessibleName()


def test_a_picture_is_saved(page: PortfolioPage, tmp_path: Path) -> None:
    save_picture(page.desk, page.board.chart, tmp_path / "portfolio.png")
    assert (tmp_path / "portfolio.png").stat().st_size > 5000


def test_everything_has_a_name(page: PortfolioPage) -> None:
    assert not nameless(page)


def test_a_few_customers_are_a_list_with_the_reason(desk: Desk, qtbot: QtBot) -> None:
    fill(desk.store, 5)
    page = PortfolioPage(desk)
    qtbot.addWidget(page)
    page.show()
    assert page.board.stack.currentWidget() is page.board.few
    assert page.board.few.record_model.rowCount() == 5
    assert "8" in page.board.reason.message.text() and page.board.reason.isVisible()
    assert not page.side.isVisible()


def test_a_large_portfolio_is_read_off_the_window(desk: Desk, qtbot: QtBot, told: Told) -> None:
    fill(desk.store, 2100)
    page = PortfolioPage(desk)
    qtbot.addWidget(page)
    page.show()
    assert page.view is None and desk.jobs.busy
    qtbot.waitUntil(lambda: page.view is not None, timeout=20_000)
    assert len(page.board.chart._points) == 2100 and not told.failed
    desk.jobs.shut_down()
