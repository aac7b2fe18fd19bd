"""What one write did, as subscribers learn of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from crmdesk.core.journal import Change, Step, chg

MANY = 5000


@dataclass(frozen=True, slots=True)
class Changes:
    """The tables and rows that one write touched, who began it and what it was called.

    `rows` holds ids by table; a table is left out of it when more rows changed than are worth naming.
    """

    label: str
    kind: str
    tables: frozenset[str]
    rows: Mapping[str, frozenset[str]] = field(default_factory=dict)
    initiator: object | None = None
    step: Step | None = None

    def touches(self, table: str, row: str | None = None) -> bool:
        """Whether these changes may concern the table, or the one row of it."""
        if table not in self.tables:
            return False
        return row is None or table not in self.rows or row in self.rows[table]


def changes_of(changes: Iterable[Change], step: Step, initiator: object | None) -> Changes:
    """The summary of a journal step for its subscribers."""
    rows: dict[str, set[str]] = {}
    for change in changes:
        rows.setdefault(change.table, set()).add(change.row)
    named = {table: frozenset(ids) for table, ids in rows.items() if len(ids) <= MANY}
    return Changes(step.label, step.kind, frozenset(rows), named, initiator, step)


def changes_in(connection: Connection, step: Step) -> Changes:
    """The summary of a step as the journal has it; the rows of large tables are counted, not read.

    Whoever wrote it may have kept figures up as well.
    """
    own = (chg.c.dev == step.dev) & (chg.c.seq == step.seq)
    counted = select(chg.c.tbl, func.count()).where(own).group_by(chg.c.tbl)
    counts = {table: count for table, count in connection.execute(counted)}
    named = {
        table: frozenset(connection.execute(select(chg.c.row).where(own, chg.c.tbl == table)).scalars())
        for table, count in counts.items()
        if count <= MANY
    }
    return Changes(step.label, step.kind, frozenset(counts) | {"customer_figures"}, named, None, step)
