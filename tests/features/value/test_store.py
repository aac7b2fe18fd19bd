"""Values out of a customer file: figures kept for lists, rates of the owner, other currencies."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from crmdesk.core import dates
from crmdesk.core.errors import InvalidValue, UserError
from crmdesk.core.feature import Features
from crmdesk.core.store import Store
from crmdesk.features.customers.records import Customer
from crmdesk.features.knowledge import actions, queries
from crmdesk.features.orders.records import Order
from crmdesk.features.timeline.records import Interaction
from crmdesk.features.value import runs
from tests.valuing import ask


def trade(store: Store, count: int = 12) -> list[str]:
    """Customers who buy every month, the last one never."""
    with store.write("Trade") as session:
        customers = [Customer(name=f"Firm {n}", number=str(n)) for n in range(count + 1)]
        for one in customers:
            session.add(one)
        for n, one in enumerate(customers[:count]):
            for month in range(24):
                day = dates.today() - timedelta(30 * month + n)
                session.add(Order(customer_id=one.id, date=day, amount=10_000 + 500 * n, cost=6_000))
        return [one.id for one in customers]


def test_figures_are_kept_for_lists(valued: Store) -> None:
    ids = trade(valued)
    valued.keep_up()
    figures = valued.derived.figures
    assert figures is not None
    with valued.read() as session:
        run = runs.run(session, dates.today())
        kept = {row.customer_id: row for row in session.execute(figures.table.select())}
    first = run.of(ids[0])
    assert first is not None and kept[ids[0]].equity == first.equity and kept[ids[0]].clv == first.clv
    assert kept[ids[0]].churn_risk == pytest.approx(100 * (first.churn_risk or 0))
    assert (kept[ids[-1]].equity, kept[ids[-1]].evidence) == (None, "E0")


def test_an_order_in_another_currency_is_told_and_not_added(valued: Store) -> None:
    ids = trade(valued)
    with valued.write("Abroad") as session:
        session.add(Order(customer_id=ids[-1], date=dates.today(), amount=99_999, currency="CHF"))
    with valued.read() as session:
        run = runs.run(session, dates.today())
    last = run.of(ids[-1])
    assert run.foreign == 1 and last is not None and last.equity is None


def test_orders_to_come_do_not_count(valued: Store) -> None:
    ids = trade(valued)
    with valued.read() as session:
        before = runs.run(session, dates.today())
    with valued.write("Ahead") as session:
        session.add(Order(customer_id=ids[0], date=dates.today() + timedelta(40), amount=99_999))
    with valued.read() as session:
        assert runs.run(session, dates.today()) == before


def test_a_day_to_come_is_refused(features: Features, valued: Store) -> None:
    ahead = (dates.today() + timedelta(1)).isoformat()
    with pytest.raises(UserError, match="still to come"):
        ask(features, Path(valued.path), "value", "--as-of", ahead)


def test_trashed_orders_and_customers_are_left_out(valued: Store) -> None:
    ids = trade(valued)
    with valued.write("Trash") as session:
        customer = session.get(Customer, ids[0])
        assert customer is not None
        session.trash(customer)
    with valued.read() as session:
        assert runs.run(session, dates.today()).of(ids[0]) is None


def test_an_own_rate_changes_values_and_undo_takes_it_back(valued: Store) -> None:
    trade(valued)
    with valued.read() as session:
        before = runs.run(session, dates.today()).equity
    with valued.write("Set rate") as session:
        actions.set_rate(session, "discount", 20.0)
    with valued.read() as session:
        assert queries.judgement(session).discount == 20.0
        assert runs.run(session, dates.today()).equity < before
    valued.undo()
    with valued.read() as session:
        assert runs.run(session, dates.today()).equity == before


def test_all_own_rates_are_taken_back_at_once(valued: Store) -> None:
    with valued.write("Set rates") as session:
        actions.set_rate(session, "margin", 45)
        actions.set_rate(session, "horizon", 5)
    with valued.write("Reset rates") as session:
        actions.reset_rates(session)
    with valued.read() as session:
        assert queries.judgement(session) == queries.with_rates({})


def test_a_senseless_rate_is_refused(valued: Store) -> None:
    with valued.write("Set rate") as session:
        for name, value in (("horizon", 40), ("nonsense", 1)):
            with pytest.raises(InvalidValue):
                actions.set_rate(session, name, value)


def test_logged_minutes_and_visits_cost(valued: Store) -> None:
    ids = trade(valued)
    now = dates.now()
    with valued.write("Log") as session:
        session.add(Interaction(customer_id=ids[0], at=now - timedelta(5), channel="visit", minutes=60))
        session.add(Interaction(customer_id=ids[0], at=now - timedelta(6), channel="phone"))
        session.add(Interaction(customer_id=ids[0], at=now - timedelta(7), channel="phone", state="planned"))
    with valued.read() as session:
        one = runs.run(session, dates.today()).of(ids[0])
    years = min(max((23 * 30) / 365.2425, 1), 2)
    assert one is not None
    assert one.inputs.service == pytest.approx((70 / 60 * 30 + 40) / years, rel=1e-3)


def test_a_known_first_day_stretches_the_history(valued: Store) -> None:
    ids = trade(valued)
    with valued.write("Since") as session:
        customer = session.get(Customer, ids[0])
        assert customer is not None
        customer.since = date(2015, 1, 1)
    with valued.read() as session:
        one = runs.run(session, dates.today()).of(ids[0])
    assert one is not None and one.inputs.since_first > 52 * 10
