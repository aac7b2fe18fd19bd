"""The Insights page over the demo firm, in a real window: its figures, clicks, exports and empty states."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crmdesk.core import dates, i18n, money
from crmdesk.core.feature import load
from crmdesk.core.i18n import region
from crmdesk.core.settings import Settings
from crmdesk.core.store import Store
from crmdesk.features import SLICES
from crmdesk.features.customers.records import Customer
from crmdesk.features.demo.actions import make_demo
from crmdesk.features.insights import reports
from crmdesk.features.insights.ui.curve_chart import CurveChart
from crmdesk.features.insights.ui.page import TOPICS, InsightsPage
from crmdesk.features.insights.ui.view import FindingView
from crmdesk.qt import theme
from tests.features.workbench_window import Bench, open_bench
from tests.qt.accessibility import nameless

TODAY = date(2026, 11, 22)
ITALY = region("it_IT")


@pytest.fixture(scope="module")
def firm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The demo firm, made once."""
    folder = tmp_path_factory.mktemp("insights")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CRMDESK_HOME", str(folder))
        i18n.install("en")
        store = load(SLICES).create(folder / "demo.crmdesk", Settings(currency="EUR", region="it_IT"))
        make_demo(store, 1, "en", TODAY)
        dates.set_today(TODAY)
        store.keep_up()
        dates.set_today(None)
        yield store
        store.close()


@pytest.fixture
def bench(qtbot: QtBot, qapp: QApplication, firm: Store) -> Iterator[Bench]:
    """A window with the page of the demo firm."""
    with opened(qtbot, qapp, firm) as bench:
        yield bench


@pytest.fixture
def small(qtbot: QtBot, qapp: QApplication, store: Store) -> Iterator[Bench]:
    """A window with the page of a firm that has a customer and no orders."""
    with store.write("Add") as session:
        session.add(Customer(name="Hotel Roma"))
    with opened(qtbot, qapp, store) as bench:
        yield bench


@contextmanager
def opened(qtbot: QtBot, qapp: QApplication, store: Store) -> Iterator[Bench]:
    """Open the page, and end its thread whatever happens."""
    theme.apply(qapp, "light")
    dates.set_today(TODAY)
    bench = open_bench(qtbot, store, [InsightsPage])
    bench.window.go("insights")
    try:
        yield bench
    finally:
        qtbot.wait(30)
        bench.desk.jobs.shut_down()
        dates.set_today(None)


def page(bench: Bench) -> InsightsPage:
    found = bench.window.page("insights")
    assert isinstance(found, InsightsPage)
    return found


def show(qtbot: QtBot, bench: Bench, key: str) -> FindingView:
    """Choose a finding and wait until it is there."""
    page(bench).list.choose(key)
    qtbot.waitUntil(lambda: not bench.desk.jobs.busy, timeout=20_000)
    view = page(bench).view
    assert view is not None and page(bench).stack.currentWidget() is view
    return view


def cells(view: FindingView, row: int) -> tuple[str, ...]:
    assert view.table is not None
    return view.table.record_model.row(row).texts


def test_the_80_20_says_the_numbers_of_the_report(qtbot: QtBot, bench: Bench, firm: Store) -> None:
    with firm.read() as session:
        found = reports.pareto(session, TODAY, 12)
    one, other = found.turnover, found.cost
    assert other is not None
    view = show(qtbot, bench, "pareto")
    share = money.show_percent(100 * one.top_share, ITALY, 0)
    wanted = f"{one.top_count} of your {one.customers} customers make {share} of turnover"
    assert view.heading.text() == wanted
    assert money.show_percent(100 * one.for80 / one.customers, ITALY, 0) in view.finding.notes[0]
    assert money.show_percent(100 * other.for80 / other.customers, ITALY, 0) in view.finding.notes[0]
    assert f"A has {one.classes['A']} customers, class B {one.classes['B']}" in view.finding.notes[2]
    assert isinstance(view.chart, CurveChart)


