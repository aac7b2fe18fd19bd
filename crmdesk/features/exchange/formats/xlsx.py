"""Reads .xlsx and .xlsm workbooks: values only, never macros, links or formulas."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from crmdesk.core.i18n import N_
from crmdesk.features.exchange.formats.cells import (
    CLEANERS,
    clean,
    column_letters,
    digits_lost,
    pad,
    unescape,
    zero_pattern,
)
from crmdesk.features.exchange.formats.guard import (
    MAX_UNPACKED,
    check_names,
    damaged,
    forbid_doctype,
    plain_name,
    unpack,
)
from crmdesk.features.exchange.formats.model import (
    BLOCK,
    Cell,
    Merge,
    RawNote,
    Request,
    Row,
    Sink,
    Unreadable,
)
from crmdesk.features.exchange.formats.scan import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    Findings,
    as_utf8,
    extent,
    scan,
)

name = "xlsx"
suffixes = (".xlsx", ".xlsm")
_MERGED_ROWS = 30
_MERGED_KEPT = 200
_LONG_TEXT = 2000
_MAX_TEXT = 128 << 20


@dataclass(slots=True)
class _Parts:
    """What the guard learnt about a workbook before a reader opens it."""

    styles: dict[int, str] = field(default_factory=dict)
    sheets: dict[str, str] = field(default_factory=dict)
    found: dict[str, Findings] = field(default_factory=dict)


def read(request: Request, sink: Sink) -> None:
    """Read every sheet of the workbook into the sink, or refuse with a reason."""
    path = request.path
    parts = _inspect(path)
    try:
        _read_quick(path, parts, sink)
    except _ReaderFailed:
        _read_thorough(path, parts, sink)


class _ReaderFailed(Exception):
    """The first reader could not open the workbook; the second is asked."""


def _inspect(path: Path) -> _Parts:
    parts = _Parts()
    budget = [MAX_UNPACKED]
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise damaged(path, "zip") from None
    with archive:
        check_names(path, archive)
        names = {plain_name(each): each for each in archive.namelist() if not each.endswith("/")}
        parts.styles = _styles(path, _small(path, archive, names, "xl/styles.xml"))
        parts.sheets = _sheet_parts(path, archive, names)
        for plain, real in names.items():
            chunks = unpack(path, archive, real, budget)
            if not plain.endswith((".xml", ".rels", ".vml")):
                for _chunk in chunks:
                    pass
                continue
            found = scan(_without_doctype(path, real, chunks), parts.styles)
            if found.suspicious:
                _check_extent(path, real, extent(unpack(path, archive, real, [MAX_UNPACKED])))
            parts.found[plain] = found
    return parts


def _without_doctype(path: Path, part: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
    tail = b""
    for chunk in chunks:
        forbid_doctype(path, part, chunk)
        forbid_doctype(path, part, tail + chunk[:32])
        tail = chunk[-32:]
        yield chunk


def _check_extent(path: Path, part: str, box: tuple[int, int]) -> None:
    bottom, right = box
    if bottom < 0:
        return
    wide, high = right + 1, bottom + 1
    if bottom >= MAX_ROWS or wide > MAX_COLUMNS or high * wide > MAX_CELLS:
        raise Unreadable(
            N_("{file} has a cell very far from the others ({cell}). Delete it, save and try again."),
            file=path.name,
            cell=f"{column_letters(right)}{bottom + 1}, {part}",
        )


def _small(path: Path, archive: zipfile.ZipFile, names: dict[str, str], part: str) -> Element | None:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    if part not in names:
        return None
    data = b"".join(unpack(path, archive, names[part], [32 << 20]))
    forbid_doctype(path, part, data)
    try:
        root: Element = fromstring(
            b"".join(as_utf8([data])) if data[:1] == b"\x00" else data, forbid_dtd=True
        )
    except (ParseError, DefusedXmlException, ValueError):
        return None
    return root


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _styles(path: Path, root: Element | None) -> dict[int, str]:
    if root is None:
        return {}
    codes = {
        each.get("numFmtId"): each.get("formatCode") or "" for each in root.iter() if _local(each) == "numFmt"
    }
    for group in root:
        if _local(group) == "cellXfs":
            patterns = {
                index: zero_pattern(codes.get(style.get("numFmtId"), "")) for index, style in enumerate(group)
            }
            return {index: pattern for index, pattern in patterns.items() if pattern}
    return {}


def _sheet_parts(path: Path, archive: zipfile.ZipFile, names: dict[str, str]) -> dict[str, str]:
    book = _small(path, archive, names, "xl/workbook.xml")
    links = _small(path, archive, names, "xl/_rels/workbook.xml.rels")
    if book is None or links is None:
        return {}
    targets = {each.get("Id"): each.get("Target") or "" for each in links}
    sheets: dict[str, str] = {}
    for each in book.iter():
        if _local(each) == "sheet":
            key = next((value for key, value in each.items() if key.endswith("}id")), None)
            target = targets.get(key, "").replace("\\", "/")
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            sheets[each.get("name") or ""] = whole.lower()
    return sheets


def _read_quick(path: Path, parts: _Parts, sink: Sink) -> None:
    from python_calamine import (
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    read_any = False
    try:
        book = CalamineWorkbook.from_path(str(path))
        for about in book.sheets_metadata:
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(about.name)
            hidden = about.visible != SheetVisibleEnum.Visible
            sink.begin(about.name, hidden, _merged(sheet.merged_cell_ranges))
            read_any = True
            left = sheet.start[1] if sheet.start else 0
            _send_rows(sheet.iter_rows(), left, _found(parts, about.name), parts.styles, sink)
    except PasswordError:
        raise Unreadable(
            N_("{file} is protected by a password. Save a copy without it and choose that."), file=path.name
        ) from None
    except (CalamineError, OSError, ValueError):
        if read_any:
            raise damaged(path, sink.sheet) from None
        raise _ReaderFailed from None
    if not read_any:
        raise _ReaderFailed


def _found(parts: _Parts, sheet: str) -> Findings:
    return parts.found.get(parts.sheets.get(sheet, ""), Findings())


def _merged(ranges: Iterable[Any] | None) -> tuple[Merge, ...]:
    kept: list[Merge] = []
    for (top, left), (bottom, right) in ranges or ():
        if top < _MERGED_ROWS and len(kept) < _MERGED_KEPT:
            kept.append((top, left, bottom, right))
    return tuple(kept)


def _read_thorough(path: Path, parts: _Parts, sink: Sink) -> None:
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
        if not book.worksheets:
            raise Unreadable(
                N_("{file} has no sheet that can be read. Save it as a normal .xlsx."), file=path.name
            )
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            sink.begin(sheet.title, sheet.sheet_state != "visible")
            rows = ([_plain(value) for value in row] for row in sheet.iter_rows(values_only=True))
            _send_rows(rows, 0, _found(parts, sheet.title), parts.styles, sink)
    except (
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        ParseError,
        OSError,
        zipfile.BadZipFile,
    ):
        raise damaged(path, sink.sheet or "xl/workbook.xml") from None
    except SyntaxError:
        raise damaged(path, sink.sheet or "xl/workbook.xml") from None


def _plain(value: Any) -> Any:
    return unescape(value) if isinstance(value, str) else value


def _send_rows(
    source: Iterable[list[Any]], left: int, found: Findings, styles: dict[int, str], sink: Sink
) -> None:
    _note_faults(found, sink)
    special = _by_row(found, styles)
    lines: list[int] = []
    block: list[Row] = []
    margin: Row = (None,) * left
    for index, values in enumerate(source):
        row: Row = margin + tuple([CLEANERS.get(value.__class__, clean)(value) for value in values])
        if index in special:
            row = _mend(row, special[index])
        if not any(value is not None for value in row):
            continue
        _watch(row, index, sink)
        lines.append(index + 1)
        block.append(row)
        if len(block) >= BLOCK:
            sink.rows(lines, block)
            lines, block = [], []
    sink.rows(lines, block)


def _by_row(found: Findings, styles: dict[int, str]) -> dict[int, list[tuple[int, str]]]:
    special: dict[int, list[tuple[int, str]]] = {}
    for (row, column), style in found.padded.items():
        special.setdefault(row, []).append((column, styles[style]))
    for row, column in found.errors:
        special.setdefault(row, []).append((column, ""))
    return special


def _mend(row: Row, places: list[tuple[int, str]]) -> Row:
    cells: list[Cell] = list(row)
    for column, pattern in places:
        if column >= len(cells):
            continue
        value = cells[column]
        if not pattern:
            cells[column] = None
        elif isinstance(value, int) and not isinstance(value, bool):
            cells[column] = pad(value, pattern)
    return tuple(cells)


def _watch(row: Row, index: int, sink: Sink) -> None:
    """Report numbers that lost digits, and stop a file whose few texts unfold into gigabytes."""
    for column, value in enumerate(row):
        if value.__class__ is int and digits_lost(value):
            where = f"{column_letters(column)}{index + 1}"
            message = N_("The number in {cell} is too long: its last digits were lost before it came here.")
            sink.note(RawNote("digits_lost", message, sink.sheet, index + 1, column, {"cell": where}))
        elif isinstance(value, str) and len(value) > _LONG_TEXT:
            sink.text += len(value)
            if sink.text > _MAX_TEXT:
                raise Unreadable(
                    N_("{sheet} holds more text than can be read. Split it into smaller workbooks."),
                    sheet=sink.sheet,
                )


def _note_faults(found: Findings, sink: Sink) -> None:
    for (row, column), value in found.errors.items():
        where = f"{column_letters(column)}{row + 1}"
        message = N_("Error value {value} in {cell}: the cell is left empty.")
        params: dict[str, str | int] = {"value": value, "cell": where}
        sink.note(RawNote("error_value", message, sink.sheet, row + 1, column, params))
    for row, column in found.no_value:
        where = f"{column_letters(column)}{row + 1}"
        message = N_("Formula without a value in {cell}: the cell is left empty.")
        sink.note(RawNote("no_value", message, sink.sheet, row + 1, column, {"cell": where}))
    if found.hidden_rows:
        message = N_("Hidden rows that are read as well: {count}.")
        sink.note(RawNote("hidden_rows", message, sink.sheet, 0, 0, {"count": found.hidden_rows}))
