"""Long work: it says how far it is, and stops when it is told to."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TextIO, TypeVar

Result = TypeVar("Result")

_PAUSE = 0.05


class Cancelled(Exception):
    """The owner stopped the work; nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far a job is: so many of so many, and what it is doing; a total of 0 is not known yet."""

    done: int
    total: int
    text: str = ""

    @property
    def percent(self) -> int:
        """The share that is done, from 0 to 100."""
        return min(100, self.done * 100 // self.total) if self.total > 0 else 0


class Progress:
    """The line between a job and who waits for it, safe to use from both threads."""

    def __init__(self, report: Callable[[Step], None] | None = None, pause: float = _PAUSE) -> None:
        self._report = report
        self._pause = pause
        self._stop = threading.Event()
        self._told = float("-inf")
        self._text = ""
        self._ends: list[Callable[[], object]] = []

    def step(self, done: int, total: int, text: str = "") -> None:
        """Tell how far the work is; stops it here when it was cancelled."""
        self.check()
        self.tell(done, total, text)

    def tell(self, done: int, total: int, text: str = "") -> None:
        """Tell how far the work is, without asking whether it was cancelled."""
        moment = time.monotonic()
        if self._report is None:
            return
        if done >= total or text != self._text or moment - self._told >= self._pause:
            self._told, self._text = moment, text
            self._report(Step(done, total, text))

    def check(self) -> None:
        """Stop the work here when it was cancelled."""
        if self._stop.is_set():
            raise Cancelled

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._stop.set()
        for end in list(self._ends):
            end()

    def on_cancel(self, end: Callable[[], object]) -> Callable[[], None]:
        """Have something done at once when the work is cancelled; returns how to take that back."""
        self._ends.append(end)
        if self._stop.is_set():
            end()
        return lambda: self._ends.remove(end)

    def cancelled(self) -> bool:
        """Whether the work was asked to stop."""
        return self._stop.is_set()


Job = Callable[[Progress], Result]


def run_job(function: Callable[[Progress], Result], progress: Progress | None = None) -> Result:
    """Do a job here and now; Cancelled comes out when it was stopped."""
    line = progress or Progress()
    line.check()
    return function(line)


def text_progress(stream: TextIO) -> Progress:
    """Progress as a line of text, for the command line; silent when nobody watches."""
    if not stream.isatty():
        return Progress()

    def report(step: Step) -> None:
        count = f"{step.done}/{step.total}" if step.total > 0 else str(step.done)
        stream.write(f"\r\x1b[K{step.percent:3d} % {count} {step.text}".rstrip())
        if step.total > 0 and step.done >= step.total:
            stream.write("\n")
        stream.flush()

    return Progress(report)
