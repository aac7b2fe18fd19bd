"""Recognises a column header that announces the turnover of one year."""

from __future__ import annotations

import re

from crmdesk.features.exchange.headers import normal
from crmdesk.features.exchange.synonyms_words import TURNOVER_WORDS

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
    words = name.split()
    years = [word for word in words if _YEAR.fullmatch(word)]
    rest = [word for word in words if not _YEAR.fullmatch(word)]
    if len(years) == 1 and all(word in _TURNOVER for word in rest):
        return int(years[0])
    short = [word for word in words if re.fullmatch(r"\d\d", word)]
    if not years and len(short) == 1 and len(words) == 2 and words[0] in _STRONG:
        return 2000 + int(short[0])
    return None
