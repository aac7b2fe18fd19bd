"""Recognises a workbook that crmdesk wrote itself: a very hidden sheet says what its columns are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from crmdesk.features.exchange.mapping import Guess
from crmdesk.features.exchange.reading import Workbook
from crmdesk.features.exchange.rules import SheetPlan

SECRET, MARK = "crmdesk", "export"
_RECORDS = MappingProxyType(
    {
        "interaction": "contact",
        "orders": "order",
        "order_line": "line",
        "year_turnover": "turnover",
        "affiliation": "person",
    }
)
_ON_LINES = MappingProxyType({"product.code": "line.product_code", "product.name": "line.product_name"})


def target_name(table: str, name: str) -> str:
    """The import target of a column that was exported, given the sheet it stands in."""
    if table == "order_line" and name in _ON_LINES:
        return _ON_LINES[name]
    record, _dot, field = name.partition(".")
    if table == "person" and record == "point":
        return f"person.{field}"
    return f"{_RECORDS.get(record, record)}.{field}"


def headings(workbook: Workbook) -> Mapping[str, Mapping[str, str]]:
    """Headings and their targets by sheet; empty where another program wrote the workbook."""
    for sheet in workbook.sheets:
        if sheet.hidden and sheet.name == SECRET and sheet.rows and sheet.rows[0][0] == MARK:
            return _parsed(sheet.rows[3:])
    return {}


def _parsed(rows: Iterable[tuple[object, ...]]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        try:
            told = json.loads(str(row[1]))
        except (ValueError, IndexError):
            continue
        if isinstance(told, dict):
            found[str(row[0])] = {str(label): str(name) for label, name in told.items()}
    return found


def settle(plan: SheetPlan, told: Mapping[str, str]) -> SheetPlan:
    """The plan of one of our own sheets: its columns are what they were when it left."""
    guesses = tuple(Guess(column.index, told.get(column.name, "")) for column in plan.columns)
    return replace(plan, main=plan.main or "own", guesses=guesses)
