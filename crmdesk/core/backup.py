"""Copies of the customer file that were opened and checked before they count.

A copy is made by the database's own backup, never by copying a live file; it is checked under another name
and then put in place in one step, so that a broken copy never replaces a good one.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from crmdesk.core import database
from crmdesk.core.errors import StoreError
from crmdesk.core.i18n import _
from crmdesk.core.jobs import Progress

KEEP_ALL_DAYS = 2
KEEP_DAILY_DAYS = 30
STAMP = "%Y-%m-%d %H%M%S"
PAGES = 1024


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy: where it lies and when it was made."""

    path: Path
    made: datetime


def folder_of(store: Path, chosen: str = "") -> Path:
    """Where the copies of a file go: the folder chosen in the settings, else `Backups` beside the file."""
    return Path(chosen) if chosen else store.parent / "Backups"


def back_up(store: Path, folder: Path, now: datetime, progress: Progress | None = None) -> Backup:
    """Make a checked copy; StoreError where it cannot be made, and no earlier copy is touched then."""
    line = progress or Progress()
    target = folder / f"{store.stem} {now.strftime(STAMP)}{store.suffix}"
    temporary = target.with_suffix(".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _copy(store, temporary, line)
        _check(temporary)
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(target)
    except (OSError, driver.DatabaseError) as error:
        told = database.sentence(error) or _("The backup could not be made. Check the folder {folder}.")
        raise StoreError(told.format(folder=folder)) from error
    finally:
        with contextlib.suppress(OSError):  # a half copy is of no use; a whole one has its own name by now
            temporary.unlink(missing_ok=True)
    for old in surplus(backups(store, folder), now):
        old.path.unlink(missing_ok=True)
    return Backup(target, now.replace(microsecond=0))


def _copy(store: Path, target: Path, progress: Progress) -> None:
    target.unlink(missing_ok=True)
    source = database.connect(store, query_only=True)
    handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    os.close(handle)
    copy = driver.connect(str(target))
    try:
        source.backup(
            copy, pages=PAGES, progress=lambda _state, left, total: progress.step(total - left, total)
        )
        copy.execute("PRAGMA journal_mode = delete")
    finally:
        copy.close()
        source.close()


def _check(copy: Path) -> None:
    connection = driver.connect(str(copy))
    try:
        sound = connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
        ours = connection.execute("PRAGMA application_id").fetchone()[0] == database.APPLICATION_ID
    finally:
        connection.close()
    if not (sound and ours):
        raise StoreError(_("The copy did not pass its check. The earlier backups are untouched."))


def backups(store: Path, folder: Path) -> list[Backup]:
    """The copies of a file, newest first."""
    found = []
    for path in folder.glob(f"{store.stem} *{store.suffix}") if folder.is_dir() else ():
        try:
            made = datetime.strptime(path.stem.removeprefix(f"{store.stem} "), STAMP)
        except ValueError:
            continue  # somebody else's file with a like name
        found.append(Backup(path, made))
    return sorted(found, key=lambda backup: backup.made, reverse=True)


def surplus(found: Iterable[Backup], now: datetime) -> list[Backup]:
    """The copies to let go: all are kept for two days, then one a day for a month, then one a month."""
    kept: set[str] = set()
    gone: list[Backup] = []
    for backup in sorted(found, key=lambda one: one.made, reverse=True):
        age = now - backup.made
        if age <= timedelta(days=KEEP_ALL_DAYS):
            continue
        slot = f"{backup.made:%Y-%m-%d}" if age <= timedelta(days=KEEP_DAILY_DAYS) else f"{backup.made:%Y-%m}"
        if slot in kept:
            gone.append(backup)
        kept.add(slot)
    return gone
