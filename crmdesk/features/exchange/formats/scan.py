"""Looks through the XML of a sheet for what the quick reader loses: zeros, errors, far cells."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from crmdesk.features.exchange.formats.cells import column_index

MAX_ROWS = 1_048_576
MAX_COLUMNS = 500
MAX_CELLS = 20_000_000
MAX_CARRY = 64 << 20
_KEEP = 5000
_ROW = re.compile(rb"<row\b([^>]*)>")
_NAMED_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_CELL_START = re.compile(rb"<(?:\w+:)?c[\s>/]")
_CELL = re.compile(rb"<(?:\w+:)?(?:row\b([^>]*)|c\b([^>]*?)(/)?)>")
_FILLED = re.compile(rb"\s*<(?:\w+:)?(?:v|is|f)\b")
_R = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]*)(\d+)[\"']")
_ODD = (b"r='", b"r =", b"r= ")
_PLAIN_WIDE = re.compile(rb'r="([A-Z]{2,3})\d')
_PLAIN_DEEP = re.compile(rb'r="[A-Z]{1,3}(\d{6,})')
_WIDE = re.compile(rb"\br\s*=\s*[\"']([A-Z]{2,3})\d")
_DEEP = re.compile(rb"\br\s*=\s*[\"'][A-Za-z]{1,3}(\d{6,})")
_ERROR = re.compile(rb"<(?:\w+:)?c\b([^>]*\bt=[\"']e[\"'][^>]*)(?<!/)>(.*?)</(?:\w+:)?c>", re.S)
_NO_VALUE = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)(?<!/)>\s*<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(<(?:\w+:)?v\s*/>\s*|<(?:\w+:)?v>\s*</(?:\w+:)?v>\s*)?</(?:\w+:)?c>"
)
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]*)")
_HIDDEN = re.compile(rb"\bhidden\s*=\s*[\"'](?:1|true)[\"']")
_TEXT_TYPE = re.compile(rb"\bt=[\"']str[\"']")


@dataclass(slots=True)
class Findings:
    """What was found in one sheet part; places are (row, column), both counted from 0."""

    rows: int = 0
    columns: int = 0
    hidden_rows: int = 0
    without_place: bool = False
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    no_value: list[tuple[int, int]] = field(default_factory=list)
    padded: dict[tuple[int, int], int] = field(default_factory=dict)

    @property
    def suspicious(self) -> bool:
        """Whether the sheet may be wider or longer than is read; a second look decides."""
        return self.rows > MAX_ROWS or self.columns > MAX_COLUMNS or self.rows * self.columns > MAX_CELLS


def place(attributes: bytes) -> tuple[int, int] | None:
    """The (row, column) a cell says it stands in, or None when it does not say."""
    found = _R.search(attributes)
    if not found or not found[1]:
        return None
    return int(found[2]) - 1, column_index(found[1].decode().upper())


def as_utf8(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same text as UTF-8, whichever of the Unicode encodings the part is in."""
    decoder: codecs.IncrementalDecoder | None = None
    first = True
    for chunk in chunks:
        if first:
            first = False
            if chunk[:2] in (b"\xff\xfe", b"\xfe\xff"):
                decoder = codecs.getincrementaldecoder("utf-16")("replace")
            elif chunk[:2] in (b"<\x00", b"\x00<"):
                wide = "utf-16-le" if chunk[1] == 0 else "utf-16-be"
                decoder = codecs.getincrementaldecoder(wide)("replace")
        yield decoder.decode(chunk).encode() if decoder else chunk


def whole_rows(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The text cut between rows, never inside one."""
    carry = b""
    for chunk in chunks:
        carry += chunk
        cut = max(carry.rfind(b"<row"), carry.rfind(b":row"))
        start = carry.rfind(b"<", 0, cut + 1)
        if start > 0:
            yield carry[:start]
            carry = carry[start:]
        if len(carry) > MAX_CARRY:
            yield carry
            carry = b""
    if carry:
        yield carry


def scan(chunks: Iterable[bytes], styles: dict[int, str]) -> Findings:
    """Go through a sheet once; `styles` are the cell styles that pad numbers with zeros."""
    findings = Findings()
    padded = _padded_pattern(styles)
    row = 0
    for text in whole_rows(as_utf8(chunks)):
        row = _count_rows(findings, text, row)
        odd = any(each in text for each in _ODD)
        for letters in set((_WIDE if odd else _PLAIN_WIDE).findall(text)):
            findings.columns = max(findings.columns, column_index(letters.decode()) + 1)
        for digits in set((_DEEP if odd else _PLAIN_DEEP).findall(text)):
            findings.rows = max(findings.rows, int(digits[:9]))
        _find_faults(findings, text)
        if padded is not None:
            for found in padded.finditer(text):
                where = place(found[1])
                if where:
                    findings.padded[where] = int(found[2])
                else:
                    findings.without_place = True
    findings.columns = max(findings.columns, 26)
    return findings


def _padded_pattern(styles: dict[int, str]) -> re.Pattern[bytes] | None:
    if not styles:
        return None
    numbers = "|".join(map(str, sorted(styles, reverse=True)))
    return re.compile(rf"<(?:\w+:)?c\b([^>]*?\bs\s*=\s*[\"']({numbers})[\"'][^>]*)>".encode())


def _count_rows(findings: Findings, text: bytes, row: int) -> int:
    last = -1
    for found in (_NAMED_ROW if b":row" in text else _ROW).finditer(text):
        if last >= 0 and found.start() - last > 8000:
            findings.columns = max(findings.columns, len(_CELL_START.findall(text, last, found.start())))
        last = found.start()
        says = _R.search(found[1])
        row = int(says[2][:9]) if says else row + 1
        findings.rows = max(findings.rows, row)
        if b"hidden" in found[1] and _HIDDEN.search(found[1]):
            findings.hidden_rows += 1
    if last >= 0 and len(text) - last > 8000:
        findings.columns = max(findings.columns, len(_CELL_START.findall(text, last)))
    return row


def _find_faults(findings: Findings, text: bytes) -> None:
    if (b't="e"' in text or b"t='e'" in text) and len(findings.errors) < _KEEP:
        for found in _ERROR.finditer(text):
            where, value = place(found[1]), _VALUE.search(found[2])
            if where:
                findings.errors[where] = value[1].decode("utf-8", "replace") if value else "#ERROR"
    named = b":row" in text
    if (b"<f" in text or (named and b":f" in text)) and len(findings.no_value) < _KEEP:
        for found in _NO_VALUE.finditer(text):
            where = place(found[1])
            if where and not (found[2] and _TEXT_TYPE.search(found[1])):
                findings.no_value.append(where)


def extent(chunks: Iterable[bytes]) -> tuple[int, int]:
    """The last row and column that hold a value, exactly; slower than `scan`."""
    bottom = right = row = column = -1
    for text in whole_rows(as_utf8(chunks)):
        for found in _CELL.finditer(text):
            if found[2] is None:
                says = _R.search(found[1] or b"")
                row, column = (int(says[2][:9]) - 1 if says else row + 1), -1
                continue
            row, column = place(found[2]) or (row, column + 1)
            if not found[3] and _FILLED.match(text, found.end()):
                bottom, right = max(bottom, row), max(right, column)
    return bottom, right
