"""The design tokens: colours, type, space and sizes read from the theme file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from crmdesk.core.paths import resources

_UNSCALED = ("radius", "stroke", "layout", "motion")


@dataclass(frozen=True, slots=True)
class TypeRole:
    """One role of text: size, line height and weight in logical pixels."""

    size: int
    line: int
    weight: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """Everything the theme file says, at 100 %."""

    colors: Mapping[str, Mapping[str, str]]
    families: tuple[str, ...]
    mono: tuple[str, ...]
    roles: Mapping[str, TypeRole]
    space: Mapping[str, int]
    sizes: Mapping[str, int]
    fixed: Mapping[str, int]


def _roles(table: Mapping[str, list[int]]) -> dict[str, TypeRole]:
    roles = {name: TypeRole(*values) for name, values in table.items()}
    small = roles["small"]
    roles["small_strong"] = TypeRole(small.size, small.line, 500)
    roles["small_label"] = TypeRole(small.size, small.line, 600)
    return roles


@lru_cache(maxsize=4)
def load(path: Path | None = None) -> Tokens:
    """The tokens of a theme file, the shipped one unless another is named."""
    source = path or resources() / "themes" / "crmdesk.toml"
    data = tomllib.loads(source.read_text("utf-8"))
    fixed: dict[str, int] = {}
    for part in _UNSCALED:
        fixed.update({name: value for name, value in data[part].items() if isinstance(value, int)})
    return Tokens(
        colors=data["color"],
        families=tuple(data["font"]["family"]),
        mono=tuple(data["font"]["mono"]),
        roles=_roles(data["type"]),
        space=data["space"],
        sizes=data["size"],
        fixed=fixed,
    )