def test_the_table_adds_up_to_the_report(qtbot: QtBot, bench: Bench, firm: Store) -> None:
    with firm.read() as session:
        found = reports.pareto(session, TODAY, 12)
    sheet = show(qtbot, bench, "pareto").part.sheet
    assert found.cost is not None
    assert sum(entry.values[1] for entry in sheet.entries) == found.turnover.total
    assert sum(entry.values[3] or 0 for entry in sheet.entries) == found.cost.total
    assert sum(entry.values[2] for entry in sheet.entries) == pytest.approx(100)
    view = page(bench).view
    assert view is not None
    assert cells(view, 0)[1] == money.show_money(found.turnover.total, "", ITALY).strip()


def test_another_period_is_another_finding(qtbot: QtBot, bench: Bench, firm: Store) -> None:
    first = show(qtbot, bench, "pareto").heading.text()
    page(bench).period.choose("36")
    page(bench).period.chosen.emit("36")
    qtbot.waitUntil(lambda: not bench.desk.jobs.busy)
    with firm.read() as session:
        share = reports.pareto(session, TODAY, 36).turnover.top_share
    view = page(bench).view
    assert view is not None and view.heading.text() != first
    assert money.show_percent(100 * share, ITALY, 0) in view.heading.text()


def test_the_groups_beside_the_80_20_open_as_lists(qtbot: QtBot, bench: Bench, firm: Store) -> None:
    side = show(qtbot, bench, "pareto").side
    with firm.read() as session:
        found = reports.pareto(session, TODAY, 12)
    assert side is not None and found.cost is not None
    qtbot.mouseClick(side.links[1], Qt.MouseButton.LeftButton)
    left = found.turnover.ids[: found.turnover.for80]
    right = set(found.cost.ids[: found.cost.for80])
    assert bench.went[-1] == ("customers", {"ids": tuple(one for one in left if one in right)})


def test_the_whale_curve_is_not_clipped(qtbot: QtBot, bench: Bench, firm: Store) -> None:
    with firm.read() as session:
        profit = reports.pareto(session, TODAY, 12).profit
    view = show(qtbot, bench, "whale")
    assert profit is not None and isinstance(view.chart, CurveChart)
    highest = view.chart.spot(profit.peak / profit.customers, max(profit.curve))
    assert max(profit.curve) > 1 and view.chart.area().contains(highest)
    assert f"{sum(amount < 0 for amount in profit.amounts)} of your {profit.customers}" in view.heading.text()


def test_a_square_of_the_rfm_grid_opens_its_customers(qtbot: QtBot, bench: Bench, firm: Store) -> None:
    with firm.read() as session:
        grid = reports.rfm_grid(session, TODAY)
    chart = show(qtbot, bench, "rfm").chart
    assert chart is not None
    place = next(n for n, words in enumerate(chart.words()) if words.startswith("Recency 5, frequency 5"))
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.box_of(place).center().toPoint())
    best = {ident for ident, one in grid.customers.items() if (one.r, one.f) == (5, 5)}
    assert bench.went[-1][0] == "customers" and set(bench.went[-1][1]["ids"]) == best  # type: ignore[call-overload]


def test_retention_prints_how_many_it_is_of(qtbot: QtBot, bench: Bench, firm: Store) -> None:
    with firm.read() as session:
        found = reports.retained(session, TODAY)
    view = show(qtbot, bench, "retention")
    last = found.steps[-1]
    assert f"{last.kept} of {last.before} customers of {found.periods[-2]}" in view.heading.text()
    view.tabs.setCurrentIndex(1)
    assert view.chart is not None
    first = found.cohorts[0]
    assert f"{first.active[1]} / {first.size}" in view.chart.words()[1]


