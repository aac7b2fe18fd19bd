"""What happened to a record or a field, and what the store held as of an earlier moment."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, false, func, or_, select
from sqlalchemy.engine import Row
from sqlalchemy.orm import Session

from crmdesk.core import journal
from crmdesk.core.journal import BIRTH, TOMBSTONE, Vector, chg, txn
from crmdesk.core.merge import Edit, merge_cell, merge_tombstone
from crmdesk.core.record import ALIVE, Record
from crmdesk.core.write import blocks


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of one field: in which step, when (UTC), from what to what (JSON form)."""

    dev: str
    seq: int
    kind: str
    label: str
    when: datetime
    table: str
    row: str
    field: str
    old: Any
    new: Any


def history(session: Session, row: str, field: str | None = None, limit: int = 500) -> list[Entry]:
    """What happened to a record, or to one field of it, newest first.

    The making of the record is told as one change per field that was filled.
    """
    query = (
        select(chg, txn.c.kind, txn.c.label, txn.c.wall_utc)
        .join(txn, and_(txn.c.dev == chg.c.dev, txn.c.seq == chg.c.seq))
        .where(chg.c.row == row)
        .order_by(txn.c.hlc.desc(), chg.c.n.desc())
        .limit(limit)
    )
    if field is not None:
        query = query.where(chg.c.fld.in_([field, BIRTH]))
    entries = [entry for found in session.execute(query) for entry in _entries(found)]
    return [entry for entry in entries if field is None or entry.field == field]


def recent(session: Session, limit: int = 100) -> list[journal.Step]:
    """The last steps of the store, newest first."""
    query = select(txn).order_by(txn.c.hlc.desc()).limit(limit)
    return [journal.step_from(row) for row in session.execute(query).mappings()]


def _entries(found: Row[Any]) -> list[Entry]:
    when = datetime.fromisoformat(found.wall_utc)
    old, new = journal.loads(found.old), journal.loads(found.new)
    cells = new.items() if found.fld == BIRTH else ((found.fld, new),)
    return [
        Entry(found.dev, found.seq, found.kind, found.label, when, found.tbl, found.row, name, old, value)
        for name, value in cells
    ]


def as_of(
    session: Session, record: type[Record], seen: Vector, ids: Collection[str] | None = None
) -> dict[str, dict[str, Any]]:
    """The living records of one sort as they stood when only the steps in `seen` were known, by id.

    Values are in their JSON form; fields that were empty are left out.
    """
    cells: dict[str, dict[str, list[Edit]]] = {}
    for edit, row, name, value in _edits(session, record.__tablename__, seen, ids):
        fields = cells.setdefault(row, {})
        for field, content in ({TOMBSTONE: ALIVE} | value).items() if name == BIRTH else ((name, value),):
            fields.setdefault(field, []).append(Edit(edit.dev, edit.seq, edit.hlc, edit.seen, content))
    return {row: values for row, fields in cells.items() if (values := _living(fields)) is not None}


def _living(fields: dict[str, list[Edit]]) -> dict[str, Any] | None:
    if TOMBSTONE not in fields:
        return None  # the making of the row is not among the steps asked for
    others = (edit for name, edits in fields.items() if name != TOMBSTONE for edit in edits)
    if merge_tombstone(fields[TOMBSTONE], others).value != ALIVE:
        return None
    values = {name: merge_cell(edits).value for name, edits in fields.items() if name != TOMBSTONE}
    return {name: value for name, value in values.items() if value is not None}


def _edits(
    session: Session, table: str, seen: Vector, ids: Collection[str] | None
) -> Iterable[tuple[Edit, str, str, Any]]:
    known = or_(false(), *(and_(chg.c.dev == dev, chg.c.seq <= seq) for dev, seq in seen.items()))
    query = (
        select(chg.c.dev, chg.c.seq, txn.c.hlc, txn.c.seen, chg.c.row, chg.c.fld, chg.c.new)
        .join(txn, and_(txn.c.dev == chg.c.dev, txn.c.seq == chg.c.seq))
        .where(chg.c.tbl == table, known)
    )
    for block in blocks(sorted(ids)) if ids is not None else [None]:
        chosen = query if block is None else query.where(chg.c.row.in_(block))
        for dev, seq, hlc, seen_text, row, fld, new in session.execute(chosen):
            yield Edit(dev, seq, hlc, journal.loads(seen_text), None), row, fld, journal.loads(new)


def vector_at(session: Session, moment: datetime) -> Vector:
    """What was known at a moment (UTC): the highest step of each replica made until then."""
    query = (
        select(txn.c.dev, func.max(txn.c.seq))
        .where(txn.c.wall_utc <= moment.isoformat(timespec="milliseconds"))
        .group_by(txn.c.dev)
    )
    return {dev: seq for dev, seq in session.execute(query)}
