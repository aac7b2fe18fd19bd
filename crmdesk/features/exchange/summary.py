"""Rows of a table that are no records: totals, subtotals, printed page headers and remarks below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from crmdesk.core.i18n import N_
from crmdesk.features.exchange.headers import Values, looks_like_data, normal

TOTAL = N_("Totals, left out.")
HEADING = N_("The header again, left out.")
REMARK = N_("A remark and no record, left out.")
_TOTAL_WORDS = frozenset(
    (
        "totale",
        "totali",
        "tot",
        "total",
        "totals",
        "totaux",
        "subtotal",
        "subtotale",
        "subtotali",
        "subtotals",
        "somma",
        "somme",
        "sum",
        "summe",
        "gesamt",
        "gesamtsumme",
        "gesamtbetrag",
        "zwischensumme",
        "endsumme",
        "итого",
        "итог",
        "всего",
        "подытог",
        "suma",
        "subtotales",
        "totales",
        "complessivo",
    )
)
_BEFORE = frozenset(
    (
        "grand",
        "gran",
        "sub",
        "sous",
        "parziale",
        "riporto",
        "general",
        "generale",
        "gesamt",
        "overall",
    )
)
_BESIDE = frozenset(
    (
        "generale",
        "general",
        "grand",
        "gran",
        "sub",
        "sous",
        "parziale",
        "complessivo",
        "complessiva",
        "fatturato",
        "vendite",
        "clienti",
        "cliente",
        "anno",
        "mese",
        "periodo",
        "euro",
        "eur",
        "importo",
        "imponibile",
        "ordini",
        "of",
        "for",
        "per",
        "di",
        "del",
        "delle",
        "dei",
        "the",
        "all",
        "tutti",
        "customers",
        "customer",
        "sales",
        "revenue",
        "orders",
        "amount",
        "year",
        "month",
        "period",
        "all",
        "report",
        "kunden",
        "umsatz",
        "jahr",
        "clients",
        "ventes",
        "clientes",
        "ventas",
        "по",
        "за",
        "все",
        "всем",
        "контрагентам",
        "год",
        "период",
        "общий",
        "общая",
        "продажи",
        "руб",
    )
)
_SPARSE = 0.9


def summary_rows(rows: Sequence[Values], names: Sequence[str], start: int) -> dict[int, str]:
    """The places of rows that are no records, each with the reason; `start` is the first row of data."""
    if len(rows) - start < 2:
        return {}
    header = {normal(name) for name in names}
    usual = _usual(rows, start)
    always = _always_filled(rows, start, len(names))
    found: dict[int, str] = {}
    for place in range(start, len(rows)):
        row = rows[place]
        label = _label(row)
        if label and _is_total(row, label, always):
            found[place] = TOTAL
        elif _repeats(row, header):
            found[place] = HEADING
    last = next((place for place in range(len(rows) - 1, start, -1) if place not in found), start)
    if usual > 2 and _sums_up(rows, start, last, found):
        found[last] = TOTAL
    return found


def lone_rows(rows: Sequence[Values], start: int, known: Mapping[int, str]) -> dict[int, str]:
    """Rows with one text among rows with many cells: remarks and headings of groups."""
    usual = _usual(rows, start)
    if usual < 4:
        return {}
    return {
        place: REMARK
        for place in range(start, len(rows))
        if place not in known and _only_text(rows[place]) and place > start
    }


def _only_text(row: Values) -> bool:
    filled = [value for value in row if value is not None]
    return len(filled) == 1 and isinstance(filled[0], str) and not looks_like_data(filled[0])


def _usual(rows: Sequence[Values], start: int) -> int:
    counts = Counter(sum(value is not None for value in row) for row in rows[start : start + 500])
    return counts.most_common(1)[0][0] if counts else 0


def _label(row: Values) -> str:
    """The first text of a row, if it begins with a word of totals and no other words stand beside it."""
    texts = [value for value in row if isinstance(value, str) and not looks_like_data(value)]
    if not texts or len(texts) > 1 or any(isinstance(value, date) for value in row):
        return ""
    words = normal(texts[0]).split()
    while words and words[0] in _BEFORE and words[0] not in _TOTAL_WORDS:
        words = words[1:]
    return texts[0] if words and words[0] in _TOTAL_WORDS else ""


def _is_total(row: Values, label: str, always: Sequence[int]) -> bool:
    """Whether a row that begins like a total is one: it names nothing else, or lacks what all rows have."""
    if not any(_number(value) for value in row):
        return all(word in _TOTAL_WORDS for word in normal(label).split())
    rest = [word for word in normal(label).split() if word not in _TOTAL_WORDS and not word.isdigit()]
    if all(word in _BESIDE or word in _BEFORE for word in rest):
        return True
    return any(place >= len(row) or row[place] is None for place in always)


def _always_filled(rows: Sequence[Values], start: int, width: int) -> tuple[int, ...]:
    data = rows[start : start + 2000]
    return tuple(
        place
        for place in range(width)
        if sum(place < len(row) and row[place] is not None for row in data) >= _SPARSE * 0.8 * len(data)
    )


def _number(value: object) -> bool:
    if isinstance(value, bool) or value is None:
        return False
    return isinstance(value, int | float) or (isinstance(value, str) and looks_like_data(value))


def _repeats(row: Values, header: set[str]) -> bool:
    texts = [normal(value) for value in row if isinstance(value, str)]
    return len(texts) >= 2 and len(set(texts)) >= 2 and all(text in header for text in texts)


def _sums_up(rows: Sequence[Values], start: int, last: int, known: Mapping[int, str]) -> bool:
    """Whether the last row holds nothing but numbers, one of them the sum of those above it."""
    row = rows[last]
    filled = [(place, value) for place, value in enumerate(row) if value is not None]
    if last - start < 3 or not filled:
        return False
    if any(isinstance(value, bool) or not isinstance(value, int | float) for _place, value in filled):
        return False
    for place, value in filled:
        above = [
            rows[each][place] for each in range(start, last) if each not in known and place < len(rows[each])
        ]
        numbers = [each for each in above if isinstance(each, int | float) and not isinstance(each, bool)]
        if (
            len(numbers) > 2
            and isinstance(value, int | float)
            and abs(sum(numbers) - value) < 0.005 * len(numbers)
        ):
            return value != 0
    return False
