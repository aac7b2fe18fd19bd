"""S11: how late the window's clock fires while large files come in and go out in the second process."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer

from crmdesk.core import away, i18n
from crmdesk.core.away import Away
from crmdesk.core.jobs import Cancelled, Progress
from crmdesk.core.store import Store
from crmdesk.features.exchange import elsewhere
from crmdesk.features.exchange.plan import Options
from crmdesk.features.exchange.reading import ReadOptions
from crmdesk.features.exchange.ui.intake import Intake
from crmdesk.features.exchange.ui.reading_away import read
from crmdesk.features.exchange.values import Habits
from crmdesk.qt.job_runner import JobRunner
from tests.bench import data, importing, screen
from tests.bench.measure import Figure, Goal, Size, share

TICK_MS, IDLE_S = 10, 2.0


class Clock:
    """A timer of ten milliseconds that notes how late each tick is."""

    def __init__(self) -> None:
        """Begin to tick."""
        self.late: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MS)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.late.append(max(0.0, (now - self._last) * 1000 - TICK_MS))
        self._last = now

    def stop(self) -> list[float]:
        """End, and give what was noted."""
        self._timer.stop()
        return self.late


class Desk:
    """What the window does with a large file, job by job, with the clock beside each."""

    def __init__(self, store: Store, jobs: JobRunner) -> None:
        """Begin with nothing measured."""
        self.store, self.jobs = store, jobs
        self.late: dict[str, list[float]] = {}
        self.first: dict[str, float] = {}
        self.away = Away(store.path)
        self._now = ("", 0.0)
        jobs.progressed.connect(self._progressed)

    def _progressed(self, *_what: object) -> None:
        name, begin = self._now
        self.first.setdefault(name, time.perf_counter() - begin)

    def do(self, name: str, job: Callable[[Progress], Any], stop_after: float = 0.0) -> Any:
        """Do one job as the window does and give its result; a stopped one gives how long that took."""
        done: list[Any] = []
        clock, begin = Clock(), time.perf_counter()
        self._now = (name, begin)
        running = self.jobs.start(job, done.append, done.append, lambda: done.append(Cancelled()))
        if stop_after:
            screen.until(lambda: time.perf_counter() - begin > stop_after, 900)
            begin = time.perf_counter()
            running.cancel()
        screen.until(lambda: bool(done), 900)
        self.late[name] = clock.stop()
        if stop_after and isinstance(done[0], Cancelled):
            return time.perf_counter() - begin
        if isinstance(done[0], BaseException):
            raise done[0]
        return done[0]


def run(size: Size) -> list[Figure]:
    """Watch the clock alone, then beside reading, planning, writing, undo, redo and export."""
    app = screen.application()
    workbook = importing.workbook_path(size.customers)
    idle = Clock()
    end = time.monotonic() + IDLE_S
    screen.until(lambda: time.monotonic() > end)
    calm = idle.stop()
    with data.scratch() as folder:
        store = Store.create(folder / "new.crmdesk", *data.kept())
        desk = Desk(store, JobRunner(app))
        stopped = _through(desk, workbook, folder)
        desk.away.close()
        desk.jobs.shut_down()
        screen.settle()
        desk.jobs.deleteLater()
        screen.settle()
        store.close()
    return _figures(desk, calm, stopped)


def _through(desk: Desk, workbook: Path, folder: Path) -> float:
    region = i18n.region("it_IT")
    intake, store = Intake(), desk.store
    file = desk.do("read", lambda line: read(desk.away, workbook, ReadOptions(region.code), line))
    intake.files.append(file)
    wish = elsewhere.Wish(Habits(region, "EUR"), Options())

    def plan(line: Progress) -> Any:
        return elsewhere.plan(desk.away, intake.sources(), wish, line)

    def write(line: Progress) -> Any:
        return elsewhere.run(store, desk.away, "EUR", Options(), line)

    desk.do("plan", plan)
    before = store.last_step()
    stopped = desk.do("stop", write, stop_after=1.0)
    if not isinstance(stopped, float):  # so few rows that they were in before
        store.undo()
        stopped = 0.0
    elif store.last_step() != before:
        raise RuntimeError("an import that was stopped left something behind")
    desk.do("plan again", plan)
    desk.do("write", write)
    desk.do("undo", lambda line: away.undo(store, line))
    desk.do("redo", lambda line: away.redo(store, line))
    desk.do("export", lambda line: elsewhere.export(store, folder / "all.xlsx", "customers", "EUR", line))
    return stopped * 1000


def _figures(desk: Desk, calm: list[float], stopped: float) -> list[Figure]:
    late = [one for times in desk.late.values() for one in times]
    named = [name for name in ("read", "plan", "write", "export") if name in desk.first]
    first = {name: desk.first[name] * 1000 for name in named}
    return [
        Figure("alive", "late beside long work, p99", share(late, 99), share(calm, 99), goal=Goal(most=16)),
        Figure("alive", "late beside long work, worst", max(late), max(calm), goal=Goal(most=50)),
        *(
            Figure("alive", f"of it: {name}, worst", max(times, default=0.0))
            for name, times in desk.late.items()
        ),
        *(
            Figure("alive", f"{name}: first progress after", took, goal=Goal(most=300))
            for name, took in first.items()
        ),
        Figure("alive", "stopping an import", stopped, goal=Goal(most=500)),
    ]
