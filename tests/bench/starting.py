"""S1: from the start of the process to the painted window and to the filled list, beside an empty window."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.bench import data
from tests.bench.measure import Figure, Goal, Size, compared

ROOT = Path(__file__).resolve().parents[2]
_FLOOR = (
    "from PySide6.QtWidgets import QApplication, QMainWindow as W\n"
    "a = QApplication([]); w = W(); w.resize(1100, 700); w.show()\n"
    "a.processEvents(); w.repaint(); print('shown')"
)


def run(size: Size) -> list[Figure]:
    """Start the program and an empty window in turns."""
    store = data.store_path(size.customers)
    with data.opened(size.customers):
        pass
    _marks([sys.executable, "-m", "tests.bench.starter", str(store)])
    shown, filled, floor = [], [], []
    for _round in range(size.rounds):
        floor.append(_marks([sys.executable, "-c", _FLOOR])["shown"])
        marks = _marks([sys.executable, "-m", "tests.bench.starter", str(store)])
        shown.append(marks["shown"])
        filled.append(marks["filled"])
    return [
        compared("start", "window painted", shown, floor, Goal(ratio=1.5), "empty window"),
        compared("start", "list filled and usable", filled, floor, Goal(ratio=4.5), "empty window"),
    ]


def _marks(command: list[str]) -> dict[str, float]:
    """The milliseconds at which a program said each of its words."""
    start = time.perf_counter()
    found: dict[str, float] = {}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=dict(os.environ)
    ) as child:
        assert child.stdout is not None
        for line in child.stdout:
            found.setdefault(line.strip(), (time.perf_counter() - start) * 1000)
    if child.returncode:
        raise RuntimeError(f"{command} ended with {child.returncode}")
    return found