def test_a_click_on_silence_opens_the_customer(qtbot: QtBot, bench: Bench, firm: Store) -> None:
    with firm.read() as session:
        ledger = reports.churn_ledger(session, TODAY)
    view = show(qtbot, bench, "churn")
    worst = ledger.customers[0]
    every = round(7 * (worst.inputs.usual_gap or 0))
    assert worst.inputs.last is not None and view.chart is not None
    told = f"orders every {every} days, silent for {(TODAY - worst.inputs.last).days}"
    assert told in view.chart.words()[0] and cells(view, 0)[1] == told
    qtbot.mouseClick(view.chart, Qt.MouseButton.LeftButton, pos=view.chart.box_of(0).center().toPoint())
    assert bench.opened == [worst.id]


def test_enter_in_a_table_opens_the_customer(qtbot: QtBot, bench: Bench) -> None:
    view = show(qtbot, bench, "rfm")
    assert view.table is not None
    view.table.select_id(view.part.sheet.entries[0].id)
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert bench.opened == [view.part.sheet.entries[0].customer]


def test_equity_closes_in_heading_chart_and_table(qtbot: QtBot, bench: Bench, firm: Store) -> None:
    with firm.read() as session:
        total = reports.equity_balance(session, TODAY).total
    view = show(qtbot, bench, "equity")
    assert money.show_money(total.closing, "EUR", ITALY) in view.heading.text()
    sheet = view.part.sheet
    for place, name in enumerate(("opening", "won", "grown", "shrunk", "lost", "re_estimated", "closing"), 1):
        assert sum(entry.values[place] for entry in sheet.entries) == getattr(total, name), name
    assert "to the cent" in view.finding.notes[0]


@pytest.mark.parametrize("key", [topic.key for topic in TOPICS])
def test_every_finding_has_a_sentence_a_table_and_names(qtbot: QtBot, bench: Bench, key: str) -> None:
    view = show(qtbot, bench, key)
    assert any(letter.isdigit() for letter in view.heading.text())
    assert view.table is not None and view.table.record_model.rowCount() > 0
    assert view.chart is not None and view.chart.words() and view.chart.accessibleDescription()
    assert nameless(page(bench)) == []


def test_every_finding_opens_in_a_spreadsheet(qtbot: QtBot, bench: Bench, tmp_path: Path) -> None:
    for topic in TOPICS:
        view = show(qtbot, bench, topic.key)
        path = tmp_path / f"{topic.key}.xlsx"
        page(bench).write_tables(path)
        qtbot.waitUntil(lambda: not bench.desk.jobs.busy)
        book = load_workbook(path)
        assert book.worksheets[0]["A1"].value == view.heading.text()
        for part, sheet in zip(view.finding.parts, book.worksheets[1:], strict=True):
            rows = len(part.sheet.entries) + bool(part.sheet.total)
            assert sheet.max_row == rows + 1 and sheet.max_column == len(part.sheet.columns)
    assert bench.failed == []


def test_an_exported_amount_is_a_number(qtbot: QtBot, bench: Bench, tmp_path: Path) -> None:
    view = show(qtbot, bench, "pareto")
    page(bench).write_tables(tmp_path / "pareto.xlsx")
    qtbot.waitUntil(lambda: not bench.desk.jobs.busy)
    sheet = load_workbook(tmp_path / "pareto.xlsx").worksheets[1]
    first = view.part.sheet.entries[0]
    assert sheet["A2"].value == first.values[0]
    assert sheet["B2"].value == pytest.approx(first.values[1] / 100)


def test_the_chart_is_saved_as_a_picture(qtbot: QtBot, bench: Bench, tmp_path: Path) -> None:
    view = show(qtbot, bench, "pareto")
    page(bench).save_chart(tmp_path / "curve.png")
    picture = QImage(str(tmp_path / "curve.png"))
    assert view.chart is not None and picture.width() == 2 * view.chart.width()
    shades = {
        picture.pixelColor(x, y).name() for x in range(0, picture.width(), 7) for y in range(60, 300, 7)
    }
    assert theme.current().color("series_1").name() in shades


