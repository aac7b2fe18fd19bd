"""The import of a large file in a second process: its rows go there once, and the plan stays there.

The window keeps a plan without drafts, which can count and tell, and the rows in words.
"""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from crmdesk.core.away import Away, Room, writing
from crmdesk.core.i18n import _
from crmdesk.core.jobs import Progress
from crmdesk.core.store import Store
from crmdesk.features.exchange import queries
from crmdesk.features.exchange.actions import run_import, without_rows
from crmdesk.features.exchange.export import export_all
from crmdesk.features.exchange.outcomes import ALL, OUTCOMES, DryRows, Place, Told, dry_rows
from crmdesk.features.exchange.plan import Options, Plan
from crmdesk.features.exchange.planner import make_plan, plan_tables
from crmdesk.features.exchange.reading import Sheet
from crmdesk.features.exchange.tables import Source, Table
from crmdesk.features.exchange.values import Habits

MANY = 2000
_BLOCK = 500
StepName = tuple[str, int]


@dataclass(slots=True)
class FarPlan(Plan):
    """A plan whose drafts are in the second process: what was counted there is told here."""

    counted: tuple[dict[str, dict[str, int]], ...] = ()
    noted: tuple[list[str], ...] = ()
    idle: bool = False

    def counts(self, file: int) -> dict[str, dict[str, int]]:
        """Read, created, updated, unchanged, skipped and refused of one file, per kind of record."""
        return self.counted[file]

    def notes(self, file: int) -> list[str]:
        """What else is worth knowing about one file, in sentences."""
        return self.noted[file]

    @property
    def changes_nothing(self) -> bool:
        """Whether everything in the files is in the store already."""
        return self.idle


