"""Reads longer headers: with and without tax, alternatives, brackets, another order of words, cut words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from crmdesk.features.exchange.headers import normal
from crmdesk.features.exchange.shortenings import spellings

Names = Mapping[str, tuple[str, ...]]
_NET = (
    "tax excl", "tax excluded", "excl tax", "excluding tax", "before sales tax", "before tax",
    "without tax", "excl vat", "ex vat", "excluding vat", "excl gst", "ex gst", "ex tax", "net of vat",
    "net of tax", "without vat", "senza iva", "iva esclusa", "iva escl", "escl iva", "esclusa iva",
    "al netto di iva", "al netto iva", "netto iva", "no iva", "netto merce", "ht", "hors taxe",
    "hors taxes", "hors tva", "excl btw", "ex btw", "sem iva", "sin iva", "bez vat", "ohne mwst",
    "exkl mwst", "zzgl mwst", "ohne ust", "без ндс", "net", "netto", "neto", "imponibile",
)  # fmt: skip
_GROSS = (
    "tax incl", "tax included", "incl tax", "including tax", "incl vat", "inc vat", "including vat",
    "incl gst", "inc gst", "inc tax", "with tax", "with vat", "con iva", "iva inclusa", "iva incl",
    "iva compresa", "incl iva", "ivato", "ivata", "lordo", "ttc", "toutes taxes", "incl btw", "inkl mwst",
    "inkl ust", "mit mwst", "com iva", "brutto", "bruto", "gross", "с ндс", "в т ч ндс",
)  # fmt: skip
_OF_MONEY = frozenset(
    {"amount", "net", "price", "order.amount", "line.amount", "line.unit_price", "order.amount!gross"}
)
_STOP = frozenset(
    (
        "the", "of", "a", "an", "il", "lo", "la", "i", "gli", "le", "l", "di", "del", "della",
        "dello", "dei", "delle", "da", "in", "su", "e", "ed", "and", "und", "de", "du", "des", "der",
        "die", "das", "el", "los", "las", "per", "for", "to", "al", "alla", "nel", "d", "dell", "van",
        "het", "и", "в", "на", "по", "от",
    )
)  # fmt: skip
_SHORTEST_CUT, _LONGEST_CUT = 5, 8


def readings(raw: str, names: Names) -> tuple[str, ...]:
    """What a header of unknown wording means: targets and words, empty where nothing is close enough."""
    for text in _variants(raw):
        words = text.split()
        for found in (
            names.get(text, ()),
            _with_or_without_tax(text, names),
            _any_order(words, names),
            *(names.get(other, ()) for other in spellings(words)),
        ):
            if found:
                return found
    return _cut(normal(raw), names) if raw.isupper() else ()


def _variants(raw: str) -> Iterator[str]:
    """The header as it stands, then with each of its alternatives, then without what stands in brackets."""
    yield normal(raw)
    yield normal(raw).replace(" ", "")
    if "/" in raw:
        words = raw.split()
        for place, word in enumerate(words):
            for part in word.split("/") if "/" in word and len(word) > 3 else ():
                if part:
                    yield normal(" ".join([*words[:place], part, *words[place + 1 :]]))
        yield normal(raw.split("/")[0])
    if "(" in raw:
        yield normal(re.sub(r"\([^)]*\)?", " ", raw))


def _with_or_without_tax(text: str, names: Names) -> tuple[str, ...]:
    padded = f" {text} "
    for phrases, net in ((_NET, True), (_GROSS, False)):
        phrase = next((each for each in phrases if f" {each} " in padded), "")
        if not phrase:
            continue
        rest = padded.replace(f" {phrase} ", " ").strip()
        keys = set(names.get(rest, ())) or {
            key for other in spellings(rest.split()) for key in names.get(other, ())
        }
        money = keys & _OF_MONEY
        if not money:
            continue
        if not net:
            return ("order.amount!gross",)
        of_line = tuple(sorted(key for key in money if key.startswith("line.")))
        return of_line or (("price",) if "price" in money else ("net",))
    return ()


def _any_order(words: list[str], names: Names) -> tuple[str, ...]:
    """The same words in another order, or with other small words between them."""
    core = [word for word in words if word not in _STOP]
    if not 2 <= len(core) <= 3:
        return ()
    if len(core) == 2:
        orders = [core, core[::-1]]
    else:
        one, two, three = core
        orders = [
            core,
            [one, three, two],
            [two, one, three],
            [two, three, one],
            [three, one, two],
            [three, two, one],
        ]
    return next((names[text] for order in orders if (text := " ".join(order)) in names), ())


def _cut(word: str, names: Names) -> tuple[str, ...]:
    """A word that an older program cut short, such as indiri for indirizzo."""
    if " " in word or not _SHORTEST_CUT <= len(word) <= _LONGEST_CUT:
        return ()
    longer = sorted((name for name in names if " " not in name and name.startswith(word)), key=len)
    return names[longer[0]] if longer else ()
