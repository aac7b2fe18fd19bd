"""Amounts are read as people type them, kept exactly and shown as they are used to."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.core import money
from crmdesk.core.errors import InvalidValue
from crmdesk.core.i18n import REGIONS, Region, region

IT, EN, RU, CH = region("it_IT"), region("en_US"), region("ru_RU"), region("de_CH")
ANY_REGION = st.sampled_from(list(REGIONS.values()))
NARROW = "\u202f"
NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1234,50", "1234.50"),
        ("1234.50", "1234.50"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1.234.567", "1234567"),
        ("1.234.567,8", "1234567.8"),
        (f"1{NBSP}234,56", "1234.56"),
        (f"1{NARROW}234{NARROW}567,50", "1234567.50"),
        ("1'234.56", "1234.56"),
        ("1’234’567.5", "1234567.5"),
        ("(100)", "-100"),
        ("100-", "-100"),
        ("\u2212100", "-100"),
        ("– 100,5", "-100.5"),
        ("€ -5", "-5"),
        ("-€5", "-5"),
        ("(1.234,50 €)", "-1234.50"),
        ("EUR 20,00", "20.00"),
        ("20 euro", "20"),
        ("1 234,50 руб.", "1234.50"),
        ("100,-", "100"),
        ("100.-- CHF", "100"),
        (",5", "0.5"),
        ("0.234", "0.234"),
        ("1234.567", "1234.567"),
        ("1 234.567", "1234.567"),
        ("12.3456", "12.3456"),
        ("00184", "184"),
        ("+7", "7"),
        ("-0", "0"),
        ("9999999999999999,99", "9999999999999999.99"),
    ],
)
def test_an_amount_is_read_the_same_in_every_region(text: str, amount: str) -> None:
    for place in REGIONS.values():
        assert money.parse_amount(text, place) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    [
        "", "abc", "1.2.3", "12.05.2020", "1,00,000", "12 34", "1 2", "--5", "(-5)", "5 EUR EUR", "5 xyz",
        "3,93E+11", "1.234.567,89,1", "1.234 567 890", "€", "-", ".", "NaN", "١٢", "1/2", "9" * 500, "5-5",
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused_with_advice(text: str) -> None:
    with pytest.raises(InvalidValue, match=r"is not a number\. Type digits"):
        money.parse_amount(text, IT)


def test_a_lone_group_of_three_follows_the_column_and_then_the_region() -> None:
    assert money.parse_amount("1.234", IT) == 1234
    assert money.parse_amount("1.234", EN) == Decimal("1.234")
    assert money.parse_amount("1,234", EN) == 1234
    assert money.parse_amount("1,234", IT) == Decimal("1.234")
    assert money.parse_amount("1.234", IT, decimal=".") == Decimal("1.234")
    assert money.parse_amount("1.234", EN, decimal=",") == 1234


def test_only_a_lone_group_of_three_is_ambiguous() -> None:
    unclear = [text for text in ("1.234", "€ 1,234", "-123.456", "12,345") if money.ambiguous(text)]
    clear = [
        text
        for text in ("1.23", "1234.567", "0.123", "1.234.567", "1.234,5", "5", "x")
        if money.ambiguous(text)
    ]
    assert (len(unclear), clear) == (4, [])


@pytest.mark.parametrize(
    ("column", "mark"),
    [
        (["1.234", "2,50"], ","),
        (["1.234", "1.234.567"], ","),
        (["1,234", "2.5"], "."),
        (["1.234", "5", "x", ""], None),
        (["1.5", "1,5"], None),
        (["1 234,567"], ","),
    ],
)
def test_one_clear_value_settles_a_column(column: list[str], mark: str | None) -> None:
    assert money.settle_decimal(column) == mark


def test_contradictions_in_a_column_are_counted() -> None:
    assert money.decimal_evidence(["1.5", "2.5", "1,5", "1.234"]) == money.DecimalEvidence(2, 1, 1)


def test_the_noise_of_floats_is_gone() -> None:
    assert money.to_minor(money.from_float(19.989999999999998), "EUR") == 1999
    assert money.from_float(393331234567.0) == 393331234567
    assert money.from_float(0.1 + 0.2) == Decimal("0.3")
    with pytest.raises(InvalidValue):
        money.from_float(float("nan"))


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("1.005", "EUR", 101),
        ("-1.005", "EUR", -101),
        ("1.5", "JPY", 2),
        ("1.2345", "TND", 1235),
        ("0", "EUR", 0),
    ],
)
def test_halves_are_rounded_away_from_zero(amount: str, currency: str, minor: int) -> None:
    assert money.to_minor(Decimal(amount), currency) == minor


def test_an_amount_too_large_for_the_store_is_refused() -> None:
    with pytest.raises(InvalidValue, match="too large"):
        money.to_minor(Decimal(10) ** 30, "EUR")


@pytest.mark.parametrize(
    ("minor", "currency", "code", "cents", "shown"),
    [
        (2134050, "EUR", "it_IT", True, "21.340,50 €"),
        (2134049, "EUR", "it_IT", False, "21.340 €"),
        (123400, "EUR", "it_IT", False, "1.234 €"),
        (2134050, "EUR", "en_GB", True, "€21,340.50"),
        (-2134050, "GBP", "en_GB", True, "\u2212£21,340.50"),
        (2134050, "CHF", "en_US", True, "CHF 21,340.50"),
        (-2134050, "RUB", "ru_RU", True, "\u221221 340,50 ₽"),
        (500, "JPY", "it_IT", True, "500 ¥"),
        (-20, "EUR", "it_IT", False, "0 €"),
        (50, "EUR", "it_IT", False, "1 €"),
        (5, "", "it_IT", True, "0,05"),
    ],
)
def test_money_is_shown_in_the_style_of_the_region(
    minor: int, currency: str, code: str, cents: bool, shown: str
) -> None:
    assert money.show_money(minor, currency, region(code), cents).replace(NBSP, " ") == shown


def test_shares_keep_a_blank_that_does_not_break() -> None:
    assert money.show_percent(14.0, IT) == f"14{NBSP}%"
    assert money.show_percent(-33.333333, EN, 1) == f"\u221233.3{NBSP}%"


def test_very_large_and_small_numbers_are_shown_without_exponents() -> None:
    assert money.show_number(1e300, IT, 2).startswith("1.000.000")
    assert money.show_number(1e-7, IT) == "0,0000001"
    assert money.show_number(-0.004, IT, 2) == "0,00"


def test_the_currency_beside_an_amount_is_told() -> None:
    found = [money.currency_in(text) for text in ("5 $", "usd 5", "5 руб.", "5 €", "5", "5 xyz", "")]
    assert found == ["USD", "USD", "RUB", "EUR", None, None, None]


@given(
    st.integers(-(2**63) + 1, 2**63 - 1), st.sampled_from(["EUR", "USD", "JPY", "TND", "CHF", ""]), ANY_REGION
)
def test_shown_money_reads_back_the_same(minor: int, currency: str, place: Region) -> None:
    shown = money.show_money(minor, currency, place, cents=True)
    decimal = place.decimal
    assert money.to_minor(money.parse_amount(shown, place, decimal), currency) == minor
    assert money.currency_in(shown) == (currency or None)


@given(st.floats(-1e15, 1e15), ANY_REGION)
def test_shown_numbers_read_back_the_same(value: float, place: Region) -> None:
    exact = money.from_float(value)
    shown = money.show_number(value, place)
    assert money.parse_amount(shown, place) == exact


@given(st.text(max_size=30), ANY_REGION)
def test_any_text_is_a_number_or_refused(text: str, place: Region) -> None:
    try:
        assert money.parse_amount(text, place).is_finite()
    except InvalidValue as error:
        assert str(error)
