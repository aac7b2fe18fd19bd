"""Opens a file as a workbook of plain values; the reading happens in a child process."""

from __future__ import annotations

import io
import json
import os
import pickle
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from crmdesk.core.errors import Refused
from crmdesk.core.i18n import N_, _
from crmdesk.features.exchange.formats.model import Cell, Merge, Row
from crmdesk.features.exchange.formats.worker import FLAG

__all__ = ["Cell", "Note", "ReadOptions", "Row", "Sheet", "Workbook", "read_workbook"]
_SECONDS = 20.0
_MEMORY = 1 << 30
_TICK = 0.05
_SAFE = {("datetime", "date"), ("datetime", "datetime")}


@dataclass(frozen=True, slots=True)
class Note:
    """A remark about the file: what, in which sheet and row; row 0 is the sheet as a whole."""

    kind: str
    message: str
    sheet: str = ""
    row: int = 0
    column: int = 0
    params: dict[str, str | int] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The remark in the user's language."""
        return _(self.message).format(**self.params)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: rows that hold at least one value, and the line each had in the file."""

    name: str
    hidden: bool
    rows: list[Row]
    lines: list[int]
    merged: tuple[Merge, ...] = ()

    @property
    def width(self) -> int:
        """How many columns the widest row has."""
        return max(map(len, self.rows), default=0)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file as it was read: its sheets, how it was understood, and what was odd in it."""

    path: Path
    name: str
    format: str
    fingerprint: str
    sheets: tuple[Sheet, ...]
    encoding: str = ""
    delimiter: str = ""
    notes: tuple[Note, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to import."""
        return not any(sheet.rows for sheet in self.sheets)


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user may choose about reading; empty texts mean: find out."""

    region: str = "en_US"
    encoding: str = ""
    delimiter: str = ""
    seconds: float = 0.0


def read_workbook(
    path: Path,
    options: ReadOptions | None = None,
    cancelled: Callable[[], bool] | None = None,
    progress: Callable[[int], None] | None = None,
) -> Workbook:
    """Read a file safely; Refused says what is wrong with it and what would help."""
    options = options or ReadOptions()
    path = Path(path)
    if not path.exists():
        raise Refused(_("{file} is not there. Choose another file.").format(file=path.name))
    if not path.is_file():
        raise Refused(_("{file} is not a file. Choose a file.").format(file=path.name))
    size = path.stat().st_size
    memory = _MEMORY + 24 * size
    seconds = options.seconds or _SECONDS + size / (1 << 20)
    request = {
        "path": str(path.resolve()),
        "region": options.region,
        "encoding": options.encoding,
        "delimiter": options.delimiter,
        "memory": memory,
    }
    collected = _Collected(path, progress)
    _run(request, collected, seconds, cancelled or (lambda: False))
    return collected.workbook()


def worker_command() -> list[str]:
    """How the reading child is started, from source and from a packed program alike."""
    if getattr(sys, "frozen", False):
        return [sys.executable, FLAG]
    return [sys.executable, "-m", "crmdesk.features.exchange.formats.worker"]


def _environment() -> dict[str, str]:
    root = str(Path(__file__).resolve().parents[3])
    known = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": root + os.pathsep + known if known else root}


def _run(
    request: dict[str, Any], collected: _Collected, seconds: float, cancelled: Callable[[], bool]
) -> None:
    child = subprocess.Popen(
        worker_command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    assert child.stdin and child.stdout
    inbox: queue.Queue[bytes | None] = queue.Queue(maxsize=32)
    pump = threading.Thread(target=_pump, args=(child.stdout, inbox), daemon=True)
    pump.start()
    try:
        child.stdin.write(json.dumps(request).encode() + b"\n")
        child.stdin.close()
        _receive(inbox, collected, time.monotonic() + seconds, cancelled)
    except BrokenPipeError:
        raise collected.broken() from None
    finally:
        child.kill()
        while pump.is_alive():
            _drain(inbox)
            pump.join(_TICK)
        child.wait()
        child.stdout.close()


def _drain(inbox: queue.Queue[bytes | None]) -> None:
    while not inbox.empty():
        inbox.get_nowait()


def _pump(source: IO[bytes], inbox: queue.Queue[bytes | None]) -> None:
    while len(head := source.read(4)) == 4:
        size = int.from_bytes(head, "big")
        block = source.read(size)
        if len(block) < size:
            break
        inbox.put(block)
    inbox.put(None)


def _receive(
    inbox: queue.Queue[bytes | None],
    collected: _Collected,
    deadline: float,
    cancelled: Callable[[], bool],
) -> None:
    while not collected.done:
        if cancelled():
            raise Refused(_("Reading {file} was stopped.").format(file=collected.path.name))
        if time.monotonic() > deadline:
            raise Refused(
                _("{file} takes too long to read. Split it, or save a fresh copy.").format(
                    file=collected.path.name
                )
            )
        try:
            block = inbox.get(timeout=_TICK)
        except queue.Empty:
            continue
        if block is None:
            raise collected.broken()
        collected.take(_Unpickler(io.BytesIO(block)).load())


class _Unpickler(pickle.Unpickler):
    """An unpickler that knows dates and nothing else."""

    def find_class(self, module_name: str, global_name: str) -> Any:
        """Only dates are let through."""
        if (module_name, global_name) not in _SAFE:
            raise pickle.UnpicklingError(f"{module_name}.{global_name}")
        return super().find_class(module_name, global_name)


class _Collected:
    """What has come from the child so far."""

    def __init__(self, path: Path, progress: Callable[[int], None] | None) -> None:
        self.path = path
        self.done = False
        self._progress = progress
        self._about = ("", "")
        self._source = ("", "")
        self._sheets: list[Sheet] = []
        self._notes: list[Note] = []
        self._read = 0

    def broken(self) -> Refused:
        """The refusal when the child died without a word."""
        return Refused(
            _("{file} could not be read: it is damaged or made to do harm.").format(file=self.path.name)
        )

    def take(self, message: tuple[Any, ...]) -> None:
        """One message of the child."""
        match message:
            case ("rows", lines, rows):
                self._sheets[-1].lines.extend(lines)
                self._sheets[-1].rows.extend(rows)
                self._read += len(rows)
                if self._progress:
                    self._progress(self._read)
            case ("note", kind, text, sheet, row, column, params):
                self._notes.append(Note(kind, text, sheet, row, column, params))
            case ("more", sheet, kind, count):
                message_text = N_("Remarks of the same kind that are not listed: {count}.")
                self._notes.append(Note(kind, message_text, sheet, 0, 0, {"count": count}))
            case ("sheet", name, hidden, merged):
                self._sheets.append(Sheet(name, hidden, [], [], merged))
            case ("file", kind, fingerprint):
                self._about = (kind, fingerprint)
            case ("source", encoding, delimiter):
                self._source = (encoding, delimiter)
            case ("refused", text, params):
                raise Refused(_(text).format(**params))
            case ("done",):
                self.done = True
            case _:
                raise self.broken()

    def workbook(self) -> Workbook:
        """The whole file."""
        if not self._sheets:
            raise Refused(
                _("{file} has no sheet that can be read. Save it as a normal .xlsx.").format(
                    file=self.path.name
                )
            )
        kind, fingerprint = self._about
        encoding, delimiter = self._source
        return Workbook(
            self.path,
            self.path.name,
            kind,
            fingerprint,
            tuple(self._sheets),
            encoding,
            delimiter,
            tuple(self._notes),
        )
