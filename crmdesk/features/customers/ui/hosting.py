"""What other slices put on the customer card: their panels, and the lines behind their figures."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from types import ModuleType
from typing import Any, Protocol

from sqlalchemy.orm import Session

from crmdesk.features import SLICES
from crmdesk.qt.page import Panel

FIRST = ("log", "orders", "people", "value", "details")


class Line(Protocol):
    """One line of an explained figure."""

    @property
    def label(self) -> str:
        """What the line stands for."""

    @property
    def amount(self) -> int:
        """Its part of the sum."""

    @property
    def note(self) -> str:
        """Why it counts as it does, where that is not plain."""


class Explained(Protocol):
    """A figure with the lines that add up to it."""

    @property
    def lines(self) -> Sequence[Line]:
        """The parts."""

    @property
    def total(self) -> int:
        """Their sum."""


Explainer = Callable[[Session, str, date], Explained]
Count = Callable[[Session, str], int]


def panels() -> list[type[Panel]]:
    """The panels of all slices: log, orders, people and details first, then in the order of the slices."""
    found = [panel for parts in _parts() for panel in getattr(parts, "PANELS", ())]
    return sorted(found, key=lambda panel: FIRST.index(panel.name) if panel.name in FIRST else len(FIRST))


def explainers() -> dict[str, Explainer]:
    """What explains which figure: each slice's `EXPLAINERS`, by the name of the figure."""
    found: dict[str, Explainer] = {}
    for parts in _parts():
        found.update(getattr(parts, "EXPLAINERS", {}))
    return found


def counts() -> dict[str, Count]:
    """What counts the entries behind a panel not shown yet: each slice's `COUNTS`, by the panel's name."""
    found: dict[str, Count] = {}
    for parts in _parts():
        found.update(getattr(parts, "COUNTS", {}))
    return found


def figure_pages() -> dict[str, str]:
    """Which page opens which figure further: each slice's `FIGURE_PAGES`, by the name of the figure."""
    found: dict[str, str] = {}
    for pages in offered("FIGURE_PAGES"):
        found.update(pages)
    return found


def offered(name: str) -> list[Any]:
    """What the slices' parts offer to others under a name."""
    return [getattr(parts, name) for parts in _parts() if hasattr(parts, name)]


def _parts() -> Iterator[ModuleType]:
    for name in SLICES:
        screens = f"crmdesk.features.{name}.ui"
        if importlib.util.find_spec(screens) and importlib.util.find_spec(f"{screens}.parts"):
            yield importlib.import_module(f"{screens}.parts")
