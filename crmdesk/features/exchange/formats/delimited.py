"""Reads tables kept as text: .csv, .tsv and .txt, whatever the delimiter and the encoding."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from crmdesk.core.i18n import N_
from crmdesk.features.exchange.formats import encoding as encodings
from crmdesk.features.exchange.formats.cells import clean_text, has_illegal
from crmdesk.features.exchange.formats.model import BLOCK, RawNote, Request, Row, Sink, Unreadable

name = "text"
suffixes = (".csv", ".tsv", ".txt", ".tab")
DELIMITERS = (";", ",", "\t", "|")
_FIELD_LIMIT = 16 << 20
_SEP = re.compile(r'^"?sep=(.)"?[ \t]*(?:\r\n|\r|\n|$)', re.I)
_LOOK = 50


def read(request: Request, sink: Sink) -> None:
    """Read the text table into the sink as one sheet, or refuse with a reason."""
    csv.field_size_limit(_FIELD_LIMIT)
    data = request.path.read_bytes()
    encoding = request.encoding or encodings.guess(data, request.region)
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        raise Unreadable(
            N_("{file} is not in the encoding {encoding}. Choose another encoding."),
            file=request.path.name,
            encoding=encoding,
        ) from None
    text = text.removeprefix("\ufeff")
    if not text.strip("\x00\r\n\t "):
        raise Unreadable(N_("{file} is empty. Choose a file with data."), file=request.path.name)
    stated = _SEP.match(text)
    first_line = 1
    if stated:
        text, first_line = text[stated.end() :], 2
    delimiter = request.delimiter or (stated[1] if stated else guess_delimiter(text, request.path))
    sink.source(encoding, delimiter)
    sink.begin(request.path.stem)
    if "\x00" in text:
        text = text.replace("\x00", "")
        sink.note(RawNote("zero_bytes", N_("Zero bytes in the file were left out."), sink.sheet))
    _send(text, delimiter, first_line, sink)


def guess_delimiter(text: str, path: Path) -> str:
    """The delimiter that parts the first records into the same number of cells."""
    best, best_score = ",", 0.0
    lines = list(itertools.islice(io.StringIO(text, newline=""), 4 * _LOOK))
    for delimiter in DELIMITERS:
        records = itertools.islice(csv.reader(lines, delimiter=delimiter, skipinitialspace=True), _LOOK)
        try:
            widths = [len(record) for record in records if any(cell.strip() for cell in record)]
        except csv.Error:
            continue
        filled = [width for width in widths if width > 1]
        if not filled:
            continue
        common, count = Counter(filled).most_common(1)[0]
        score = count / len(widths) * min(common, 8)
        if score > best_score:
            best, best_score = delimiter, score
    _refuse_double(lines, best, path)
    return best


def _refuse_double(lines: list[str], delimiter: str, path: Path) -> None:
    places = [m[1] for line in lines for m in re.finditer(f"(.){re.escape(delimiter)}", line)]
    if len(places) < 4:
        return
    before, count = Counter(places).most_common(1)[0]
    if before in "+~^#@*:|" and before != delimiter and count >= 0.95 * len(places):
        raise Unreadable(
            N_("{file} parts its columns with two characters ({delimiter}). Save it with one, such as ;."),
            file=path.name,
            delimiter=before + delimiter,
        )


def records(text: str, delimiter: str, first_line: int = 1) -> Iterator[tuple[int, list[str], bool]]:
    """Each record with the line it begins on; the flag is set where a quote was never closed."""
    lines = io.StringIO(text, newline="").readlines()
    start = 0
    while start < len(lines):
        reader = csv.reader(lines[start:], delimiter=delimiter, skipinitialspace=True)
        begun = 0
        again = False
        for record in reader:
            ended = reader.line_num
            at_end = start + ended >= len(lines)
            if at_end and ended - begun > 0 and _open_quote(lines[start + begun :], delimiter):
                broken = lines[start + begun].rstrip("\r\n").replace('"', "")
                yield first_line + start + begun, broken.split(delimiter), True
                start += begun + 1
                again = True
                break
            yield first_line + start + begun, record, False
            begun = ended
        if not again:
            return


def _open_quote(lines: list[str], delimiter: str) -> bool:
    """Whether the last record reaches the end of the file inside quotes."""
    reader = csv.reader([*lines, '"'], delimiter=delimiter, skipinitialspace=True)
    closed = sum(1 for _record in csv.reader(lines, delimiter=delimiter, skipinitialspace=True))
    return sum(1 for _record in reader) == closed and '"' in "".join(lines)


def _send(text: str, delimiter: str, first_line: int, sink: Sink) -> None:
    source = records(text, delimiter, first_line)
    head = list(itertools.islice(source, _LOOK))
    width = expected_width([record for _line, record, _open in head])
    lines: list[int] = []
    block: list[Row] = []
    for line, record, unclosed in itertools.chain(head, source):
        cells = [clean_text(cell) if cell else None for cell in record]
        while len(cells) > width and cells[-1] is None:
            cells.pop()
        if unclosed:
            message = N_("A quote in line {line} is never closed: the line was read without it.")
            sink.note(RawNote("unclosed_quote", message, sink.sheet, line, 0, {"line": line}))
        if not any(cells):
            continue
        _note_width(len(record) if len(record) < width else len(cells), width, line, sink)
        if any(cell and has_illegal(cell) for cell in record):
            message = N_("Characters no document may hold were left out of line {line}.")
            sink.note(RawNote("illegal", message, sink.sheet, line, 0, {"line": line}))
        cells.extend([None] * (width - len(cells)))
        lines.append(line)
        block.append(tuple(cells))
        if len(block) >= BLOCK:
            sink.rows(lines, block)
            lines, block = [], []
    sink.rows(lines, block)


def _note_width(cells: int, width: int, line: int, sink: Sink) -> None:
    if cells > width:
        message = N_(
            "Line {line} has {cells} cells where {width} are expected: its columns may have shifted."
        )
        kind = "long_row"
    elif cells < width:
        message = N_("Line {line} has {cells} cells where {width} are expected: the rest is taken as empty.")
        kind = "short_row"
    else:
        return
    params: dict[str, str | int] = {"line": line, "cells": cells, "width": width}
    sink.note(RawNote(kind, message, sink.sheet, line, 0, params))


def expected_width(head: list[list[str]]) -> int:
    """How many cells a row of this table has: that of the header, or of most rows."""
    widths = [len(record) for record in head if any(cell.strip() for cell in record)]
    if not widths:
        return 1
    first = next((width for width in widths if width > 1), 1)
    common, count = Counter(widths).most_common(1)[0]
    return max(first, common) if count > 1 else first
