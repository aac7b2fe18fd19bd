"""A real window over a real store, for the tests of pages and panels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool
from PySide6.QtWidgets import QVBoxLayout
from pytestqt.qtbot import QtBot

from crmdesk.core.feature import load
from crmdesk.core.i18n import region
from crmdesk.core.settings import Settings
from crmdesk.core.store import Store
from crmdesk.features import SLICES
from crmdesk.qt.desk import Desk
from crmdesk.qt.job_runner import JobRunner
from crmdesk.qt.page import Page, Panel
from crmdesk.qt.store_signals import StoreSignals
from crmdesk.qt.undo_actions import UndoActions
from crmdesk.qt.window import MainWindow


@dataclass
class Bench:
    """The window with what it was told and where it was sent."""

    window: MainWindow
    desk: Desk
    told: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    went: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    def leave(self) -> None:
        """Close the window and let everything that reads come to its end, before the store goes."""
        self.window.hide()
        QThreadPool.globalInstance().waitForDone(5000)
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def open_bench(qtbot: QtBot, store: Store, pages: Sequence[type[Page]] = ()) -> Bench:
    """Open a window with these pages; what goes elsewhere is only noted."""
    window = MainWindow()
    qtbot.addWidget(window)
    jobs = JobRunner(window)
    bench = Bench(window, None)  # type: ignore[arg-type]
    bench.desk = Desk(
        store=store,
        settings=Settings(),
        region=region("it_IT"),
        jobs=jobs,
        actions=window.actions_registry,
        signals=StoreSignals(store, window),
        features=load(SLICES),
        open_customer=bench.opened.append,
        go=lambda page, /, **args: bench.went.append((page, args)),
        tell=lambda text, undo=False: bench.told.append(text),
        fail=lambda error: bench.failed.append(str(error)),
    )
    window.set_desk(bench.desk)
    UndoActions(bench.desk)
    for page in pages:
        window.add_page(page)
    window.resize(1440, 900)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return bench


def host(qtbot: QtBot, bench: Bench, kind: type[Panel], customer: str) -> Panel:
    """Put a panel alone on a page of the window, for one customer."""

    class HostPage(Page):
        """A page that shows one panel."""

        name, title = "host", "Host"

        def __init__(self, desk: Desk) -> None:
            super().__init__(desk)
            self.panel = kind(desk)
            column = QVBoxLayout(self)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(self.panel)

    bench.window.add_page(HostPage)
    bench.window.go("host")
    page = bench.window.page("host")
    assert isinstance(page, HostPage)
    page.panel.set_customer(customer)
    qtbot.waitUntil(page.panel.isVisible)
    return page.panel
