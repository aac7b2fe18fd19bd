"""The demo firm: always the same, believable, alive on every screen, and gone with one undo."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from crmdesk.core.checks import tax_warning
from crmdesk.core.errors import Refused
from crmdesk.core.record import ALIVE
from crmdesk.core.store import Store
from crmdesk.features.customers.records import Customer, Firm
from crmdesk.features.demo.actions import RECORDS, make_demo
from crmdesk.features.demo.firm import firm
from crmdesk.features.demo.names import PRODUCTS, TRADES
from crmdesk.features.demo.words import load_words
from crmdesk.features.orders.records import Order, OrderLine
from crmdesk.features.timeline.records import Interaction

TODAY = date(2026, 11, 22)


@pytest.fixture
def demo(store: Store) -> Store:
    make_demo(store, 1, "en", TODAY)
    return store


def content(seed: int, language: str = "en", today: date = TODAY) -> str:
    return hashlib.sha256(repr(firm(seed, load_words(language), today).tables).encode()).hexdigest()


def test_the_same_number_gives_the_same_firm_and_another_one_another() -> None:
    assert content(1) == content(1)
    assert content(1) != content(2)
    assert content(1) != content(1, today=TODAY + timedelta(1))


def test_the_language_changes_words_and_nothing_else() -> None:
    english, russian = (firm(1, load_words(language), TODAY).tables for language in ("en", "ru"))
    assert [row["name"] for row in english["customer"]] == [row["name"] for row in russian["customer"]]
    assert [row["amount"] for row in english["orders"]] == [row["amount"] for row in russian["orders"]]
    assert english["interaction"][0]["text"] != russian["interaction"][0]["text"]


@pytest.mark.parametrize("language", ["en", "it", "ru"])
def test_every_language_has_all_words(language: str) -> None:
    words = load_words(language)
    assert set(words.products) == {product[0] for product in PRODUCTS}
    assert set(words.trades) == {trade.key for trade in TRADES}
    texts = [row["text"] for row in firm(3, words, TODAY).tables["interaction"]]
    assert not [text for text in texts if "{" in text]


def test_there_are_240_customers_with_numbers_of_their_own(demo: Store) -> None:
    with demo.read() as session:
        customers = session.execute(Customer.alive()).scalars().all()
    assert len(customers) == 240
    assert len({customer.number for customer in customers}) == 240
    assert len({customer.name for customer in customers}) == 240
    assert not [one.vat_number for one in customers if one.vat_number and tax_warning(one.vat_number, "IT")]


def test_every_measure_is_alive(demo: Store) -> None:
    demo.keep_up()
    figures = demo.derived.figures
    assert figures is not None
    with demo.read() as session:
        for measure in figures.measures:
            column = figures.table.c[measure.name]
            told = session.execute(select(func.count(column.distinct()))).scalar_one()
            least = 0 if measure.name == "evidence" else 3  # the evidence is that of the whole firm
            assert told > least, f"{measure.name} says the same for everybody"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_few_customers_bring_most_of_the_money(seed: int) -> None:
    sold: Counter[str] = Counter()
    for order in firm(seed, load_words("en"), TODAY).tables["orders"]:
        sold[order["customer_id"]] += order["amount"] if order["date"] > TODAY - timedelta(365) else 0
    ranked = sorted((amount for amount in sold.values() if amount > 0), reverse=True)
    assert 0.55 < sum(ranked[: len(ranked) // 5]) / sum(ranked) < 0.75


def test_orders_are_the_sum_of_their_lines_and_leave_a_margin(demo: Store) -> None:
    with demo.read() as session:
        lines = dict(
            session.execute(
                select(OrderLine.order_id, func.sum(OrderLine.amount)).group_by(OrderLine.order_id)
            ).all()
        )
        orders = session.execute(Order.alive()).scalars().all()
    assert all(lines[order.id] == order.amount for order in orders)
    assert sum(order.cost or 0 for order in orders) < 0.75 * sum(order.amount for order in orders)
    assert min(order.amount for order in orders) < 0
    assert len({order.number for order in orders}) == len(orders)


def test_plans_are_late_for_today_and_ahead(demo: Store) -> None:
    with demo.read() as session:
        planned = select(Interaction.at).where(Interaction.state == "planned")
        days = [at.date() for at in session.execute(planned).scalars()]
        latest = session.execute(select(func.max(Interaction.at)).where(Interaction.state == "done")).scalar()
    assert sum(day < TODAY for day in days) >= 10
    assert TODAY in days
    assert sum(day > TODAY for day in days) >= 30
    assert latest is not None and latest.date() <= TODAY


def test_undo_leaves_nothing_and_the_demo_can_be_made_again(demo: Store) -> None:
    demo.undo()
    with demo.read() as session:
        for record in (*RECORDS, Firm):
            assert not session.execute(select(func.count()).where(record.deleted == ALIVE)).scalar_one()
    make_demo(demo, 2, "it", TODAY)


def test_a_file_with_customers_is_left_alone(demo: Store) -> None:
    with pytest.raises(Refused):
        make_demo(demo, 1, "en", TODAY)
