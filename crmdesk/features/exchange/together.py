"""Columns that only make sense together: credit notes with amounts, days with hours, costs per piece."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from crmdesk.features.exchange import targets
from crmdesk.features.exchange.headers import normal
from crmdesk.features.exchange.values import Filled

_CLOCK = re.compile(r"(\d{1,2})[:.](\d\d)(?:[:.]\d\d)?")
_SIGNED = ("order.amount", "order.cost", "order.profit", "line.amount", "line.cost", "line.profit")
_SURNAME = re.compile(
    r"(cognome|surname|last name|фамилия|фио|ф и о|nachname|apellidos?)( e| and| und| y)?( nome| name| имя|$)"
)
_TOWN = re.compile(r"(?:[A-Z]{1,2}-)?(\d{4,6})?[\s,-]*([^\d(]+?)(?:\s*\(([A-Z]{2})\)|\s+-?\s*([A-Z]{2}))?$")


def settle(columns: list[Filled]) -> list[Filled]:
    """The columns of a table after they were looked at together."""
    found = {column.target.key: column for column in columns}
    _turn_credits(found)
    if "contact.at" in found and "contact.time" in found:
        _add_clock(found["contact.at"], found["contact.time"])
    if "order.date" in found or "order.number" in found:
        for key in ("customer.name", "customer.number"):
            _fill_down(found.get(key))
    _surname_first(found.get("person.full_name"))
    kept = [column for column in columns if column.target.key != "contact.time"]
    return [*kept, *_cost_of_lines(found), *_parts_of_town(found)]


def _fill_down(column: Filled | None) -> None:
    """A name that stands only in the first row of its group, as in pivot tables, holds for the rows below."""
    told = [value for value in column.values if value is not None] if column else []
    if column is None or not told or column.values[0] is None or len(set(told)) < len(told):
        return
    if len(told) > 0.7 * len(column.values):
        return
    for row in range(1, len(column.values)):
        if column.values[row] is None:
            column.values[row] = column.values[row - 1]


def _surname_first(column: Filled | None) -> None:
    """Where the header says so, the first word of a full name is the last name."""
    if column is None or not _SURNAME.match(normal(column.header)):
        return
    for row, name in enumerate(column.values):
        last, blank, first = (name or "").partition(" ")
        if blank and "," not in name:
            column.values[row] = f"{last}, {first}"


def _parts_of_town(found: dict[str, Filled]) -> list[Filled]:
    """Postcode and province where they stand in one cell with the town: «28922 Verbania (VB)»."""
    town = found.get("address.town")
    told = [value for value in town.values if value] if town else []
    cut = [_TOWN.match(value) for value in told]
    if (
        town is None
        or not told
        or sum(each is not None and bool(each[1] or each[3]) for each in cut) < 0.8 * len(cut)
    ):
        return []
    parts: dict[str, list[Any]] = {"address.postcode": [], "address.province": []}
    for row, value in enumerate(town.values):
        each = _TOWN.match(value) if value else None
        parts["address.postcode"].append(each[1] if each else None)
        parts["address.province"].append((each[3] or each[4]) if each else None)
        town.values[row] = each[2] if each else value
    return [
        Filled(target, town.header, town.index, values)
        for key, values in parts.items()
        if any(values)
        and not (key in found and any(found[key].values))
        and (target := targets.target(key)) is not None
    ]


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
