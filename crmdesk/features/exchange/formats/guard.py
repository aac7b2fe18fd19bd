"""Looks at a file before anything reads it: what it really is, and whether it is safe."""

from __future__ import annotations

import codecs
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from crmdesk.core.i18n import N_
from crmdesk.features.exchange.formats.model import Unreadable

MAX_FILE = 256 << 20
MAX_UNPACKED = 256 << 20
MAX_ENTRIES = 10_000
CHUNK = 1 << 20
_BEGIN = 8192
_OTHER = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf",
    b"SQLite format 3", b"MZ", b"\x7fELF", b"II*\x00", b"MM\x00*", b"{\\rtf",
)  # fmt: skip
_OLD_EXCEL = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00")
_SHEET_SUFFIXES = (".xls", ".xlsx", ".xlsm", ".xlsb", ".ods")
_MARKUP = re.compile(rb"\s*(<!doctype|<html|<head|<body|<table|<\?xml|<svg|<workbook)", re.I)
_CARD = re.compile(r"\s*begin:v[a-z]+", re.I)


def kind_of(path: Path) -> str:
    """What the file is by its content: `xlsx` or `text`; anything else is refused with a reason."""
    if path.name.startswith("~$"):
        raise Unreadable(
            N_("{file} is a lock file of an open workbook. Choose the workbook itself."), file=path.name
        )
    size = path.stat().st_size
    if size == 0:
        raise Unreadable(N_("{file} is empty. Choose a file with data."), file=path.name)
    if size > MAX_FILE:
        raise Unreadable(N_("{file} is too large. Split it into smaller files."), file=path.name)
    with path.open("rb") as source:
        head = source.read(_BEGIN)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise _ole(path)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_kind(path)
    if head.startswith(_OLD_EXCEL):
        raise Unreadable(N_("{file} is from a very old Excel. Open it and save it as .xlsx."), file=path.name)
    return _text_kind(path, head)


def _ole(path: Path) -> Unreadable:
    data = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Unreadable(
            N_("{file} is protected by a password. Save a copy without it and choose that."),
            file=path.name,
        )
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        return Unreadable(N_("{file} is an old .xls workbook. Open it and save it as .xlsx."), file=path.name)
    return Unreadable(N_("{file} is not a spreadsheet. Choose an .xlsx or .csv file."), file=path.name)


def _zip_kind(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = {plain_name(name) for name in archive.namelist()}
            kind = archive.read("mimetype")[:80] if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, zlib.error, KeyError, RuntimeError):
        raise damaged(path, "zip") from None
    if kind.startswith(b"application/vnd.oasis.opendocument"):
        raise Unreadable(N_("{file} is an OpenDocument file. Open it and save it as .xlsx."), file=path.name)
    if "xl/workbook.bin" in names:
        raise Unreadable(
            N_("{file} is a binary workbook (.xlsb). Open it and save it as .xlsx."), file=path.name
        )
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    raise Unreadable(N_("{file} is not a spreadsheet. Choose an .xlsx or .csv file."), file=path.name)


def _text_kind(path: Path, head: bytes) -> str:
    unknown = Unreadable(N_("{file} is not a spreadsheet. Choose an .xlsx or .csv file."), file=path.name)
    if head.startswith(_OTHER) and not head[:64].isascii():
        raise unknown
    if head.startswith((b"%PDF-", b"GIF8", b"Rar!", b"{\\rtf", b"SQLite format 3")):
        raise unknown
    if _MARKUP.match(head.removeprefix(codecs.BOM_UTF8)):
        raise Unreadable(
            N_("{file} is a web page or XML, not a table. Save it as .xlsx or .csv."), file=path.name
        )
    plain = head.replace(b"\x00", b"").removeprefix(codecs.BOM_UTF8).lstrip(b"\xff\xfe")
    if _CARD.match(plain.decode("latin-1")):
        raise Unreadable(N_("{file} holds contact cards or events, which are not read yet."), file=path.name)
    if not plain.strip():
        raise Unreadable(N_("{file} is empty. Choose a file with data."), file=path.name)
    control = sum(byte < 9 or 13 < byte < 32 for byte in plain)
    if control > max(8, len(plain) // 100):
        raise unknown
    if path.suffix.lower() in _SHEET_SUFFIXES and not any(mark in plain for mark in b"\t;,|"):
        raise Unreadable(
            N_("{file} is plain text, not a spreadsheet. Choose an .xlsx or .csv file."), file=path.name
        )
    return "text"


def damaged(path: Path, part: str) -> Unreadable:
    """The refusal of a broken file, with the name of the part that is broken."""
    return Unreadable(
        N_("{file} is damaged (part: {part}). Open it in a spreadsheet program and save a copy."),
        file=path.name,
        part=part,
    )


def plain_name(name: str) -> str:
    """The name of a part, with forward slashes and in lower case."""
    return name.replace("\\", "/").lstrip("/").lower()


def check_names(path: Path, archive: zipfile.ZipFile) -> None:
    """Refuse a workbook with too many parts, doubled parts, or parts that point elsewhere."""
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise too_big(path)
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename.replace("\\", "/").lower()
        if name.startswith("/") or re.match(r"[a-z]:", name) or ".." in name.split("/"):
            raise damaged(path, entry.filename)
        if entry.flag_bits & 1:
            raise Unreadable(
                N_("{file} is protected by a password. Save a copy without it and choose that."),
                file=path.name,
            )
        if name in seen:
            raise Unreadable(
                N_("{file} has two parts of one name ({part}). Save a copy and choose that."),
                file=path.name,
                part=entry.filename,
            )
        seen.add(name)


def too_big(path: Path) -> Unreadable:
    """The refusal of a workbook that unpacks to more than is safe."""
    return Unreadable(
        N_("{file} is too large once unpacked. Split it into smaller workbooks."), file=path.name
    )


def forbid_doctype(path: Path, part: str, head: bytes) -> None:
    """Refuse an XML part that declares a document type, in whatever encoding."""
    wide = b"\x00" in head[:64]
    if b"<!DOCTYPE" in (head.replace(b"\x00", b"") if wide else head):
        raise Unreadable(
            N_("{file} holds a document type declaration ({part}), which no workbook needs."),
            file=path.name,
            part=part,
        )


def unpack(path: Path, archive: zipfile.ZipFile, name: str, budget: list[int]) -> Iterator[bytes]:
    """The bytes of one part, counted while they come: the directory may lie."""
    try:
        with archive.open(name) as part:
            while chunk := part.read(CHUNK):
                budget[0] -= len(chunk)
                if budget[0] < 0:
                    raise too_big(path)
                yield chunk
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError):
        raise damaged(path, name) from None
