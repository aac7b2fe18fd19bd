"""The patterns on made-up cases whose answer is known by hand."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.features.patterns import demand, rfm, steadiness
from crmdesk.features.patterns.baskets import Taste
from crmdesk.features.patterns.concentration import concentrate, overlap
from crmdesk.features.patterns.gaps import Gap, Peers, options
from crmdesk.features.patterns.meter import measure
from crmdesk.features.patterns.resistance import beyond, lost_share, resistance


def test_the_law_is_read_from_both_ends() -> None:
    found = concentrate({"a": 80, "b": 5, "c": 5, "d": 5, "e": 5})
    assert (found.top_count, found.top_share, found.for80) == (1, 0.8, 1)
    assert found.tail_share == pytest.approx(0.2) and found.tail_for_20 == 4
    assert found.classes == {"A": 1, "B": 3, "C": 1}


def test_losses_bend_the_curve_above_the_whole() -> None:
    found = concentrate({"a": 100, "b": 20, "c": -40})
    assert max(found.curve) == 1.5 and found.curve[-1] == 1.0
    assert found.peak == 2


def test_the_overlap_of_two_curves_is_counted() -> None:
    turnover = concentrate({str(n): 100 - n for n in range(10)})
    cost = concentrate({str(n): 100 + (n == 1) * 50 + (n == 9) * 60 for n in range(10)})
    assert overlap(turnover, cost) == 1


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 10**9), min_size=1), st.randoms())
def test_the_order_of_rows_changes_no_concentration(amounts: dict[str, int], random: Random) -> None:
    pairs = list(amounts.items())
    random.shuffle(pairs)
    assert concentrate(dict(pairs)) == concentrate(amounts)
    assert sum(concentrate(amounts).classes.values()) == len(amounts)


def test_equal_customers_share_a_score() -> None:
    found = rfm.score({str(n): rfm.Bought(10, 2, 100.0) for n in range(30)})
    assert {one.code for one in found.customers.values()} == {"111"}


def test_few_customers_are_scored_in_thirds() -> None:
    found = rfm.score({str(n): rfm.Bought(n, 10 - n, 10.0 * (10 - n)) for n in range(9)})
    assert found.steps == 3
    assert (found.customers["0"].code, found.customers["8"].code) == ("333", "111")


def test_an_offer_names_its_reason() -> None:
    owned = [frozenset({"tea", "milk", "cake"})] * 7 + [frozenset({"tea", "milk"})] * 2
    owned += [frozenset({"beer"})] * 6 + [frozenset({"wine"})] * 6
    offer = Taste(owned).offers(frozenset({"tea", "milk"}), 1)[0]
    assert (offer.item, offer.because) == ("cake", ("milk", "tea"))
    assert (offer.joint, offer.alike) == (7, 9)


def test_without_a_reason_an_offer_is_only_popular() -> None:
    owned = [frozenset({"a", "b"}), frozenset({"b"}), frozenset({"c"})]
    offers = Taste(owned).offers(frozenset({"c"}), 2, barred=frozenset({"a"}))
    assert [(one.item, one.popular) for one in offers] == [("b", True)]


def test_a_giant_is_no_peer_of_others() -> None:
    amounts = {str(n): {"nails": 100.0, "paint": 50.0} for n in range(8)} | {"giant": {"nails": 9000.0}}
    gap = {one.category: one.gap for one in Peers(amounts, {}).gaps("0")}
    assert gap == {}


def test_what_was_never_bought_is_scaled_to_the_size_of_the_customer() -> None:
    amounts = {str(n): {"nails": 100.0, "paint": 100.0} for n in range(9)} | {"x": {"nails": 20.0}}
    gaps = {one.category: one for one in Peers(amounts, {}).gaps("x")}
    assert gaps["paint"].gap == pytest.approx(100 / 3)
    assert (gaps["paint"].joint, gaps["paint"].alike, gaps["paint"].chance) == (9, 9, 0.5)


def test_a_known_budget_is_split_as_peers_spend() -> None:
    amounts = {str(n): {"nails": 75.0, "paint": 25.0} for n in range(9)}
    gaps = {one.category: one for one in Peers(amounts, {}).gaps("0", budget=400.0)}
    assert gaps["nails"].gap == pytest.approx(225) and gaps["paint"].gap == pytest.approx(75)
    assert gaps["nails"].source == "budget"


@given(
    st.lists(st.tuples(st.floats(0, 1e6), st.floats(0, 0.5)), max_size=6),
    st.floats(-0.5, 0.9),
    st.floats(0, 3),
    st.floats(0, 1000),
)
def test_growth_is_never_negative(
    pairs: list[tuple[float, float]], margin: float, years: float, cost: float
) -> None:
    gaps = [Gap(str(n), gap, chance, 0.0, "all") for n, (gap, chance) in enumerate(pairs)]
    assert all(one.value > 0 for one in options(gaps, {}, margin, years, cost, 0.5))


def test_resistance_is_the_sum_of_its_causes() -> None:
    found = resistance({"objections": 1.0, "lost_offers": 0.5, "effort": 0.0})
    assert found.index == pytest.approx(100 * (0.25 + 0.1) / 0.6)
    assert [cause.name for cause in found.main] == ["objections", "lost_offers"]


def test_a_cause_that_goes_takes_exactly_its_points() -> None:
    factors = {
        name: 0.5 for name in ("objections", "lost_offers", "effort", "delay", "dissatisfaction", "distance")
    }
    whole, without = resistance(factors), resistance(factors | {"effort": 0.0})
    points = next(cause.points for cause in whole.causes if cause.name == "effort")
    assert whole.index is not None and without.index == pytest.approx(whole.index - points)


def test_resistance_of_the_unknown_is_refused() -> None:
    found = resistance({"delay": 1.0, "effort": 1.0})
    assert found.index is None and found.coverage == pytest.approx(0.25)
    assert lost_share(0, 0) == pytest.approx(1 / 3) and beyond(3, 2) == 0.5


def test_a_trend_of_ten_percent_with_thirteen_more_is_eleven_point_three() -> None:
    assert steadiness.raised(0.10, 0.13) == pytest.approx(0.113)


def test_no_effect_is_claimed_where_there_is_none() -> None:
    random = Random(7)
    groups = [[random.gauss(10, 3) for _n in range(200)] for _side in range(2)]
    assert not steadiness.lift(*groups).proven
    assert steadiness.lift([one + 2 for one in groups[0]], groups[1]).proven


def test_stability_counts_what_known_customers_bring() -> None:
    found = steadiness.stability({"a": 10.0}, {"a": 60.0, "b": 40.0}, [10, 10, 10, 10])
    assert (found.repeating, found.largest, found.swing) == (0.6, 0.6, 0.0)


def test_discounts_are_reckoned_on_the_full_price() -> None:
    found = steadiness.discounts([(1, 90, 10), (2, 180, 10), (1, 100, 0), (-1, -50, 0)])
    assert found.money == pytest.approx(30) and found.share == pytest.approx(30 / 400)
    assert found.lines == 3 and not found.depends


def test_winning_pays_back_after_some_months() -> None:
    assert steadiness.payback(120, 240, 40).months == 6 and steadiness.payback(120, 240, 40).ratio == 3
    assert steadiness.payback(120, 0, 40).months is None


def test_a_yearly_rhythm_is_forecast_by_the_season() -> None:
    series = [float(10 + 90 * (month % 12 == 11)) for month in range(48)]
    told = demand.outlook(series, 12)
    assert told.method == "seasonal" and told.months[-1] == 100.0
    assert told.low <= told.months[0] <= told.high


def test_rare_demand_that_died_is_forecast_low() -> None:
    told = demand.outlook([4.0, 0.0, 5.0, 0.0, 3.0] + [0.0] * 31)
    assert told.months[0] < 0.5


def test_the_meter_finds_a_planted_effect_and_claims_none_without() -> None:
    random = Random(11)
    before = [100 + n + random.gauss(0, 3) for n in range(24)]
    plain = [124 + n + random.gauss(0, 3) for n in range(12)]
    found = measure(before, [value * 1.2 for value in plain])
    assert found.proven and found.effect == pytest.approx(0.2, abs=0.05)
    assert not measure(before, plain).proven
    assert not measure(before[:4], plain).proven
