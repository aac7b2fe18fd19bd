"""Looks at the values of a column: what they are, how they are written, what is doubtful."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, TypeVar

from crmdesk.core import dates, money
from crmdesk.core.datetext import Order, is_numeric
from crmdesk.core.money import Mark

_Found = TypeVar("_Found")
Doubt = Literal["", "date_order", "decimal_mark"]
_SAMPLE = 1000
_BATCH = 3000
_MAX_EVIDENCE = 60_000
_EMPTY_WORDS = frozenset(
    {"null", "#n/a", "n/a", "n.a.", "na", "nan", "none", "-", "--", "nd", "n.d.", "нет данных"}
)
_EMAIL = re.compile(r"^[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]{2,}$")
_PHONE = re.compile(r"^[+(]?[\d][\d\s().,/\-]{4,24}\d(\s*(ext|int|x|доб)\.?\s*\d+)?$", re.I)
_LINK = re.compile(
    r"^(https?://|www\.)\S+$|^[\w-]+(\.[\w-]+)*\.(com|it|ru|de|fr|org|net|eu|es|uk|ch|at)(/\S*)?$", re.I
)
_NUMBER = re.compile(
    r"^\(?[-+−]?\s*[€$£₽]?\s*[-+−]?\d[\d.,'’\s\u00a0\u202f]*\)?-?\s*(%|€|\$|£|₽|eur|euro|usd|gbp|руб\.?|chf)?$",
    re.I,
)
_DATE = re.compile(r"^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\.?([T ,]+.*)?$|^(19|20)\d{6}$")
_DATE_WORDS = re.compile(
    r"^\d{1,2}\.?[\s/-]*[^\W\d]{3,10}\.?[\s/,-]*\d{2,4}( г\.?)?$|^[^\W\d]{3,9}\.? \d{1,2},? \d{4}$"
)
_TAX_CODE = re.compile(r"^[A-Z]{6}\d\d[A-Z]\d\d[A-Z]\d{3}[A-Z]$", re.I)
_VAT = re.compile(
    r"^(IT)?\d{11}$|^(DE\d{9}|FR[A-Z0-9]{2}\d{9}|ES[A-Z0-9]\d{7}[A-Z0-9]|ATU\d{8}|PL\d{10})$",
    re.I,
)
_SCIENTIFIC = re.compile(r"^\d([.,]\d+)?E\+\d+$", re.I)
_FLAGS = frozenset(
    [
        "si",
        "sì",
        "no",
        "yes",
        "y",
        "n",
        "true",
        "false",
        "vero",
        "falso",
        "да",
        "нет",
        "x",
        "ja",
        "nein",
        "oui",
        "non",
        "s",
        "0",
        "1",
    ]
)


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds, in shares of its filled cells from 0 to 1."""

    index: int
    name: str
    samples: tuple[str, ...] = ()
    fill: float = 0.0
    shares: dict[str, float] = field(default_factory=dict)
    distinct: float = 0.0
    length: float = 0.0
    largest: float = 0.0
    date_order: Order | None = None
    decimal: Mark | None = None
    fraction: bool = False
    leading_zeros: bool = False
    empty_words: frozenset[str] = frozenset()
    doubts: tuple[Doubt, ...] = ()
    damaged: int = 0

    def share(self, sort: str) -> float:
        """The share of values of one sort: number, date, email, phone, link, flag, code, vat..."""
        return self.shares.get(sort, 0.0)

    @property
    def empty(self) -> bool:
        """Whether no row has a value here."""
        return self.fill == 0.0


