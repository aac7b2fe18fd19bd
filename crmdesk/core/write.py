"""The session of one write: it notes each touched cell before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import Table, bindparam, event, inspect, select, update
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
        names, kept = journalled(record), _keepers(table, self.connection())
        given = {**dict.fromkeys(names), **_defaults(table)}
        stamps = {"created": self.now, "changed": self.now, "deleted": ALIVE}
        fresh = uuid7s(len(rows))
        found: list[tuple[Any, ...]] = []
        for row, ident in zip(rows, fresh, strict=True):
            values = {**given, "id": ident, **row, **stamps}
            self._births[table.name, values["id"]] = {
                name: plain(value) for name in names if (value := values[name]) is not None
            }
            found.append(tuple([values[name] if keep is None else keep(values[name]) for name, keep in kept]))
        marks = ", ".join("?" * len(kept))
        columns = ", ".join(f'"{name}"' for name, _keep in kept)
        statement = f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})'  # names are our own identifiers
        for block in blocks(found, 5000):
            self.connection().exec_driver_sql(statement, list(block))
        place = next(index for index, (name, _keep) in enumerate(kept) if name == "id")
        return [values[place] for values in found]

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
                fresh = {name: (now[name], value) for name, value in row.items() if now[name] != value}
                if fresh:
                    changed[row["id"]] = fresh
        self.set_cells(record, changed)
        return len(changed)

    def set_cells(self, record: type[Record], cells: Mapping[str, Mapping[str, tuple[Any, Any]]]) -> None:
        """Set cells by row and column to (old, new) pairs and note them; rows of one shape go together."""
        table = table_of(record)
        shapes: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for row, values in cells.items():
            shapes.setdefault(tuple(values), []).append(
                {
                    "_row": row,
                    "_changed": self.now,
                    **{f"_{name}": new for name, (_old, new) in values.items()},
                }
            )
            for name, (old, new) in values.items():
                self.note_cell(table.name, row, name, old, new)
        for names, rows in shapes.items():
            marks: dict[str, Any] = {name: bindparam(f"_{name}") for name in (*names, "changed")}
            statement = update(table).where(table.c.id == bindparam("_row")).values(marks)
            self.connection().execute(statement, rows)
        self.expire_all()

    def note_birth(self, table: str, row: str, values: dict[str, Any]) -> None:
        """Note that a row was made, with all its fields in one value."""
        self._births[table, row] = {name: plain(value) for name, value in values.items() if value is not None}

    def note_cell(self, table: str, row: str, name: str, old: Any, new: Any) -> None:
        """Note that a cell changed; within one write only the first old and the last new value count."""
        old, new = plain(old), plain(new)
        birth = self._births.get((table, row))
        if birth is not None and name != TOMBSTONE:
            birth[name] = new
            return
        key = (table, row, name)
        first = self._cells[key][0] if key in self._cells else old
        self._cells[key] = (first, new)

    def noted(self) -> list[Change]:
        """All that this write changed, births first, without cells that ended as they began."""
        births = [Change(table, row, BIRTH, None, values) for (table, row), values in self._births.items()]
        cells = [
            Change(table, row, name, old, new)
            for (table, row, name), (old, new) in self._cells.items()
            if old != new
        ]
        return births + cells


def _keepers(table: Table, connection: Connection) -> list[tuple[str, Any]]:
    """Each column with what turns a value into the driver's form, None where it is that already."""
    dialect = connection.dialect
    return [(c.key, c.type.dialect_impl(dialect).bind_processor(dialect)) for c in table.columns]


def _defaults(table: Table) -> dict[str, Any]:
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
    for name, value in _defaults(table_of(type(record))).items():
        if getattr(record, name) is None:
            setattr(record, name, value)
    record.created = record.changed = session.now
    values = {name: getattr(record, name) for name in journalled(type(record))}
    session.note_birth(record.__tablename__, record.id, values)


def _note_edit(session: Write, record: Record) -> None:
    state = inspect(record)
    for name in (*journalled(type(record)), TOMBSTONE):
        seen = state.attrs[name].load_history()
        if seen.has_changes():
            old = seen.deleted[0] if seen.deleted else None
            session.note_cell(record.__tablename__, record.id, name, old, getattr(record, name))
    record.changed = session.now
