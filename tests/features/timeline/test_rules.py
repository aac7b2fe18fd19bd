"""The composer understands lines in three languages."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.core.i18n import region
from crmdesk.features.timeline.rules import Name, Understood, after, day_word, month_heading, understand

TODAY = date(2026, 11, 19)  # a Thursday
PEOPLE = (
    Name("e", "Elena", "Zanetti"),
    Name("m", "Marco", "Villa"),
    Name("i", "Иван", "Петров"),
    Name("l", "Елена", "Иванова"),
)


def read(line: str, code: str = "it_IT") -> Understood:
    return understand(line, PEOPLE, TODAY, region(code))


@pytest.mark.parametrize(
    ("line", "channel", "text"),
    [
        ("call wants a quote", "phone", "wants a quote"),
        ("Telefonata: chiede preventivo", "phone", "chiede preventivo"),
        ("chiamata chiede preventivo", "phone", "chiede preventivo"),
        ("звонок просит смету", "phone", "просит смету"),
        ("visit saw the spa", "visit", "saw the spa"),
        ("visita caldaia ok", "visit", "caldaia ok"),
        ("визит осмотр котла", "visit", "осмотр котла"),
        ("e-mail offer sent", "email", "offer sent"),
        ("riunione con architetto", "meeting", "con architetto"),
        ("note prefers mornings", "note", "prefers mornings"),
        ("asks for a call back", None, "asks for a call back"),
    ],
)
def test_the_word_in_front_names_the_channel(line: str, channel: str | None, text: str) -> None:
    understood = read(line)
    assert (understood.channel, understood.text) == (channel, text)


@pytest.mark.parametrize(
    ("line", "minutes"),
    [
        ("call 15' ok", 15),
        ("call 15 min ok", 15),
        ("chiamata 20 minuti ok", 20),
        ("звонок 10 мин", 10),
        ("visit 1h", 60),
        ("visita 1,5 ore", 90),
        ("визит 2 часа", 120),
        ("call 15 pumps", None),
    ],
)
def test_minutes_and_hours_are_read(line: str, minutes: int | None) -> None:
    assert read(line).minutes == minutes


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("call tomorrow", date(2026, 11, 20)),
        ("chiamare domani", date(2026, 11, 20)),
        ("позвонить завтра", date(2026, 11, 20)),
        ("call fri", date(2026, 11, 20)),
        ("call next fri", date(2026, 11, 27)),
        ("chiamare ven", date(2026, 11, 20)),
        ("chiamare venerdì prossimo", date(2026, 11, 27)),
        ("позвонить в пт", date(2026, 11, 20)),
        ("call 20/11", date(2026, 11, 20)),
        ("call 3 December", date(2026, 12, 3)),
        ("chiamare 3 dicembre", date(2026, 12, 3)),
        ("позвонить 3 декабря", date(2026, 12, 3)),
        ("позвонить 20.11.", date(2026, 11, 20)),
        ("call in 3 days", date(2026, 11, 22)),
        ("chiamare tra due settimane", date(2026, 12, 3)),
        ("позвонить через неделю", date(2026, 11, 26)),
        ("call next week", date(2026, 11, 23)),
        ("call 10/1", date(2027, 1, 10)),
        ("call 2026-12-24", date(2026, 12, 24)),
    ],
)
def test_a_day_to_come_plans_a_contact(line: str, day: date) -> None:
    understood = read(line)
    assert (understood.next_day, understood.happened, understood.text) == (day, False, "")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("visit yesterday saw the spa", date(2026, 11, 18)),
        ("visita ieri caldaia", date(2026, 11, 18)),
        ("визит вчера", date(2026, 11, 18)),
        ("call last mon", date(2026, 11, 16)),
        ("visita 12/11 caldaia", date(2026, 11, 12)),
    ],
)
def test_a_day_gone_by_dates_the_contact(line: str, day: date) -> None:
    understood = read(line)
    assert (understood.day, understood.next_day) == (day, None)
    assert understood.moment(datetime(2026, 11, 19, 10, 20)) == datetime.combine(day, time(12))


def test_the_numbers_of_a_date_stand_as_the_region_writes_them() -> None:
    assert read("call 12/01", "en_US").next_day == date(2026, 12, 1)
    assert read("call 12/01", "en_GB").next_day == date(2027, 1, 12)


@pytest.mark.parametrize(
    ("line", "mood"),
    [
        ("call price too high 🙁", "2"),
        ("call all well :)", "4"),
        ("chiamata cliente contento", "4"),
        ("звонок доволен", "4"),
        ("call angry about the delay", "1"),
        ("call mood 5", "5"),
        ("call not happy", None),
        ("telefonata non contento", None),
    ],
)
def test_the_mood_is_read_from_words_and_faces_unless_denied(line: str, mood: str | None) -> None:
    assert read(line).mood == mood


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("elena wants a quote", ("e",)),
        ("call with Marco Villa about filters", ("m",)),
        ("call villa, zanetti", ("m", "e")),
        ("говорил с Иваном Петровым", ("i",)),
        ("call nobody", ()),
    ],
)
def test_people_are_known_by_first_or_last_name(line: str, people: tuple[str, ...]) -> None:
    assert read(line).people == people


def test_the_line_of_the_mockup_logs_a_contact_and_plans_the_next_step() -> None:
    understood = read("elena 15' wants quote softener fri")
    assert understood.happened
    assert (understood.people, understood.minutes, understood.text) == (("e",), 15, "wants quote softener")
    assert (understood.next_day, understood.next_step) == (date(2026, 11, 20), "Wants quote softener")
    assert [part.kind for part in understood.parts] == ["person", "minutes", "day"]


def test_words_understood_inside_a_sentence_stay_in_it() -> None:
    assert read("spoke to Elena about tomorrow's visit 10'").text == "spoke to Elena about tomorrow's visit"
    assert read("agreed to meet Marco on monday at the plant").text.endswith("Marco on monday at the plant")


def test_amounts_and_verbs_are_no_dates() -> None:
    for line in ("call 20.50 € agreed", "sat with the owner", "call 1.234 pieces", "call about 15 % off"):
        assert read(line).next_day is None and read(line).day is None, line


def test_an_outcome_is_enough_to_tell_of_a_contact() -> None:
    for line in ("call no answer", "chiamata non risponde", "звонок не отвечает"):
        assert read(line).outcome == "no_answer"
    assert read("call no answer, call again fri").happened


def test_an_hour_goes_with_the_day_that_is_planned() -> None:
    assert read("call mon 10:30").planned_at() == datetime(2026, 11, 23, 10, 30)
    assert read("chiamare lunedì alle 15").planned_at() == datetime(2026, 11, 23, 15)
    assert read("call mon").planned_at() == datetime(2026, 11, 23)


@given(st.text(alphabet="abcdfri15' /.:0-мсвп🙂(),éщ\u0301\t", max_size=60))
def test_any_line_is_read_and_its_parts_lie_inside_it(line: str) -> None:
    understood = read(line)
    ends = [0, *(part.end for part in understood.parts)]
    assert all(0 <= part.start < part.end <= len(line) for part in understood.parts)
    assert all(part.start >= end for part, end in zip(understood.parts, ends, strict=False))


def test_months_and_days_are_named_shortly() -> None:
    assert month_heading(date(2026, 10, 3), TODAY) == "October"
    assert month_heading(date(2025, 10, 3), TODAY) == "October 2025"
    assert day_word(date(2026, 11, 20), TODAY, region("it_IT")) == "tomorrow"
    assert day_word(date(2026, 11, 23), TODAY, region("it_IT")) == "Mon 23 Nov"


def test_a_postponed_contact_lands_on_a_working_day() -> None:
    assert after(date(2026, 11, 20), "day") == date(2026, 11, 23)
    assert after(date(2026, 11, 19), "week") == date(2026, 11, 26)
    assert after(date(2026, 11, 30), "month") == date(2026, 12, 30)