def profile(index: int, name: str, values: Sequence[object]) -> Column:
    """Look at all values of a column; the kinds are judged by a sample, doubts by as many as needed."""
    filled = [value for value in values if value is not None]
    words = {
        value
        for value in filled[:_MAX_EVIDENCE]
        if isinstance(value, str) and value.casefold() in _EMPTY_WORDS
    }
    if words:
        filled = [value for value in filled if not (isinstance(value, str) and value in words)]
    if not filled:
        return Column(index, name, empty_words=frozenset(words))
    step = max(1, len(filled) // _SAMPLE)
    sample = filled[::step][:_SAMPLE]
    shares = _shares(sample)
    texts = [value for value in filled if isinstance(value, str)]
    order, decimal, doubts = _habits(texts, shares)
    numbers = [number for number in (_rough(value, decimal) for value in sample) if number is not None]
    return Column(
        index,
        name,
        samples=_few(filled),
        fill=len(filled) / len(values),
        shares=shares,
        distinct=len(set(map(str, sample))) / len(sample),
        length=sum(len(str(value)) for value in sample) / len(sample),
        largest=max(map(abs, numbers), default=0.0),
        date_order=order,
        decimal=decimal,
        fraction=_is_fraction(texts or filled, numbers, filled, decimal),
        leading_zeros=any(len(text) > 1 and text[0] == "0" and text.isdigit() for text in texts[:_BATCH]),
        empty_words=frozenset(words),
        doubts=doubts,
        damaged=sum(_SCIENTIFIC.match(text) is not None for text in texts[:_BATCH]),
    )


def _few(filled: Sequence[object]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for value in filled[:200]:
        found[str(value)] = None
        if len(found) == 3:
            break
    return tuple(found)


def _shares(sample: Sequence[object]) -> dict[str, float]:
    counts: dict[str, int] = {}
    for value in sample:
        for sort in _sorts(value):
            counts[sort] = counts.get(sort, 0) + 1
    return {sort: count / len(sample) for sort, count in counts.items()}


def _sorts(value: object) -> tuple[str, ...]:
    """Everything one value may be."""
    if isinstance(value, bool):
        return ("flag",)
    if isinstance(value, date):
        return ("date", "timed") if isinstance(value, datetime) else ("date",)
    if isinstance(value, int):
        found = ["number", "whole"]
        if 5 <= len(str(abs(value))) <= 15:
            found.append("phone")
        if value in (0, 1):
            found.append("flag")
        return tuple(found)
    if isinstance(value, float):
        return ("number",)
    return _text_sorts(str(value))


def _text_sorts(text: str) -> tuple[str, ...]:
    found: list[str] = []
    if _DATE.match(text) or _DATE_WORDS.match(text):
        found.append("date")
        if ":" in text:
            found.append("timed")
    if _NUMBER.match(text):
        found.append("number")
        if text.isdigit():
            found.append("whole")
    if _PHONE.match(text) and sum(sign.isdigit() for sign in text) >= 6:
        found.append("phone")
    if _EMAIL.match(text):
        found.append("email")
    elif _LINK.match(text):
        found.append("link")
    if _VAT.match(text.replace(" ", "")):
        found.append("vat")
    if _TAX_CODE.match(text):
        found.append("tax_code")
    if text.casefold() in _FLAGS:
        found.append("flag")
    if " " not in text and any(sign.isdigit() for sign in text) and len(text) <= 24:
        found.append("code")
    if not any(sign.isdigit() for sign in text):
        found.append("words")
    if len(text) > 60:
        found.append("long")
    return tuple(found)


def _habits(
    texts: Sequence[str], shares: dict[str, float]
) -> tuple[Order | None, Mark | None, tuple[Doubt, ...]]:
    order: Order | None = None
    decimal: Mark | None = None
    doubts: list[Doubt] = []
    if shares.get("date", 0) >= 0.5 and any(is_numeric(text) for text in texts[:200]):
        order = _first(dates.settle_order(batch).order for batch in _batches(texts))
        if order is None:
            doubts.append("date_order")
    elif shares.get("number", 0) >= 0.5 and texts:
        texts = [text for text in texts[:_MAX_EVIDENCE] if "." in text or "," in text]
        decimal = _first(money.settle_decimal(batch) for batch in _batches(texts))
        if decimal is None and any(money.ambiguous(text) for text in texts[:_BATCH]):
            doubts.append("decimal_mark")
    return order, decimal, tuple(doubts)


def _batches(texts: Sequence[str]) -> Iterable[Sequence[str]]:
    for start in range(0, min(len(texts), _MAX_EVIDENCE), _BATCH):
        yield list(dict.fromkeys(texts[start : start + _BATCH]))


def _first(found: Iterable[_Found | None]) -> _Found | None:
    return next((each for each in found if each is not None), None)


def _rough(value: object, decimal: Mark | None) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    text = str(value)
    if not _NUMBER.match(text):
        return None
    digits = re.sub(r"[^\d.,-]", "", text)
    digits = digits.replace(".", "").replace(",", ".") if decimal == "," else digits.replace(",", "")
    try:
        return float(digits)
    except ValueError:
        return None


def _is_fraction(
    texts: Sequence[object], numbers: Sequence[float], filled: Sequence[object], decimal: Mark | None
) -> bool:
    """Whether all numbers lie between 0 and 1 and none is written with a percent sign."""
    if not numbers or any("%" in str(text) for text in texts[:_BATCH]):
        return False
    if not all(0 <= number <= 1 for number in numbers):
        return False
    rest = (_rough(value, decimal) for value in filled)
    return all(number is None or 0 <= number <= 1 for number in rest) and (
        any(0 < number < 1 for number in numbers) or all(number == 0 for number in numbers)
    )
