"""When a firm's history is enough for the model, and what is said when it is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from crmdesk.features.knowledge.backtest import backtest, ranking, split_day
from crmdesk.features.knowledge.evidence import Level, Method, judge
from crmdesk.features.knowledge.facts import Day, Facts, Known, periods
from crmdesk.features.knowledge.judgement import Judgement, checked, meanings, with_rates
from crmdesk.features.models.activity import Activity, History

TODAY = date(2026, 11, 20)
MODEL = Activity(0.5, 6.0, 0.9, 1.7)


def known(*days_ago: int) -> Known:
    """A customer who bought for 10 so many days ago."""
    days = tuple(Day(TODAY - timedelta(ago), 10.0, 10.0) for ago in sorted(days_ago, reverse=True))
    return Known(f"c{days_ago}", days=days)


def facts() -> Facts:
    """A firm where some stay and others leave for good."""
    stay = [known(*range(n % 9, 700, 25 + n)) for n in range(30)]
    left = [known(*range(300 + 7 * n, 700, 25 + n)) for n in range(30)]
    return Facts(TODAY, "EUR", tuple(stay + left))


def histories(count: int, repeats: int = 5) -> dict[str, History]:
    """So many customers with the same history."""
    return {str(n): History(repeats, 40.0, 60.0) for n in range(count)}


def test_leavers_are_told_from_stayers_by_the_back_test() -> None:
    found = backtest(facts())
    assert found is not None and found.passed and found.auc > 0.9
    assert judge(histories(60), MODEL, found, 100, 0).level is Level.MODEL


def test_a_back_test_worse_than_the_average_falls_to_the_group() -> None:
    found = backtest(facts())
    assert found is not None
    worse = replace(found, brier_model=found.brier_base + 0.01)
    told = judge(histories(60), MODEL, worse, 100, 0)
    assert (told.level, told.method) == (Level.SHRUNK, Method.GROUP)
    assert "tells little" in told.reason


@pytest.mark.parametrize(
    ("count", "repeats", "weeks", "key"),
    [(40, 5, 100, "customers"), (60, 1, 100, "repeats"), (60, 5, 40, "short")],
)
def test_too_little_of_anything_is_told(count: int, repeats: int, weeks: int, key: str) -> None:
    told = judge(histories(count, repeats), MODEL, backtest(facts()), weeks, 0)
    assert (told.level, told.method, told.key) == (Level.SHRUNK, Method.MODEL, key)


def test_a_fit_on_its_bounds_is_refused() -> None:
    told = judge(histories(60), Activity(1e9, 1e9, 1, 1), backtest(facts()), 100, 0)
    assert (told.level, told.key) == (Level.SHRUNK, "bounds")


def test_few_customers_stand_on_the_owners_assumption() -> None:
    assert judge(histories(9), MODEL, None, 100, 0).level is Level.ASSUMED
    assert judge({}, MODEL, None, 0, 3).level is Level.SHRUNK
    assert judge({}, MODEL, None, 0, 0).level is Level.UNKNOWN


def test_the_last_quarter_of_the_history_is_hidden() -> None:
    found = facts()
    first, last = found.span() or (TODAY, TODAY)
    split = split_day(found)
    assert split is not None
    assert (last - split).days == round((last - first).days / 4)


def test_no_history_no_back_test() -> None:
    assert backtest(Facts(TODAY, "EUR", ())) is None
    assert backtest(Facts(TODAY, "EUR", (known(3), known(4)))) is None


def test_the_ranking_of_chance_is_a_half() -> None:
    assert ranking([1, 1, 1, 1], [0, 1, 0, 1]) == 0.5
    assert ranking([1, 2, 3, 4], [0, 0, 1, 1]) == 1.0
    assert ranking([1, 2], [1, 1]) == 0.5


def test_free_goods_and_returns_are_no_purchases() -> None:
    days = (Day(TODAY - timedelta(9), 10, 10), Day(TODAY - timedelta(5), 0, 0), Day(TODAY, 0, -4))
    one = Known("x", days=days)
    assert one.history(TODAY) == History(0, 0.0, 9 / 7)
    assert one.net(None, TODAY) == 6


def test_a_date_before_the_records_begins_the_history() -> None:
    one = replace(known(70, 35, 0), since=TODAY - timedelta(700))
    assert one.history(TODAY) == History(3, 100.0, 100.0)


def test_nine_of_ten_gaps_are_told_when_there_are_enough() -> None:
    assert known(100, 90, 80).long_gap() is None
    assert known(110, 100, 90, 80, 70, 60, 50, 40, 30, 20, 0).long_gap() == 10


def test_periods_end_today() -> None:
    assert periods(known(0, 10, 40, 400).days, TODAY, 30, 2) == [10, 20]


def test_every_rate_has_a_default_inside_its_bounds() -> None:
    for name, meaning in meanings().items():
        default = getattr(Judgement(), name)
        assert meaning.least <= default <= meaning.most and meaning.label and meaning.hint
        assert checked(name, default) == default
    assert with_rates({"discount": 12.0, "gone": 3.0}).yearly == pytest.approx(0.12)
