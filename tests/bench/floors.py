"""The same made-up customers and contacts as flat tables: what the floors of lists and searches read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import text

from tests.bench import data

COLUMNS = ("name", "town", "phone", "mail", "notes")
_MAKE = (
    "CREATE TABLE customer (id INTEGER PRIMARY KEY, key TEXT, name TEXT, town TEXT, phone TEXT, mail TEXT, "
    "notes TEXT, folded TEXT)",
    "CREATE TABLE entry (id INTEGER PRIMARY KEY, customer INTEGER, at TEXT, folded TEXT)",
)
_FTS = "tokenize='unicode61 remove_diacritics 0', prefix='1 2 3', detail=none"
_THEN = (
    "CREATE INDEX customer_key ON customer (key, id)",
    "CREATE INDEX entry_at ON entry (customer, at)",
    f"CREATE VIRTUAL TABLE customer_fts USING fts5(folded, content='customer', content_rowid='id', {_FTS})",
    f"CREATE VIRTUAL TABLE entry_fts USING fts5(folded, content='entry', content_rowid='id', {_FTS})",
    "INSERT INTO customer_fts (customer_fts) VALUES ('rebuild')",
    "INSERT INTO entry_fts (entry_fts) VALUES ('rebuild')",
    "ANALYZE",
)
_CUSTOMERS = """
SELECT f.sort_name, c.name, f.town, f.phone,
  (SELECT value FROM contact_point p WHERE p.customer_id = c.id AND p.kind = 'email'), c.notes, d.text
FROM customer c JOIN customer_figures f ON f.customer_id = c.id
JOIN search_doc d ON d.tbl = 'customer' AND d.row = c.id
"""
_ENTRIES = """
SELECT i.customer_id, i.at, d.text FROM interaction i
JOIN search_doc d ON d.tbl = 'interaction' AND d.row = i.id
"""


def path(customers: int) -> Path:
    """The file of the flat tables, made on the first call of a day."""
    store = data.store_path(customers)
    flat = store.with_suffix(".flat")
    if not flat.exists():
        temporary = data.folder() / f"making-{os.getpid()}.flat"
        _make(temporary, customers)
        temporary.rename(flat)
    return flat


def _make(flat: Path, customers: int) -> None:
    with closing(driver.connect(str(flat), isolation_level=None)) as made, data.opened(customers) as store:
        for statement in ("PRAGMA journal_mode=off", "PRAGMA synchronous=0", *_MAKE, "BEGIN"):
            made.execute(statement)
        with store.read() as session:
            rows = session.execute(text(_CUSTOMERS))
            made.executemany("INSERT INTO customer VALUES (NULL,?,?,?,?,?,?,?)", (tuple(row) for row in rows))
            entries = session.execute(text(_ENTRIES))
            made.executemany(
                "INSERT INTO entry VALUES (NULL,?,?,?)",
                ((int(own[17:], 16), at, said) for own, at, said in entries),
            )
        for statement in (*_THEN, "COMMIT"):
            made.execute(statement)


@contextmanager
def opened(customers: int) -> Iterator[Any]:
    """A connection to the flat tables, with the same cache as the product's."""
    with closing(driver.connect(str(path(customers)), isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size=-65536")
        connection.execute("PRAGMA query_only=1")
        yield connection
