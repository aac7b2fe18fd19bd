"""S11: how late the window's clock fires while an import is planned and written on the program's worker."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, QTimer

from crmdesk.core.store import Store
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


def run(size: Size) -> list[Figure]:
    """Watch the clock alone, then beside an import on the worker thread of the window."""
    app = screen.application()
    workbook = importing.workbook_path(size.customers)
    idle = Clock()
    end = time.monotonic() + IDLE_S
    screen.until(lambda: time.monotonic() > end)
    calm = idle.stop()
    with data.scratch() as folder:
        store = Store.create(folder / "new.crmdesk", *data.kept())
        jobs = JobRunner(app)
        done: list[object] = []
        marks: dict[str, int] = {}
        clock = Clock()
        jobs.start(
            lambda _progress: importing.import_into(
                store, workbook, lambda name: marks.__setitem__(name, len(clock.late))
            ),
            done.append,
            done.append,
        )
        screen.until(lambda: bool(done), 900)
        late = clock.stop()
        jobs.shut_down()
        screen.settle()
        jobs.deleteLater()
        screen.settle()
        store.close()
    if isinstance(done[0], BaseException):
        raise done[0]
    return _figures(late, calm, marks)


def _figures(late: list[float], calm: list[float], marks: dict[str, int]) -> list[Figure]:
    parts, begin = {}, 0
    for name, end in marks.items():
        parts[name], begin = late[begin:end] or [0.0], end
    return [
        Figure("alive", "late during an import, p99", share(late, 99), share(calm, 99), goal=Goal(most=16)),
        Figure("alive", "late during an import, worst", max(late), max(calm), goal=Goal(most=50)),
        *(Figure("alive", f"of it: {name}, worst", max(times)) for name, times in parts.items()),
    ]
