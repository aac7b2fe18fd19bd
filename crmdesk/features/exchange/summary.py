"""Rows of a table that are no records: totals, subtotals, printed page headers and remarks below."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from crmdesk.core.i18n import N_
from crmdesk.features.exchange.headers import Values, looks_like_data, normal

TOTAL = N_("Totals, left out.")
HEADING = N_("The header again, left out.")
REMARK = N_("A remark and no record, left out.")
_TOTAL_WORDS = frozenset(
    (
        "totale", "totali", "tot", "total", "totals", "totaux", "subtotal", "subtotale",
        "subtotali", "subtotals", "somma", "somme", "sum", "summe", "gesamt",
        "gesamtsumme", "gesamtbetrag", "zwischensumme", "endsumme", "итого", "итог",
        "всего", "подытог", "suma", "subtotales", "totales", "complessivo",
    )
)  # fmt: skip
_BEFORE = frozenset(
    (
        "grand", "gran", "sub", "sub-total", "sub-totale", "sous", "parziale", "riporto", "general",
        "generale", "gesamt", "overall",
    )
)  # fmt: skip
_BESIDE = frozenset(
    (
        "generale", "general", "grand", "gran", "sub", "sous", "parziale",
        "complessivo", "complessiva", "fatturato", "vendite", "clienti", "cliente",
        "anno", "mese", "periodo", "euro", "eur", "importo", "imponibile", "ordini",
        "of", "for", "per", "di", "del", "delle", "dei", "the", "all", "tutti",
        "customers", "customer", "sales", "revenue", "orders", "amount", "year",
        "month", "period", "report", "kunden", "umsatz", "jahr", "clients", "ventes",
        "clientes", "ventas", "по", "за", "все", "всем", "контрагентам", "год",
        "период", "общий", "общая", "продажи", "руб",
    )
)  # fmt: skip
_OPENING = _TOTAL_WORDS | _BEFORE
_AROUND = "*:.,-=>#()"
_FIRST = frozenset(_AROUND) | {case for word in _OPENING for case in (word[0], word[0].upper())}
GROUP = N_("The customer of the rows below.")
NO_SALE = N_("No sale (a quote, a payment or cancelled), left out.")
_OTHER_PAPERS = re.compile(
    r"^(preventiv|offert|quot[ae]|estimate|pro ?forma|payment|pagament|incass|angebot|kostenvoranschlag"
    r"|devis|presupuesto|оплата|поступление|zahlung|paiement|cobro|ordine (a )?fornitore|purchase order"
    r"|fattura passiva|fattura (di )?acquisto|ddt|documento di trasporto|delivery note|lieferschein"
    r"|bon de livraison|albaran)"
)
_FAILED = re.compile(
    r"^(annull|cancel|void|stornier|pers[oa]$|lost|closed lost|draft|bozz|reject|refunded$|failed|отмен|annul"
    r"|anul|entwurf|abgelehnt|rifiutat|perdut|verloren|проигр|черновик)"
)
_WON = re.compile(r"^(closed )?(won|vint[oa]|gewonnen|gagne|ganad[oa]|выигр|успешн)")
_STATES = frozenset(
    (
        "status", "order status", "deal status", "invoice status", "financial status",
        "state", "stage", "stato", "stato ordine", "stato fattura", "stato documento",
        "stato offerta", "fase", "esito", "statut", "estado", "статус", "статус заказа",
        "состояние", "deal stage", "opportunity stage", "estado factura",
        "esito offerta",
    )
)  # fmt: skip
_SPARSE = 0.9


def summary_rows(rows: Sequence[Values], names: Sequence[str], start: int) -> dict[int, str]:
    """The places of rows that are no records, each with the reason; `start` is the first row of data."""
    if len(rows) - start < 2:
        return {}
    header = set(names)
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


def group_rows(rows: Sequence[Values], start: int) -> dict[int, str]:
    """Rows with one text that head a group of fuller rows below them, by place."""
    return {
        place: next(value for value in rows[place] if isinstance(value, str))
        for place in range(start, len(rows) - 1)
        if _only_text(rows[place])
        and not _only_text(rows[place + 1])
        and not _label(rows[place])
        and sum(value is not None for value in rows[place + 1]) > 2
    }


def no_sales(
    rows: Sequence[Values], start: int, kind: int | None, names: Sequence[str], known: Mapping[int, str]
) -> dict[int, str]:
    """Rows about quotes, payments, cancelled orders; `kind` is the column of document kinds."""
    places = [place for place in range(start, len(rows)) if place not in known]
    failed: set[int] = set()
    for column, name in enumerate(names):
        if column == kind:
            failed |= {place for place in places if _OTHER_PAPERS.match(_word(rows[place], column))}
        elif normal(name) in _STATES:
            won = any(_WON.match(_word(rows[place], column)) for place in places)
            failed |= {
                place
                for place in places
                if (text := _word(rows[place], column))
                and (not _WON.match(text) if won else _FAILED.match(text))
            }
    return dict.fromkeys(sorted(failed), NO_SALE) if len(failed) < len(places) else {}


def _word(row: Values, column: int) -> str:
    value = row[column] if column < len(row) else None
    return normal(value) if isinstance(value, str) else ""


def _only_text(row: Values) -> bool:
    filled = [value for value in row if value is not None]
    return len(filled) == 1 and isinstance(filled[0], str) and not looks_like_data(filled[0])


def _usual(rows: Sequence[Values], start: int) -> int:
    """How many cells a fuller row of this table has."""
    counts = sorted(sum(value is not None for value in row) for row in rows[start : start + 500])
    return counts[int(0.7 * len(counts))] if counts else 0


def _label(row: Values) -> str:
    """The first text of a row, if it begins with a word of totals and no other words stand beside it."""
    if not any(isinstance(value, str) and _begins_like_a_total(value) for value in row):
        return ""
    texts = [value for value in row if isinstance(value, str) and not looks_like_data(value)]
    if not texts or len(texts) > 1 or any(isinstance(value, date) for value in row):
        return ""
    words = normal(texts[0]).split()
    while words and words[0] in _BEFORE and words[0] not in _TOTAL_WORDS:
        words = words[1:]
    return texts[0] if words and words[0] in _TOTAL_WORDS else ""


def _begins_like_a_total(text: str) -> bool:
    """Quick: whether the first word may be one of totals."""
    return text[0] in _FIRST and (text.split(None, 1)[0].strip(_AROUND).casefold() in _OPENING)


def _is_total(row: Values, label: str, always: Sequence[int]) -> bool:
    """Whether a row that begins like a total is one: it names nothing else, or lacks what all rows have."""
    if not any(_number(value) for value in row):
        return all(word in _TOTAL_WORDS for word in normal(label).split())
    rest = [word for word in normal(label).split() if word not in _TOTAL_WORDS and not word.isdigit()]
    if all(word in _BESIDE or word in _BEFORE for word in rest):
        return True
    return any(place >= len(row) or row[place] is None for place in always)


def _always_filled(rows: Sequence[Values], start: int, width: int) -> tuple[int, ...]:
    usual = _usual(rows, start)
    data = [
        row for row in rows[start : start + 2000] if sum(value is not None for value in row) >= 0.6 * usual
    ]
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
    texts = []
    for value in row:
        if isinstance(value, str):
            if value not in header:
                return False
            texts.append(value)
    return len(set(texts)) >= 2


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
