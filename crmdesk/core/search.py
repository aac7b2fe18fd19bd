"""The one full-text index over all records and notes.

Texts and queries go through the same folding: case, accents, ё/е and the blanks and dots of phone numbers
make no difference. Words are found by their beginnings through FTS5; what that misses is looked for inside
the words of customers. The index is derived: never journalled, rebuilt when in doubt.

A customer's own words bear the number of its kept figures, so that a list walks its sort index and looks each
number up. All other docs are numbered in the order of writing, and `search_owner` is a narrow way from them
to the number of the customer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Integer, column, literal, literal_column, select, text
from sqlalchemy.orm import Session

from crmdesk.core.kept import Ids
from crmdesk.core.record import Record
from crmdesk.core.write import blocks

MANY = 2000
FEW = 800
LOG_LETTERS = 3
OWN, FIRST_OTHER = "own", 1 << 40
_PHONE_JOINTS = re.compile(r"(?<=\d)[\s().\-/]+(?=\d)")
_WORDS = re.compile(r"[^\W_]+")
_KEEP_SHORT_I = {"и\u0306": "й", "И\u0306": "й"}
_MARKS = re.compile("[\u0300-\u036f\u0483-\u0487]+")
_RARE = re.compile("[^\x00-\u052f\u2010-\u2027]")


@dataclass(frozen=True, slots=True)
class Doc:
    """What can be found of one record: the customer it belongs to and its words."""

    row: str
    customer: str | None
    text: str


@dataclass(frozen=True, slots=True)
class SearchSource:
    """What a slice puts into the index: docs for some rows, or all rows where ids is None.

    `by_customer` says that the rows are customers and any change about a customer makes the doc anew.
    """

    record: type[Record]
    docs: Callable[[Session, Ids], Iterable[Doc]]
    by_customer: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A record found, with the customer it belongs to."""

    table: str
    row: str
    customer: str | None


def fold(words: str) -> str:
    """A text as the index sees it: lower case, no accents, ё as е, й kept, phone digits joined."""
    if words.isascii():
        return " ".join(_WORDS.findall(words.lower()))
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", words).casefold())
    for pair, letter in _KEEP_SHORT_I.items():
        decomposed = decomposed.replace(pair, letter)
    bare = _MARKS.sub("", decomposed)
    if _RARE.search(bare):
        bare = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return " ".join(_WORDS.findall(bare.replace("ё", "е")))


def fold_phones(words: str) -> str:
    """Like fold, with the digits of phone numbers joined, so that 0323 550-142 is found as 0323550142."""
    return fold(_PHONE_JOINTS.sub("", words))


def create(session: Session, sources: Sequence[SearchSource] = ()) -> bool:
    """Make the empty index where it is missing or of another shape; True where all must be filled anew."""
    connection = session.connection()
    columns = {row[1] for row in connection.exec_driver_sql("PRAGMA table_info(search_doc)")}
    if columns == {"id", "tbl", "row", "text"} and set(_indexes(session)) >= {_index(one) for one in sources}:
        return False
    for name in (*_indexes(session), "search_doc", "search_owner", "search_fts"):
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")
    for statement in (
        "CREATE TABLE search_doc (id INTEGER PRIMARY KEY, tbl TEXT NOT NULL, row TEXT NOT NULL, "
        "text TEXT NOT NULL)",
        "CREATE UNIQUE INDEX search_doc_row ON search_doc (tbl, row)",
        "CREATE TABLE search_owner (id INTEGER PRIMARY KEY, owner INTEGER NOT NULL)",
    ):
        connection.exec_driver_sql(statement)
    for name in dict.fromkeys((f"search_{OWN}", *(_index(one) for one in sources))):
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE {name} USING fts5(text, content='search_doc', content_rowid='id', "
            "tokenize='unicode61 remove_diacritics 0', prefix='1 2 3', detail=none, columnsize=0)"
        )
    return True


def _index(source: SearchSource) -> str:
    return f"search_{OWN if source.by_customer else source.record.__tablename__}"


def _indexes(session: Session) -> list[str]:
    found = session.connection().exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'search\\_%' ESCAPE '\\' "
        "AND sql LIKE 'CREATE VIRTUAL%' ORDER BY name"
    )
    return [str(name) for (name,) in found]


