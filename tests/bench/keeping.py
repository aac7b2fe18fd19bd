"""S8: all kept figures made anew, read again, and followed after one order, beside one plain grouping."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from sqlalchemy import select, text

from crmdesk.core import dates
from crmdesk.core.store import Store
from crmdesk.features.orders.records import Order
from crmdesk.features.portfolio import queries as portfolio
from tests.bench import data
from tests.bench.measure import Figure, Goal, Size, compared, once, turns

_GROUP = "SELECT customer_id, sum(amount), count(*), max(date) FROM orders GROUP BY customer_id"


def run(size: Size) -> list[Figure]:
    """Compute and read figures of all customers."""
    today = dates.today()
    with data.opened(size.customers) as store:
        figures = store.derived.figures
        assert figures is not None

        def reading(work: Callable[..., object]) -> Callable[[], None]:
            def go() -> None:
                with store.read() as session:
                    work(session)

            return go

        def by_name(prefix: tuple[str, ...]) -> Callable[[], None]:
            chosen = [one for one in figures.measures if one.name in prefix]
            return reading(lambda session: [one.compute(session, None, today) for one in chosen])

        kept = select(figures.table.c.customer_id, figures.table.c.turnover_12m, figures.table.c.orders_12m)
        floor, rfm, whole, board, dashboard = turns(
            size.rounds,
            reading(lambda session: session.execute(text(_GROUP)).all()),
            by_name(("turnover_12m", "orders_12m", "last_order")),
            by_name(tuple(one.name for one in figures.measures if not one.whole)),
            reading(lambda session: session.execute(kept).all()),
            reading(lambda session: portfolio.current(session, today)),
        )
    follow = _follow(size)
    return [
        compared("figures", "turnover, recency, frequency", rfm, floor, Goal(ratio=2), "one GROUP BY"),
        compared("figures", "all measures of one customer each", whole, floor, Goal(), "one GROUP BY"),
        compared("figures", "dashboard from kept figures", board, floor, Goal(ratio=0.5), "one GROUP BY"),
        compared("figures", "clusters with their history", dashboard, floor, Goal(), "one GROUP BY"),
        Figure("figures", "one order, written and followed", follow, goal=Goal(most=50)),
    ]


def _follow(size: Size) -> float:
    with data.scratch() as folder:
        copy = folder / "copy.crmdesk"
        shutil.copy(data.store_path(size.customers), copy)
        store = data.features().open(copy)
        try:
            times = [once(lambda: _order(store, number)) for number in range(size.rounds)]  # noqa: B023
        finally:
            store.close()
    return sorted(times)[len(times) // 2]


def _order(store: Store, number: int) -> None:
    with store.write("Add order") as session:
        session.add(
            Order(customer_id=data.ident(1, number), date=dates.today(), amount=100_00, number=f"N{number}")
        )
