"""Making a customer file, and checking one before anything else is done with it."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path

import sqlcipher3.dbapi2 as driver
from sqlalchemy import insert, select
from sqlalchemy.engine import Connection, Engine

from crmdesk.core import database, journal, paths
from crmdesk.core.errors import NotFound, StoreError
from crmdesk.core.i18n import _
from crmdesk.core.ids import replica_id
from crmdesk.core.record import Record

SUFFIX = ".crmdesk"


def make_file(path: Path, key: bytes | None = None) -> None:
    """Make an empty customer file; refuses to write over anything. With a key it is encrypted from birth."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    except FileExistsError as error:
        raise StoreError(_("{name} is there already. Choose another name.").format(name=path.name)) from error
    except OSError as error:
        raise StoreError(
            _("The folder {folder} cannot be written. Choose another.").format(folder=path.parent)
        ) from error
    os.close(handle)
    connection = database.connect(path, key)
    connection.execute(f"PRAGMA application_id = {database.APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {journal.SCHEMA_VERSION}")
    connection.close()
    if key is not None and database.is_plain(path):
        path.unlink()
        raise StoreError(_("The file could not be encrypted. Nothing was made."))


def unmake_file(path: Path) -> None:
    """Take away a file whose making failed, so that its name is free again."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def make_tables(engine: Engine) -> None:
    """Make the tables of all loaded records and of the journal."""
    Record.metadata.create_all(engine)


def check_file(path: Path, key: bytes | None = None) -> None:
    """Refuse, with the reason, what is not a sound customer file of this version or an older one."""
    if not _is_file(path):
        raise NotFound(
            _("There is no file {name}. Check the path, or make a new file.").format(name=path.name)
        )
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise StoreError(_("You have no right to read {name}.").format(name=path.name)) from error
    if not head:
        raise StoreError(_("The file {name} is empty. Restore the last backup.").format(name=path.name))
    if key is None and head != database.PLAIN_HEADER:
        raise StoreError(_("{name} is not a crmdesk file, or needs its password.").format(name=path.name))
    try:
        _check_content(path, key)
    except (driver.DatabaseError, sqlite3.DatabaseError) as error:
        told = database.sentence(error)
        raise StoreError(
            told or _("The file is damaged. Nothing was changed; restore the last backup.")
        ) from error


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a folder that may not be entered
        return False


def _check_content(path: Path, key: bytes | None) -> None:
    if not os.access(path, os.W_OK):
        raise StoreError(_("{name} is read-only. Change its rights, or copy it.").format(name=path.name))
    connection = database.connect(path, key)
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if application != database.APPLICATION_ID:
            raise StoreError(_("{name} belongs to another program.").format(name=path.name))
        if version > journal.SCHEMA_VERSION:
            raise StoreError(
                _("{name} was made by a newer crmdesk (version {version}). Update crmdesk first.").format(
                    name=path.name, version=version
                )
            )
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
            raise StoreError(
                _("{name} was never finished and holds nothing. Delete it, then make it again.").format(
                    name=path.name
                )
            )
        if (
            path.stat().st_size < 200_000_000
            and connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok"
        ):
            raise StoreError(_("The file is damaged. Nothing was changed; restore the last backup."))
    finally:
        connection.close()


def own_replica(engine: Engine, path: Path) -> str:
    """The identity of this copy of the file; a copy found at a new place gets a new one.

    The identity also stands in the program's own folder, with the path. A file that moved keeps it; a second
    copy, or a file from another computer, mints its own, so that two copies never write under one name.
    """
    with engine.begin() as connection:
        known = connection.execute(
            select(journal.meta.c.value).where(journal.meta.c.name == "replica")
        ).scalar()
        if known and _is_ours(known, path) and not _is_older(connection, known):
            return str(known)
        fresh = replica_id()
        connection.execute(journal.meta.delete().where(journal.meta.c.name == "replica"))
        connection.execute(insert(journal.meta), {"name": "replica", "value": fresh})
        connection.execute(insert(journal.replica), {"id": fresh, "name": path.stem, "kind": "office"})
    _register(fresh, path)
    return fresh


def _registry() -> Path:
    return paths.config() / "copies.json"


def _registered() -> dict[str, str]:
    try:
        found = json.loads(_registry().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # a lost register only means that the next opening mints a new identity
    return found if isinstance(found, dict) else {}


def _is_ours(replica: str, path: Path) -> bool:
    place = _registered().get(replica)
    if place is None:
        return False
    if place == str(path):
        return True
    if Path(place).exists():
        return False
    _register(replica, path)
    return True


def _is_older(connection: Connection, replica: str) -> bool:
    """Whether the file holds fewer steps than it once had: somebody put an older copy in its place."""
    known = _registered().get(f"{replica} steps", "0")
    return known.isdigit() and journal.vector(connection).get(replica, 0) < int(known)


def note_steps(replica: str, steps: int) -> None:
    """Remember outside the file how many steps it holds, to notice an older copy in its place."""
    _keep(_registered() | {f"{replica} steps": str(steps)})


def forget(replica: str) -> None:
    """Strike a copy that is gone for good off the register."""
    places = _registered()
    if places.pop(replica, None) is not None:
        places.pop(f"{replica} steps", None)
        _keep(places)


def _register(replica: str, path: Path) -> None:
    _keep(_registered() | {replica: str(path)})


def _keep(places: dict[str, str]) -> None:
    temporary = _registry().with_suffix(f".{os.getpid()}.tmp")
    temporary.write_text(json.dumps(places, indent=1), encoding="utf-8")
    temporary.replace(_registry())
