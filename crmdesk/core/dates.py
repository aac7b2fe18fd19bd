"""Days and months: today, counting with months, reading typed dates and showing them."""

from __future__ import annotations

import calendar
import math
import os
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from crmdesk.core import calendar_names, datetext
from crmdesk.core.datetext import Order
from crmdesk.core.errors import InvalidValue
from crmdesk.core.i18n import Region, _, default_region, language, ngettext

TODAY_VARIABLE = "CRMDESK_TODAY"
WORDS_UNTIL_DAYS = 60
_YEARS_AHEAD = 10
_SECONDS_PER_DAY = 86_400
_MISSING_LEAP_DAY = 60

_chosen_today: ContextVar[date | None] = ContextVar("chosen_today", default=None)


@dataclass(frozen=True, slots=True)
class DateOrder:
    """The order of day and month in a column, and how many values prove it, contradict it, leave it open."""

    order: Order | None
    evidence: int
    against: int
    unclear: int


def set_today(day: date | None) -> None:
    """Pretend that today is another day, for tests and demonstrations; None ends it."""
    _chosen_today.set(day)


def today() -> date:
    """The current day, or the one chosen by set_today or by the variable CRMDESK_TODAY."""
    chosen = _chosen_today.get()
    if chosen is not None:
        return chosen
    named = os.environ.get(TODAY_VARIABLE)
    return date.fromisoformat(named) if named else date.today()


def now() -> datetime:
    """The current local moment, on the day that today names."""
    clock = datetime.now()
    return datetime.combine(today(), clock.time())


def month_start(day: date) -> date:
    """The first day of the month."""
    return day.replace(day=1)


def month_end(day: date) -> date:
    """The last day of the month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def add_months(day: date, months: int) -> date:
    """The same day some months on; the 31st becomes the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_between(start: date, end: date) -> int:
    """The whole months from one day to another, negative when the second comes first."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if months > 0 and add_months(start, months) > end:
        return months - 1
    return months + 1 if months < 0 and add_months(start, months) < end else months


def parse_date(text: str, region: Region, order: Order | None = None, latest_year: int | None = None) -> date:
    """Read a typed date; give this year as the latest one for birthdays, so that 31 means 1931."""
    return datetext.read_date(text, _habits(region, order, latest_year))


def parse_datetime(text: str, region: Region, order: Order | None = None) -> datetime:
    """Read a typed date with its time as a local moment; a zone in the text is converted."""
    return datetext.read_datetime(text, _habits(region, order, None))


def settle_order(texts: Iterable[str]) -> DateOrder:
    """Decide the order of a column from its values: only a day above 12 or a year in front proves one."""
    counts: dict[Order, int] = {"dmy": 0, "mdy": 0, "ymd": 0}
    unclear = 0
    for text in texts:
        try:
            proven = datetext.proven_order(text)
            unclear += proven is None and datetext.is_numeric(text)
        except InvalidValue:
            continue
        if proven:
            counts[proven] += 1
    sides: list[Order] = ["dmy", "mdy"] if counts["dmy"] or counts["mdy"] or unclear else ["ymd"]
    best = max(sides, key=lambda order: counts[order])
    against = sum(counts[order] for order in sides if order != best)
    settled = best if counts[best] and not against else None
    return DateOrder(settled, counts[best], against, unclear)


def from_serial(number: float, epoch1904: bool = False) -> datetime:
    """The moment a spreadsheet's day number stands for, rounded to the second."""
    if not math.isfinite(number) or not 1 <= number < 2_958_466:
        shown = f"{number:g}"
        raise InvalidValue(_("{number} is not a day of the calendar. Type a date.").format(number=shown))
    days, seconds = divmod(round(number * _SECONDS_PER_DAY), _SECONDS_PER_DAY)
    if epoch1904:
        first = datetime(1904, 1, 1)
    elif days == _MISSING_LEAP_DAY:
        raise InvalidValue(_("February 1900 had 28 days. Type another date."))
    else:
        first = datetime(1899, 12, 31) if days < _MISSING_LEAP_DAY else datetime(1899, 12, 30)
    try:
        return first + timedelta(days=days, seconds=seconds)
    except OverflowError:
        raise InvalidValue(_("This date lies after the year 9999. Type another date.")) from None


def show_date(day: date, region: Region, today: date | None = None) -> str:
    """A date for lists, like Mon 23 Nov; the year is there only when it is another one."""
    weekday, month = calendar_names.short_weekday(day.weekday()), calendar_names.short_month(day.month)
    year = "" if day.year == (today or _today()).year else f"{day.year:04}"
    if region.date_order == "mdy":
        return f"{weekday} {month} {day.day}" + (f", {year}" if year else "")
    return f"{weekday} {day.day} {month} {year}".rstrip()


def show_date_long(day: date, region: Region) -> str:
    """A date in full words, for headings and documents."""
    weekday, month = calendar_names.weekday_name(day.weekday()), calendar_names.month_in_date(day.month)
    if region.date_order == "mdy":
        return f"{weekday}, {month} {day.day}, {day.year:04}"
    comma = "," if language() == "ru" else ""
    return f"{weekday}{comma} {day.day} {month} {day.year:04}"


def show_date_numeric(day: date, region: Region) -> str:
    """A date in numbers with the whole year, for fields and columns."""
    parts = {"d": f"{day.day:02}", "m": f"{day.month:02}", "y": f"{day.year:04}"}
    return region.date_separator.join(parts[letter] for letter in region.date_order)


def show_datetime(moment: datetime, region: Region) -> str:
    """A date in numbers with its time."""
    clock = moment.strftime("%H:%M:%S" if moment.second else "%H:%M")
    return f"{show_date_numeric(moment.date(), region)} {clock}"


def show_month(day: date) -> str:
    """A month with its year, for headings."""
    return f"{calendar_names.month_name(day.month)} {day.year:04}"


def age(day: date, today: date, region: Region | None = None) -> str:
    """How long ago a day was, in words up to sixty days, then as a date."""
    days = (today - day).days
    if days == 0:
        return _("today")
    if 0 < days <= WORDS_UNTIL_DAYS:
        return ngettext("{n} day", "{n} days", days).format(n=days)
    if -WORDS_UNTIL_DAYS <= days < 0:
        return ngettext("in {n} day", "in {n} days", -days).format(n=-days)
    return show_date(day, region or default_region(language()), today)


def _today() -> date:
    return today()


def _habits(region: Region, order: Order | None, latest_year: int | None) -> datetext.Habits:
    year = today().year
    return datetext.Habits(order or region.date_order, year, latest_year or year + _YEARS_AHEAD)
