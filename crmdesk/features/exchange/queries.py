"""Reads what an import or an export needs of the store, as plain rows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core import journal
from crmdesk.core.record import ALIVE, Record, journalled
from crmdesk.features.customers.records import Firm
from crmdesk.features.exchange.records import ImportRun


@dataclass(frozen=True, slots=True)
class PastImport:
    """One import of the list of imports, with the step that undoes it."""

    id: str
    file: str
    fingerprint: str
    at: datetime
    counts: dict[str, dict[str, int]]
    refused: int
    step: tuple[str, int] | None


def stored(session: Session, record: type[Record]) -> Iterator[dict[str, Any]]:
    """All living rows of a record, oldest first, as dictionaries of its columns."""
    table = record.__table__
    names = ("id", *journalled(record))
    query = select(*(table.c[name] for name in names)).where(table.c.deleted == ALIVE).order_by(table.c.id)
    for row in session.execute(query.execution_options(yield_per=5000)):
        yield dict(zip(names, row, strict=True))


def currency(session: Session, otherwise: str) -> str:
    """The currency of the firm, or the given one where the firm is not known yet."""
    return session.execute(select(Firm.currency).where(Firm.deleted == ALIVE)).scalar() or otherwise


def past_imports(session: Session) -> list[PastImport]:
    """The imports that were not undone, newest first."""
    birth = journal.chg.c
    query = (
        select(ImportRun, birth.dev, birth.seq)
        .outerjoin(journal.chg, (birth.row == ImportRun.id) & (birth.fld == journal.BIRTH))
        .where(ImportRun.deleted == ALIVE)
        .order_by(ImportRun.at.desc(), ImportRun.id.desc())
    )
    return [
        PastImport(
            run.id,
            run.file,
            run.fingerprint or "",
            run.at,
            json.loads(run.counts or "{}"),
            int(run.refused or 0),
            (dev, seq) if dev else None,
        )
        for run, dev, seq in session.execute(query)
    ]


def imported_before(session: Session, fingerprint: str) -> datetime | None:
    """When a file with the same content was imported last; None where it never was."""
    query = select(ImportRun.at).where(ImportRun.fingerprint == fingerprint, ImportRun.deleted == ALIVE)
    return session.execute(query.order_by(ImportRun.at.desc())).scalar()
