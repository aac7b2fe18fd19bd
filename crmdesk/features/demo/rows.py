"""What the demo firm consists of: plain rows by table, linked by short names in place of ids."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from crmdesk.features.demo.names import Trade

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Profile:
    """What the stories of one customer follow from: how much it buys, since when, and where it is going.

    `level` is what a usual year brings, in cents; `trend` is steady, growing, falling, silent, new or none.
    """

    id: str
    name: str
    trade: Trade
    level: int
    trend: str
    first: date
    silent_since: date | None
    people: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class FirmRows:
    """All rows by table; links are short names such as c12, unique in the whole firm."""

    tables: dict[str, list[Row]] = field(default_factory=dict)

    def add(self, table: str, prefix: str, **values: Any) -> str:
        """Add a row and give back its short name."""
        rows = self.tables.setdefault(table, [])
        name = f"{prefix}{len(rows) + 1}"
        rows.append({"id": name, **values})
        return name
