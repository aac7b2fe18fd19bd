"""Writes workbooks that Excel and LibreOffice open with true dates and numbers, and codes as text."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any

from crmdesk.core.errors import UserError
from crmdesk.core.i18n import _

MOST_ROWS = 1_048_576
MOST_SIGNS = 32_767
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LIKE_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_RISKY = tuple("=+-@\t\r\n＝＋－＠")
_BAD_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_TITLE = 31
_HEADER_FILL, _HEADER_TEXT, _LINE = "FFE9EEF2", "FF24313B", "FFB8C4CE"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_Cell = tuple[str, bool, str]
FORMATS = {
    "date": "mm-dd-yy",
    "datetime": "m/d/yy h:mm",
    "percent": "0.##%",
    "code": "@",
}


@dataclass(frozen=True, slots=True)
class ColumnOut:
    """A column of a workbook: heading, how its values are written, width in characters.

    The sorts are text, code, number, money (whole coins, `places` digits of them cents), percent (14 is
    14 %), date and datetime.
    """

    label: str
    sort: str = "text"
    width: float = 14
    hidden: bool = False
    places: int = 2


@dataclass(frozen=True, slots=True)
class SheetOut:
    """A sheet to be written, row by row as they come; without `table` it has neither header nor filter."""

    title: str
    columns: tuple[ColumnOut, ...]
    rows: Iterable[Sequence[Any]]
    table: bool = True
    secret: bool = False


@dataclass(slots=True)
class _Long:
    """Texts too long for a cell, kept for a sheet of their own."""

    rows: list[tuple[str, int, str, int, str]] = field(default_factory=list)


def write_workbook(path: Path, sheets: Iterable[SheetOut], told: Callable[[int], None] | None = None) -> int:
    """Write a workbook beside its place and then put it there in one step; returns the number of rows."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = "crmdesk"
    long = _Long()
    titles: set[str] = set()
    count = 0
    for sheet in sheets:
        rows = iter(sheet.rows)
        for part in range(1, 1000):
            more = _part(book, sheet, rows, _title(sheet.title, part, titles), long, told)
            count += more
            if not more or more < MOST_ROWS - 1:
                break
    if long.rows:
        _write_long(book, long, titles)
    save_book(book, path)
    return count


def save_book(book: Any, path: Path) -> None:
    """Save a workbook beside its place and put it there in one step; UserError says why it cannot be."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        book.save(temporary)
        os.replace(temporary, path)
    except PermissionError as error:
        raise UserError(
            _("{file} cannot be written. Close it in other programs, or choose another name.").format(
                file=path.name
            )
        ) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(
            _("{file} cannot be written: {reason}.").format(file=path.name, reason=reason)
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _title(wanted: str, part: int, taken: set[str]) -> str:
    """A title that spreadsheets allow, and that no other sheet has."""
    plain = _BAD_TITLE.sub(" ", wanted).strip("' ")[:_LONGEST_TITLE].strip("' ") or "Sheet"
    if plain.casefold() == "history":
        plain = f"{plain} 1"
    number, title = part, plain
    while title.casefold() in taken or number > 1:
        mark = f" ({max(number, 2)})"
        title = plain[: _LONGEST_TITLE - len(mark)] + mark
        if title.casefold() not in taken:
            break
        number += 1
    taken.add(title.casefold())
    return title


def _part(
    book: Any,
    sheet: SheetOut,
    rows: Iterator[Sequence[Any]],
    title: str,
    long: _Long,
    told: Callable[[int], None] | None,
) -> int:
    """Write one sheet, or as much of it as a sheet can hold."""
    from openpyxl.utils import get_column_letter

    page = book.create_sheet(title)
    letters = [get_column_letter(place) for place in range(1, len(sheet.columns) + 1)]
    for letter, column in zip(letters, sheet.columns, strict=True):
        page.column_dimensions[letter].width = column.width
        page.column_dimensions[letter].hidden = column.hidden
    if sheet.secret:
        page.sheet_state = "veryHidden"
    if sheet.table:
        page.freeze_panes = "A2"
    _write_quickly(page, letters)
    if sheet.table:
        style = _header_style(page)
        page.append([(style, True, clean(column.label)) for column in sheet.columns])
    writers = [_writer(page, column, long, title) for column in sheet.columns]
    count = 0
    first = 2 if sheet.table else 1
    for row in islice(rows, MOST_ROWS - 1):
        place = count + first
        page.append(
            [None if v is None or v == "" else w(v, place) for w, v in zip(writers, row, strict=True)]
        )
        count += 1
        if told and count % 1000 == 0:
            told(count)
    if sheet.table:
        page.auto_filter.ref = f"A1:{letters[-1]}{count + 1}"
    return count


def _write_quickly(page: Any, letters: Sequence[str]) -> None:
    """Let rows of ready cells go straight into the sheet, without asking of each cell what it is."""
    from lxml.etree import Element, SubElement

    def write_row(stream: Any, cells: Sequence[_Cell | None], number: int) -> None:
        row = Element("row", r=str(number))
        for letter, cell in zip(letters, cells, strict=True):
            if cell is None:
                continue
            style, is_text, value = cell
            if is_text:
                item = SubElement(row, "c", r=f"{letter}{number}", s=style, t="inlineStr")
                text = SubElement(SubElement(item, "is"), "t")
                if value[0].isspace() or value[-1].isspace():
                    text.set(_SPACE, "preserve")
                text.text = value
            else:
                SubElement(SubElement(row, "c", r=f"{letter}{number}", s=style), "v").text = value
        stream.write(row)

    page._get_writer()
    page._values_to_row = lambda cells, _number: cells
    page._writer.write_row = write_row


def _header_style(page: Any) -> str:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    cell = WriteOnlyCell(page, None)
    cell.font = Font(bold=True, color=_HEADER_TEXT)
    cell.fill = PatternFill("solid", fgColor=_HEADER_FILL)
    cell.border = Border(bottom=Side("thin", color=_LINE))
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    return str(cell.style_id)


def _style(page: Any, code: str, quoted: bool = False) -> str:
    """The number of the style of a format code; `quoted` marks a text that looks like a formula."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(page, None)
    if code:
        cell.number_format = code
    if quoted:
        cell.quotePrefix = True
    return str(cell.style_id)


