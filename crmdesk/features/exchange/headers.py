"""Finds the header of a table: below titles and instructions, above the data, with a name per column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

Values = Sequence[object]
Merge = tuple[int, int, int, int]
_LOOK = 30
_CAMEL = re.compile(
    r"(?<=[a-zа-я0-9])(?=[A-ZА-Я][a-zа-я])|(?<=[a-zа-я])(?=[A-ZА-Я])|(?<=[A-ZА-Я]{2})(?=[A-ZА-Я][a-zа-я]{2})"
)
_NOT_WORD = re.compile(r"[\W_]+")
_NUMERIC = re.compile(r"^[+-]?[\s€$£]*[\d.,'\s]*\d[\d.,'\s]*\s*[%€$£]?$")
_DATED = re.compile(r"^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}([ T].*)?$")


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header is, and what the columns are called; index -1 means there is none."""

    index: int
    names: tuple[str, ...]
    extra: int = 0

    @property
    def first_data(self) -> int:
        """The place of the first row of data."""
        return self.index + 1 + self.extra


def normal(text: str) -> str:
    """A header for comparing: no case, accents, punctuation or joined words."""
    spaced = _CAMEL.sub(" ", unicodedata.normalize("NFKC", text.replace("№", " no ").replace("#", " no ")))
    plain = unicodedata.normalize("NFKD", spaced.casefold().replace("%", " percent "))
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(_NOT_WORD.sub(" ", letters).split())


def find_header(
    rows: Sequence[Values],
    known: Callable[[str], bool],
    merged: Sequence[Merge] = (),
    lines: Sequence[int] = (),
) -> Header:
    """Guess the header row; `known` tells whether a normalised text is a header we have heard of."""
    width = max(map(len, rows[:500]), default=0)
    best, best_score = -1, 0.0
    for index in range(min(_LOOK, len(rows))):
        score = _score(rows, index, known)
        if score > best_score + 0.15:
            best, best_score = index, score
    if best < 0:
        return Header(-1, column_names((), width))
    extra = 1 if _doubled(rows, best) else 0
    values = _spread(rows[best], best, merged, lines)
    return Header(best, column_names(values, width), extra)


def column_names(values: Values, width: int) -> tuple[str, ...]:
    """A name for every column: blanks become «Column n», doubles get a number."""
    names: list[str] = []
    taken: dict[str, int] = {}
    for place in range(width):
        value = values[place] if place < len(values) else None
        name = " ".join(shown(value).split()) or f"Column {place + 1}"
        key = name.casefold()
        taken[key] = taken.get(key, 0) + 1
        if taken[key] > 1:
            name = f"{name} ({taken[key]})"
        names.append(name)
    return tuple(names)


def shown(value: object) -> str:
    """A cell as text."""
    return "" if value is None else str(value)


def _score(rows: Sequence[Values], index: int, known: Callable[[str], bool]) -> float:
    filled = [value for value in rows[index] if value is not None]
    below = rows[index + 1 : index + 21]
    usual = max((_count(row) for row in [rows[index], *below]), default=0)
    if not filled or (usual > 1 and len(filled) < max(2, usual * 0.5)):
        return 0.0
    texts = [value for value in filled if isinstance(value, str) and not looks_like_data(value)]
    years = [value for value in filled if _year(value)]
    wordy = (len(texts) + len(years)) / len(filled)
    if wordy < 0.6:
        return 0.0
    names = [normal(shown(value)) for value in filled]
    heard = sum(known(name) for name in names) / len(names)
    distinct = len(set(names)) / len(names)
    short = sum(len(name) <= 40 for name in names) / len(names)
    differs = _differs(rows[index], below)
    if usual > 1 and heard == 0 and differs == 0 and index > 0:
        return 0.0
    return wordy * distinct * short * len(filled) / max(usual, 1) + 1.5 * heard + 0.5 * differs


def _count(row: Values) -> int:
    return sum(value is not None for value in row)


def _year(value: object) -> bool:
    return (isinstance(value, int) and 1980 <= value <= 2100) or (
        isinstance(value, str) and re.fullmatch(r"(19|20)\d\d", value) is not None
    )


def looks_like_data(text: str) -> bool:
    """Whether a text is a number, a date or an address of some kind rather than a name."""
    return bool(
        _NUMERIC.match(text) or _DATED.match(text) or ("@" in text and "." in text and " " not in text)
    )


def _differs(row: Values, below: Sequence[Values]) -> float:
    """The share of columns whose values below are of another sort than the cell above them."""
    other = 0
    columns = 0
    for place, value in enumerate(row):
        under = [line[place] for line in below if place < len(line) and line[place] is not None]
        if value is None or not under:
            continue
        columns += 1
        data = sum(not isinstance(each, str) or looks_like_data(each) for each in under)
        other += data > len(under) / 2 or isinstance(under[0], date)
    return other / columns if columns else 0.0


def _doubled(rows: Sequence[Values], index: int) -> bool:
    """Whether the row below repeats the header as technical names, as some templates do."""
    if index + 1 >= len(rows):
        return False
    pairs = [
        (normal(above), below)
        for above, below in zip(rows[index], rows[index + 1], strict=False)
        if isinstance(above, str) and isinstance(below, str)
    ]
    if len(pairs) < 2 or len(pairs) < 0.8 * _count(rows[index]):
        return False
    alike = sum(
        " " not in below and "_" in below and normal(below).replace(" ", "").find(above.split()[0]) >= 0
        for above, below in pairs
        if above
    )
    return alike >= 0.8 * len(pairs)


def _spread(row: Values, index: int, merged: Sequence[Merge], lines: Sequence[int]) -> Values:
    """The header with the text of merged cells in each of the columns they cover."""
    values = list(row)
    line = lines[index] - 1 if index < len(lines) else index
    for top, left, bottom, right in merged:
        if top <= line <= bottom and left < len(values) and values[left] is not None:
            for place in range(left + 1, min(right + 1, len(values))):
                if values[place] is None:
                    values[place] = values[left]
    return values
