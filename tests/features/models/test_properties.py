"""What must hold of the models for any customers: limits, order, and small firms that stay sensible."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.core.errors import InvalidValue
from crmdesk.features.models import activity, contracts, minimise, spend, survival, yearly
from crmdesk.features.models.activity import Activity, History
from crmdesk.features.models.special import digamma, gauss, gauss_turned
from crmdesk.features.models.spend import Credibility, GammaGamma, Refusal, Spender

positive = st.floats(0.05, 20)
models = st.builds(Activity, positive, st.floats(0.5, 200), positive, positive)


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Any history a customer may have."""
    x = draw(st.integers(0, 60))
    observed = draw(st.floats(0, 500))
    return History(x, draw(st.floats(0, observed)) if x else 0.0, observed)


@given(models, histories(), st.floats(0, 300))
def test_chances_stay_chances(model: Activity, one: History, weeks: float) -> None:
    assert 0 <= model.alive(one) <= 1
    assert -1e-9 <= model.silent(one, weeks) <= 1 + 1e-9


@given(models, histories(), st.floats(0, 150), st.floats(0, 150))
def test_more_time_never_means_fewer_purchases(
    model: Activity, one: History, first: float, more: float
) -> None:
    sooner, later = model.purchases(one, first), model.purchases(one, first + more)
    assert later >= sooner - 1e-6 * max(1.0, sooner)


@given(models, histories(), st.floats(0.1, 200))
def test_longer_silence_never_makes_a_customer_more_alive(
    model: Activity, one: History, quiet: float
) -> None:
    assert model.alive(History(one.x, one.t_x, one.T + quiet)) <= model.alive(one) + 1e-12


@given(st.lists(histories(), min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_the_fit_does_not_depend_on_the_order_of_rows(rows: list[History], random: Random) -> None:
    shuffled = rows.copy()
    random.shuffle(shuffled)
    assert activity.fit(rows) == activity.fit(shuffled)


@given(st.lists(histories(), max_size=12))
def test_priors_keep_small_firms_inside_their_bounds(rows: list[History]) -> None:
    found = activity.fit(rows)
    assert 0 < found.a < 1e4 and 0 < found.b < 1e4
    assert found.r > 0 and found.alpha > 0


def test_plain_likelihood_says_nobody_leaves_and_the_priors_do_not() -> None:
    regular = [History(10 + n % 3, 48.0 + n % 4, 52.0) for n in range(40)]
    plain, drawn = activity.fit(regular, prior_weight=0), activity.fit(regular)
    silent = History(10, 48.0, 104.0)
    assert plain.a / (plain.a + plain.b) < 1e-4
    assert drawn.a / (drawn.a + drawn.b) > 1e-3
    assert drawn.alive(silent) < 0.5


def test_a_silent_one_time_buyer_does_not_live_for_ever() -> None:
    model = Activity(0.52, 6.18, 0.89, 1.61)
    assert model.alive(History(0, 0, 500)) < 0.3


def test_a_chance_of_leaving_of_exactly_one_is_no_trap() -> None:
    model = Activity(0.5, 6.0, 1.0, 1.6)
    close = Activity(0.5, 6.0, 1.001, 1.6)
    one = History(2, 30, 39)
    assert model.purchases(one, 39) == pytest.approx(close.purchases(one, 39), rel=1e-2)


@given(st.floats(0.5, 5), st.floats(0.5, 5), st.floats(6, 12), st.floats(0, 0.6))
def test_eulers_transformation_changes_nothing(a: float, b: float, c: float, w: float) -> None:
    assert gauss_turned(a, b, c, w) == pytest.approx(gauss(a, b, c, w), rel=1e-8)


@given(st.floats(0.01, 100))
def test_digamma_follows_its_recurrence(x: float) -> None:
    assert digamma(x + 1) == pytest.approx(digamma(x) + 1 / x, rel=1e-9, abs=1e-9)


def test_the_search_finds_the_valley_of_rosenbrock() -> None:
    valley = minimise.with_slope(lambda p: (1 - p[0]) ** 2 + 100 * (p[1] - p[0] ** 2) ** 2)
    found = minimise.minimise(valley, (-1.2, 1.0))
    assert found.point == pytest.approx((1.0, 1.0), abs=1e-4)


def test_few_spenders_mean_credibility() -> None:
    found = spend.choose([Spender(2, 10.0 + n, 1.0) for n in range(5)])
    assert isinstance(found, Credibility) and found.refusal is Refusal.FEW


def test_spend_that_goes_with_frequency_means_credibility() -> None:
    found = spend.choose([Spender(n, 100.0 * n, 50.0) for n in range(1, 41)])
    assert isinstance(found, Credibility) and found.refusal is Refusal.TIED


def test_equal_spend_gives_the_mean_of_all_to_everybody() -> None:
    found = spend.choose([Spender(1 + n % 3, 50.0, 0.0) for n in range(40)])
    assert isinstance(found, Credibility)
    assert found.own_share(3) == 0 and found.mean(3, 50.0) == pytest.approx(50.0)


@given(st.integers(0, 50), st.floats(1, 1e4))
def test_the_expected_order_lies_between_own_and_all(x: int, z: float) -> None:
    model = GammaGamma(6.25, 3.74, 15.44)
    told = model.mean(x, z)
    assert min(z, model.everybody) - 1e-6 <= told <= max(z, model.everybody) + 1e-6


def test_own_margin_is_drawn_to_the_firm_by_five_orders() -> None:
    assert spend.margin_rate(0, 0, 100, 0.3) == pytest.approx(0.3)
    assert spend.margin_rate(500, 1000, 100, 0.3) == pytest.approx((500 + 150) / 1500)


def test_few_renewals_count_less_than_the_owners_judgement() -> None:
    model = contracts.Renewals(0.6681, 3.8061)
    assert contracts.contract_value(100, 5, 5, 0.1, model) == pytest.approx(
        100 * contracts.lasting(13 / 15, 0.1)
    )
    assert contracts.contract_value(100, 25, 30, 0.1, model) == pytest.approx(541.448, abs=0.01)


def test_a_prior_holds_renewals_that_all_succeeded() -> None:
    found = contracts.fit([8, 8, 8], retention=0.8)
    assert 0.8 < found.renewal(1) < 1


def test_growth_beyond_the_discount_is_refused() -> None:
    with pytest.raises(InvalidValue):
        contracts.lasting(0.99, 0.05, growth=0.2)


def test_retention_of_few_is_drawn_to_eighty_percent() -> None:
    assert yearly.retention(40, 50) == pytest.approx(0.8)
    assert yearly.retention(0, 2) == pytest.approx(8 / 12)
    assert yearly.growth([100, 400]) == yearly.MOST_GROWTH


def test_the_next_service_comes_sooner_for_a_worn_part() -> None:
    wear = survival.Wear(2.0, 100.0)
    assert wear.next_service(0) == pytest.approx(wear.life())
    assert wear.next_service(80) < wear.next_service(20)


def test_the_models_need_the_standard_library_only() -> None:
    allowed = ("crmdesk.features.models", "crmdesk.core.errors", "crmdesk.core.i18n")
    for path in Path(activity.__file__).parent.glob("*.py"):
        if path.name == "feature.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                assert name.split(".")[0] in sys.stdlib_module_names or name.startswith(allowed), (path, name)