def test_a_key_shows_the_chart_in_words_and_escape_the_chart(qtbot: QtBot, bench: Bench) -> None:
    view = show(qtbot, bench, "pareto")
    view.setFocus()
    page(bench).list.setFocus()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(page(bench).list, Qt.Key.Key_T, both)
    assert view.chart is not None and view.chart.isHidden()
    shown = view.text.toPlainText().splitlines()
    assert shown == [words.replace("\u00a0", " ") for words in view.chart.words()]
    assert page(bench).back() and not view.chart.isHidden()


def test_the_arrows_walk_over_a_chart_and_say_it(qtbot: QtBot, bench: Bench) -> None:
    chart = show(qtbot, bench, "churn").chart
    assert chart is not None
    qtbot.keyClick(chart, Qt.Key.Key_Down)
    assert chart.accessibleName().endswith(chart.words()[0])
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert len(bench.opened) == 1


def test_a_finding_is_kept_until_a_change_touches_it(qtbot: QtBot, bench: Bench, firm: Store) -> None:
    view = show(qtbot, bench, "rfm")
    page(bench).list.choose("pareto")
    qtbot.waitUntil(lambda: not bench.desk.jobs.busy)
    page(bench).list.choose("rfm")
    assert not bench.desk.jobs.busy and page(bench).view is not None
    with firm.write("Rename") as session:
        customer = session.get(Customer, view.part.sheet.entries[0].id)
        assert customer is not None
        customer.name = "Zeta & Co"

    def renamed() -> bool:
        now = page(bench).view
        return now is not None and cells(now, 0)[0] == "Zeta & Co"

    qtbot.waitUntil(renamed)
    firm.undo()
    qtbot.waitUntil(lambda: not renamed() and not bench.desk.jobs.busy)


@pytest.mark.parametrize("key", [topic.key for topic in TOPICS])
def test_without_orders_each_finding_says_so(qtbot: QtBot, small: Bench, key: str) -> None:
    shown = page(small)
    shown.list.choose(key)
    qtbot.waitUntil(lambda: not small.desk.jobs.busy)
    assert shown.view is None and shown.stack.currentWidget() is shown.empty
    assert shown.empty.sentence.text() and not shown.export_button.isEnabled()
    shown.empty.acted.emit()
    assert small.went == [("exchange", {})] and small.failed == []


def test_a_refresh_stays_at_the_part_and_the_order(qtbot: QtBot, bench: Bench, firm: Store) -> None:
    view = show(qtbot, bench, "demand")
    view.tabs.setCurrentIndex(1)
    assert view.table is not None
    view.table.sort_changed.emit("low", True)
    page(bench).list.choose("demand")
    page(bench).refresh()
    qtbot.waitUntil(lambda: not bench.desk.jobs.busy)
    again = page(bench).view
    assert again is not None and again is not view and again.tabs.currentIndex() == 1
    lows = [entry.values[3] for entry in again.part.sheet.entries]
    assert again.table is not None and again.table.record_model.ids()[0] == str(lows.index(max(lows)))


def test_the_keys_stay_where_the_eyes_are(qtbot: QtBot, bench: Bench) -> None:
    view = show(qtbot, bench, "rfm")
    assert view.table is not None
    view.table.setFocus()
    page(bench).show_topic()
    again = page(bench).view
    assert again is not None and again is not view
    qtbot.waitUntil(lambda: again.table is not None and again.table.hasFocus())
    show(qtbot, bench, "churn")
    assert page(bench).list.hasFocus()


def test_names_are_not_cut_in_a_narrow_window(qtbot: QtBot, bench: Bench) -> None:
    bench.window.resize(1100, 700)
    view = show(qtbot, bench, "pareto")
    assert view.table is not None
    qtbot.waitUntil(lambda: len(view.table.columns.visible()) < 7)
    assert view.table.columnWidth(0) >= 170
    assert view.heading.mapTo(bench.window, QPoint(0, 0)).x() > 0
