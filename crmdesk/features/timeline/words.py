"""The words of the composer line in English, Italian and Russian: channels, days, moods and outcomes.

All three languages are understood whatever the language of the screen. Words are written folded: lower case,
without accents.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType


def _by_word(table: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({word: key for key, words in table.items() for word in words.split("|")})


CHANNELS = _by_word(
    {
        "phone": "call|called|phone|phoned|rang|tel|chiamata|chiamato|chiamare|telefonata|telefonato"
        "|telefonare"
        "|sentito|sentita|звонок|позвонил|позвонила|позвонить|созвон|созвонились|тел",
        "visit": "visit|visited|visita|visitato|visitata|visitare|sopralluogo|визит|выезд|посетил|посетила"
        "|посетить",
        "email": "mail|email|e-mail|mailed|emailed|мейл|имейл|почта|емейл",
        "meeting": "meeting|met|meet|riunione|incontro|incontrato|incontrata|incontrare|встреча|встретились"
        "|встретиться|совещание",
        "message": "message|msg|sms|whatsapp|wa|telegram|messaggio|сообщение|смс|вотсап|ватсап|телеграм",
        "letter": "letter|lettera|raccomandata|письмо",
        "fax": "fax|факс",
        "form": "form|modulo|questionario|анкета",
        "web": "web|website|сайт",
        "reseller": "reseller|rivenditore|дилер",
        "note": "note|nota|appunto|заметка",
    }
)
INCOMING = frozenset({"incoming", "inbound", "ricevuta", "ricevuto", "входящий", "входящая", "входящее"})
OUTGOING = frozenset({"outgoing", "outbound", "inviata", "inviato", "исходящий", "исходящая", "исходящее"})
JOINTS = frozenset({"with", "to", "con", "a", "ad", "al", "alla", "col", "с", "со", "к"})
MOODS = _by_word(
    {
        "5": "delighted|thrilled|entusiasta|felicissimo|felicissima|восторге",
        "4": "happy|satisfied|pleased|contento|contenta|soddisfatto|soddisfatta|доволен|довольна|рад|рада",
        "3": "neutral|neutrale|indifferente|нейтрально|спокоен|спокойна",
        "2": "annoyed|irritated|seccato|seccata|infastidito|infastidita|scontento|scontenta|недоволен"
        "|недовольна|раздражен|раздражена",
        "1": "angry|furious|arrabbiato|arrabbiata|furioso|furiosa|зол|злой|злая|ярости|сердит|сердита",
    }
)
FACES = MappingProxyType(
    {
        face: mood
        for mood, faces in (
            ("5", "😀 😃 😄 😁 🤩 😍 :D :-D"),
            ("4", "🙂 😊 ☺ :) :-)"),
            ("3", "😐 😶 :| :-|"),
            ("2", "🙁 ☹ 😕 😒 😟 :( :-("),
            ("1", "😠 😡 🤬 👿"),
        )
        for face in faces.split()
    }
)
NOT = frozenset({"not", "non", "не", "isn't", "wasn't", "never", "mai", "less", "meno", "poco"})
OUTCOMES = _by_word(
    {
        "no_answer": "no answer|no reply|not reached|nessuna risposta|non risponde|non ha risposto"
        "|не отвечает|не ответил|не ответила|нет ответа|не дозвонился|не дозвонилась",
        "busy": "line busy|was busy|busy|occupato|occupata|занято",
        "wrong_number": "wrong number|numero sbagliato|numero errato|не тот номер",
        "nobody_competent": "nobody competent|nessun responsabile|нет ответственного",
    }
)
DAYS = MappingProxyType(
    {
        "today": 0, "oggi": 0, "сегодня": 0,
        "tomorrow": 1, "domani": 1, "завтра": 1,
        "yesterday": -1, "ieri": -1, "вчера": -1,
        "dopodomani": 2, "послезавтра": 2, "позавчера": -2,
        "day after tomorrow": 2, "day before yesterday": -2, "l'altro ieri": -2, "altro ieri": -2,
    }
)  # fmt: skip
WEEKDAYS = MappingProxyType(
    {
        word: number
        for number, words in enumerate(
            (
                "monday|mon|lunedi|lun|понедельник|пн",
                "tuesday|tue|tues|martedi|mar|вторник|вт",
                "wednesday|wed|mercoledi|mer|среда|среду|ср",
                "thursday|thu|thur|thurs|giovedi|gio|четверг|чт",
                "friday|fri|venerdi|ven|пятница|пятницу|пт",
                "saturday|sat|sabato|sab|суббота|субботу|сб",
                "sunday|sun|domenica|dom|воскресенье|вс",
            )
        )
        for word in words.split("|")
    }
)
UNSURE_WEEKDAYS = frozenset({"sat", "sun", "mar", "dom"})
NEXT = frozenset(
    {"next", "prossimo", "prossima", "следующий", "следующую", "следующее", "следующая", "следующей"}
)
LAST = frozenset({"last", "scorso", "scorsa", "прошлый", "прошлую", "прошлое", "прошлая", "прошлой"})
BEFORE_DAY = frozenset(
    {"on", "by", "until", "for", "this", "entro", "per", "il", "questo", "в", "во", "до", "к", "на"}
)
WEEKS = frozenset({"week", "settimana", "неделю", "неделя", "неделе"})
UNITS = MappingProxyType(
    {
        **dict.fromkeys(("day", "days", "giorno", "giorni", "день", "дня", "дней"), 1),
        **dict.fromkeys(
            ("week", "weeks", "settimana", "settimane", "неделю", "недели", "недель"),
            7,
        ),
    }
)
MONTH_UNITS = frozenset({"month", "months", "mese", "mesi", "месяц", "месяца", "месяцев"})
AHEAD = frozenset({"in", "tra", "fra", "через"})
NUMBERS = MappingProxyType(
    {
        "a": 1,
        "one": 1,
        "un": 1,
        "una": 1,
        "uno": 1,
        "two": 2,
        "due": 2,
        "два": 2,
        "две": 2,
        "three": 3,
        "tre": 3,
        "три": 3,
    }
)
