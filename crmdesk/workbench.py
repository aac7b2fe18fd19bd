"""One customer file in one window: its desk, its pages, its commands, its backups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QThreadPool, QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from crmdesk.core import backup, dates, log, search
from crmdesk.core.errors import UserError
from crmdesk.core.feature import Features
from crmdesk.core.i18n import N_, Region, _, language, ngettext
from crmdesk.core.settings import Settings
from crmdesk.core.store import Store
from crmdesk.features.customers import queries as customers
from crmdesk.features.customers.actions import change_firm
from crmdesk.features.demo.actions import make_demo_away
from crmdesk.qt import theme
from crmdesk.qt.actions import ActionSpec
from crmdesk.qt.desk import Desk
from crmdesk.qt.job_runner import JobRunner
from crmdesk.qt.palette import Hit
from crmdesk.qt.settings_dialog import SettingsDialog
from crmdesk.qt.shortcuts import ShortcutsDialog
from crmdesk.qt.store_signals import StoreSignals
from crmdesk.qt.undo_actions import UndoActions
from crmdesk.qt.window import MainWindow

if TYPE_CHECKING:
    from crmdesk.desktop import Program

MENU = ("open_file", "import_files", "export_all", "", "back_up", "settings", "shortcuts", "", "quit")
QUIET_MS = 300
STALE_DAYS = 7
LAST_READS_MS = 3000


class Workbench(QObject):
    """Everything between an open store and the window that shows it."""

    def __init__(self, program: Program, window: MainWindow, store: Store, features: Features) -> None:
        super().__init__(window)
        self.program = program
        self.window = window
        self.store = store
        self.jobs = JobRunner(self)
        self.signals = StoreSignals(store, self)
        self.desk = Desk(
            store=store,
            settings=program.settings,
            region=self._region(),
            jobs=self.jobs,
            actions=window.actions_registry,
            signals=self.signals,
            features=features,
            open_customer=self.open_customer,
            go=window.go,
            tell=window.tell,
            fail=window.fail,
        )
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(QUIET_MS)
        self._soon.timeout.connect(self._keep_up)
        self.signals.changed.connect(lambda _changes: self._soon.start())
        self.jobs.ended.connect(lambda _running: self._soon.start())

    def _region(self) -> Region:
        """How values are written, with the currency the firm reckons in."""
        region = self.program.settings.used_region()
        with self.store.read() as session:
            return replace(region, currency=customers.currency(session) or region.currency)

    def fill(self, parts: Sequence[Any]) -> None:
        """Add pages and commands, then show the page that was shown last."""
        window = self.window
        window.show_frame()
        window.set_desk(self.desk)
        undo = UndoActions(self.desk)
        undo.label_changed.connect(window.status.set_undo)
        pages = [page for part in parts for page in getattr(part, "PAGES", ())]
        for page in sorted(pages, key=lambda page: page.key):
            window.add_page(page)
        self._add_actions()
        window.search = self._find_customers
        window.files_dropped.connect(lambda names: window.go("exchange", files=names))
        window.set_firm(self._firm_name(), MENU)
        self._show_backup()
        window.go(window.last_page("home"))
        undo.refresh()
        self._soon.start()

    def _firm_name(self) -> str:
        with self.store.read() as session:
            return customers.firm_name(session) or self.store.path.stem

    def _add_actions(self) -> None:
        for spec in (
            ActionSpec("open_file", N_("Open a file…"), self.program.ask_open, "file-text", "Ctrl+Shift+O"),
            ActionSpec(
                "import_files",
                N_("Import…"),
                lambda: self.window.go("exchange", choose=True),
                "upload",
                "Ctrl+O",
            ),
            ActionSpec(
                "export_all", N_("Export…"), lambda: self.window.go("exchange", export="all"), "download"
            ),
            ActionSpec("back_up", N_("Back up now"), self.back_up, "shield-check"),
            ActionSpec("show_folder", N_("Show the file in its folder"), self._show_folder, "external-link"),
            ActionSpec("settings", N_("Settings…"), self._settings, "settings-2", "Ctrl+,"),
            ActionSpec("shortcuts", N_("Keyboard shortcuts"), self._shortcuts, "keyboard", "F1"),
            ActionSpec("look", N_("Switch light and dark"), self._switch_look, "moon", "Ctrl+Shift+L"),
            ActionSpec("quit", N_("Quit"), self.window.close, "", "Ctrl+Q"),
        ):
            self.desk.actions.add(spec)

    def open_customer(self, ident: str) -> None:
        """Show a customer on its card."""
        self.window.go("customers", customer=ident)

    def _find_customers(self, words: str, limit: int) -> Sequence[Hit]:
        with self.store.read() as session:
            found = search.customers_matching(session, words) or []
            names = customers.names(session, found[:200])
        chosen = sorted(names.items(), key=lambda pair: search.fold(pair[1]))[:limit]
        return [Hit(name, self._opener(ident), icon="building-2") for ident, name in chosen]

    def _opener(self, ident: str) -> Any:
        return lambda: self.open_customer(ident)

    def _keep_up(self) -> None:
        if not self.jobs.busy and self.store.behind():
            self.jobs.start(lambda _progress: self.store.keep_up())

    def fill_with_demo(self) -> None:
        """Fill the new file with the demo firm, off the window's thread."""

        def done(_result: object) -> None:
            self.window.go("customers")
            self.desk.tell(_("The demo firm is ready. Change anything, it is only an example."))

        self.jobs.start(
            lambda line: make_demo_away(self.store, 1, language(), dates.today(), line),
            done=done,
            failed=self.window.fail,
            text=_("Making the demo firm"),
        )

    def _settings(self) -> None:
        dialog = SettingsDialog(self._settings_here(), self.window)
        dialog.changed.connect(self._take_settings)
        dialog.open()

    def _settings_here(self) -> Settings:
        """The personal settings with the name and currency of the firm whose file is open."""
        with self.store.read() as session:
            firm, currency = customers.firm_name(session), customers.currency(session)
        known = self.program.settings
        return replace(known, firm=firm or known.firm, currency=currency or known.currency)

    def _take_settings(self, settings: Settings) -> None:
        before = self._settings_here()
        self.program.change_settings(settings)
        if (before.firm, before.currency) != (settings.firm, settings.currency):
            with self.store.write(_("Firm changed")) as session:
                change_firm(session, settings.firm, settings.used_region().currency)
        self.window.set_firm(self._firm_name(), MENU)
        rebuilt = ("language", "region", "currency")
        if any(getattr(before, name) != getattr(settings, name) for name in rebuilt):
            QTimer.singleShot(0, self.program, self.program.reopen)

    def _switch_look(self) -> None:
        look = "light" if theme.current().dark else "dark"
        self.program.change_settings(replace(self.program.settings, theme=look))

    def _shortcuts(self) -> None:
        ShortcutsDialog(self.desk.actions, self.window).open()

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.store.path.parent)))

    def _backup_folder(self) -> Path:
        return backup.folder_of(self.store.path, self.program.settings.backup_folder)

    def back_up(self) -> None:
        """Make a checked copy now, off the window's thread."""

        def done(made: backup.Backup) -> None:
            self._show_backup()
            self.desk.tell(_("Backed up and checked: {name}.").format(name=made.path.name))

        self.jobs.start(
            lambda progress: backup.back_up(self.store.path, self._backup_folder(), dates.now(), progress),
            done=done,
            failed=self.window.fail,
            text=_("Backing up"),
        )

    def _show_backup(self) -> None:
        found = backup.backups(self.store.path, self._backup_folder())
        line = self.window.sidebar.backup
        if not found:
            line.set_line("shield", _("No backup yet"), "text_2")
            return
        made, today = found[0].made, dates.today()
        if made.date() == today:
            line.set_line("shield-check", _("Backup {time}, checked").format(time=f"{made:%H:%M}"), "ok")
        else:
            days = (today - made.date()).days
            late = days > STALE_DAYS
            told = ngettext("Backup {n} day old", "Backup {n} days old", days).format(n=days)
            line.set_line("triangle-alert" if late else "shield-check", told, "due" if late else "text_2")

    def close(self, keep_copy: bool = False) -> None:
        """Finish the jobs, back up where that is wished, and close the file."""
        self.jobs.shut_down()
        QThreadPool.globalInstance().waitForDone(LAST_READS_MS)
        if keep_copy and self.store.last_step():
            self._last_backup()
        self.store.close()

    def _last_backup(self) -> None:
        try:
            backup.back_up(self.store.path, self._backup_folder(), dates.now())
        except UserError as error:
            log.failure("backup", error)