def refresh(session: Session, source: SearchSource, ids: Ids) -> None:
    """Put the present words of some rows into the index, of all rows of the source where ids is None."""
    if ids is None:
        _forget_all(session, source)
        _write(session, source, source.docs(session, None), _numbers(session, None))
        return
    for block in blocks(sorted(ids), MANY):
        for part in blocks(block):
            _forget(session, source, part)
        docs = list(source.docs(session, block))
        _write(session, source, docs, _numbers(session, {doc.customer for doc in docs if doc.customer}))


def _numbers(session: Session, customers: Ids) -> dict[str, int]:
    query = "SELECT customer_id, no FROM customer_figures"
    connection = session.connection()
    if customers is None:
        return {ident: number for ident, number in connection.exec_driver_sql(query)}
    found: dict[str, int] = {}
    for block in blocks(list(customers)):
        marks = ", ".join("?" for _one in block)
        rows = connection.exec_driver_sql(f"{query} WHERE customer_id IN ({marks})", tuple(block))
        found.update((ident, number) for ident, number in rows)
    return found


def _write(session: Session, source: SearchSource, docs: Iterable[Doc], numbers: dict[str, int]) -> None:
    connection = session.connection()
    table, index = source.record.__tablename__, _index(source)
    last = connection.exec_driver_sql("SELECT max(id) FROM search_doc").scalar() or 0
    free = max(last + 1, FIRST_OTHER)
    rows: list[tuple[int, str, str, str]] = []
    owners: list[tuple[int, int]] = []
    for doc in docs:
        number = numbers.get(doc.customer or "", 0)
        if not source.by_customer:
            owners.append((free, number))
            number, free = free, free + 1
        rows.append((number, table, doc.row, fold_phones(doc.text)))
    for block in blocks(rows, 5000):
        connection.exec_driver_sql(
            "INSERT INTO search_doc (id, tbl, row, text) VALUES (?,?,?,?)", list(block)
        )
        words = [(number, words) for number, _table, _row, words in block]
        connection.exec_driver_sql(f"INSERT INTO {index} (rowid, text) VALUES (?,?)", words)
    for part in blocks(owners, 5000):
        connection.exec_driver_sql("INSERT INTO search_owner (id, owner) VALUES (?,?)", list(part))


