"""A job says how far it is and stops when it is told to."""

from __future__ import annotations

import io
import threading

import pytest

from crmdesk.core.jobs import Cancelled, Progress, Step, run_job, text_progress


def count_to_three(progress: Progress) -> int:
    """A small job of three steps."""
    for done in range(1, 4):
        progress.step(done, 3, "counting")
    return 3


class Screen(io.StringIO):
    """A text stream that somebody watches."""

    def isatty(self) -> bool:
        """A person looks at it."""
        return True


def test_a_job_gives_its_result_and_tells_its_steps() -> None:
    told: list[Step] = []
    assert run_job(count_to_three, Progress(told.append, pause=0)) == 3
    assert [step.percent for step in told] == [33, 66, 100]


def test_a_job_runs_without_anybody_watching() -> None:
    assert run_job(count_to_three) == 3


def test_a_cancelled_job_stops_at_its_next_step() -> None:
    progress = Progress()

    def stopped_midway(line: Progress) -> None:
        line.step(1, 2)
        line.cancel()
        line.step(2, 2)

    with pytest.raises(Cancelled):
        run_job(stopped_midway, progress)
    assert progress.cancelled()


def test_a_job_cancelled_before_its_start_does_nothing() -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        run_job(count_to_three, progress)


def test_another_thread_can_stop_a_job() -> None:
    progress = Progress()

    def endless(line: Progress) -> None:
        threading.Timer(0.01, line.cancel).start()
        while True:
            line.step(0, 0)

    with pytest.raises(Cancelled):
        run_job(endless, progress)


def test_many_steps_are_told_now_and_then_but_the_last_one_always() -> None:
    told: list[Step] = []
    progress = Progress(told.append, pause=3600)
    for done in range(1, 10_001):
        progress.step(done, 10_000)
    assert [step.done for step in told] == [1, 10_000]


def test_the_command_line_shows_one_line_and_a_file_none() -> None:
    screen, file = Screen(), io.StringIO()
    run_job(count_to_three, text_progress(screen))
    run_job(count_to_three, text_progress(file))
    assert screen.getvalue().endswith("100 % 3/3 counting\n") and file.getvalue() == ""
    assert Step(5, 0).percent == 0
