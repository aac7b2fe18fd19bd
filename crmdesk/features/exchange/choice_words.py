"""Words that files in Italian, English, Russian and German use for our choices."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from crmdesk.features.exchange.matching import fold
from crmdesk.features.timeline import words

_NUMBER = re.compile(r"\d+")
_SIZES = ((1, "one"), (9, "micro"), (49, "small"), (249, "medium"), (10**9, "large"))
_CHANNELS = """phone: phone call telephone tel telefono telefonata chiamata cell звонок телефон anruf
    visit: visit visita sopralluogo визит выезд besuch
    email: email mail e-mail posta pec почта
    meeting: meeting incontro riunione appuntamento встреча совещание treffen termin
    message: message sms whatsapp telegram chat messaggio сообщение nachricht
    letter: letter lettera raccomandata письмо brief
    fax: fax факс
    form: form modulo форма formular
    web: web website sito internet сайт
    reseller: reseller rivenditore dealer дилер партнер
    note: note nota appunto заметка notiz"""
_LANGUAGES = """it: it ita italian italiano итальянский italienisch
    en: en eng english inglese английский englisch
    ru: ru rus russian russo русский russisch
    de: de deu ger german tedesco немецкий deutsch
    fr: fr fra french francese французский franzosisch
    es: es spa spanish spagnolo испанский spanisch"""
_WORDS = MappingProxyType(
    {
        "contact.channel": _CHANNELS,
        "customer.channel": _CHANNELS,
        "person.channel": _CHANNELS,
        "customer.language": _LANGUAGES,
        "person.language": _LANGUAGES,
        "contact.direction": """out: out outgoing outbound uscita in_uscita исходящий ausgehend
            in: in incoming inbound entrata in_entrata ricevuta входящий eingehend""",
        "contact.outcome": """reached: reached ok done answered parlato risposto raggiunto fatto
            reached: positivo дозвонились ответил erreicht
            no_answer: no_answer unanswered missed non_risponde nessuna_risposta
            no_answer: не_отвечает нет_ответа nicht_erreicht
            busy: busy occupato занято besetzt
            nobody_competent: nobody_competent assente non_competente нет_на_месте
            wrong_number: wrong_number numero_errato numero_sbagliato неверный_номер
            reached: positive successful connected interessato interested да conclusa completata reached_out
            no_answer: no_reply voicemail left_voicemail segreteria irreperibile
            busy: linea_occupata
            refused: refused rejected rifiutato rifiuto non_interessato отказ abgelehnt negativo negative
            refused: not_interested""",
        "contact.mood": """5: delighted entusiasta восторг
            4: content happy positive contento soddisfatto positivo доволен zufrieden
            3: neutral neutro neutrale нейтрально
            2: annoyed unhappy negative scontento insoddisfatto negativo недоволен
            1: angry furious arrabbiato furioso зол""",
        "contact.state": """done: done completed held fatto eseguito completato svolto выполнено erledigt
            planned: planned scheduled open pianificato previsto programmato запланировано geplant
            dropped: dropped cancelled canceled annullato отменено abgesagt""",
        "customer.kind": """customer: customer client cliente attivo active клиент kunde
            prospect: prospect potenziale potential prospetto потенциальный interessent
            lead: lead contatto лид
            partner: partner партнер
            supplier: supplier vendor fornitore поставщик lieferant
            former: former inactive lost ex ex_cliente inattivo perso бывший ehemalig""",
        "customer.form": """company: company firm business azienda societa ditta impresa
            company: organizzazione юрлицо организация firma
            person: person individual private consumer persona privato privati физлицо частное_лицо privat""",
        "order.kind": """order: order ordine sale vendita заказ auftrag
            invoice: invoice fattura fatt ft счет счет-фактура rechnung td01
            credit: credit return refund credit_note nota_di_credito nota_credito nc
            order: bestellung commande pedido накладная реализация продажа
            invoice: fattura_differita fattura_immediata fattura_accompagnatoria sales_invoice facture factura
            invoice: счет_фактура упд tax_invoice sales_receipt ar_invoice td24 td25 parcella
            credit: credit_memo sales_credit_note accredito avoir abono nota_de_credito note_de_credito
            credit: factura_rectificativa stornorechnung rechnungskorrektur sales_return nota_accredito
            credit: reso storno возврат корректировка gutschrift td04""",
        "customer.potential_grade": """5: altissimo molto_alto very_high hot caldo strategico strategic
            5: очень_высокий sehr_hoch tres_eleve muy_alto
            4: alto alta high elevato elevata hoch высокий высокая eleve haut
            3: medio media medium average mid warm tiepido normale normal mittel средний средняя moyen moyenne
            2: basso bassa low scarso scarsa niedrig gering низкий низкая faible bajo baja cold freddo
            1: bassissimo molto_basso very_low nullo nessuno none очень_низкий sehr_niedrig nul muy_bajo""",
    }
)


_DOCUMENTS = MappingProxyType(
    {
        "credit": (
            "credit",
            "accredit",
            "gutschrift",
            "avoir",
            "abono",
            "reso",
            "return",
            "refund",
            "возврат",
        ),
        "invoice": ("invoice", "fattur", "rechnung", "facture", "factura", "счет", "реализаци"),
        "order": ("order", "ordin", "auftrag", "bestellung", "commande", "pedido", "заказ"),
    }
)


def _by_word(text: str) -> MappingProxyType[str, str]:
    found: dict[str, str] = {}
    for line in text.splitlines():
        key, _colon, told = line.strip().partition(":")
        found.update({fold(word.replace("_", " ")): key for word in told.split()})
    return MappingProxyType(found)


_SPOKEN: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"contact.channel": words.CHANNELS, "contact.outcome": words.OUTCOMES, "contact.mood": words.MOODS}
)
_TABLES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {target: _by_word(text) for target, text in _WORDS.items()}
)


def key_of(target: str, text: str) -> str | None:
    """The choice that a word in any of our languages stands for; None where it is not known."""
    if target == "customer.size" and (number := _NUMBER.findall(text.replace(".", ""))):
        return next(key for most, key in _SIZES if int(number[-1][:9]) <= most)
    if target == "customer.potential_grade" and text.count("*") in range(1, 6) and not text.strip("* "):
        return str(text.count("*"))
    word = fold(text).rstrip(".")
    for tables in (_TABLES, _SPOKEN):
        if target in tables and word in tables[target]:
            return tables[target][word]
    if target == "order.kind":
        return _document(word)
    return None


def _document(words: str) -> str | None:
    """The kind of a document told in several words: «nota di credito a cliente», «fattura di vendita»."""
    for kind in ("credit", "invoice", "order"):
        if any(re.search(rf"\b{stem}", words) for stem in _DOCUMENTS[kind]):
            return kind
    return None
