"""Connections to one customer file: key first, then the pragmas, each read back.

Figures and reasons stand in the reliability notes: WAL with `synchronous=FULL` loses no acknowledged commit,
and `BEGIN IMMEDIATE` keeps two writers from upgrading into each other.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import QueuePool

from crmdesk.core.errors import StoreError
from crmdesk.core.i18n import _

APPLICATION_ID = 0x63726D64  # "crmd"
SQLITE_AT_LEAST = (3, 51, 3)
PLAIN_HEADER = b"SQLite format 3\x00"
BUSY_MS = 5000

PRAGMAS: dict[str, str | int] = {
    "foreign_keys": 1,
    "journal_mode": "wal",
    "synchronous": 2,
    "busy_timeout": BUSY_MS,
    "secure_delete": 1,
    "cache_size": -65536,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "temp_store": 2,
}


def connect(path: Path, key: bytes | None = None, *, query_only: bool = False) -> Any:
    """A raw connection with key and pragmas set; StoreError where the engine does not obey."""
    if driver.sqlite_version_info < SQLITE_AT_LEAST:
        raise StoreError(_("The database engine is too old. Install crmdesk anew."))
    connection = driver.connect(
        path.as_uri() + "?mode=rw",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=BUSY_MS / 1000,
    )
    if key is not None:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    wanted = dict(PRAGMAS)
    if query_only:
        wanted["query_only"] = 1
    if sys.platform == "darwin":
        wanted |= {"fullfsync": 1, "checkpoint_fullfsync": 1}
    for name, value in wanted.items():
        connection.execute(f"PRAGMA {name} = {value}")
        got = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if str(got).lower() != str(value).lower():
            connection.close()
            raise StoreError(
                _("The database engine refused the setting {name}. Nothing was opened.").format(name=name)
            )
    return connection


def writer(path: Path, key: bytes | None = None) -> Engine:
    """The one engine that writes: a pool of one, each transaction opened with BEGIN IMMEDIATE."""
    return _engine(path, key, begin="BEGIN IMMEDIATE", size=1)


def reader(path: Path, key: bytes | None = None) -> Engine:
    """An engine that can only read, for as many threads as ask."""
    return _engine(path, key, begin="BEGIN", size=4)


def _engine(path: Path, key: bytes | None, *, begin: str, size: int) -> Engine:
    engine = create_engine(
        "sqlite://",
        module=driver,
        creator=lambda: connect(path, key, query_only=begin == "BEGIN"),
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0 if size == 1 else 8,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def is_plain(path: Path) -> bool:
    """Whether a file is an SQLite file that is not encrypted."""
    with path.open("rb") as file:
        return file.read(16) == PLAIN_HEADER


def sentence(error: BaseException) -> str | None:
    """What a driver error means for the user; None where it is a fault of ours."""
    text = str(getattr(error, "orig", None) or error).lower()
    if "is locked" in text or "busy" in text:
        return _("The file is in use by another program. Close it there, then try again.")
    if "disk is full" in text:
        return _("The disk is full. Nothing was saved; free some space, then try again.")
    if "readonly" in text or "read-only" in text:
        return _("The file cannot be written. Check its rights, or copy it to your own folder.")
    if "malformed" in text or "corrupt" in text or "not a database" in text or "hmac" in text:
        return _("The file is damaged. Nothing was changed; restore the last backup.")
    if "unable to open" in text:
        return _("The file cannot be opened. Check that it is there and that you may read it.")
    if "disk i/o" in text:
        return _("The disk reports an error. Nothing was saved; back up to another disk.")
    return None