class FarRows:
    """The rows of a plan made elsewhere, in words that are packed until they are looked at."""

    def __init__(self, lengths: Sequence[int]) -> None:
        """Expect so many rows of each table."""
        self.outcomes: dict[str, list[str]] = {name: [] for name in (ALL, *OUTCOMES)}
        self._starts = [sum(lengths[:number]) for number in range(len(lengths))]
        self._idents = (f"{table}:{row}" for table, length in enumerate(lengths) for row in range(length))
        self._packed: list[bytes] = []
        self._open: tuple[int, list[Told]] = (-1, [])

    def count(self, outcome: str) -> int:
        """How many rows have an outcome."""
        return len(self.outcomes[outcome])

    def told(self, place: Place) -> Told:
        """One row in words."""
        block, at = divmod(self._starts[place[0]] + place[1], _BLOCK)
        if self._open[0] != block:
            self._open = (block, pickle.loads(self._packed[block]))
        return self._open[1][at]

    def take(self, outcomes: Sequence[str], packed: bytes) -> None:
        """Add a block of rows in the order of the files."""
        for outcome, ident in zip(outcomes, self._idents, strict=False):
            self.outcomes[ALL].append(ident)
            self.outcomes[outcome].append(ident)
        self._packed.append(packed)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be planned, and how values are written here."""

    habits: Habits
    options: Options
    left_out: frozenset[Place] = frozenset()
    again: bool = False


def plan(away: Away, sources: Sequence[Source], wish: Wish, progress: Progress) -> tuple[FarPlan, FarRows]:
    """Plan an import in the second process; what is planned again is there already."""
    if not wish.again:
        _bring(away, sources, progress)
    made = away.ask(_plan, wish, progress=progress)
    rows, total = FarRows(made.lengths), sum(made.lengths)
    for start in range(0, total, _BLOCK):
        progress.step(start, total, _("Comparing"))
        rows.take(*away.ask(_told, start, start + _BLOCK, progress=progress))
    return made.plan, rows


def _bring(away: Away, sources: Sequence[Source], progress: Progress) -> None:
    """Send the files over, few rows at a time, so that the window is never held."""
    total = sum(len(sheet.rows) for source in sources for sheet in source.workbook.sheets)
    done = 0
    progress.step(0, total, _("Reading values"))
    away.ask(_begin, progress=progress)
    for source in sources:
        bare = tuple(replace(sheet, rows=[], lines=[]) for sheet in source.workbook.sheets)
        away.ask(_take_file, Source(replace(source.workbook, sheets=bare), source.sheets), progress=progress)
        for number, sheet in enumerate(source.workbook.sheets):
            for start in range(0, len(sheet.rows), _BLOCK):
                rows, lines = sheet.rows[start : start + _BLOCK], sheet.lines[start : start + _BLOCK]
                away.ask(_take_rows, number, rows, lines, progress=progress)
                done += len(rows)
                progress.step(done, total, _("Reading values"))


def run(
    store: Store, away: Away, currency: str, options: Options, progress: Progress
) -> tuple[FarPlan, StepName | None]:
    """Write the plan that is there; returns it as it was written, and the step it became."""
    return writing(store, away, _run, currency, options, progress=progress)


def export(store: Store, path: Path, what: str, currency: str, progress: Progress) -> int:
    """Write a workbook in a second process; returns how many rows it has."""
    progress.step(0, 0, _("Writing {file}").format(file=path.name))
    with Away(store.path) as away:
        return away.ask(_export, path, what, currency, progress=progress)


# In the second process


@dataclass(frozen=True, slots=True)
class _Made:
    """A plan for the window, and how many rows each table has."""

    plan: FarPlan
    lengths: tuple[int, ...]


def _begin(room: Room, _progress: Progress) -> None:
    room.kept.clear()
    room.kept["sources"] = []


def _take_file(room: Room, _progress: Progress, source: Source) -> None:
    sources: list[Source] = room.kept["sources"]
    sources.append(source)


def _take_rows(room: Room, _progress: Progress, number: int, rows: list[Any], lines: list[int]) -> None:
    sheet: Sheet = room.kept["sources"][-1].workbook.sheets[number]
    sheet.rows.extend(rows)
    sheet.lines.extend(lines)


def _plan(room: Room, progress: Progress, wish: Wish) -> _Made:
    with room.store() as store:
        if wish.again:
            before: Plan = room.kept["plan"]
            fresh = without_rows(before, set(wish.left_out)) if wish.left_out else _bare(before)
            made = plan_tables(store, fresh, wish.habits.currency, wish.options, progress)
        else:
            made = make_plan(store, room.kept.pop("sources"), wish.habits, wish.options, None, progress)
    rows = dry_rows(made, wish.habits)
    room.kept.update(plan=made, rows=rows)
    return _Made(_brief(made), tuple(len(table.rows) for table in made.tables))


def _bare(before: Plan) -> Plan:
    return Plan(before.names, before.prints, before.tables)


def _told(room: Room, _progress: Progress, start: int, end: int) -> tuple[list[str], bytes]:
    rows: DryRows = room.kept["rows"]
    places = [ident.partition(":") for ident in rows.outcomes[ALL][start:end]]
    found = [rows.told((int(table), int(row))) for table, _colon, row in places]
    return [told.outcome for told in found], pickle.dumps(found, protocol=5)


def _run(room: Room, progress: Progress, currency: str, options: Options) -> tuple[FarPlan, StepName | None]:
    room.kept.pop("rows", None)
    with room.store() as store:
        written = run_import(store, room.kept["plan"], currency, options, progress)
        store.keep_up()
        with store.read() as session:
            past = queries.past_imports(session)
        step = past[0].step if past and not written.changes_nothing else None
    room.kept.clear()
    return _brief(written), step


def _brief(plan: Plan) -> FarPlan:
    """The plan without its drafts, and of its rows only those that were refused."""
    files = range(len(plan.names))
    numbers: dict[Place, int] = {}
    tables = []
    for number, table in enumerate(plan.tables):
        at = sorted({one.index for one in plan.refusals() if one.table == number and one.index >= 0})
        numbers.update({(number, row): place for place, row in enumerate(at)})
        lines, rows = [table.lines[row] for row in at], [table.rows[row] for row in at]
        tables.append(Table(table.file, table.sheet, table.header, lines, rows, []))
    refused = [replace(one, index=numbers[one.table, one.index]) for one in plan.refusals() if one.index >= 0]
    return FarPlan(
        plan.names,
        plan.prints,
        tables,
        plan.step,
        {},
        refused,
        counted=tuple(plan.counts(file) for file in files),
        noted=tuple(plan.notes(file) for file in files),
        idle=plan.changes_nothing,
    )


def _export(room: Room, progress: Progress, path: Path, what: str, currency: str) -> int:
    text = _("Writing {file}").format(file=path.name)
    with room.store() as store:
        counts = export_all(store, path, what, currency, lambda done: progress.step(done, 0, text))
    return sum(counts.values())
