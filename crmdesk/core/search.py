"""The one full-text index over all records and notes.

Texts and queries go through the same folding: case, accents, ё/е and the blanks and dots of phone numbers
make no difference. Words are found by their beginnings through FTS5; what that misses is looked for inside
words. The index is derived: never journalled, rebuilt when in doubt.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from crmdesk.core.kept import Ids
from crmdesk.core.record import Record
from crmdesk.core.write import blocks

MANY = 2000
_PHONE_JOINTS = re.compile(r"(?<=\d)[\s().\-/]+(?=\d)")
_WORDS = re.compile(r"[^\W_]+")
_KEEP_SHORT_I = {"и\u0306": "й", "И\u0306": "й"}


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
    decomposed = unicodedata.normalize("NFKD", words.casefold())
    for pair, letter in _KEEP_SHORT_I.items():
        decomposed = decomposed.replace(pair, letter)
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(_WORDS.findall(bare.replace("ё", "е")))


def fold_phones(words: str) -> str:
    """Like fold, with the digits of phone numbers joined, so that 0323 550-142 is found as 0323550142."""
    return fold(_PHONE_JOINTS.sub("", words))


def create(session: Session) -> None:
    """Make the empty index."""
    for statement in (
        "CREATE TABLE IF NOT EXISTS search_doc (id INTEGER PRIMARY KEY, tbl TEXT NOT NULL, "
        "row TEXT NOT NULL, customer TEXT, text TEXT NOT NULL)",
        "CREATE UNIQUE INDEX IF NOT EXISTS search_doc_row ON search_doc (tbl, row)",
        "CREATE VIRTUAL TABLE IF NOT EXISTS search_fts USING fts5(text, content='search_doc', "
        "content_rowid='id', tokenize='unicode61 remove_diacritics 0', prefix='1 2 3', detail=none)",
    ):
        session.execute(text(statement))


def refresh(session: Session, source: SearchSource, ids: Ids) -> None:
    """Put the present words of some rows into the index, of all rows of the source where ids is None."""
    if ids is None:
        _refresh_rows(session, source, None)
        return
    for block in blocks(sorted(ids), MANY):
        _refresh_rows(session, source, block)


def _refresh_rows(session: Session, source: SearchSource, chosen: Sequence[str] | None) -> None:
    table = source.record.__tablename__
    _forget(session, table, chosen)
    docs = [
        {"tbl": table, "row": doc.row, "customer": doc.customer, "text": fold_phones(doc.text)}
        for doc in source.docs(session, chosen)
    ]
    if not docs:
        return
    last = session.execute(text("SELECT coalesce(max(id), 0) FROM search_doc")).scalar_one()
    insert = text("INSERT INTO search_doc (tbl, row, customer, text) VALUES (:tbl, :row, :customer, :text)")
    for block in blocks(docs, 5000):
        session.execute(insert, list(block))
    session.execute(
        text("INSERT INTO search_fts (rowid, text) SELECT id, text FROM search_doc WHERE id > :last"),
        {"last": last},
    )


def _forget(session: Session, table: str, ids: Sequence[str] | None) -> None:
    if ids is None:
        _forget_rows(session, "tbl = :tbl", {"tbl": table})
        return
    for block in blocks(ids):
        marks = {f"r{index}": ident for index, ident in enumerate(block)}
        names = ", ".join(f":{name}" for name in marks)
        _forget_rows(session, f"tbl = :tbl AND row IN ({names})", {"tbl": table, **marks})


def _forget_rows(session: Session, condition: str, values: dict[str, Any]) -> None:
    session.execute(
        text(
            "INSERT INTO search_fts (search_fts, rowid, text) "
            f"SELECT 'delete', id, text FROM search_doc WHERE {condition}"  # bound values
        ),
        values,
    )
    session.execute(text(f"DELETE FROM search_doc WHERE {condition}"), values)


def match(query: str) -> str | None:
    """The FTS5 expression of what was typed, every word by its beginning; None where there is none."""
    words = fold_phones(query).split()
    return " AND ".join(f'"{word}"*' for word in words) if words else None


def hits(session: Session, query: str, limit: int = 200, tables: Sequence[str] = ()) -> list[Hit]:
    """The records that hold all the words typed, words' beginnings first, then parts inside words."""
    expression = match(query)
    if expression is None:
        return []
    only = f" AND d.tbl IN ({', '.join(repr(name) for name in tables)})" if tables else ""
    begin = (
        "SELECT d.tbl, d.row, d.customer FROM search_fts f JOIN search_doc d ON d.id = f.rowid "
        f"WHERE search_fts MATCH :words{only} ORDER BY f.rowid DESC LIMIT :limit"
    )
    found = session.execute(text(begin), {"words": expression, "limit": limit}).all()
    answer = {(tbl, row): Hit(tbl, row, customer) for tbl, row, customer in found}
    if len(answer) < limit:
        for tbl, row, customer in _inside(session, query, limit, only):
            answer.setdefault((tbl, row), Hit(tbl, row, customer))
    return list(answer.values())[:limit]


def _inside(session: Session, query: str, limit: int, only: str) -> Sequence[Any]:
    words = fold_phones(query).split()
    if max(map(len, words)) < 3:
        return []
    marks = {f"w{index}": word for index, word in enumerate(words)}
    condition = " AND ".join(f"instr(d.text, :{name})" for name in marks)
    return session.execute(
        text(f"SELECT d.tbl, d.row, d.customer FROM search_doc d WHERE {condition}{only} LIMIT :limit"),
        {**marks, "limit": limit},
    ).all()


def customers_matching(session: Session, query: str) -> list[str] | None:
    """The customers with any record that holds the words typed; None where nothing was typed.

    The customer's own words, those of its people and numbers, count together; a word inside another is looked
    for only when no word begins so.
    """
    expression = match(query)
    if expression is None:
        return None
    begin = (
        "SELECT DISTINCT d.customer FROM search_fts f JOIN search_doc d ON d.id = f.rowid "
        "WHERE search_fts MATCH :words AND d.customer IS NOT NULL"
    )
    found = session.execute(text(begin), {"words": expression}).scalars().all()
    if found:
        return [str(ident) for ident in found]
    return [str(customer) for _tbl, _row, customer in _inside(session, query, 500, "") if customer]
