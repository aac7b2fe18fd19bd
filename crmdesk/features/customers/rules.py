"""What is known about customers without asking the store: names, doubts, who comes first, words for dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Protocol, TypeVar

from crmdesk.core import dates, kinds
from crmdesk.core.errors import InvalidValue
from crmdesk.core.i18n import Region, _
from crmdesk.core.kinds import Kind

PHONES = frozenset({"phone", "mobile"})
POINT_KINDS = MappingProxyType(
    {
        "phone": Kind.PHONE,
        "mobile": Kind.PHONE,
        "fax": Kind.PHONE,
        "email": Kind.EMAIL,
        "web": Kind.LINK,
    }
)
SOON_DAYS = 1


class Markable(Protocol):
    """Something of which one may be marked as preferred."""

    @property
    def preferred(self) -> bool | None:
        """Whether this one was marked."""


M = TypeVar("M", bound=Markable)


@dataclass(frozen=True, slots=True)
class DueWords:
    """A date as the list shows it: words, and the token of their colour."""

    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class SumLine:
    """One line behind a computed figure: what it is, its part of the sum, and why where that is not plain."""

    label: str
    amount: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """A figure with the lines that add up to it, to the cent."""

    lines: tuple[SumLine, ...]
    total: int


def display_name(first: str | None, last: str | None) -> str:
    """A person's name as far as it is known, else the words for an unknown one."""
    known = " ".join(part.strip() for part in (first, last) if part and part.strip())
    return known or _("Unnamed person")


def split_name(text: str) -> tuple[str | None, str | None]:
    """First and last name out of one typed name: the last word is the last name."""
    words = text.split()
    if len(words) < 2:
        return None, (words[0] if words else None)
    return " ".join(words[:-1]), words[-1]


def initials(name: str) -> str:
    """Up to two letters that stand for a name."""
    words = [word for word in name.split() if word[0].isalnum()]
    chosen = words if len(words) < 3 else [words[0], words[-1]]
    return "".join(word[0] for word in chosen).upper()


def sort_name(name: str) -> str:
    """The name as lists sort it: blind to case, accents and signs before the first letter."""
    folded = kinds.fold(name)
    if not name.isascii():
        folded = kinds.fold(folded)  # letters that only now became plain capitals
    start = next((index for index, sign in enumerate(folded) if sign.isalnum()), 0)
    return folded[start:]


def checked_name(name: str) -> str:
    """A name without stray blanks; an empty one is refused."""
    tidy = " ".join(kinds.clean_text(name).split())
    if not tidy:
        raise InvalidValue(_("A customer needs a name. Type one."))
    return tidy


def doubts(values: Mapping[str, tuple[Kind, object]], region: Region) -> dict[str, str]:
    """A warning for each identifier that looks wrong, by field name; nothing is refused."""
    found = {name: kinds.warning(kind, value, region) for name, (kind, value) in values.items()}
    return {name: warning for name, warning in found.items() if warning}


def preferred(items: Iterable[M]) -> M | None:
    """The one marked as preferred, else the first, None where there is none."""
    listed = list(items)
    return next((item for item in listed if item.preferred), listed[0] if listed else None)


def point_kind(kind: str) -> Kind:
    """How the value of a phone, e-mail or web entry is read and checked."""
    return POINT_KINDS.get(kind, Kind.TEXT)


def guess_point(text: str) -> str:
    """Whether a typed way to reach somebody is an e-mail, a web page or a phone number."""
    if "@" in text:
        return "email"
    if any(sign.isalpha() for sign in text) and "." in text:
        return "web"
    return "phone"


def due_words(day: date | None, today: date, region: Region) -> DueWords:
    """A planned day in words: late, today, tomorrow, or the date; nothing planned where there is none."""
    if day is None:
        return DueWords(_("nothing planned"), "text_3")
    if day < today:
        return DueWords(_("{date}, late").format(date=dates.show_date(day, region, today)), "late")
    if day == today:
        return DueWords(_("today"), "due")
    if (day - today).days <= SOON_DAYS:
        return DueWords(_("tomorrow"), "due")
    return DueWords(dates.show_date(day, region, today), "text_3")


def next_step(what: str | None) -> tuple[str, str]:
    """Channel and first words of the next planned contact, as kept in one text."""
    channel, _bar, words = (what or "").partition("|")
    return channel, words


def line_below(trade: str | None, town: str | None) -> str:
    """Trade and town as they stand under a name."""
    return ", ".join(part for part in (trade, town) if part)


def change_label(field: str, owner: str) -> str:
    """What a step that changes one field is called."""
    return _("{field} of {name} changed").format(field=field, name=owner or _("Unnamed person"))


def growth(quarters: Sequence[float]) -> float | None:
    """How much the last year is above the one before, in percent; None where there is nothing to compare."""
    before, last = sum(quarters[-8:-4]), sum(quarters[-4:])
    if len(quarters) < 8 or before <= 0:
        return None
    return (last - before) * 100 / before


def read_series(kept: object) -> tuple[float, ...]:
    """A kept series as numbers; it lies in the store as text with commas."""
    if isinstance(kept, str):
        return tuple(float(part) for part in kept.strip("[]()").split(",") if part.strip())
    return tuple(float(part) for part in kept) if isinstance(kept, (list, tuple)) else ()


def likely_twins(name: str, known: Sequence[tuple[str, str]]) -> list[str]:
    """The ids of those whose folded name is the same, given (id, folded name) pairs."""
    wanted = sort_name(name)
    return [ident for ident, folded in known if wanted and folded == wanted]
