"""Counts how every value of a column is read, what proves it, and what does not fit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from crmdesk.core import dates, money
from crmdesk.core.i18n import N_, _, ngettext
from crmdesk.core.kinds import Kind
from crmdesk.features.exchange.columns import Column
from crmdesk.features.exchange.targets import Target, target
from crmdesk.features.exchange.ui.intake import IntakeSheet
from crmdesk.features.exchange.values import Fault, Habits, fill

DATES = (Kind.DATE, Kind.DATETIME)
NUMBERS = (Kind.MONEY, Kind.NUMBER, Kind.PERCENT)
_PARTS = re.compile(r"^(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})")
_EVIDENCE = 20_000
_LOOK = 5000
_NAMES = {
    "date": N_("True dates"),
    "serial": N_("Serial numbers"),
    "dated": N_("Dates as text"),
    "number": N_("True numbers"),
    "digits": N_("Numbers as text"),
    "bracket": N_("In brackets, negative"),
    "text": N_("Text"),
}


@dataclass(frozen=True, slots=True)
class Misfit:
    """A value that was not understood: in which rows, why, and what could stand there instead."""

    rows: tuple[int, ...]
    line: int
    value: str
    reason: str
    repair: date | None = None


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """How the values of one column are read; the counts add up to the rows."""

    rows: int
    counts: tuple[tuple[str, int, str], ...]
    evidence: str
    misfits: tuple[Misfit, ...]


def agreed(sheet: IntakeSheet, index: int) -> Column:
    """The column, with what the whole sheet says about dates and decimal marks."""
    column, plan = sheet.plan.columns[index], sheet.plan
    return replace(
        column, date_order=column.date_order or plan.date_order, decimal=column.decimal or plan.decimal
    )


def facts(sheet: IntakeSheet, index: int, habits: Habits) -> ColumnFacts:
    """Read a whole column for its field and count what comes out."""
    column, found = agreed(sheet, index), target(sheet.guess(index).target)
    rows = sheet.repaired().rows[sheet.start :]
    cells = [row[index] if index < len(row) else None for row in rows]
    faults = fill(column, found, rows, habits).faults if found else []
    counts = _counts(cells, column, found, {fault.row for fault in faults})
    by_value: dict[str, list[Fault]] = {}
    for fault in faults:
        by_value.setdefault(fault.value, []).append(fault)
    misfits = tuple(_misfit(sheet, same, column) for same in by_value.values())
    return ColumnFacts(len(rows), counts, _evidence(cells, column, found), misfits)


def misfit_rows(sheet: IntakeSheet, habits: Habits, most: int = 3) -> list[int]:
    """The places of the first rows with a value that is not understood, over all columns."""
    rows = sheet.repaired().rows[sheet.start : sheet.start + _LOOK]
    found: set[int] = set()
    for guess in sheet.mapped():
        goal = target(guess.target)
        if goal is not None:
            faults = fill(agreed(sheet, guess.column), goal, rows, habits).faults
            found.update(sheet.start + fault.row for fault in faults[:most])
    return sorted(found)[:most]


def _counts(
    cells: Sequence[Any], column: Column, found: Target | None, bad: set[int]
) -> tuple[tuple[str, int, str], ...]:
    counted: dict[str, int] = {}
    empty = 0
    for row, cell in enumerate(cells):
        if cell is None or (isinstance(cell, str) and cell in column.empty_words):
            empty += 1
        elif row not in bad:
            sort = _sort(cell, found.kind if found else None)
            counted[sort] = counted.get(sort, 0) + 1
    shown = [
        (_(_NAMES[sort]), count, "text_2") for sort, count in sorted(counted.items(), key=lambda p: -p[1])
    ]
    if bad:
        shown.append((_("Not understood"), len(bad), "late"))
    if empty:
        shown.append((_("Empty"), empty, "text_3"))
    return tuple(shown)


def _sort(cell: Any, kind: Kind | None) -> str:
    if isinstance(cell, date):
        return "date"
    if isinstance(cell, int | float):
        return "serial" if kind in DATES else "number"
    if kind in DATES:
        return "dated"
    if kind in NUMBERS:
        return "bracket" if str(cell).strip().startswith("(") else "digits"
    return "text"


def _evidence(cells: Sequence[Any], column: Column, found: Target | None) -> str:
    texts = [cell for cell in cells[:_EVIDENCE] if isinstance(cell, str)]
    if found is None or not texts:
        return ""
    if found.kind in DATES:
        return _date_evidence(texts, column)
    if found.kind in NUMBERS:
        return _mark_evidence(texts, column)
    if column.leading_zeros and found.kind is Kind.TEXT:
        return _("Some values begin with a zero. They are kept as text.")
    return ""


def _date_evidence(texts: Sequence[str], column: Column) -> str:
    first = second = 0
    for text in texts:
        match = _PARTS.match(text)
        if match and len(match[1]) <= 2:
            first += int(match[1]) > 12
            second += int(match[2]) > 12
    if column.date_order == "ymd":
        return _("The year comes first.")
    if first and not second:
        return ngettext(
            "{n} value has a first number above 12. So the day comes first.",
            "{n} values have a first number above 12. So the day comes first.",
            first,
        ).format(n=first)
    if second and not first:
        return ngettext(
            "{n} value has a second number above 12. So the month comes first.",
            "{n} values have a second number above 12. So the month comes first.",
            second,
        ).format(n=second)
    return _("Nothing proves whether the day or the month comes first. Choose above.")


def _mark_evidence(texts: Sequence[str], column: Column) -> str:
    proof = money.decimal_evidence(texts)
    if proof.comma and not proof.point:
        return ngettext(
            "{n} value can only have a comma as its decimal mark.",
            "{n} values can only have a comma as their decimal mark.",
            proof.comma,
        ).format(n=proof.comma)
    if proof.point and not proof.comma:
        return ngettext(
            "{n} value can only have a point as its decimal mark.",
            "{n} values can only have a point as their decimal mark.",
            proof.point,
        ).format(n=proof.point)
    if "decimal_mark" in column.doubts and column.decimal is None:
        return _("Nothing proves the decimal mark. Choose above.")
    return ""


def _misfit(sheet: IntakeSheet, same: list[Fault], column: Column) -> Misfit:
    rows = tuple(sheet.start + fault.row for fault in same)
    value, reason = same[0].value, same[0].reason
    return Misfit(rows, sheet.sheet.lines[rows[0]], value, reason, _nearest(value, column))


def _nearest(text: str, column: Column) -> date | None:
    """The last day of the month where a date names a day the month does not have."""
    match = _PARTS.match(text)
    if match is None:
        return None
    order = column.date_order or "dmy"
    parts = dict(zip(order, map(int, match.groups()), strict=True))
    year = parts["y"] + (2000 if parts["y"] < 100 else 0)
    if not 1 <= parts["m"] <= 12 or not 28 < parts["d"] <= 31 or not 1900 <= year <= 2100:
        return None
    return dates.month_end(date(year, parts["m"], 1))
