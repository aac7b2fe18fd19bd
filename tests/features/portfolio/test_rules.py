"""The quadrant's rules: cuts, clusters, settling over months, and the published group sizes."""

from __future__ import annotations

import csv
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.core.errors import InvalidValue
from crmdesk.features.portfolio import rules
from crmdesk.features.portfolio.rules import (
    Cause,
    Cluster,
    Cut,
    CutRule,
    Entry,
    Evidence,
    MonthInput,
    Override,
    Portfolio,
    Rules,
    TooFew,
)

DATA = Path(__file__).parents[4] / "shared" / "data"
FIXED = Rules(CutRule("fixed", 1000), CutRule("fixed", 1000))
AMOUNTS = st.lists(st.integers(-5_000, 1_000_000), min_size=8, max_size=80)
MODES = st.sampled_from([CutRule(), CutRule("median"), CutRule("pareto", 60)])


def rows(name: str) -> Iterator[dict[str, str]]:
    if not (DATA / name).exists():
        pytest.skip(f"{name} is not here")
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def high_group(totals: Sequence[float]) -> int:
    return rules.cut([round(total * 100) for total in totals], CutRule()).high_count


def entries(pairs: Sequence[tuple[int, int]]) -> list[Entry]:
    return [Entry(f"c{n}", turnover, potential) for n, (turnover, potential) in enumerate(pairs)]


def quadrant(pairs: Sequence[tuple[int, int]], rule: Rules = FIXED) -> Portfolio:
    portfolio = rules.classify(entries(pairs), rule)
    assert isinstance(portfolio, Portfolio)
    return portfolio


def test_northwind_has_34_high_turnover_customers_of_91() -> None:
    owner = {row["order_id"]: row["customer_id"] for row in rows("northwind_orders.csv")}
    totals = {row["customer_id"]: 0.0 for row in rows("northwind_customers.csv")}
    for line in rows("northwind_order_lines.csv"):
        amount = float(line["unit_price"]) * int(line["quantity"]) * (1 - float(line["discount"]))
        totals[owner[line["order_id"]]] += amount
    assert (high_group(list(totals.values())), len(totals)) == (34, 91)


def test_superstore_has_198_high_turnover_customers_of_397() -> None:
    totals: dict[str, float] = defaultdict(float)
    for row in rows("superstore_a.csv"):
        totals[row["customer_id"]] += float(row["sales"])
    assert (high_group(list(totals.values())), len(totals)) == (198, 397)


def test_german_and_french_retail_has_59_high_turnover_customers_of_182() -> None:
    totals: dict[str, float] = defaultdict(float)
    for row in rows("retail_de_fr_lines.csv"):
        totals[row["customer_id"]] += int(row["quantity"]) * float(row["unit_price"])
    assert (high_group(list(totals.values())), len(totals)) == (59, 182)


def test_the_wholesaler_is_held_at_half_of_440() -> None:
    goods = ("fresh", "milk", "grocery", "frozen", "detergents_paper", "delicatessen")
    totals = [sum(float(row[name]) for name in goods) for row in rows("wholesale_customers.csv")]
    assert (high_group(totals), len(totals)) == (220, 440)


@given(AMOUNTS, MODES)
def test_the_high_group_is_at_most_half_and_who_buys_nothing_is_never_in_it(
    amounts: list[int], rule: CutRule
) -> None:
    line = rules.cut(amounts, rule)
    assert line.high_count <= len(amounts) // 2
    assert line.high_count == sum(line.high(amount) for amount in amounts)
    assert not any(line.high(amount) for amount in amounts if amount <= 0)


