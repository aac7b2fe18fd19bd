"""What the tests of values share: all slices, data sets brought in by the importer, and commands asked."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from crmdesk import cli
from crmdesk.core.context import Context
from crmdesk.core.feature import Features, load
from crmdesk.core.settings import Settings
from crmdesk.features import SLICES

NEEDED = ("models", "patterns", "knowledge", "value", "insights")
DATA_SETS = {
    "cdnow": ("cdnow_sample.csv",),
    "defr": ("retail_de_fr_lines.csv", "retail_de_fr_products.csv"),
    "northwind": (
        "northwind_customers.csv",
        "northwind_orders.csv",
        "northwind_order_lines.csv",
        "northwind_products.csv",
    ),
    "superstore": ("superstore_a.csv",),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One reference figure: what it is, what the product says, what it should be, and how close."""

    name: str
    product: float
    reference: float
    tolerance: float
    relative: bool = False

    @property
    def holds(self) -> bool:
        """Whether the product's figure is within the tolerance."""
        room = self.tolerance * abs(self.reference) if self.relative else self.tolerance
        return abs(self.product - self.reference) <= room + 1e-9

    def line(self) -> str:
        """The figure as a line of the table."""
        kind = "rel" if self.relative else "abs"
        mark = "" if self.holds else "  <-- off"
        return (
            f"{self.name:<52} {self.product:>16.6f} {self.reference:>16.6f} {self.tolerance:>9g} {kind}{mark}"
        )


def within(name: str, told: Sequence[float], wanted: Sequence[float], tolerance: float) -> list[Figure]:
    """Several figures of one name with a relative tolerance."""
    pairs = enumerate(zip(told, wanted, strict=True))
    return [Figure(f"{name} [{n}]", got, want, tolerance, True) for n, (got, want) in pairs]


def near(name: str, told: Sequence[float], wanted: Sequence[float], tolerance: float) -> list[Figure]:
    """Several figures of one name with an absolute tolerance."""
    pairs = enumerate(zip(told, wanted, strict=True))
    return [Figure(f"{name} [{n}]", got, want, tolerance) for n, (got, want) in pairs]


def hold(figures: Iterable[Figure]) -> None:
    """Print the table of product, reference and tolerance, and fail where a figure is off."""
    known = list(figures)
    for one in known:
        print(one.line())
    off = [one.line() for one in known if not one.holds]
    assert not off, "\n".join(off)


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a text table."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def all_slices() -> Features:
    """All slices with those of value, whether the list names them yet or not."""
    return load((*SLICES, *(name for name in NEEDED if name not in SLICES)))


def ask(features: Features, store: Path, *words: str) -> dict[str, Any]:
    """Run one command as the command line does, and give back its JSON."""
    parser = cli._parser(features.commands())
    options = parser.parse_args([words[0], "--store", str(store), "--json", *words[1:]])
    out = StringIO()
    context = Context(features, Settings(), store, True, out, StringIO())
    try:
        options.command.run(context, options)
        context.flush()
    finally:
        context.close()
    found: dict[str, Any] = json.loads(out.getvalue())
    return found
