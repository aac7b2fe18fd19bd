"""The frame: pages, rail, palette, undo, jobs, crash, drops, and what is remembered."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout
from pytestqt.qtbot import QtBot

from crmdesk.core.changes import Changes
from crmdesk.core.errors import Conflict, UserError
from crmdesk.core.i18n import region
from crmdesk.core.jobs import Progress
from crmdesk.core.settings import Settings
from crmdesk.core.store import Store
from crmdesk.desktop import ui_parts
from crmdesk.qt.actions import ActionSpec
from crmdesk.qt.crash import CrashDialog, CrashHandler
from crmdesk.qt.desk import Desk
from crmdesk.qt.job_runner import ChildRun, JobRunner
from crmdesk.qt.page import LaterPage, Page, PageHead
from crmdesk.qt.palette import Hit, matching
from crmdesk.qt.store_signals import StoreSignals
from crmdesk.qt.undo_actions import UndoActions
from crmdesk.qt.widgets import IconButton, Splitter, label
from crmdesk.qt.window import MainWindow
from tests.qt.accessibility import nameless


class HomePage(Page):
    """A page with two panels that counts its refreshes."""

    name, title, icon, key = "home", "Today", "calendar-check", "Ctrl+1"
    tables = frozenset({"customer"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.refreshed = 0
        self.opened: dict[str, object] = {}
        column = QVBoxLayout(self)
        head = PageHead("Today")
        head.add(IconButton("plus", "Add"))
        column.addWidget(head)
        split = Splitter("parts")
        self.field = QLineEdit()
        self.field.setAccessibleName("Note")
        split.addWidget(self.field)
        split.addWidget(label("side"))
        column.addWidget(split)

    def refresh(self) -> None:
        self.refreshed += 1
        self.totals_changed.emit("43 customers")

    def open(self, **args: object) -> None:
        self.opened = args


class OtherPage(HomePage):
    """A second page."""

    name, title, icon, key = "customers", "Customers", "users", "Ctrl+2"


@pytest.fixture
def window(qtbot: QtBot, store: Store) -> Iterator[MainWindow]:
    made = MainWindow()
    qtbot.addWidget(made)
    jobs = JobRunner(made)
    signals = StoreSignals(store)
    desk = Desk(
        store,
        Settings(),
        region("it_IT"),
        jobs,
        made.actions_registry,
        signals,
        None,
        lambda identity: made.go("customers", customer=identity),
        made.go,
        made.tell,
        made.fail,
    )
    made.set_desk(desk)
    undo = UndoActions(desk)
    undo.label_changed.connect(made.status.set_undo)
    made.add_page(HomePage)
    made.add_page(OtherPage)
    made.resize(1440, 900)
    made.go("home")
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    jobs.shut_down()


def shown(window: MainWindow) -> HomePage:
    page = window.current()
    assert isinstance(page, HomePage)
    return page


def test_the_frame_has_the_measures_of_the_design(window: MainWindow) -> None:
    assert window.sidebar.width() == 212
    assert window.status.height() == 26
    assert window.findChildren(PageHead)[0].height() == 52
    assert window.minimumSize().toTuple() == (1024, 640)


def test_the_sidebar_becomes_a_rail_below_1240(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1100, 700)
    qtbot.waitUntil(lambda: window.sidebar.width() == 52)
    assert window.sidebar.pages.entries.index(0).data(Qt.ItemDataRole.ToolTipRole) == "Today (Ctrl+1)"
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: window.sidebar.width() == 212)


def test_a_key_and_the_sidebar_change_the_page(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert shown(window).name == "customers"
    pages = window.sidebar.pages
    at = pages.visualRect(pages.entries.index(0)).center()
    qtbot.mouseClick(pages.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert shown(window).name == "home"


def test_a_page_is_made_when_first_shown_and_told_what_to_open(window: MainWindow) -> None:
    assert window.desk is not None
    window.desk.open_customer("abc")
    assert shown(window).opened == {"customer": "abc"}
    assert window.status.totals.text() == "43 customers"


def test_visible_pages_refresh_and_hidden_ones_wait(window: MainWindow, qtbot: QtBot) -> None:
    home = shown(window)
    window.go("customers")
    customers = shown(window)
    signals = window.desk.signals if window.desk else None
    assert signals is not None
    before = (home.refreshed, customers.refreshed)
    threads = [
        threading.Thread(target=signals.notice, args=(Changes("Edit", "user", frozenset({"customer"})),))
        for _number in range(5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    qtbot.waitUntil(lambda: customers.refreshed == before[1] + 1)
    assert home.refreshed == before[0]
    window.go("home")
    assert home.refreshed == before[0] + 1


def test_the_palette_finds_customers_and_commands(window: MainWindow, qtbot: QtBot) -> None:
    opened: list[str] = []
    window.search = lambda text, limit: [Hit("Hotel Belvedere", lambda: opened.append("hotel"), "Stresa")]
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = window.findChildren(type(window._palette))[0]
    assert palette is not None
    qtbot.keyClicks(palette.field, "customers")
    qtbot.waitUntil(lambda: [hit.text for hit in palette.hits.hits] == ["Hotel Belvedere", "Go to Customers"])
    qtbot.keyClick(palette, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert (shown(window).name, opened) == ("customers", [])


def test_a_command_is_found_with_a_wrong_letter() -> None:
    commands = [Hit("Go to Portfolio", print), Hit("Settings", print)]
    assert [hit.text for hit in matching(commands, "potrfolio")] == ["Go to Portfolio"]


def test_ctrl_z_undoes_typing_first_and_then_says_there_is_nothing(window: MainWindow, qtbot: QtBot) -> None:
    field = shown(window).field
    field.setFocus()
    qtbot.keyClicks(field, "abc")
    window.actions_registry.run("undo")
    assert field.text() == ""
    field.clearFocus()
    window.actions_registry.run("undo")
    assert "Nothing to undo" in window.band.message.text()


def test_an_error_for_people_stands_in_a_band_and_esc_takes_it_away(window: MainWindow, qtbot: QtBot) -> None:
    window.fail(Conflict("The order was changed since."))
    assert window.band.isVisible()
    assert window.band.message.text() == "The order was changed since."
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.band.isVisible()
    with pytest.raises(ZeroDivisionError):
        window.fail(ZeroDivisionError())


def test_a_job_reports_ends_and_can_be_stopped(window: MainWindow, qtbot: QtBot) -> None:
    assert window.desk is not None
    results: list[object] = []

    def work(progress: Progress) -> int:
        progress.step(1, 2, "Reading")
        return 7

    def endless(progress: Progress) -> None:
        while True:
            progress.check()

    window.desk.jobs.start(work, results.append, text="Reading")
    running = window.desk.jobs.start(endless, stopped=lambda: results.append("stopped"), text="Computing")
    qtbot.waitUntil(lambda: results == [7])
    running.cancel()
    qtbot.waitUntil(lambda: results == [7, "stopped"])
    assert not window.desk.jobs.busy


def test_an_error_of_a_job_comes_to_its_owner(window: MainWindow, qtbot: QtBot) -> None:
    assert window.desk is not None
    errors: list[BaseException] = []

    def broken(progress: Progress) -> None:
        raise UserError("The file is gone.")

    window.desk.jobs.start(broken, failed=errors.append)
    qtbot.waitUntil(lambda: [str(error) for error in errors] == ["The file is gone."])


def test_a_child_process_speaks_in_lines(qtbot: QtBot) -> None:
    child = ChildRun(sys.executable, ["-c", "print('one'); print('two')"])
    lines: list[str] = []
    child.line.connect(lines.append)
    with qtbot.waitSignal(child.finished) as ended:
        child.start()
    assert lines == ["one", "two"]
    assert ended.args[0] == 0


def test_dropped_files_are_told(window: MainWindow) -> None:
    heard: list[list[str]] = []
    window.files_dropped.connect(heard.append)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/data/clients.xlsx"), QUrl("https://example.org/x")])
    event = QDropEvent(
        QPointF(9, 9),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)
    assert heard == [["/data/clients.xlsx"]]


def test_page_and_panel_sizes_are_there_at_the_next_start(window: MainWindow) -> None:
    window.go("customers")
    split = shown(window).findChildren(Splitter)[0]
    split.setSizes([300, 900])
    kept = split.sizes()
    window.remember()
    assert window.last_page("home") == "customers"
    split.setSizes([600, 600])
    window._restore_splitters(shown(window))
    assert split.sizes() == kept


def test_f6_walks_between_the_panels(window: MainWindow, qtbot: QtBot) -> None:
    shown(window).field.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert window.sidebar.isAncestorOf(window.focusWidget())
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert window.focusWidget() is shown(window).field


def test_a_greyed_action_does_nothing(window: MainWindow) -> None:
    done: list[int] = []
    spec = ActionSpec("erase", "Erase", lambda: done.append(1), enabled=lambda: False)
    window.actions_registry.add(spec)
    window.actions_registry.run("erase")
    assert done == []
    assert not window.actions_registry.action("erase").isEnabled()
    assert spec not in window.actions_registry.commands()


def test_our_faults_make_a_report_that_can_be_copied(window: MainWindow, qtbot: QtBot) -> None:
    handler = CrashHandler(window)
    handler.install(window.fail)
    try:
        try:
            raise KeyError("Rossi")
        except KeyError as error:
            sys.excepthook(type(error), error, error.__traceback__)
        qtbot.waitUntil(lambda: len(window.findChildren(CrashDialog)) == 1)
        dialog = window.findChildren(CrashDialog)[0]
        assert "KeyError" in dialog.text.toPlainText()
        assert "Rossi" not in dialog.text.toPlainText()
        dialog.accept()
    finally:
        handler.remove()


def test_everything_in_the_frame_is_named(window: MainWindow) -> None:
    window.open_palette()
    assert nameless(window) == []


def test_a_page_that_is_loaded_later_says_what_its_class_says() -> None:
    later = [page for part in ui_parts() for page in part.PAGES if isinstance(page, LaterPage)]
    assert later
    for page in later:
        kind = page.kind()
        said = (kind.name, kind.title, kind.icon, kind.key, kind.in_sidebar)
        assert said == (page.name, page.title, page.icon, page.key, page.in_sidebar)
