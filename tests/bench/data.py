"""Makes the stores that the benches read, the same each time: kept in a temporary folder, one per size."""

from __future__ import annotations

import importlib.util
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from crmdesk.core import dates
from crmdesk.core.derived import Derived
from crmdesk.core.feature import Features, load
from crmdesk.core.migrate import MigrationStep
from crmdesk.core.store import Store
from crmdesk.core.write import Write
from crmdesk.features import SLICES
from crmdesk.features.customers.records import Address, ContactPoint, Customer, Firm
from crmdesk.features.orders.records import Order
from crmdesk.features.timeline.records import Interaction
from tests.bench.words import NAMES, TOWNS, ГОРОДА, Speaker

CONTACTS, ORDERS, CHUNK = 10, 5, 5000
VERSION = 3
CHANNELS = ("phone", "email", "visit", "meeting", "note")


def features() -> Features:
    """All slices there are."""
    return load([name for name in SLICES if importlib.util.find_spec(f"crmdesk.features.{name}.feature")])


def kept() -> tuple[Derived, Sequence[MigrationStep]]:
    """What a store keeps beside its records, and the steps that its file knows."""
    slices = features()
    return slices.derived(), slices.steps()


def folder() -> Path:
    """Where made stores lie between runs."""
    place = Path(os.environ.get("CRMDESK_BENCH", "") or Path(tempfile.gettempdir()) / "crmdesk-bench")
    place.mkdir(parents=True, exist_ok=True)
    return place


def ident(kind: int, number: int) -> str:
    """The id of a made-up record: in the order of making, as real ones are."""
    return f"0190{kind:02x}000000{7000:04x}8{number:015x}"[:32].ljust(32, "0")


def store_path(customers: int) -> Path:
    """The file of a store with so many customers, made on the first call of a day."""
    path = folder() / f"store-{VERSION}-{customers}-{dates.today():%Y%m%d}.crmdesk"
    if not path.exists():
        temporary = folder() / f"making-{os.getpid()}-{customers}.crmdesk"
        make(temporary, customers)
        temporary.rename(path)
    return path


def make(path: Path, customers: int) -> None:
    """Make a store: rows first, then figures and index over all of them at once."""
    slices = features()
    store = Store.create(path, Derived(), slices.steps())
    with store.write("Firm") as session:
        session.bulk_insert(Firm, [{"name": "Bench", "currency": "EUR"}])
    for start in range(0, customers, CHUNK):
        with store.write("Fill") as session:
            fill(session, range(start, min(customers, start + CHUNK)))
    store.close()
    opened = slices.open(path)
    opened.keep_up()
    opened.close()


def fill(session: Write, numbers: range) -> None:
    """Insert some customers with their addresses, numbers, contacts and orders."""
    today = dates.today()
    speaker = Speaker(numbers.start + 1)
    rows: dict[type[Any], list[dict[str, Any]]] = {
        kind: [] for kind in (Customer, Address, ContactPoint, Interaction, Order)
    }
    for number in numbers:
        italian = number % 5 < 3
        owner = ident(1, number)
        rows[Customer].append(_customer(speaker, number, italian))
        town = speaker.one(TOWNS if italian else ГОРОДА)
        rows[Address].append({"id": ident(2, number), "customer_id": owner, "town": town})
        rows[ContactPoint] += _points(speaker, number, italian)
        rows[Interaction] += _contacts(speaker, number, italian, today)
        rows[Order] += _orders(speaker, number, today)
    for kind, made in rows.items():
        session.bulk_insert(kind, made)


def _customer(speaker: Speaker, number: int, italian: bool) -> dict[str, Any]:
    return {
        "id": ident(1, number),
        "name": speaker.firm(number, italian),
        "number": f"C{number:06d}",
        "trade": speaker.talk(italian, 1),
        "potential_budget": speaker.random.randrange(100, 2_000_000) * 10,
        "notes": speaker.talk(italian, 4),
    }


def _points(speaker: Speaker, number: int, italian: bool) -> Iterator[dict[str, Any]]:
    phone = f"{'+39 02' if italian else '+7 495'} {speaker.random.randrange(10**7):07d}"
    yield {"id": ident(3, 2 * number), "customer_id": ident(1, number), "kind": "phone", "value": phone}
    mail = f"info{number}@{speaker.one(NAMES).lower().replace(chr(39), '')}.example"
    yield {"id": ident(3, 2 * number + 1), "customer_id": ident(1, number), "kind": "email", "value": mail}


def _contacts(speaker: Speaker, number: int, italian: bool, today: date) -> Iterator[dict[str, Any]]:
    noon = datetime.combine(today, datetime.min.time()).replace(hour=9)
    for place in range(CONTACTS):
        planned = place == 0 and number % 5 < 2
        days = speaker.random.randrange(-40, 20) if planned else speaker.random.randrange(1, 1500)
        yield {
            "id": ident(4, number * CONTACTS + place),
            "customer_id": ident(1, number),
            "state": "planned" if planned else "done",
            "channel": CHANNELS[(number + place) % len(CHANNELS)],
            "at": noon - timedelta(days, minutes=speaker.random.randrange(480)),
            "text": speaker.talk(italian, 8),
        }


def _orders(speaker: Speaker, number: int, today: date) -> Iterator[dict[str, Any]]:
    scale = int(speaker.random.paretovariate(1.1) * 8000)
    for place in range(ORDERS):
        amount = speaker.random.randrange(scale, 3 * scale)
        yield {
            "id": ident(5, number * ORDERS + place),
            "customer_id": ident(1, number),
            "number": f"O{number * ORDERS + place:07d}",
            "date": today - timedelta(speaker.random.randrange(900)),
            "amount": amount,
            "cost": amount * 2 // 3,
        }


@contextmanager
def opened(customers: int) -> Iterator[Store]:
    """The kept store of a size, to be read only."""
    store = features().open(store_path(customers), shared=True)
    try:
        store.keep_up()
        yield store
    finally:
        store.close()


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    place = Path(tempfile.mkdtemp(prefix="crmdesk-bench-", dir=folder()))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