def _forget_all(session: Session, source: SearchSource) -> None:
    connection = session.connection()
    table, index = source.record.__tablename__, _index(source)
    connection.exec_driver_sql(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")
    connection.exec_driver_sql(
        "DELETE FROM search_owner WHERE id IN (SELECT id FROM search_doc WHERE tbl = ?)", (table,)
    )
    connection.exec_driver_sql("DELETE FROM search_doc WHERE tbl = ?", (table,))


def _forget(session: Session, source: SearchSource, ids: Sequence[str]) -> None:
    connection = session.connection()
    index = _index(source)
    marks = ", ".join("?" for _one in ids)
    known = f"SELECT id, text FROM search_doc WHERE tbl = ? AND row IN ({marks})"
    found = connection.exec_driver_sql(known, (source.record.__tablename__, *ids)).all()
    if not found:
        return
    gone = [(number,) for number, _words in found]
    forget = f"INSERT INTO {index} ({index}, rowid, text) VALUES ('delete', ?, ?)"
    connection.exec_driver_sql(forget, [tuple(row) for row in found])
    connection.exec_driver_sql("DELETE FROM search_doc WHERE id = ?", gone)
    if not source.by_customer:
        connection.exec_driver_sql("DELETE FROM search_owner WHERE id = ?", gone)


def match(query: str) -> str | None:
    """The FTS5 expression of what was typed, every word by its beginning; None where there is none."""
    words = fold_phones(query).split()
    return " AND ".join(f'"{word}"*' for word in words) if words else None


def hits(session: Session, query: str, limit: int = 200, tables: Sequence[str] = ()) -> list[Hit]:
    """The records that hold all the words typed: customers first, then the others, newest first.

    A part inside a word is looked for only in the words of customers, and only when no word begins so.
    """
    expression = match(query)
    found: list[Hit] = []
    for index in sorted(_indexes(session), key=lambda name: name != f"search_{OWN}") if expression else ():
        name = index.removeprefix("search_")
        if len(found) < limit and (not tables or name in tables or (name == OWN and "customer" in tables)):
            found += _hits_in(session, index, str(expression), limit - len(found))
    if not found and expression and (not tables or "customer" in tables):
        inside = [ident for _number, ident in _inside(session, query, limit)]
        found = [Hit("customer", ident, ident) for ident in inside]
    return found


def _hits_in(session: Session, index: str, expression: str, limit: int) -> list[Hit]:
    order = "" if index == f"search_{OWN}" else "ORDER BY rowid DESC "
    query = (
        "SELECT d.tbl, d.row, coalesce(f.customer_id, d.row) FROM "
        f"(SELECT rowid AS id FROM {index} WHERE {index} MATCH :words {order}LIMIT :limit) AS hit "
        "JOIN search_doc d ON d.id = hit.id LEFT JOIN search_owner o ON o.id = d.id "
        "LEFT JOIN customer_figures f ON f.no = o.owner ORDER BY d.id DESC"
    )
    rows = session.execute(text(query), {"words": expression, "limit": limit})
    return [Hit(table, row, customer) for table, row, customer in rows]


def _inside(session: Session, query: str, limit: int) -> Sequence[Any]:
    words = fold_phones(query).split()
    if max(map(len, words), default=0) < LOG_LETTERS:
        return []
    marks: dict[str, Any] = {f"w{index}": word for index, word in enumerate(words)}
    condition = " AND ".join(f"instr(text, :{name})" for name in marks)
    return session.execute(
        text(f"SELECT id, row FROM search_doc WHERE id < {FIRST_OTHER} AND {condition} LIMIT :limit"),
        {**marks, "limit": limit},
    ).all()


def numbers_matching(session: Session, query: str) -> tuple[str, dict[str, Any], bool] | None:
    """SQL and values for the numbers of the customers found, and whether they are many; None: nothing typed.

    One or two letters are looked for in the customers' own words, more also in the log and the orders.
    """
    expression = match(query)
    if expression is None:
        return None
    others = [name for name in _indexes(session) if name != f"search_{OWN}"]
    if max(map(len, fold_phones(query).split())) < LOG_LETTERS:
        others = []
    parts = [f"SELECT rowid AS no FROM search_{OWN} WHERE search_{OWN} MATCH :words"]
    parts += [
        f"SELECT o.owner FROM {name} AS hit CROSS JOIN search_owner o ON o.id = hit.rowid "
        f"WHERE {name} MATCH :words"
        for name in others
    ]
    statement, values = " UNION ALL ".join(parts), {"words": expression}
    counted = f"SELECT count(*) FROM (SELECT 1 FROM ({statement}) LIMIT {FEW})"
    count = session.execute(text(counted), values).scalar_one()
    if count:
        return statement, values, count >= FEW
    inside = [number for number, _ident in _inside(session, query, 500)]
    return " UNION ALL ".join(f"SELECT {number} AS no" for number in inside) or "SELECT 0 AS no", {}, False


def found_by(session: Session, query: str, table: str = "customer_figures") -> ColumnElement[bool]:
    """The condition on kept figures that their customer is found by what was typed.

    Where many are found the database walks the sort index and looks each number up; where few are found it
    begins with them.
    """
    found = numbers_matching(session, query)
    if found is None:
        return literal(False)
    statement, values, many = found
    number: ColumnElement[int] = literal_column(f"{'+' if many else ''}{table}.no", Integer)
    numbers = text(statement).bindparams(**values).columns(column("no", Integer)).subquery()
    return number.in_(select(numbers.c.no))


def customers_matching(session: Session, query: str) -> list[str] | None:
    """The customers with any record that holds the words typed; None where nothing was typed.

    The customer's own words, those of its people and numbers, count together; a word inside another is looked
    for only when no word begins so.
    """
    found = numbers_matching(session, query)
    if found is None:
        return None
    statement, values, _many = found
    query_ids = f"SELECT customer_id FROM customer_figures WHERE no IN ({statement})"
    return [str(ident) for ident in session.execute(text(query_ids), values).scalars()]
