"""The start of the page: imports of before with their way back, and exports that leave the window free."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crmdesk.core.record import Record
from crmdesk.core.store import Store
from crmdesk.features.customers.records import Customer
from crmdesk.features.exchange import report
from crmdesk.features.exchange.reading import read_workbook
from crmdesk.features.exchange.ui import results
from crmdesk.features.exchange.ui.page import ExchangePage
from crmdesk.features.exchange.ui.start_view import StartView
from crmdesk.qt.widgets import Button, ElidedLabel
from tests.features.workbench_window import Bench, open_bench

Count = Callable[[type[Record]], int]
Table = Callable[..., Path]
LIST = "Codice;Nome;Cliente dal\n1;Bar Sport;21/03/2019\n2;Hotel Belvedere;\n"


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


def start_of(bench: Bench) -> StartView:
    """The start view of the page."""
    page = bench.window.page("exchange")
    assert isinstance(page, ExchangePage)
    return page.start


def rest(qtbot: QtBot, bench: Bench) -> None:
    """Wait until nothing is under way and the page was told."""
    qtbot.waitUntil(lambda: not bench.desk.jobs.busy, timeout=20_000)
    qtbot.wait(30)


def said(start: StartView) -> list[str]:
    """The texts of the list of imports."""
    return [one.whole() for one in start.runs.findChildren(ElidedLabel) if one.isVisible()]


def test_an_import_is_listed_with_its_counts_and_undone_from_there(
    qtbot: QtBot, bench: Bench, import_files: Callable[..., object], table: Table, count: Count
) -> None:
    import_files(table(LIST))
    rest(qtbot, bench)
    start = start_of(bench)
    name, told = said(start)
    assert name == "table.csv" and told.endswith("2 customers created.")

    next(one for one in start.runs.findChildren(Button) if one.isVisible()).click()
    rest(qtbot, bench)

    assert count(Customer) == 0
    assert start.band.message.text() == "The import was undone."
    assert said(start) == []


def test_an_import_that_was_edited_since_asks_before_it_is_undone(
    qtbot: QtBot, bench: Bench, import_files: Callable[..., object], table: Table, store: Store
) -> None:
    import_files(table(LIST))
    with store.read() as session:
        customer = session.query(Customer).first()
        assert customer is not None
        ident = customer.id
    with store.write("Edit") as session:
        found = session.get(Customer, ident)
        assert found is not None
        found.name = "Bar Centrale"
    rest(qtbot, bench)
    start = start_of(bench)
    next(one for one in start.runs.findChildren(Button) if one.isVisible()).click()
    rest(qtbot, bench)
    assert start.band.action.text() == "Undo the rest"
    start.band.action.click()
    rest(qtbot, bench)
    assert start.band.message.text() == "The import was undone."


def test_everything_is_exported_off_the_windows_thread(
    qtbot: QtBot, bench: Bench, import_files: Callable[..., object], table: Table, tmp_path: Path
) -> None:
    import_files(table(LIST))
    start, path = start_of(bench), tmp_path / "all.xlsx"
    start.export.write(path)
    assert not start.export.button.isEnabled()
    rest(qtbot, bench)
    assert start.export.button.isEnabled()
    assert start.band.action.text() == "Open" and "all.xlsx" in start.band.message.text()
    names = [sheet.name for sheet in read_workbook(path).sheets]
    assert names[:2] == ["Customers", "People"]


def test_an_export_that_cannot_be_written_says_so_in_place(
    qtbot: QtBot, bench: Bench, tmp_path: Path
) -> None:
    start = start_of(bench)
    (tmp_path / "all.xlsx").mkdir()
    start.export.write(tmp_path / "all.xlsx")
    rest(qtbot, bench)
    assert start.band.message.text().startswith("all.xlsx cannot be written:")
    assert not bench.failed
    assert start.export.button.isEnabled()


def test_the_page_can_be_opened_for_one_kind_of_export(bench: Bench) -> None:
    bench.window.go("exchange", export="people")
    assert start_of(bench).export.what() == "people"


def test_refused_rows_are_saved_with_their_reason(
    plan_files: Callable[..., object], table: Table, tmp_path: Path
) -> None:
    plan = plan_files(table("Nome;Telefono\nBar;0323 1\n;0323 550142\n"))
    path = tmp_path / "refused.xlsx"
    assert report.save_refused(plan, path) == 1  # type: ignore[arg-type]
    row = read_workbook(path).sheets[0].rows[1]
    assert row[-1] == "This row names no customer."


def test_the_result_names_what_came_in() -> None:
    none = {"created": 0, "updated": 0}
    assert (
        results.sentence({"customers": {"created": 312, "updated": 14}})
        == "312 customers created, 14 updated."
    )
    assert results.sentence({"customers": {"created": 0, "updated": 2}}) == "Customers: 2 updated."
    assert results.sentence({"customers": none, "orders": {"created": 1, "updated": 0}}) == "1 order created."
    assert results.sentence({"customers": none}) == "Nothing had to be changed."
