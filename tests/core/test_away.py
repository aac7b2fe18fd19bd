"""Work done in a second process: the window hears of it, and ending it leaves the file as it was."""

from __future__ import annotations

import os
import threading
import time

import pytest
from sqlalchemy import func, select, text

from crmdesk.core import away, journal
from crmdesk.core.away import Away, Room, writing
from crmdesk.core.changes import Changes
from crmdesk.core.errors import Conflict, Refused, UserError
from crmdesk.core.jobs import Cancelled, Progress, Step
from crmdesk.core.record import ALIVE
from crmdesk.core.store import Store
from crmdesk.features.customers.records import Customer

MANY = 2500


def add_many(store: Store) -> None:
    """Add more customers in one step than the window would take back itself."""
    with store.write("Add many") as session:
        session.bulk_insert(Customer, [{"name": f"Firm {number}"} for number in range(MANY)])


def count(store: Store) -> int:
    """How many customers are alive."""
    with store.read() as session:
        query = select(func.count()).select_from(Customer).where(Customer.deleted == ALIVE)
        return session.execute(query).scalar_one()


def sound(store: Store) -> bool:
    """Whether the database and the journal are whole."""
    with store.read() as session:
        said = session.execute(text("PRAGMA integrity_check")).scalars().all()
        return said == ["ok"] and journal.verify(session.connection()) == []


def write_and_wait(room: Room, progress: Progress) -> None:
    """Write customers, tell so, and never end."""
    with room.store() as store, store.write("Endless") as session:
        session.bulk_insert(Customer, [{"name": f"Firm {number}"} for number in range(MANY)])
        session.flush()
        progress.step(1, 2, "written")
        time.sleep(60)


def whose(room: Room, _progress: Progress) -> int:
    """The number of the process that does the work."""
    return os.getpid()


def refuse(room: Room, _progress: Progress) -> None:
    """Refuse with a sentence."""
    raise Conflict("This cannot be.")


def test_the_work_is_done_in_another_process(store: Store) -> None:
    with Away(store.path) as second:
        assert second.ask(whose) not in (os.getpid(), 0)
        assert second.ask(whose) == second.ask(whose)


def test_an_error_for_people_comes_back_as_its_sentence(store: Store) -> None:
    with Away(store.path) as second, pytest.raises(UserError, match="This cannot be"):
        second.ask(refuse)


def test_a_large_step_is_undone_and_done_again_elsewhere_and_the_window_hears_of_it(store: Store) -> None:
    add_many(store)
    told: list[Changes] = []
    store.subscribe(told.append)
    assert away.is_large(store)

    assert away.undo(store, Progress()).label == "Add many"
    assert count(store) == 0 and store.redo_label() == "Add many"
    assert away.redo(store, Progress()).label == "Add many"

    assert count(store) == MANY and store.undo_label() == "Add many"
    assert [changes.kind for changes in told] == ["undo", "redo"]
    assert all(changes.touches("customer") for changes in told)


def test_ending_the_second_process_in_the_middle_leaves_the_file_as_it_was(store: Store) -> None:
    before, seen = store.last_step(), threading.Event()
    progress = Progress(lambda _step: seen.set())
    threading.Thread(target=lambda: seen.wait(60) and progress.cancel()).start()

    with Away(store.path) as second, pytest.raises(Cancelled):
        writing(store, second, write_and_wait, progress=progress)

    assert (store.last_step(), count(store)) == (before, 0)
    assert sound(store)
    add_many(store)
    assert count(store) == MANY


def test_who_writes_while_the_file_is_lent_is_told_so_at_once(store: Store) -> None:
    with store.lent(), pytest.raises(Refused, match="being written"):
        add_many(store)
    add_many(store)


def test_progress_comes_home(store: Store) -> None:
    told: list[Step] = []
    progress = Progress(lambda step: (told.append(step), progress.cancel())[0])
    with Away(store.path) as second, pytest.raises(Cancelled):
        second.ask(write_and_wait, progress=progress)
    assert told == [Step(1, 2, "written")]


def test_the_journal_of_what_was_written_elsewhere_holds(store: Store) -> None:
    add_many(store)
    away.undo(store, Progress())
    assert sound(store)
