"""Imports through the real page, from the dropped file to the way back."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crmdesk.core.record import Record
from crmdesk.core.store import Store
from crmdesk.features.customers.records import Customer
from crmdesk.features.exchange import profiles
from crmdesk.features.exchange.ui.page import ExchangePage
from crmdesk.features.exchange.ui.wizard import DRY_RUN, MAPPING, MATCHING, READING, RUN, SOURCE, Wizard
from crmdesk.features.orders.records import Order, OrderLine
from tests.features.workbench_window import Bench, open_bench
from tests.qt.accessibility import nameless

Count = Callable[[type[Record]], int]
Table = Callable[..., Path]
SMALL = """
    Ragione sociale;Codice;Citta;Telefono;Cliente dal;Fatturato 2025
    Bar Sport;007;Stresa;0323 550142;21/03/2019;1.200,50
    Hotel Belvedere;008;Verbania;0323 550143;31/02/2020;19.760,00
    Tipografia Lombardi;009;Novara;0321 550318;05/11/2021;(320,50)
"""


@pytest.fixture
def bench(qtbot: QtBot, store: Store, qapp: QApplication) -> Iterator[Bench]:
    """A window with the page Exchange in front."""
    made = open_bench(qtbot, store, (ExchangePage,))
    made.window.go("exchange")
    yield made
    made.desk.jobs.shut_down()
    made.window.hide()
    made.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def page_of(bench: Bench) -> ExchangePage:
    """The page Exchange."""
    page = bench.window.page("exchange")
    assert isinstance(page, ExchangePage)
    return page


def rest(qtbot: QtBot, bench: Bench) -> None:
    """Wait until nothing is under way."""
    qtbot.waitUntil(lambda: not bench.desk.jobs.busy, timeout=20_000)
    QApplication.processEvents()


def opened(qtbot: QtBot, bench: Bench, *paths: Path) -> Wizard:
    """The wizard with files that were dropped on the window."""
    bench.window.go("exchange", files=[str(path) for path in paths])
    rest(qtbot, bench)
    wizard = page_of(bench).wizard
    assert wizard is not None
    return wizard


def walk(qtbot: QtBot, bench: Bench, wizard: Wizard, place: int) -> None:
    """Go on by keyboard until a step is reached."""
    while wizard.here < place:
        before = wizard.here
        qtbot.keyClick(wizard, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert wizard.here == before + 1, wizard.steps[before].blocked()
        rest(qtbot, bench)


def test_a_small_list_goes_in_by_keyboard_and_ctrl_z_takes_it_back(
    qtbot: QtBot, bench: Bench, table: Table, count: Count
) -> None:
    wizard = opened(qtbot, bench, table(SMALL))
    walk(qtbot, bench, wizard, DRY_RUN)
    assert count(Customer) == 0
    walk(qtbot, bench, wizard, RUN)
    assert count(Customer) == 3
    assert wizard.run_step.heading.text() == "3 customers created."

    qtbot.keyClick(bench.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    qtbot.waitUntil(lambda: wizard.run_step.heading.text() == "The import was undone.")
    assert count(Customer) == 0


def test_the_three_northwind_files_come_in_together(
    qtbot: QtBot, bench: Bench, shared: Path, count: Count
) -> None:
    names = ("northwind_customers.csv", "northwind_orders.csv", "northwind_order_lines.csv")
    wizard = opened(qtbot, bench, *(shared / "data" / name for name in names))
    walk(qtbot, bench, wizard, DRY_RUN)
    shown = wizard.dry_run.rows
    assert shown is not None and shown.count("all") == 91 + 830 + 2155 == wizard.bench.intake.rows()
    walk(qtbot, bench, wizard, RUN)
    assert (count(Customer), count(Order), count(OrderLine)) == (91, 830, 2155)

    wizard.run_step.undo_button.click()
    rest(qtbot, bench)

    assert (count(Customer), count(Order), count(OrderLine)) == (0, 0, 0)
    assert wizard.run_step.heading.text() == "The import was undone."


def test_the_same_files_again_change_nothing_and_cannot_be_run(
    qtbot: QtBot, bench: Bench, table: Table
) -> None:
    path = table(SMALL)
    walk(qtbot, bench, opened(qtbot, bench, path), RUN)
    wizard = opened(qtbot, bench, path)
    assert wizard.bench.intake.files[0].before is not None

    walk(qtbot, bench, wizard, DRY_RUN)

    assert wizard.dry_run.rows is not None and wizard.dry_run.rows.count("unchanged") == 3
    assert not wizard.next_button.isEnabled()
    assert "there already" in wizard.note.text()


def test_the_counts_of_the_outcomes_add_up_to_the_rows(qtbot: QtBot, bench: Bench, table: Table) -> None:
    path = table(SMALL + "    ;;Arona;0322 1;;\n")
    wizard = opened(qtbot, bench, path)
    walk(qtbot, bench, wizard, DRY_RUN)
    rows = wizard.dry_run.rows
    assert rows is not None
    parts = [rows.count(name) for name in ("created", "updated", "unchanged", "skipped", "refused")]
    assert sum(parts) == rows.count("all") == 4
    assert rows.count("refused") == 1 == wizard.dry_run.table.record_model.rowCount()
    assert "names no customer" in wizard.dry_run.table.record_model.row(0).texts[4]


def test_an_update_shows_old_and_new(qtbot: QtBot, bench: Bench, table: Table) -> None:
    walk(qtbot, bench, opened(qtbot, bench, table("Codice;Nome;Settore\n1;Bar Sport;Bar")), RUN)
    wizard = opened(qtbot, bench, table("Codice;Nome;Settore\n1;Bar Sport;Caffe", "later.csv"))
    walk(qtbot, bench, wizard, MATCHING)
    wizard.matching.modes.button(1).click()
    rest(qtbot, bench)
    walk(qtbot, bench, wizard, DRY_RUN)
    assert wizard.dry_run.table.record_model.row(0).texts[4] == "Trade: Bar → Caffe"


def test_a_damaged_file_says_its_sentence_in_place(qtbot: QtBot, bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "broken.xlsx"
    path.write_bytes(b"PK\x03\x04 this is no workbook")
    wizard = opened(qtbot, bench, path)
    assert "broken.xlsx" in wizard.bench.intake.files[0].error
    assert not wizard.next_button.isEnabled()
    qtbot.keyClick(wizard, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert wizard.here == SOURCE
    assert not bench.failed


def test_another_delimiter_reads_the_file_again(qtbot: QtBot, bench: Bench, table: Table) -> None:
    wizard = opened(qtbot, bench, table("Nome;Note\nBar;uno,due\nHotel;tre,quattro\n"))
    walk(qtbot, bench, wizard, READING)
    chooser = wizard.reading.delimiter
    assert chooser.currentData() == ";"
    chooser.setCurrentIndex(chooser.findData(","))
    chooser.activated.emit(chooser.currentIndex())
    rest(qtbot, bench)
    assert wizard.reading.table.preview.heads == ("Bar;uno", "due")


def test_esc_goes_back_a_step_at_a_time_and_nothing_is_lost(qtbot: QtBot, bench: Bench, table: Table) -> None:
    wizard = opened(qtbot, bench, table(SMALL))
    walk(qtbot, bench, wizard, MAPPING)
    for expected in (READING, SOURCE):
        assert page_of(bench).back()
        assert wizard.here == expected
    page_of(bench).back()
    start = page_of(bench).start
    assert start.isVisible() and not page_of(bench).rail
    assert start.waiting.text() == "Begun and not finished: table.csv"

    start.go_on.click()

    assert wizard.isVisible() and page_of(bench).rail
    assert wizard.bench.intake.rows() == 3


def test_stopping_the_run_writes_nothing(qtbot: QtBot, bench: Bench, table: Table, count: Count) -> None:
    wizard = opened(qtbot, bench, table(SMALL))
    walk(qtbot, bench, wizard, DRY_RUN)
    gate = threading.Event()
    bench.desk.jobs.start(lambda _progress: gate.wait(10))
    wizard.forward()
    assert page_of(bench).back() and wizard.here == RUN
    wizard.run_step.stop_button.click()
    gate.set()
    rest(qtbot, bench)
    assert count(Customer) == 0
    assert wizard.here == DRY_RUN
    assert wizard.bench.band.message.text() == "Stopped. Nothing was written."


def test_every_control_of_every_step_has_a_name(qtbot: QtBot, bench: Bench, table: Table) -> None:
    page = page_of(bench)
    assert nameless(page) == []
    wizard = opened(qtbot, bench, table(SMALL))
    for place in range(RUN + 1):
        walk(qtbot, bench, wizard, place)
        assert nameless(page) == []


def test_the_tour_walks_through_all_steps(qtbot: QtBot, bench: Bench, count: Count) -> None:
    for _name, act in page_of(bench).tour():
        act()
        rest(qtbot, bench)
    wizard = page_of(bench).wizard
    assert wizard is not None and wizard.run_step.finished
    assert count(Customer) > 50


def test_a_mapping_is_kept_as_a_profile(qtbot: QtBot, bench: Bench, table: Table) -> None:
    wizard = opened(qtbot, bench, table(SMALL))
    walk(qtbot, bench, wizard, MAPPING)
    wizard.save_profile("Gestionale")
    assert profiles.load("Gestionale").columns["Ragione sociale"] == "customer.name"
    assert wizard.bench.band.message.text() == "The profile Gestionale was saved."


def test_rows_left_out_stay_out_until_they_are_taken_back(
    qtbot: QtBot, bench: Bench, table: Table, count: Count
) -> None:
    wizard = opened(qtbot, bench, table(SMALL))
    walk(qtbot, bench, wizard, DRY_RUN)
    dry = wizard.dry_run
    for left in (2, 1):
        dry.table.select_ids([dry.table.record_model.id_at(0)])
        qtbot.keyClick(dry.table, Qt.Key.Key_Delete)
        rest(qtbot, bench)
        assert dry.table.record_model.rowCount() == left
    assert dry.take_back.text() == "Take 2 rows back in"
    dry.take_back.click()
    rest(qtbot, bench)
    assert dry.table.record_model.rowCount() == 3
    dry.table.select_ids([dry.table.record_model.id_at(2)])
    dry.leave_out.click()
    rest(qtbot, bench)
    walk(qtbot, bench, wizard, RUN)
    assert count(Customer) == 2
