"""S4: the chronology of one customer among all log entries, beside the bare walk of its index."""

from __future__ import annotations

from random import Random

from crmdesk.features.customers import queries as customers
from crmdesk.features.timeline import queries as timeline
from tests.bench import data
from tests.bench.measure import Figure, Goal, Size, compared, median, share, turns

_WALK = "SELECT at, state, channel FROM interaction WHERE customer_id = ? ORDER BY at DESC LIMIT 50"
ASKED = 40


def run(size: Size) -> list[Figure]:
    """Open the cards of customers picked at random."""
    sources = data.features().moments()
    chosen = [data.ident(1, Random(7).randrange(size.customers)) for _one in range(ASKED * size.rounds)]
    with data.opened(size.customers) as store, store.read() as outer:
        bare = outer.connection().connection.driver_connection
        assert bare is not None
        turn = iter(chosen * 6)

        def product() -> None:
            with store.read() as session:
                timeline.chronology(session, sources, next(turn))

        def contacts() -> None:
            with store.read() as session:
                timeline.moments(session, next(turn), None, 50)

        def card() -> None:
            with store.read() as session:
                one = next(turn)
                customers.card(session, one, store.derived.figures)
                timeline.chronology(session, sources, one)

        def floor() -> None:
            bare.execute(_WALK, (next(turn),)).fetchall()

        ours, log, whole, theirs = turns(ASKED * size.rounds, product, contacts, card, floor)
    return [
        compared("timeline", "contacts of a customer", log, theirs, Goal(ratio=25), "bare index walk"),
        compared("timeline", "contacts and orders", ours, theirs, Goal(), "bare index walk"),
        Figure(
            "timeline", "contacts and orders, p99", share(ours, 99), share(theirs, 99), goal=Goal(most=20)
        ),
        Figure("timeline", "all a card shows", median(whole), median(theirs), goal=Goal(most=50)),
    ]
