"""Writes small workbooks with live formulas; only cells marked as formulas are reckoned, all else is text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from crmdesk.features.exchange.formats.xlsx_writer import clean, save_book

_NUMBERS = {
    "money": "#,##0.00",
    "money_strong": "#,##0.00",
    "exact": "#,##0.0000",
    "number": "0.0000",
    "count": "0",
    "share": "0.00%",
    "date": "yyyy-mm-dd",
}


class Cell(Protocol):
    """One cell: a value or a formula, and how it is written."""

    @property
    def value(self) -> object:
        """What stands in the cell."""

    @property
    def sort(self) -> str:
        """How it is written: text, strong, money, exact, number, count, share or date."""

    @property
    def formula(self) -> bool:
        """Whether the value is a formula of ours."""


class Sheet(Protocol):
    """One sheet of cells."""

    @property
    def title(self) -> str:
        """What stands on its tab."""

    @property
    def widths(self) -> Sequence[int]:
        """The widths of its columns in characters."""

    @property
    def rows(self) -> Sequence[Sequence[Cell | None]]:
        """Its cells, row by row."""


def write_formulas(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write the sheets beside their place and then put them there in one step."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.remove(book.active)
    book.properties.creator = "crmdesk"
    book.calculation.fullCalcOnLoad = True
    for sheet in sheets:
        page = book.create_sheet(sheet.title)
        for place, width in enumerate(sheet.widths, 1):
            page.column_dimensions[get_column_letter(place)].width = width
        for number, row in enumerate(sheet.rows, 1):
            for place, cell in enumerate(row, 1):
                if cell is not None:
                    _fill(page.cell(number, place), cell)
    save_book(book, path)


def _fill(place: Any, cell: Cell) -> None:
    from openpyxl.styles import Font

    value = cell.value
    if isinstance(value, str) and not cell.formula:
        place.value = clean(value)
        place.data_type = "s"
        place.quotePrefix = value.startswith(("=", "+", "-", "@"))
    else:
        place.value = value
    if cell.sort in _NUMBERS:
        place.number_format = _NUMBERS[cell.sort]
    if cell.sort.endswith("strong"):
        place.font = Font(bold=True)
