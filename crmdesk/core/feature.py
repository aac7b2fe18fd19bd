"""What a slice contributes, as one plain declaration, and the loaded set in dependency order."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from crmdesk.core.derived import Derived
from crmdesk.core.i18n import _
from crmdesk.core.kept import Figures, Measure
from crmdesk.core.migrate import MigrationStep
from crmdesk.core.record import Record
from crmdesk.core.search import SearchSource
from crmdesk.core.settings import Settings
from crmdesk.core.setup import unmake_file
from crmdesk.core.store import Store
from crmdesk.core.write import Write

if TYPE_CHECKING:
    from argparse import ArgumentParser


PACKAGE = "crmdesk.features"


@dataclass(frozen=True, slots=True)
class Moment:
    """A dated entry of a customer's chronology, ready to be shown: strings and token names."""

    at: datetime
    table: str
    row: str
    icon: str
    head: str
    detail: str = ""
    text: str = ""
    mood: str | None = None
    planned: bool = False
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Moments:
    """A slice's dated entries of one customer, newest first, at most `limit` before a moment."""

    kind: str
    label: str
    read: Callable[[Session, str, datetime | None, int], Sequence[Moment]]


@dataclass(frozen=True, slots=True)
class Command:
    """A verb of the command line. `run` returns the exit code; it prints through `cli.Output`."""

    name: str
    help: str
    arguments: Callable[[ArgumentParser], None]
    run: Callable[..., int]
    needs: str = "store"


@dataclass(frozen=True, slots=True)
class Feature:
    """What one slice brings: its records and what it computes, shows and says of them.

    `begin` writes what a new file starts with.
    """

    name: str
    needs: tuple[str, ...] = ()
    records: tuple[type[Record], ...] = ()
    measures: tuple[Measure, ...] = ()
    moments: tuple[Moments, ...] = ()
    searches: tuple[SearchSource, ...] = ()
    steps: tuple[MigrationStep, ...] = ()
    begin: Callable[[Write, Settings], object] | None = None


@dataclass(frozen=True, slots=True)
class Features:
    """All slices of the program, those relied upon first."""

    slices: tuple[Feature, ...]

    def derived(self) -> Derived:
        """A fresh set of kept figures and search sources for one store."""
        customer = next(record for record in self.records() if record.__tablename__ == "customer")
        measures = [measure for feature in self.slices for measure in feature.measures]
        sources = [source for feature in self.slices for source in feature.searches]
        return Derived(Figures(customer, measures), sources)

    def records(self) -> Iterable[type[Record]]:
        """All records of all slices."""
        return [record for feature in self.slices for record in feature.records]

    def moments(self) -> Sequence[Moments]:
        """All sources of the chronology."""
        return [moments for feature in self.slices for moments in feature.moments]

    def commands(self) -> Sequence[Command]:
        """All verbs of the command line, from each slice's `commands.py`; a window never loads those."""
        modules = [f"{PACKAGE}.{feature.name}.commands" for feature in self.slices]
        there = [importlib.import_module(name) for name in modules if importlib.util.find_spec(name)]
        return [command for module in there for command in module.COMMANDS]

    def steps(self) -> Sequence[MigrationStep]:
        """All migration steps."""
        return [step for feature in self.slices for step in feature.steps]

    def open(self, path: Path, *, shared: bool = False) -> Store:
        """Open a customer file with everything the slices keep."""
        return Store.open(path, self.derived(), self.steps(), shared=shared)

    def create(self, path: Path, settings: Settings) -> Store:
        """Make a customer file with everything the slices keep and begin with."""
        store = Store.create(path, self.derived(), self.steps())
        try:
            with store.write(_("New file"), "migrate") as session:
                for feature in self.slices:
                    if feature.begin is not None:
                        feature.begin(session, settings)
        except BaseException:
            store.close()
            unmake_file(store.path)
            raise
        return store


def load(names: Sequence[str]) -> Features:
    """Load the slices by name, in the order given."""
    modules = [importlib.import_module(f"{PACKAGE}.{name}.feature") for name in names]
    return Features(tuple(module.feature for module in modules))
