"""Values on made-up firms: worked examples, edges, and what must hold for any customers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmdesk.features.knowledge.evidence import Level, Method
from crmdesk.features.knowledge.facts import Day, Facts, Known, Service, Voice
from crmdesk.features.knowledge.judgement import Judgement
from crmdesk.features.knowledge.referral import Newcomers, referred, word_of_mouth
from crmdesk.features.value import whatif
from crmdesk.features.value.appraise import appraise
from crmdesk.features.value.equity import cents
from crmdesk.features.value.whatif import Change, Holding
from crmdesk.features.value.worth import Part, State
from tests.valuing import Figure, hold, near

TODAY = date(2026, 11, 20)


def bought(*days_ago: int, amount: float = 100.0) -> tuple[Day, ...]:
    """Purchases so many days ago."""
    return tuple(Day(TODAY - timedelta(ago), amount, amount) for ago in sorted(days_ago, reverse=True))


def crowd(count: int = 60, seed: int = 3) -> list[Known]:
    """A firm of regular and of lost customers."""
    random = Random(seed)
    found = []
    for n in range(count):
        gap = random.randint(20, 90)
        stop = random.choice((0, 0, 0, 200, 400))
        days = range(stop + random.randint(0, gap), 700, gap)
        found.append(Known(f"c{n:03}", days=bought(*days, amount=random.randint(50, 400))))
    return found


def firm(*customers: Known) -> Facts:
    """The facts of a firm today."""
    return Facts(TODAY, "EUR", customers)


def test_the_base_of_three_customers() -> None:
    base = [Holding(260, 0.9), Holding(500, 0.8), Holding(80, 0.6)]
    points = whatif.outcome(base, 0.1, Change(retention=5))
    churn = whatif.outcome(base, 0.1, Change(churn=5))
    hold(
        [
            Figure("base", points.before, 2599.33, 0.005),
            Figure("five points", points.after, 3462.22, 0.005),
            Figure("five points, %", 100 * points.change, 33.2, 0.05),
            Figure("a twentieth of churn, %", 100 * churn.change, 4.1, 0.05),
        ]
    )


def test_the_claim_of_reichheld_in_numbers() -> None:
    uplifts = [100 * whatif.uplift(r, 0.1) for r in (0.6, 0.7, 0.75, 0.8, 0.85, 0.9)]
    true_from = [100 * whatif.true_from(rate) for rate in (0.08, 0.10, 0.12, 0.15)]
    hold(
        [
            *near("uplift", uplifts, (20.4, 22.4, 24.4, 27.5, 32.4, 40.7), 0.05),
            *near("true from", true_from, (73.7, 76.1, 78.5, 81.9), 0.06),
        ]
    )


def test_the_worked_example_of_a_referral() -> None:
    each = 0.6 * (400 + 120) + 0.4 * 120
    hold(
        [Figure("one", each, 360, 0), Figure("three years", referred(0.5, each, Judgement()), 469.48, 0.005)]
    )


def test_a_bad_word_has_a_negative_worth() -> None:
    newcomers = Newcomers(400.0, 0.1)
    good, bad = Voice(years=5, rating=10), Voice(years=5, rating=2)
    assert word_of_mouth(good, newcomers, Judgement()) > 0 > word_of_mouth(bad, newcomers, Judgement())
    assert word_of_mouth(Voice(years=5, rating=7), newcomers, Judgement()) == 0


def test_a_customer_without_purchase_and_budget_is_unknown_not_zero() -> None:
    found = appraise(firm(*crowd(), Known("x")), Judgement()).of("x")
    assert found is not None and found.equity is None and found.evidence.level is Level.UNKNOWN


def test_a_new_customer_has_a_value_but_little_evidence() -> None:
    found = appraise(firm(*crowd(), Known("x", days=bought(0))), Judgement()).of("x")
    assert found is not None and found.clv and found.clv > 0
    assert found.state is State.NEW and found.evidence.level is not Level.MODEL


def test_only_returns_are_worth_nothing() -> None:
    returns = (Day(TODAY - timedelta(9), 0.0, -50.0),)
    found = appraise(firm(*crowd(), Known("x", days=returns)), Judgement()).of("x")
    assert found is not None and found.equity is not None and found.equity <= 0


def test_the_long_silent_are_lost_and_the_closed_too() -> None:
    lost = Known("lost", days=bought(2000, 1970, 1940))
    closed = Known("closed", days=bought(60, 30, 1), closed=True)
    run = appraise(firm(*crowd(), lost, closed), Judgement())
    for ident, state in (("lost", State.LOST), ("closed", State.CLOSED)):
        one = run.of(ident)
        assert one is not None and (one.state, one.clv, one.equity) == (state, 0, 0)


def test_serving_dearly_makes_a_value_negative() -> None:
    dear = Known("x", days=bought(*range(5, 700, 30), amount=20.0), service=Service(minutes=6000))
    found = appraise(firm(*crowd(), dear), Judgement()).of("x")
    assert found is not None and found.clv is not None and found.clv < 0


def test_below_ten_customers_the_owner_assumes() -> None:
    run = appraise(firm(*crowd(5)), Judgement())
    assert run.firm.evidence.level is Level.ASSUMED
    one = run.customers[0]
    year = one.inputs.yearly * 0.3
    assert one.clv == pytest.approx(100 * year * sum(0.8**k / 1.1 ** (k - 0.5) for k in (1, 2, 3)), abs=1)


def test_yearly_turnover_alone_is_enough_for_a_drawn_value() -> None:
    random = Random(5)
    years = [
        Known(f"y{n}", years={y: float(random.choice((0, 500, 900))) for y in (2023, 2024, 2025)})
        for n in range(40)
    ]
    run = appraise(firm(*years, Known("one", years={2025: 700.0})), Judgement())
    known = [one for one in run.customers if one.equity is not None]
    assert {one.evidence.level for one in known} == {Level.SHRUNK}
    assert all(one.evidence.method is Method.GROUP for one in known)


def test_a_budget_gives_a_prospect_a_growth_option() -> None:
    peers = [replace(one, categories={"nails": 300.0, "paint": 100.0}) for one in crowd()]
    found = appraise(firm(*peers, Known("x", budget=8000.0)), Judgement()).of("x")
    assert found is not None and found.growth and found.growth > 0 and found.clv == 0
    assert {line.what for line in found.part(Part.GROWTH)} <= {"nails", "paint"}


def test_the_limit_of_growth_is_told_when_it_bites() -> None:
    peers = [replace(one, categories={"nails": 9000.0, "paint": 9000.0}) for one in crowd()]
    small = Known("x", days=bought(*range(5, 700, 30), amount=5.0), categories={"nails": 40.0})
    found = appraise(firm(*peers, small), Judgement()).of("x")
    assert found is not None and found.growth is not None and found.inputs.capped
    assert found.growth <= 3 * 40 * 100 * found.inputs.margin_rate + 1


def test_merging_two_customers_reckons_both_histories_as_one() -> None:
    one, other = bought(400, 300, 200), bought(150, 50)
    whole = appraise(firm(*crowd(), Known("x", days=one + other)), Judgement()).of("x")
    apart = appraise(firm(*crowd(), Known("x", days=one), Known("y", days=other)), Judgement())
    assert whole is not None and whole.inputs.purchases == 5
    assert apart.of("y") is not None


@settings(max_examples=15)
@given(st.randoms(use_true_random=False), st.integers(0, 50))
def test_the_order_of_customers_changes_nothing(random: Random, seed: int) -> None:
    customers = crowd(30, seed)
    shuffled = customers.copy()
    random.shuffle(shuffled)
    left, right = appraise(firm(*customers), Judgement()), appraise(firm(*shuffled), Judgement())
    assert left.customers == right.customers and left.firm == right.firm


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.integers(1, 80))
def test_lines_add_up_and_the_whole_is_the_sum(seed: int, count: int) -> None:
    run = appraise(firm(*crowd(count, seed)), Judgement())
    for one in run.customers:
        assert one.equity == sum(line.amount for line in one.lines)
        assert one.growth is not None and one.growth >= 0
        assert one.churn_risk is None or -1e-9 <= one.churn_risk <= 1 + 1e-9
    assert run.equity == sum(one.equity or 0 for one in run.customers)


@given(st.lists(st.floats(-1e7, 1e7), max_size=12))
def test_rounded_amounts_add_up_to_the_rounded_sum(amounts: list[float]) -> None:
    assert sum(cents(amounts)) == round(sum(amounts) * 100)


def test_what_was_known_then_is_not_touched_by_what_came_later() -> None:
    then = date(2026, 5, 1)
    customers = crowd()
    later = [replace(one, days=(*one.days, Day(TODAY, 9999.0, 9999.0))) for one in customers]
    assert appraise(firm(*customers).until(then), Judgement()) == appraise(
        firm(*later).until(then), Judgement()
    )
