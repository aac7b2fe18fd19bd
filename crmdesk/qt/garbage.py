"""The collector of unused objects runs on the window's thread alone."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

PAUSE_MS = 1000


class WindowCollector(QObject):
    """Collects now and then on the window's thread.

    Left to itself Python collects on whichever thread allocates; a widget or a timer that dies on a thread
    other than the window's takes the event loop's timers with it.
    """

    def __init__(self, parent: QObject) -> None:
        """Take over from the automatic collector until the parent is gone."""
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(PAUSE_MS)

    def look(self) -> None:
        """Collect the generations that are due."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return
