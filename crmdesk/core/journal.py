"""The journal: every change of every record, with who had seen what.

It lives in the same transactions as the values and is the only memory of what changed: undo, redo, history,
restore, exchange between copies and the base of a workbook that comes home are all read from it.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from json import encoder
from typing import Any

from sqlalchemy import BigInteger, Column, Index, Integer, Select, String, Table, func, insert, select
from sqlalchemy.engine import Connection

from crmdesk.core.record import Record

BIRTH, TOMBSTONE = "0", "deleted"
SCHEMA_VERSION = 1
_meta = Record.metadata

replica = Table(
    "replica",
    _meta,
    Column("id", String(16), primary_key=True),
    Column("name", String, nullable=False, default=""),
    Column("kind", String, nullable=False, default="office"),
    Column("acked_vector", String, nullable=False, default="{}"),
    Column("retired", Integer, nullable=False, default=0),
)
txn = Table(
    "txn",
    _meta,
    Column("dev", String(16), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("hlc", BigInteger, nullable=False),
    Column("seen", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("actor", String, nullable=False, default=""),
    Column("label", String, nullable=False, default=""),
    Column("wall_utc", String, nullable=False),
    Column("undoes_dev", String(16)),
    Column("undoes_seq", Integer),
    Column("schema_ver", Integer, nullable=False),
    Column("prev_hash", String, nullable=False),
    Column("hash", String, nullable=False),
    sqlite_with_rowid=False,
)
chg = Table(
    "chg",
    _meta,
    Column("dev", String(16), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("tbl", String, nullable=False),
    Column("row", String(32), nullable=False),
    Column("fld", String, nullable=False),
    Column("old", String),
    Column("new", String),
    Column("redacted", Integer, nullable=False, default=0),
    Index("chg_cell", "row", "fld"),
    sqlite_with_rowid=False,
)
conflict = Table(
    "conflict",
    _meta,
    Column("row", String(32), primary_key=True),
    Column("fld", String, primary_key=True),
    Column("tbl", String, nullable=False),
    Column("heads", String, nullable=False),
)
erased = Table(
    "erased",
    _meta,
    Column("row", String(32), primary_key=True),
    Column("at", String, nullable=False),
    Column("reason", String, nullable=False, default=""),
)
export = Table(
    "export",
    _meta,
    Column("id", String(32), primary_key=True),
    Column("seen", String, nullable=False),
    Column("made_at", String, nullable=False),
    Column("columns", String, nullable=False),
)
meta = Table(
    "meta",
    _meta,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)

Vector = dict[str, int]
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Change:
    """One cell before and after; a birth carries all fields, a tombstone the trash state."""

    table: str
    row: str
    field: str
    old: Any
    new: Any

    @property
    def is_birth(self) -> bool:
        """Whether this made the row."""
        return self.field == BIRTH


@dataclass(frozen=True, slots=True)
class Step:
    """One transaction as it stands in the journal."""

    dev: str
    seq: int
    hlc: int
    seen: Vector
    kind: str
    label: str
    wall: datetime
    undoes: tuple[str, int] | None = None
    actor: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """What a new transaction says of itself before it gets its number."""

    kind: str
    label: str
    actor: str = ""
    undoes: tuple[str, int] | None = None
    seen: Vector | None = None


def dumps(value: Any) -> str:
    """The canonical JSON text of a value, the same on every replica."""
    return _ENCODER.encode(value)


def next_hlc(last: int, now_ms: int | None = None) -> int:
    """The stamp of a new transaction: never behind any seen one, 48 bits of milliseconds and 16 of count."""
    now = (int(time.time() * 1000) if now_ms is None else now_ms) << 16
    return max(last + 1, now)


def vector(connection: Connection) -> Vector:
    """The highest sequence number known of each replica."""
    rows = connection.execute(select(txn.c.dev, func.max(txn.c.seq)).group_by(txn.c.dev))
    return {dev: seq for dev, seq in rows}


def append(connection: Connection, dev: str, header: Header, changes: Iterable[Change]) -> Step:
    """Write one transaction and its changes behind the journal of this replica."""
    known = vector(connection)
    seq = known.get(dev, 0) + 1
    last_hlc = connection.execute(select(func.max(txn.c.hlc))).scalar() or 0
    seen = dict(known if header.seen is None else header.seen) | {dev: seq}
    wall = datetime.now(UTC).replace(tzinfo=None)
    row: dict[str, Any] = {
        "dev": dev,
        "seq": seq,
        "hlc": next_hlc(last_hlc),
        "seen": dumps(seen),
        "kind": header.kind,
        "actor": header.actor,
        "label": header.label,
        "wall_utc": wall.isoformat(timespec="milliseconds"),
        "undoes_dev": header.undoes[0] if header.undoes else None,
        "undoes_seq": header.undoes[1] if header.undoes else None,
        "schema_ver": SCHEMA_VERSION,
        "prev_hash": last_hash(connection, dev, seq),
    }
    digest = _Digest(row)
    _insert_changes(connection, dev, seq, changes, digest)
    connection.execute(insert(txn), row | {"hash": digest.text()})
    return Step(dev, seq, row["hlc"], seen, header.kind, header.label, wall, header.undoes, header.actor)


def last_hash(connection: Connection, dev: str, seq: int) -> str:
    """The hash that the step of this number must follow; empty for the first one."""
    found = connection.execute(select(txn.c.hash).where(txn.c.dev == dev, txn.c.seq == seq - 1)).scalar()
    return found or ""


def _insert_changes(
    connection: Connection, dev: str, seq: int, changes: Iterable[Change], digest: _Digest
) -> None:
    statement = "INSERT INTO chg (dev, seq, n, tbl, row, fld, old, new, redacted) VALUES (?,?,?,?,?,?,?,?,0)"
    encode = _quick_dumps()
    number, rest = 0, iter(changes)
    while some := list(islice(rest, 5000)):
        cells = [
            (
                place,
                change.table,
                change.row,
                change.field,
                None if change.old is None else encode(change.old),
                None if change.new is None else encode(change.new),
            )
            for place, change in enumerate(some, number)
        ]
        number += len(some)
        digest.add_all(cells)
        connection.exec_driver_sql(statement, [(dev, seq, *cell) for cell in cells])


def _quick_dumps() -> Callable[[Any], str]:
    """The same text as `dumps`, made by one encoder for very many values."""
    make_encoder = getattr(encoder, "c_make_encoder", None)
    if make_encoder is None:
        return dumps
    quoted = encoder.encode_basestring
    encode = make_encoder(None, _ENCODER.default, quoted, None, ":", ",", True, False, True)
    return lambda value: "".join(encode(value, 0))


class _Digest:
    """The hash of one transaction: the one before it, its own header, and each of its changes."""

    HEADER = (
        "prev_hash",
        "dev",
        "seq",
        "hlc",
        "seen",
        "kind",
        "actor",
        "label",
        "wall_utc",
        "undoes_dev",
        "undoes_seq",
    )

    def __init__(self, header: dict[str, Any]) -> None:
        self._hash = hashlib.sha256(dumps([header[name] for name in self.HEADER]).encode())

    def add(self, change: tuple[Any, ...]) -> None:
        self._hash.update(repr(change).encode())

    def add_all(self, changes: Iterable[tuple[Any, ...]]) -> None:
        self._hash.update("".join(map(repr, changes)).encode())

    def text(self) -> str:
        return self._hash.hexdigest()


def verify(connection: Connection) -> list[str]:
    """What is wrong with the journal: holes in the numbering, broken hash chains; empty when all is well."""
    faults: list[str] = []
    for dev in connection.execute(select(txn.c.dev).distinct()).scalars().all():
        expected, previous = 1, ""
        for row in connection.execute(select(txn).where(txn.c.dev == dev).order_by(txn.c.seq)).mappings():
            if row["seq"] != expected:
                faults.append(f"{dev}: step {expected} is missing")
            if row["prev_hash"] != previous:
                faults.append(f"{dev}: step {row['seq']} does not follow the one before it")
            if not holds(connection, dict(row)):
                faults.append(f"{dev}: step {row['seq']} was altered")
            expected, previous = row["seq"] + 1, row["hash"]
    return faults


def holds(connection: Connection, row: dict[str, Any]) -> bool:
    """Whether a step and its changes are what its hash says; a step cleaned by an erasure cannot be told."""
    digest = _Digest(row)
    query = (
        select(chg.c.n, chg.c.tbl, chg.c.row, chg.c.fld, chg.c.old, chg.c.new, chg.c.redacted)
        .where(chg.c.dev == row["dev"], chg.c.seq == row["seq"])
        .order_by(chg.c.n)
    )
    for n, tbl, ident, fld, old, new, redacted in connection.execute(query):
        if redacted:
            return True
        digest.add((n, tbl, ident, fld, old, new))
    return digest.text() == str(row["hash"])


def step_from(row: Any) -> Step:
    """A journal row as a step."""
    undoes = (row["undoes_dev"], row["undoes_seq"]) if row["undoes_dev"] else None
    return Step(
        row["dev"],
        row["seq"],
        row["hlc"],
        json.loads(row["seen"]),
        row["kind"],
        row["label"],
        datetime.fromisoformat(row["wall_utc"]),
        undoes,
        row["actor"],
    )


def step(connection: Connection, dev: str, seq: int) -> Step | None:
    """One step by its number, None where it is not known."""
    row = connection.execute(select(txn).where(txn.c.dev == dev, txn.c.seq == seq)).mappings().first()
    return step_from(row) if row else None


def size(connection: Connection, dev: str, seq: int, most: int) -> int:
    """How many changes a step has, counted up to `most`."""
    few = select(chg.c.n).where(chg.c.dev == dev, chg.c.seq == seq).limit(most).subquery()
    return connection.execute(select(func.count()).select_from(few)).scalar_one()


def changes(connection: Connection, dev: str, seq: int) -> Iterator[Change]:
    """The changes of one step in the order they were made."""
    for tbl, row, fld, old, new in connection.execute(_of_step(dev, seq)):
        yield Change(tbl, row, fld, loads(old), loads(new))


def outline(connection: Connection, dev: str, seq: int) -> Iterator[Change]:
    """The changes of one step as `changes` gives them, but of births only the tombstone, which is rare."""
    mark = f'"{TOMBSTONE}":'
    for tbl, row, fld, old, new in connection.execute(_of_step(dev, seq)):
        if fld == BIRTH and (new is None or mark not in new):
            yield Change(tbl, row, fld, None, {})
        else:
            yield Change(tbl, row, fld, loads(old), loads(new))


def _of_step(dev: str, seq: int) -> Select[Any]:
    return (
        select(chg.c.tbl, chg.c.row, chg.c.fld, chg.c.old, chg.c.new)
        .where(chg.c.dev == dev, chg.c.seq == seq)
        .order_by(chg.c.n)
    )


def loads(text: str | None) -> Any:
    """A journal value out of its JSON text."""
    return None if text is None else json.loads(text)
