"""Writes workbooks that Excel and LibreOffice open with true dates and numbers, and codes as text."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any, TextIO

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
_SPACE = ' xml:space="preserve"'
_MARKUP = re.compile("[&<>\r]")
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
    """Let rows of ready cells go straight into the sheet as text; all around them is written as usual."""
    from openpyxl.worksheet._writer import WorksheetWriter
    from openpyxl.xml.constants import SHEET_MAIN_NS
    from openpyxl.xml.functions import tostring

    class Quick(WorksheetWriter):  # type: ignore[misc]
        """A sheet written as plain text, not element by element."""

        def get_stream(self) -> Generator[Any, Any, None]:
            """Take elements, and give the stream to who writes rows."""
            with open(self.out, "w", encoding="utf-8", newline="", buffering=1 << 18) as file:
                stream = _Stream(file, lambda element: tostring(element, encoding="unicode"))
                with stream.element("worksheet", f' xmlns="{SHEET_MAIN_NS}"'), suppress(GeneratorExit):
                    while True:
                        element = yield
                        if element is True:
                            yield stream
                        elif element is not None:
                            stream.write(element)

        def write_row(self, xf: Any, row: Sequence[_Cell | None], row_idx: int) -> None:
            """Write one row of ready cells."""
            parts = [
                _written(letter, row_idx, *cell)
                for letter, cell in zip(letters, row, strict=True)
                if cell is not None
            ]
            xf.file.write(f'<row r="{row_idx}">{"".join(parts)}</row>')

    page._writer = Quick(page)
    page._writer.write_top()
    page._values_to_row = lambda cells, _number: cells


@dataclass(frozen=True, slots=True)
class _Stream:
    """A sheet on its way into a file."""

    file: TextIO
    told: Callable[[Any], str]

    @contextmanager
    def element(self, name: str, attributes: str = "") -> Iterator[None]:
        """Write what comes inside an element."""
        self.file.write(f"<{name}{attributes}>")
        yield
        self.file.write(f"</{name}>")

    def write(self, element: Any) -> None:
        """Write a whole element."""
        self.file.write(self.told(element))


def _written(letter: str, row: int, style: str, is_text: bool, value: str) -> str:
    """A cell as it stands in the file."""
    if not is_text:
        return f'<c r="{letter}{row}" s="{style}"><v>{value}</v></c>'
    space = _SPACE if value[0].isspace() or value[-1].isspace() else ""
    if not value.isalnum() and _MARKUP.search(value):
        value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    return f'<c r="{letter}{row}" s="{style}" t="inlineStr"><is><t{space}>{value}</t></is></c>'


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
