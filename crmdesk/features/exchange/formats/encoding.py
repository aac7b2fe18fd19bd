"""Finds the encoding of a text file: marks first, then UTF-8, then what the country uses."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CYRILLIC = frozenset(["ru", "uk", "be", "bg", "sr", "mk", "kk"])
_CENTRAL = frozenset(["pl", "cs", "sk", "hu", "sl", "hr", "ro"])
_OTHERS = {"el": "cp1253", "tr": "cp1254", "he": "cp1255", "ar": "cp1256", "lt": "cp1257", "lv": "cp1257"}
_RUN = re.compile(rb"[\x80-\xff]+")


def country_page(region: str) -> str:
    """The older code page programs of a region write."""
    language = region.replace("-", "_").split("_")[0].lower()
    if language in _CYRILLIC:
        return "cp1251"
    return "cp1250" if language in _CENTRAL else _OTHERS.get(language, "cp1252")


def guess(data: bytes, region: str) -> str:
    """The encoding of the whole file, as Python names it."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    wide = _wide(data[:4096])
    if wide:
        return wide
    if data.isascii():
        return "ascii"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _older(data, country_page(region))
    return "utf-8"


def _wide(head: bytes) -> str:
    """A two- or four-byte encoding without a mark shows as zero bytes in a regular pattern."""
    if len(head) < 4 or b"\x00" not in head:
        return ""
    zeros = [sum(byte == 0 for byte in head[start::4]) / len(head[start::4]) for start in range(4)]
    if min(zeros[1:]) > 0.9 and zeros[0] < 0.1:
        return "utf-32-le"
    if min(zeros[:3]) > 0.9 and zeros[3] < 0.1:
        return "utf-32-be"
    if min(zeros[1], zeros[3]) > 0.4 and max(zeros[0], zeros[2]) < 0.1:
        return "utf-16-le"
    if min(zeros[0], zeros[2]) > 0.4 and max(zeros[1], zeros[3]) < 0.1:
        return "utf-16-be"
    return ""


def _older(data: bytes, page: str) -> str:
    """Cyrillic shows as long runs of high bytes, Western accents as single ones."""
    runs = [len(run) for run in _RUN.findall(data[: 1 << 20])]
    long_share = sum(run for run in runs if run >= 3) / sum(runs)
    if page == "cp1252" and long_share > 0.8 and len(runs) > 3:
        page = "cp1251"
    elif page == "cp1251" and long_share < 0.2:
        page = "cp1252"
    for candidate in (page, "cp1252", "cp1251"):
        try:
            data.decode(candidate)
        except UnicodeDecodeError:
            continue
        return candidate
    return "latin-1"
