"""The personal settings: one dataclass, kept in one TOML file."""

from __future__ import annotations

import os
import re
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from crmdesk.core import i18n, paths
from crmdesk.core.i18n import N_, Region, _, ngettext

MOST_RECENT = 8


@dataclass(frozen=True, slots=True)
class Shape:
    """What the settings dialog needs to know about one setting; a setting without it stays hidden."""

    label: str
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()
    least: int = 0
    most: int = 0


def _shown(default: Any, shape: Shape) -> Any:
    return field(default=default, metadata={"shape": shape})


_LANGUAGE_OPTIONS = (("", N_("As this computer")), *i18n.LANGUAGES.items())
_REGION_OPTIONS = (("", N_("As the language")), *((code, code) for code in i18n.REGIONS))
_THEME_OPTIONS = (("system", N_("As this computer")), ("light", N_("Light")), ("dark", N_("Dark")))


@dataclass(frozen=True, slots=True)
class Settings:
    """What one person chose on this computer; thresholds and stages of the firm are records instead."""

    language: str = _shown("", Shape(N_("Language"), options=_LANGUAGE_OPTIONS))
    region: str = _shown(
        "", Shape(N_("Region"), N_("How dates, numbers and amounts are written."), _REGION_OPTIONS)
    )
    currency: str = _shown("", Shape(N_("Currency"), N_("Three letters. Empty: the currency of the region.")))
    theme: str = _shown("system", Shape(N_("Appearance"), options=_THEME_OPTIONS))
    text_scale: int = _shown(100, Shape(N_("Text size in percent"), least=80, most=160))
    minutes_per_day: int = _shown(
        90, Shape(N_("Minutes for customers a day"), N_("Today marks what fits in."), least=5, most=600)
    )
    your_name: str = _shown("", Shape(N_("Your name"), N_("It stands beside your changes in the history.")))
    firm: str = _shown("", Shape(N_("Firm"), N_("It stands on reports.")))
    backup_on_close: bool = _shown(True, Shape(N_("Back up when the program closes")))
    backup_folder: str = _shown("", Shape(N_("Folder for backups"), N_("Empty: beside the customer file.")))
    last_store: str = ""
    recent: tuple[str, ...] = ()

    def with_store(self, path: Path) -> Settings:
        """These settings after a customer file was opened: it comes first among the recent ones."""
        name = str(path)
        others = [other for other in self.recent if other != name]
        return replace(self, last_store=name, recent=(name, *others)[:MOST_RECENT])

    def used_language(self) -> str:
        """The language to show: the chosen one, else that of the computer."""
        return self.language or i18n.system_language()

    def used_region(self) -> Region:
        """The region to write numbers and dates for, with the chosen currency."""
        if self.region:
            found = i18n.region(self.region)
        else:
            system, language = i18n.system_region(), self.used_language()
            found = system if system.language == language else i18n.default_region(language)
        return replace(found, currency=self.currency) if self.currency else found


@dataclass(frozen=True, slots=True)
class Loaded:
    """The settings read, and a sentence about what could not be read."""

    settings: Settings
    warning: str | None = None


def shapes() -> dict[str, Shape]:
    """The settings to show in the dialog, by name, in order."""
    return {entry.name: entry.metadata["shape"] for entry in fields(Settings) if "shape" in entry.metadata}


def load(path: Path | None = None) -> Loaded:
    """Read the settings; a broken file is set aside and the defaults are used."""
    where = path or paths.settings_file()
    try:
        table = tomllib.loads(where.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Loaded(Settings())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        aside = where.with_suffix(".broken.toml")
        os.replace(where, aside)
        told = _("The settings could not be read. The old file is kept as {name}.").format(name=aside.name)
        return Loaded(Settings(), told)
    except OSError:
        return Loaded(Settings(), _("The settings could not be opened. The defaults are used."))
    return _from_table(table)


def save(settings: Settings, path: Path | None = None) -> None:
    """Write the settings in one step, so that a power cut leaves the old or the new file."""
    where = path or paths.settings_file()
    where.parent.mkdir(parents=True, exist_ok=True)
    default = Settings()
    names = [entry.name for entry in fields(Settings)]
    kept = {name: getattr(settings, name) for name in names}
    lines = [f"{name} = {_toml(value)}" for name, value in kept.items() if value != getattr(default, name)]
    handle, temporary = tempfile.mkstemp(prefix=".settings-", dir=where.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write("".join(f"{line}\n" for line in lines))
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, where)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def is_valid(name: str, value: object) -> bool:
    """Whether a setting may have this value."""
    default = getattr(Settings(), name)
    if isinstance(default, tuple):
        return isinstance(value, (list, tuple)) and all(isinstance(part, str) for part in value)
    if type(value) is not type(default):
        return False
    shape = shapes().get(name)
    if isinstance(value, int) and not isinstance(value, bool) and shape:
        return shape.least <= value <= shape.most
    if name == "currency":
        return re.fullmatch(r"(?:[A-Z]{3})?", str(value)) is not None
    return not shape or not shape.options or value in [key for key, _label in shape.options]


def _from_table(table: Mapping[str, Any]) -> Loaded:
    known = {entry.name for entry in fields(Settings)} & table.keys()
    good = {name: table[name] for name in known if is_valid(name, table[name])}
    tidy: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in good.items()
    }
    bad = len(known) - len(good)
    if not bad:
        return Loaded(Settings(**tidy))
    told = ngettext(
        "{n} setting made no sense and was reset.", "{n} settings made no sense and were reset.", bad
    )
    return Loaded(Settings(**tidy), told.format(n=bad))


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        return f"[{', '.join(_toml(part) for part in value)}]"
    return f'"{"".join(map(_escaped, str(value)))}"'


def _escaped(sign: str) -> str:
    if sign in '"\\':
        return "\\" + sign
    if "\ud800" <= sign <= "\udfff":
        return "\ufffd"
    return sign if sign.isprintable() else f"\\U{ord(sign):08X}"
