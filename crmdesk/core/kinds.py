"""What a value means to people: how each kind of field is read, shown and kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from crmdesk.core import checks, dates, money
from crmdesk.core.errors import InvalidValue
from crmdesk.core.i18n import N_, Region, _

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_MARKS = re.compile("[\u0300-\u036f\u0483-\u0487]+")
_RARE = re.compile("[^\x00-\u052f\u2010-\u2027]")
_BLANKS = re.compile(r"\s+")
_DAMAGED = re.compile(r"^\d(?:[.,]\d+)?[Ee]\+\d+$")
_SCHEME = re.compile(r"^([a-z][a-z0-9+-]*):", re.IGNORECASE)
_SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_WEB_HOST = re.compile(r"^[^\s/@]+\.[^\s/@.]{2,}(?:[/:?#]\S*)?$")
_YES = frozenset(
    {"si", "yes", "y", "true", "vero", "v", "1", "x", "да", "д", "истина", "oui", "ja", "✓", "✔"}
)
_NO = frozenset({"no", "n", "false", "falso", "f", "0", "нет", "н", "ложь", "non", "nein"})


class Kind(StrEnum):
    """The kinds of value a field can hold."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    MONEY = "money"
    DATE = "date"
    DATETIME = "datetime"
    CHOICE = "choice"
    FLAG = "flag"
    NUMBER = "number"
    PERCENT = "percent"
    PHONE = "phone"
    EMAIL = "email"
    LINK = "link"
    TAX = "tax"
    SERIES = "series"


class Choice(Protocol):
    """One entry of a list to choose from: the key is kept, the label is shown."""

    @property
    def key(self) -> str:
        """The word kept in the store."""

    @property
    def label(self) -> str:
        """The English label, translated when it is shown."""


def parse(
    kind: Kind, text: str, region: Region, choices: Sequence[Choice] = (), currency: str = ""
) -> object | None:
    """Read what somebody typed; nothing typed gives None, nonsense an error that says what to do."""
    clean = clean_text(text)
    if not clean.strip():
        return None
    if kind is Kind.LONG_TEXT:
        return clean.strip()
    line = _BLANKS.sub(" ", clean).strip()
    if kind is Kind.CHOICE:
        return _parse_choice(line, choices)
    if kind is Kind.MONEY:
        return _parse_money(line, region, currency)
    return _parse_plain(kind, line, region)


def show(
    kind: Kind,
    value: object,
    region: Region,
    currency: str = "",
    cents: bool = False,
    choices: Sequence[Choice] = (),
) -> str:
    """The value as people of this region write it; an unknown value is an empty text."""
    if value is None:
        return ""
    if kind is Kind.MONEY and isinstance(value, int):
        return money.show_money(value, currency, region, cents)
    if kind is Kind.CHOICE:
        return next((_(choice.label) for choice in choices if choice.key == value), str(value))
    if kind is Kind.FLAG:
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return dates.show_datetime(value, region)
    if isinstance(value, date):
        return dates.show_date_numeric(value, region)
    if kind is Kind.SERIES and isinstance(value, (tuple, list)):
        return ", ".join(str(number) for number in value)
    if kind in (Kind.NUMBER, Kind.PERCENT) and isinstance(value, (int, float)):
        shown = money.show_percent if kind is Kind.PERCENT else money.show_number
        return shown(value, region)
    return str(value)


