"""What the bench of the start measures: the real program, which says when it is painted and filled."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

PATIENCE = 60


def main(store: Path) -> int:
    """Start the real program on a store, say when it is painted and when its list is filled, and leave."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from crmdesk.desktop import Program, options_from

    app = QApplication(["crmdesk"])
    program = Program(app, options_from(["--store", str(store)]))
    program.start()
    assert program.window is not None
    program.window.repaint()
    print("shown", flush=True)
    asked: list[bool] = []

    began = time.monotonic()

    def look() -> None:
        if time.monotonic() - began > PATIENCE:
            said = program.window.band.message.text() if program.window else ""
            print(f"nothing was filled in {PATIENCE} s: {said}", file=sys.stderr, flush=True)
            os._exit(1)
        if program.bench is None or program.window is None:
            return
        if not asked:
            asked.append(True)
            program.window.go("customers")
        from crmdesk.qt.record_table import RecordTable

        tables = [one for one in program.window.findChildren(RecordTable) if one.isVisible()]
        if any(one.name == "customers" and one.record_model.rowCount() for one in tables):
            program.window.repaint()
            print("filled", flush=True)
            timer.stop()
            os._exit(0)

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(1)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
