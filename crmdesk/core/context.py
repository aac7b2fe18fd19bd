"""What a command of the command line is given: the store, the words and where to write."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TextIO

from crmdesk.core import dates, paths
from crmdesk.core.errors import NotFound
from crmdesk.core.feature import Features
from crmdesk.core.i18n import Region, _
from crmdesk.core.jobs import Progress, text_progress
from crmdesk.core.settings import Settings
from crmdesk.core.setup import SUFFIX
from crmdesk.core.store import Store


class Context:
    """One run of one command.

    `store()` opens the file; a command that may make it says `store(create=True)` once it has something to
    write. `out` prints a line for people, `emit` the one JSON object; which of the two is heard depends on
    `--json`.
    """

    def __init__(
        self,
        features: Features,
        settings: Settings,
        path: Path | None,
        as_json: bool,
        output: TextIO,
        errors: TextIO,
    ) -> None:
        self.features = features
        self.settings = settings
        self.path = (path or default_store(settings)).absolute()
        self.as_json = as_json
        self.output = output
        self.errors = errors
        self._store: Store | None = None
        self._object: dict[str, Any] | None = None

    @property
    def region(self) -> Region:
        """How numbers, dates and money are written here."""
        return self.settings.used_region()

    def exists(self) -> bool:
        """Whether the customer file is there."""
        return self.path.exists()

    def store(self, *, create: bool = False, shared: bool = False) -> Store:
        """The customer file, opened once; NotFound where it is not there and may not be made."""
        if self._store is None:
            if not self.exists() and not create:
                raise NotFound(
                    _(
                        "There is no file {name}. Make one with import or demo, or name it with --store."
                    ).format(name=self.path.name)
                )
            self._store = self.features.open(self.path, shared=shared) if self.exists() else self._make()
        return self._store

    def fresh(self) -> Store:
        """The customer file with all figures up to date."""
        store = self.store(shared=True)
        store.keep_up()
        return store

    def _make(self) -> Store:
        if not self.path.parent.is_dir():
            raise NotFound(_("There is no folder {folder}.").format(folder=self.path.parent))
        return self.features.create(self.path, self.settings)

    def scratch(self) -> Store:
        """An empty store for a trial run where there is no file yet; it is gone afterwards."""
        if self._store is None:
            self._store = Store.memory(self.features.derived())
        return self._store

    def progress(self) -> Progress:
        """Progress as text on the error output of a terminal, silent elsewhere."""
        return text_progress(self.errors)

    def out(self, line: str = "") -> None:
        """Print a line for people."""
        if not self.as_json:
            print(line, file=self.output)

    def emit(self, content: dict[str, Any]) -> None:
        """Give the result as one JSON object."""
        self._object = content

    def flush(self) -> None:
        """Print the JSON object, where it was asked for."""
        if self.as_json:
            print(json.dumps(self._object or {}, ensure_ascii=False, indent=1, default=str), file=self.output)

    def today(self) -> Any:
        """The day that counts as today."""
        return dates.today()

    def close(self) -> None:
        """Close the store, if it was opened."""
        if self._store is not None:
            self._store.close()


def default_store(settings: Settings) -> Path:
    """The file used last, else the usual place."""
    return Path(settings.last_store) if settings.last_store else paths.data() / f"crmdesk{SUFFIX}"
