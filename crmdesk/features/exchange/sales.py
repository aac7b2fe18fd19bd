"""Rows about products, orders with their lines, yearly turnover and the contact log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from crmdesk.core.i18n import _
from crmdesk.core.money import to_minor
from crmdesk.features.exchange.known import Known, log_key, product_keys
from crmdesk.features.exchange.matching import Draft, agree
from crmdesk.features.exchange.parties import Parties, Unclear, Where
from crmdesk.features.exchange.plan import Plan

_MONEY = ("amount", "cost", "profit")
_LINE_SIGNS = ("description", "unit_price", "amount", "product_code", "product_name")


class Sales:
    """Finds or drafts what customers bought and what was said to them."""

    def __init__(self, plan: Plan, known: Known, parties: Parties, currency: str, now: datetime) -> None:
        self.plan = plan
        self.known = known
        self.parties = parties
        self.currency = currency
        self.now = now
        self.fresh_lines: dict[Draft, list[Draft]] = {}
        self._stored_total: dict[Draft, int] = {}
        self._waiting: dict[Draft, dict[tuple[Any, ...], list[Draft]]] = {}
        self._loose_used: dict[Any, int] = {}

    def cents(self, amount: Decimal | None) -> int | None:
        """An exact amount in the smallest coin, each rounded half up by itself."""
        return None if amount is None else to_minor(amount, self.currency)

    def has_order(self, customer: Draft, number: str | None) -> bool:
        """Whether the customer has an order of this number."""
        return number is not None and (customer, number) in self.known.orders

    def product(self, where: Where, line: Mapping[str, Any]) -> Draft | None:
        """The product of a row, None where it names none."""
        values = self.plan.tables[where[0]].pick("product", where[1])
        for name, own in (("product_code", "code"), ("product_name", "name"), ("category", "category")):
            if name in line:
                values.setdefault(own, line[name])
        keys = product_keys(values.get("code"), values.get("name"))
        if not keys:
            return None
        code = values.get("code")
        register = self.known.products
        found = (register[key] for key in keys if key in register)
        draft = next((each for each in found if agree(each.value("code"), code)), None) or Draft(
            "products", {}
        )
        self.parties.take(draft, values, where)
        for key in keys:
            register.setdefault(key, draft)
        return draft

    def order(self, customer: Draft | None, line: Mapping[str, Any], where: Where) -> Draft:
        """The order of a row with what it says of it; Unclear where it cannot be made."""
        values = dict(self.plan.tables[where[0]].pick("order", where[1]))
        given = {name: values.pop(name, None) for name in _MONEY}
        amount = self.cents(row_amount(given, line)) or 0
        found = self._find_order(customer, values, amount)
        if found is None:
            assert customer is not None
            found = Draft("orders", {}, {"customer_id": customer})
            found.values["date"] = values["date"]
            if values.get("number"):
                found.values["number"] = values["number"]
            self.known.add_order(found, amount)
        if given["amount"] is not None:
            values["amount"] = amount
            if given["profit"] is not None:
                values.setdefault("cost", self.cents(given["amount"] - given["profit"]))
        if given["cost"] is not None:
            values["cost"] = self.cents(given["cost"])
        self.parties.take(found, values, where)
        return found

    def _find_order(self, customer: Draft | None, values: Mapping[str, Any], amount: int) -> Draft | None:
        number, day = values.get("number"), values.get("date")
        if number and customer is None:
            same = self.known.numbers.get(number, [])
            if len(same) == 1:
                return same[0]
            raise Unclear(
                _("Several customers have an order {number}. Add a column with the customer.").format(
                    number=number
                )
                if same
                else _("There is no order {number}, and this row names no customer.").format(number=number)
            )
        if customer is None:
            raise Unclear(_("This row names no customer."))
        found = self.known.orders.get((customer, number)) if number else self._loose(customer, day, amount)
        if found is None and day is None:
            raise Unclear(_("An order needs a date."))
        return found

    def _loose(self, customer: Draft, day: date | None, amount: int) -> Draft | None:
        """The next stored order without number of the same customer, day and amount."""
        if day is None:
            return None
        key = (customer, day, amount)
        stored = self.known.loose.get(key, ())
        place = self._loose_used.get(key, 0)
        self._loose_used[key] = place + 1
        return stored[place] if place < len(stored) else None

    def line(self, order: Draft, product: Draft | None, line: Mapping[str, Any], where: Where) -> None:
        """The line of a row, where it says more than an amount for the whole order."""
        if product is None and not any(name in line for name in _LINE_SIGNS):
            return
        exact = line_amount(line)
        values = {
            "description": line.get("description"),
            "quantity": _number(line.get("quantity")),
            "unit_price": self.cents(line.get("unit_price")),
            "discount": _number(line.get("discount")),
            "amount": self.cents(exact) or 0,
            "cost": self.cents(line_cost(line, exact)),
        }
        content = (product, values["description"], values["quantity"], values["amount"])
        waiting = self._stored_lines(order).get(content)
        if waiting:
            draft = waiting.pop(0)
        else:
            fresh = self.fresh_lines.setdefault(order, [])
            links = {"order_id": order} | ({"product_id": product} if product is not None else {})
            draft = Draft("lines", {"position": float(self._count(order) + len(fresh) + 1)}, links)
            fresh.append(draft)
        self.parties.take(draft, {name: value for name, value in values.items() if value is not None}, where)

    def _count(self, order: Draft) -> int:
        return len(self.known.lines.get(order, ())) if order.known is not None else 0

    def _stored_lines(self, order: Draft) -> dict[tuple[Any, ...], list[Draft]]:
        """The stored lines of an order that no row has claimed yet, by what they say."""
        if order not in self._waiting:
            found: dict[tuple[Any, ...], list[Draft]] = {}
            for draft in self.known.lines.get(order, ()):
                content = (
                    draft.links.get("product_id"),
                    draft.value("description"),
                    draft.value("quantity"),
                    draft.value("amount"),
                )
                found.setdefault(content, []).append(draft)
            self._stored_total[order] = sum(
                draft.value("amount") for draft in self.known.lines.get(order, ())
            )
            self._waiting[order] = found
        return self._waiting[order]

    def close_orders(self) -> None:
        """Give each order the sum of its lines, unless its amount was told."""
        for order in self.plan.drafts["orders"]:
            lines = self.fresh_lines.get(order, [])
            if order.known is None:
                _sum_up(order, lines)
            elif lines and order.known["amount"] == self._stored_total.get(order, 0):
                order.changes["amount"] = order.known["amount"] + sum(line.values["amount"] for line in lines)
                costs = [line.values.get("cost") for line in lines]
                if None not in costs and (order.known["cost"] is not None or not self._count(order)):
                    order.changes["cost"] = (order.known["cost"] or 0) + sum(filter(None, costs))

    def yearly(self, customer: Draft, where: Where) -> None:
        """The turnover of one or several years that a row tells."""
        values = self.plan.tables[where[0]].pick("turnover", where[1])
        years = {int(name): amount for name, amount in values.items() if name.isdigit()}
        if "year" in values and "amount" in values:
            years[int(values["year"])] = values["amount"]
        for year, amount in years.items():
            draft = self.known.turnover.get((customer, year))
            if draft is None:
                draft = Draft("turnover", {"year": float(year)}, {"customer_id": customer})
                self.known.turnover[customer, year] = draft
            self.parties.take(draft, {"amount": amount}, where)

    def contact(self, customer: Draft, where: Where) -> None:
        """The log entry of a row, and the planned one that follows from it."""
        values = dict(self.plan.tables[where[0]].pick("contact", where[1]))
        at = values.pop("at", None)
        step, day, person = (
            values.pop("next_step", None),
            values.pop("next_date", None),
            values.pop("person", None),
        )
        if at is None:
            raise Unclear(_("A log entry needs a date."))
        if person:
            values["text"] = ": ".join(part for part in (person, values.get("text")) if part)
        values.setdefault("channel", "note")
        values.setdefault("state", "planned" if at > self.now else "done")
        first = self._entry(customer, at, values, where)
        if day is not None:
            ahead = {
                "text": step,
                "channel": "phone",
                "state": "planned" if day >= self.now - timedelta(1) else "done",
            }
            draft = self._entry(customer, day, {k: v for k, v in ahead.items() if v}, where)
            draft.links.setdefault("follows_id", first)

    def _entry(self, customer: Draft, at: datetime, values: dict[str, Any], where: Where) -> Draft:
        if values.get("minutes") is not None:
            values["minutes"] = float(values["minutes"])
        key = log_key(customer, at, values.get("text"))
        draft = self.known.log.get(key)
        if draft is None:
            draft = self.known.log[key] = Draft("log", {"at": at}, {"customer_id": customer})
        self.parties.take(draft, values, where)
        return draft


def row_amount(order: Mapping[str, Any], line: Mapping[str, Any]) -> Decimal | None:
    """The exact amount a row tells: of its order, else of its line."""
    told: Decimal | None = order.get("amount")
    return told if told is not None else line_amount(line)


def line_amount(line: Mapping[str, Any]) -> Decimal | None:
    """The exact amount of a line: as told, or quantity times price less discount; None where unknown."""
    if line.get("amount") is not None:
        return Decimal(line["amount"])
    if line.get("unit_price") is None:
        return None
    discount = line.get("discount") or Decimal(0)
    quantity = line["quantity"] if line.get("quantity") is not None else Decimal(1)
    return Decimal(quantity * line["unit_price"] * (100 - discount) / 100)


def line_cost(line: Mapping[str, Any], amount: Decimal | None) -> Decimal | None:
    """The cost of a line: as told, or what the profit leaves of the amount."""
    if line.get("cost") is not None:
        return Decimal(line["cost"])
    return amount - line["profit"] if amount is not None and line.get("profit") is not None else None


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _sum_up(order: Draft, lines: list[Draft]) -> None:
    if "amount" not in order.values:
        order.values["amount"] = sum(line.values["amount"] for line in lines)
    costs = [line.values.get("cost") for line in lines]
    if "cost" not in order.values and costs and None not in costs:
        order.values["cost"] = sum(filter(None, costs))
    if order.values["amount"] < 0:
        order.values.setdefault("kind", "credit")
