"""Long work off the window's thread: one serial worker for the store, and child processes."""

from __future__ import annotations

import queue
import sys
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, QProcess, QThread, Signal, Slot

from crmdesk.core.jobs import Cancelled, Progress

Done = Callable[[Any], None]
Failed = Callable[[BaseException], None]


class Running(QObject):
    """One job that waits or runs; its signals come on the window's thread."""

    progressed = Signal(object)
    finished = Signal()

    def __init__(self, text: str, job: Callable[[Progress], Any], parent: QObject) -> None:
        """Take the work and what it is called."""
        super().__init__(parent)
        self.text = text
        self.job = job
        self.progress = Progress(self.progressed.emit)
        self.done: Done | None = None
        self.failed: Failed | None = None
        self.stopped: Callable[[], None] | None = None

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self.progress.cancel()


class _Worker(QThread):
    """Takes jobs one after the other."""

    ended = Signal(object, object, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.jobs: queue.Queue[Running | None] = queue.Queue()

    def run(self) -> None:
        while (running := self.jobs.get()) is not None:
            try:
                running.progress.check()
                result, error = running.job(running.progress), None
            except BaseException as caught:
                result, error = None, caught
            self.ended.emit(running, result, error)


class JobRunner(QObject):
    """Starts jobs on one serial worker and tells the window how they go."""

    started = Signal(object)
    progressed = Signal(object, object)
    ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Start without a thread; the first job makes it."""
        super().__init__(parent)
        self._worker: _Worker | None = None
        self._waiting: list[Running] = []

    @property
    def busy(self) -> bool:
        """Whether a job waits or runs."""
        return bool(self._waiting)

    def start(
        self,
        job: Callable[[Progress], Any],
        done: Done | None = None,
        failed: Failed | None = None,
        stopped: Callable[[], None] | None = None,
        text: str = "",
    ) -> Running:
        """Do a job after those that wait; the callbacks come on the window's thread."""
        running = Running(text, job, self)
        running.done, running.failed, running.stopped = done, failed, stopped
        running.progressed.connect(lambda step, which=running: self.progressed.emit(which, step))
        self._waiting.append(running)
        if self._worker is None:
            self._worker = _Worker(self)
            self._worker.ended.connect(self._end)
            self._worker.start()
        self._worker.jobs.put(running)
        self.started.emit(running)
        return running

    @Slot(object, object, object)
    def _end(self, running: Running, result: object, error: BaseException | None) -> None:
        if running in self._waiting:
            self._waiting.remove(running)
        self.ended.emit(running)
        running.finished.emit()
        running.deleteLater()
        if error is None:
            if running.done is not None:
                running.done(result)
        elif isinstance(error, Cancelled):
            if running.stopped is not None:
                running.stopped()
        elif running.failed is not None:
            running.failed(error)
        else:
            sys.excepthook(type(error), error, error.__traceback__)

    def shut_down(self, wait: int = 10_000) -> None:
        """Stop what runs and end the thread, when the program closes."""
        for running in self._waiting:
            running.cancel()
        if self._worker is not None:
            self._worker.jobs.put(None)
            self._worker.wait(wait)
            self._worker = None


class ChildRun(QObject):
    """A child process whose lines of output come as signals; it can be stopped at once."""

    line = Signal(str)
    finished = Signal(int, str)

    def __init__(self, program: str, arguments: Sequence[str], parent: QObject | None = None) -> None:
        """Prepare a process; `start` runs it."""
        super().__init__(parent)
        self._rest = ""
        self._errors = ""
        self._process = QProcess(self)
        self._process.setProgram(program)
        self._process.setArguments(list(arguments))
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.readyReadStandardError.connect(self._read_errors)
        self._process.finished.connect(self._end)
        self._process.errorOccurred.connect(self._failed)

    def start(self) -> None:
        """Run it."""
        self._process.start()

    def write(self, text: str) -> None:
        """Send text to its input and close it."""
        self._process.write(text.encode())
        self._process.closeWriteChannel()

    def stop(self) -> None:
        """End it now; `finished` comes with a code that is not 0."""
        self._process.kill()

    def _read(self) -> None:
        text = self._rest + bytes(self._process.readAllStandardOutput().data()).decode("utf-8", "replace")
        *lines, self._rest = text.split("\n")
        for line in lines:
            self.line.emit(line.rstrip("\r"))

    def _read_errors(self) -> None:
        self._errors += bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace")

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self.finished.emit(-1, self._process.errorString())

    def _end(self, code: int, status: QProcess.ExitStatus) -> None:
        if self._rest:
            self.line.emit(self._rest)
            self._rest = ""
        crashed = status != QProcess.ExitStatus.NormalExit
        self.finished.emit(code or 1 if crashed else code, self._errors)
