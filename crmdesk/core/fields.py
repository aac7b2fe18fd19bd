"""What a column means to people: one declaration for form, table, search, filter, import and export."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from crmdesk.core.kinds import Kind


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values a choice field may take: stored key and label to translate at display."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """A column as people see it; `label` and choice labels are translated when shown."""

    name: str
    label: str
    kind: Kind
    choices: tuple[Choice, ...] = ()
    personal: bool = False
    synonyms: tuple[str, ...] = ()
    search: bool = False
    listed: bool = True
    table: str = ""

    def choice_label(self, key: str | None, translate: Callable[[str], str] = str) -> str:
        """The label of a stored choice, or the stored key where it is no longer a choice."""
        for choice in self.choices:
            if choice.key == key:
                return translate(choice.label)
        return key or ""


def choices(*pairs: tuple[str, str]) -> tuple[Choice, ...]:
    """Choices out of (key, label) pairs, in the order shown to people."""
    return tuple(Choice(key, label) for key, label in pairs)
