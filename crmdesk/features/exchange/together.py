"""Columns that only make sense together: credit notes with amounts, days with hours, costs per piece."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from crmdesk.features.exchange import targets
from crmdesk.features.exchange.values import Filled

_CLOCK = re.compile(r"(\d{1,2})[:.](\d\d)(?:[:.]\d\d)?")
_SIGNED = ("order.amount", "order.cost", "order.profit", "line.amount", "line.cost", "line.profit")
_EMPTY = Decimal(0)


def settle(columns: list[Filled]) -> list[Filled]:
    """The columns of a table after they were looked at together."""
    found = {column.target.key: column for column in columns}
    _turn_credits(found)
    if "contact.at" in found and "contact.time" in found:
        _add_clock(found["contact.at"], found["contact.time"])
    kept = [column for column in columns if column.target.key != "contact.time"]
    return [*kept, *_cost_of_lines(found)]


def _turn_credits(found: dict[str, Filled]) -> None:
    """Credit notes told with positive amounts become negative; where one is negative, all are right."""
    if "order.kind" not in found:
        return
    credits = [row for row, kind in enumerate(found["order.kind"].values) if kind == "credit"]
    signed = [found[key].values for key in _SIGNED if key in found]
    quantities = found["line.quantity"].values if "line.quantity" in found else None
    amounts = [values for values in (*signed[:1], *([quantities] if quantities else ())) if values]
    if not credits or any(_below_zero(values, credits) for values in amounts):
        return
    for values in (*signed, *([quantities] if quantities else ())):
        for row in credits:
            if values[row] is not None:
                values[row] = -values[row]


def _below_zero(values: Sequence[Any], rows: Sequence[int]) -> bool:
    return any(values[row] is not None and values[row] < 0 for row in rows)


def _add_clock(day: Filled, clock: Filled) -> None:
    for row, (moment, text) in enumerate(zip(day.values, clock.values, strict=True)):
        told = _CLOCK.search(text or "")
        if isinstance(moment, datetime) and moment.time() == time() and told and int(told[1]) < 24:
            day.values[row] = moment.replace(hour=int(told[1]), minute=min(int(told[2]), 59))


def _cost_of_lines(found: dict[str, Filled]) -> list[Filled]:
    """Where lines tell a quantity and what one piece cost, the cost of the line follows."""
    cost, quantity = found.get("product.cost"), found.get("line.quantity")
    told = "line.cost" in found or "line.profit" in found
    target = targets.target("line.cost")
    if cost is None or quantity is None or told or target is None:
        return []
    values = [
        None if each is None or many is None else Decimal(each) / 100 * many
        for each, many in zip(cost.values, quantity.values, strict=True)
    ]
    return [Filled(target, cost.header, cost.index, values)]
