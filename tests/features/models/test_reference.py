"""The models against published and recomputed figures: product, reference, tolerance."""

from __future__ import annotations

from pathlib import Path

import pytest

from crmdesk.features.models import activity, contracts, spend, survival, yearly
from crmdesk.features.models.activity import History
from crmdesk.features.models.spend import Spender
from tests.valuing import Figure, hold, near, rows, within

CUSTOMER_0001 = History(2, 30.43, 38.86)


@pytest.fixture(scope="module")
def cdnow(shared: Path) -> list[tuple[History, float]]:
    """The CDNOW customers summarised at week 39, with their mean repeat amount."""
    return [
        (History(int(float(row["x"])), float(row["t_x"]), float(row["T"])), float(row["zbar"]))
        for row in rows(shared / "data/cdnow_sample_rft_39w.csv")
    ]


def test_mbg_nbd_with_and_without_priors(cdnow: list[tuple[History, float]]) -> None:
    histories = [one for one, _z in cdnow]
    plain, drawn = activity.fit(histories, prior_weight=0), activity.fit(histories)
    hold(
        [
            *within(
                "MBG ML", (plain.r, plain.alpha, plain.a, plain.b), (0.5248, 6.1830, 0.8914, 1.6140), 0.005
            ),
            Figure("MBG ML log likelihood", plain.log_likelihood, -9582.13, 0.05),
            *within(
                "MBG MAP", (drawn.r, drawn.alpha, drawn.a, drawn.b), (0.5083, 6.1129, 0.9169, 1.7433), 0.005
            ),
            Figure("MBG MAP log likelihood", drawn.log_likelihood, -9582.17, 0.05),
            Figure("0001: purchases in 39 weeks", plain.purchases(CUSTOMER_0001, 39), 1.2627, 0.002, True),
            Figure("0001: alive", plain.alive(CUSTOMER_0001), 0.7061, 0.002, True),
            Figure("one purchase, 34.4 weeks ago: alive", plain.alive(History(0, 0, 34.4)), 0.40, 0.01),
        ]
    )


def test_gamma_gamma(cdnow: list[tuple[History, float]]) -> None:
    spenders = [Spender(one.x, z) for one, z in cdnow if one.x > 0]
    found = spend.fit(spenders)
    tied = spend.correlation([(float(one.x), one.z) for one in spenders])
    hold(
        [
            Figure("customers", len(spenders), 946, 0),
            *within("Gamma-Gamma", (found.p, found.q, found.gamma), (6.2488, 3.7446, 15.4478), 0.005),
            Figure("log likelihood", found.log_likelihood, -4055.92, 0.05),
            Figure("mean of all", found.everybody, 35.171, 0.002, True),
            Figure("mean given 2 of 22.35", found.mean(2, 22.35), 24.659, 0.002, True),
            Figure("correlation", tied, 0.114, 0.0005),
        ]
    )


def test_contracts(shared: Path) -> None:
    survivors = [float(row["active_of_1000"]) for row in rows(shared / "data/sbg_high_end.csv")]
    found = contracts.fit(survivors[:8])
    hold(
        [
            *within("sBG", (found.a, found.b), (0.6681, 3.8061), 0.005),
            Figure("sBG log likelihood", found.log_likelihood, -1611.16, 0.05),
            *near(
                "survival",
                [found.survival(t) for t in range(8, 13)],
                [0.4604, 0.4358, 0.4142, 0.3951, 0.3780],
                0.001,
            ),
            *near("renewal", [found.renewal(t) for t in (1, 2, 3)], [0.8507, 0.8780, 0.8968], 0.001),
            *near("DERL 10 %", [found.residual(n, 0.1) for n in (1, 5)], [5.4144, 6.8967], 0.001),
        ]
    )


def test_gupta_and_lehmann() -> None:
    table = {
        0.10: (1.20, 1.75, 2.67, 4.50),
        0.12: (1.15, 1.67, 2.50, 4.09),
        0.14: (1.11, 1.59, 2.35, 3.75),
        0.16: (1.07, 1.52, 2.22, 3.46),
    }
    hold(
        figure
        for rate, wanted in table.items()
        for figure in near(
            f"rate {rate}", [contracts.lasting(r, rate) for r in (0.6, 0.7, 0.8, 0.9)], wanted, 0.005
        )
    )


def test_the_worked_example_of_one_customer() -> None:
    margin = 1000 * 0.30 - 40
    hold(
        [
            Figure("for ever", margin * contracts.lasting(0.8, 0.1), 693.33, 0.005),
            Figure("first margin at once", margin * contracts.lasting_now(0.8, 0.1), 953.33, 0.005),
            Figure(
                "five years, end of year",
                margin * contracts.limited(0.8, 0.1, 5, middle=False),
                552.27,
                0.005,
            ),
            Figure("five years, middle", margin * contracts.limited(0.8, 0.1, 5), 579.22, 0.005),
        ]
    )


def test_yearly_model_and_credibility(shared: Path) -> None:
    table = [
        [float(row[f"turnover_{year}"]) for year in (2015, 2016, 2017)]
        for row in rows(shared / "data/superstore_a_yearly.csv")
    ]
    found = yearly.fit(one for own in table if (one := yearly.Years.of(own)) is not None)
    level = yearly.levels({str(n): own for n, own in enumerate(table)})
    hold(
        [
            *within("p, theta", (found.p, found.theta), (0.7762, 0.0065), 0.01),
            *within("active next", [found.active_next(k) for k in range(3)], [0.7712, 0.7493, 0.6645], 0.01),
            Figure("credibility of three years", level.own_share(3), 0.020, 0.02),
        ]
    )


def test_survival_of_contracts(shared: Path) -> None:
    table = rows(shared / "data/telco_churn.csv")
    groups = {
        "all": ((12, 24, 36, 48, 60, 72), (0.8432, 0.7887, 0.7485, 0.7088, 0.6644, 0.5928)),
        "Month_to_month": ((12, 24, 60), (0.7031, 0.5859, 0.2972)),
        "OneYear": ((12, 24, 60), (0.9908, 0.9783, 0.8318)),
        "TwoYear": ((12, 24, 60), (1.0, 1.0, 0.9862)),
    }
    figures = []
    for name, (months, wanted) in groups.items():
        chosen = [row for row in table if name in ("all", row["Contract"].replace(" ", ""))]
        curve = survival.kaplan_meier((float(row["tenure"]), row["Churn"] == "Yes") for row in chosen)
        figures += near(name, [survival.survival_at(curve, month) for month in months], wanted, 0.0001)
    share = 100 * sum(row["Churn"] == "Yes" for row in table) / len(table)
    hold([*figures, Figure("churn", share, 26.537, 0.001)])


def test_wear_of_bearings(shared: Path) -> None:
    lives = [(float(row["million_revolutions"]), True) for row in rows(shared / "data/ball_bearings.csv")]
    found = survival.fit_wear(lives)
    hold(
        [
            *within("k, eta, B10", (found.k, found.eta, found.life()), (2.1021, 81.878, 28.07), 0.005),
            Figure("log likelihood", found.log_likelihood, -113.691, 0.05),
        ]
    )


def test_mean_cumulative_failures_of_the_textbook() -> None:
    systems = [[5, 10, 15, 17], [6, 13, 17, 19], [12, 20, 25, 26], [13, 15, 24], [16, 22, 25, 28]]
    wanted = [0.2, 0.4, 0.6, 0.8, 1.2, 1.6, 1.8, 2.0, 2.3333, 2.6667, 3.6667]
    hold(near("failures", [mean for _time, mean in survival.mean_cumulative(systems)], wanted, 0.0001))
