"""What a format hands on: plain values only, so that they travel between two processes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

Cell = str | int | float | bool | date | datetime | None
Row = tuple[Cell, ...]
Merge = tuple[int, int, int, int]
BLOCK = 4000


class Unreadable(Exception):
    """A file that is not read: carries an untranslated sentence and what fills its gaps."""

    def __init__(self, message: str, **params: str | int) -> None:
        super().__init__(message)
        self.message = message
        self.params = params


@dataclass(frozen=True, slots=True)
class Request:
    """Which file to read and what the user has chosen about it."""

    path: Path
    region: str = "en_US"
    encoding: str = ""
    delimiter: str = ""


@dataclass(frozen=True, slots=True)
class RawNote:
    """One remark about the file, still untranslated: what, where, and the value."""

    kind: str
    message: str
    sheet: str = ""
    row: int = 0
    column: int = 0
    params: dict[str, str | int] = field(default_factory=dict)


@dataclass(slots=True)
class Sink:
    """Receives a file piece by piece: sheets, blocks of rows, notes."""

    send: Callable[[tuple[object, ...]], None]
    sheet: str = ""
    counts: dict[tuple[str, str], int] = field(default_factory=dict)
    limit: int = 200
    text: int = 0

    def begin(self, name: str, hidden: bool = False, merged: tuple[Merge, ...] = ()) -> None:
        """Start a sheet; the rows and notes that follow belong to it."""
        self.sheet = name
        self.send(("sheet", name, hidden, merged))

    def rows(self, lines: list[int], rows: list[Row]) -> None:
        """Hand on a block of rows with their line numbers in the file."""
        if rows:
            self.send(("rows", lines, rows))

    def source(self, encoding: str, delimiter: str) -> None:
        """Say how a text file was read."""
        self.send(("source", encoding, delimiter))

    def note(self, note: RawNote) -> None:
        """Hand on a remark; of each kind only the first few hundred of a sheet."""
        key = (note.sheet, note.kind)
        seen = self.counts.get(key, 0)
        self.counts[key] = seen + 1
        if seen < self.limit:
            self.send(("note", note.kind, note.message, note.sheet, note.row, note.column, note.params))

    def left_out(self) -> dict[tuple[str, str], int]:
        """How many remarks of each sheet and kind were not handed on."""
        return {key: count - self.limit for key, count in self.counts.items() if count > self.limit}
