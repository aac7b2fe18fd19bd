"""Insights of data sets brought in by the importer, against the reference figures of those data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crmdesk.core.feature import Features
from tests.valuing import Figure, ask, hold, near

Imported = Callable[[str], Path]
LAST_DAY = {
    "cdnow": "1998-06-30",
    "defr": "2011-12-09",
    "northwind": "1998-05-06",
    "superstore": "2018-12-31",
}

PARETO: dict[str, tuple[Any, ...]] = {
    # customers, total, top fifth in %, for 80 %, Gini, classes
    "cdnow": (2357, 244_091.94, 67.46, 777, 0.6309, None),
    "defr": (182, 418_411.05, 65.62, 59, 0.6196, (59, 59, 64)),
    "northwind": (91, 1_265_793.04, 61.59, 34, 0.5848, (34, 27, 30)),
    "superstore": (397, 1_177_603.62, 48.51, 198, 0.4441, (198, 105, 94)),
}
# amounts are kept to the cent, so sums of amounts with four decimals are a little off
ROUNDED = {"northwind": 0.26, "superstore": 0.02}


@pytest.mark.parametrize("name", PARETO)
def test_turnover_is_as_concentrated_as_it_should_be(
    features: Features, imported: Imported, name: str
) -> None:
    count, total, top, for80, gini, classes = PARETO[name]
    found = ask(features, imported(name), "insights", "pareto", "--as-of", LAST_DAY[name])["turnover"]
    figures = [
        Figure("customers", found["customers"], count, 0),
        Figure("total", found["total"], total, ROUNDED.get(name, 0.01)),
        Figure("top fifth, %", found["top20_share"], top, 0.01),
        Figure("for 80 %", found["for80"], for80, 0),
        Figure("Gini", found["gini"], gini, 0.0001),
    ]
    if classes:
        figures += near("A, B, C", [found["classes"][key] for key in "ABC"], classes, 0)
    hold(figures)


def test_cost_and_profit_have_curves_of_their_own(features: Features, imported: Imported) -> None:
    found = ask(features, imported("superstore"), "insights", "pareto", "--as-of", "2018-12-31")
    cost, profit = found["cost"], found["profit"]
    hold(
        [
            Figure("cost", cost["total"], 1_034_267.42, 2.0),
            Figure("cost, top fifth", cost["top20_share"], 48.70, 0.01),
            Figure("cost, for 80 %", cost["for80"], 197, 0),
            Figure("cost, Gini", cost["gini"], 0.4482, 0.0001),
            Figure("profit", profit["total"], 143_336.21, 2.0),
            Figure("profit, top fifth", profit["top20_share"], 80.52, 0.01),
            Figure("profit, for 80 %", profit["for80"], 79, 0),
            Figure("profit, Gini", profit["gini"], 1.028, 0.001),
            Figure("customers who lose money", profit["losing"], 68, 0),
        ]
    )


def test_cost_is_not_known_where_nobody_told_it(features: Features, imported: Imported) -> None:
    found = ask(features, imported("defr"), "insights", "pareto", "--as-of", "2011-12-09")
    assert found["cost"] is None and found["profit"] is None


RFM: dict[str, tuple[Any, ...]] = {
    "defr": (
        "2011-12-10",
        (181, 32, 4.6740, 2419.29, 11, 19),
        {"12413": (67, 3, 758.10, "233"), "12572": (9, 2, 1020.42, "523"), "12669": (151, 3, 2744.03, "134")},
    ),
    "superstore": ("2018-12-31", (397, 73, 6.2972, 2966.26, 6, 22), {"AA-10315": (185, 5, 5563.56, "225")}),
    "northwind": (
        "1998-05-07",
        (89, 24, 9.3258, 14_222.39, 5, 8),
        {"ALFKI": (28, 6, 4273.00, "322"), "QUEEN": (3, 13, 25_717.50, "545")},
    ),
}


@pytest.mark.parametrize("name", RFM)
def test_recency_frequency_and_money(features: Features, imported: Imported, name: str) -> None:
    day, whole, single = RFM[name]
    found = ask(features, imported(name), "insights", "rfm", "--as-of", day)
    told = [
        found[key] for key in ("customers", "median_recency", "mean_frequency", "mean_money", "best", "worst")
    ]
    figures = near("n, R, F, M, 555, 111", told, whole, 0.01)
    by_number = {one["number"]: one for one in found["list"]}
    for number, wanted in single.items():
        one = by_number[number]
        figures += near(number, (one["recency"], one["frequency"], one["money"]), wanted[:3], 0.01)
        assert one["code"] == wanted[3], number
    hold(figures)


def test_retention_by_year(features: Features, imported: Imported) -> None:
    found = ask(features, imported("superstore"), "insights", "retention", "--as-of", "2018-12-31")
    steps = found["steps"]
    pooled = [sum(one[key] for one in steps[:2]) for key in ("kept", "customers")]
    hold(
        [
            *near("2015 to 2017", pooled, (442, 581), 0),
            *near("2017 to 2018", (steps[2]["kept"], steps[2]["customers"]), (282, 318), 0),
            *near(
                "turnover",
                [steps[0]["money_before"], steps[2]["money_before"]],
                (253_191.10, 287_516.77),
                0.2,
            ),
        ]
    )


def test_cohorts_begin_whole_and_add_up(features: Features, imported: Imported) -> None:
    found = ask(features, imported("superstore"), "insights", "cohorts", "--as-of", "2018-12-31")
    assert sum(one["customers"] for one in found["cohorts"]) == 397
    assert all(one["retention"][0] == 1.0 for one in found["cohorts"])


def test_white_space_names_gaps_and_reasons(features: Features, imported: Imported) -> None:
    found = ask(features, imported("northwind"), "insights", "whitespace", "--as-of", "1998-05-06")
    assert len(found["categories"]) == 8 and found["total_gap"] > 0
    offers = [offer for one in found["customers"] for offer in one["next"]]
    reasoned = [offer for offer in offers if not offer["popular"]]
    assert reasoned and all(offer["joint"] >= 5 for offer in reasoned)


def test_demand_is_told_with_range_and_past_error(features: Features, imported: Imported) -> None:
    found = ask(features, imported("superstore"), "insights", "demand", "--as-of", "2018-12-31")
    assert len(found["months"]) == 48 and len(found["segments"]) == 9
    for one in found["segments"]:
        assert one["low"] <= one["high"] and one["past_error"] > 0


@pytest.mark.parametrize("name", ["defr", "superstore"])
def test_the_balance_of_equity_closes(features: Features, imported: Imported, name: str) -> None:
    since = {"defr": "2011-08-31", "superstore": "2017-12-31"}[name]
    found = ask(features, imported(name), "insights", "equity", "--as-of", LAST_DAY[name], "--since", since)
    value = ask(features, imported(name), "value", "--as-of", LAST_DAY[name])["total"]["equity"]
    for one in (found, *found["customers"]):
        moved = one["won"] + one["grown"] - one["shrunk"] - one["lost"] + one["re_estimated"]
        assert round(one["opening"] + moved - one["closing"], 2) == 0
    assert found["closing"] == value and found["won"] > 0


def test_the_ledger_of_silence_tests_its_own_alarms(features: Features, imported: Imported) -> None:
    found = ask(features, imported("cdnow"), "insights", "churn", "--as-of", "1998-06-30")
    seen = found["alarms"]
    assert 0 < seen["right"] <= seen["raised"] and seen["hit_share"] > seen["base_share"]
    assert all(one["overdue"] >= 2 and one["silent_days"] > one["every_days"] for one in found["customers"])


def test_the_meter_compares_with_the_trend(features: Features, imported: Imported) -> None:
    words = ("insights", "meter", "--as-of", "2018-12-31", "--since", "2018-01-01")
    found = ask(features, imported("superstore"), *words)
    assert (found["months_before"], found["months_since"]) == (24, 12)
    assert found["actual"] == pytest.approx(386_141.45, abs=0.2) and isinstance(found["proven"], bool)


def test_stability_of_a_year(features: Features, imported: Imported) -> None:
    found = ask(features, imported("superstore"), "insights", "stability", "--as-of", "2018-12-31")
    assert found["turnover"] == pytest.approx(386_141.45, abs=0.02)
    assert 0 < found["repeating_share"] < 1 and found["largest_share"] < found["largest_five_share"]
