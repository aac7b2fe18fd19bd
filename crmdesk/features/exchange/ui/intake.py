"""What has been chosen so far in an import: files, sheets, how they are read and what their columns fill."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from crmdesk.core.datetext import Order
from crmdesk.core.i18n import N_
from crmdesk.core.money import Mark
from crmdesk.features.exchange import own_sheets
from crmdesk.features.exchange.mapping import MANY, Confidence, Guess
from crmdesk.features.exchange.plan import Options, Plan
from crmdesk.features.exchange.reading import ReadOptions, Sheet, Workbook, read_workbook
from crmdesk.features.exchange.rules import SheetPlan, kinds_of, understand
from crmdesk.features.exchange.tables import Source, guessable

CHOSEN = N_("You chose it.")
_ODD = 5


@dataclass(slots=True, eq=False)
class IntakeSheet:
    """One sheet: its cells, what it is taken for, and what was changed about that."""

    sheet: Sheet
    plan: SheetPlan
    ticked: bool = True
    header_row: int | None = None
    repairs: dict[tuple[int, int], Any] = field(default_factory=dict)
    odd: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """The name of the sheet."""
        return self.sheet.name

    @property
    def start(self) -> int:
        """The place of the first row of data among the rows."""
        return self.plan.data_rows

    @property
    def data_rows(self) -> int:
        """How many rows of data there are."""
        return max(0, len(self.sheet.rows) - self.start)

    def guess(self, column: int) -> Guess:
        """What a column is taken for."""
        return self.plan.guesses[column]

    def mapped(self) -> list[Guess]:
        """The columns that fill something."""
        return [guess for guess in self.plan.guesses if guess.target]

    def to_check(self) -> int:
        """How many guesses want a look."""
        return sum(guess.confidence is Confidence.CHECK for guess in self.mapped())

    def assign(self, column: int, target: str) -> None:
        """Let a column fill a field, or nothing; another column loses a field that only one can fill."""
        taken = target if target and target not in MANY else None
        guesses = tuple(
            Guess(column, target, Confidence.SURE, CHOSEN)
            if guess.column == column
            else (Guess(guess.column, "", Confidence.CHECK, CHOSEN) if guess.target == taken else guess)
            for guess in self.plan.guesses
        )
        main = self.plan.main or "chosen"
        keys = {guess.target for guess in guesses if guess.target}
        kinds = kinds_of(main, keys, self.plan.columns, guesses)
        self.plan = replace(self.plan, guesses=guesses, main=main, kinds=kinds)

    def read_as(self, column: int, order: Order | None, decimal: Mark | None) -> None:
        """Say how the dates or numbers of a column are written."""
        columns = list(self.plan.columns)
        columns[column] = replace(columns[column], date_order=order, decimal=decimal)
        self.plan = replace(self.plan, columns=tuple(columns))

    def all_read_as(self, order: Order | None, decimal: Mark | None) -> None:
        """Say how the unclear dates and numbers of the whole sheet are written."""
        self.plan = replace(self.plan, date_order=order, decimal=decimal)

    def repair(self, row: int, column: int, value: Any) -> None:
        """Put another value into a cell; the file itself stays as it is."""
        self.repairs[row, column] = value

    def restore(self, row: int, column: int) -> None:
        """Take the value of the file again."""
        self.repairs.pop((row, column), None)

    def again(self, header_row: int | None) -> None:
        """Look at the sheet anew with another header row."""
        self.header_row = header_row
        self.repairs.clear()
        self.plan = understand(self.sheet, guessable(), header_row)
        self.odd = oddest(self.sheet, self.start)

    def repaired(self) -> Sheet:
        """The sheet with the repairs in their places."""
        if not self.repairs:
            return replace(self.sheet, hidden=False)
        rows = list(self.sheet.rows)
        for (row, column), value in self.repairs.items():
            cells = list(rows[row]) + [None] * (column + 1 - len(rows[row]))
            cells[column] = value
            rows[row] = tuple(cells)
        return replace(self.sheet, hidden=False, rows=rows)


@dataclass(slots=True, eq=False)
class IntakeFile:
    """One file of an import: as it was read, or the sentence that says why it was not."""

    path: Path
    options: ReadOptions
    workbook: Workbook | None = None
    sheets: list[IntakeSheet] = field(default_factory=list)
    error: str = ""
    before: datetime | None = None

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.path.name

    def chosen(self) -> list[IntakeSheet]:
        """The sheets that are ticked."""
        return [sheet for sheet in self.sheets if sheet.ticked]

    def source(self) -> Source:
        """The ticked sheets, in the form that is planned."""
        assert self.workbook is not None
        chosen = self.chosen()
        workbook = replace(self.workbook, sheets=tuple(sheet.repaired() for sheet in chosen))
        return Source(workbook, tuple(sheet.plan for sheet in chosen))


@dataclass(slots=True, eq=False)
class Intake:
    """Everything chosen in one import; the plan is gone as soon as something before it changes."""

    files: list[IntakeFile] = field(default_factory=list)
    options: Options = field(default_factory=Options)
    plan: Plan | None = None
    left_out: int = 0

    def used(self) -> list[IntakeFile]:
        """The files that were read and have a ticked sheet."""
        return [file for file in self.files if file.workbook is not None and file.chosen()]

    def sheets(self) -> list[tuple[IntakeFile, IntakeSheet]]:
        """All ticked sheets with their files."""
        return [(file, sheet) for file in self.used() for sheet in file.chosen()]

    def rows(self) -> int:
        """How many rows of data the ticked sheets have."""
        return sum(sheet.data_rows for _file, sheet in self.sheets())

    def sources(self) -> list[Source]:
        """What is planned."""
        return [file.source() for file in self.used()]

    def changed(self) -> None:
        """Something before the plan was changed."""
        self.plan = None
        self.left_out = 0

    def title(self, sheet: tuple[IntakeFile, IntakeSheet]) -> str:
        """A short name for a sheet among the others."""
        file, one = sheet
        alone = len(file.chosen()) == 1
        return file.path.stem if alone else f"{file.path.stem}, {one.name}"


def read_file(path: Path, options: ReadOptions, cancelled: Callable[[], bool]) -> IntakeFile:
    """Read a file and look at each of its sheets; Refused says what is wrong with it."""
    workbook = read_workbook(path, options, cancelled)
    targets = guessable()
    own = own_sheets.headings(workbook)
    sheets = []
    for sheet in workbook.sheets:
        if not sheet.rows or (own and sheet.hidden):
            continue
        plan = understand(sheet, targets)
        if sheet.name in own:
            plan = own_sheets.settle(plan, own[sheet.name])
        kept = IntakeSheet(sheet, plan, ticked=not sheet.hidden and bool(plan.main))
        kept.odd = oddest(sheet, plan.data_rows)
        sheets.append(kept)
    if sheets and not any(sheet.ticked for sheet in sheets):
        sheets[0].ticked = not sheets[0].sheet.hidden
    return IntakeFile(path, options, workbook, sheets)


def oddest(sheet: Sheet, start: int) -> tuple[int, ...]:
    """The places of the rows that are least like the others: longest, emptiest, of other types."""
    rows = sheet.rows[start:]
    if len(rows) <= _ODD:
        return ()
    usual = _usual_types(rows)
    scores: list[tuple[float, int]] = []
    for place, row in enumerate(rows):
        other = sum(
            cell is not None and at < len(usual) and type(cell).__name__ != usual[at]
            for at, cell in enumerate(row)
        )
        empty = sum(cell is None for cell in row) + len(usual) - len(row)
        long = max((len(cell) for cell in row if isinstance(cell, str)), default=0)
        scores.append((other * 3 + empty / max(1, len(usual)) * 2 + long / 80, place))
    scores.sort(key=lambda pair: (-pair[0], pair[1]))
    return tuple(sorted(start + place for _score, place in scores[:_ODD]))


def _usual_types(rows: Sequence[Sequence[Any]]) -> list[str]:
    usual = []
    for at in range(max(map(len, rows[:500]), default=0)):
        names: dict[str, int] = {}
        for row in rows[:500]:
            if at < len(row) and row[at] is not None:
                name = type(row[at]).__name__
                names[name] = names.get(name, 0) + 1
        usual.append(max(names, key=lambda name: names[name]) if names else "")
    return usual
