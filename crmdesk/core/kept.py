"""Figures kept per customer: derived, indexed, never journalled, rebuilt whole when in doubt.

Each measure becomes one column of `customer_figures`, so any table, filter, axis or chart can use it with one
join. A measure that compares customers with each other is `whole`: it is marked stale and computed anew for
all of them by `keep_up`, off the window. `no` numbers the customers for the search, and stays.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, String, Table, Text, inspect, select
from sqlalchemy.orm import Session
from sqlalchemy.types import Float, TypeEngine

from crmdesk.core.ids import ID_LENGTH
from crmdesk.core.kinds import Kind
from crmdesk.core.record import Record

_TYPES: dict[Kind, type[TypeEngine[Any]]] = {
    Kind.MONEY: BigInteger,
    Kind.NUMBER: Float,
    Kind.PERCENT: Float,
    Kind.FLAG: BigInteger,
}

Ids = Collection[str] | None
Compute = Callable[[Session, Ids, date], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Measure:
    """A named figure per customer.

    `compute(session, ids, today)` returns the figure by customer id, for the given ids or for all where None.
    Dates are kept as ISO text. `watches` are the records that it reads.
    """

    name: str
    label: str
    kind: Kind
    compute: Compute
    watches: tuple[type[Record], ...]
    whole: bool = False
    indexed: bool = False
    listed: bool = True


class Figures:
    """The table of kept figures and the measures behind it."""

    def __init__(self, customer: type[Record], measures: Sequence[Measure]) -> None:
        self.customer = customer
        self.measures = tuple(measures)
        self.table = Table(
            "customer_figures",
            MetaData(),
            Column("no", Integer, primary_key=True),
            Column("customer_id", String(ID_LENGTH), nullable=False, unique=True),
            *(Column(measure.name, _TYPES.get(measure.kind, Text)) for measure in measures),
            *(Index(f"figures_{m.name}", m.name, "customer_id") for m in measures if m.indexed),
        )

    def ensure(self, session: Session) -> bool:
        """Make the table fit the measures; True when it was made anew and must be filled."""
        inspector = inspect(session.connection())
        if inspector.has_table(self.table.name):
            columns = {column["name"] for column in inspector.get_columns(self.table.name)}
            if columns == {column.name for column in self.table.columns}:
                return False
            self.table.drop(session.connection())
        self.table.create(session.connection())
        return True

    def refresh(
        self, session: Session, ids: Ids, today: date, measures: Sequence[Measure] | None = None
    ) -> None:
        """Compute the figures anew for some customers, or for all of them where `ids` is None."""
        chosen = self.measures if measures is None else measures
        every = ids is None and measures is None
        if every:
            there = select(self.customer.id)
            session.execute(self.table.delete().where(self.table.c.customer_id.not_in(there)))
        self._add_missing(session, ids)
        columns: dict[str, Mapping[str, Any]] = {m.name: m.compute(session, ids, today) for m in chosen}
        wanted = self._wanted(session, ids)
        if not wanted or not columns:
            return
        names = list(columns)
        rows = [(*(columns[name].get(ident) for name in names), ident) for ident in wanted]
        assignments = ", ".join(f'"{name}" = ?' for name in names)
        session.connection().exec_driver_sql(
            f"UPDATE customer_figures SET {assignments} WHERE customer_id = ?",  # the names are our own
            rows,
        )

    def _add_missing(self, session: Session, ids: Ids) -> None:
        known = select(self.table.c.customer_id)
        query = select(self.customer.id).where(self.customer.id.not_in(known))
        if ids is not None:
            query = query.where(self.customer.id.in_(ids))
        missing = [{"customer_id": ident} for ident in session.execute(query).scalars()]
        if missing:
            session.execute(self.table.insert(), missing)

    def _wanted(self, session: Session, ids: Ids) -> list[str]:
        if ids is not None:
            return list(ids)
        return list(session.execute(select(self.table.c.customer_id)).scalars())

    def measure(self, name: str) -> Measure:
        """A measure by its name; KeyError where there is none."""
        for measure in self.measures:
            if measure.name == name:
                return measure
        raise KeyError(name)

    def stale_after(self, tables: Collection[str]) -> list[Measure]:
        """The whole measures that a change of these tables makes stale."""
        return [m for m in self.measures if m.whole and any(w.__tablename__ in tables for w in m.watches)]
