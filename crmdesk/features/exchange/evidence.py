"""Corrects what headers suggested by what the rows prove: sums, repeats, numbers that contradict names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from crmdesk.core.i18n import N_
from crmdesk.core.money import Mark
from crmdesk.features.exchange.columns import Column
from crmdesk.features.exchange.headers import Values
from crmdesk.features.exchange.mapping import Confidence, Guess

_ROWS = 2000
_CENT = 0.011
_AMOUNTS = ("line.amount", "order.amount")
_COSTS = ("line.cost", "product.cost", "product.price", "order.cost")
Numbers = Sequence[float | None]


def prove(
    rows: Sequence[Values], columns: Sequence[Column], guesses: Sequence[Guess], main: str
) -> tuple[Guess, ...]:
    """The guesses after the arithmetic of the rows was asked."""
    sheet = _Sheet(rows[:_ROWS], columns, {guess.target: guess.column for guess in guesses if guess.target})
    changed: dict[int, str] = {}
    if _number_contradicts(sheet):
        changed[sheet.places["customer.number"]] = ""
    if main == "lines":
        changed.update(_line_amounts(sheet))
    return tuple(_changed(guess, changed.get(guess.column, guess.target)) for guess in guesses)


def _changed(guess: Guess, target: str) -> Guess:
    if target == guess.target:
        return guess
    reason = N_("The amounts of the rows show it.") if target else N_("The rows contradict the name.")
    return Guess(guess.column, target, Confidence.LIKELY if target else Confidence.CHECK, reason)


class _Sheet:
    """The first rows of a table, with its columns by target."""

    def __init__(self, rows: Sequence[Values], columns: Sequence[Column], places: Mapping[str, int]) -> None:
        self.rows = rows
        self.columns = columns
        self.places = places

    def has(self, target: str) -> bool:
        """Whether a column fills this target."""
        return target in self.places

    def cells(self, place: int) -> list[object]:
        """The cells of one column."""
        return [row[place] if place < len(row) else None for row in self.rows]

    def of(self, target: str) -> list[object]:
        """The cells of the column of a target."""
        return self.cells(self.places[target])

    def numbers(self, place: int) -> list[float | None]:
        """The cells of one column as numbers."""
        mark = self.columns[place].decimal
        return [_number(value, mark) for value in self.cells(place)]


def _number(value: object, mark: Mark | None) -> float | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value)
    text = re.sub(r"[^\d.,-]", "", str(value))
    if mark == "," or (mark is None and "," in text and "." not in text):
        text = text.replace(".", "").replace(",", ".")
    else:
        text = text.replace(",", "")
    try:
        return float(text)
    except ValueError:
        return None


def _number_contradicts(sheet: _Sheet) -> bool:
    """Whether one customer number stands beside many names, or counts the rows instead of the customers."""
    if not (sheet.has("customer.number") and sheet.has("customer.name")):
        return False
    names: dict[object, set[object]] = {}
    numbers: dict[object, set[object]] = {}
    for number, name in zip(sheet.of("customer.number"), sheet.of("customer.name"), strict=True):
        if number is not None and name is not None:
            names.setdefault(number, set()).add(str(name).casefold())
            numbers.setdefault(str(name).casefold(), set()).add(number)
    if len(numbers) < 2:
        return False
    several = sum(len(found) > 1 for found in names.values()) / len(names)
    repeated = [found for name, found in numbers.items() if len(found) > 1]
    person = sheet.has("person.last_name") or sheet.has("person.full_name")
    dated = sheet.has("order.date") or sheet.has("contact.at")
    rowwise = len(names) == sum(len(found) for found in numbers.values()) and len(repeated) > 0.3 * len(
        numbers
    )
    return (several > 0.5 and len(numbers) > 2 * len(names)) or (rowwise and (person or dated))


def _line_amounts(sheet: _Sheet) -> dict[int, str]:
    """Tell the amount of a line from that of its order, by quantity times price."""
    if not sheet.has("line.quantity"):
        return {}
    quantity = sheet.numbers(sheet.places["line.quantity"])
    changed: dict[int, str] = {}
    if not sheet.has("line.unit_price"):
        price = _hidden_price(sheet, quantity)
        if price is None:
            return {}
        changed[price] = "line.unit_price"
    prices = sheet.numbers(next(iter(changed), sheet.places.get("line.unit_price", 0)))
    exact = _products(quantity, prices, _discounts(sheet))
    for target in _AMOUNTS:
        if not sheet.has(target):
            continue
        place = sheet.places[target]
        told = sheet.numbers(place)
        if _agree(told, exact) >= 0.6:
            changed[place] = "line.amount"
        elif _agree(told, _sums(sheet, exact)) >= 0.6 or _same_in_order(sheet, told, exact):
            changed[place] = "order.amount"
    return changed


def _hidden_price(sheet: _Sheet, quantity: Numbers) -> int | None:
    """A column of costs that is the price: times the quantity it gives the amount of the order or line."""
    amounts = [sheet.places[target] for target in _AMOUNTS if sheet.has(target)]
    for target in _COSTS:
        if not sheet.has(target):
            continue
        exact = _products(quantity, sheet.numbers(sheet.places[target]), None)
        for place in amounts:
            numbers = sheet.numbers(place)
            if _agree(numbers, exact) >= 0.9 or _agree(numbers, _sums(sheet, exact)) >= 0.9:
                return sheet.places[target]
    return None


def _discounts(sheet: _Sheet) -> Numbers | None:
    if not sheet.has("line.discount"):
        return None
    place = sheet.places["line.discount"]
    times = 100 if sheet.columns[place].fraction else 1
    return [None if number is None else number * times for number in sheet.numbers(place)]


def _products(quantity: Numbers, prices: Numbers, discounts: Numbers | None) -> list[float | None]:
    rebates = discounts or [None] * len(quantity)
    return [
        None if many is None or price is None else many * price * (100 - (rebate or 0)) / 100
        for many, price, rebate in zip(quantity, prices, rebates, strict=True)
    ]


def _agree(told: Numbers, exact: Numbers) -> float:
    """The share of rows whose amount is what was worked out, to the cent or half a percent."""
    pairs = [
        (one, other) for one, other in zip(told, exact, strict=True) if one is not None and other is not None
    ]
    if not pairs:
        return 0.0
    return sum(abs(abs(one) - abs(other)) <= max(_CENT, 0.005 * abs(other)) for one, other in pairs) / len(
        pairs
    )


def _sums(sheet: _Sheet, exact: Numbers) -> list[float | None]:
    """For each row the sum over its order."""
    if not sheet.has("order.number"):
        return list(exact)
    totals: dict[object, float] = {}
    orders = sheet.of("order.number")
    for order, number in zip(orders, exact, strict=True):
        totals[order] = totals.get(order, 0.0) + (number or 0.0)
    return [totals[order] for order in orders]


def _same_in_order(sheet: _Sheet, told: Numbers, exact: Numbers) -> bool:
    """Whether orders of several different lines tell one amount: in every row, or in one row only."""
    if not sheet.has("order.number"):
        return False
    amounts: dict[object, set[float]] = {}
    lines: dict[object, set[float]] = {}
    for order, amount, line in zip(sheet.of("order.number"), told, exact, strict=True):
        if amount is not None:
            amounts.setdefault(order, set()).add(amount)
        if line is not None:
            lines.setdefault(order, set()).add(line)
    several = [order for order, found in lines.items() if len(found) > 1 and order in amounts]
    return len(several) >= 3 and sum(len(amounts[order]) == 1 for order in several) >= 0.95 * len(several)
