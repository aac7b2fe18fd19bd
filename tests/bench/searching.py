"""S3: one keystroke in the customer list and in the log, beside bare index reads and beside plain scans."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from random import Random
from typing import Any

from crmdesk.core import dates, search
from crmdesk.core.store import Store
from crmdesk.features.customers.listing import CustomerFilter, CustomerRows
from tests.bench import data, floors
from tests.bench.measure import Figure, Goal, Size, once, share

SHOWN = 200
_PREFIX = f"SELECT rowid FROM {{}}_fts WHERE {{}}_fts MATCH ? ORDER BY rowid DESC LIMIT {SHOWN}"
_ROWS = f"SELECT id, {', '.join(floors.COLUMNS)} FROM customer WHERE id IN (%s)"
_LIKE = "SELECT id FROM customer WHERE {} ORDER BY key LIMIT {}".format(
    " OR ".join(f"{name} LIKE ?" for name in floors.COLUMNS), SHOWN
)
_INSTR = f"SELECT id, at, folded FROM entry WHERE instr(folded, ?) ORDER BY id DESC LIMIT {SHOWN}"
_TYPED = (
    "rossi",
    "ferramenta",
    "milano",
    "cefalù",
    "d'angelo",
    "perché",
    "info12",
    "иванов",
    "ёлкин",
    "москва",
)
_TYPED += (
    "йошкар",
    "завод",
    "офис",
    "qwxyz",
    "02 123",
    "sconto",
    "договор",
    "consegna",
    "c00012",
    "bianchi costa",
)


def run(size: Size) -> list[Figure]:
    """Type word after word, letter by letter, in the list and over the log."""
    keys = keystrokes(40 if size.rounds < 2 else 20 * size.rounds)
    with data.opened(size.customers) as store, floors.opened(size.customers) as flat:
        return [*_customers(store, flat, keys), *_log(store, flat, keys)]


def keystrokes(count: int) -> list[str]:
    """What stands in the search field after each letter, in a fixed random choice."""
    every = [word[:end] for word in _TYPED for end in range(1, len(word) + 1) if word[end - 1] != " "]
    return Random(5).sample(every, min(count, len(every)))


def _customers(store: Store, flat: Any, keys: Sequence[str]) -> list[Figure]:
    rows = CustomerRows(store.derived.figures, dates.today(), sort="name")  # type: ignore[arg-type]

    def product(key: str) -> Any:
        with store.read() as session:
            return rows.filtered(CustomerFilter(text=key)).first(session, SHOWN)

    def index(key: str) -> Any:
        found = flat.execute(_PREFIX.format("customer", "customer"), (search.match(key) or "x",)).fetchall()
        return flat.execute(_ROWS % ",".join(str(one) for (one,) in found)).fetchall()

    def like(key: str) -> Any:
        return flat.execute(_LIKE, (f"%{key}%",) * len(floors.COLUMNS)).fetchall()

    def counted(key: str) -> Any:
        with store.read() as session:
            return rows.filtered(CustomerFilter(text=key)).totals(session)

    ours, bare, plain, totals = _typed(keys, product, index, like, counted)
    return [
        *_against("200 sorted rows, key", ours, bare, Goal(ratio=2.0), "FTS5 prefix, unsorted, p99"),
        *_against("200 sorted rows, key", ours, plain, Goal(ratio=0.25), "LIKE on 5 columns, p99"),
        Figure("search", "200 sorted rows, p50", share(ours, 50), share(bare, 50), goal=Goal(most=16)),
        Figure(
            "search", "count and sum beside them, p99", share(totals, 99), note="same question, in the worker"
        ),
    ]


def _log(store: Store, flat: Any, keys: Sequence[str]) -> list[Figure]:
    def product(key: str) -> Any:
        with store.read() as session:
            return search.hits(session, key, SHOWN, ("interaction",))

    def index(key: str) -> Any:
        return flat.execute(_PREFIX.format("entry", "entry"), (search.match(key) or "x",)).fetchall()

    def instr(key: str) -> Any:
        return flat.execute(_INSTR, (search.fold_phones(key),)).fetchall()

    ours, bare, plain = _typed(keys, product, index, instr)
    return [
        *_against("log entries, key", ours, plain, Goal(ratio=0.10, most=33), "instr scan, p99"),
        *_against("log entries, key", ours, bare, Goal(), "FTS5 prefix, p99"),
    ]


def _typed(keys: Sequence[str], *ways: Callable[[str], Any]) -> list[list[float]]:
    for way in ways:
        way(keys[0])
    rows = [[once(partial(way, key)) for way in ways] for key in keys]
    return [list(times) for times in zip(*rows, strict=True)]


def _against(case: str, ours: Sequence[float], floor: Sequence[float], goal: Goal, note: str) -> list[Figure]:
    high, low = share(ours, 99), share(floor, 99)
    return [Figure("search", f"{case}, p99", high, low, high / low, goal, note=note)]
