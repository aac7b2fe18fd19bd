"""The formats that are read; a new one is a module beside these and one line here."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from crmdesk.features.exchange.formats.model import Request, Sink

FORMATS = {"xlsx": "xlsx", "text": "delimited"}


class Format(Protocol):
    """One file format: its name, its suffixes, and how it is read."""

    name: str
    suffixes: tuple[str, ...]

    def read(self, request: Request, sink: Sink) -> None:
        """Read a file of this format into the sink."""


def format_of(kind: str) -> Format:
    """The module that reads files of this kind."""
    return cast(Format, import_module(f"crmdesk.features.exchange.formats.{FORMATS[kind]}"))


def suffixes() -> tuple[str, ...]:
    """Every suffix that is offered when a file is chosen."""
    return tuple(suffix for kind in FORMATS for suffix in format_of(kind).suffixes)