def to_json(kind: Kind, value: object) -> object:
    """The value in the form the journal and the exchange files keep it."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if kind is Kind.SERIES and isinstance(value, tuple):
        return list(value)
    return value


def from_json(kind: Kind, value: object) -> object:
    """The value that a journal or exchange entry stands for, refused when it is of the wrong kind."""
    if value is None:
        return None
    found = _typed(kind, value)
    if found is None:
        raise InvalidValue(_("This file holds a value of the wrong kind. Make the file again."))
    return found


def warning(kind: Kind, value: object, region: Region) -> str | None:
    """A doubt worth telling about a value that is kept all the same."""
    if not isinstance(value, str) or not value:
        return None
    if kind is Kind.TAX:
        return checks.tax_warning(value, region.phone_country)
    if kind is Kind.EMAIL:
        return checks.email_warning(value)
    if kind is Kind.PHONE:
        return checks.phone_warning(value, region.phone_country)
    if kind is Kind.LINK and not (_SCHEME.match(value) or _WEB_HOST.match(value)):
        return _("This does not look like a web address. Compare it with the source.")
    return None


def clean_text(text: str) -> str:
    """The text without characters that no file format can carry, with plain line ends."""
    return _ILLEGAL.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def fold(text: str) -> str:
    """The text for comparing only: blind to case, accents and stray blanks."""
    if text.isascii():
        return _BLANKS.sub(" ", text.lower()).strip()
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold().replace("ё", "е")))
    if _RARE.search(plain):
        plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return _BLANKS.sub(" ", plain).strip()


def _parse_plain(kind: Kind, line: str, region: Region) -> object:
    match kind:
        case Kind.DATE:
            return dates.parse_date(line, region)
        case Kind.DATETIME:
            return dates.parse_datetime(line, region)
        case Kind.FLAG:
            return _parse_flag(line)
        case Kind.NUMBER:
            return float(money.parse_amount(line, region))
        case Kind.PERCENT:
            return float(money.parse_amount(line.removesuffix("%").strip(), region))
        case Kind.PHONE | Kind.TAX:
            return _parse_code(kind, line)
        case Kind.EMAIL:
            return line[7:] if line[:7].lower() == "mailto:" else line
        case Kind.LINK:
            return _parse_link(line)
        case Kind.SERIES:
            return _parse_series(line)
    return line


def _parse_money(line: str, region: Region, currency: str) -> int:
    typed = money.currency_in(line)
    if currency and typed and typed != currency:
        raise InvalidValue(
            _("This amount is in {typed}, not in {currency}. Type it in {currency}.").format(
                typed=typed, currency=currency
            )
        )
    return money.to_minor(money.parse_amount(line, region), currency or typed or region.currency)


def _parse_choice(line: str, choices: Sequence[Choice]) -> str:
    wanted = fold(line)
    for choice in choices:
        if wanted in (fold(choice.key), fold(choice.label), fold(_(choice.label))):
            return choice.key
    allowed = ", ".join(_(choice.label) for choice in choices)
    raise InvalidValue(
        _("“{text}” is not in the list. Choose one of: {allowed}.").format(text=line, allowed=allowed)
    )


def _parse_flag(line: str) -> bool:
    word = fold(line)
    if word in _YES or word in _NO:
        return word in _YES
    raise InvalidValue(_("“{text}” is neither yes nor no. Type yes or no.").format(text=line))


def _parse_code(kind: Kind, line: str) -> str:
    if _DAMAGED.match(line.replace(" ", "")):
        raise InvalidValue(_("A spreadsheet has cut the digits of this number. Type the whole number."))
    return re.sub(r"\s", "", line).upper() if kind is Kind.TAX else line


def _parse_link(line: str) -> str:
    scheme = _SCHEME.match(line)
    if scheme and scheme[1].lower() not in _SAFE_SCHEMES:
        raise InvalidValue(_("Only web, mail and phone links are kept. Type a link that begins with https."))
    return f"https://{line}" if not scheme and _WEB_HOST.match(line) else line


def _parse_series(line: str) -> tuple[int, ...]:
    parts = [part for part in re.split(r"[,;\s]+", line.strip("[]() ")) if part]
    if not all(re.fullmatch(r"[+-]?[0-9]{1,12}", part) for part in parts):
        raise InvalidValue(_("This is not a list of whole numbers. Type them with commas between."))
    return tuple(int(part) for part in parts)


def _typed(kind: Kind, value: object) -> object:
    if kind is Kind.DATE or kind is Kind.DATETIME:
        return _moment(kind, value)
    if kind is Kind.SERIES:
        whole = isinstance(value, (list, tuple)) and all(type(number) is int for number in value)
        return tuple(value) if whole and isinstance(value, (list, tuple)) else None
    if kind is Kind.FLAG:
        return value if isinstance(value, bool) else None
    if kind is Kind.MONEY:
        return value if type(value) is int else None
    if kind in (Kind.NUMBER, Kind.PERCENT):
        return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None
    return value if isinstance(value, str) else None


def _moment(kind: Kind, value: object) -> object:
    try:
        if kind is Kind.DATE and isinstance(value, str):
            return date.fromisoformat(value)
        return datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def kind_label(kind: Kind) -> str:
    """The name of a kind for people, as the import page shows it."""
    return _(_LABELS[kind])


_LABELS = MappingProxyType(
    {
        Kind.TEXT: N_("text"),
        Kind.LONG_TEXT: N_("long text"),
        Kind.MONEY: N_("amount"),
        Kind.DATE: N_("date"),
        Kind.DATETIME: N_("date and time"),
        Kind.CHOICE: N_("choice"),
        Kind.FLAG: N_("yes or no"),
        Kind.NUMBER: N_("number"),
        Kind.PERCENT: N_("percent"),
        Kind.PHONE: N_("phone number"),
        Kind.EMAIL: N_("e-mail address"),
        Kind.LINK: N_("link"),
        Kind.TAX: N_("tax number"),
        Kind.SERIES: N_("list of numbers"),
    }
)
