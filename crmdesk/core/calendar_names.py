"""The names of months and weekdays in the languages of crmdesk, and the ones understood when typed."""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType

from crmdesk.core.i18n import language

MONTHS = MappingProxyType(
    {
        "en": "January February March April May June July August September October November December",
        "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "ru": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    }
)
_MONTHS_IN_DATES = MappingProxyType(
    {"ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"}
)
_SHORT_MONTHS = MappingProxyType(
    {
        "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        "it": "gen feb mar apr mag giu lug ago set ott nov dic",
        "ru": "янв фев мар апр мая июн июл авг сен окт ноя дек",
    }
)
_WEEKDAYS = MappingProxyType(
    {
        "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica",
        "ru": "понедельник вторник среда четверг пятница суббота воскресенье",
    }
)
_SHORT_WEEKDAYS = MappingProxyType(
    {"en": "Mon Tue Wed Thu Fri Sat Sun", "it": "lun mar mer gio ven sab dom", "ru": "пн вт ср чт пт сб вс"}
)
_TYPED_MONTHS = (
    *MONTHS.values(),
    *_MONTHS_IN_DATES.values(),
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
)
_SHORTEST = 3


def month_name(month: int) -> str:
    """The name of a month standing alone, as in a heading."""
    return MONTHS[language()].split()[month - 1]


def month_in_date(month: int) -> str:
    """The name of a month inside a date, which Russian inflects."""
    return _MONTHS_IN_DATES.get(language(), MONTHS[language()]).split()[month - 1]


def short_month(month: int) -> str:
    """The three letters of a month."""
    return _SHORT_MONTHS[language()].split()[month - 1]


def weekday_name(weekday: int) -> str:
    """The name of a weekday, Monday being 0."""
    return _WEEKDAYS[language()].split()[weekday]


def short_weekday(weekday: int) -> str:
    """The two or three letters of a weekday, Monday being 0."""
    return _SHORT_WEEKDAYS[language()].split()[weekday]


def month_number(word: str) -> int | None:
    """The month a word or its beginning names in any language understood, or None."""
    start = plain(word).rstrip(".")
    return _BEGINNINGS.get(start)


def is_weekday(word: str) -> bool:
    """Whether a word names a weekday, which a typed date may begin with."""
    return plain(word).rstrip(".") in _WEEKDAY_WORDS


def plain(word: str) -> str:
    """A word without case and accents."""
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def _beginnings() -> MappingProxyType[str, int]:
    found: dict[str, set[int]] = {}
    for names in _TYPED_MONTHS:
        for number, name in enumerate(plain(names).split(), start=1):
            for length in range(min(_SHORTEST, len(name)), len(name) + 1):
                found.setdefault(name[:length], set()).add(number)
    return MappingProxyType({word: min(numbers) for word, numbers in found.items() if len(numbers) == 1})


def _weekday_words() -> frozenset[str]:
    names = [*_WEEKDAYS.values(), *_SHORT_WEEKDAYS.values(), "tues wednes thur thurs"]
    return frozenset(re.split(r"\s+", plain(" ".join(names)).strip()))


_BEGINNINGS = _beginnings()
_WEEKDAY_WORDS = _weekday_words()
