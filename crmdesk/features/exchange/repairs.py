"""Mends values that a spreadsheet spoilt in a whole column: lost zeros, grades as letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

_OF_DIGITS = frozenset({"customer.vat_number", "address.postcode"})
_VAT_DIGITS = 11
_POSTCODE_DIGITS = 5
_LETTERS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "c": {"a": "5", "b": "3", "c": "1"},
        "d": {"a": "5", "b": "4", "c": "2", "d": "1"},
        "e": {"a": "5", "b": "4", "c": "3", "d": "2", "e": "1"},
    }
)


def mended(key: str, cells: Sequence[Any]) -> Mapping[str, str]:
    """What spoilt cells of a column stand for, by their text; empty where nothing has to be mended."""
    if key == "customer.potential_grade":
        return _letters({str(cell).strip().casefold() for cell in cells if cell is not None})
    if key not in _OF_DIGITS:
        return {}
    texts = {text for cell in cells if cell is not None and (text := _digits(cell))}
    if key == "customer.vat_number":
        return _with_zeros(texts, _VAT_DIGITS) if texts and all(map(_italian, texts)) else {}
    if texts:
        full = [cell for cell in cells if cell is not None and len(_digits(cell)) == _POSTCODE_DIGITS]
        given = sum(cell is not None for cell in cells)
        longest = max(map(len, texts), default=0)
        return _with_zeros(texts, longest) if longest == _POSTCODE_DIGITS and len(full) >= 0.5 * given else {}
    return {}


def _digits(cell: Any) -> str:
    if isinstance(cell, bool) or not isinstance(cell, int | str):
        return ""
    text = str(cell).strip()
    return text if text.isascii() and text.isdigit() else ""


def _with_zeros(texts: set[str], length: int) -> dict[str, str]:
    return {text: text.zfill(length) for text in texts if length - 3 <= len(text) < length}


def _italian(text: str) -> bool:
    """Whether the digits are an Italian VAT number once its zeros are put back."""
    if not _VAT_DIGITS - 4 <= len(text) <= _VAT_DIGITS:
        return False
    digits = [int(sign) for sign in text.zfill(_VAT_DIGITS)]
    doubled = [2 * digit - 9 if digit > 4 else 2 * digit for digit in digits[1:10:2]]
    return (sum(digits[0:10:2]) + sum(doubled) + digits[10]) % 10 == 0


def _letters(texts: set[str]) -> dict[str, str]:
    if not texts or not texts <= set("abcde"):
        return {}
    return dict(_LETTERS[max("c", *texts)])
