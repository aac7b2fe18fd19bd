"""The words of the demo firm in one language, read from the shipped templates."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crmdesk.core import paths

FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class LogWords:
    """What can be said in one sort of contact."""

    channel: str
    texts: tuple[str, ...]
    direction: str | None = None
    mood: int | None = None
    outcome: str | None = None
    minutes: tuple[int, int] = (5, 15)


@dataclass(frozen=True, slots=True)
class Words:
    """All texts of the demo firm: names by key, and sentences to choose from."""

    trades: Mapping[str, str]
    roles: Mapping[str, str]
    categories: Mapping[str, str]
    products: Mapping[str, str]
    lists: Mapping[str, Any]
    log: tuple[LogWords, ...]
    plans: tuple[LogWords, ...]


def load_words(language: str) -> Words:
    """Read the words of a language; English where there are none."""
    folder = paths.resource("templates")
    file = folder / f"demo.{language[:2].lower()}.toml"
    if not file.is_file():
        file = folder / f"demo.{FALLBACK}.toml"
    page = tomllib.loads(file.read_text(encoding="utf-8"))
    names = (page[part] for part in ("trades", "roles", "categories", "products", "words"))
    log, plans = (tuple(_log_words(entry) for entry in page[part]) for part in ("log", "plan"))
    trades, roles, categories, products, lists = names
    return Words(trades, roles, categories, products, lists, log, plans)


def _log_words(entry: Mapping[str, Any]) -> LogWords:
    low, high = entry.get("minutes", (5, 15))
    return LogWords(
        entry["channel"],
        tuple(entry["texts"]),
        entry.get("direction"),
        entry.get("mood"),
        entry.get("outcome"),
        (low, high),
    )
