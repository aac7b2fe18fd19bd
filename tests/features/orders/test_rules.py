"""Amounts, margins and periods come out to the cent."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.core.i18n import region
from crmdesk.features.orders import rules
from crmdesk.features.orders.rules import Entry

TODAY = date(2026, 11, 19)


@pytest.mark.parametrize(
    ("quantity", "price", "discount", "amount"),
    [
        (3.0, 1250, None, 3750),
        (None, 1250, None, 1250),
        (1.0, 1005, 50.0, 503),
        (-1.0, 1005, 50.0, -503),
        (0.1, 5, None, 1),
        (2.675, 100, 0.0, 268),
        (12.0, 1999, 12.5, 20990),
        (1.0, None, None, 0),
    ],
)
def test_a_line_is_quantity_times_price_less_discount(
    quantity: float | None, price: int | None, discount: float | None, amount: int
) -> None:
    assert rules.line_amount(quantity, price, discount) == amount


def test_the_margin_is_unknown_without_cost_and_never_nothing() -> None:
    assert rules.margin(10000, 6400) == 3600
    assert rules.margin_percent(10000, 6400) == 36.0
    assert rules.margin(10000, None) is None
    assert rules.margin_percent(0, 100) is None


def test_the_last_twelve_months_end_today_and_hold_a_year() -> None:
    assert rules.last_months(TODAY, 12) == (date(2025, 11, 20), TODAY)
    first, last = rules.last_months(date(2024, 3, 1), 12)
    assert (last - first).days + 1 == 366


def test_four_quarters_make_the_twelve_months() -> None:
    starts = rules.quarter_starts(TODAY)
    assert len(starts) == 8
    assert starts[4] == rules.last_months(TODAY, 12)[0]


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        (date(2025, 11, 20), TODAY, (2025, 2025)),
        (date(2024, 11, 20), TODAY, (2024, 2025)),
        (date(2025, 1, 1), date(2025, 12, 31), (2025, 2025)),
        (None, TODAY, (None, 2026)),
    ],
)
def test_whole_years_stand_for_a_period(start: date | None, end: date, years: tuple[int | None, int]) -> None:
    assert rules.counted_years(start, end) == years


ENTRIES = st.lists(
    st.builds(
        Entry,
        date=st.dates(date(2024, 1, 1), date(2027, 1, 1)),
        amount=st.integers(-100_000, 1_000_000),
        number=st.text("0123", max_size=3),
        currency=st.sampled_from([None, "EUR", "USD"]),
    ),
    max_size=12,
)


@given(ENTRIES)
def test_the_lines_of_a_turnover_add_up_to_it(entries: list[Entry]) -> None:
    period = rules.last_months(TODAY, 12)
    told = rules.explain_turnover(entries, [], period, "EUR", region("it_IT"))
    assert told.total == sum(line.amount for line in told.lines)
    assert told.total == rules.period_sum(entries, *period, "EUR")


def test_without_orders_the_latest_complete_year_counts() -> None:
    years = [(2024, 100), (2025, 250), (2026, 900)]
    told = rules.explain_turnover([], years, rules.last_months(TODAY, 12), "EUR", region("it_IT"))
    assert (told.total, [line.label for line in told.lines]) == (250, ["Yearly turnover 2025"])
    assert rules.explain_turnover([], years, (None, TODAY), "EUR", region("it_IT")).total == 1250
