"""Every kind of value is read, shown, kept as JSON and doubted in its own way."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.core import checks, kinds
from crmdesk.core.errors import InvalidValue
from crmdesk.core.fields import choices
from crmdesk.core.i18n import REGIONS, Region, region
from crmdesk.core.kinds import Kind

IT, EN, RU = region("it_IT"), region("en_US"), region("ru_RU")
STAGES = choices(("lead", "First talk"), ("won", "Won"), ("citta", "Città"))
ANY_REGION = st.sampled_from(list(REGIONS.values()))


@pytest.mark.parametrize("kind", list(Kind))
def test_nothing_typed_is_no_value(kind: Kind) -> None:
    assert [kinds.parse(kind, text, IT, STAGES) for text in ("", "  ", "\u00a0\n", "\x00")] == [None] * 4
    assert kinds.show(kind, None, IT) == ""
    assert kinds.from_json(kind, kinds.to_json(kind, None)) is None
    assert kinds.kind_label(kind)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Kind.TEXT, "  Bar\tda  Mario\r\n ", "Bar da Mario"),
        (Kind.TEXT, "a\x07b\ufffe", "ab"),
        (Kind.LONG_TEXT, " one\r\ntwo\rthree\n", "one\ntwo\nthree"),
        (Kind.MONEY, "1.234,56 €", 123456),
        (Kind.MONEY, "(100)", -10000),
        (Kind.DATE, "01/09/2008", date(2008, 9, 1)),
        (Kind.DATETIME, "01/09/2008 9:05", datetime(2008, 9, 1, 9, 5)),
        (Kind.CHOICE, "WON", "won"),
        (Kind.CHOICE, "first  talk", "lead"),
        (Kind.CHOICE, "citta", "citta"),
        (Kind.NUMBER, "1.234,5", 1234.5),
        (Kind.PERCENT, "14 %", 14.0),
        (Kind.PERCENT, "0,5", 0.5),
        (Kind.PHONE, "+39  06 1234", "+39 06 1234"),
        (Kind.PHONE, "0039061234", "0039061234"),
        (Kind.EMAIL, "mailto:a@b.it", "a@b.it"),
        (Kind.LINK, "www.example.com/x", "https://www.example.com/x"),
        (Kind.LINK, "example.com:8080", "https://example.com:8080"),
        (Kind.LINK, "http://example.com", "http://example.com"),
        (Kind.TAX, "it 00743110157", "IT00743110157"),
        (Kind.TAX, "00743110157", "00743110157"),
        (Kind.SERIES, "1, 2;-3", (1, 2, -3)),
    ],
)
def test_typed_text_becomes_a_value(kind: Kind, text: str, value: object) -> None:
    assert kinds.parse(kind, text, IT, STAGES) == value


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        (Kind.DATE, "31/02/2026", "February 2026 has 28 days. Type another date."),
        (Kind.CHOICE, "lost", "“lost” is not in the list. Choose one of: First talk, Won, Città."),
        (Kind.FLAG, "maybe", "“maybe” is neither yes nor no. Type yes or no."),
        (
            Kind.PHONE,
            "3,93331E+11",
            "A spreadsheet has cut the digits of this number. Type the whole number.",
        ),
        (Kind.LINK, "javascript:alert(1)", "Only web, mail and phone links are kept."),
        (Kind.LINK, "file:///etc/passwd", "Only web, mail and phone links are kept."),
        (Kind.SERIES, "1, two", "This is not a list of whole numbers. Type them with commas between."),
        (Kind.MONEY, "much", "“much” is not a number. Type digits, for example 1250.50."),
    ],
)
def test_nonsense_is_refused_with_advice(kind: Kind, text: str, message: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        kinds.parse(kind, text, IT, STAGES)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("word", ["Sì", "si", "ДА", "yes", "TRUE", "vero", "1", "X"])
def test_yes_is_understood_in_three_languages(word: str) -> None:
    assert kinds.parse(Kind.FLAG, word, IT) is True


@pytest.mark.parametrize("word", ["no", "НЕТ", "false", "Falso", "0"])
def test_no_is_understood_in_three_languages(word: str) -> None:
    assert kinds.parse(Kind.FLAG, word, IT) is False


def test_an_amount_in_another_currency_is_refused() -> None:
    with pytest.raises(InvalidValue, match="in USD, not in EUR"):
        kinds.parse(Kind.MONEY, "100 $", IT, currency="EUR")
    assert kinds.parse(Kind.MONEY, "100 €", IT, currency="EUR") == 10000
    assert kinds.parse(Kind.MONEY, "100", IT, currency="JPY") == 100


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        (Kind.MONEY, 123456, "1.234,56\u00a0€"),
        (Kind.DATE, date(2008, 9, 1), "01/09/2008"),
        (Kind.DATETIME, datetime(2008, 9, 1, 9, 5), "01/09/2008 09:05"),
        (Kind.CHOICE, "lead", "First talk"),
        (Kind.CHOICE, "gone", "gone"),
        (Kind.FLAG, True, "yes"),
        (Kind.FLAG, False, "no"),
        (Kind.NUMBER, 1234.5, "1.234,5"),
        (Kind.PERCENT, 14.0, "14\u00a0%"),
        (Kind.SERIES, (1, 2), "1, 2"),
        (Kind.TEXT, "Bar", "Bar"),
    ],
)
def test_a_value_is_shown_as_people_write_it(kind: Kind, value: object, shown: str) -> None:
    assert kinds.show(kind, value, IT, "EUR", cents=True, choices=STAGES) == shown


VALUES = st.one_of(
    st.tuples(st.just(Kind.MONEY), st.integers(-(10**15), 10**15)),
    st.tuples(st.just(Kind.DATE), st.dates()),
    st.tuples(st.just(Kind.DATETIME), st.datetimes().map(lambda moment: moment.replace(microsecond=0))),
    st.tuples(st.just(Kind.FLAG), st.booleans()),
    st.tuples(
        st.sampled_from([Kind.NUMBER, Kind.PERCENT]), st.integers(-(10**9), 10**9).map(lambda n: n / 1000)
    ),
    st.tuples(st.just(Kind.SERIES), st.lists(st.integers(-999, 999), min_size=1).map(tuple)),
    st.tuples(st.just(Kind.CHOICE), st.sampled_from([choice.key for choice in STAGES])),
)


@given(VALUES, ANY_REGION)
def test_what_is_shown_reads_back_the_same(pair: tuple[Kind, object], place: Region) -> None:
    kind, value = pair
    shown = kinds.show(kind, value, place, place.currency, cents=True, choices=STAGES)
    assert kinds.parse(kind, shown, place, STAGES, place.currency) == value


@given(VALUES)
def test_what_is_kept_as_json_comes_back_the_same(pair: tuple[Kind, object]) -> None:
    kind, value = pair
    assert kinds.from_json(kind, kinds.to_json(kind, value)) == value


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.MONEY, 1.5), (Kind.MONEY, True), (Kind.DATE, "tomorrow"), (Kind.DATE, 5), (Kind.FLAG, 1),
        (Kind.TEXT, 5), (Kind.SERIES, ["1"]), (Kind.NUMBER, "1"), (Kind.DATETIME, []),
    ],
)  # fmt: skip
def test_a_kept_value_of_the_wrong_kind_is_refused(kind: Kind, value: object) -> None:
    with pytest.raises(InvalidValue):
        kinds.from_json(kind, value)


@pytest.mark.parametrize(
    ("kind", "value", "place"),
    [
        (Kind.TAX, "00743110157", IT),
        (Kind.TAX, "IT00743110157", IT),
        (Kind.TAX, "RCCMNL83S18D969H", IT),
        (Kind.TAX, "7707083893", RU),
        (Kind.TAX, "DE136695976", IT),
        (Kind.TAX, "whatever", EN),
        (Kind.EMAIL, "anna.rossi@mail.example.com", IT),
        (Kind.PHONE, "06 1234 5678", IT),
        (Kind.PHONE, "+7 495 123-45-67", IT),
        (Kind.LINK, "https://example.com", IT),
        (Kind.TEXT, "anything", IT),
    ],
)
def test_a_sound_value_raises_no_doubt(kind: Kind, value: str, place: Region) -> None:
    assert kinds.warning(kind, value, place) is None


@pytest.mark.parametrize(
    ("kind", "value", "place"),
    [
        (Kind.TAX, "00743110158", IT),
        (Kind.TAX, "IT00743110158", IT),
        (Kind.TAX, "RCCMNL83S18D969A", IT),
        (Kind.TAX, "743110157", IT),
        (Kind.TAX, "7707083894", RU),
        (Kind.TAX, "DE136695977", IT),
        (Kind.EMAIL, "anna.rossi", IT),
        (Kind.EMAIL, "a@b..it", IT),
        (Kind.EMAIL, "a@b@c.it", IT),
        (Kind.PHONE, "12", IT),
        (Kind.PHONE, "ask Anna", IT),
        (Kind.LINK, "somewhere", IT),
    ],
)
def test_a_doubtful_value_is_kept_and_told(kind: Kind, value: str, place: Region) -> None:
    assert kinds.parse(kind, value, place) == value
    assert kinds.warning(kind, value, place)


def test_two_spellings_of_a_phone_number_are_one() -> None:
    spellings = ["06 1234 5678", "+39 06 12345678", "0039-06-1234.5678"]
    assert {checks.plain_phone(text, "IT") for text in spellings} == {"+390612345678"}
    assert checks.plain_phone("ask Anna", "IT") is None


def test_a_phone_number_is_shown_as_its_country_writes_it() -> None:
    assert checks.show_phone("+390612345678", "IT") == "06 1234 5678"
    assert checks.show_phone("+390612345678", "RU") == "+39 06 1234 5678"
    assert [checks.show_phone(text, "IT") for text in ("12", "ask Anna")] == ["12", "ask Anna"]


def test_folding_is_blind_to_case_accents_and_yo() -> None:
    assert kinds.fold("  Ёлка  CITTÀ ") == kinds.fold("елка città") == "елка citta"


@given(st.sampled_from(list(Kind)), st.text(max_size=40), ANY_REGION)
def test_any_text_is_a_value_or_refused(kind: Kind, text: str, place: Region) -> None:
    try:
        value = kinds.parse(kind, text, place, STAGES)
    except InvalidValue as error:
        assert str(error)
    else:
        assert kinds.from_json(kind, kinds.to_json(kind, value)) == value
