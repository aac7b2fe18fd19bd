"""Bringing an older customer file up to date: ordered steps, a copy first, memory of what was applied.

A new file is made whole and marked up to date. Steps are named by date so that those of all slices sort into
one order; each runs in a transaction of its own together with its record.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Column, String, Table, insert, select
from sqlalchemy.engine import Connection, Engine

from crmdesk.core.record import Record

applied = Table(
    "applied_step",
    Record.metadata,
    Column("name", String, primary_key=True),
    Column("at", String, nullable=False),
)


@dataclass(frozen=True, slots=True)
class MigrationStep:
    """One change of the tables; the name begins with its date, `2026-11-22 customers gain a website`."""

    name: str
    run: Callable[[Connection], None]


def pending(connection: Connection, steps: Sequence[MigrationStep]) -> list[MigrationStep]:
    """The steps this file has not had, in date order."""
    done = set(connection.execute(select(applied.c.name)).scalars())
    return sorted((step for step in steps if step.name not in done), key=lambda step: step.name)


def mark_applied(connection: Connection, steps: Sequence[MigrationStep]) -> None:
    """Note all steps as done, for a file that was made whole."""
    now = datetime.now().isoformat(timespec="seconds")
    for step in steps:
        connection.execute(insert(applied), {"name": step.name, "at": now})


def migrate(engine: Engine, path: Path, steps: Sequence[MigrationStep]) -> Path | None:
    """Apply what is pending; returns the copy made before, None where nothing was to do."""
    with engine.connect() as connection:
        waiting = pending(connection, steps)
    if not waiting:
        return None
    backup = path.with_name(f"{path.stem} before {waiting[-1].name[:10]}{path.suffix}")
    if not backup.exists():
        _copy(engine, backup)
    for step in waiting:
        with engine.begin() as connection:
            if step in pending(connection, [step]):
                step.run(connection)
                mark_applied(connection, [step])
    return backup


def _copy(engine: Engine, backup: Path) -> None:
    """A whole copy by the database itself; it counts only under its own name, so a half one never does."""
    part = backup.with_suffix(".part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL, 0o600))
    with engine.connect() as connection:
        connection.rollback()
        connection.connection.driver_connection.execute("VACUUM INTO ?", (str(part),))  # type: ignore[union-attr]
    part.replace(backup)
