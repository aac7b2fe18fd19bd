"""Turns the cells of a column into values of its target, by what was decided for the whole column."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from crmdesk.core import dates, kinds, money
from crmdesk.core.errors import InvalidValue
from crmdesk.core.i18n import Region
from crmdesk.core.kinds import Kind
from crmdesk.features.exchange import choice_words
from crmdesk.features.exchange.columns import Column
from crmdesk.features.exchange.repairs import mended
from crmdesk.features.exchange.targets import Target

_PLAIN_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBERS = (Kind.MONEY, Kind.NUMBER, Kind.PERCENT)
_SERIAL_DAYS = range(1, 100_000)
_EXACT = ("order", "line")
_REMEMBERED = 5000
Reader = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Habits:
    """How numbers and dates are written here, and the currency of the firm."""

    region: Region
    currency: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that could not be understood: its place in the table, and why."""

    row: int
    column: int
    value: str
    reason: str


@dataclass(slots=True)
class Filled:
    """A column on its way into a field: the values row by row, None where there is none."""

    target: Target
    header: str
    index: int
    values: list[Any]
    faults: list[Fault] = field(default_factory=list)


def fill(column: Column, target: Target, rows: Sequence[Sequence[Any]], habits: Habits) -> Filled:
    """Read one column of all rows for its target."""
    index = column.index
    cells = [row[index] if index < len(row) else None for row in rows]
    filled = Filled(target, column.name, index, [])
    read = _reader(column, target, habits)
    known: dict[str, Any] = dict.fromkeys(column.empty_words)
    mend = mended(target.key, cells)
    values = filled.values
    for number, cell in enumerate(cells):
        if cell is None:
            values.append(None)
            continue
        if mend:
            cell = mend.get(str(cell).strip().casefold(), cell)
        remembered = cell.__class__ is str
        if remembered and cell in known:
            values.append(known[cell])
            continue
        try:
            value = read(cell)
        except (InvalidValue, ValueError, OverflowError) as problem:
            filled.faults.append(Fault(number, index, str(cell), str(problem)))
            value = None
        else:
            if remembered and len(known) < _REMEMBERED:
                known[cell] = value
        values.append(value)
    return filled


def _reader(column: Column, target: Target, habits: Habits) -> Reader:
    if target.kind in _NUMBERS:
        return _number_reader(column, target, habits)
    if target.kind is Kind.DATE:
        return lambda cell: _as_day(_moment(cell, column, habits, False))
    if target.kind is Kind.DATETIME:
        return lambda cell: _as_moment(_moment(cell, column, habits, True))
    if target.kind is Kind.TEXT:
        return _line
    if target.kind is Kind.CHOICE:
        return lambda cell: _choice(_text(cell), target, habits)
    return lambda cell: kinds.parse(target.kind, _text(cell), habits.region, target.choices)


def _number_reader(column: Column, target: Target, habits: Habits) -> Reader:
    kind, places = target.kind, 100 if column.fraction else 1
    mark = column.decimal or habits.region.decimal
    in_cents = kind is Kind.MONEY and target.record not in _EXACT

    def read(cell: Any) -> Any:
        number = _decimal(cell, column, habits, mark)
        if in_cents:
            return money.to_minor(number, habits.currency)
        if kind is Kind.PERCENT:
            written = isinstance(cell, str) and "%" in cell
            return number if written else number * places
        return number

    return read


def _decimal(cell: Any, column: Column, habits: Habits, mark: str) -> Decimal:
    if isinstance(cell, str):
        if mark == "." and _PLAIN_NUMBER.fullmatch(cell):
            return Decimal(cell)
        return money.parse_amount(cell.removesuffix("%").strip(), habits.region, column.decimal)
    if isinstance(cell, float):
        return money.from_float(cell)
    if isinstance(cell, int):
        return Decimal(int(cell))
    return money.parse_amount(str(cell), habits.region)


def _moment(cell: Any, column: Column, habits: Habits, timed: bool) -> date:
    if isinstance(cell, date):
        return cell
    if isinstance(cell, float) or (
        isinstance(cell, int) and cell in _SERIAL_DAYS and cell not in range(1900, 2101)
    ):
        return dates.from_serial(float(cell))
    text = str(cell)
    if _ISO_DATE.fullmatch(text):
        return date.fromisoformat(text)
    if _ISO_DATE.match(text) and ":" in text and "+" not in text and "Z" not in text:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    if timed and ":" in text:
        return dates.parse_datetime(text, habits.region, column.date_order)
    return dates.parse_date(text.partition("T")[0] if "T" in text else text, habits.region, column.date_order)


def _as_day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _as_moment(moment: date) -> datetime:
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time())


def _choice(text: str, target: Target, habits: Habits) -> Any:
    """The key of a choice: by its own words, else by those of other languages and programs."""
    try:
        return kinds.parse(target.kind, text, habits.region, target.choices)
    except InvalidValue:
        found = choice_words.key_of(target.key, text)
        if found is None or found not in {choice.key for choice in target.choices}:
            raise
        return found


def _line(cell: Any) -> str | None:
    return " ".join((cell if cell.__class__ is str else _text(cell)).split()) or None


def _text(cell: Any) -> str:
    if isinstance(cell, float):
        return f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes")
    return str(cell)
