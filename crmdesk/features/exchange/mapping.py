"""Guesses which of our fields each column of a table is, by its name, its values and its neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from crmdesk.core.i18n import N_, _
from crmdesk.features.exchange.columns import Column
from crmdesk.features.exchange.content import fits
from crmdesk.features.exchange.context import Match, Shape, resolve, shape_of
from crmdesk.features.exchange.headers import normal
from crmdesk.features.exchange.phrases import readings
from crmdesk.features.exchange.synonyms import SYNONYMS
from crmdesk.features.exchange.synonyms_sales import SALES_SYNONYMS
from crmdesk.features.exchange.synonyms_words import CODE_WORDS, GENERIC, MISLEADING, NOISE, PERSON_WORDS
from crmdesk.features.exchange.years import month_of, months_of, only_year, year_of

_JOINED = 7
_DAYS = frozenset({"date", "order.date", "contact.at"})
_TRADE = frozenset({"amount", "net", "price", "order.number", "order.amount", "line.amount", "line.quantity"})
_SUMS = frozenset(
    {"importo", "valore", "amount", "value", "betrag", "montant", "importe", "сумма", "стоимость"}
)
MANY = frozenset({"point.phone", "point.mobile", "point.fax", "point.email"})
_PERSONAL = MappingProxyType(
    {"point.phone": "person.phone", "point.mobile": "person.mobile", "point.email": "person.email"}
)


_CODED = MappingProxyType(
    {
        "customer.name": "customer.number",
        "line.product_name": "line.product_code",
        **{
            key: key
            for key in ("customer.number", "order.number", "line.product_code", "customer.vat_number")
        },
        **{
            key: key
            for key in ("customer.tax_code", "address.postcode", "point.phone", "point.mobile", "point.fax")
        },
    }
)


class Confidence(StrEnum):
    """How far a guess can be trusted without a look."""

    SURE = "sure"
    LIKELY = "likely"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Target:
    """A field that a column may fill, as the caller declares it."""

    record: str
    field: str
    kind: str = "text"
    label: str = ""
    synonyms: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The name of the target in profiles and on the command line: record.field."""
        return f"{self.record}.{self.field}"


@dataclass(frozen=True, slots=True)
class Guess:
    """What one column is taken for; an empty target means it is left out."""

    column: int
    target: str = ""
    confidence: Confidence = Confidence.CHECK
    reason: str = ""

    @property
    def reason_text(self) -> str:
        """Why, in the user's language."""
        return _(self.reason)


def guess(
    columns: Sequence[Column], targets: Sequence[Target], sheet: str = ""
) -> tuple[Shape, tuple[Guess, ...]]:
    """The kind of table, and for every column what it is most likely to be."""
    names = _vocabulary(targets)
    matches = [_matches(column, names) for column in columns]
    months = months_of([column.name for column in columns], only_year([sheet]))
    for place, year in months.items():
        matches[place] = (Match(f"turnover.{year}", 1.0, True),)
    if not any(
        match.key in _DAYS and fits(match.key, columns[at])
        for at, found in enumerate(matches)
        for match in found
    ):
        _date_by_content(columns, matches)
    shape = shape_of(columns, matches, sheet)
    known = {target.key for target in targets} or None
    offers: list[tuple[float, int, Guess]] = []
    for column, found in zip(columns, matches, strict=True):
        offers.extend(_offers(column, found, shape, known))
    chosen = _assign(offers, frozenset(f"turnover.{year}" for year in months.values()))
    return shape, tuple(
        chosen.get(column.index, Guess(column.index, reason=N_("No field of this name is known.")))
        for column in columns
    )


def is_known_header(name: str) -> bool:
    """Whether a normalised text is the name of something we have heard of."""
    if not name:
        return False
    return name in _standard() or year_of(name) is not None or month_of(name) is not None


def _date_by_content(columns: Sequence[Column], matches: list[tuple[Match, ...]]) -> None:
    """Where no header names the date of the rows, the first full column of dates of unknown name is it."""
    if not any(match.key in _TRADE for found in matches for match in found):
        return
    for column in columns:
        if not matches[column.index] and column.share("date") >= 0.9 and column.fill >= 0.9:
            words = set(normal(column.name).split())
            if not words & MISLEADING:
                matches[column.index] = (Match("date", 0.7, False),)
                return


