"""S6: a workbook into the store, planned, written and followed, beside reading it and writing it raw."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from crmdesk.core import i18n
from crmdesk.core.store import Store
from crmdesk.features.exchange.actions import run_import
from crmdesk.features.exchange.plan import Options, Plan
from crmdesk.features.exchange.planner import make_plan
from crmdesk.features.exchange.reading import ReadOptions
from crmdesk.features.exchange.tables import open_source
from crmdesk.features.exchange.values import Habits
from tests.bench import data
from tests.bench.measure import Figure, Goal, Size, median, once
from tests.bench.words import FIRST, NAMES, TOWNS, ГОРОДА, Speaker

HEADER = (
    "Customer number", "Customer", "Trade", "VAT number", "Street", "Postcode", "Town", "Phone", "E-mail",
    "First name", "Last name", "Role", "Customer since", "Yearly budget", "Notes",
)  # fmt: skip


def run(size: Size) -> list[Figure]:
    """Import a workbook into an empty store and take it back; the floor reads it into one flat table."""
    workbook = workbook_path(size.customers)
    steps: dict[str, list[float]] = {}
    floors = []
    for _round in range(max(1, size.rounds // (1 if size.customers <= 10_000 else 3))):
        with data.scratch() as folder:
            floors.append(once(lambda: _raw(workbook, folder / "flat.db")))
            for name, took in _imported(workbook, folder / "new.crmdesk").items():
                steps.setdefault(name, []).append(took)
    floor, whole = median(floors), median(steps["import"])
    undo, redo = median(steps["undo"]), median(steps["redo"])
    raw, same = "calamine and executemany", "the import itself"
    figures = [
        Figure("import", "whole import", whole, floor, whole / floor, Goal(ratio=4.0), note=raw),
        Figure("import", "undo of it", undo, whole, undo / whole, Goal(ratio=1.0), note=same),
        Figure("import", "redo of it", redo, whole, redo / whole, note=same),
    ]
    parts = ("read", "plan", "write")
    return [*figures, *(Figure("import", f"of it: {name}", median(steps[name])) for name in parts)]


def workbook_path(rows: int) -> Path:
    """A made-up workbook of customers with 15 columns."""
    import xlsxwriter

    path = data.folder() / f"customers-{rows}.xlsx"
    if path.exists():
        return path
    temporary = path.with_suffix(".part")
    book = xlsxwriter.Workbook(str(temporary), {"constant_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet("Customers")
    page.write_row(0, 0, HEADER)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    speaker = Speaker(11)
    for number in range(rows):
        for place, value in enumerate(_row(speaker, number)):
            if isinstance(value, date):
                page.write_datetime(number + 1, place, value, day)  # type: ignore[arg-type]
            else:
                page.write(number + 1, place, value)
    book.close()
    temporary.rename(path)
    return path


def _row(speaker: Speaker, number: int) -> tuple[Any, ...]:
    italian = number % 5 < 3
    name = speaker.firm(number, italian)
    last = speaker.one(NAMES)
    phone = f"{'+39 02' if italian else '+7 495'} {2000000 + number:07d}"
    return (
        f"K{number:06d}", name, speaker.talk(italian, 1), f"IT{10_000_000_000 + number * 7}",
        f"Via {last} {number % 90}", f"{number % 98765:05d}", speaker.one(TOWNS if italian else ГОРОДА),
        phone,
        f"info{number}@firma{number}.example",
        speaker.one(FIRST), last, speaker.talk(italian, 1), date(2010, 1, 1) + timedelta(number % 5000),
        (number % 5000) * 10 + 100, speaker.talk(italian, 4),
    )  # fmt: skip


def _raw(workbook: Path, target: Path) -> None:
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_path(str(workbook)).get_sheet_by_index(0).to_python()
    names = ", ".join(f"c{place}" for place in range(len(HEADER)))
    with sqlite3.connect(target) as base:
        base.execute("PRAGMA journal_mode=wal")
        base.execute("PRAGMA synchronous=2")
        base.execute(f"CREATE TABLE flat (id INTEGER PRIMARY KEY, {names})")
        marks = ", ".join("?" for _column in HEADER)
        plain = ([str(one) if isinstance(one, date) else one for one in row] for row in rows[1:])
        base.executemany(f"INSERT INTO flat ({names}) VALUES ({marks})", plain)
    base.close()


def import_into(store: Store, workbook: Path, mark: Callable[[str], None] = lambda _name: None) -> Plan:
    """Read, plan and write a workbook as the program does it; `mark` hears of each end."""
    region = i18n.region("it_IT")
    source = open_source(workbook, ReadOptions(region=region.code))
    mark("read")
    plan = make_plan(store, [source], Habits(region, "EUR"), Options())
    mark("plan")
    plan = run_import(store, plan, "EUR", Options())
    mark("write")
    return plan


def _imported(workbook: Path, target: Path) -> dict[str, float]:
    store = Store.create(target, *data.kept())
    took: dict[str, float] = {}
    last = begin = time.perf_counter()

    def mark(name: str) -> None:
        nonlocal last
        now = time.perf_counter()
        took[name], last = (now - last) * 1000, now

    plan = import_into(store, workbook, mark)
    took["import"] = (time.perf_counter() - begin) * 1000
    refused = len(plan.refusals())
    del plan
    took["undo"] = once(store.undo)
    took["redo"] = once(store.redo)
    store.close()
    if refused:
        raise RuntimeError(f"{refused} rows of the made-up workbook were refused")
    return took