@given(st.sets(st.integers(1, 1_000_000), min_size=8, max_size=80))
def test_different_amounts_above_zero_give_a_group_of_15_to_50_percent(amounts: set[int]) -> None:
    size = rules.cut(list(amounts), CutRule()).high_count
    assert -(-len(amounts) * 15 // 100) <= size <= len(amounts) // 2


@given(AMOUNTS, st.randoms())
def test_the_order_of_the_rows_changes_nothing(amounts: list[int], chance: random.Random) -> None:
    base = entries([(amount, amount // 2) for amount in amounts])
    mixed = chance.sample(base, len(base))
    assert rules.classify(base) == rules.classify(mixed)


@given(st.lists(st.tuples(st.integers(-5, 9), st.integers(0, 9)), min_size=8, max_size=60))
def test_counts_add_up_and_equals_stand_together(pairs: list[tuple[int, int]]) -> None:
    base = entries(pairs)
    portfolio = quadrant(pairs, Rules())
    assert sum(portfolio.counts.values()) == len(base)
    seen: dict[tuple[int, int], Cluster] = {}
    for entry in base:
        cluster = portfolio.clusters[entry.customer]
        assert seen.setdefault((entry.turnover, entry.potential), cluster) is cluster


def test_equals_at_the_cut_rise_together_unless_more_than_half_would_be_high() -> None:
    assert rules.cut([100] + [50] * 3 + [1] * 8, CutRule()).high_count == 4
    assert rules.cut([100] + [50] * 9, CutRule()).high_count == 1
    assert rules.cut([50] * 10, CutRule()) == Cut(51, 0)


def test_a_fixed_cut_and_a_median_cut_say_where_the_line_is() -> None:
    amounts = [10, 20, 30, 40, 50, 60, 70, 80, 90]
    assert rules.cut(amounts, CutRule("fixed", 55)) == Cut(55, 4)
    assert rules.cut(amounts, CutRule("median")) == Cut(60, 4)
    assert rules.cut([], CutRule()) == Cut(1, 0)


def test_the_four_corners_are_the_four_clusters() -> None:
    corners = [(2000, 2000), (0, 2000), (2000, 0), (0, 0)] * 2
    clusters = list(quadrant(corners).clusters.values())[:4]
    assert clusters == [Cluster.KEY, Cluster.DEVELOP, Cluster.MAINTAIN, Cluster.MARGINAL]


def test_an_ungraded_customer_stands_in_the_low_half_whatever_the_figure() -> None:
    base = [*entries([(2000, 2000)] * 8), Entry("new", 2000, 9999, graded=False)]
    portfolio = rules.classify(base, FIXED)
    assert isinstance(portfolio, Portfolio)
    assert portfolio.clusters["new"] is Cluster.MAINTAIN


def test_seven_customers_are_too_few_and_the_reason_is_told() -> None:
    result = rules.classify(entries([(1, 1)] * 7))
    assert isinstance(result, TooFew)
    assert "7" in result.reason()


def test_potential_comes_from_the_budget_then_from_the_grade_and_never_from_turnover() -> None:
    assert rules.potential(5, 10_000, 4_000, 500) == rules.Potential(6_000, Evidence.BUDGET)
    assert rules.potential(5, 10_000, 40_000, 500) == rules.Potential(0, Evidence.BUDGET)
    assert rules.potential(3, None, 99_999, 10_000) == rules.Potential(6_000, Evidence.GRADE)
    assert rules.potential(None, None, 99_999, 10_000) == rules.Potential(0, Evidence.NONE)
    assert not rules.potential(None, None, 99_999, 10_000).graded
    with pytest.raises(InvalidValue):
        rules.potential(6, None, 0, 0)


def test_the_median_turnover_is_that_of_buyers() -> None:
    assert rules.median_turnover([0, -5, 100, 300, 200]) == 200
    assert rules.median_turnover([100, 200]) == 150
    assert rules.median_turnover([0]) == 0


def follow(*turnovers: int, rule: Rules = FIXED) -> list[rules.MonthResult]:
    steady = entries([(2000, 0)] * 8)
    months = [
        MonthInput(date(2026, n + 1, 1), [*steady, Entry("x", turnover, 0)], rule)
        for n, turnover in enumerate(turnovers)
    ]
    return rules.history(months)


def clusters_of(results: list[rules.MonthResult], customer: str = "x") -> list[Cluster]:
    return [r.portfolio.clusters[customer] for r in results if isinstance(r.portfolio, Portfolio)]


@pytest.mark.parametrize(
    ("turnovers", "high"),
    [
        ((1000, 950, 950, 950), (True, True, True, True)),
        ((1000, 900, 900), (True, True, False)),
        ((1000, 900, 950, 900), (True, True, True, True)),
        ((900, 1050, 1050), (False, False, False)),
        ((900, 1100, 1100), (False, False, True)),
        ((1000, 0), (True, False)),
    ],
)
def test_a_customer_settles_after_two_months_beyond_ten_percent(
    turnovers: tuple[int, ...], high: tuple[bool, ...]
) -> None:
    expected = [Cluster.MAINTAIN if up else Cluster.MARGINAL for up in high]
    assert clusters_of(follow(*turnovers)) == expected


def test_a_crossing_names_turnover_as_its_cause() -> None:
    last = follow(900, 1200, 1200)[-1]
    assert last.crossings == (rules.Crossing("x", Cluster.MARGINAL, Cluster.MAINTAIN, Cause.TURNOVER),)


def test_a_crossing_names_the_judgement_as_its_cause() -> None:
    steady = entries([(0, 0)] * 8)
    months = [
        MonthInput(date(2026, n + 1, 1), [*steady, Entry("x", 0, potential)], FIXED)
        for n, potential in enumerate((0, 1500, 1500))
    ]
    crossing = rules.history(months)[-1].crossings[0]
    assert (crossing.after, crossing.cause) == (Cluster.DEVELOP, Cause.JUDGEMENT)


def test_a_crossing_names_the_cut_when_only_the_cut_moved() -> None:
    base = [*entries([(2000, 0)] * 8), Entry("x", 900, 0)]
    lower = Rules(CutRule("fixed", 500), FIXED.potential)
    months = [MonthInput(date(2026, n, 1), base, rule) for n, rule in ((1, FIXED), (2, lower), (3, lower))]
    assert [c.cause for c in rules.history(months)[-1].crossings] == [Cause.CUT]


def test_a_month_with_too_few_customers_starts_the_standing_afresh() -> None:
    full = [*entries([(2000, 0)] * 8), Entry("x", 900, 0)]
    risen = [*full[:-1], Entry("x", 1100, 0)]
    months = [MonthInput(date(2026, n, 1), e, FIXED) for n, e in ((1, full), (2, full[:3]), (3, risen))]
    results = rules.history(months)
    assert isinstance(results[1].portfolio, TooFew)
    assert clusters_of([results[2]]) == [Cluster.MAINTAIN]


def test_the_owners_decision_holds_until_it_expires() -> None:
    base = entries([(2000, 0)] * 9)
    mine = Override("c0", Cluster.KEY, "new owner", date(2026, 1, 31), rules.expiry(date(2026, 1, 31)))
    months = [MonthInput(date(2026, n, 15), base, FIXED, [mine]) for n in range(1, 10)]
    got = clusters_of(rules.history(months), "c0")
    assert [n + 1 for n, cluster in enumerate(got) if cluster is Cluster.KEY] == [2, 3, 4, 5, 6, 7]


def test_a_decision_ends_on_a_day_that_exists() -> None:
    assert rules.expiry(date(2026, 8, 31)) == date(2027, 2, 28)


def test_moved_lists_who_changes_cluster_when_a_cut_is_dragged() -> None:
    pairs = [(900, 0)] * 3 + [(2000, 0)] * 6
    lower = Rules(CutRule("fixed", 800), FIXED.potential)
    assert rules.moved(quadrant(pairs), quadrant(pairs, lower)) == ("c0", "c1", "c2")


def test_every_cluster_has_a_name() -> None:
    assert [cluster.label for cluster in Cluster] == ["Key", "To develop", "Maintenance", "Marginal"]


def test_a_hundred_thousand_customers_are_sorted_out_in_well_under_a_second() -> None:
    chance = random.Random(1)
    base = entries([(chance.randrange(10**7), chance.randrange(10**6)) for _ in range(100_000)])
    started = time.perf_counter()
    portfolio = rules.classify(base)
    assert time.perf_counter() - started < 1.0
    assert isinstance(portfolio, Portfolio)
