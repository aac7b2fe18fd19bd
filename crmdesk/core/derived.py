"""What is computed from the records and kept beside them: figures per customer and the search index.

It follows each write inside the same transaction for the customers touched, and can always be made anew.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core import journal, search
from crmdesk.core.journal import Change
from crmdesk.core.kept import Figures, Ids
from crmdesk.core.record import Record
from crmdesk.core.search import SearchSource
from crmdesk.core.write import blocks

MANY = 5000
Columns = Mapping[str, Mapping[str, Any]]
_DAY, _STALE = "figures_day", "stale_measures"


class Derived:
    """The kept figures and the search index of one store."""

    def __init__(self, figures: Figures | None = None, sources: Sequence[SearchSource] = ()) -> None:
        self.figures = figures
        self.sources = tuple(sources)

    def ensure(self, session: Session, today: date, *, anew: bool = False) -> None:
        """Make the tables where they are missing or of another shape, and fill them; all with `anew`."""
        anew = search.create(session, self.sources) or anew
        if self.figures is not None and (self.figures.ensure(session) or anew):
            self.rebuild(session, today)

    def rebuild(self, session: Session, today: date) -> None:
        """Make all figures and the whole index anew."""
        if self.figures is not None:
            self.figures.refresh(session, None, today)
            put_meta(session, _DAY, today.isoformat())
            put_meta(session, _STALE, "[]")
        for source in self.sources:
            search.refresh(session, source, None)

    def follow(self, session: Session, changes: Sequence[Change], today: date) -> None:
        """Bring figures and index up to date after some changes."""
        rows: dict[str, set[str]] = {}
        for change in changes:
            rows.setdefault(change.table, set()).add(change.row)
        customers = self._customers(session, rows, changes)
        self._follow_figures(session, customers, set(rows), today)
        for source in self.sources:
            touched = customers if source.by_customer else rows.get(source.record.__tablename__, set())
            if touched:
                search.refresh(session, source, _or_all(session, source.record, touched))

    def _follow_figures(self, session: Session, customers: set[str], tables: set[str], today: date) -> None:
        if self.figures is None:
            return
        if customers:
            prompt = [measure for measure in self.figures.measures if not measure.whole]
            ids = _or_all(session, self.figures.customer, customers)
            self.figures.refresh(session, ids, today, prompt)
        fresh = {measure.name for measure in self.figures.stale_after(tables)}
        if fresh:
            put_meta(session, _STALE, json.dumps(sorted(fresh | set(self._stale(session)))))

    def _customers(self, session: Session, rows: dict[str, set[str]], changes: Sequence[Change]) -> set[str]:
        found: set[str] = set()
        by_table = records_by_table()
        about = {table: set(ids) for table, ids in rows.items()}
        links = {table: _links(by_table[table]) for table in rows if table in by_table}
        own = {table for table in links if by_table[table].owners.__func__ is Record.owners.__func__}  # type: ignore[attr-defined]
        born = {change.row for change in changes if change.is_birth}
        customer = self.figures.customer.__tablename__ if self.figures else "customer"
        for change in changes:
            linked = links.get(change.table, {})
            if change.is_birth:
                owner = change.new.get("customer_id")
                itself = change.table == customer
                found.update(ident for ident in (owner, change.row if itself else None) if ident)
                if itself or (owner and change.table in own) or _settled(change.new, linked, born):
                    about[change.table].discard(change.row)
            elif (target := linked.get(change.field)) is not None:
                about.setdefault(target, set()).update(ident for ident in (change.old, change.new) if ident)
        for table, ids in about.items():
            record = by_table.get(table)
            for block in blocks(sorted(ids), MANY) if record else ():
                owners = record.owners(list(block)) if record else None
                if owners is not None:
                    found.update(session.scalars(owners))
        return found

    def _stale(self, session: Session) -> list[str]:
        return list(json.loads(get_meta(session, _STALE) or "[]"))

    def behind(self, session: Session, today: date) -> bool:
        """Whether figures wait to be computed: another day than theirs, or comparisons gone stale."""
        if self.figures is None:
            return False
        return get_meta(session, _DAY) != today.isoformat() or bool(self._stale(session))

    def ahead(self, session: Session, today: date) -> Columns:
        """The figures that wait, computed: all of them on a new day, else the stale comparisons."""
        if self.figures is None:
            return {}
        new_day = get_meta(session, _DAY) != today.isoformat()
        stale = set(self._stale(session))
        chosen = [measure for measure in self.figures.measures if new_day or measure.name in stale]
        return {measure.name: measure.compute(session, None, today) for measure in chosen}

    def keep_up(self, session: Session, today: date, computed: Columns | None = None) -> None:
        """Keep the figures that wait; they are computed here unless they come along."""
        if self.figures is None:
            return
        self.figures.put(session, None, self.ahead(session, today) if computed is None else computed)
        put_meta(session, _DAY, today.isoformat())
        put_meta(session, _STALE, "[]")


def _or_all(session: Session, record: type[Record], ids: Collection[str]) -> Ids:
    """The ids, or None for all where most of the rows are meant: all at once are read much quicker."""
    if len(ids) <= MANY:
        return ids
    count = session.execute(select(func.count()).select_from(record.__table__)).scalar_one()
    return None if 2 * len(ids) > count else ids


def _links(record: type[Record]) -> dict[str, str]:
    """The tables that the columns of a record refer to, by column."""
    return {c.key: key.column.table.name for c in record.__table__.columns for key in c.foreign_keys}


def _settled(birth: dict[str, Any], linked: Collection[str], born: Collection[str]) -> bool:
    """Whether a new row leads to its own customer and to new rows only, so that nobody need be asked.

    What hangs on a new row is new as well, and names its own customer.
    """
    return all(name == "customer_id" or birth.get(name) in born or not birth.get(name) for name in linked)


def records_by_table() -> dict[str, type[Record]]:
    """The record classes by the name of their table."""
    return {mapper.local_table.name: mapper.class_ for mapper in Record.registry.mappers}  # type: ignore[attr-defined]


def get_meta(session: Session, name: str) -> str | None:
    """A value this copy keeps for itself, None where there is none."""
    return session.execute(select(journal.meta.c.value).where(journal.meta.c.name == name)).scalar()


def put_meta(session: Session, name: str, value: Any) -> None:
    """Keep a value for this copy alone; it is not journalled and never exchanged."""
    session.execute(journal.meta.delete().where(journal.meta.c.name == name))
    session.execute(journal.meta.insert(), {"name": name, "value": str(value)})
