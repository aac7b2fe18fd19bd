"""Rows about customers and people: who is meant, and what the row adds to what is known of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from crmdesk.core.i18n import _
from crmdesk.features.exchange.known import PHONES, Known, point_key
from crmdesk.features.exchange.matching import DIFFERS, Draft, agree, fold, name_key
from crmdesk.features.exchange.plan import Plan

Where = tuple[int, int]
Ways = list[tuple[str, str]]
PLACE = ("street", "postcode", "town", "province", "country")
_IDENTITY = ("id", "number", "name", "vat_number")
_SPLIT_MAIL = re.compile(r"\s*(?:[;,\s]|:::)\s*")
_SPLIT_PHONE = re.compile(
    r"\s*(?:[;\n|,/]|:::)\s*|\s(?:[-\u2013&+eoи]|or|and|od|oder|und|ou|et|или"
    r"|(?:cell|cel|tel|mob|fax)\.?)\s",
    re.I,
)
_PHONE_LABEL = re.compile(
    r"^(?:tel|phone|telefono|cell|cel|mob|mobile|t|ph|тел|моб)[.:]*\s*(?=[+(]?\d)", re.I
)
_LEAST_DIGITS = 6
_SPLIT_TAGS = re.compile(r"\s*(?:[;,|\n]|:::)\s*")
_ROLE = ("role", "decides")
_WAY_ORDER = ("phone", "mobile", "email", "fax")


class Unclear(Exception):
    """The row cannot be understood as it is; carries the reason for people."""


class Parties:
    """Finds or drafts the customers and people of rows."""

    def __init__(self, plan: Plan, known: Known) -> None:
        self.plan = plan
        self.known = known
        self._reachable: set[Draft] = set()

    def take(self, draft: Draft, values: Mapping[str, Any], where: Where) -> None:
        """Add what a row says; the first row that says something is believed."""
        self.plan.touch(draft, *where)
        for name, value in values.items():
            said = draft.values.get(name)
            if said is None:
                draft.values[name] = value
            elif said != value:
                self.plan.clash(where[0], draft.kind, name)

    def names_customer(self, where: Where) -> bool:
        """Whether a row names a customer, or a person who would be one."""
        table = self.plan.tables[where[0]]
        values = table.pick("customer", where[1])
        return any(values.get(name) for name in _IDENTITY) or any(_names(table.pick("person", where[1])))

    def known_customer(self, where: Where) -> Draft | None:
        """The customer of a row where it is known already and there is no doubt."""
        table = self.plan.tables[where[0]]
        values = table.pick("customer", where[1])
        found = self.known.customers.find(values, _place(table.pick("address", where[1])).get("town"))
        return found[0] if len(found) == 1 else None

    def customer(self, where: Where, main: bool) -> Draft | None:
        """The customer of a row, with address, phones, tags; None where the row names nobody."""
        table = self.plan.tables[where[0]]
        values = table.pick("customer", where[1])
        place = _place(table.pick("address", where[1]))
        if not self.names_customer(where):
            return None
        if any(values.get(name) for name in _IDENTITY):
            found = self._company(values, place.get("town"), where, main)
        else:
            found = self._private(where, values)
        if place:
            self._address(found, place, where)
        self._ways(found, table.pick("point", where[1]) or [], where)
        for tag in _SPLIT_TAGS.split(values.get("tags") or ""):
            if tag:
                self._link("tags", self.known.tags, (found, fold(tag)), {"name": tag}, where)
        return found

    def _company(self, values: dict[str, Any], town: str | None, where: Where, main: bool) -> Draft:
        fields = {name: value for name, value in values.items() if name not in ("id", "tags")}
        candidates = self.known.customers.find(values, town)
        if len(candidates) > 1 and not main:
            raise Unclear(_("Several customers have this name. Add a column with their numbers."))
        if candidates:
            draft = candidates[0]
            fresh = any(draft.value(name) is None and name in fields for name in _IDENTITY)
            self.take(draft, fields, where)
            if not fresh and not town:
                return draft
        else:
            draft = Draft("customers", {})
            self.take(draft, fields, where)
        self.known.customers.add(draft, town)
        return draft

    def _private(self, where: Where, values: dict[str, Any]) -> Draft:
        """A person without a company is a customer of their own."""
        person = self.plan.tables[where[0]].pick("person", where[1])
        name = _full(*_names(person))
        own = {key: person[key] for key in ("notes", "language", "channel") if key in person}
        draft = self._company({"form": "person", **own, **values, "name": name}, None, where, True)
        self._ways(draft, self.plan.tables[where[0]].pick("person_point", where[1]) or [], where)
        return draft

    def person(self, customer: Draft, where: Where) -> None:
        """The person a row names beside its company, with role, phones and e-mails."""
        table = self.plan.tables[where[0]]
        values = table.pick("person", where[1])
        first, last = _names(values)
        ways: Ways = table.pick("person_point", where[1]) or []
        if not first and not last:
            self._ways(customer, ways, where)
            return
        name = fold(_full(first, last))
        if customer.values.get("form") == "person" and fold(customer.value("name")) == name:
            return
        keys = [point_key(way, value) for way, value in _split(ways) if way != "fax"]
        draft = self.known.people.find(name, customer, keys)
        own = {name: value for name, value in values.items() if name not in (*_ROLE, "full_name")}
        draft = draft or Draft("people", {})
        self.take(
            draft, {**own, **{k: v for k, v in (("first_name", first), ("last_name", last)) if v}}, where
        )
        self.known.people.add(draft, customer, keys)
        role = {name: values[name] for name in _ROLE if values.get(name)}
        self._link("roles", self.known.roles, (draft, customer), role, where, {"person_id": draft})
        self._ways(draft, ways, where)

    def spoken_with(self, customer: Draft, name: str) -> Draft | None:
        """The known person of a customer by name."""
        found = self.known.people.find(fold(name), customer, ())
        return found if found is not None and name_key(found) == fold(name) else None

    def _address(self, customer: Draft, place: dict[str, Any], where: Where) -> None:
        known = self.known.addresses.setdefault(customer, [])
        for draft in known:
            if all(agree(fold(draft.value(name)), fold(value)) for name, value in place.items()):
                self.take(
                    draft, {n: v for n, v in place.items() if not draft.value(n) or n in draft.values}, where
                )
                return
        if not known:
            draft = Draft("addresses", {}, {"customer_id": customer})
            known.append(draft)
            self.take(draft, place, where)
        elif known[0].table < 0:
            self.take(known[0], place, where)
            known[0].outcome = DIFFERS
        else:
            self.plan.clash(where[0], "addresses", "town" if "town" in place else next(iter(place)))

    def _ways(self, owner: Draft, ways: Iterable[tuple[str, str]], where: Where) -> None:
        for way, value in _split(ways):
            key = (owner, point_key(way, value))
            draft = self.known.points.get(key)
            if draft is None:
                draft = Draft("points", {"kind": way, "value": value})
                draft.links["person_id" if owner.kind == "people" else "customer_id"] = owner
                if owner.known is None and way in PHONES and owner not in self._reachable:
                    draft.values["preferred"] = True
                    self._reachable.add(owner)
                self.known.points[key] = draft
            self.plan.touch(draft, *where)

    def _link(
        self,
        kind: str,
        register: dict[Any, Draft],
        key: tuple[Draft, Any],
        values: dict[str, Any],
        where: Where,
        links: dict[str, Draft] | None = None,
    ) -> None:
        draft = register.get(key)
        if draft is None:
            customer = key[1] if links else key[0]
            draft = register[key] = Draft(kind, {}, {**(links or {}), "customer_id": customer})
        self.take(draft, values if draft.known is None or kind != "tags" else {}, where)


def _place(values: Mapping[str, Any]) -> dict[str, Any]:
    place = {name: values[name] for name in PLACE if values.get(name)}
    if values.get("region"):
        place.setdefault("province", values["region"])
    if values.get("full"):
        place.setdefault("street", values["full"])
    return place


def _names(person: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """First and last name; a full name is cut at its first blank, or at its comma."""
    first, last = person.get("first_name"), person.get("last_name")
    full = person.get("full_name")
    if first or last or not full:
        return first, last
    if "," in full:
        last, _comma, first = full.partition(",")
    else:
        first, _blank, last = full.partition(" ")
    return (first.strip() or None, last.strip() or None) if last.strip() else (None, first.strip())


def _full(first: str | None, last: str | None) -> str:
    return " ".join(part for part in (first, last) if part)


def _split(ways: Iterable[tuple[str, str]]) -> Ways:
    """Each phone and e-mail by itself where a cell holds several, phones first."""
    found: Ways = []
    for way, text in ways:
        parts = _SPLIT_MAIL.split(text) if way == "email" else _numbers(text)
        found += [(way, part) for part in parts if part and (way != "email" or "@" in part)]
    return sorted(found, key=lambda pair: _WAY_ORDER.index(pair[0]))


def _numbers(text: str) -> list[str]:
    """The phone numbers of a cell; it is cut only where a whole number stands on either side."""
    parts, start = [], 0
    for found in _SPLIT_PHONE.finditer(text):
        sure = found[0].strip() in (";", "|", ":::", "")
        if sure or min(_digits(text[start : found.start()]), _digits(text[found.end() :])) >= _LEAST_DIGITS:
            parts.append(text[start : found.start()])
            start = found.end()
    return [_PHONE_LABEL.sub("", part.strip()) for part in (*parts, text[start:])]


def _digits(text: str) -> int:
    return sum(sign.isdigit() for sign in text)
