"""Recognises a column header that announces the turnover of one year."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crmdesk.core.calendar_names import month_number
from crmdesk.features.exchange.headers import normal
from crmdesk.features.exchange.synonyms_words import TURNOVER_WORDS

_GLUED = re.compile(r"^(fy|fatt|fat|vend|sales|umsatz|ca|anno|year|tot)((?:20)?[0-4]\d)$")
_YEAR = re.compile(r"(19[89]|20\d)\d")
_STRONG = frozenset(
    [
        "fatt",
        "fatturato",
        "turnover",
        "revenue",
        "sales",
        "vendite",
        "venduto",
        "ricavi",
        "fy",
        "umsatz",
        "выручка",
        "оборот",
        "продажи",
        "ventas",
        "ca",
    ]
)
_TURNOVER = frozenset(normal(word) for word in TURNOVER_WORDS)


def year_of(name: str) -> int | None:
    """The year whose turnover a normalised header announces: «fatt 2025», «2016»."""
    words = _GLUED.sub(r"\1 \2", name).split()
    years = [word for word in words if _YEAR.fullmatch(word)]
    rest = [word for word in words if not _YEAR.fullmatch(word)]
    if len(years) == 1 and all(word in _TURNOVER for word in rest):
        return int(years[0])
    short = [word for word in words if re.fullmatch(r"\d\d", word)]
    if not years and len(short) == 1 and len(words) == 2 and words[0] in _STRONG:
        return 2000 + int(short[0])
    return None


def month_of(name: str) -> tuple[int, int] | None:
    """The year (0 where it is not told) and month whose turnover a normalised header announces: «gen 24»."""
    words = [word for word in name.split() if word not in _TURNOVER]
    if len(words) not in (1, 2):
        return None
    if len(words) == 2 and all(word.isdigit() for word in words):
        year, month = (words[0], words[1]) if len(words[0]) == 4 else (words[1], words[0])
        return (int(year), int(month)) if _YEAR.fullmatch(year) and 1 <= int(month) <= 12 else None
    told = next((word for word in words if not word.isdigit()), "")
    month_told = month_number(told) if len(told) >= 3 else None
    if month_told is None:
        return None
    digits = next((word for word in words if word.isdigit()), "")
    if digits and not _YEAR.fullmatch(digits) and len(digits) != 2:
        return None
    return (int(digits) if len(digits) == 4 else 2000 + int(digits) if digits else 0), month_told


def only_year(texts: Iterable[str]) -> int:
    """The one year that some texts name, 0 where they name none or several."""
    found = {int(year[0]) for text in texts for year in re.finditer(r"(?<!\d)(?:19[89]|20\d)\d(?!\d)", text)}
    return found.pop() if len(found) == 1 else 0


def months_of(names: Iterable[str], year: int) -> dict[int, int]:
    """The year of each column that holds one month, by place; empty where they are not a row of months."""
    told = {place: month_of(normal(name)) for place, name in enumerate(names)}
    found = {place: (each[0] or year, each[1]) for place, each in told.items() if each is not None}
    if len(found) < 3 or len(set(found.values())) < len(found) or not all(each[0] for each in found.values()):
        return {}
    return {place: each[0] for place, each in found.items()}
