"""The window's composition root: settings, look, store, pages, commands, crash hook."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLibraryInfo as Library
from PySide6.QtCore import QLocale, QObject, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from crmdesk.core import i18n, log, paths
from crmdesk.core import settings as personal
from crmdesk.core.errors import UserError
from crmdesk.core.i18n import _
from crmdesk.features import SLICES
from crmdesk.qt import theme
from crmdesk.qt.crash import CrashHandler
from crmdesk.qt.first_run import Beginning, FirstRun
from crmdesk.qt.garbage import WindowCollector
from crmdesk.qt.window import MainWindow

if TYPE_CHECKING:
    from crmdesk.core.feature import Features
    from crmdesk.workbench import Workbench

READY = "ready"
DEMO_FIRM, DEMO_CURRENCY = "Bellini Impianti", "EUR"


class Program(QObject):
    """The running program: at most one customer file open, in one window."""

    def __init__(self, app: QApplication, options: argparse.Namespace) -> None:
        super().__init__()
        self.app = app
        loaded = personal.load()
        self.settings = loaded.settings
        self.warning = loaded.warning
        self.options = options
        self.window: MainWindow | None = None
        self.bench: Workbench | None = None
        self._translators: list[QTranslator] = []
        self._features: Features | None = None
        self.crash = CrashHandler()

    def start(self) -> None:
        """Show the window first, then load and open what it needs."""
        if self.options.language:
            self.settings = replace(self.settings, language=self.options.language)
        if self.options.theme:
            self.settings = replace(self.settings, theme=self.options.theme)
        self.dress()
        self.new_window()
        self.crash.install(self._fail)
        path = self.options.store or (Path(self.settings.last_store) if self.settings.last_store else None)
        if path is None or not path.exists():
            self.first_run(missing=path)
        else:
            QTimer.singleShot(0, self, lambda: self.open_store(path))

    def dress(self) -> None:
        """Put on language and look."""
        language = i18n.install(self.settings.used_language())
        QLocale.setDefault(QLocale(self.settings.used_region().code))
        for translator in self._translators:
            self.app.removeTranslator(translator)
        words = QTranslator(self)
        if words.load(f"qtbase_{language}", Library.path(Library.LibraryPath.TranslationsPath)):
            self.app.installTranslator(words)
        self._translators = [words]
        theme.apply(self.app, self.settings.theme, self.settings.text_scale / 100)  # type: ignore[arg-type]

    def new_window(self) -> MainWindow:
        """A fresh frame in place of the one before."""
        old = self.window
        if old is not None:
            old.remember()
        self.window = window = MainWindow()
        window.restore()
        window.closing.connect(self._closed)
        window.show()
        if old is not None:
            old.closing.disconnect(self._closed)
            old.close()
            old.deleteLater()
        return window

    def features(self) -> Features:
        """The slices, loaded when first needed: they bring the heavy libraries."""
        if self._features is None:
            from crmdesk.core.feature import load

            self._features = load(SLICES)
        return self._features

    def first_run(self, missing: Path | None = None) -> None:
        """Show the screen of the first start."""
        assert self.window is not None
        look = theme.current().name
        screen = FirstRun(i18n.language(), look, self.settings.used_region().currency)
        screen.import_asked.connect(self._begin_import)
        screen.demo_asked.connect(self._begin_demo)
        screen.empty_asked.connect(self._begin_empty)
        screen.open_asked.connect(self.ask_open)
        screen.language_chosen.connect(self._choose_language)
        screen.theme_chosen.connect(self._choose_look)
        self.window.show_alone(screen)
        if missing is not None:
            self.window.fail(UserError(_("The file {name} is not there any more.").format(name=missing.name)))

    def _choose_language(self, language: str) -> None:
        self.change_settings(replace(self.settings, language=language))
        self.new_window()
        self.first_run()

    def _choose_look(self, look: str) -> None:
        self.change_settings(replace(self.settings, theme=look))

    def change_settings(self, settings: personal.Settings) -> None:
        """Keep new settings and put on what they change."""
        self.settings = settings
        personal.save(settings)
        self.dress()

    def _begin_empty(self, chosen: Beginning) -> None:
        if self._make(self._chosen(chosen)):
            self._go("customers", new=True)

    def _begin_import(self, chosen: Beginning, files: list[str]) -> None:
        if self._make(self._chosen(chosen)):
            self._go("exchange", files=files)

    def _begin_demo(self, _chosen: Beginning) -> None:
        demo = replace(self.settings, firm=DEMO_FIRM, currency=DEMO_CURRENCY)
        if self._make(demo) and self.bench is not None:
            self.bench.fill_with_demo()

    def _chosen(self, chosen: Beginning) -> personal.Settings:
        self.change_settings(
            replace(
                self.settings,
                currency=chosen.currency,
                firm=chosen.firm,
                backup_on_close=chosen.backup_on_close,
            )
        )
        return self.settings

    def _go(self, page: str, **args: object) -> None:
        assert self.window is not None
        self.window.go(page, **args)

    def _make(self, settings: personal.Settings) -> bool:
        path = free_name(settings.firm)
        try:
            self.features().create(path, settings).close()
        except UserError as error:
            self._fail(error)
            return False
        self.open_store(path)
        return self.bench is not None

    def ask_open(self) -> None:
        """Let the owner choose a customer file."""
        from crmdesk.qt.dialogs import choose_file

        assert self.window is not None
        kinds = [(_("Customer files"), "*.crmdesk")]
        choose_file(self.window, _("Open a customer file"), kinds, self.open_store)

    def open_store(self, path: Path) -> None:
        """Open a customer file in the window; what cannot be opened is told, and the file before stays."""
        from crmdesk.workbench import Workbench

        try:
            store = self.features().open(path)
        except UserError as error:
            if self.bench is None:
                self.first_run()
            self._fail(error)
            return
        if self.bench is not None:
            self.bench.close()
            self.new_window()
        assert self.window is not None
        self.settings = self.settings.with_store(path)
        personal.save(self.settings)
        self.bench = Workbench(self, self.window, store, self.features())
        self.bench.fill(ui_parts())
        if self.warning:
            self.window.fail(UserError(self.warning))
            self.warning = None
        if self.options.smoke_test:
            QTimer.singleShot(0, self, self._smoke)

    def reopen(self) -> None:
        """Build the window anew over the same file, after another language was chosen."""
        if self.bench is not None:
            self.open_again(self.bench.store.path)

    def open_again(self, path: Path) -> None:
        """Close the file and open it in a fresh window."""
        if self.bench is not None:
            self.bench.close()
            self.bench = None
        self.new_window()
        self.open_store(path)

    def _smoke(self) -> None:
        assert self.window is not None
        self.window.grab().save(self.options.smoke_test)
        print(READY, flush=True)
        self.window.close()

    def _fail(self, error: BaseException) -> None:
        if self.window is not None:
            self.window.fail(error)

    def _closed(self) -> None:
        if self.bench is not None:
            self.bench.close(keep_copy=self.settings.backup_on_close)
            self.bench = None
        self.app.quit()


def free_name(firm: str) -> Path:
    """A path for a new customer file in the data folder, after the firm's name."""
    stem = re.sub(r"[^\w\-]+", "-", firm.casefold()).strip("-") or "crmdesk"
    folder = paths.data()
    path, number = folder / f"{stem}.crmdesk", 2
    while path.exists():
        path, number = folder / f"{stem}-{number}.crmdesk", number + 1
    return path


