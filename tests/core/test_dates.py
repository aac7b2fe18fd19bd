"""Dates are read in many spellings, refused with advice and shown as the region writes them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.core import dates, i18n
from crmdesk.core.errors import InvalidValue
from crmdesk.core.i18n import REGIONS, Region, region

IT, US, RU = region("it_IT"), region("en_US"), region("ru_RU")
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _fixed_day() -> Iterator[None]:
    dates.set_today(TODAY)
    yield
    dates.set_today(None)
    i18n._current.language = "en"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("01/09/2008", date(2008, 9, 1)),
        ("1.9.2008", date(2008, 9, 1)),
        ("1-9-08", date(2008, 9, 1)),
        ("1 9 2008", date(2008, 9, 1)),
        ("01. 09. 2008", date(2008, 9, 1)),
        ("1 set 2008", date(2008, 9, 1)),
        ("1 сент. 2008", date(2008, 9, 1)),
        ("1 сентября 2008 г.", date(2008, 9, 1)),
        ("12 dicembre 2020", date(2020, 12, 12)),
        ("31-dic-99", date(1999, 12, 31)),
        ("3 mar 2026", date(2026, 3, 3)),
        ("mar 3 2026", date(2026, 3, 3)),
        ("mar 24 nov", date(2026, 11, 24)),
        ("mar 3 mar 2026", date(2026, 3, 3)),
        ("lunedì 23 novembre 2026", date(2026, 11, 23)),
        ("Nov 3rd, 2020", date(2020, 11, 3)),
        ("1º maggio 2021", date(2021, 5, 1)),
        ("3. März 2021", date(2021, 3, 3)),
        ("9 мая 2025", date(2025, 5, 9)),
        ("2026-11-23", date(2026, 11, 23)),
        ("2026/1/2", date(2026, 1, 2)),
        ("20261123", date(2026, 11, 23)),
        ("2026-11-23T14:30:00.5", date(2026, 11, 23)),
        ("23/11/2026 14.30", date(2026, 11, 23)),
        ("29/02/2024", date(2024, 2, 29)),
    ],
)
def test_a_date_is_read_in_many_spellings(text: str, day: date) -> None:
    assert dates.parse_date(text, IT) == day


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("31/02/2026", "February 2026 has 28 days. Type another date."),
        ("13/14/2020", "There is no month 14. Type the date as day/month/year."),
        ("00/01/2020", "January 2020 has 31 days. Type another date."),
        ("1/1/0000", "There is no year 0. Type another date."),
        ("domani", "“domani” is not a date. Type it as day/month/year."),
        ("23 ju 2026", "“23 ju 2026” is not a date. Type it as day/month/year."),
        ("1/2/123", "“123” is not a date. Type it as day/month/year."),
        ("23/11/2026 25:00", "“25:00” is not a time. Type it like 14:30."),
        ("", "“” is not a date. Type it as day/month/year."),
        ("2" * 70, f"“{'2' * 30}” is not a date. Type it as day/month/year."),
        ("2026-13-45T10:00Z", "“2026-13-45T10:00Z” is not a date. Type it as day/month/year."),
        ("2026-01-123", "“2026-01-123” is not a date. Type it as day/month/year."),
        ("12", "“12” is not a date. Type it as day/month/year."),
    ],
)
def test_what_is_no_date_is_refused_with_advice(text: str, message: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        dates.parse_date(text, IT)
    assert str(caught.value) == message


def test_the_order_follows_the_region_or_the_column() -> None:
    assert dates.parse_date("01/09/2008", US) == date(2008, 1, 9)
    assert dates.parse_date("01/09/2008", US, "dmy") == date(2008, 9, 1)
    assert dates.parse_date("08-09-01", IT, "ymd") == date(2008, 9, 1)
    assert dates.parse_date("01/09/2008", IT, "ymd") == date(2008, 9, 1)
    for place, shape in ((US, "month/day/year"), (IT, "year-month-day")):
        with pytest.raises(InvalidValue, match=shape):
            dates.parse_date("x", place, None if place is US else "ymd")


def test_short_years_reach_ten_years_ahead_and_birthdays_none() -> None:
    assert dates.parse_date("1/1/36", IT).year == 2036
    assert dates.parse_date("1/1/37", IT).year == 1937
    assert dates.parse_date("1/1/31", IT, latest_year=TODAY.year).year == 1931


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (["01/09/2008", "23/09/2008"], ("dmy", 1, 0, 1)),
        (["01/09/2008", "09/23/2008", "1/31/2008"], ("mdy", 2, 0, 1)),
        (["01/09/2008", "02/03/2008"], (None, 0, 0, 2)),
        (["23/09/2008", "09/23/2008"], (None, 1, 1, 0)),
        (["2008-09-01", "x", ""], ("ymd", 1, 0, 0)),
        (["2008-09-01", "23.09.2008"], ("dmy", 1, 0, 0)),
        (["1 set 2008", "1/2/2008 25:00"], (None, 0, 0, 0)),
    ],
)
def test_a_day_above_twelve_settles_a_column(column: list[str], expected: tuple[object, ...]) -> None:
    found = dates.settle_order(column)
    assert (found.order, found.evidence, found.against, found.unclear) == expected


@pytest.mark.parametrize(
    ("serial", "epoch1904", "moment"),
    [
        (1, False, datetime(1900, 1, 1)),
        (59, False, datetime(1900, 2, 28)),
        (61, False, datetime(1900, 3, 1)),
        (39692, False, datetime(2008, 9, 1)),
        (38230, True, datetime(2008, 9, 1)),
        (39692.99999999999, False, datetime(2008, 9, 2)),
        (39692.604166667, False, datetime(2008, 9, 1, 14, 30)),
        (2958465, False, datetime(9999, 12, 31)),
    ],
)
def test_day_numbers_of_spreadsheets_are_understood(serial: float, epoch1904: bool, moment: datetime) -> None:
    assert dates.from_serial(serial, epoch1904) == moment


@pytest.mark.parametrize("serial", [0, -1, 0.5, 60, 60.5, 2958466, 1e300, float("nan")])
def test_day_numbers_outside_the_calendar_are_refused(serial: float) -> None:
    with pytest.raises(InvalidValue):
        dates.from_serial(serial)


def test_a_1904_day_after_the_last_year_is_refused() -> None:
    with pytest.raises(InvalidValue, match="9999"):
        dates.from_serial(2958465, epoch1904=True)


def test_a_list_shows_the_year_only_when_it_is_another() -> None:
    assert dates.show_date(TODAY, IT) == "Mon 23 Nov"
    assert dates.show_date(date(2025, 11, 23), IT, TODAY) == "Sun 23 Nov 2025"
    assert dates.show_date(date(2025, 11, 23), US, TODAY) == "Sun Nov 23, 2025"
    i18n._current.language = "it"
    assert dates.show_date(TODAY, IT) == "lun 23 nov"
    i18n._current.language = "ru"
    assert dates.show_date(TODAY, RU) == "пн 23 ноя"


def test_long_and_numeric_dates_follow_language_and_region() -> None:
    assert dates.show_date_long(TODAY, US) == "Monday, November 23, 2026"
    assert [dates.show_date_numeric(TODAY, place) for place in (IT, US, RU)] == [
        "23/11/2026", "11/23/2026", "23.11.2026",
    ]  # fmt: skip
    i18n._current.language = "ru"
    assert dates.show_date_long(TODAY, RU) == "понедельник, 23 ноября 2026"
    assert dates.show_month(TODAY) == "ноябрь 2026"


def test_age_is_in_words_up_to_sixty_days() -> None:
    days = [date(2026, 11, 23), date(2026, 11, 22), date(2026, 9, 24), date(2026, 9, 23), date(2026, 11, 25)]
    assert [dates.age(day, TODAY, IT) for day in days] == [
        "today", "1 day", "60 days", "Wed 23 Sep", "in 2 days",
    ]  # fmt: skip
    assert dates.age(date(2020, 1, 1), TODAY) == "Wed 1 Jan 2020"


def test_months_are_counted_by_the_calendar() -> None:
    assert dates.add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert dates.add_months(date(2024, 1, 31), -2) == date(2023, 11, 30)
    assert (dates.month_start(TODAY), dates.month_end(TODAY)) == (date(2026, 11, 1), date(2026, 11, 30))
    assert dates.months_between(date(2026, 1, 15), date(2026, 3, 14)) == 1
    assert dates.months_between(date(2026, 3, 15), date(2026, 1, 16)) == -1


def test_a_moment_keeps_its_local_time() -> None:
    assert dates.parse_datetime("23/11/2026 2:30 pm", IT) == datetime(2026, 11, 23, 14, 30)
    assert dates.parse_datetime("2026-11-23T12:00:05", IT) == datetime(2026, 11, 23, 12, 0, 5)
    assert dates.parse_datetime("23 nov 2026", IT) == datetime(2026, 11, 23)
    zoned = datetime.fromisoformat("2026-11-23T12:00:00+00:00").astimezone().replace(tzinfo=None)
    assert dates.parse_datetime("2026-11-23T12:00:00Z", IT) == zoned
    assert dates.parse_date("2026-11-23T12:00:00+00:00", IT) == zoned.date()


def test_today_can_be_named_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    dates.set_today(None)
    monkeypatch.setenv(dates.TODAY_VARIABLE, "2020-02-29")
    assert dates.today() == date(2020, 2, 29)
    assert dates.now().date() == date(2020, 2, 29)


ANY_REGION = st.sampled_from(list(REGIONS.values()))
ANY_LANGUAGE = st.sampled_from(["en", "it", "ru"])


@given(st.dates(), ANY_REGION, ANY_LANGUAGE)
def test_shown_dates_read_back_the_same(day: date, place: Region, language: str) -> None:
    i18n._current.language = language
    for shown in (dates.show_date, dates.show_date_long, dates.show_date_numeric):
        assert dates.parse_date(shown(day, place), place) == day


@given(st.datetimes(), ANY_REGION)
def test_shown_moments_read_back_the_same(moment: datetime, place: Region) -> None:
    moment = moment.replace(microsecond=0)
    assert dates.parse_datetime(dates.show_datetime(moment, place), place) == moment


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(-500, 500))
def test_adding_months_and_counting_them_agree(day: date, months: int) -> None:
    assert dates.months_between(day, dates.add_months(day, months)) == months


@given(st.text(max_size=30), ANY_REGION)
def test_any_text_is_a_date_or_refused(text: str, place: Region) -> None:
    try:
        dates.parse_datetime(text, place)
        dates.parse_date(text, place)
    except InvalidValue as error:
        assert str(error)
