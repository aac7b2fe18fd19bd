"""Doubts about tax numbers, mail addresses and phone numbers: each is told, none is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import MappingProxyType

from crmdesk.core.i18n import _

_MAIL = re.compile(r"^[^\s@<>,;()\"]+@(?:[^\s@<>,;()\".]+\.)+[^\s@<>,;()\".\d]{2,}$")
_EU = re.compile(
    "(?:AT|BE|BG|CY|CZ|D[EK]|E[ELS]|F[IR]|H[RU]|I[ET]|L[TUV]|MT|NL|P[LT]|RO|S[EIK]|XI)[0-9A-Z+*]+"
)
_LENGTHS = MappingProxyType({"IT": (11, 16), "RU": (10, 12)})


def email_warning(address: str) -> str | None:
    """A doubt about the shape of a mail address; nothing is asked of the network."""
    domain = address.rpartition("@")[2]
    if _MAIL.match(address) and ".." not in address and not domain.startswith("-"):
        return None
    return _("This does not look like a mail address. Compare it with the source.")


def phone_warning(number: str, country: str) -> str | None:
    """A doubt about a phone number, read as people of the country dial it."""
    import phonenumbers

    doubt = _("This phone number does not look complete. Compare it with the source.")
    try:
        found = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return doubt
    return None if phonenumbers.is_possible_number(found) else doubt


def plain_phone(number: str, country: str) -> str | None:
    """A phone number in its one international form, so that two spellings can be compared."""
    import phonenumbers

    try:
        found = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)


def show_phone(number: str, country: str) -> str:
    """A phone number in groups of digits as its own country writes it, or as typed when it is in doubt."""
    import phonenumbers

    try:
        found = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return number
    if not phonenumbers.is_valid_number(found):
        return number
    home = phonenumbers.country_code_for_region(country) == found.country_code
    style = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(found, style.NATIONAL if home else style.INTERNATIONAL)


def tax_warning(number: str, country: str) -> str | None:
    """A doubt about a tax number: its length or its check digits."""
    code = re.sub(r"[\s.\-/]", "", number).upper()
    if _EU.fullmatch(code) and not _is_fiscal_code(code):
        return _verdict(_vat_check(), code)
    if _is_fiscal_code(code) or (country == "IT" and len(code) == 11):
        return _verdict(_italian_check(len(code)), code)
    if country == "RU" and code.isdigit() and len(code) in _LENGTHS["RU"]:
        return _verdict(_russian_check(), code)
    if country in _LENGTHS and code.isdigit():
        first, second = _LENGTHS[country]
        return _("This tax number has {n} characters, not {first} or {second}. Compare it.").format(
            n=len(code), first=first, second=second
        )
    return None


def _is_fiscal_code(code: str) -> bool:
    return re.fullmatch(r"[A-Z]{6}[0-9A-Z]{2}[A-Z][0-9A-Z]{2}[A-Z][0-9A-Z]{3}[A-Z]", code) is not None


def _verdict(is_valid: Callable[[str], bool], code: str) -> str | None:
    if is_valid(code):
        return None
    return _("The check digits of this tax number do not fit. Compare it with the document.")


def _vat_check() -> Callable[[str], bool]:
    from stdnum.eu import vat

    return vat.is_valid


def _italian_check(length: int) -> Callable[[str], bool]:
    from stdnum.it import codicefiscale, iva

    return iva.is_valid if length == 11 else codicefiscale.is_valid


def _russian_check() -> Callable[[str], bool]:
    from stdnum.ru import inn

    return inn.is_valid
