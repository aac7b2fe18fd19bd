"""What the knowledge slice brings: the owner's rates; the rest serves the slices that reckon with it."""

from __future__ import annotations

from sqlalchemy.engine import Connection

from crmdesk.core.feature import Feature
from crmdesk.core.migrate import MigrationStep
from crmdesk.core.record import table_of
from crmdesk.features.knowledge.records import Rate


def _make_rates(connection: Connection) -> None:
    table_of(Rate).create(connection, checkfirst=True)


feature = Feature(
    name="knowledge",
    needs=("customers", "timeline", "orders", "models"),
    records=(Rate,),
    steps=(MigrationStep("2026-11-22 own rates of value", _make_rates),),
)
