"""The tour: every page and main dialog of the real window, offscreen, each as a picture."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from crmdesk.core import dates, i18n, log
from crmdesk.core.errors import UserError
from crmdesk.core.i18n import _
from crmdesk.desktop import Program, options_from
from crmdesk.features.demo.actions import make_demo
from crmdesk.qt.window import MainWindow

PATIENCE = 20.0
HOME = "CRMDESK_HOME"


def parse(words: Sequence[str]) -> argparse.Namespace:
    """What was said on the command line of the tour."""
    parser = argparse.ArgumentParser(prog="crmdesk tour", description=_("Pictures of every page."))
    parser.add_argument("--out", type=Path, default=Path("tour"), metavar="DIR")
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--language", choices=sorted(i18n.LANGUAGES), default="en")
    parser.add_argument("--size", default="1440x900", metavar="WxH")
    parser.add_argument("--store", type=Path, metavar="FILE")
    return parser.parse_args(list(words))


def main(words: Sequence[str]) -> int:
    """Take the pictures; returns the exit code."""
    options = parse(words)
    width, height = (int(part) for part in options.size.lower().split("x"))
    with tempfile.TemporaryDirectory(prefix="crmdesk-tour-") as scratch:
        os.environ[HOME] = str(Path(scratch) / "home")
        log.set_up()
        app = QApplication.instance() or QApplication(sys.argv[:1])
        assert isinstance(app, QApplication)
        try:
            tour = Tour(app, options, (width, height))
            names = tour.take(options.store or tour.demo(Path(scratch) / "bellini-impianti.crmdesk"))
        except UserError as error:
            print(error, file=sys.stderr)
            return 1
        finally:
            log.shut_down()
    print(_("{n} pictures in {folder}").format(n=len(names), folder=options.out))
    return 0


class Tour:
    """One round through the program, in one look, language and size."""

    def __init__(self, app: QApplication, options: argparse.Namespace, size: tuple[int, int]) -> None:
        self.app = app
        self.out: Path = options.out
        self.size = size
        self.out.mkdir(parents=True, exist_ok=True)
        said = ["--language", options.language, "--theme", options.theme]
        self.program = Program(app, options_from(said))
        self.program.settings = replace(
            self.program.settings,
            language=options.language,
            theme=options.theme,
            region=i18n.default_region(options.language).code,
            currency="EUR",
            firm="Bellini Impianti",
            backup_on_close=False,
        )
        self.names: list[str] = []

    def demo(self, path: Path) -> Path:
        """A file with the demo firm."""
        i18n.install(self.program.settings.language)
        store = self.program.features().create(path, self.program.settings)
        make_demo(store, 1, self.program.settings.language, dates.today())
        store.keep_up()
        store.close()
        return path

    def take(self, path: Path) -> list[str]:
        """Walk through everything; returns the names of the pictures."""
        program = self.program
        program.crash.install()
        program.dress()
        window = self._sized(program.new_window())
        program.first_run()
        self._shoot("first-run", window)
        program.open_store(path)
        assert program.bench is not None and program.window is not None
        window = self._sized(program.window)
        for name, act in self._sights(window):
            act()
            self._shoot(name, window)
        window.close()
        return self.names

    def _sized(self, window: MainWindow) -> MainWindow:
        window.resize(*self.size)
        return window

    def _sights(self, window: MainWindow) -> Iterator[tuple[str, Callable[[], object]]]:
        for name in window.page_names():
            yield name, partial(window.go, name)
            for sight, act in window.page(name).tour():
                yield f"{name}-{sight}", act
        for action, sight in (
            ("settings", "settings"),
            ("shortcuts", "shortcuts"),
            ("find_or_do", "palette"),
        ):
            yield sight, partial(window.actions_registry.run, action)

    def _shoot(self, name: str, window: MainWindow) -> None:
        self._settle()
        target: QWidget = window
        picture = window.grab()
        for dialog in window.findChildren(QDialog):
            if dialog.isVisible():
                target = dialog
        if target is not window:
            _lay_over(picture, target, window)
        picture.save(str(self.out / f"{name}.png"))
        self.names.append(name)
        if isinstance(target, QDialog):
            target.close()

    def _settle(self) -> None:
        """Let everything that is under way come to rest."""
        until = time.monotonic() + PATIENCE
        quiet = 0
        while quiet < 12 and time.monotonic() < until:
            self.app.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            bench = self.program.bench
            busy = bench is not None and (bench.jobs.busy or bench.store.behind())
            quiet = 0 if busy else quiet + 1
            time.sleep(0.03)


def _lay_over(picture: QPixmap, dialog: QWidget, window: QWidget) -> None:
    painter = QPainter(picture)
    place = dialog.mapToGlobal(dialog.rect().topLeft()) - window.mapToGlobal(window.rect().topLeft())
    painter.drawPixmap(place, dialog.grab())
    painter.end()
