"""Finds the record that a row speaks of, among those stored and those met earlier in the files.

The rules are tried in order: customers by record id, number, VAT number, name and town; people by e-mail,
last digits of the phone, name and company. Stored records and new ones stand in the same lists, so a file
imported twice finds again exactly what it made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from crmdesk.core import kinds

CREATED, UPDATED, UNCHANGED, SKIPPED = "created", "updated", "unchanged", "skipped"
DIFFERS = "differs"
_PHONE_DIGITS = 9
_SHORTEST_PHONE = 5
_NOT_DIGIT = re.compile(r"\D")
_NOT_LETTER = re.compile(r"[\W_]")
_COUNTRY = re.compile(r"^[A-Z]{2}(?=\d)")


@dataclass(slots=True, eq=False)
class Draft:
    """A record as it will be: what the files say, what is stored, and what will be done with it."""

    kind: str
    values: dict[str, Any]
    links: dict[str, Draft] = field(default_factory=dict)
    known: dict[str, Any] | None = None
    id: str = ""
    file: int = -1
    table: int = -1
    row: int = -1
    outcome: str = ""
    changes: dict[str, Any] = field(default_factory=dict)

    def value(self, name: str) -> Any:
        """What the files say, else what is stored."""
        said = self.values.get(name)
        return said if said is not None or self.known is None else self.known.get(name)


def fold(text: str | None) -> str:
    """A text for comparing; quick for plain letters."""
    if not text:
        return ""
    return " ".join(text.lower().split()) if text.isascii() else kinds.fold(text)


def phone_key(text: str) -> str:
    """The last digits of a phone number, which are the same however it is written."""
    digits = _NOT_DIGIT.sub("", text)
    return digits[-_PHONE_DIGITS:] if len(digits) >= _SHORTEST_PHONE else fold(text)


def vat_key(text: str | None) -> str:
    """A VAT number without country letters and marks."""
    return _COUNTRY.sub("", _NOT_LETTER.sub("", text).upper()) if text else ""


def agree(one: Any, other: Any) -> bool:
    """Whether two values do not contradict each other: one is not known, or they are the same."""
    return not one or not other or one == other


class Customers:
    """All customers known so far, by whatever identifies them."""

    def __init__(self) -> None:
        self.by_id: dict[str, Draft] = {}
        self._by_number: dict[str, Draft] = {}
        self._by_vat: dict[str, Draft] = {}
        self._by_name: dict[str, list[Draft]] = {}
        self._towns: dict[Draft, str] = {}

    def add(self, draft: Draft, town: str | None) -> None:
        """Make a customer findable by what is known of it now."""
        if draft.id:
            self.by_id[draft.id] = draft
        number, vat, name = (
            draft.value("number"),
            vat_key(draft.value("vat_number")),
            fold(draft.value("name")),
        )
        if number:
            self._by_number.setdefault(number, draft)
        if vat:
            self._by_vat.setdefault(vat, draft)
        if town and draft not in self._towns:
            self._towns[draft] = fold(town)
        if name:
            same = self._by_name.setdefault(name, [])
            if draft not in same:
                same.append(draft)

    def find(self, values: dict[str, Any], town: str | None) -> list[Draft]:
        """The customers a row may mean, the best first; several only where the name alone decides."""
        found = self.by_id.get(values.get("id", "")) or self._by_number.get(values.get("number", ""))
        if found is not None:
            return [found]
        number, vat = values.get("number"), vat_key(values.get("vat_number"))
        found = self._by_vat.get(vat)
        if vat and found is not None and agree(found.value("number"), number):
            return [found]
        return self._named(fold(values.get("name")), fold(town), number, vat)

    def _named(self, name: str, town: str, number: str | None, vat: str) -> list[Draft]:
        same = [
            draft
            for draft in self._by_name.get(name, ())
            if agree(draft.value("number"), number)
            and agree(vat_key(draft.value("vat_number")), vat)
            and agree(self._towns.get(draft), town)
        ]
        if len(same) > 1 and town:
            exact = [draft for draft in same if self._towns.get(draft) == town]
            return exact[:1] or same[:1]
        return same


class People:
    """All persons known so far, by e-mail, phone, and name with company."""

    def __init__(self) -> None:
        self._by_way: dict[str, list[Draft]] = {}
        self._by_name: dict[tuple[Draft | None, str], Draft] = {}

    def add(self, draft: Draft, company: Draft | None, ways: Iterable[str] = ()) -> None:
        """Make a person findable; `ways` are folded e-mails and phone keys."""
        self._by_name.setdefault((company, name_key(draft)), draft)
        for way in ways:
            self.add_way(draft, way)

    def add_way(self, draft: Draft, way: str) -> None:
        """Make a person findable by one more phone or e-mail."""
        same = self._by_way.setdefault(way, [])
        if draft not in same:
            same.append(draft)

    def find(self, name: str, company: Draft | None, ways: Iterable[str]) -> Draft | None:
        """The person of a row, None where it is a new one; a shared phone does not make two names one."""
        for way in ways:
            for draft in self._by_way.get(way, ()):
                if agree(name_key(draft), name):
                    return draft
        return self._by_name.get((company, name))


def name_key(person: Draft) -> str:
    """First and last name of a person, for comparing."""
    return fold(f"{person.value('first_name') or ''} {person.value('last_name') or ''}")


def settle(draft: Draft, mode: str) -> None:
    """Decide what becomes of a draft: `mode` is fill (blanks only), overwrite or skip."""
    if draft.known is None:
        draft.outcome = CREATED
        return
    if mode == "skip":
        draft.changes.clear()
        draft.outcome = SKIPPED
        return
    for name, value in draft.values.items():
        if value is None or draft.known.get(name) == value:
            continue
        if mode == "overwrite" or _blank(draft, name):
            draft.changes[name] = value
    draft.outcome = UPDATED if draft.changes else UNCHANGED


def _blank(draft: Draft, name: str) -> bool:
    """Whether a stored value says nothing: empty, or only put there for want of better."""
    assert draft.known is not None
    value = draft.known.get(name)
    if value is None or value == "" or value is False:
        return True
    if name == "name":
        return bool(value == draft.known.get("number" if draft.kind == "customers" else "code"))
    return draft.kind == "orders" and name == "amount" and value == 0
