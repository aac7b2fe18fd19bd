"""The patterns against reference figures that were computed on the same files by another program."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from statistics import fmean

import pytest

from crmdesk.features.patterns import demand, steadiness
from crmdesk.features.patterns.baskets import Taste, rules
from crmdesk.features.patterns.concentration import concentrate
from crmdesk.features.patterns.gaps import Peers
from tests.valuing import Figure, hold, near, rows, within

WHOLESALE = ("fresh", "milk", "grocery", "frozen", "detergents_paper", "delicatessen")


def test_concentration_of_wholesale_customers(shared: Path) -> None:
    spend = {
        row["customer_id"]: 100 * sum(int(row[name]) for name in WHOLESALE)
        for row in rows(shared / "data/wholesale_customers.csv")
    }
    found = concentrate(spend)
    hold(
        [
            Figure("total", found.total / 100, 14_619_500, 0.01),
            Figure("top fifth, %", 100 * found.top_share, 42.90, 0.01),
            Figure("customers for 80 %", found.for80, 252, 0),
            Figure("Gini", found.gini, 0.3640, 0.0001),
        ]
    )


def test_gaps_of_wholesale_customers(shared: Path) -> None:
    table = rows(shared / "data/wholesale_customers.csv")
    amounts = {row["customer_id"]: {name: float(row[name]) for name in WHOLESALE} for row in table}
    peers = Peers(amounts, {row["customer_id"]: row["channel"] for row in table})
    gaps = {ident: {gap.category: gap.gap for gap in peers.gaps(ident)} for ident in amounts}
    first = gaps["W001"]
    hold(
        [
            Figure("all gaps", sum(gap for own in gaps.values() for gap in own.values()), 2_509_640.09, 0.01),
            *near(
                "W001",
                [first[name] for name in ("grocery", "frozen", "detergents_paper")],
                [3986.73, 741.51, 2605.31],
                0.01,
            ),
        ]
    )


def test_rules_over_baskets(shared: Path) -> None:
    lines = (shared / "data/groceries_baskets.csv").read_text(encoding="utf-8").splitlines()
    baskets = [frozenset(item.strip() for item in line.split(",")) for line in lines]
    found = rules(baskets, 0.006, 0.25)
    by_name = {(rule.given, rule.then): rule for rule in found}
    herbs, berries = by_name[("herbs",), "root vegetables"], by_name[("berries",), "whipped/sour cream"]
    milk = by_name[("whole milk",), "other vegetables"]
    counts = [len(baskets), len(frozenset().union(*baskets)), sum(map(len, baskets)), len(found)]
    lengths = [sum(len(rule.given) + 1 == size for rule in found) for size in (2, 3, 4)]
    hold(
        [
            *near("baskets, items, entries, rules", counts, [9835, 169, 43_367, 463], 0),
            *near("rules of two, three, four", lengths, [150, 297, 16], 0),
            *near("herbs", (herbs.support, herbs.confidence, herbs.lift), (0.007016, 0.4313, 3.9565), 1e-4),
            *near(
                "berries",
                (berries.support, berries.confidence, berries.lift),
                (0.009049, 0.2722, 3.7969),
                1e-4,
            ),
            *near("milk", (milk.support, milk.confidence, milk.lift), (0.074835, 0.2929, 1.5136), 1e-4),
        ]
    )


def test_the_next_product_is_found_as_often_as_it_should(shared: Path) -> None:
    orders = {row["order_id"]: row for row in rows(shared / "data/northwind_orders.csv")}
    seen: dict[str, set[str]] = defaultdict(set)
    later: dict[str, set[str]] = defaultdict(set)
    for line in rows(shared / "data/northwind_order_lines.csv"):
        order = orders[line["order_id"]]
        side = seen if order["order_date"] <= "1997-12-31" else later
        side[order["customer_id"]].add(line["product_id"])
    wanted = {ident: later[ident] - own for ident, own in seen.items() if later[ident] - own}
    taste = Taste(seen.values())
    hits = sum(any(one.item in fresh for one in taste.offers(seen[i])) for i, fresh in wanted.items())
    popular = sorted(taste.count, key=lambda item: (-taste.count[item], int(item)))
    plain = sum(
        bool(fresh & set([item for item in popular if item not in seen[ident]][:5]))
        for ident, fresh in wanted.items()
    )
    hold(
        [
            Figure("customers", len(wanted), 77, 0),
            Figure("hit@5 by mean chance", hits / len(wanted), 0.597, 0.001),
            Figure("hit@5 by popularity", plain / len(wanted), 0.545, 0.001),
        ]
    )


def test_campaign_with_a_control_group(shared: Path) -> None:
    spend: dict[str, list[float]] = defaultdict(list)
    for row in rows(shared / "data/hillstrom_a.csv"):
        spend[row["segment"]].append(float(row["spend"]))
    control = spend["No E-Mail"]
    figures = [Figure("control per head", fmean(control), 0.574014, 1e-6)]
    wanted = {
        "Mens E-Mail": (10_778, 0.4663, 0.1657, 0.865, 3.16),
        "Womens E-Mail": (10_636, 0.5880, 0.1820, 1.352, 3.65),
    }
    for name, (count, more, error, true, naive) in wanted.items():
        found = steadiness.lift(spend[name], control)
        assert found.proven
        figures += [
            Figure(f"{name}: n", found.treated, count, 0),
            *near(name, (found.difference, found.error), (more, error), 1e-4),
            Figure(f"{name}: true return", found.roi(0.4, 0.1), true, 0.001),
            Figure(f"{name}: naive return", steadiness.naive_roi(spend[name], 0.4, 0.1), naive, 0.005),
        ]
    hold(figures)


METHODS = {
    "zero": (demand.zero, 0.490, 0.0),
    "naive": (demand.naive, 0.568, 0.84),
    "mean of 6": (demand.mean_of(6), 0.564, 1.12),
    "mean of 12": (demand.mean_of(12), 0.572, 1.18),
    "SES": (demand.smoothed(0.1), 0.572, 1.20),
    "TSB": (demand.tsb(), 0.583, 1.30),
    "SBA": (demand.croston(0.1, correct=True), 0.686, 1.61),
    "Croston": (demand.croston(0.1), 0.698, 1.70),
}


@pytest.fixture(scope="module")
def parts(shared: Path) -> list[list[float]]:
    """The monthly sales of car parts."""
    table = rows(shared / "data/carparts_a.csv")
    return [[float(value or 0) for name, value in row.items() if name != "part"] for row in table]


@pytest.mark.parametrize("name", METHODS)
def test_demand_of_car_parts(parts: list[list[float]], name: str) -> None:
    method, error, ratio = METHODS[name]
    told = [method(series[:-6], 6) for series in parts]
    errors = [demand.rmsse(own[:-6], own[-6:], guess) for own, guess in zip(parts, told, strict=True)]
    known = [one for one in errors if one is not None]
    whole = sum(map(sum, told)) / sum(sum(series[-6:]) for series in parts)
    hold([Figure("RMSSE", fmean(known), error, 0.01, True), Figure("forecast to actual", whole, ratio, 0.01)])


def test_worth_of_price_segments(shared: Path) -> None:
    lines = []
    for row in rows(shared / "data/superstore_a.csv"):
        year, month, _day = map(int, row["order_date"].split("-"))
        units = float(row["quantity"])
        price = float(row["sales"]) / (units * (1 - float(row["discount"])))
        lines.append(demand.Sold(row["product_id"], "", row["category"], 12 * year + month - 1, units, price))
    cuts = {
        name: demand.tercile_cuts([line.price for line in lines if line.category == name])
        for name in ("Furniture", "Office Supplies", "Technology")
    }
    series = demand.by_segment(lines, range(12 * 2015, 12 * 2019))
    figures = [
        *within("Furniture", cuts["Furniture"], (34.23, 129.407), 0.001),
        *within("Office Supplies", cuts["Office Supplies"], (6.28, 19.98), 0.001),
        *within("Technology", cuts["Technology"], (37.99, 125.99), 0.001),
    ]
    ways = (
        ("seasonal", demand.seasonal, 0.373),
        ("mean 12", demand.mean_of(12), 0.451),
        ("SES", demand.smoothed(0.1), 0.471),
        ("mean 6", demand.mean_of(6), 0.491),
        ("naive", demand.naive, 0.489),
    )
    for name, method, wanted in ways:
        actual = [value for one in series for value in one.months[-6:]]
        told = [value for one in series for value in method(one.months[:-6], 6)]
        figures.append(Figure(f"WAPE {name}", demand.wape(actual, told), wanted, 0.01, True))
    hold(figures)
