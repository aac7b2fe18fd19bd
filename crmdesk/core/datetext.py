"""How dates are read from text: numbers in the order of a country, month names, times beside them."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from crmdesk.core import calendar_names
from crmdesk.core.errors import InvalidValue
from crmdesk.core.i18n import _

Order = Literal["dmy", "mdy", "ymd"]

_LONGEST_TEXT = 60
_SPACES = re.compile(r"\s+")
_ZONED = re.compile(r"^\d{4}-?\d\d-?\d\d[T ]\d\d:?\d\d.*(?:Z|[+-]\d\d:?\d\d)$", re.IGNORECASE)
_TIME = re.compile(
    r"(?:(?<=\d)T|[ ,]+(?:ore |at |в )?)(\d{1,2})[:.](\d\d)(?:[:.](\d\d)(?:[.,]\d+)?)?(?: ?([ap])\.?m\.?)?$",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"^(\d{1,4})( ?[/.\- ] ?)(\d{1,2})\2(\d{1,4})\.?$")
_COMPACT = re.compile(r"^((?:19|20)\d\d)(\d\d)(\d\d)$")
_YEAR_WORD = re.compile(r"(?<=\d) ?(?:г|год|года)\.?$")
_ORDINAL = re.compile(r"^(\d{1,2})(?:st|nd|rd|th|°|º|\.)?$")
_DATE_WORDS = frozenset({"of", "de", "del", "di", "il", "the", "den", "le", "el"})


@dataclass(frozen=True, slots=True)
class Habits:
    """What decides an unclear date: the order of its numbers, and the years a short one may mean."""

    order: str
    this_year: int
    latest_year: int


def read_date(text: str, habits: Habits) -> date:
    """The date a text names, or an error that says what to type instead."""
    plain = _tidy(text)
    if not plain or len(text) > _LONGEST_TEXT:
        raise _unreadable(text, habits.order)
    if _ZONED.match(plain):
        return read_datetime(text, habits).date()
    body, _clock = _cut_time(plain)
    numbers = _NUMBERS.match(body) or _COMPACT.match(body)
    if numbers:
        year, month, day = _arrange(numbers, habits)
    else:
        year, month, day = _from_words(body, text, habits)
    return _checked(year, month, day, habits.order)


def read_datetime(text: str, habits: Habits) -> datetime:
    """The local moment a text names; a date without a time is its midnight."""
    plain = _tidy(text)
    if _ZONED.match(plain):
        try:
            return datetime.fromisoformat(plain).astimezone().replace(tzinfo=None)
        except (ValueError, OverflowError):
            raise _unreadable(text, habits.order) from None
    _body, clock = _cut_time(plain)
    return datetime.combine(read_date(text, habits), clock or time())


def proven_order(text: str) -> Order | None:
    """The order of day and month that a numeric date proves by itself: a day above 12, a year in front."""
    found = _NUMBERS.match(_cut_time(_tidy(text))[0])
    if not found:
        return None
    first, second = found[1], found[3]
    if len(first) == 4:
        return "ymd"
    if int(first) > 12 >= int(second):
        return "dmy" if int(first) <= 31 else "ymd"
    return "mdy" if int(second) > 12 >= int(first) else None


def is_numeric(text: str) -> bool:
    """Whether a text is a date in numbers, whose order may be in doubt."""
    return _NUMBERS.match(_cut_time(_tidy(text))[0]) is not None


def _tidy(text: str) -> str:
    return _YEAR_WORD.sub("", _SPACES.sub(" ", text).strip())


def _cut_time(plain: str) -> tuple[str, time | None]:
    found = _TIME.search(plain)
    if not found:
        return plain, None
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if found[4] and hour <= 12:
        hour = hour % 12 + (12 if found[4].lower() == "p" else 0)
    if hour > 23 or minute > 59 or second > 59:
        raise InvalidValue(_("“{text}” is not a time. Type it like 14:30.").format(text=found[0].strip()))
    return _YEAR_WORD.sub("", plain[: found.start()].strip(" ,")), time(hour, minute, second)


def _arrange(found: re.Match[str], habits: Habits) -> tuple[int, int, int]:
    if found.re is _COMPACT:
        return int(found[1]), int(found[2]), int(found[3])
    first, second, third = found[1], found[3], found[4]
    if len(first) > 2 or (habits.order == "ymd" and len(third) < 3):
        return _year(first, habits), int(second), _small(third, found[0], habits)
    day, month = (second, first) if habits.order == "mdy" else (first, second)
    return _year(third, habits), int(month), int(day)


def _from_words(body: str, text: str, habits: Habits) -> tuple[int, int, int]:
    words = [word for word in re.split(r"[ ,/\-]+|(?<=[^\W\d])\.|(?<=\d)\.(?=[^\W\d])", body) if word]
    words = [word for word in words if calendar_names.plain(word) not in _DATE_WORDS]
    if len(words) > 2 and calendar_names.is_weekday(words[0]) and any(map(_is_month, words[1:])):
        words = words[1:]
    if len(words) not in (2, 3):
        raise _unreadable(text, habits.order)
    first, second = words[0], words[1]
    month, ordinal = calendar_names.month_number(second), _ORDINAL.match(first)
    if month is None or ordinal is None:
        month, ordinal = calendar_names.month_number(first), _ORDINAL.match(second)
    year = words[2] if len(words) == 3 else str(habits.this_year)
    if month is None or ordinal is None or not re.fullmatch(r"[0-9]{2}|[0-9]{4}", year):
        raise _unreadable(text, habits.order)
    return _year(year, habits), month, int(ordinal[1])


def _is_month(word: str) -> bool:
    return calendar_names.month_number(word) is not None


def _year(digits: str, habits: Habits) -> int:
    if len(digits) == 4:
        return int(digits)
    if len(digits) != 2:
        raise _unreadable(digits, habits.order)
    year = habits.latest_year - habits.latest_year % 100 + int(digits)
    return year if year <= habits.latest_year else year - 100


def _small(digits: str, text: str, habits: Habits) -> int:
    if len(digits) > 2:
        raise _unreadable(text, habits.order)
    return int(digits)


def _checked(year: int, month: int, day: int, order: str) -> date:
    if year < 1:
        raise InvalidValue(_("There is no year 0. Type another date."))
    if not 1 <= month <= 12:
        shape = _pattern(order)
        raise InvalidValue(_("There is no month {n}. Type the date as {shape}.").format(n=month, shape=shape))
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        name = calendar_names.month_name(month)
        raise InvalidValue(
            _("{month} {year} has {days} days. Type another date.").format(
                month=name[:1].upper() + name[1:], year=year, days=last
            )
        )
    return date(year, month, day)


def _pattern(order: str) -> str:
    if order == "ymd":
        return _("year-month-day")
    return _("month/day/year") if order == "mdy" else _("day/month/year")


def _unreadable(text: str, order: str) -> InvalidValue:
    return InvalidValue(
        _("“{text}” is not a date. Type it as {shape}.").format(text=text.strip()[:30], shape=_pattern(order))
    )
