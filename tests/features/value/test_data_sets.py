"""Values of data sets brought in by the importer, against the reference figures of those data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crmdesk.core.feature import Features
from crmdesk.features.knowledge import queries
from crmdesk.features.models import activity, spend
from tests.valuing import Figure, ask, hold, near, within

Imported = Callable[[str], Path]
LAST_DAY = {
    "cdnow": "1998-06-30",
    "defr": "2011-12-09",
    "northwind": "1998-05-06",
    "superstore": "2018-12-31",
}

HOLD_OUT: dict[str, tuple[Any, ...]] = {
    # split, end, customers, actual, sum, errors (model, rate, mean), AUC, Brier (model, base)
    "cdnow": ("1997-09-30", "1998-06-30", 2357, 1882, 1576.9, (0.766, 1.024, 1.382), 0.760, (0.1613, 0.2060)),
    "defr": ("2011-08-31", "2011-12-09", 141, 246, 170.5, (1.049, 1.054, 1.437), 0.811, (0.1808, 0.2198)),
    "northwind": ("1997-12-31", "1998-05-06", 88, 264, 135.3, (1.876, 1.905, 1.980), 0.627, (0.1241, 0.0826)),
    "superstore": (
        "2017-12-31",
        "2018-12-31",
        389,
        838,
        568.9,
        (1.247, 1.371, 1.246),
        0.501,
        (0.1215, 0.1023),
    ),
}
PARAMETERS = {
    "defr": (1.0794, 12.0809, 0.0401, 1.6610),
    "northwind": (4.0694, 45.7783, 0.0331, 2.2104),
    "superstore": (28.22, 988.8, 0.0146, 1.493),
}
# eight customers of CDNOW never paid anything: amounts of zero are no purchases, so they are not counted
FREE = {"cdnow": 8}


@pytest.mark.parametrize("name", HOLD_OUT)
def test_the_back_test_agrees_with_the_reference(features: Features, imported: Imported, name: str) -> None:
    split, end, customers, actual, total, errors, auc, brier = HOLD_OUT[name]
    found = ask(features, imported(name), "backtest", "--split", split, "--as-of", end)
    model, mae = found["model"], found["mae"]
    figures = [
        Figure("customers", found["customers"], customers - FREE.get(name, 0), 0),
        Figure("purchases that came", found["actual"], actual, 0),
        Figure("purchases predicted", found["predicted"], total, 0.01, True),
        *near("error of model, rate, mean", (mae["model"], mae["rate"], mae["mean"]), errors, 0.005),
        Figure("AUC", found["auc"], auc, 0.005),
        *near("Brier of model, base", (found["brier"]["model"], found["brier"]["base"]), brier, 0.005),
    ]
    if name in PARAMETERS:
        told = [model[key] for key in ("r", "alpha", "a", "b")]
        figures += within("r, alpha, a, b", told, PARAMETERS[name], 0.03)
    hold(figures)


@pytest.mark.parametrize(
    ("name", "level"), [("cdnow", "E3"), ("defr", "E3"), ("northwind", "E2"), ("superstore", "E2")]
)
def test_the_evidence_is_honest(features: Features, imported: Imported, name: str, level: str) -> None:
    found = ask(features, imported(name), "value", "--as-of", LAST_DAY[name])
    assert found["evidence"]["level"] == level, found["evidence"]
    assert {one["evidence"] for one in found["customers"]} <= {level, "E2", "E1", "E0"}


@pytest.mark.parametrize("name", ["northwind", "superstore"])
def test_no_single_score_is_claimed_where_history_tells_nothing(
    features: Features, imported: Imported, name: str
) -> None:
    found = ask(features, imported(name), "value", "--as-of", LAST_DAY[name])
    assert found["model"]["used"] == "yearly"
    risks = {round(one["churn_risk"], 9) for one in found["customers"] if one["churn_risk"] is not None}
    assert len(risks) <= 6, "only years of silence tell customers apart"


CLV = {
    "cdnow": ("1997-09-30", {"0001": 23.20, "1572": 40.32, "0786": 5.03}, 41_199),
    "defr": ("2011-08-31", {"12413": 611.3, "14277": 774.9}, 250_496),
}


@pytest.mark.parametrize("name", CLV)
def test_current_value_agrees_with_the_reference(features: Features, imported: Imported, name: str) -> None:
    day, wanted, total = CLV[name]
    found = ask(features, imported(name), "value", "--as-of", day)
    by_number = {one["number"]: one["clv"] for one in found["customers"]}
    figures = [
        Figure(f"CLV {number}", by_number[number], amount, 0.01, True) for number, amount in wanted.items()
    ]
    hold([*figures, Figure("CLV of all", found["total"]["clv"], total, 0.01, True)])


def test_the_formula_holds_for_northwind_and_the_product_refuses_it(
    features: Features, imported: Imported
) -> None:
    day = queries.dates.date(1997, 12, 31)
    store = features.open(imported("northwind"), shared=True)
    with store.read() as session:
        facts = queries.facts(session, day)
    store.close()
    histories = {one.number: one.history(day) for one in facts.buyers}
    spenders = {one.number: spender for one in facts.buyers if (spender := one.spender())}
    model = activity.fit(one for one in histories.values() if one)
    amount = spend.fit(list(spenders.values()))
    values = {}
    for number, history in histories.items():
        assert history is not None
        bought = [model.purchases(history, activity.QUARTER * k) for k in range(13)]
        mean = amount.mean(history.x, spenders[number].z if number in spenders else 0.0)
        gains = [(bought[k] - bought[k - 1]) * mean * 0.3 / 1.1 ** ((k - 0.5) / 4) for k in range(1, 13)]
        values[number] = sum(gains)
    tied = spend.correlation([(float(one.x), one.z) for one in spenders.values()])
    hold(
        [
            Figure("ALFKI", values["ALFKI"], 4730.4, 0.01, True),
            Figure("QUEEN", values["QUEEN"], 6178.5, 0.01, True),
            Figure("all", sum(values.values()), 448_227, 0.01, True),
            Figure("correlation", tied, 0.615, 0.001),
        ]
    )
    assert isinstance(spend.choose(list(spenders.values())), spend.Credibility)


@pytest.mark.parametrize("name", LAST_DAY)
def test_every_line_adds_up_to_the_cent(features: Features, imported: Imported, name: str) -> None:
    found = ask(features, imported(name), "value", "--as-of", LAST_DAY[name])
    for one in found["customers"]:
        if one["equity"] is not None:
            assert round(sum(line["amount"] for line in one["lines"]), 2) == one["equity"]
            assert round(one["clv"] + one["growth"] + one["word_of_mouth"], 2) == one["equity"]
            assert one["growth"] >= 0
    total = sum(one["equity"] or 0 for one in found["customers"])
    assert round(total, 2) == found["total"]["equity"]


def test_one_customer_is_explained(features: Features, imported: Imported) -> None:
    found = ask(
        features, imported("defr"), "value", "--customer", "12413", "--as-of", "2011-12-09", "--explain"
    )
    (one,) = found["customers"]
    assert [line["label"] for line in one["lines"]][:2] == ["Margin on expected orders", "Cost to serve"]
    assert one["lines"][0]["sum"] and one["reason"] and one["inputs"]["Purchases"] == "3"


def test_what_if_gives_both_readings(features: Features, imported: Imported) -> None:
    found = ask(features, imported("defr"), "whatif", "--retention", "+5", "--as-of", "2011-12-09")
    assert found["after"] > found["before"] > 0
    assert found["claim"]["points"]["change"] > found["claim"]["relative"]["change"] > 0
    assert found["claim"]["true_from"] == pytest.approx(0.761, abs=0.001)
