"""What the rules of customers promise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.core import i18n
from crmdesk.core.errors import InvalidValue
from crmdesk.core.kinds import Kind
from crmdesk.features.customers import rules

ITALY = i18n.region("it_IT")


@dataclass(frozen=True, slots=True)
class Marked:
    """Something that may be preferred."""

    name: str
    preferred: bool | None = False


@pytest.mark.parametrize(
    ("name", "key"),
    [("Éclair", "eclair"), ("  “Bar Rossi”", "bar rossi”"), ("Ёлкин", "елкин"), ("!!!", "!!!"), ("", "")],
)
def test_names_are_sorted_blind_to_case_accents_and_leading_signs(name: str, key: str) -> None:
    assert rules.sort_name(name) == key


@given(st.text())
def test_the_sorting_name_of_a_sorting_name_is_itself(name: str) -> None:
    once = rules.sort_name(name)
    assert rules.sort_name(once) == once


@pytest.mark.parametrize(
    ("name", "letters"), [("Hotel Belvedere", "HB"), ("bar", "B"), ("Studio di Anna Neri", "SN"), ("", "")]
)
def test_initials_are_the_first_and_the_last_word(name: str, letters: str) -> None:
    assert rules.initials(name) == letters


def test_an_empty_name_is_refused_and_blanks_are_tidied() -> None:
    assert rules.checked_name("  Hotel \n Belvedere ") == "Hotel Belvedere"
    with pytest.raises(InvalidValue):
        rules.checked_name(" \t ")


def test_a_wrong_vat_number_is_doubted_and_a_right_one_is_not() -> None:
    doubts = rules.doubts(
        {
            "vat_number": (Kind.TAX, "01234567890"),
            "tax_code": (Kind.TAX, "00743110157"),
            "x": (Kind.TAX, None),
        },
        ITALY,
    )
    assert set(doubts) == {"vat_number"}


def test_the_marked_one_is_preferred_and_else_the_first() -> None:
    first, second = Marked("a"), Marked("b")
    assert rules.preferred([first, second]) is first
    assert rules.preferred([first, Marked("c", True)]) == Marked("c", True)
    assert rules.preferred(list[Marked]()) is None


@pytest.mark.parametrize(
    ("day", "text", "tone"),
    [
        (None, "nothing planned", "text_3"),
        (date(2026, 11, 12), "Thu 12 Nov, late", "late"),
        (date(2026, 11, 18), "today", "due"),
        (date(2026, 11, 19), "tomorrow", "due"),
        (date(2026, 11, 23), "Mon 23 Nov", "text_3"),
    ],
)
def test_planned_days_are_shown_in_words(day: date | None, text: str, tone: str) -> None:
    assert rules.due_words(day, date(2026, 11, 18), ITALY) == rules.DueWords(text, tone)


def test_what_was_typed_tells_phone_mail_and_web_apart() -> None:
    assert [rules.guess_point(text) for text in ("0323 1", "a@b.it", "www.b.it")] == ["phone", "email", "web"]


def test_a_typed_name_is_split_before_its_last_word() -> None:
    assert rules.split_name("Maria Rosa Neri") == ("Maria Rosa", "Neri")
    assert rules.split_name("Neri") == (None, "Neri")


def test_growth_compares_the_last_four_quarters_with_the_four_before() -> None:
    assert rules.growth([10, 10, 10, 10, 12, 10, 12, 10]) == 10
    assert rules.growth([0, 0, 0, 0, 1, 1, 1, 1]) is None
    assert rules.growth([1, 2]) is None


def test_a_kept_series_is_read_from_its_text() -> None:
    assert rules.read_series("1,2.5,3") == rules.read_series([1, 2.5, 3]) == (1.0, 2.5, 3.0)
    assert rules.read_series(None) == rules.read_series("") == ()


def test_the_same_name_with_other_accents_is_a_likely_twin() -> None:
    assert rules.likely_twins("CITTÀ Bar", [("1", "citta bar"), ("2", "bar")]) == ["1"]
