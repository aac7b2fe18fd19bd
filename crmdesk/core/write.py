"""The session of one write: it notes each touched cell before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import Date, DateTime, Table, event, inspect, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from crmdesk.core.errors import NotFound
from crmdesk.core.i18n import _
from crmdesk.core.ids import uuid7s
from crmdesk.core.journal import BIRTH, TOMBSTONE, Change, Header
from crmdesk.core.record import ALIVE, TRASHED, Record, journalled, plain, table_of

BLOCK = 500
R = TypeVar("R", bound=Record)
_Shape = tuple[list[str], list[str]]


def blocks(items: Sequence[Any], size: int = BLOCK) -> Iterator[Sequence[Any]]:
    """The items in runs short enough for one statement's bound parameters."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


class Write(Session):
    """A transaction in the making; actions add, edit and trash records through it, and never commit."""

    def __init__(self, connection: Connection, header: Header) -> None:
        super().__init__(bind=connection, expire_on_commit=False, autoflush=True)
        self.header = header
        self.now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
        self._births: dict[tuple[str, str], dict[str, Any]] = {}
        self._cells: dict[tuple[str, str, str], tuple[Any, Any]] = {}
        event.listen(self, "before_flush", _note_flush)

    def get_alive(self, record: type[R], ident: str) -> R:
        """The record by its id; NotFound where it is not there or lies in the trash."""
        found = self.get(record, ident)
        if found is None or found.deleted != ALIVE:
            raise NotFound(_("This record is no longer there."))
        return found

    def trash(self, record: Record) -> None:
        """Move a record to the trash, where it can be restored from."""
        record.deleted = TRASHED

    def restore(self, record: Record) -> None:
        """Take a record out of the trash."""
        record.deleted = ALIVE

    def bulk_insert(self, record: type[Record], rows: Sequence[dict[str, Any]]) -> list[str]:
        """Insert many records at once, each journalled as one birth; returns their ids in order."""
        if not rows:
            return []
        self.flush()
        table = table_of(record)
        if strange := set().union(*rows) - set(journalled(record)) - {"id"}:
            raise TypeError(f"{record.__name__} has no column {', '.join(sorted(strange))}")
        columns, fixed = [column.key for column in table.columns], defaults(table)
        kept = _keepers(table, self.connection())
        stamps = {"created": self.now, "changed": self.now}
        stamped = {name: kept.pop(name)(moment) for name, moment in stamps.items()}
        given = dict.fromkeys(columns) | _bound(fixed, kept) | stamped | {TOMBSTONE: ALIVE}
        pick, found, ids = itemgetter(*columns), [], []
        fresh = iter(uuid7s(sum("id" not in row for row in rows)))
        fixed.pop(TOMBSTONE, None)
        shapes: dict[tuple[str, ...], _Shape] = {}
        for row in rows:
            shape = tuple(row)
            bound, moments = shapes.get(shape) or shapes.setdefault(shape, _shape(table, shape, kept))
            birth = {name: value for name, value in {**fixed, **row}.items() if value is not None}
            ident = birth.pop("id", None) or next(fresh)
            for name in moments:
                if name in birth:
                    birth[name] = plain(birth[name])
            self._births[record.__tablename__, ident] = birth
            values = {**given, **row, "id": ident}
            for name in bound:
                values[name] = kept[name](values[name])
            ids.append(ident)
            found.append(pick(values))
        self._insert(table.name, columns, found)
        return ids

    def _insert(self, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        marks = ", ".join("?" * len(columns))
        names = ", ".join(f'"{name}"' for name in columns)
        statement = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # names are our own identifiers
        for block in blocks(rows, 5000):
            self.connection().exec_driver_sql(statement, list(block))

    def bulk_update(self, record: type[Record], rows: Sequence[dict[str, Any]]) -> int:
        """Change many records at once; each row has `id` and the fields to set. Returns how many changed."""
        self.flush()
        self.expire_all()
        table = table_of(record)
        changed: dict[str, dict[str, tuple[Any, Any]]] = {}
        for block in blocks(rows):
            names = sorted({name for row in block for name in row} - {"id"})
            query = select(table.c.id, *(table.c[name] for name in names)).where(
                table.c.id.in_([row["id"] for row in block])
            )
            current = {row.id: row._asdict() for row in self.execute(query)}
            for row in block:
                now = current.get(row["id"], row)
                cells = changed.setdefault(row["id"], {})
                for name, value in row.items():
                    cells.pop(name, None)
                    if now[name] != value:
                        cells[name] = (now[name], value)
        changed = {row: cells for row, cells in changed.items() if cells}
        self.set_cells(record, changed)
        return len(changed)

    def set_cells(self, record: type[Record], cells: Mapping[str, Mapping[str, tuple[Any, Any]]]) -> None:
        """Set cells by row and column to (old, new) pairs and note them; rows of one shape go together."""
        table = table_of(record)
        keep = _keepers(table, self.connection())
        stamp = keep["changed"](self.now)
        shapes: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
        for row, values in cells.items():
            fresh = (keep[name](new) if name in keep else new for name, (_old, new) in values.items())
            shapes.setdefault(tuple(values), []).append((*fresh, stamp, row))
            for name, (old, new) in values.items():
                self.note_cell(record.__tablename__, row, name, old, new)
        for names, rows in shapes.items():
            marks = ", ".join(f'"{name}" = ?' for name in (*names, "changed"))
            statement = f'UPDATE "{table.name}" SET {marks} WHERE id = ?'  # names are our own identifiers
            for block in blocks(rows, 5000):
                self.connection().exec_driver_sql(statement, list(block))
        self.expire_all()

    def note_birth(self, table: str, row: str, values: dict[str, Any]) -> None:
        """Note that a row was made, with all its fields in one value."""
        self._births[table, row] = {name: plain(value) for name, value in values.items() if value is not None}

    def note_cell(self, table: str, row: str, name: str, old: Any, new: Any) -> None:
        """Note that a cell changed; within one write only the first old and the last new value count."""
        old, new = plain(old), plain(new)
        birth = self._births.get((table, row))
        if birth is not None:
            birth[name] = new
            return
        key = (table, row, name)
        first = self._cells[key][0] if key in self._cells else old
        self._cells[key] = (first, new)

    def noted(self) -> list[Change]:
        """All that this write changed, births first, without cells that ended as they began."""
        births = [
            Change(table, row, BIRTH, None, values if TOMBSTONE not in values else _said(values))
            for (table, row), values in self._births.items()
        ]
        cells = [
            Change(table, row, name, old, new)
            for (table, row, name), (old, new) in self._cells.items()
            if old != new
        ]
        return births + cells


def _shape(table: Table, names: Sequence[str], kept: Mapping[str, Any]) -> _Shape:
    """Which of these columns the driver wants in a form of its own, and which hold dates or moments."""
    moments = [name for name in names if isinstance(table.c[name].type, Date | DateTime)]
    return [name for name in names if name in kept], moments


def _bound(values: Mapping[str, Any], kept: Mapping[str, Callable[[Any], Any]]) -> dict[str, Any]:
    return {name: kept[name](value) if name in kept else value for name, value in values.items()}


def _said(values: dict[str, Any]) -> dict[str, Any]:
    """A birth without the tombstone of a row that lives."""
    return {name: value for name, value in values.items() if name != TOMBSTONE or value != ALIVE}


def _keepers(table: Table, connection: Connection) -> dict[str, Callable[[Any], Any]]:
    """What turns a value into the driver's form, for the columns that need it."""
    dialect = connection.dialect
    found = {c.key: c.type.dialect_impl(dialect).bind_processor(dialect) for c in table.columns}
    return {name: keep for name, keep in found.items() if keep is not None}


def defaults(table: Table) -> dict[str, Any]:
    """The fixed values that columns begin with, by column."""
    return {
        column.key: column.default.arg
        for column in table.columns
        if isinstance(column.default, ScalarElementColumnDefault)
    }


def _note_flush(session: Session, _context: Any, _instances: Any) -> None:
    assert isinstance(session, Write)
    if session.deleted:
        raise RuntimeError("records are moved to the trash, never deleted")
    for record in list(session.new):
        if isinstance(record, Record):
            _note_new(session, record)
    for record in _modified(session, session.dirty):
        _note_edit(session, record)


def _modified(session: Session, records: Iterable[Any]) -> list[Record]:
    return [record for record in records if isinstance(record, Record) and session.is_modified(record)]


def _note_new(session: Write, record: Record) -> None:
    for name, value in defaults(table_of(type(record))).items():
        if getattr(record, name) is None:
            setattr(record, name, value)
    record.created = record.changed = session.now
    values = {name: getattr(record, name) for name in (*journalled(type(record)), TOMBSTONE)}
    session.note_birth(record.__tablename__, record.id, values)


def _note_edit(session: Write, record: Record) -> None:
    state = inspect(record)
    for name in (*journalled(type(record)), TOMBSTONE):
        seen = state.attrs[name].load_history()
        if seen.has_changes():
            old = seen.deleted[0] if seen.deleted else _stored(session, record, name)
            session.note_cell(record.__tablename__, record.id, name, old, getattr(record, name))
    record.changed = session.now


def _stored(session: Write, record: Record, name: str) -> Any:
    """The value in the file of a field that was set before anybody read it."""
    table = table_of(type(record))
    return session.connection().execute(select(table.c[name]).where(table.c.id == record.id)).scalar()
