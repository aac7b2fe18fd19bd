"""The window paints before the heavy libraries are loaded."""

from __future__ import annotations

import subprocess
import sys

from crmdesk.core.paths import resources

HEAVY = (
    "sqlalchemy",
    "numpy",
    "pyqtgraph",
    "openpyxl",
    "rapidfuzz",
    "lxml",
    "stdnum",
    "phonenumbers",
    "babel",
)
PROGRAM = """
import importlib, sys
for name in sys.argv[1].split(","):
    importlib.import_module(name)
print(",".join(part for part in sys.argv[2].split(",") if part in sys.modules))
"""


def test_the_toolkit_loads_nothing_heavy() -> None:
    folder = resources().parent / "crmdesk" / "qt"
    names = ",".join(
        f"crmdesk.qt.{path.stem}" for path in sorted(folder.glob("*.py")) if path.stem != "__init__"
    )
    command = [sys.executable, "-c", PROGRAM, names, ",".join(HEAVY)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.strip() == ""
