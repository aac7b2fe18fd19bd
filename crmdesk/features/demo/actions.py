"""Putting the demo firm into a customer file, as one step that undo takes back whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.away import Away, Room, writing
from crmdesk.core.errors import Refused
from crmdesk.core.i18n import _
from crmdesk.core.ids import uuid7s
from crmdesk.core.jobs import Progress
from crmdesk.core.record import ALIVE, Record
from crmdesk.core.store import Store
from crmdesk.core.write import Write
from crmdesk.features.customers.records import Address, Affiliation, ContactPoint, Customer, Firm, Person, Tag
from crmdesk.features.demo.firm import CURRENCY, FIRM, firm
from crmdesk.features.demo.rows import FirmRows, Row
from crmdesk.features.demo.words import load_words
from crmdesk.features.orders.records import Order, OrderLine, Product
from crmdesk.features.portfolio.records import Override
from crmdesk.features.timeline.records import Interaction, Participant

# in the order of what links to what
RECORDS: tuple[type[Record], ...] = (
    Customer, Person, Affiliation, ContactPoint, Address, Tag, Product, Order, OrderLine, Interaction,
    Participant,
    Override,
)  # fmt: skip
PLURALS = MappingProxyType({"customer": "customers", "orders": "orders", "interaction": "log"})


def make_demo(store: Store, seed: int, language: str, today: date) -> Mapping[str, int]:
    """Fill an empty file with the demo firm; Refused where it holds customers already.

    Returns how many customers, orders and log entries were made.
    """
    with store.read() as session:
        _refuse_if_used(session)
    rows = firm(seed, load_words(language), today)
    ids = _ids(rows)
    with store.write(_("Demo firm"), kind="import") as session:
        _name_firm(session)
        for record in RECORDS:
            session.bulk_insert(record, [_linked(row, ids) for row in rows.tables[record.__tablename__]])
    return {plural: len(rows.tables[table]) for table, plural in PLURALS.items()}


def make_demo_away(store: Store, seed: int, language: str, today: date, progress: Progress) -> None:
    """Fill an empty file with the demo firm in a second process; the window hears of it afterwards."""
    progress.step(0, 0, _("Making the demo firm"))
    with Away(store.path) as away:
        writing(store, away, _make, seed, language, today, progress=progress)


def _make(room: Room, _progress: Progress, seed: int, language: str, today: date) -> None:
    with room.store() as store:
        make_demo(store, seed, language, today)
        store.keep_up()


def _refuse_if_used(session: Session) -> None:
    if session.execute(select(func.count()).where(Customer.deleted == ALIVE)).scalar_one():
        raise Refused(_("This file already holds customers. Make the demo firm in a new file."))


def _name_firm(session: Write) -> None:
    known = session.execute(Firm.alive()).scalars().first()
    if known is None:
        session.add(Firm(name=FIRM, currency=CURRENCY))
    else:
        known.name, known.currency = FIRM, CURRENCY


def _ids(rows: FirmRows) -> dict[str, str]:
    names = [row["id"] for record in RECORDS for row in rows.tables[record.__tablename__]]
    return dict(zip(names, uuid7s(len(names)), strict=True))


def _linked(row: Row, ids: Mapping[str, str]) -> Row:
    """The row with real ids in place of its short names."""
    return {
        name: ids[value] if name == "id" or name.endswith("_id") else value for name, value in row.items()
    }
