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
from crmdesk.core.record import ALIVE, UNDONE, Record, journalled, plain, revive, table_of
from crmdesk.core.write import Write, blocks, defaults

UNDO, REDO = "undo", "redo"
Cells = dict[str, dict[str, tuple[Any, Any]]]
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
    query = (
        select(txn.c.seq, txn.c.kind, txn.c.undoes_dev, txn.c.undoes_seq)
        .where(txn.c.dev == dev)
        .order_by(txn.c.seq.desc())
    )
    for seq, kind, undoes_dev, undoes_seq in connection.execute(query):
        yield seq, kind, undoes_seq if undoes_dev == dev else None


def candidates(connection: Connection, dev: str) -> tuple[int | None, int | None]:
    """The step that undo takes back and the undo that redo takes back, as sequence numbers."""
    reversed_since: set[int] = set()
    redo: int | None = None
    for seq, kind, undoes in _steps(connection, dev):
        if seq in reversed_since or kind in LASTING:
            continue
        if kind not in (UNDO, REDO):
            return seq, redo
        if undoes is not None:
            reversed_since.add(undoes)
        if kind == UNDO:
            redo = redo or seq
    return None, redo


def invert(session: Write, step: Step) -> tuple[int, list[Kept]]:
    """Write the inverse of a step; returns how many values were set and what was kept as it is.

    A row that stays keeps the rows of the same step that it refers to.
    """
    connection = session.connection()
    last = journal.vector(connection) == step.seen
    read = journal.outline if last else journal.changes
    by_table: dict[str, list[Change]] = {}
    for change in read(connection, step.dev, step.seq):
        by_table.setdefault(change.table, []).append(change)
    records = {name: records_by_table()[name] for name in by_table}
    if last:
        straight = {name: _straight(records[name], changes) for name, changes in by_table.items()}
        return _set(session, records, straight), []
    made = {(c.table, c.row) for changes in by_table.values() for c in changes if _makes(c)}
    while True:
        kept: list[Kept] = []
        plans = {name: _plan(session, records[name], by_table[name], made, kept) for name in by_table}
        staying = made & {(one.table, one.row) for one in kept}
        if not staying:
            break
        made -= staying
    return _set(session, records, plans), kept


def _set(session: Write, records: dict[str, type[Record]], plans: dict[str, Cells]) -> int:
    for name, cells in plans.items():
        session.set_cells(records[name], cells)
    return sum(len(values) for cells in plans.values() for values in cells.values())


def _straight(record: type[Record], changes: list[Change]) -> Cells:
    """The cells to set when nothing at all was written since: every row is as the step left it."""
    table = table_of(record)
    born = {change.row for change in changes if change.is_birth}
    cells: Cells = {}
    for change in changes:
        if change.is_birth:
            cells[change.row] = {TOMBSTONE: (change.new.get(TOMBSTONE, ALIVE), UNDONE)}
        elif change.row not in born:
            new = revive(table.c[change.field], change.old)
            cells.setdefault(change.row, {})[change.field] = (change.new, new)
    return cells


def _makes(change: Change) -> bool:
    """Whether taking the change back takes the row away: it made the row, or made it again."""
    return change.is_birth or (change.field == TOMBSTONE and change.old == UNDONE)


def _plan(
    session: Write, record: type[Record], changes: list[Change], made: set[tuple[str, str]], kept: list[Kept]
) -> dict[str, dict[str, tuple[Any, Any]]]:
    """The cells to set by row and column, from what to what; what cannot be taken back is added to `kept`."""
    table = table_of(record)
    fixed = dict.fromkeys(journalled(record)) | defaults(table)
    cells: dict[str, dict[str, tuple[Any, Any]]] = {}
    for block in blocks(changes):
        rows = {change.row for change in block}
        current = {row.id: row._mapping for row in session.execute(select(table).where(table.c.id.in_(rows)))}
        used = _used(session, record, [c.row for c in block if _makes(c)], made)
        for change in block:
            undoing = _inverse(fixed, change, current.get(change.row), change.row in used)
            if undoing is None:
                kept.append(Kept(change.table, change.row, change.field))
            else:
                name, old, new = undoing
                cells.setdefault(change.row, {})[name] = (old, revive(table.c[name], new))
    return cells


def _inverse(fixed: dict[str, Any], change: Change, current: Any, used: bool) -> tuple[str, Any, Any] | None:
    if current is None or (used and _makes(change)):
        return None
    if not change.is_birth:
        now = current[change.field]
        return (change.field, now, change.old) if plain(now) == change.new else None
    state = change.new.get(TOMBSTONE, ALIVE)
    if current[TOMBSTONE] != state or not _untouched(fixed, change.new, current):
        return None
    return TOMBSTONE, state, UNDONE


def _untouched(fixed: dict[str, Any], birth: dict[str, Any], current: Any) -> bool:
    """Whether a row is as it was born; a column that is younger than the row holds its default."""
    for name, default in fixed.items():
        now = plain(current[name])
        if now != birth.get(name) and (name in birth or now != default):
            return False
    return True


def _used(session: Write, record: type[Record], ids: list[str], made: set[tuple[str, str]]) -> set[str]:
    """Which of these rows are referred to by living rows that do not go away with them."""
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
                    target for target, row in session.execute(query) if (table.name, row) not in made
                )
    return found
