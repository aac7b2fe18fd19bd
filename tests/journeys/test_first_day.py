"""The first day of a new owner, through the real program: from the first start to the way back."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QObject, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QMenu, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from crmdesk.core import settings as personal
from crmdesk.core.record import ALIVE
from crmdesk.core.settings import Settings
from crmdesk.desktop import Program, options_from
from crmdesk.features.customers.records import Customer
from crmdesk.features.customers.ui.page import CustomersPage
from crmdesk.features.exchange.ui.page import ExchangePage
from crmdesk.features.orders.records import Order
from crmdesk.features.portfolio.rules import Cluster
from crmdesk.features.portfolio.ui.page import PortfolioPage
from crmdesk.features.timeline.records import Interaction
from crmdesk.features.timeline.ui.log_panel import LogPanel
from crmdesk.qt.first_run import FirstRun
from tests.qt.accessibility import nameless

CTRL = Qt.KeyboardModifier.ControlModifier
STEPS = 8
FILES = ("northwind_customers.csv", "northwind_orders.csv", "northwind_order_lines.csv")


class StrayWindows(QObject):
    """Notes every widget that shows itself as a window of its own by mistake."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.seen: list[str] = []
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at what is shown; let everything through."""
        shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        if shown and not isinstance(watched, QMainWindow | QDialog | QMenu):
            self.seen.append(type(watched).__name__)
        return False


class Owner:
    """Somebody at the keyboard and the mouse of the real window."""

    def __init__(self, qtbot: QtBot, program: Program) -> None:
        self.qtbot = qtbot
        self.program = program

    @property
    def window(self) -> QWidget:
        """The window in front."""
        assert self.program.window is not None
        return self.program.window

    def rest(self) -> None:
        """Wait until nothing is under way."""

        def quiet() -> bool:
            bench = self.program.bench
            return bench is None or not (bench.jobs.busy or bench.store.behind())

        for _ in range(3):
            QApplication.processEvents()
            self.qtbot.waitUntil(quiet, timeout=30_000)
            self.qtbot.wait(30)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        self.rest()

    def type(self, text: str) -> None:
        """Type where the focus is."""
        self.qtbot.keyClicks(QApplication.focusWidget() or self.window, text)
        self.rest()

    def drop(self, target: QWidget, paths: list[Path]) -> None:
        """Drop files on a widget."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        middle = QPointF(target.rect().center())
        none = Qt.KeyboardModifier.NoModifier
        target.dropEvent(QDropEvent(middle, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none))
        self.rest()

    def count(self, record: type[Customer] | type[Order] | type[Interaction]) -> int:
        """How many living records of a sort there are."""
        assert self.program.bench is not None
        with self.program.bench.store.read() as session:
            return int(session.scalar(select(func.count()).where(record.deleted == ALIVE)) or 0)


@pytest.fixture(params=[("en", "light"), ("it", "dark")], ids=["english-light", "italian-dark"])
def owner(
    request: pytest.FixtureRequest, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Owner]:
    """An owner in front of the first start, on a day when the example firm was trading."""
    monkeypatch.setenv("CRMDESK_TODAY", "1998-05-07")
    language, look = request.param
    personal.save(Settings(language=language, theme=look, region="it_IT", backup_on_close=False))
    program = Program(qapp, options_from([]))
    monkeypatch.setattr(program, "options", argparse.Namespace(**vars(program.options)))
    program.start()
    yield Owner(qtbot, program)
    program.crash.remove()
    if program.bench is not None:
        program.bench.close()
    assert program.window is not None
    program.window.hide()
    program.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def import_the_firm(owner: Owner, shared: Path) -> None:
    first = owner.window.findChild(FirstRun)
    assert first is not None and nameless(first) == []
    first.firm.setText("Northwind")
    owner.drop(first, [shared / "data" / name for name in FILES])
    page = owner.program.window.page("exchange")  # type: ignore[union-attr]
    assert isinstance(page, ExchangePage) and page.wizard is not None
    while page.wizard.here < len(page.wizard.steps) - 1:
        assert owner.count(Customer) == 0
        before = page.wizard.here
        owner.qtbot.keyClick(page.wizard, Qt.Key.Key_Return, CTRL)
        owner.rest()
        assert page.wizard.here == before + 1


def log_a_call(owner: Owner) -> None:
    owner.key(Qt.Key.Key_2, CTRL)
    page = owner.program.window.page("customers")  # type: ignore[union-attr]
    assert isinstance(page, CustomersPage)
    owner.key(Qt.Key.Key_F, CTRL)
    owner.type("alfreds")
    assert page.card.card is not None and page.card.card.name == "Alfreds Futterkiste"
    log = page.card.panel("log")
    assert isinstance(log, LogPanel)
    log.composer.line.setFocus()
    owner.type("call 15' wants a quote")
    owner.key(Qt.Key.Key_Return)
    owner.type("visit tomorrow show the new list")
    owner.key(Qt.Key.Key_Return)


def drag_a_cut(owner: Owner) -> None:
    owner.key(Qt.Key.Key_3, CTRL)
    page = owner.program.window.page("portfolio")  # type: ignore[union-attr]
    assert isinstance(page, PortfolioPage) and page.view is not None and page.view.portfolio is not None
    counts = page.view.portfolio.counts
    assert sum(counts.values()) == 91
    chart = page.board.chart
    chart.cut_dropped.emit("turnover", chart.cuts()["turnover"] * 2)
    owner.rest()
    page.board.band.action.click()
    owner.rest()
    assert page.view.portfolio.counts[Cluster.MAINTAIN] < counts[Cluster.MAINTAIN]
    page.show_cluster(Cluster.MAINTAIN)
    assert page.playbook.table.record_model.rowCount() == page.view.portfolio.counts[Cluster.MAINTAIN]


def test_from_the_first_start_to_the_portfolio_and_all_the_way_back(
    owner: Owner, shared: Path, tmp_path: Path
) -> None:
    import_the_firm(owner, shared)
    assert (owner.count(Customer), owner.count(Order)) == (91, 830)

    log_a_call(owner)
    assert owner.count(Interaction) == 2

    drag_a_cut(owner)

    exchange = owner.program.window.page("exchange")  # type: ignore[union-attr]
    assert isinstance(exchange, ExchangePage)
    exchange.start.export.choose("customers")
    exchange.start.export.write(tmp_path / "customers.xlsx")
    owner.rest()
    book = openpyxl.load_workbook(tmp_path / "customers.xlsx", read_only=True)
    assert any("Alfreds Futterkiste" in row for sheet in book for row in sheet.iter_rows(values_only=True))

    bench = owner.program.bench
    assert bench is not None
    for _ in range(STEPS):
        owner.qtbot.keyClick(owner.window, Qt.Key.Key_Z, CTRL)
        owner.rest()
    assert bench.store.undo_label() is None, bench.store.undo_label()
    assert (owner.count(Customer), owner.count(Order), owner.count(Interaction)) == (0, 0, 0)


def test_every_page_has_names_for_everything_and_no_window_strays(owner: Owner, shared: Path) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    stray = StrayWindows(app)
    import_the_firm(owner, shared)
    window = owner.program.window
    assert window is not None
    for name in window.page_names():
        window.go(name)
        owner.rest()
        assert nameless(window) == [], name
    app.removeEventFilter(stray)
    assert stray.seen == []
