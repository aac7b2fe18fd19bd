"""Amounts of money and other numbers: read as people type them, kept exactly, shown as they are used to."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import Literal

from crmdesk.core.errors import InvalidValue
from crmdesk.core.i18n import NO_BREAK, Region, _

MINUS = "\u2212"
Mark = Literal[".", ","]

_LARGEST_MINOR = 2**63 - 1
_LONGEST_TEXT = 400
_EXACT_DIGITS = 20
_SIGNS = MappingProxyType({"EUR": "€", "USD": "$", "GBP": "£", "RUB": "₽", "JPY": "¥", "UAH": "₴"})
_PLACES = MappingProxyType(
    {"JPY": 0, "KRW": 0, "CLP": 0, "ISK": 0, "VND": 0, "XAF": 0, "XOF": 0, "BHD": 3, "KWD": 3, "TND": 3}
)
_CURRENCY_WORDS = MappingProxyType(
    {
        "€": "EUR", "euro": "EUR", "евро": "EUR", "$": "USD", "us$": "USD", "£": "GBP", "¥": "JPY",
        "₴": "UAH", "₽": "RUB", "руб": "RUB", "руб.": "RUB", "р": "RUB", "р.": "RUB", "zł": "PLN",
        "fr.": "CHF", "sfr.": "CHF", "kč": "CZK",
    }
)  # fmt: skip
_CODES = re.compile(
    "EUR|USD|GBP|CHF|RUB|JPY|CNY|SEK|NOK|DKK|PLN|CZK|HUF|RON|BGN|TRY|UAH|KZT|BYN|GEL|AED|SAR|ILS|INR|AUD"
    "|CAD|NZD|SGD|HKD|KRW|BRL|MXN|ARS|CLP|ZAR|EGP|MAD|TND|RSD|ALL|BAM|MKD|MDL|AMD|AZN|UZS|ISK|THB|VND"
    "|BHD|KWD|XAF|XOF"
)
_SPACES = re.compile(r"\s")
_GROUP_MARKS = re.compile("[ '\u2019\u02bc`\u00b4]")
_DASHES = re.compile("[\u2212\u2012\u2013\u2014\uff0d\ufe63]")
_NO_CENTS = re.compile(r"(?<=\d)[.,]-{1,2}$")
_HEAD = re.compile(r"^([^\d\s.,()+'-]+\.?)\s*(?=[\d.,(+-])")
_TAIL = re.compile(r"(?<=[\d.,)+-])\s*([^\d\s.,()+'-]+\.?)$")
_BODY = re.compile(r"^[0-9 .,]*[0-9][.,]?$")


@dataclass(frozen=True, slots=True)
class DecimalEvidence:
    """How many values of a column prove the point, prove the comma, or could be read both ways."""

    point: int
    comma: int
    unclear: int


@dataclass(frozen=True, slots=True)
class _Reading:
    """An amount taken apart: sign, digits before and after the mark, and the mark."""

    negative: bool
    whole: str
    fraction: str
    mark: Mark | None
    unclear: bool = False


def parse_amount(text: str, region: Region, decimal: Mark | None = None) -> Decimal:
    """Read a typed number exactly; a lone 1.234 follows the column's decimal mark, else the region."""
    found = _read(text)
    whole, fraction = found.whole, found.fraction
    if found.unclear and found.mark != (decimal or region.decimal):
        whole, fraction = whole + fraction, ""
    number = Decimal(f"{whole or '0'}.{fraction or '0'}") if fraction else Decimal(whole or "0")
    return number.copy_negate() if found.negative and number else number


def ambiguous(text: str) -> bool:
    """Whether a text like 1.234 may mean a thousand or a fraction."""
    try:
        return _read(text).unclear
    except InvalidValue:
        return False


def decimal_evidence(texts: Iterable[str]) -> DecimalEvidence:
    """Count what the values of a column say about its decimal mark."""
    point = comma = unclear = 0
    for text in texts:
        try:
            found = _read(text)
        except InvalidValue:
            continue
        unclear += found.unclear
        point += found.mark == "." and not found.unclear
        comma += found.mark == "," and not found.unclear
    return DecimalEvidence(point, comma, unclear)


def settle_decimal(texts: Iterable[str]) -> Mark | None:
    """The decimal mark of a column, or None when nothing proves it or the values contradict each other."""
    evidence = decimal_evidence(texts)
    if bool(evidence.point) == bool(evidence.comma):
        return None
    return "." if evidence.point else ","


def currency_in(text: str) -> str | None:
    """The currency named beside an amount, as its ISO code."""
    return _peel(_tidy(text))[2]


def from_float(number: float) -> Decimal:
    """The exact number a spreadsheet meant, without the noise of its last digits."""
    if not math.isfinite(number):
        raise InvalidValue(_("This is not a number. Type digits only."))
    return Decimal(f"{number:.15g}")


def places(currency: str) -> int:
    """How many digits a currency has after the decimal mark."""
    return _PLACES.get(currency, 2)


