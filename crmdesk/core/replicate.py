"""Journal steps from one copy of the store to another, merged by the one rule.

Applying is all or nothing: a step whose causes are missing, or that contradicts a step already known under
the same number, refuses the whole delivery. Applying the same delivery again changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from crmdesk.core import dates, journal
from crmdesk.core.derived import Derived, records_by_table
from crmdesk.core.errors import Refused
from crmdesk.core.i18n import _
from crmdesk.core.journal import BIRTH, TOMBSTONE, Change, Vector, chg, conflict, dumps, loads, txn
from crmdesk.core.merge import Edit, Merged, merge_cell, merge_tombstone
from crmdesk.core.record import ALIVE, Record, revive, table_of

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Parcel:
    """One journal step with its changes, as plain rows."""

    step: Row
    changes: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Received:
    """What a delivery did: steps that were new, and cells where two copies disagree now."""

    steps: int
    conflicts: int


def outgoing(session: Session, known: Vector) -> list[Parcel]:
    """All steps that the other side does not know, causes first."""
    rows = session.execute(select(txn).order_by(txn.c.hlc, txn.c.dev, txn.c.seq)).mappings()
    return [
        Parcel(dict(row), tuple(_changes(session, row["dev"], row["seq"])))
        for row in rows
        if row["seq"] > known.get(row["dev"], 0)
    ]


def _changes(session: Session, dev: str, seq: int) -> Iterable[Row]:
    query = select(chg).where(chg.c.dev == dev, chg.c.seq == seq).order_by(chg.c.n)
    return [dict(row) for row in session.execute(query).mappings()]


def receive(session: Session, derived: Derived, parcels: Sequence[Parcel]) -> Received:
    """Take in a delivery inside a transaction of the caller; Refused leaves nothing behind it."""
    known = journal.vector(session.connection())
    unique = {(parcel.step["dev"], parcel.step["seq"]): parcel for parcel in parcels}
    fresh = [parcel for parcel in unique.values() if not _is_known(session, parcel, known)]
    for parcel in fresh:
        _check_version(parcel)
        _check_causes(parcel, known)
        known[parcel.step["dev"]] = parcel.step["seq"]
        session.execute(insert(txn), parcel.step)
        if parcel.changes:
            session.execute(insert(chg), list(parcel.changes))
        _check_hash(session, parcel.step)
    touched = {(row["tbl"], row["row"]) for parcel in fresh for row in parcel.changes}
    session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = 1")
    changes = [change for table, row in sorted(touched) for change in _settle(session, table, row)]
    derived.follow(session, changes, dates.today())
    return Received(len(fresh), len(conflicts(session)))


def _is_known(session: Session, parcel: Parcel, known: Vector) -> bool:
    dev, seq = parcel.step["dev"], parcel.step["seq"]
    if seq > known.get(dev, 0):
        return False
    own = session.execute(select(txn.c.hash).where(txn.c.dev == dev, txn.c.seq == seq)).scalar()
    if own != parcel.step["hash"]:
        raise Refused(_("Two copies wrote under one name. Open the copy on its own first, then try again."))
    return True


def _check_causes(parcel: Parcel, known: Vector) -> None:
    dev, seq = parcel.step["dev"], parcel.step["seq"]
    seen: Vector = loads(parcel.step["seen"])
    if seq != known.get(dev, 0) + 1 or any(known.get(d, 0) < s for d, s in seen.items() if d != dev):
        raise Refused(_("An earlier delivery is missing. Nothing was taken in; bring that one first."))


def _check_version(parcel: Parcel) -> None:
    tables = records_by_table()
    if parcel.step["schema_ver"] > journal.SCHEMA_VERSION or not all(
        row["tbl"] in tables and _cells_of(row) <= set(table_of(tables[row["tbl"]]).columns.keys())
        for row in parcel.changes
    ):
        raise Refused(_("The delivery is of a newer crmdesk. Update crmdesk first; nothing was taken in."))


def _cells_of(row: Row) -> set[str]:
    return set(loads(row["new"]) or ()) if row["fld"] == BIRTH else {row["fld"]}


def _check_hash(session: Session, step: Row) -> None:
    connection = session.connection()
    follows = step["prev_hash"] == journal.last_hash(connection, step["dev"], step["seq"])
    if not (follows and journal.holds(connection, step)):
        raise Refused(_("The delivery was altered on its way. Nothing was taken in; ask for it again."))


def _settle(session: Session, table: str, row: str) -> list[Change]:
    """Bring one row to what its journal says; returns what changed by that."""
    record = records_by_table()[table]
    cells = _cells(session, row)
    merged = {name: merge_cell(edits) for name, edits in cells.items() if name != TOMBSTONE}
    others = [edit for name, edits in cells.items() if name != TOMBSTONE for edit in edits]
    merged[TOMBSTONE] = merge_tombstone(cells[TOMBSTONE], others)
    _note_conflicts(session, table, row, merged)
    values = {name: revive(table_of(record).columns[name], found.value) for name, found in merged.items()}
    return _put(session, record, row, values)


def _cells(session: Session, row: str) -> dict[str, list[Edit]]:
    query = (
        select(chg.c.dev, chg.c.seq, txn.c.hlc, txn.c.seen, chg.c.fld, chg.c.new)
        .join(txn, (txn.c.dev == chg.c.dev) & (txn.c.seq == chg.c.seq))
        .where(chg.c.row == row)
    )
    cells: dict[str, list[Edit]] = {}
    births: list[tuple[Edit, Row]] = []
    for dev, seq, hlc, seen, fld, new in session.execute(query):
        edit = Edit(dev, seq, hlc, loads(seen), loads(new))
        if fld == BIRTH:
            births.append((edit, edit.value))
        else:
            cells.setdefault(fld, []).append(edit)
    for edit, values in births:
        for name, value in ({TOMBSTONE: ALIVE} | values).items():
            cells.setdefault(name, []).append(Edit(edit.dev, edit.seq, edit.hlc, edit.seen, value))
        for name in set(cells) - set(values) - {TOMBSTONE}:
            cells[name].append(Edit(edit.dev, edit.seq, edit.hlc, edit.seen, None))
    return cells


def _note_conflicts(session: Session, table: str, row: str, merged: dict[str, Merged]) -> None:
    session.execute(delete(conflict).where(conflict.c.row == row))
    for name, found in merged.items():
        if found.losers:
            told = [[edit.dev, edit.seq, edit.value] for edit in (found.winner, *found.losers)]
            session.execute(insert(conflict), {"row": row, "fld": name, "tbl": table, "heads": dumps(told)})


def _put(session: Session, record: type[Record], row: str, values: Row) -> list[Change]:
    table = table_of(record)
    current = session.execute(select(table).where(table.c.id == row)).mappings().first()
    now = dates.now().replace(microsecond=0)
    if current is None:
        session.execute(insert(table).values(id=row, created=now, changed=now, **values))
        return [Change(record.__tablename__, row, BIRTH, None, values)]
    fresh = {name: value for name, value in values.items() if current[name] != value}
    if fresh:
        session.execute(table.update().where(table.c.id == row).values(**fresh, changed=now))
    return [Change(record.__tablename__, row, name, current[name], value) for name, value in fresh.items()]


def resolve(session: Session, changes: Iterable[Change]) -> None:
    """Take the cells that were just edited off the conflict list: a later edit has seen all heads."""
    standing = {(row.row, row.fld) for row in session.execute(select(conflict.c.row, conflict.c.fld))}
    for change in changes if standing else ():
        if (change.row, change.field) in standing:
            cell = (conflict.c.row == change.row) & (conflict.c.fld == change.field)
            session.execute(delete(conflict).where(cell))


def conflicts(session: Session) -> list[Row]:
    """The cells where copies disagree: table, row, field and the heads, the one that stands first."""
    rows = session.execute(select(conflict).order_by(conflict.c.row, conflict.c.fld)).mappings()
    return [dict(row) | {"heads": loads(row["heads"])} for row in rows]
