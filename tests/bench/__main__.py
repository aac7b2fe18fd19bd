"""Runs the benches that are named and prints each figure beside its floor."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench.measure import Figure, Size, table

BENCHES = {
    "start": "starting",
    "list": "listing",
    "search": "searching",
    "timeline": "story",
    "quadrant": "chart",
    "import": "importing",
    "export": "exporting",
    "figures": "keeping",
    "backup": "copying",
    "alive": "alive",
}


def run(name: str, size: Size) -> list[Figure]:
    """The figures of one bench by its name."""
    found: list[Figure] = importlib.import_module(f"tests.bench.{BENCHES[name]}").run(size)
    return found


def arguments() -> argparse.ArgumentParser:
    """What can be said on the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join(BENCHES)}; none means all")
    parser.add_argument("--rows", type=int, action="append", metavar="N", help="customers, may be repeated")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path, metavar="FILE")
    return parser


def main(words: Sequence[str]) -> int:
    """Measure what was named; returns 1 where a goal is missed."""
    parser = arguments()
    said = parser.parse_args(list(words))
    unknown = [name for name in said.names if name not in BENCHES]
    if unknown:
        parser.error(f"no bench named {', '.join(unknown)}; there are {', '.join(BENCHES)}")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    kept: list[dict[str, object]] = []
    missed = False
    with tempfile.TemporaryDirectory(prefix="crmdesk-bench-home-") as home:
        os.environ["CRMDESK_HOME"] = home
        for rows in said.rows or [1000, 10_000, 100_000]:
            for name in said.names or BENCHES:
                start = time.perf_counter()
                figures = run(name, Size(rows, said.rounds))
                print(
                    f"\n{name}, {rows:,} customers, {time.perf_counter() - start:.0f} s\n{table(figures)}",
                    flush=True,
                )
                kept += [figure.as_json(rows) for figure in figures]
                missed = missed or any(figure.met is False for figure in figures)
    if said.json:
        said.json.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