def to_minor(amount: Decimal, currency: str) -> int:
    """The amount in the smallest coin of its currency, halves rounded away from zero."""
    minor = int(amount.scaleb(places(currency)).to_integral_value(ROUND_HALF_UP))
    if abs(minor) > _LARGEST_MINOR:
        raise InvalidValue(_("This amount is too large. Type a smaller one."))
    return minor


def from_minor(minor: int, currency: str) -> Decimal:
    """The amount that a count of the smallest coin stands for."""
    return Decimal(minor).scaleb(-places(currency))


def show_money(minor: int, currency: str, region: Region, cents: bool = False) -> str:
    """An amount with its currency, rounded to whole units unless cents are wanted."""
    digits = _digits(abs(from_minor(minor, currency)), region, places(currency) if cents else 0)
    sign = MINUS if minor < 0 and any(digit in "123456789" for digit in digits) else ""
    mark = _SIGNS.get(currency, currency)
    if not mark:
        return sign + digits
    if region.sign_first:
        return f"{sign}{mark}{digits}" if currency in _SIGNS else f"{sign}{mark}{NO_BREAK}{digits}"
    return f"{sign}{digits}{NO_BREAK}{mark}"


def show_number(value: float | Decimal, region: Region, places: int | None = None) -> str:
    """A number with the marks of the region; without a wish for places all its digits are shown."""
    number = from_float(value) if isinstance(value, float) else Decimal(value)
    digits = _digits(abs(number), region, places)
    return (MINUS if number < 0 and any(digit in "123456789" for digit in digits) else "") + digits


def show_percent(value: float | Decimal, region: Region, places: int | None = None) -> str:
    """A share of a hundred, so that 14.0 reads 14 %."""
    return f"{show_number(value, region, places)}{NO_BREAK}%"


def _digits(number: Decimal, region: Region, places: int | None) -> str:
    if places is not None and number.adjusted() < _EXACT_DIGITS:
        number = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, _point, fraction = f"{number:,f}".partition(".")
    if places is None:
        fraction = fraction.rstrip("0")
    whole = whole.replace(",", region.group)
    return f"{whole}{region.decimal}{fraction}" if fraction else whole


def _read(text: str) -> _Reading:
    if len(text) > _LONGEST_TEXT:
        raise _not_a_number(text)
    body, negative, _currency = _peel(_tidy(text))
    body = _GROUP_MARKS.sub(" ", body)
    if not _BODY.match(body):
        raise _not_a_number(text)
    whole, fraction, mark, unclear = _split(body)
    groups = re.split("[ .,]", whole)
    regular = all(len(group) == 3 for group in groups[1:]) and 1 <= len(groups[0]) <= 3
    if len(groups) > 1 and not regular:
        raise _not_a_number(text)
    if " " in fraction or len({sign for sign in whole if not sign.isdigit()}) > 1:
        raise _not_a_number(text)
    proof = mark if fraction or len(groups) > 1 else None
    return _Reading(negative, "".join(groups), fraction, proof, unclear)


def _split(body: str) -> tuple[str, str, Mark | None, bool]:
    """Whole part, fraction, decimal mark that this text proves (or may have), and whether it is unclear."""
    last = max(body.rfind("."), body.rfind(","))
    if last < 0:
        return body, "", None, False
    mark: Mark = "." if body[last] == "." else ","
    other: Mark = "," if mark == "." else "."
    whole, fraction = body[:last], body[last + 1 :]
    if other in whole or len(fraction) != 3 or " " in whole:
        return whole, fraction, mark, False
    if mark in whole:
        return body, "", other, False
    lone = 1 <= len(whole) <= 3 and not whole.startswith("0")
    return whole, fraction, mark, lone


def _tidy(text: str) -> str:
    plain = _DASHES.sub("-", _SPACES.sub(" ", text)).strip()
    return _NO_CENTS.sub("", plain)


def _peel(text: str) -> tuple[str, bool, str | None]:
    """Take sign, brackets and currency off; each may come once, in any order."""
    negative, signed, currency = False, False, None
    while True:
        before = text
        text = text.strip()
        if not signed and text[:1] == "(" and text[-1:] == ")":
            text, negative, signed = text[1:-1], True, True
        elif not signed and text[:1] in ("-", "+") and len(text) > 1:
            text, negative, signed = text[1:], text[0] == "-", True
        elif not signed and text[-1:] == "-" and len(text) > 1:
            text, negative, signed = text[:-1], True, True
        elif currency is None and (found := _HEAD.match(text) or _TAIL.search(text)):
            currency = _code(found[1])
            text = text[found.end() :] if found.start() == 0 else text[: found.start()]
            if currency is None:
                return before, negative, None
            text = _NO_CENTS.sub("", text.strip())
        if text == before:
            return text, negative, currency


def _code(word: str) -> str | None:
    upper = word.upper()
    return upper if _CODES.fullmatch(upper) else _CURRENCY_WORDS.get(word.lower())


def _not_a_number(text: str) -> InvalidValue:
    short = text.strip()[:30]
    return InvalidValue(_("“{text}” is not a number. Type digits, for example 1250.50.").format(text=short))