def ui_parts() -> list[Any]:
    """What the slices show: their `ui.parts` modules, in the order of the slices."""
    names = [f"crmdesk.features.{name}.ui" for name in SLICES]
    there = [name for name in names if importlib.util.find_spec(name)]
    return [
        importlib.import_module(f"{name}.parts")
        for name in there
        if importlib.util.find_spec(f"{name}.parts")
    ]


def leave_clipboard_as_text() -> None:
    """Leave copied rows behind as text: what Python made must not outlive Python in the clipboard."""
    clipboard = QApplication.clipboard()
    if clipboard.ownsClipboard() or clipboard.mimeData().hasHtml():
        clipboard.setText(clipboard.text())


def options_from(words: Sequence[str]) -> argparse.Namespace:
    """What was said on the command line of the window."""
    parser = argparse.ArgumentParser(prog="crmdesk")
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--language", choices=sorted(i18n.LANGUAGES), default="")
    parser.add_argument("--theme", choices=("light", "dark", "system"), default="")
    parser.add_argument("--smoke-test", metavar="PICTURE", default="")
    options = parser.parse_args(list(words))
    options.store = options.store or options.file
    return options


def main(words: Sequence[str]) -> int:
    """Open the window; returns the exit code of the program."""
    options = options_from(words)
    log.set_up()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("crmdesk")
    app.aboutToQuit.connect(leave_clipboard_as_text)
    WindowCollector(app)
    program = Program(app, options)
    program.start()
    return app.exec()