@cache
def _standard() -> Mapping[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for source in (SYNONYMS, SALES_SYNONYMS, GENERIC):
        for key, names in source.items():
            for name in names.split(";"):
                if plain := normal(name):
                    table.setdefault(plain, []).append(key)
    joined = {name.replace(" ", ""): keys for name, keys in table.items() if " " in name}
    for name, keys in joined.items():
        if len(name) >= _JOINED:
            table.setdefault(name, keys)
    return MappingProxyType({name: tuple(dict.fromkeys(keys)) for name, keys in table.items()})


def _vocabulary(targets: Sequence[Target]) -> Mapping[str, tuple[str, ...]]:
    """The standing names, and what the caller's fields are called in the language in use."""
    extra: dict[str, list[str]] = {}
    for target in targets:
        for name in (target.key, *target.synonyms):
            extra.setdefault(normal(name), []).append(target.key)
        for label in (target.label, _(target.label)):
            if (plain := normal(label)) and plain not in _standard():
                extra.setdefault(plain, []).append(target.key)
    extra.pop("", None)
    return {**_standard(), **{name: (*_standard().get(name, ()), *keys) for name, keys in extra.items()}}


def _matches(column: Column, names: Mapping[str, tuple[str, ...]]) -> tuple[Match, ...]:
    """Every reading of the header, the best first."""
    name = normal(column.name)
    year = year_of(name)
    if year is not None:
        return (Match(f"turnover.{year}", 1.0, True),)
    words = name.split()
    found = [Match(key, 1.0, True) for key in names.get(name, ())]
    if not found:
        core = [word for word in words if word not in NOISE and not (word.isdigit() and len(word) < 3)]
        tidy = " ".join(core)
        found = [Match(key, 0.93, True) for key in names.get(tidy, ())] if core != words else []
        read = readings(column.name, names) if " ".join(words) != tidy or not found else ()
        found = [Match(key, 0.93, True) for key in read] or found or _partial(core, names)
    return tuple(sorted(found, key=lambda match: -match.score))


def _partial(words: list[str], names: Mapping[str, tuple[str, ...]]) -> list[Match]:
    """Names found inside a longer header, unless the rest of it says it is something else."""
    person = any(word in PERSON_WORDS for word in words)
    body = [word for word in words if word not in PERSON_WORDS] or words
    total = sum(map(len, body))
    found: dict[str, Match] = {}
    for start in range(len(body)):
        for end in range(len(body), start, -1):
            keys = names.get(" ".join(body[start:end]), ())
            rest = body[:start] + body[end:]
            if not keys or any(word in MISLEADING for word in rest):
                continue
            share = sum(map(len, body[start:end])) / total
            score = 0.45 + 0.4 * share
            coded = any(word in CODE_WORDS for word in rest)
            for key in keys:
                real = _PERSONAL.get(key, key) if person else key
                real = _CODED.get(real, "") if coded else real
                if not real:
                    continue
                least = 0.35 if "." in key or (key == "amount" and body[start] in _SUMS) else 0.6
                if share >= least and (real not in found or found[real].score < score):
                    found[real] = Match(real, score, False, person)
    if not found and person and not any(word in MISLEADING for word in body):
        alone = {key for word in words if word in PERSON_WORDS for key in names.get(word, ())}
        found = {key: Match(key, 0.62, False, True) for key in alone if key == "person.full_name"}
    best = max((match.score for match in found.values()), default=0.0)
    return [match for match in found.values() if match.score > best - 0.01]


def _offers(
    column: Column, found: Sequence[Match], shape: Shape, known: set[str] | None
) -> Iterable[tuple[float, int, Guess]]:
    rank = 0
    for match in found:
        for target, weight in resolve(match.key, shape, column):
            key, gross = target.removesuffix("!gross"), target.endswith("!gross")
            if known is not None and key not in known and not key.startswith("turnover."):
                continue
            if match.person and key == "customer.number" and shape.has("customer.name"):
                continue
            fit = fits(key, column)
            score = match.score * weight * fit * (0.8 if gross else 1.0)
            if key == "order.number" and not column.empty:
                score *= 0.5 + 0.5 * column.fill
            if score < 0.3:
                continue
            rank += 1
            yield (
                score,
                -column.index,
                Guess(column.index, key, _confidence(match, weight, fit), _reason(match, weight)),
            )
    if not rank and not found and not column.empty:
        yield from _by_content(column, shape, known)


def _confidence(match: Match, weight: float, fit: float) -> Confidence:
    score = match.score * weight * fit
    if match.exact and score >= 0.9:
        return Confidence.SURE
    return Confidence.LIKELY if score >= 0.6 else Confidence.CHECK


def _reason(match: Match, weight: float) -> str:
    if not match.exact:
        return N_("Part of the name is known.")
    return N_("The name is known.") if weight >= 0.95 else N_("The name fits this kind of table.")


def _by_content(column: Column, shape: Shape, known: set[str] | None) -> Iterable[tuple[float, int, Guess]]:
    """What the values alone say: an e-mail address is one under any name."""
    person = shape.main == "people"
    sorts = {
        "email": "person.email" if person else "point.email",
        "tax_code": "customer.tax_code",
        "link": "customer.website",
    }
    for sort, key in sorts.items():
        if column.share(sort) >= 0.8 and (known is None or key in known):
            reason = N_("The values look like it.")
            yield 0.5, -column.index, Guess(column.index, key, Confidence.CHECK, reason)


def _assign(offers: list[tuple[float, int, Guess]], several: frozenset[str]) -> dict[int, Guess]:
    """Give out the fields, best offers first; every field once, save phones and e-mails."""
    chosen: dict[int, Guess] = {}
    taken: set[str] = set()
    for _score, _place, offer in sorted(offers, key=lambda each: (-each[0], -each[1])):
        if offer.column in chosen or (offer.target in taken and offer.target not in MANY | several):
            continue
        if offer.target == "order.amount" and "line.amount" in taken:
            continue
        chosen[offer.column] = offer
        taken.add(offer.target)
    return chosen
