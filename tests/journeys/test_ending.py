"""The program ends soundly, whatever was done in it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from crmdesk.core.feature import load
from crmdesk.core.settings import Settings
from crmdesk.features import SLICES
from crmdesk.features.customers.records import Customer

COPY_AND_LEAVE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from crmdesk import desktop
from crmdesk.qt.record_table import RecordTable

start = desktop.Program.start

def begin(self):
    start(self)
    look = QTimer(self)

    def copy():
        if self.bench is None:
            return
        self.window.go("customers")
        tables = [one for one in self.window.findChildren(RecordTable) if one.isVisible()]
        if tables and tables[0].record_model.rowCount():
            look.stop()
            tables[0].selectAll()
            tables[0].copy()
            print(QApplication.clipboard().text(), flush=True)
            self.window.close()

    look.timeout.connect(copy)
    look.start(50)

desktop.Program.start = begin
sys.exit(desktop.main(["--store", sys.argv[1]]))
"""


def test_the_program_ends_soundly_after_rows_were_copied(tmp_path: Path, home: Path) -> None:
    store = load(SLICES).create(tmp_path / "firm.crmdesk", Settings())
    with store.write("Add") as session:
        session.add(Customer(name="Hotel Belvedere"))
    store.close()

    done = subprocess.run(
        [sys.executable, "-c", COPY_AND_LEAVE, str(tmp_path / "firm.crmdesk")],
        env=os.environ | {"CRMDESK_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert "Hotel Belvedere" in done.stdout
    assert done.returncode == 0, done.stderr
