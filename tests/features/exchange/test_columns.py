"""A column is judged as a whole: its kind, its dates, its decimal mark, its doubts."""

from __future__ import annotations

from datetime import date

import pytest

from crmdesk.features.exchange.columns import Column, profile
from crmdesk.features.exchange.headers import find_header, normal
from crmdesk.features.exchange.mapping import is_known_header


def of(*values: object) -> Column:
    """The profile of a column with these values."""
    return profile(0, "x", values)


@pytest.mark.parametrize(
    "values, order",
    [
        (("01/02/2024", "25/02/2024"), "dmy"),
        (("01/02/2024", "02/25/2024"), "mdy"),
        (("2024-02-01",), "ymd"),
        (("01/02/2024", "03/04/2024"), None),
    ],
)
def test_one_day_above_twelve_settles_the_dates(values: tuple[str, ...], order: str | None) -> None:
    assert of(*values).date_order == order


def test_open_dates_are_a_doubt() -> None:
    assert of("01/02/2024", "03/04/2024").doubts == ("date_order",)


@pytest.mark.parametrize(
    "values, mark", [(("1.234", "12,5"), ","), (("1,234", "12.5"), "."), (("1.234", "2.345"), None)]
)
def test_one_clear_number_settles_the_decimal_mark(values: tuple[str, ...], mark: str | None) -> None:
    assert of(*values).decimal == mark


def test_open_numbers_are_a_doubt() -> None:
    assert of("1.234", "2.345").doubts == ("decimal_mark",)


def test_evidence_late_in_a_long_column_counts() -> None:
    assert of(*["01/02/2024"] * 5000, "31/12/2024").date_order == "dmy"


@pytest.mark.parametrize(
    "value, sort",
    [
        ("info@rossi.it", "email"),
        ("+39 06 123456", "phone"),
        ("www.rossi.it", "link"),
        ("01234567890", "vat"),
        ("RSSMRA80A01H501U", "tax_code"),
        ("€ 1.234,50", "number"),
        ("1 234,50", "number"),
        ("1 set 2008", "date"),
        ("15.03.2024", "date"),
        (date(2024, 1, 1), "date"),
        (3.5, "number"),
        (True, "flag"),
        ("да", "flag"),
    ],
)
def test_values_are_told_apart(value: object, sort: str) -> None:
    assert of(value, value).share(sort) == 1.0


def test_a_column_between_nought_and_one_is_a_fraction() -> None:
    assert of("0", "0.15", "0.2").fraction
    assert not of("0", "15", "0.2").fraction
    assert not of("0%", "0.5%").fraction


def test_words_for_nothing_count_as_empty() -> None:
    column = of("NULL", "n/a", "Rossi", "Bianchi")
    assert column.empty_words == {"NULL", "n/a"} and column.fill == 0.5


def test_leading_zeros_and_damaged_codes_are_seen() -> None:
    assert of("00184", "10121").leading_zeros
    assert of("3,93331E+11", "x").damaged == 1


@pytest.mark.parametrize(
    "header, plain",
    [
        ("P.IVA", "p iva"),
        ("customerID", "customer id"),
        ("Sub-Category", "sub category"),
        ("Città", "citta"),
        ("Sconto %", "sconto percent"),
        ("Заказ №", "заказ no"),
        ("Straße\n", "strasse"),
    ],
)
def test_headers_are_compared_without_case_accents_and_points(header: str, plain: str) -> None:
    assert normal(header) == plain


def test_header_is_found_below_titles() -> None:
    rows = [
        ("Elenco clienti 2024", None, None),
        ("Codice", "Ragione sociale", "CAP"),
        ("1", "Rossi", "00184"),
    ]
    assert find_header(rows, is_known_header).index == 1


def test_table_without_a_header_has_numbered_columns() -> None:
    header = find_header([(1, 2.5, "x"), (2, 3.5, "y")], is_known_header)
    assert (header.index, header.names) == (-1, ("Column 1", "Column 2", "Column 3"))


def test_header_of_years_as_numbers_is_a_header() -> None:
    assert find_header([("Cliente", 2023, 2024), ("Rossi", 10.5, 20.0)], is_known_header).index == 0


def test_merged_header_names_all_its_columns() -> None:
    rows = [("Cliente", "Telefono", None), ("Rossi", "06 1234567", "06 7654321")]
    header = find_header(rows, is_known_header, [(0, 1, 0, 2)], [1, 2])
    assert header.names == ("Cliente", "Telefono", "Telefono (2)")
