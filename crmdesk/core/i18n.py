"""The words and the habits of a place: translated texts, separators and the order of dates.

The current language is the one piece of state that a module of crmdesk keeps: every text needs it, in
every thread, and it changes only when the owner chooses another language.
"""

from __future__ import annotations

import gettext as _gettext
import locale
import os
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from crmdesk.core import paths

DOMAIN = "crmdesk"
LANGUAGES = MappingProxyType({"en": "English", "it": "Italiano", "ru": "Русский"})
NO_BREAK = "\u00a0"
NARROW_NO_BREAK = "\u202f"


class _Current:
    """The language in use, shared by all threads."""

    __slots__ = ("language", "texts")

    def __init__(self) -> None:
        self.language = "en"
        self.texts: _gettext.NullTranslations = _gettext.NullTranslations()


_current = _Current()


def install(language: str, locale_dir: Path | None = None) -> str:
    """Switch all texts to a language and give back the one in use; without a catalogue it is English."""
    folder = locale_dir or paths.resource("locale")
    known = language if language in LANGUAGES else "en"
    try:
        texts: _gettext.NullTranslations = _gettext.translation(DOMAIN, folder, [known])
    except OSError:
        texts, known = _gettext.NullTranslations(), "en"
    _current.texts, _current.language = texts, known
    return known


def language() -> str:
    """The code of the language in use: en, it or ru."""
    return _current.language


def _(text: str) -> str:
    """The text in the language in use."""
    return _current.texts.gettext(text) if text else ""


def ngettext(one: str, many: str, n: int) -> str:
    """The right plural form for a count; the caller fills in the number."""
    return _current.texts.ngettext(one, many, n)


def pgettext(context: str, text: str) -> str:
    """The text in the language in use, where one English word has several meanings."""
    return _current.texts.pgettext(context, text)


def N_(text: str) -> str:
    """Mark a text for the catalogue where it is declared; it is translated when it is shown."""
    return text


@dataclass(frozen=True, slots=True)
class Region:
    """How one country writes numbers, dates, money and phone numbers; weekdays count from Monday, 0."""

    code: str
    decimal: Literal[".", ","]
    group: str
    date_order: str
    date_separator: str
    currency: str
    phone_country: str
    first_weekday: int = 0
    sign_first: bool = False

    @property
    def language(self) -> str:
        """The language spoken there, as a two-letter code."""
        return self.code[:2]


def _table(*rows: Region) -> MappingProxyType[str, Region]:
    return MappingProxyType({row.code: row for row in rows})


REGIONS = _table(
    Region("it_IT", ",", ".", "dmy", "/", "EUR", "IT"),
    Region("it_CH", ".", "\u2019", "dmy", ".", "CHF", "CH"),
    Region("en_GB", ".", ",", "dmy", "/", "GBP", "GB", sign_first=True),
    Region("en_IE", ".", ",", "dmy", "/", "EUR", "IE", sign_first=True),
    Region("en_US", ".", ",", "mdy", "/", "USD", "US", first_weekday=6, sign_first=True),
    Region("ru_RU", ",", NO_BREAK, "dmy", ".", "RUB", "RU"),
    Region("de_DE", ",", ".", "dmy", ".", "EUR", "DE"),
    Region("de_AT", ",", ".", "dmy", ".", "EUR", "AT"),
    Region("de_CH", ".", "\u2019", "dmy", ".", "CHF", "CH"),
    Region("fr_FR", ",", NARROW_NO_BREAK, "dmy", "/", "EUR", "FR"),
    Region("es_ES", ",", ".", "dmy", "/", "EUR", "ES"),
    Region("pt_PT", ",", NO_BREAK, "dmy", "/", "EUR", "PT"),
    Region("nl_NL", ",", ".", "dmy", "-", "EUR", "NL"),
)
_HOME_REGION = MappingProxyType({"it": "it_IT", "en": "en_GB", "ru": "ru_RU"})


def region(code: str) -> Region:
    """The region of a code like it_IT; an unknown code gives the nearest one, at last British English."""
    tidy = code.replace("-", "_").split(".")[0]
    if tidy in REGIONS:
        return REGIONS[tidy]
    same = (found for found in REGIONS.values() if found.language == tidy[:2].lower())
    return next(same, REGIONS["en_GB"])


def default_region(language: str) -> Region:
    """The region that goes with a language when the owner has chosen none."""
    return region(_HOME_REGION.get(language, language))


def system_region() -> Region:
    """The region this computer is set to."""
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MONETARY", "LC_TIME", "LANG")]
    names.append(locale.getlocale()[0] or "")
    plain = [name for name in names if name and name.split(".")[0] not in ("C", "POSIX")]
    return region(plain[0]) if plain else REGIONS["en_GB"]


def system_language() -> str:
    """The language this computer is set to, when crmdesk speaks it, else English."""
    names = [os.environ.get(name, "") for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")]
    names.append(locale.getlocale()[0] or "")
    codes = [name[:2].lower() for name in names if name and name.split(".")[0] not in ("C", "POSIX")]
    return codes[0] if codes and codes[0] in LANGUAGES else "en"
