"""Figures kept per customer: derived, indexed, never journalled, rebuilt whole when in doubt.

Each measure becomes one column of `customer_figures`, so any table, filter, axis or chart can use it with one
join. A measure that compares customers with each other is `whole`: it is marked stale and computed anew for
all of them by `keep_up`, off the window. `no` numbers the customers for the search, and stays.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, String, Table, Text, inspect, select
from sqlalchemy.orm import Session
from sqlalchemy.types import Float, TypeEngine

from crmdesk.core.ids import ID_LENGTH
from crmdesk.core.kinds import Kind
from crmdesk.core.record import Record
from crmdesk.core.write import blocks

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
        self.put(session, ids, {m.name: m.compute(session, ids, today) for m in chosen})

    def put(self, session: Session, ids: Ids, columns: Mapping[str, Mapping[str, Any]]) -> None:
        """Keep computed figures, by measure and customer; only what differs is written."""
        if ids is None and len(columns) == len(self.measures):
            there = select(self.customer.id)
            session.execute(self.table.delete().where(self.table.c.customer_id.not_in(there)))
        kept = self._kept(session, ids, list(columns))
        found = columns.values()
        rows: list[tuple[Any, ...]] = [
            (*(values.get(ident) for values in found), ident)
            for block in self._wanted(session, ids)
            for ident in block
        ]
        self._insert(session, list(columns), [row for row in rows if row[-1] not in kept])
        self._update(session, list(columns), [row for row in rows if kept.get(row[-1], row) != row])

    def _wanted(self, session: Session, ids: Ids) -> Iterator[Sequence[str]]:
        """The ids of customers that there are, of those given or of all, in the order of their making."""
        every = select(self.customer.id).order_by(self.customer.id)
        if ids is None:
            yield session.execute(every).scalars().all()
            return
        for block in blocks(sorted(ids)):
            yield session.execute(every.where(self.customer.id.in_(block))).scalars().all()

    def _kept(self, session: Session, ids: Ids, names: Sequence[str]) -> dict[str, tuple[Any, ...]]:
        """The figures as they are, by customer, with the customer last: most of them stay what they were."""
        picked = ", ".join(f'"{name}"' for name in (*names, "customer_id"))  # the names are our own
        query = f"SELECT {picked} FROM customer_figures"
        connection = session.connection()
        if ids is None:
            return {row[-1]: tuple(row) for row in connection.exec_driver_sql(query)}
        found: dict[str, tuple[Any, ...]] = {}
        for block in blocks(list(ids)):
            marks = ", ".join("?" for _one in block)
            rows = connection.exec_driver_sql(f"{query} WHERE customer_id IN ({marks})", tuple(block))
            found.update((row[-1], tuple(row)) for row in rows)
        return found

    def _insert(self, session: Session, names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        picked = ", ".join(f'"{name}"' for name in (*names, "customer_id"))
        marks = ", ".join("?" for _name in (*names, "customer_id"))
        statement = f"INSERT INTO customer_figures ({picked}) VALUES ({marks})"
        for block in blocks(rows, 5000):
            session.connection().exec_driver_sql(statement, list(block))

    def _update(self, session: Session, names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        assignments = ", ".join(f'"{name}" = ?' for name in names)
        statement = f"UPDATE customer_figures SET {assignments} WHERE customer_id = ?"
        for block in blocks(rows, 5000):
            session.connection().exec_driver_sql(statement, list(block))

    def measure(self, name: str) -> Measure:
        """A measure by its name; KeyError where there is none."""
        for measure in self.measures:
            if measure.name == name:
                return measure
        raise KeyError(name)

    def stale_after(self, tables: Collection[str]) -> list[Measure]:
        """The measures that a change of these tables makes stale for customers it does not name."""
        return [
            measure
            for measure in self.measures
            if any(
                w.__tablename__ in tables and (measure.whole or w.owners([]) is None) for w in measure.watches
            )
        ]
