"""The days a line names: relative words, weekdays and dates in English, Italian and Russian."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from crmdesk.core import dates
from crmdesk.core.errors import InvalidValue
from crmdesk.core.i18n import Region
from crmdesk.features.timeline import words

_NUMERIC = re.compile(
    r"(?<![\w/.,:\-])(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})([/.\-])(\d{1,2})(?:\5(\d{4}|\d{2}))?\.?)"
    r"(?![\w/\-]|[.,:]\d|\s?(?:€|%|\$|£|₽|eur|euro|kg|m\b))",
    re.IGNORECASE,
)
_HALF_YEAR = 183


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the line with its place, folded."""

    start: int
    end: int
    fold: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day that the line names, and where."""

    start: int
    end: int
    day: date


def fold(text: str) -> str:
    """A word without case, accents and curly signs; й stays й."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ё", "е").replace("’", "'"))
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign) or sign == "\u0306")
    return unicodedata.normalize("NFC", bare)


def named_days(line: str, line_words: Sequence[Word], today: date, region: Region) -> list[Day]:
    """Every day the line names, in the order it names them; a stretch is read once."""
    found: list[Day] = []
    for day in _all_days(line, line_words, today, region):
        if not any(one.start < day.end and day.start < one.end for one in found):
            found.append(_with_its_preposition(line_words, day))
    return sorted(found, key=lambda one: one.start)


def _with_its_preposition(line_words: Sequence[Word], day: Day) -> Day:
    before = next((word for word in reversed(line_words) if word.end <= day.start), None)
    near = before is not None and day.start - before.end == 1
    if before is None or not near or before.fold not in words.BEFORE_DAY:
        return day
    return Day(before.start, day.end, day.day)


def _all_days(line: str, line_words: Sequence[Word], today: date, region: Region) -> Iterator[Day]:
    yield from _numeric(line, today, region)
    for at in range(len(line_words)):
        yield from _month_day(line_words[at : at + 3], today)
        yield from _ahead(line_words[at : at + 3], today)
        for length in (3, 2, 1):
            run = line_words[at : at + length]
            days = words.DAYS.get(" ".join(word.fold for word in run))
            if days is not None and len(run) == length:
                yield Day(run[0].start, run[-1].end, today + timedelta(days))
        yield from _next_week(line_words, at, today)
    for at in range(len(line_words)):
        yield from _weekday(line, line_words, at, today)


def _numeric(line: str, today: date, region: Region) -> Iterator[Day]:
    for found in _NUMERIC.finditer(line):
        year, month, day = found[1], found[2], found[3]
        if not year:
            if found[5] == "-" and not found[7]:
                continue
            year = found[7]
            american = region.date_order == "mdy" and found[5] == "/"
            month, day = (found[4], found[6]) if american else (found[6], found[4])
        named = _near(int(day), int(month), year, today)
        if named:
            yield Day(found.start(), found.end(), named)


def _near(day: int, month: int, year: str | None, today: date) -> date | None:
    """The day of the calendar; without a year the one nearest to today."""
    number = int(year) + (2000 if len(year) == 2 else 0) if year else today.year
    try:
        named = date(number, month, day)
        if not year and abs((named - today).days) > _HALF_YEAR:
            named = named.replace(year=number + (1 if named < today else -1))
    except ValueError:
        return None
    return named


def _month_day(run: Sequence[Word], today: date) -> Iterator[Day]:
    """A day with the name of its month, like 20 November or Nov 20."""
    if len(run) < 2:
        return
    first, second = run[0].fold, run[1].fold
    number, name = (first, second) if first.rstrip("thndsr").isdigit() else (second, first)
    digits = number.rstrip("thndsr")
    if not digits.isdigit() or len(digits) > 2 or not name.isalpha():
        return
    try:
        parsed = dates.parse_date(f"{digits} {name} {today.year}", _DAY_FIRST)
    except InvalidValue:
        return
    year = run[2].fold if len(run) > 2 and re.fullmatch(r"20\d\d", run[2].fold) else None
    named = _near(parsed.day, parsed.month, year, today)
    if named:
        yield Day(run[0].start, run[2 if year else 1].end, named)


def _ahead(run: Sequence[Word], today: date) -> Iterator[Day]:
    """Some time on, like in 3 days, tra due settimane, через месяц."""
    if len(run) < 2 or run[0].fold not in words.AHEAD:
        return
    second = run[1].fold
    count, unit = (int(second), 2) if second.isdigit() else (words.NUMBERS.get(second, 0), 2)
    if not count:
        count, unit = 1, 1
    if len(run) <= unit or count > 999 or (unit == 1 and run[0].fold != "через"):
        return
    name = run[unit].fold
    if name in words.UNITS:
        yield Day(run[0].start, run[unit].end, today + timedelta(count * words.UNITS[name]))
    elif name in words.MONTH_UNITS:
        yield Day(run[0].start, run[unit].end, dates.add_months(today, count))


def _next_week(line_words: Sequence[Word], at: int, today: date) -> Iterator[Day]:
    pair = line_words[at : at + 2]
    if len(pair) < 2:
        return
    spoken = {pair[0].fold, pair[1].fold}
    if spoken & words.WEEKS and spoken & words.NEXT:
        yield Day(pair[0].start, pair[1].end, today + timedelta(7 - today.weekday()))


def _weekday(line: str, line_words: Sequence[Word], at: int, today: date) -> Iterator[Day]:
    """A weekday: the next one, the one of next week, or the last one, as the word beside it says."""
    word = line_words[at]
    wanted = words.WEEKDAYS.get(word.fold)
    if wanted is None:
        return
    before = line_words[at - 1] if at else None
    behind = line_words[at + 1] if at + 1 < len(line_words) else None
    start, end = word.start, word.end
    away = (wanted - today.weekday()) % 7 or 7
    said = True
    if before and before.fold in words.NEXT | words.LAST:
        start, kind = before.start, before.fold
    elif behind and behind.fold in words.NEXT | words.LAST:
        end, kind = behind.end, behind.fold
    else:
        kind = ""
        said = before is not None and before.fold in words.BEFORE_DAY
    if word.fold in words.UNSURE_WEEKDAYS and not said and line[word.end :].strip(" .,;"):
        return
    if kind in words.NEXT:
        away = 7 - today.weekday() + wanted
    elif kind in words.LAST:
        away = (wanted - today.weekday()) % 7 - 7
    yield Day(start, end, today + timedelta(away))


_DAY_FIRST = Region("en_GB", ".", ",", "dmy", "/", "GBP", "GB")
