"""What the steps of the import share: the desk, what was chosen, and one place for work and messages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from crmdesk.core.away import Away
from crmdesk.core.errors import UserError
from crmdesk.core.i18n import _
from crmdesk.core.jobs import Progress, Step
from crmdesk.features.exchange import queries
from crmdesk.features.exchange.ui.intake import Intake
from crmdesk.features.exchange.values import Habits
from crmdesk.qt.desk import Desk
from crmdesk.qt.job_runner import Running
from crmdesk.qt.widgets import Band, ProgressBand

_PATIENCE = 250
Job = Callable[[Progress], Any]
Done = Callable[[Any], None]


class Bench(QObject):
    """Runs the long work of one import and says in place how it goes and what went wrong."""

    busy_changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        """Begin an import."""
        super().__init__(parent)
        self.desk = desk
        self.intake = Intake()
        self.away = Away(desk.store.path)
        self.band = Band()
        self.progress = ProgressBand()
        self._running: list[Running] = []
        self._closed = False
        self._told = ("", 0, 0)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE)
        self._patience.timeout.connect(self._show)
        self.progress.stopped.connect(self.stop)
        with desk.store.read() as session:
            currency = queries.currency(session, desk.region.currency)
        self.habits = Habits(desk.region, currency)

    @property
    def busy(self) -> bool:
        """Whether work of this import waits or runs."""
        return bool(self._running)

    def start(self, job: Job, done: Done, text: str = "", failed: Done | None = None) -> Running:
        """Do a job off the window's thread; `text` is shown with the progress, an empty one shows none."""
        told = failed or self.fail
        running = self.desk.jobs.start(
            job,
            done=lambda result: None if self._closed else done(result),
            failed=lambda error: None if self._closed else told(error),
            stopped=lambda: (
                None if self._closed else self.band.tell(_("Stopped. Nothing was written."), "info")
            ),
        )
        running.finished.connect(lambda which=running: self._end(which))
        if text:
            self._running.append(running)
            self._told = (text, 0, 0)
            running.progressed.connect(self._step)
            self._patience.start()
            self.busy_changed.emit()
        return running

    def fail(self, error: BaseException) -> None:
        """Say in place what went wrong; what is our fault goes to the crash hook."""
        if not isinstance(error, UserError):
            self.desk.fail(error)
            return
        self.band.tell(str(error), "late")

    def stop(self) -> None:
        """Ask the work to stop; nothing of it is kept."""
        for running in self._running:
            running.cancel()

    def close(self) -> None:
        """End this import; what still comes back from work is not wanted any more."""
        self._closed = True
        self._patience.stop()
        self.stop()
        if self.away.alive:
            self.desk.jobs.start(lambda _progress: self.away.close())

    def _step(self, step: Step) -> None:
        if self._closed:
            return
        self._told = (step.text or self._told[0], step.done, step.total)
        if self.progress.isVisible():
            self._show()

    def _show(self) -> None:
        if self._running:
            text, done, total = self._told
            shown = f"{text}, {min(100, done * 100 // total)} %" if total else text
            self.progress.set_progress(shown, done, total)

    def _end(self, running: Running) -> None:
        if running in self._running:
            self._running.remove(running)
        if not self._running and not self._closed:
            self._patience.stop()
            self.progress.hide()
            self.busy_changed.emit()
