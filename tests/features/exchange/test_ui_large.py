"""A large file goes in through the real page while the window lives on; the work is done elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crmdesk.core import journal
from crmdesk.core.changes import Changes
from crmdesk.core.record import Record
from crmdesk.core.store import Store
from crmdesk.features.customers.records import Customer
from crmdesk.features.exchange.elsewhere import FarPlan
from crmdesk.features.exchange.ui.page import ExchangePage
from crmdesk.features.exchange.ui.wizard import DRY_RUN, MATCHING, RUN, Wizard
from tests.features.workbench_window import Bench, open_bench

Count = Callable[[type[Record]], int]
ROWS = 20_000
PATIENCE = 240_000


@pytest.fixture
def bench(qtbot: QtBot, store: Store, qapp: QApplication) -> Iterator[Bench]:
    """A window with the page Exchange in front."""
    made = open_bench(qtbot, store, (ExchangePage,))
    made.window.go("exchange")
    yield made
    made.desk.jobs.shut_down()
    made.leave()


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A file of more rows than the window would plan itself; one of them names nobody."""
    path = tmp_path / "many.csv"
    lines = [f"{number};Firm {number};Town {number % 90}" for number in range(1, ROWS)]
    path.write_text("\n".join(["Codice;Ragione sociale;Citta", *lines, ";;Arona"]) + "\n", encoding="utf-8")
    return path


def rest(qtbot: QtBot, bench: Bench) -> None:
    """Wait until nothing is under way."""
    qtbot.waitUntil(lambda: not bench.desk.jobs.busy, timeout=PATIENCE)
    QApplication.processEvents()


def opened(qtbot: QtBot, bench: Bench, path: Path) -> Wizard:
    """The wizard at its dry run."""
    bench.window.go("exchange", files=[str(path)])
    rest(qtbot, bench)
    page = bench.window.page("exchange")
    assert isinstance(page, ExchangePage) and page.wizard is not None
    while page.wizard.here < DRY_RUN:
        page.wizard.forward()
        rest(qtbot, bench)
    return page.wizard


class Ticks:
    """A timer that counts its own ticks, while the thread of the window does not write."""

    def __init__(self, store: Store) -> None:
        self.count = 0
        self.heard: list[Changes] = []
        store.subscribe(self.heard.append)
        self.timer = QTimer()
        self.timer.timeout.connect(self.tick)
        self.timer.start(20)

    def tick(self) -> None:
        """Count."""
        self.count += 1


def test_the_window_lives_while_a_large_file_goes_in_and_out_elsewhere(
    qtbot: QtBot, bench: Bench, many: Path, count: Count, store: Store
) -> None:
    wizard = opened(qtbot, bench, many)
    assert isinstance(wizard.bench.intake.plan, FarPlan) and wizard.bench.away.alive
    rows = wizard.dry_run.rows
    assert rows is not None and (rows.count("created"), rows.count("refused")) == (ROWS - 1, 1)
    assert "Firm 7" in rows.told((0, 6)).record
    ticks = Ticks(store)

    wizard.forward()
    rest(qtbot, bench)

    assert count(Customer) == ROWS - 1 and wizard.run_step.finished
    assert ticks.count > 20 and [changes.kind for changes in ticks.heard] == ["import"]
    assert len(wizard.run_step.done_plan.refusals()) == 1  # type: ignore[union-attr]
    before = ticks.count
    qtbot.keyClick(bench.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert bench.desk.jobs.busy
    rest(qtbot, bench)
    assert count(Customer) == 0 and ticks.count > before + 20
    assert bench.told[-1].startswith("Undone: Import many.csv")
    qtbot.waitUntil(lambda: wizard.run_step.heading.text() == "The import was undone.")
    with store.read() as session:
        assert journal.verify(session.connection()) == []


def test_stop_writes_nothing_and_the_plan_is_made_anew(
    qtbot: QtBot, bench: Bench, many: Path, count: Count, store: Store
) -> None:
    wizard = opened(qtbot, bench, many)
    before = store.last_step()
    wizard.forward()
    assert wizard.here == RUN
    qtbot.waitUntil(lambda: wizard.run_step.bar.value() > 0, timeout=PATIENCE)

    wizard.run_step.stop()
    rest(qtbot, bench)

    assert (count(Customer), store.last_step()) == (0, before)
    assert wizard.here == DRY_RUN and isinstance(wizard.bench.intake.plan, FarPlan)
    wizard.forward()
    rest(qtbot, bench)
    assert count(Customer) == ROWS - 1


def test_rows_can_be_left_out_of_a_large_file_and_the_choice_changed(
    qtbot: QtBot, bench: Bench, many: Path, count: Count
) -> None:
    wizard = opened(qtbot, bench, many)
    wizard.dry_run.show_outcome("created")
    wizard.dry_run.table.selectRow(0)
    wizard.dry_run.leave_out_selected()
    rest(qtbot, bench)
    assert wizard.dry_run.rows is not None and wizard.dry_run.rows.count("created") == ROWS - 2

    wizard.go(MATCHING)
    wizard.matching.modes.button(1).click()
    rest(qtbot, bench)

    assert wizard.dry_run.rows.count("created") == ROWS - 2
