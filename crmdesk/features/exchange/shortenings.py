"""Shortened words of headers and what they stand for, and the prefixes that only name the record."""

from __future__ import annotations

from types import MappingProxyType

_PAIRS = """
    inv invoice; cust customer; qty quantity; amt amount; desc description; addr address; acct account;
    txn transaction; cd codice; ar articolo; des descrizione; ragsoc ragione; acc account; prod product;
    ord order; ext extended; no number; num number; nr number; tel phone; ph phone; mob mobile; co
    company; org organization; ctry country; st street; curr currency; disc discount; purch purchase;
    trans transaction; pmt payment; pay payment; rep representative; mgr manager; ft fattura; fatt
    fattura; cli cliente; cod codice; rag ragione; soc sociale; descr descrizione; imp importo; dt data;
    dt date; art articolo; doc documento; qta quantita; pr prezzo; prz prezzo; un unitario; unit
    unitario; tot totale; indir indirizzo; loc localita; rif riferimento; ord ordine; dest destinatario;
    impon imponibile; n numero; nr numero; num numero; scad scadenza; cat categoria; ultimo ult; tel
    telefono; cell cellulare; ref referente; resp responsabile; az azienda; pag pagamento; class classe;
    pot potenziale; kd kunden; re rechnung; rg rechnung; bez bezeichnung; nr nummer; betr betrag; str
    strasse; ges gesamt; mont montant; qte quantite; fact facture; fac factura; cant cantidad; imp
    importe; cte cliente; кол количество; кон контрагент; наим наименование; дог договор; тел телефон;
    док документ"""


def _expansions() -> MappingProxyType[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for pair in _PAIRS.replace("\n", " ").split(";"):
        short, long = pair.split()
        found[short] = (*found.get(short, ()), long)
    return MappingProxyType(found)


EXPANSIONS = _expansions()
PREFIXES = (
    ("sell", "to"), ("invoice", "to"), ("bill",), ("billing",), ("buyer",), ("bill", "to"),
    ("sold", "to"), ("line", "item"), ("order", "item"), ("deal",), ("opportunity",),
    ("organization",), ("organisation",), ("po",),
)  # fmt: skip


def spellings(words: list[str]) -> list[str]:
    """Other ways to write a header, the likeliest first: words in full, then without what it is about."""
    found: list[str] = []
    for core in (words, _bare(words)):
        full = [""]
        for word in core:
            full = [f"{head} {tail}".strip() for head in full for tail in (*EXPANSIONS.get(word, ()), word)][
                :24
            ]
        found += full
    plain = " ".join(words)
    return [text for text in dict.fromkeys(found) if text and text != plain]


def _bare(words: list[str]) -> list[str]:
    for prefix in PREFIXES:
        if tuple(words[: len(prefix)]) == prefix:
            return words[len(prefix) :]
    return words
