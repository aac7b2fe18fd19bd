"""The value on screen: the tab of the card, the sheet, the assumptions, the workbook that reckons again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from crmdesk.core import dates
from crmdesk.core.feature import Features, load
from crmdesk.core.i18n import region
from crmdesk.core.jobs import Progress
from crmdesk.core.store import Store
from crmdesk.features import SLICES
from crmdesk.features.customers.records import Customer
from crmdesk.features.customers.ui.figures import key_figures
from crmdesk.features.customers.ui.page import CustomersPage
from crmdesk.features.demo.actions import make_demo
from crmdesk.features.exchange.formats.formula_sheet import write_formulas
from crmdesk.features.knowledge import queries
from crmdesk.features.knowledge.evidence import Level
from crmdesk.features.knowledge.judgement import Judgement
from crmdesk.features.timeline.records import Interaction
from crmdesk.features.value.appraise import appraise
from crmdesk.features.value.ui.changes import outlook, rhythm
from crmdesk.features.value.ui.latest import Run, reckon
from crmdesk.features.value.ui.lines import Figure, Teller, adds_up, rows_of
from crmdesk.features.value.ui.page import ValuePage
from crmdesk.features.value.ui.panel import ValuePanel
from crmdesk.features.value.ui.rates_sheet import RatesSheet
from crmdesk.features.value.ui.workbook import workbook
from crmdesk.features.value.worth import Part
from crmdesk.qt.widgets import FigureLabel
from tests.features.workbench_window import Bench, host, open_bench
from tests.qt.accessibility import nameless

ITALY = region("it_IT")


@pytest.fixture(scope="module")
def demo() -> Iterator[Store]:
    made = Store.memory(load(SLICES).derived())
    make_demo(made, 1, "en", dates.today())
    with made.write("Add customer") as session:
        session.add(Customer(name="Nobody Known"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def run(demo: Store) -> Run:
    return reckon(demo, Progress())


@pytest.fixture
def bench(qtbot: QtBot, demo: Store) -> Iterator[Bench]:
    made = open_bench(qtbot, demo, [ValuePage])
    yield made
    made.desk.jobs.shut_down()
    made.leave()


def tellers(run: Run) -> list[Teller]:
    return [Teller(run, one, ITALY) for one in run.valuation.customers if one.equity is not None]


def sheet_of(qtbot: QtBot, bench: Bench, customer: str) -> ValuePage:
    bench.window.go("value", customer=customer)
    page = bench.window.page("value")
    assert isinstance(page, ValuePage)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is not page.grey)
    return page


def cents(text: str) -> int:
    return int(re.sub(r"[^\d−]", "", text).replace("−", "-"))


def stranger(store: Store) -> str:
    with store.read() as session:
        return session.execute(select(Customer.id).where(Customer.name == "Nobody Known")).scalar_one()


def test_the_lines_of_every_customer_add_up_to_the_cent(run: Run) -> None:
    assert tellers(run) and all(adds_up(rows_of(teller)) for teller in tellers(run))


def check_periods(teller: Teller) -> None:
    """Reckon the lines of a current value again from its periods."""
    made, lines = teller.making, {line.key: line.amount for line in teller.one.part(Part.CLV)}
    if made is None:
        return
    surely = sum(made.gains()) - sum(made.costs())
    assert lines["margin"] == pytest.approx(100 * sum(made.gains()), abs=1)
    assert lines["service"] == pytest.approx(-100 * sum(made.costs()), abs=1)
    assert lines["leaving"] == pytest.approx(-100 * (1 - made.alive) * surely, abs=1.5)
    assert lines["waiting"] == pytest.approx(100 * (made.value() - made.alive * surely), abs=1.5)


def test_every_current_value_follows_from_its_periods(run: Run) -> None:
    for teller in tellers(run):
        check_periods(teller)


def test_a_value_of_the_tested_model_follows_too(
    features: Features, imported: Callable[[str], Path], tmp_path: Path
) -> None:
    store, day = features.open(imported("defr"), shared=True), date(2011, 12, 9)
    with store.read() as session:
        facts = queries.facts(session, day)
    store.close()
    made = Run(facts, appraise(facts, Judgement()), datetime.combine(day, time()))
    assert made.valuation.firm.evidence.level is Level.MODEL
    for teller in tellers(made):
        check_periods(teller)
    first = tellers(made)[0]
    write_formulas(tmp_path / "value.xlsx", workbook(first, first.one.name))
    assert total_of(Reckoner(tmp_path / "value.xlsx")) == pytest.approx(
        (first.one.equity or 0) / 100, abs=1e-3
    )


def test_what_the_sheet_shows_adds_up_and_says_so(qtbot: QtBot, bench: Bench, run: Run) -> None:
    page = sheet_of(qtbot, bench, run.valuation.customers[0].id)
    shown = {made.row.key: made for made in page.table.rows}
    signs = {"−": -1, "+": 1, "": 1}
    amounts = [
        signs[made.sign.text()] * cents(made.amount.text())
        for made in page.table.rows
        if made.row.kind == "line"
    ]
    total = cents(page.totals.figure.text())
    assert sum(amounts) == total == cents(shown["total"].amount.text())
    assert "add up to the total, to the cent" in page.check.text()


def test_the_waterfall_goes_from_line_to_line(run: Run) -> None:
    rows = rows_of(tellers(run)[0])
    lines = [row for row in rows if row.kind == "line"]
    assert lines[0].start == 0 and all(a.end == b.start for a, b in pairwise(lines))
    assert all(row.color == "late" for row in lines if row.amount < 0)


def test_a_chosen_line_opens_one_level_further(qtbot: QtBot, bench: Bench, run: Run) -> None:
    page = sheet_of(qtbot, bench, run.valuation.customers[0].id)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)  # type: ignore[no-untyped-call]
    assert page.table.current == "service" and page.side.further.title.text() == "Cost to serve"
    assert not nameless(page)


def test_dotted_figures_open_their_records(qtbot: QtBot, bench: Bench, run: Run) -> None:
    customer = run.valuation.customers[0].id
    page = sheet_of(qtbot, bench, customer)
    figure = page.table.rows[0].formula.findChildren(FigureLabel)[0]
    figure.setFocus()
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    QApplication.sendEvent(figure, key)
    assert bench.went[-1] == ("customers", {"customer": customer, "panel": "orders"})


def test_every_formula_has_an_input_that_opens(run: Run) -> None:
    for row in rows_of(tellers(run)[0]):
        if row.kind == "line" and row.key not in ("word",):
            assert any(isinstance(one, Figure) and one.opens for one in row.formula), row.key


def test_an_unknown_value_says_so_and_is_not_nought(qtbot: QtBot, bench: Bench, demo: Store) -> None:
    page = sheet_of(qtbot, bench, stranger(demo))
    assert page.stack.currentWidget() is page.missing and "No purchase" in page.missing.sentence.text()
    assert not page.export.isEnabled() and not page.side.isVisible()


def test_another_rate_updates_the_sheet_and_undo_brings_it_back(
    qtbot: QtBot, bench: Bench, run: Run, demo: Store
) -> None:
    page = sheet_of(qtbot, bench, run.valuation.customers[0].id)
    before, steps = page.totals.figure.text(), demo.undo_label()
    page.open_source("rate:discount")
    (sheet,) = page.findChildren(RatesSheet)
    sheet.lines["discount"].field.setText("20")
    sheet.lines["visit_cost"].field.setText("55,5")
    sheet.act()
    qtbot.waitUntil(lambda: page.totals.figure.text() != before and page.stack.currentWidget() is page.sheet)
    assert bench.told == ["Discount rate, Cost of a visit changed"]
    demo.undo()
    qtbot.waitUntil(lambda: page.totals.figure.text() == before)
    assert demo.undo_label() == steps


def test_a_senseless_rate_stays_in_its_field(qtbot: QtBot, bench: Bench, demo: Store) -> None:
    sheet = RatesSheet(bench.desk, "horizon", bench.window)
    sheet.open()
    sheet.lines["horizon"].field.setText("40")
    label = demo.undo_label()
    sheet.act()
    assert sheet.isVisible() and "lies between" in sheet.lines["horizon"].note.text()
    assert demo.undo_label() == label
    sheet.reject()


def test_the_tab_tells_value_risk_and_silence(qtbot: QtBot, bench: Bench, run: Run) -> None:
    late = next(one for one in tellers(run) if one.one.overdue and one.one.overdue >= 2)
    panel = host(qtbot, bench, ValuePanel, late.one.id)
    assert isinstance(panel, ValuePanel)
    qtbot.waitUntil(lambda: panel.teller is not None)
    assert re.fullmatch(r"Orders every \d+ days?, silent for \d+\.", panel.silence.text())
    panel.sheet_button.click()
    assert bench.went[-1] == ("value", {"customer": late.one.id}) and not nameless(panel)


def test_the_key_figures_of_the_card_and_ctrl_i_in_the_list_open_the_sheet(
    qtbot: QtBot, bench: Bench, run: Run, demo: Store
) -> None:
    demo.keep_up()
    bench.window.add_page(CustomersPage)
    customer = run.valuation.customers[0].id
    bench.window.go("customers", customer=customer)
    page = bench.window.page("customers")
    assert isinstance(page, CustomersPage)
    figures = {one.name: one.figure for one in key_figures(page.card.card, page.card.place())}  # type: ignore[arg-type]
    told = Teller(run, run.valuation.customers[0], ITALY).words.amount(
        run.valuation.customers[0].equity or 0, False
    )
    assert figures["equity"] == told and figures["churn_risk"].endswith("%")
    page.card.figures.opened.emit("equity")
    assert bench.went == [("value", {"customer": customer})]
    bench.desk.actions.run("value_sheet")
    assert bench.went[1:] == [("value", {"customer": customer})]


def test_the_tab_waits_with_grey_bars(qtbot: QtBot, bench: Bench, run: Run) -> None:
    panel = host(qtbot, bench, ValuePanel, run.valuation.customers[0].id)
    assert isinstance(panel, ValuePanel)
    assert panel.stack.currentWidget() is panel.grey and not panel.grey.shown
    qtbot.waitUntil(lambda: panel.stack.currentWidget() is not panel.grey)


def test_a_logged_visit_costs_and_the_models_are_kept(
    qtbot: QtBot, bench: Bench, run: Run, demo: Store
) -> None:
    customer = run.valuation.customers[0].id
    page = sheet_of(qtbot, bench, customer)
    before, model = page.totals.figure.text(), page.teller and page.teller.run.valuation.firm
    with demo.write("Log") as session:
        session.add(Interaction(customer_id=customer, at=dates.now(), channel="visit", minutes=600))
    qtbot.waitUntil(lambda: cents(page.totals.figure.text()) < cents(before))
    assert page.teller is not None and page.teller.run.valuation.firm is model
    demo.undo()
    qtbot.waitUntil(lambda: page.totals.figure.text() == before)


def test_what_would_change_a_value_is_told_with_its_amount(run: Run) -> None:
    found = outlook(tellers(run)[0])
    told = {change.label: change.amount for change in found.changes}
    assert told["One order more a year"] > 0 > told["Discount of 3\xa0% of the price"] and found.sentences
    assert rhythm(tellers(run)[0])[0]


class Reckoner:
    """Reckons the formulas of a workbook again, as far as ours go."""

    RANGE = re.compile(r"(?:'([^']+)'!)?\$?([A-Z])\$?(\d+):\$?([A-Z])\$?(\d+)")
    CELL = re.compile(r"(?:'([^']+)'!)?\$?\b([A-Z])\$?(\d+)\b")

    def __init__(self, path: Path) -> None:
        from openpyxl import load_workbook

        self.book = load_workbook(path)

    def cell(self, sheet: str, place: str) -> Any:
        value = self.book[sheet][place].value
        if not isinstance(value, str) or not value.startswith("="):
            return 0 if value is None else value
        parts: list[Any] = []

        def of_range(found: re.Match[str]) -> str:
            rows = range(int(found[3]), int(found[5]) + 1)
            parts.append(sum(self.cell(found[1] or sheet, f"{found[2]}{row}") for row in rows))
            return f"_v[{len(parts) - 1}]"

        def of_cell(found: re.Match[str]) -> str:
            parts.append(self.cell(found[1] or sheet, f"{found[2]}{found[3]}"))
            return f"_v[{len(parts) - 1}]"

        text = self.CELL.sub(of_cell, self.RANGE.sub(of_range, value[1:])).replace("^", "**")
        return eval(text, {"_v": parts, "SUM": lambda x: x, "ROUND": round, "MIN": min, "MAX": max})


def total_of(book: Reckoner) -> Any:
    page = book.book.worksheets[0]
    return book.cell(page.title, f"C{page.max_row}")


def test_the_workbook_reckons_every_value_again(run: Run, tmp_path: Path) -> None:
    for teller in tellers(run)[::8]:
        write_formulas(tmp_path / "value.xlsx", workbook(teller, teller.one.name))
        book = Reckoner(tmp_path / "value.xlsx")
        assert total_of(book) == pytest.approx((teller.one.equity or 0) / 100, abs=0.001), teller.one.name


def test_another_input_in_the_workbook_moves_the_total(run: Run, tmp_path: Path) -> None:
    teller = tellers(run)[0]
    write_formulas(tmp_path / "value.xlsx", workbook(teller, "=HYPERLINK(0)"))
    book = Reckoner(tmp_path / "value.xlsx")
    assert book.book.worksheets[0]["A1"].data_type == "s"
    before = total_of(book)
    book.book["Inputs"]["B6"].value = 0.2
    assert total_of(book) < before


def test_the_sheet_is_written_where_it_was_asked_for(
    qtbot: QtBot, bench: Bench, run: Run, tmp_path: Path
) -> None:
    from crmdesk.features.value.ui.export import export

    page = sheet_of(qtbot, bench, run.valuation.customers[0].id)
    assert page.teller is not None
    export(bench.desk, page.teller, "Sheet", tmp_path / "sheet.xlsx", page.band)
    qtbot.waitUntil(page.band.isVisible)
    assert "sheet.xlsx" in page.band.message.text()
    assert total_of(Reckoner(tmp_path / "sheet.xlsx")) == (page.teller.one.equity or 0) / 100
