"""Undo and redo, read from the journal: the inverse of a step is written as an ordinary step.

A cell is taken back only while it still holds what the step wrote; so undo, undo, redo, redo work across
restarts, and a value somebody changed since is never overwritten.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from crmdesk.core import journal
from crmdesk.core.derived import records_by_table
from crmdesk.core.journal import TOMBSTONE, Change, Step, txn
from crmdesk.core.record import ALIVE, UNDONE, Record, plain, revive, table_of
from crmdesk.core.write import Write, blocks

UNDO, REDO = "undo", "redo"
LASTING = frozenset({"erase", "migrate"})


@dataclass(frozen=True, slots=True)
class Kept:
    """A cell or a row that was left as it is, since it was changed or used after the step."""

    table: str
    row: str
    field: str


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo or redo did: the name of the step, how many values it set, what it left."""

    label: str
    count: int
    kept: tuple[Kept, ...] = ()


def _steps(connection: Connection, dev: str) -> Iterator[tuple[int, str, int | None]]:
    query = select(txn.c.seq, txn.c.kind, txn.c.undoes_seq).where(txn.c.dev == dev).order_by(txn.c.seq.desc())
    for row in connection.execute(query):
        yield row[0], row[1], row[2]


def candidates(connection: Connection, dev: str) -> tuple[int | None, int | None]:
    """The step that undo takes back and the undo that redo takes back, as sequence numbers."""
    undone: set[int] = set()
    cancelled: set[int] = set()
    redo: int | None = None
    for seq, kind, undoes in _steps(connection, dev):
        if kind == UNDO and undoes is not None:
            if seq not in cancelled:
                undone.add(undoes)
                redo = redo or seq
        elif kind == REDO and undoes is not None:
            cancelled.add(undoes)
        elif kind not in LASTING and seq not in undone:
            return seq, redo
    return None, redo


def invert(session: Write, step: Step) -> tuple[int, list[Kept]]:
    """Write the inverse of a step; returns how many values were set and what was kept as it is."""
    by_table: dict[str, list[Change]] = {}
    for change in journal.changes(session.connection(), step.dev, step.seq):
        by_table.setdefault(change.table, []).append(change)
    born = {(c.table, c.row) for changes in by_table.values() for c in changes if c.is_birth}
    count, kept = 0, []
    for name, changes in by_table.items():
        record = records_by_table()[name]
        done, left = _invert_table(session, record, changes, born)
        count += done
        kept += left
    return count, kept


def _invert_table(
    session: Write, record: type[Record], changes: list[Change], born: set[tuple[str, str]]
) -> tuple[int, list[Kept]]:
    table = table_of(record)
    kept: list[Kept] = []
    cells: dict[str, dict[str, tuple[Any, Any]]] = {}
    for block in blocks(changes):
        rows = {change.row for change in block}
        current = {row.id: row._mapping for row in session.execute(select(table).where(table.c.id.in_(rows)))}
        used = _used(session, record, [c.row for c in block if c.is_birth], born)
        for change in block:
            undoing = _inverse(change, current.get(change.row), change.row in used)
            if undoing is None:
                kept.append(Kept(change.table, change.row, change.field))
            else:
                name, old, new = undoing
                cells.setdefault(change.row, {})[name] = (old, revive(table.c[name], new))
    session.set_cells(record, cells)
    return sum(map(len, cells.values())), kept


def _inverse(change: Change, current: Any, used: bool) -> tuple[str, Any, Any] | None:
    if current is None:
        return None
    if not change.is_birth:
        now = current[change.field]
        return (change.field, now, change.old) if plain(now) == change.new else None
    untouched = all(plain(current[name]) == value for name, value in change.new.items())
    if used or not untouched or current[TOMBSTONE] != ALIVE:
        return None
    return TOMBSTONE, ALIVE, UNDONE


def _used(session: Write, record: type[Record], ids: list[str], born: set[tuple[str, str]]) -> set[str]:
    """Which of these rows are referred to by living rows that the step did not make itself."""
    found: set[str] = set()
    if not ids:
        return found
    own = table_of(record)
    for other in records_by_table().values():
        table = table_of(other)
        for key in table.foreign_keys:
            if key.column.table is own:
                query = select(key.parent, table.c.id).where(key.parent.in_(ids), table.c.deleted == ALIVE)
                found.update(
                    target for target, row in session.execute(query) if (table.name, row) not in born
                )
    return found