def _writer(page: Any, column: ColumnOut, long: _Long, title: str) -> Callable[[Any, int], _Cell | None]:
    """What turns a value into a cell of its column."""
    from openpyxl.utils.datetime import to_excel

    code = FORMATS.get(column.sort, "")
    if column.sort == "money":
        code = "#,##0" + (f".{'0' * column.places}" if column.places else "")
    style = _style(page, code)
    if column.sort in ("text", "code"):
        quoted = _style(page, "@", True)
        shorten = lambda text, row: _shorten(text, long, title, row, column.label)  # noqa: E731
        return _text_writer(style, quoted, shorten)
    if column.sort in ("date", "datetime"):
        return lambda value, _row: (style, False, repr(to_excel(value)))
    divisor = {"money": 10**column.places, "percent": 100}.get(column.sort, 1)

    def write(value: Any, _row: int) -> _Cell:
        if divisor > 1:
            value = value / divisor
        if value.__class__ is float and value.is_integer():
            value = int(value)
        return style, False, repr(value)

    return write


def _text_writer(
    style: str, quoted: str, shorten: Callable[[str, int], str]
) -> Callable[[Any, int], _Cell | None]:
    """What writes a text; one that looks like a formula is marked as text for good."""

    def write(value: Any, row: int) -> _Cell | None:
        text = clean(value if value.__class__ is str else str(value))
        if len(text) > MOST_SIGNS:
            text = shorten(text, row)
        if not text:
            return None
        return (quoted if text.lstrip(" '\"").startswith(_RISKY) else style), True, text

    return write


def clean(text: str) -> str:
    """A text that a workbook can hold, and that is read back as it was."""
    if not text.isprintable():
        text = _ILLEGAL.sub("", text)
    return _LIKE_ESCAPE.sub("_x005F_", text) if "_x" in text else text


def _shorten(text: str, long: _Long, title: str, row: int, label: str) -> str:
    size = MOST_SIGNS - 100
    for part, start in enumerate(range(0, len(text), size), 1):
        long.rows.append((title, row, label, part, text[start : start + size]))
    return text[:size] + " " + _("[goes on in the sheet of long texts]")


def _write_long(book: Any, long: _Long, titles: set[str]) -> None:
    columns = (
        ColumnOut(_("Sheet"), width=20),
        ColumnOut(_("Row"), "number", 8),
        ColumnOut(_("Column"), width=20),
        ColumnOut(_("Part"), "number", 8),
        ColumnOut(_("Text"), width=80),
    )
    sheet = SheetOut(_("Long texts"), columns, chain(long.rows))
    _part(book, sheet, iter(sheet.rows), _title(sheet.title, 1, titles), _Long(), None)
