"""The data sets brought in once through the importer, for all tests of insights."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crmdesk.core.feature import Features
from crmdesk.core.store import Store
from tests.valuing import DATA_SETS, all_slices, ask


@pytest.fixture(scope="session")
def features() -> Features:
    """All slices, those of value with them."""
    return all_slices()


@pytest.fixture(scope="session")
def imported(
    shared: Path, features: Features, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Path]:
    """The customer file of a data set, made by the importer when first asked for."""
    folder = tmp_path_factory.getbasetemp() / "sets"
    folder.mkdir(exist_ok=True)
    os.environ.setdefault("CRMDESK_HOME", str(folder))

    def make(name: str) -> Path:
        path = folder / f"{name}.crmdesk"
        if not path.exists():
            ask(features, path, "import", *(str(shared / "data" / file) for file in DATA_SETS[name]))
        return path

    return make


@pytest.fixture
def valued(features: Features) -> Iterator[Store]:
    """A fresh customer file with the figures of value."""
    opened = Store.memory(features.derived())
    yield opened
    opened.close()
