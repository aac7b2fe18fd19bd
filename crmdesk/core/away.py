"""Work done away from the window: in a second process of this program, which can be ended at any moment.

The second process has no Qt. It opens the customer file beside the window, does one work at a time and tells
how far it is; when it is ended, what it was writing is rolled back. Both sides speak in pickled messages with
their length in front, and only ever with each other.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

from crmdesk.core import i18n, journal
from crmdesk.core import undo as steps
from crmdesk.core.errors import Refused, UserError
from crmdesk.core.i18n import _
from crmdesk.core.jobs import Cancelled, Progress

if TYPE_CHECKING:
    from crmdesk.core.feature import Features
    from crmdesk.core.store import Store
    from crmdesk.core.undo import Undone

FLAG = "--crmdesk-worker"
MANY = 2000
T = TypeVar("T")


@dataclass(slots=True)
class Room:
    """What work that is done away finds there: the file, the slices, and what earlier work left for it."""

    path: Path
    features: Features
    kept: dict[str, Any] = field(default_factory=dict)

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The customer file, opened beside the window for one work."""
        store = self.features.open(self.path, shared=True)
        try:
            yield store
        finally:
            store.close()


class Broken(Exception):
    """The second process ended without a word, or failed by a fault of ours; the text says where."""


class Away:
    """A second process, started with the first work; works are module-level functions.

    A work is called there with the Room, a Progress and its arguments; all of them and the result are plain
    values that can be pickled.
    """

    def __init__(self, path: Path) -> None:
        """Name the customer file that works open."""
        self.path = path
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Away:
        return self

    def __exit__(self, *_why: object) -> None:
        self.close()

    @property
    def alive(self) -> bool:
        """Whether the process runs, and so still has what was kept in its room."""
        return self._process is not None and self._process.poll() is None

    def ask(self, work: Callable[..., T], *arguments: Any, progress: Progress | None = None) -> T:
        """Have one work done; Cancelled where the progress was cancelled, errors for people as they were."""
        line = progress or Progress()
        line.check()
        process = self._started()
        assert process.stdin is not None and process.stdout is not None
        forget = line.on_cancel(process.kill)
        try:
            send(process.stdin, (work, arguments))
            while (message := receive(process.stdout)) is not None and message[0] == "step":
                line.tell(*message[1:])
        except BrokenPipeError:
            message = None
        finally:
            forget()
        if message is None:
            self.close()
            line.check()
            raise Broken(f"{work.__name__}: the second process ended")
        kind, content = message
        if kind == "failed":
            raise content
        result: T = content
        return result

    def close(self) -> None:
        """End the process; what it was writing is rolled back."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                _shut(pipe)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = subprocess.Popen(
                command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
            assert self._process.stdin is not None
            send(self._process.stdin, (str(self.path), i18n.language()))
        return self._process


def _shut(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except OSError:  # what was still to be sent has nobody to read it
        return


def command() -> list[str]:
    """How the second process is started, from source and from a packed program alike."""
    if getattr(sys, "frozen", False):
        return [sys.executable, FLAG]
    return [sys.executable, "-m", "crmdesk.worker"]


def _environment() -> dict[str, str]:
    root = str(Path(__file__).resolve().parents[2])
    known = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": root + os.pathsep + known if known else root}


def writing(store: Store, away: Away, work: Callable[..., T], *arguments: Any, progress: Progress) -> T:
    """Have a work done that writes the file; nobody else may meanwhile, and then the window hears of it."""
    since = store.last_step()
    with store.lent():
        try:
            return away.ask(work, *arguments, progress=progress)
        except Cancelled:
            if store.last_step() > since:
                raise Refused(_("It was done before it could be stopped. Undo takes it back.")) from None
            raise
        finally:
            store.catch_up(since)


def is_large(store: Store, step: tuple[str, int] | None = None, *, redo: bool = False) -> bool:
    """Whether undo (or redo) of the last step, or of the one named, is work for a second process."""
    with store.read() as session:
        connection = session.connection()
        last = steps.candidates(connection, store.replica)[1 if redo else 0]
        target = step or (None if last is None else (store.replica, last))
        return target is not None and journal.size(connection, *target, most=MANY) >= MANY


def undo(
    store: Store, progress: Progress, step: tuple[str, int] | None = None, partly: bool = False
) -> Undone:
    """Take back the last step or the one named, a large one in a second process."""
    if not is_large(store, step):
        return store.undo(step, partly=partly)
    with Away(store.path) as away:
        return writing(store, away, _undo, step, partly, progress=progress)


def redo(store: Store, progress: Progress) -> Undone:
    """Do again what was undone last, a large step in a second process."""
    if not is_large(store, redo=True):
        return store.redo()
    with Away(store.path) as away:
        return writing(store, away, _redo, progress=progress)


def _undo(room: Room, _progress: Progress, step: tuple[str, int] | None, partly: bool) -> Undone:
    with room.store() as store:
        undone = store.undo(step, partly=partly)
        store.keep_up()
        return undone


def _redo(room: Room, _progress: Progress) -> Undone:
    with room.store() as store:
        redone = store.redo()
        store.keep_up()
        return redone


def send(pipe: IO[bytes], message: Any) -> None:
    """Write one message, its length first."""
    block = pickle.dumps(message, protocol=5)
    pipe.write(len(block).to_bytes(8, "big"))
    pipe.write(block)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any:
    """The next message, None where the other side has ended."""
    head = pipe.read(8)
    size = int.from_bytes(head, "big")
    block = pipe.read(size) if len(head) == 8 else b""
    return pickle.loads(block) if block and len(block) == size else None


def serve(features: Features, source: IO[bytes], target: IO[bytes]) -> None:
    """Do works as they are asked for, until the window ends; then end at once, whatever is under way."""
    path, language = receive(source)
    i18n.install(language)
    room = Room(Path(path), features)
    inbox: list[Any] = []
    arrived = threading.Semaphore(0)

    def listen() -> None:
        while (message := receive(source)) is not None:
            inbox.append(message)
            arrived.release()
        os._exit(1)

    threading.Thread(target=listen, daemon=True).start()
    while True:
        arrived.acquire()
        work, arguments = inbox.pop(0)
        told = Progress(lambda step: send(target, ("step", step.done, step.total, step.text)))
        send(target, _done(work, room, told, arguments))


def _done(work: Callable[..., Any], room: Room, progress: Progress, arguments: Any) -> tuple[str, Any]:
    try:
        return "done", work(room, progress, *arguments)
    except Exception as error:
        return "failed", _portable(error)


def _portable(error: Exception) -> Exception:
    """The error as it can be sent: those of the program and of the system as they are, others in words."""
    if isinstance(error, UserError | OSError):
        return error
    return Broken("".join(traceback.format_exception(error)))
