"""Import profiles: a mapping and its options, kept by name in the owner's settings folder."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from crmdesk.core import paths
from crmdesk.core.errors import NotFound, UserError
from crmdesk.core.i18n import _

_NAME = re.compile(r"[\w][\w .()-]{0,59}")
EXISTING = ("fill", "overwrite", "skip")


@dataclass(frozen=True, slots=True)
class Profile:
    """How files of one sort are imported: headers and their fields, and what to do with known records."""

    name: str
    columns: dict[str, str] = field(default_factory=dict)
    existing: str = "fill"
    encoding: str = ""
    delimiter: str = ""


def folder() -> Path:
    """Where the profiles are kept."""
    return paths.config() / "profiles"


def names() -> list[str]:
    """The names of all profiles."""
    return sorted(path.stem for path in folder().glob("*.toml"))


def load(name: str) -> Profile:
    """A profile by name."""
    place = _place(name)
    try:
        table = tomllib.loads(place.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise NotFound(_("There is no import profile {name}.").format(name=name)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(_("The import profile {name} is damaged. Save it anew.").format(name=name)) from error
    columns = {str(header): str(key) for header, key in dict(table.get("columns", {})).items()}
    existing = table.get("existing", "fill")
    return Profile(
        name,
        columns,
        existing if existing in EXISTING else "fill",
        str(table.get("encoding", "")),
        str(table.get("delimiter", "")),
    )


def save(profile: Profile) -> None:
    """Keep a profile under its name, in place of an older one."""
    place = _place(profile.name)
    place.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{name} = {_text(getattr(profile, name))}" for name in ("existing", "encoding", "delimiter")]
    lines += [
        "",
        "[columns]",
        *(f"{_text(header)} = {_text(key)}" for header, key in profile.columns.items()),
    ]
    temporary = place.with_suffix(".tmp")
    temporary.write_text("\n".join(lines) + "\n", encoding="utf-8")
    temporary.replace(place)


def _place(name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise UserError(_("A profile name holds letters, digits, blanks and dashes only."))
    return folder() / f"{name}.toml"


def _text(value: str) -> str:
    """A TOML string; JSON writes the same escapes, but for the one sign TOML forbids."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
