"""The customer list: filtered, searched and sorted inside the store, as ready rows.

The figures table carries the sort keys and their indexes, so it leads the query; the list asks for a count, a
first screen, all ids in order, and then only the rows that are shown.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    and_,
    func,
    literal_column,
    null,
    select,
)
from sqlalchemy.orm import Session

from crmdesk.core import search
from crmdesk.core.kept import Figures
from crmdesk.core.record import ALIVE, TRASHED
from crmdesk.core.write import blocks
from crmdesk.features.customers import rules
from crmdesk.features.customers.records import Customer, Tag

FIRST = 60
OWN = ("name", "trade", "number", "kind", "since", "potential_grade", "vat_number", "source", "referent")
KEPT = (
    "cluster",
    "town",
    "phone",
    "last_contact",
    "turnover_quarters",
    "turnover_12m",
    "next_due",
    "next_what",
)
STATES = ("late", "planned", "unplanned", "ungraded", "phoneless")
_GONE = Customer.deleted > literal_column("0")  # the few that are gone have an index of their own
_SORT_AS = {"name": "sort_name", "next": "next_due", "turnover": "turnover_12m"}


@dataclass(frozen=True, slots=True)
class CustomerFilter:
    """Which customers the list shows; empty parts do not limit anything."""

    text: str = ""
    kinds: tuple[str, ...] = ()
    clusters: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    trashed: bool = False

    @property
    def limits(self) -> bool:
        """Whether this shows anything less than all customers."""
        return self != CustomerFilter()


@dataclass(frozen=True, slots=True)
class Totals:
    """How many customers are shown, how many there are, and what those shown bought."""

    shown: int
    all: int
    turnover: int


@dataclass(frozen=True, slots=True)
class CustomerRows:
    """One way to list customers: a filter, a sort column, and further columns beside the usual ones.

    Rows are tuples: the id, then `columns` in order.
    """

    figures: Figures
    today: date
    filter: CustomerFilter = CustomerFilter()
    sort: str = "next"
    descending: bool = False
    extra: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of a row's values after its id."""
        return tuple(dict.fromkeys(("name", "trade", *KEPT, *self.extra)))

    def sorted(self, sort: str, descending: bool = False) -> CustomerRows:
        """The same customers in another order."""
        return replace(self, sort=sort, descending=descending)

    def filtered(self, chosen: CustomerFilter) -> CustomerRows:
        """The list under another filter."""
        return replace(self, filter=chosen)

    def count(self, session: Session) -> int:
        """How many customers the list has."""
        return int(session.execute(self._lean(session, select(func.count()))).scalar_one())

    def first(self, session: Session, limit: int = FIRST) -> list[tuple[Any, ...]]:
        """The first rows, for the first paint."""
        return [tuple(row) for row in session.execute(self.first_query(session, limit))]

    def first_query(self, session: Session, limit: int = FIRST) -> Select[Any]:
        """The query behind the first screen; it walks the index of the sort column."""
        query = self._joined(self._select()).where(self._living(), *self._conditions(session))
        return query.order_by(*self._order()).limit(limit)

    def ids(self, session: Session) -> list[str]:
        """All ids in the order of the list."""
        if not self.filter.limits and getattr(self._key(), "table", None) is Customer.__table__:
            every = select(Customer.id.label("customer_id")).where(self._living())
            ordered = every.order_by(*self._order(Customer.__table__.c.id)).subquery()
        else:
            every = self._lean(session, select(self._kept("customer_id")), by_key=True)
            ordered = every.order_by(*self._order()).subquery()
        joined = session.execute(
            select(func.group_concat(ordered.c.customer_id, ","))
        ).scalar()  # much quicker
        return str(joined).split(",") if joined else []

    def rows(self, session: Session, ids: Sequence[str]) -> list[tuple[Any, ...]]:
        """The rows of some ids, in the order of the ids; those that are gone are left out."""
        found: dict[str, tuple[Any, ...]] = {}
        for block in blocks(list(ids)):
            query = self._joined(self._select()).where(self._kept("customer_id").in_(list(block)))
            found.update((row[0], tuple(row)) for row in session.execute(query))
        return [found[ident] for ident in ids if ident in found]

    def totals(self, session: Session) -> Totals:
        """The count and the turnover of what is shown, beside the count of all."""
        turnover = self._kept("turnover_12m")
        query = self._lean(session, select(func.count(), func.coalesce(func.sum(turnover), 0)))
        shown, amount = session.execute(query).one()
        rows = select(func.count()).select_from(Customer).scalar_subquery()
        gone = select(func.count()).where(_GONE).scalar_subquery()
        every = session.execute(select(rows - gone)).scalar_one()
        return Totals(int(shown), int(every), int(amount or 0))

    def _table(self) -> Table:
        return self.figures.table

    def _kept(self, name: str) -> ColumnElement[Any]:
        return self._table().c.get(name, null())

    def _column(self, name: str) -> ColumnElement[Any]:
        own = Customer.__table__.columns.get(name)
        return own if own is not None and name not in KEPT else self._kept(name)

    def _select(self) -> Select[Any]:
        values = [self._column(name).label(name) for name in self.columns]
        return select(self._kept("customer_id"), *values)

    def _joined(self, query: Select[Any]) -> Select[Any]:
        kept = self._table()
        return query.select_from(kept).join(Customer, Customer.id == kept.c.customer_id)

    def _living(self) -> ColumnElement[bool]:
        wanted = TRASHED if self.filter.trashed else ALIVE
        return Customer.deleted == literal_column(
            str(wanted)
        )  # a bound value hides from the planner that most are

    def _lean(self, session: Session, query: Select[Any], by_key: bool = False) -> Select[Any]:
        """The query without the customer table where the kept figures alone can answer it."""
        conditions = self._conditions(session)
        own_sort = by_key and self._key() is not self._kept(_SORT_AS.get(self.sort, self.sort))
        if own_sort or self.filter.kinds or "ungraded" in self.filter.states or self.filter.trashed:
            return self._joined(query).where(self._living(), *conditions)
        gone = select(Customer.id).where(_GONE)
        return query.select_from(self._table()).where(self._kept("customer_id").not_in(gone), *conditions)

    def _key(self) -> ColumnElement[Any]:
        return self._column(_SORT_AS.get(self.sort, self.sort))

    def _order(self, ident: ColumnElement[Any] | None = None) -> list[ColumnElement[Any]]:
        key = self._key()
        ident = self._kept("customer_id") if ident is None else ident
        if self.descending:
            return [key.desc().nulls_last(), ident.desc()]
        return [key.asc().nulls_last(), ident.asc()]

    def _conditions(self, session: Session) -> list[ColumnElement[bool]]:
        chosen = self.filter
        found: list[ColumnElement[bool]] = []
        if chosen.kinds:
            found.append(Customer.kind.in_(chosen.kinds))
        if chosen.clusters:
            found.append(self._kept("cluster").in_(chosen.clusters))
        if chosen.tags:
            tagged = select(Tag.customer_id).where(Tag.name.in_(chosen.tags), Tag.deleted == ALIVE)
            found.append(self._kept("customer_id").in_(tagged))
        if chosen.ids:
            listed = func.json_each(json.dumps(chosen.ids)).table_valued("value")
            found.append(self._kept("customer_id").in_(select(listed.c.value)))
        found.extend(self._state(state) for state in chosen.states)
        if chosen.text.strip():
            found.append(self._matching(session, chosen))
        return found

    def _state(self, state: str) -> ColumnElement[bool]:
        due = self._kept("next_due")
        if state == "late":
            return due < self.today.isoformat()
        if state == "planned":
            return due.is_not(None)
        if state == "unplanned":
            return due.is_(None)
        if state == "ungraded":
            return and_(Customer.potential_grade.is_(None), Customer.potential_budget.is_(None))
        if state == "phoneless":
            return func.coalesce(self._kept("phone"), "") == ""
        raise KeyError(state)

    def _matching(self, session: Session, chosen: CustomerFilter) -> ColumnElement[bool]:
        if chosen.trashed:
            return func.instr(self._kept("sort_name"), rules.sort_name(chosen.text)) > 0
        return search.found_by(session, chosen.text)
