"""Files as tables whose columns already hold values of their targets, ready to be planned."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from crmdesk.core.errors import UserError
from crmdesk.core.i18n import _
from crmdesk.core.kinds import Kind
from crmdesk.features.exchange import mapping, own_sheets, targets, together
from crmdesk.features.exchange.columns import Column
from crmdesk.features.exchange.headers import normal
from crmdesk.features.exchange.reading import Note, ReadOptions, Sheet, Workbook, read_workbook
from crmdesk.features.exchange.rules import SheetPlan, understand
from crmdesk.features.exchange.values import Fault, Filled, Habits, fill

LEAVE_OUT = "-"
_POINTS = ("point", "person_point")
_SHIFTING, _HARMLESS = ("long_row", "unclosed_quote"), ("short_row",)
_WAYS = frozenset({"phone", "mobile", "fax", "email"})
_CRITICAL = frozenset(
    {"order.date", "order.amount", "line.amount", "line.quantity", "line.unit_price", "contact.at"}
    | {"turnover.year", "turnover.amount"}
)


@dataclass(frozen=True, slots=True)
class Source:
    """One file with what its sheets are taken for."""

    workbook: Workbook
    sheets: tuple[SheetPlan, ...]

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.workbook.name


@dataclass(slots=True)
class Table:
    """One sheet of one file: its data rows and the columns that are filled into something."""

    file: int
    sheet: str
    header: tuple[str, ...]
    lines: Sequence[int]
    rows: Sequence[Sequence[Any]]
    columns: list[Filled]
    mapped: set[str] = field(default_factory=set)
    shifted: dict[int, str] = field(default_factory=dict)
    remarks: list[Note] = field(default_factory=list)
    left_out: dict[int, str] = field(default_factory=dict)
    _pickers: dict[str, Callable[[int], Any]] = field(default_factory=dict)

    def has(self, *keys: str) -> bool:
        """Whether any of these targets is filled."""
        return any(key in self.mapped for key in keys)

    def pick(self, record: str, row: int) -> Any:
        """What a row says of one record: fields with values, or (way, value) pairs for phones and e-mails."""
        return self._pickers[record](row) if record in self._pickers else {}

    def speaks_of(self, record: str) -> bool:
        """Whether any column is about this record."""
        return record in self._pickers

    def faults(self) -> tuple[list[Fault], dict[int, Fault]]:
        """All cells not understood, and the ones that make their whole row useless, by row."""
        every = [fault for column in self.columns for fault in column.faults]
        fatal: dict[int, Fault] = {}
        for column in self.columns:
            if column.target.key in _CRITICAL:
                for fault in column.faults:
                    fatal.setdefault(fault.row, fault)
        return every, fatal

    def column(self, key: str) -> Filled | None:
        """The column that fills a target."""
        return next((column for column in self.columns if column.target.key == key), None)

    def retarget(self, old: str, new: str) -> None:
        """Take a column for something else than was guessed, and arrange the columns again."""
        column, fresh = self.column(old), targets.target(new)
        if column is not None and fresh is not None:
            column.target = fresh
        self.arrange()

    def arrange(self) -> None:
        """Group the columns by record, so that rows can be read quickly."""
        groups: dict[str, list[Filled]] = {}
        for column in self.columns:
            person_way = column.target.record == "person" and column.target.field in _WAYS
            groups.setdefault("person_point" if person_way else column.target.record, []).append(column)
        self.mapped = {column.target.key for column in self.columns}
        self._pickers = {name: _picker(name, columns) for name, columns in groups.items()}


def open_source(path: Path, options: ReadOptions, cancelled: Callable[[], bool] | None = None) -> Source:
    """Read a file and guess what its visible sheets hold."""
    workbook = read_workbook(path, options, cancelled)
    own = own_sheets.headings(workbook)
    plans = [understand(sheet, guessable()) for sheet in _visible(workbook)]
    if own:
        plans = [own_sheets.settle(plan, own.get(plan.sheet, {})) for plan in plans]
    return Source(workbook, tuple(plans))


def _visible(workbook: Workbook) -> list[Sheet]:
    return [sheet for sheet in workbook.sheets if not sheet.hidden and sheet.rows]


def guessable() -> tuple[mapping.Target, ...]:
    """The targets in the form in which headers are compared with them."""
    return tuple(
        mapping.Target(each.record, each.field, each.kind.value, each.label, each.synonyms)
        for each in targets.targets()
    )


def tables(
    number: int, source: Source, habits: Habits, chosen: Mapping[str, str] | None = None
) -> list[Table]:
    """The sheets of a source with their values read; `chosen` overrules guesses, by header."""
    found = []
    for sheet, plan in zip(_visible(source.workbook), source.sheets, strict=True):
        table = _table(number, sheet, overrule(plan, chosen or {}), habits)
        if table.columns:
            notes = [note for note in source.workbook.notes if note.sheet == sheet.name]
            table.shifted = {note.row: note.text for note in notes if note.kind in _SHIFTING}
            table.remarks = [note for note in notes if note.kind not in (*_SHIFTING, *_HARMLESS)]
            table.left_out = {
                sheet.lines[place]: reason
                for place, reason in plan.left_out.items()
                if place not in plan.groups
            }
            found.append(table)
    return found


def overrule(plan: SheetPlan, chosen: Mapping[str, str]) -> SheetPlan:
    """The plan of a sheet with some columns assigned by name; the field `-` leaves a column out."""
    wanted = {normal(header): "" if key == LEAVE_OUT else key for header, key in chosen.items()}
    taken = {key for key in wanted.values() if key}
    named = {
        column.index: wanted[normal(column.name)] for column in plan.columns if normal(column.name) in wanted
    }
    if not named:
        return plan
    return replace(
        plan,
        main=plan.main or "chosen",
        guesses=tuple(
            replace(guess, target=named[guess.column], confidence=mapping.Confidence.SURE)
            if guess.column in named
            else replace(guess, target="" if guess.target in taken - mapping.MANY else guess.target)
            for guess in plan.guesses
        ),
    )


def check_chosen(sources: Sequence[Source], chosen: Mapping[str, str]) -> None:
    """Refuse a choice that names a field or a column that does not exist."""
    headers = {normal(column.name) for source in sources for plan in source.sheets for column in plan.columns}
    for header, key in chosen.items():
        if key != LEAVE_OUT and targets.target(key) is None:
            raise UserError(
                _("There is no field {field}. Fields are named like customer.name.").format(field=key)
            )
        if normal(header) not in headers:
            raise UserError(_("No file has a column {column}.").format(column=header))


def _table(number: int, sheet: Sheet, plan: SheetPlan, habits: Habits) -> Table:
    start = plan.data_rows
    rows, lines = sheet.rows[start:], sheet.lines[start:]
    if plan.left_out:
        kept = [place for place in range(start, len(sheet.rows)) if place not in plan.left_out]
        rows, lines = [sheet.rows[place] for place in kept], [sheet.lines[place] for place in kept]
    table = Table(number, sheet.name, plan.header.names, lines, rows, [])
    if not plan.main:
        return table
    for guess in plan.guesses:
        target = targets.target(guess.target)
        if target is None or _only_says_paid(plan.columns[guess.column], target):
            continue
        filled = fill(_agreed(plan, guess.column), target, rows, habits)
        if guess.confidence is mapping.Confidence.SURE or not _says_nothing(filled):
            table.columns.append(filled)
        elif target.key == "customer.kind" and "customer.trade" not in plan.mapping and _tells_trade(filled):
            trade = targets.target("customer.trade")
            assert trade is not None
            table.columns.append(fill(_agreed(plan, guess.column), trade, rows, habits))
    if plan.groups:
        table.columns.append(_by_groups(plan, sheet, table.lines))
    table.columns = together.settle(table.columns)
    table.arrange()
    return table


def _agreed(plan: SheetPlan, index: int) -> Column:
    """The column, with what the other columns of its sheet prove about dates and decimal marks."""
    column = plan.columns[index]
    return replace(
        column, date_order=column.date_order or plan.date_order, decimal=column.decimal or plan.decimal
    )


def _by_groups(plan: SheetPlan, sheet: Sheet, lines: Sequence[int]) -> Filled:
    """The customer of each row where names stand above groups of rows."""
    names = {sheet.lines[place]: name for place, name in plan.groups.items()}
    current: str | None = None
    values: list[str | None] = []
    for line in sheet.lines[plan.data_rows :]:
        current = names.get(line, current)
        values.append(current)
    kept = set(lines)
    told = [v for line, v in zip(sheet.lines[plan.data_rows :], values, strict=True) if line in kept]
    target = targets.target("customer.name")
    assert target is not None
    return Filled(target, plan.header.names[0], 0, list(told))


def _says_nothing(column: Filled) -> bool:
    """Whether a choice guessed by its name alone has not one value that is a choice."""
    return column.target.kind is Kind.CHOICE and bool(column.faults) and not any(column.values)


def _tells_trade(column: Filled) -> bool:
    """Whether a column taken for the kind of customer may tell the trade: several words, no state."""
    words = {fault.value for fault in column.faults}
    return 1 < len(words) <= 0.5 * len(column.faults) + 2 and "stat" not in normal(column.header)


def _only_says_paid(column: Column, target: targets.Target) -> bool:
    return target.kind is Kind.DATE and column.share("date") == 0 and column.share("flag") >= 0.8


def _picker(record: str, columns: list[Filled]) -> Callable[[int], Any]:
    if record in _POINTS:
        ways = [(column.target.field, column.values) for column in columns]
        return lambda row: [(way, values[row]) for way, values in ways if values[row]]
    merged: dict[str, list[Any]] = {}
    for column in columns:
        name = column.target.field
        merged[name] = _merge(merged[name], column) if name in merged else column.values
    names, rows = list(merged), list(zip(*merged.values(), strict=True))
    return lambda row: {
        name: value for name, value in zip(names, rows[row], strict=True) if value is not None
    }


def _merge(values: list[Any], column: Filled) -> list[Any]:
    """Two columns for one field: texts one below the other, else the first that says something."""
    if column.target.record == "turnover":
        pairs = zip(values, column.values, strict=True)
        return [None if one is None and other is None else (one or 0) + (other or 0) for one, other in pairs]
    if column.target.kind is Kind.LONG_TEXT:
        pairs = zip(values, column.values, strict=True)
        return ["\n".join(part for part in pair if part) or None for pair in pairs]
    return [
        first if first is not None else second for first, second in zip(values, column.values, strict=True)
    ]
