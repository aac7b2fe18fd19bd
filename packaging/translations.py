"""Collects the words of the program for the translators, and compiles what they wrote.

python packaging/translations.py extract    after words in the code changed
python packaging/translations.py compile    .po to .mo; the bootstrap script does it by itself
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "resources" / "locale"
LANGUAGES = ("en", "it", "ru")
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
HEADER = "# The words of crmdesk in {language}.\n# Made by packaging/translations.py; write into msgstr only."
# A fixed date keeps a catalogue unchanged when its words are unchanged.
DATE = datetime(2026, 1, 1, tzinfo=UTC)


def catalogue_path(language: str) -> Path:
    """Tell where the catalogue of a language lies."""
    return LOCALE / language / "LC_MESSAGES" / "crmdesk.po"


def words_in_code() -> Catalog:
    """Read every text marked for translation in the package."""
    found = Catalog(project="crmdesk", charset="utf-8", creation_date=DATE)
    for _file, _line, message, _comments, context in extract_from_dir(
        ROOT / "crmdesk", method_map=[("**.py", "python")], keywords=KEYWORDS
    ):
        found.add(message, context=context)
    return found


def read_catalogue(language: str) -> Catalog:
    """Read the catalogue of a language, or begin an empty one."""
    path = catalogue_path(language)
    if not path.exists():
        return _dressed(Catalog(locale=language), language)
    with path.open("rb") as file:
        return _dressed(read_po(file, locale=language), language)


def extract() -> Iterator[str]:
    """Bring the three catalogues in step with the code, keeping what is translated."""
    for language in LANGUAGES:
        catalogue = read_catalogue(language)
        catalogue.update(words_in_code(), no_fuzzy_matching=True)  # update shares messages with its template
        for message in catalogue:
            message.flags.discard(
                "fuzzy"
            )  # set where a text became plural or ceased to be: looked at by the tests
        _dressed(catalogue, language)
        if language == "en":
            _fill_english(catalogue)
        path = catalogue_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_as_text(catalogue))
        waiting = sum(1 for message in catalogue if message.id and not all(_forms(message.string)))
        yield f"{language}: {len(catalogue)} texts, {0 if language == 'en' else waiting} to translate"


def compile_catalogues() -> list[Path]:
    """Compile each catalogue into the form the program reads, and tell the files made."""
    made = []
    for language in LANGUAGES:
        target = catalogue_path(language).with_suffix(".mo")
        buffer = io.BytesIO()
        write_mo(buffer, read_catalogue(language))
        target.write_bytes(buffer.getvalue())
        made.append(target)
    return made


def _dressed(catalogue: Catalog, language: str) -> Catalog:
    catalogue.project, catalogue.version = "crmdesk", "1"
    catalogue.creation_date = catalogue.revision_date = DATE
    catalogue.copyright_holder = catalogue.last_translator = "crmdesk contributors"
    catalogue.language_team = language
    catalogue.msgid_bugs_address = ""
    catalogue.fuzzy = False
    catalogue.header_comment = HEADER.format(language=catalogue.locale.english_name)
    return catalogue


def _fill_english(catalogue: Catalog) -> None:
    """English says what the code says; only its plurals need an entry."""
    for message in catalogue:
        if message.id and message.pluralizable:
            message.string = tuple(message.id)


def _forms(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return string if isinstance(string, tuple) else (string,)


def _as_text(catalogue: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=100, no_location=True, sort_output=True, ignore_obsolete=True)
    return buffer.getvalue()


def main(arguments: list[str]) -> int:
    """Do what is asked for: extract or compile."""
    if arguments == ["extract"]:
        for line in extract():
            print(line)
        return 0
    if arguments == ["compile"]:
        print(f"{len(compile_catalogues())} catalogues compiled")
        return 0
    print(__doc__, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
