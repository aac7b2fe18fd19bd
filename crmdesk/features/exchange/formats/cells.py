"""Cleaning of single cells: no control characters, no floating noise, no lost zeros."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any

from crmdesk.features.exchange.formats.model import Cell

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_BLANKS = " \t\n\r\xa0\u2007\u202f\u200b\ufeff"
_EXACT = 1 << 53


def clean_text(text: str) -> str | None:
    """A text without illegal characters, with plain line ends; None when nothing is left."""
    if not text:
        return None
    if not text.isprintable():
        text = _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not text or text.isspace():
        return None
    if text[0] in _BLANKS or text[-1] in _BLANKS:
        text = text.strip(_BLANKS)
    return text or None


def has_illegal(text: str) -> bool:
    """Whether the text holds characters no document may hold."""
    return not text.isprintable() and _ILLEGAL.search(text) is not None


def unescape(text: str) -> str:
    """The text with its _xHHHH_ escapes undone, as the spreadsheet would show it."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


def clean_number(number: float) -> int | float | None:
    """A number as a person would write it: whole ones whole, others to 15 digits."""
    if number != number or number in (float("inf"), float("-inf")):
        return None
    if number.is_integer():
        return int(number)
    return float(f"{number:.15g}")


def digits_lost(number: object) -> bool:
    """Whether a number is too long to have kept all its digits."""
    return isinstance(number, int | float) and not isinstance(number, bool) and abs(number) > _EXACT


def clean(value: object) -> Cell:
    """One cell of a workbook as text, number, date, yes or no, or nothing."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return clean_number(value)
    if isinstance(value, datetime):
        return _whole_second(value)
    if isinstance(value, date):
        return value
    if isinstance(value, time):
        return value.strftime("%H:%M:%S" if value.second else "%H:%M")
    if isinstance(value, timedelta):
        return _duration(value)
    return clean_text(str(value))


def _same(value: Cell) -> Cell:
    return value


CLEANERS: MappingProxyType[type, Callable[[Any], Cell]] = MappingProxyType(
    {str: clean_text, float: clean_number, date: _same, bool: _same, int: _same}
)


def _whole_second(moment: datetime) -> Cell:
    moment = moment.replace(tzinfo=None)
    if not moment.microsecond:
        return moment
    try:
        rounded = moment + timedelta(microseconds=500_000)
    except OverflowError:
        rounded = moment
    return rounded.replace(microsecond=0)


def _duration(length: timedelta) -> str:
    seconds = round(length.total_seconds())
    sign = "-" if seconds < 0 else ""
    minutes, rest = divmod(abs(seconds), 60)
    shown = f"{sign}{minutes // 60}:{minutes % 60:02d}"
    return f"{shown}:{rest:02d}" if rest else shown


def zero_pattern(code: str) -> str:
    """The digits pattern of a number format that only pads with zeros, else an empty text."""
    code = code.split(";")[0]
    plain = re.sub(r'\[\$[^\]]*\]|"([^"]*)"|\\(.)', lambda found: found[1] or found[2] or "", code)
    return plain if plain.count("0") >= 2 and re.fullmatch(r"[0 ()/+\-]+", plain) else ""


def pad(number: int, pattern: str) -> str:
    """The number as its zero-padding format shows it: 184 under 00000 is 00184."""
    digits = str(abs(number)).rjust(pattern.count("0"), "0")
    extra = len(digits) - pattern.count("0")
    out: list[str] = []
    taken = 0
    for sign in pattern:
        if sign != "0":
            out.append(sign)
            continue
        step = 1 + (extra if taken == 0 else 0)
        out.append(digits[taken : taken + step])
        taken += step
    return "".join(out)


def column_letters(index: int) -> str:
    """The letters a spreadsheet shows above a column, counted from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """The place of a column by its letters, counted from 0."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1
