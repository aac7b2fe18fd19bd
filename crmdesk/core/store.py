"""The only door to the database: read, write, undo, redo, subscribe."""

from __future__ import annotations

import gc
import tempfile
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from crmdesk.core import database, dates, journal, log, replicate, setup, undo
from crmdesk.core.changes import Changes, changes_in, changes_of
from crmdesk.core.derived import Derived
from crmdesk.core.errors import Conflict, InvalidValue, NotFound, Refused, StoreError
from crmdesk.core.i18n import _, ngettext
from crmdesk.core.instance import InstanceLock, check_place
from crmdesk.core.journal import Header, Step
from crmdesk.core.migrate import MigrationStep, mark_applied, migrate
from crmdesk.core.undo import Undone
from crmdesk.core.write import Write

Subscriber = Callable[[Changes], None]


class Store:
    """One customer file, opened. Made by `create`, `open` or `memory`, never directly."""

    def __init__(self, path: Path, derived: Derived, lock: InstanceLock | None, key: bytes | None) -> None:
        self.path = path
        self.derived = derived
        self._lock = lock
        self._reader = database.reader(path, key)
        self._writer = database.writer(path, key)
        self._gate = threading.Lock()
        self._holder: int | None = None
        self._lent = False
        self._subscribers: list[Subscriber] = []
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        self.replica = ""

    @classmethod
    def create(
        cls,
        path: Path,
        derived: Derived | None = None,
        steps: Sequence[MigrationStep] = (),
        key: bytes | None = None,
    ) -> Store:
        """Make a new customer file and open it; StoreError where one is there already."""
        path = path.resolve()
        check_place(path)
        setup.make_file(path, key)
        store = None
        try:
            store = cls(path, derived or Derived(), _taken(path), key)
            setup.make_tables(store._writer)
            with store._writer.begin() as connection:
                mark_applied(connection, steps)
            return store._begin()
        except BaseException as error:
            if store is not None:
                store.close()
            setup.unmake_file(path)
            raise _told(error) from error

    @classmethod
    def open(
        cls,
        path: Path,
        derived: Derived | None = None,
        steps: Sequence[MigrationStep] = (),
        key: bytes | None = None,
        *,
        shared: bool = False,
    ) -> Store:
        """Open a customer file; StoreError says what is wrong with it.

        `shared` is for a second process of the same program: it does not ask to be the only one.
        """
        path = path.resolve()
        check_place(path)
        setup.check_file(path, key)
        lock = None if shared else _taken(path)
        store = cls(path, derived or Derived(), lock, key)
        try:
            migrated = migrate(store._writer, path, steps)
            return store._begin(anew=migrated is not None)
        except BaseException as error:
            store.close()
            raise _told(error) from error

    @classmethod
    def memory(cls, derived: Derived | None = None) -> Store:
        """A store for tests and previews, gone when it is closed."""
        scratch = tempfile.TemporaryDirectory(prefix="crmdesk-")
        store = cls.create(Path(scratch.name) / "memory.crmdesk", derived)
        store._scratch = scratch
        return store

    def _begin(self, *, anew: bool = False) -> Store:
        self.replica = setup.own_replica(self._writer, self.path)
        self._note_steps()
        with self._writer.begin() as connection, Session(bind=connection) as session:
            self.derived.ensure(session, dates.today(), anew=anew)
        return self

    def close(self) -> None:
        """Close the file and give back the right to write to it."""
        self._note_steps()
        self._reader.dispose()
        self._writer.dispose()
        if self._lock is not None:
            self._lock.release()
        if self._scratch is not None:
            self._scratch.cleanup()
            setup.forget(self.replica)

    def _note_steps(self) -> None:
        if self._lock is None or self._scratch is not None or not self.replica:
            return
        with suppress(DBAPIError, OSError):  # only a help to notice an older copy put in this place
            setup.note_steps(self.replica, self.last_step())

    def subscribe(self, subscriber: Subscriber) -> Callable[[], None]:
        """Be told of each write, on the thread that made it; returns how to end that."""
        self._subscribers.append(subscriber)
        return lambda: self._subscribers.remove(subscriber)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that can only read; live records must not leave the block."""
        with (
            self._reader.connect() as connection,
            Session(bind=connection, expire_on_commit=False) as session,
        ):
            try:
                yield session
            except DBAPIError as error:
                raise _told(error) from error

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """The one writer's turn; what the database refuses in it is told to people."""
        if self._holder == threading.get_ident():
            raise RuntimeError("a write inside a write")
        if self._lent:
            raise Refused(_("The file is being written just now. Try again in a moment."))
        with self._gate:
            self._holder = threading.get_ident()
            collecting = gc.isenabled()
            gc.disable()  # it would walk the rows of a large write again and again, and hold the window
            try:
                yield
            except (DBAPIError, UnicodeEncodeError, OverflowError) as error:
                raise _told(error) from error
            finally:
                self._holder = None
                if collecting:
                    gc.enable()

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Leave the writing to a second process; who wants to write here meanwhile is told so at once."""
        self._lent = True
        try:
            yield
        finally:
            self._lent = False

    @contextmanager
    def write(
        self, label: str, kind: str = "edit", initiator: object | None = None, *, header: Header | None = None
    ) -> Iterator[Write]:
        """One step: all of it is stored, journalled and can be undone together, or nothing is.

        Writes do not nest. StoreError where the file cannot be written.
        """
        with self._alone():
            changes = yield from self._one_write(header or Header(kind, label), initiator)
        if changes is not None:
            self._publish(changes)

    def _one_write(self, header: Header, initiator: object | None) -> Generator[Write, None, Changes | None]:
        with self._writer.connect() as connection:
            transaction = connection.begin()
            session = Write(connection, header)
            try:
                yield session
                session.flush()
                changes = self._record(connection, session, initiator)
            except BaseException:
                session.close()
                if transaction.is_active:
                    transaction.rollback()
                raise
            session.close()
            if changes is None:
                transaction.rollback()
            else:
                self._commit(connection, changes)
        return changes

    def _record(self, connection: Connection, session: Write, initiator: object | None) -> Changes | None:
        noted = session.noted()
        if not noted:
            return None
        self.derived.follow(session, noted, dates.today())
        replicate.resolve(session, noted)
        step = journal.append(connection, self.replica, session.header, noted)
        return changes_of(noted, step, initiator)

    def _commit(self, connection: Connection, changes: Changes) -> None:
        step = changes.step
        try:
            connection.commit()
        except DBAPIError:
            connection.invalidate()
            with self._reader.connect() as fresh:
                if step is None or journal.step(fresh, step.dev, step.seq) is None:
                    raise

    def _publish(self, changes: Changes) -> None:
        for subscriber in list(self._subscribers):
            try:
                subscriber(changes)
            except Exception as error:  # the step is stored: its writer must not be told that it failed
                log.failure("subscriber", error)

    def undo_label(self) -> str | None:
        """What undo would take back, in words; None where there is nothing."""
        return self._label(0)

    def redo_label(self) -> str | None:
        """What redo would do again, in words; None where there is nothing."""
        return self._label(1)

    def _label(self, which: int) -> str | None:
        with self._reader.connect() as connection:
            seq = undo.candidates(connection, self.replica)[which]
            found = journal.step(connection, self.replica, seq) if seq is not None else None
        return found.label if found else None

    def undo(self, step: tuple[str, int] | None = None, *, partly: bool = False) -> Undone:
        """Take back the last step, or the one named.

        Conflict where something later depends on it; with `partly` the rest is taken back all the same and
        what was kept is told.
        """
        return self._reverse(0, undo.UNDO, step, partly)

    def redo(self) -> Undone:
        """Do again what was undone last."""
        return self._reverse(1, undo.REDO, None, False)

    def _reverse(self, which: int, kind: str, named: tuple[str, int] | None, partly: bool) -> Undone:
        target = named or self._candidate(which)
        with self._reader.connect() as connection:
            step = journal.step(connection, *target) if target else None
        if step is None:
            raise NotFound(_("There is nothing to undo.") if which == 0 else _("There is nothing to redo."))
        header = Header(kind, step.label, undoes=(step.dev, step.seq))
        with self.write(step.label, header=header) as session:
            count, kept = undo.invert(session, step)
            if (kept and not partly) or not count:
                raise Conflict(_blocked(step, len(kept)))
        return Undone(step.label, count, tuple(kept))

    def _candidate(self, which: int) -> tuple[str, int] | None:
        with self._reader.connect() as connection:
            seq = undo.candidates(connection, self.replica)[which]
        return None if seq is None else (self.replica, seq)

    def note_export(self, ident: str, columns: str) -> None:
        """Remember what a workbook that leaves was made from, for the day it comes home."""
        with self._alone(), self._writer.begin() as connection:
            row = {"id": ident, "seen": journal.dumps(journal.vector(connection)), "columns": columns}
            made = datetime.now(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
            connection.execute(journal.export.insert(), row | {"made_at": made})

    def behind(self) -> bool:
        """Whether kept figures wait to be computed (a new day, or comparisons gone stale)."""
        with self.read() as session:
            return self.derived.behind(session, dates.today())

    def keep_up(self) -> bool:
        """Compute the figures that wait, not on the window's thread; True where there were any."""
        if not self.behind():
            return False
        with self.read() as session:
            known = journal.vector(session.connection())
            computed = self.derived.ahead(session, dates.today())
        with self._alone(), self._writer.begin() as connection, Session(bind=connection) as session:
            same = journal.vector(connection) == known
            self.derived.keep_up(session, dates.today(), computed if same else None)
        self._publish(Changes("", "figures", frozenset({"customer_figures"})))
        return True

    def catch_up(self, since: int) -> None:
        """Tell subscribers of the steps another process of this copy wrote after step `since`."""
        with self._reader.connect() as connection:
            last = journal.vector(connection).get(self.replica, 0)
            for seq in range(since + 1, last + 1):
                if (step := journal.step(connection, self.replica, seq)) is not None:
                    self._publish(changes_in(connection, step))

    def outgoing(self, known: journal.Vector) -> list[replicate.Parcel]:
        """The steps that another copy, which knows `known`, has not seen."""
        with self.read() as session:
            return replicate.outgoing(session, known)

    def receive(self, parcels: Sequence[replicate.Parcel]) -> replicate.Received:
        """Take in the steps of another copy, all or nothing; Refused says why not."""
        with self._alone(), self._writer.begin() as connection, Session(bind=connection) as session:
            received = replicate.receive(session, self.derived, parcels)
            session.flush()
        self._publish(Changes("", "merge", frozenset(row["tbl"] for one in parcels for row in one.changes)))
        return received

    def last_step(self) -> int:
        """The number of the last step of this copy, 0 where there is none."""
        with self._reader.connect() as connection:
            return journal.vector(connection).get(self.replica, 0)


def _taken(path: Path) -> InstanceLock:
    lock = InstanceLock(path)
    lock.take()
    return lock


def _told(error: BaseException) -> BaseException:
    if isinstance(error, UnicodeEncodeError):
        return InvalidValue(_("A text holds a broken sign that cannot be stored. Type it again."))
    if isinstance(error, OverflowError):
        return InvalidValue(_("A number is too large to be stored. Check the amounts."))
    told = database.sentence(error) if isinstance(error, DBAPIError) else None
    return StoreError(told) if told else error


def _blocked(step: Step, count: int) -> str:
    return ngettext(
        "“{label}” cannot be undone: {n} value was changed or used since.",
        "“{label}” cannot be undone: {n} values were changed or used since.",
        count,
    ).format(label=step.label, n=count)
