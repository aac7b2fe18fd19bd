"""S10: a checked backup, beside copying the bytes of the file."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from crmdesk.core import dates
from crmdesk.core.backup import back_up
from tests.bench import data
from tests.bench.measure import Figure, Goal, Size, compared, turns


def run(size: Size) -> list[Figure]:
    """Back up the store, and copy its file."""
    store = data.store_path(size.customers)
    with data.scratch() as folder:
        ours, theirs = turns(
            max(2, size.rounds // 2),
            lambda: _backed_up(store, folder / "Backups"),
            lambda: _copied(store, folder / "copy"),
        )
    return [compared("backup", "checked backup", ours, theirs, Goal(ratio=2.5), "copy and fsync")]


def _backed_up(store: Path, folder: Path) -> None:
    back_up(store, folder, dates.now()).path.unlink()


def _copied(store: Path, target: Path) -> None:
    shutil.copyfile(store, target)
    with target.open("rb+") as file:
        os.fsync(file.fileno())
    target.unlink()
