"""Writes a finding into a workbook: its sentences first, then a sheet for each of its tables.

The writer is the one that the exchange slice offers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crmdesk.core import money
from crmdesk.core.errors import Refused
from crmdesk.core.i18n import _
from crmdesk.core.kinds import Kind
from crmdesk.features.customers.ui import hosting
from crmdesk.features.insights.ui.finding import Finding, Part

LONGEST_TITLE, WIDE = 31, 110
NOT_IN_TITLES = str.maketrans("[]:*?/\\", "       ")


@dataclass(frozen=True, slots=True)
class CellOut:
    """One cell: its value and how it is written."""

    value: object
    sort: str = "text"
    formula: bool = False


@dataclass(frozen=True, slots=True)
class SheetOut:
    """One sheet of cells."""

    title: str
    widths: tuple[int, ...]
    rows: Sequence[Sequence[CellOut | None]]


def write_finding(path: Path, title: str, finding: Finding, currency: str) -> int:
    """Write all tables of a finding; returns the number of rows in them."""
    write = next(iter(hosting.offered("WRITE_FORMULAS")), None)
    if write is None:
        raise Refused(_("This program came without the writer of workbooks. Install it again."))
    lines = [line for line in (finding.heading, *finding.notes, finding.totals) if line]
    told = SheetOut(_("Finding"), (WIDE,), [[CellOut(line)] for line in lines])
    write(path, [told, *(_sheet(part, part.title or title, currency) for part in finding.parts)])
    return sum(len(part.sheet.entries) + bool(part.sheet.total) for part in finding.parts)


def _sheet(part: Part, title: str, currency: str) -> SheetOut:
    columns, sheet = part.sheet.columns, part.sheet
    head = [CellOut(_(column.label), "strong") for column in columns]
    entries = [*sheet.entries, *([sheet.total] if sheet.total else [])]
    kinds = [column.kind for column in columns]
    rows = [
        [_cell(kind, value, currency) for kind, value in zip(kinds, entry.values, strict=True)]
        for entry in entries
    ]
    widths = tuple(max(12, column.width // 7) for column in columns)
    return SheetOut(title.translate(NOT_IN_TITLES)[:LONGEST_TITLE].strip(), widths, [head, *rows])


def _cell(kind: Kind, value: Any, currency: str) -> CellOut | None:
    if value is None or value == "":
        return None
    if kind is Kind.MONEY:
        return CellOut(money.from_minor(value, currency), "money")
    if kind is Kind.PERCENT:
        return CellOut(value / 100, "share")
    if kind is Kind.NUMBER:
        return CellOut(value, "count" if isinstance(value, int) else "money")
    return CellOut(value, "date" if kind is Kind.DATE else "text")
