"""What a table shows: columns, ready-made rows, and the source that reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol, Self

from crmdesk.core.kinds import Kind


@dataclass(frozen=True, slots=True)
class Column:
    """One column: label marked with N_, width with its padding; `delegate` says how it is drawn.

    Delegates: text, name (glyph and second line), age, spark (bars and amount), action, date, flag, small.
    `group`, marked with N_, is the menu within the column chooser where it is found.
    """

    name: str
    label: str
    kind: Kind = Kind.TEXT
    width: int = 120
    right: bool = False
    delegate: str = "text"
    sortable: bool = True
    editable: bool = False
    shown: bool = True
    stretch: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a delegate needs beside the text: second line, icon, colour token, cluster, values."""

    detail: str = ""
    icon: str = ""
    color: str = ""
    cluster: str = ""
    values: tuple[float, ...] = ()


PLAIN = Cell()


@dataclass(frozen=True, slots=True)
class Row:
    """One row, ready to be painted: one text per column, extras by column where there are any."""

    id: str
    texts: tuple[str, ...]
    cells: dict[int, Cell] = field(default_factory=dict)
    archived: bool = False

    def cell(self, column: int) -> Cell:
        """The extras of a column."""
        return self.cells.get(column, PLAIN)


class RowSource(Protocol):
    """Reads rows of a list; `ids` and `rows` may be called from another thread."""

    def count(self) -> int:
        """How many rows there are."""

    def first(self, n: int) -> Sequence[Row]:
        """The first rows, quickly."""

    def ids(self) -> Sequence[str]:
        """The ids of all rows, in order."""

    def rows(self, ids: Sequence[str]) -> Sequence[Row]:
        """The rows of some ids."""

    def sorted(self, column: str, descending: bool) -> Self:
        """The same rows in the order of a column."""


class ListSource:
    """Rows that are all in memory, for short lists and for tests."""

    def __init__(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        """Take the rows in the order they shall be shown."""
        self._names = [column.name for column in columns]
        self._columns = tuple(columns)
        self._rows = list(rows)
        self._by_id = {row.id: row for row in rows}

    def count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def first(self, n: int) -> Sequence[Row]:
        """The first rows."""
        return self._rows[:n]

    def ids(self) -> Sequence[str]:
        """The ids of all rows, in order."""
        return [row.id for row in self._rows]

    def rows(self, ids: Sequence[str]) -> Sequence[Row]:
        """The rows of some ids."""
        return [self._by_id[one] for one in ids if one in self._by_id]

    def sorted(self, column: str, descending: bool) -> ListSource:
        """The same rows, sorted by the text of a column."""
        place = self._names.index(column)
        rows = sorted(self._rows, key=lambda row: row.texts[place].casefold(), reverse=descending)
        return ListSource(self._columns, rows)
