"""Insights on made-up customers: the balance, periods, and what hinders a purchase."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from crmdesk.core import dates
from crmdesk.core.store import Store
from crmdesk.features.customers.records import Customer
from crmdesk.features.insights import movement, retention
from crmdesk.features.insights.churn import alarms
from crmdesk.features.insights.hindrance import resistances
from crmdesk.features.knowledge.facts import Day, Facts, Known
from crmdesk.features.knowledge.judgement import Judgement
from crmdesk.features.orders.records import Order
from crmdesk.features.timeline.records import Interaction
from crmdesk.features.value.appraise import appraise

TODAY = date(2026, 11, 20)


def buyer(ident: str, *days_ago: int, amount: float = 100.0) -> Known:
    """A customer who bought so many days ago."""
    return Known(
        ident,
        days=tuple(Day(TODAY - timedelta(ago), amount, amount) for ago in sorted(days_ago, reverse=True)),
    )


@settings(max_examples=20)
@given(st.lists(st.lists(st.integers(0, 900), max_size=12), min_size=1, max_size=25), st.integers(30, 400))
def test_the_balance_always_closes(rows: list[list[int]], back: int) -> None:
    now = Facts(TODAY, "EUR", tuple(buyer(f"c{n}", *set(days)) for n, days in enumerate(rows)))
    then = now.until(TODAY - timedelta(back))
    closing = appraise(now, Judgement())
    opening = appraise(then, Judgement())
    found = movement.balance(opening, appraise(then, Judgement(), None, closing.firm), closing)
    assert found.total.closes and all(one.closes for one in found.customers)
    assert (found.total.opening, found.total.closing) == (opening.equity, closing.equity)


def test_who_left_is_told_apart_from_who_shrank() -> None:
    rows = [buyer(f"c{n}", *range(5 + n, 700, 30)) for n in range(60)]
    before = Facts(TODAY, "EUR", tuple(rows))
    closed = Known("c0", days=rows[0].days, closed=True)
    after = Facts(TODAY, "EUR", (closed, *rows[1:]))
    opening, closing = appraise(before, Judgement()), appraise(after, Judgement())
    restated = appraise(before, Judgement(), None, closing.firm)
    left = next(one for one in movement.balance(opening, restated, closing).customers if one.id == "c0")
    assert left.lost > 0 and left.closing == 0


def test_periods_of_the_calendar() -> None:
    facts = Facts(TODAY, "EUR", (buyer("a", 0, 365), Known("b", years={2025: 40.0})))
    names, rows = retention.table(facts, "year")
    assert names == ["2025", "2026"] and rows["a"] == [100.0, 100.0] and rows["b"] == [40.0, 0.0]
    assert retention.table(facts, "quarter")[0][-1] == "2026-Q4"
    assert retention.table(Facts(TODAY, "EUR", ()), "month") == ([], {})


def test_retention_counts_customers_and_money() -> None:
    found = retention.step({"a": [10.0, 30.0], "b": [10.0, 0.0], "c": [0.0, 5.0]}, 0)
    assert (found.before, found.kept, found.fresh) == (2, 1, 1)
    assert (found.share, found.money_share) == (0.5, 1.5)


def test_alarms_of_the_past_are_counted() -> None:
    left = [buyer(f"l{n}", *range(600, 1000, 40)) for n in range(5)]
    stay = [buyer(f"s{n}", *range(1 + n, 1000, 40)) for n in range(5)]
    found = alarms(Facts(TODAY, "EUR", tuple(left + stay)), 2.0)
    assert found is not None and (found.raised, found.right, found.silent) == (5, 5, 5)


def test_resistance_comes_from_log_and_payments(valued: Store) -> None:
    day = dates.today() - timedelta(50)
    with valued.write("Trade") as session:
        easy, hard = Customer(name="Easy"), Customer(name="Hard")
        for one, contacts, late, mood in ((easy, 1, 0, "5"), (hard, 9, 30, "1")):
            session.add(one)
            paid = day + timedelta(late)
            session.add(Order(customer_id=one.id, date=day, amount=100, due=day, paid=paid))
            for n in range(contacts):
                at = dates.now() - timedelta(n + 1)
                session.add(Interaction(customer_id=one.id, at=at, channel="phone", mood=mood))
        names = {easy.id: "easy", hard.id: "hard"}
    with valued.read() as session:
        found = {names[ident]: one for ident, one in resistances(session, dates.today()).items()}
    assert found["easy"].index == 0 and found["hard"].index is not None and found["hard"].index > 50
    assert found["hard"].main[0].name in ("dissatisfaction", "effort")
