"""Changes of the store as Qt signals: on the window's thread, once per turn of the event loop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

if TYPE_CHECKING:
    from crmdesk.core.changes import Changes
    from crmdesk.core.store import Store


def merged(parts: Sequence[Changes]) -> Changes:
    """Several changes as one: all their tables and rows, under the last label."""
    if len(parts) == 1:
        return parts[0]
    tables = frozenset[str]().union(*(part.tables for part in parts))
    rows: dict[str, frozenset[str]] = {}
    for table in tables:
        touching = [part for part in parts if table in part.tables]
        if all(table in part.rows for part in touching):
            rows[table] = frozenset[str]().union(*(part.rows[table] for part in touching))
    named = {id(part.initiator) for part in parts}
    initiator = parts[-1].initiator if len(named) == 1 else None
    return replace(parts[-1], tables=tables, rows=rows, initiator=initiator)


class StoreSignals(QObject):
    """Sends `changed` with merged Changes whenever the store was written, from whatever thread."""

    changed = Signal(object)
    _arrived = Signal(object)

    def __init__(self, store: Store | None = None, parent: QObject | None = None) -> None:
        """Listen to a store, if there is one already."""
        super().__init__(parent)
        self._waiting: list[Changes] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self.deliver)
        self._arrived.connect(self._collect, Qt.ConnectionType.QueuedConnection)
        if store is not None:
            self.follow(store)

    def follow(self, store: Store) -> None:
        """Listen to a store."""
        store.subscribe(self.notice)

    def notice(self, changes: Changes) -> None:
        """Take changes from any thread."""
        self._arrived.emit(changes)

    @Slot(object)
    def _collect(self, changes: Changes) -> None:
        self._waiting.append(changes)
        self._timer.start()

    def deliver(self) -> None:
        """Send what has arrived, as one."""
        waiting, self._waiting = self._waiting, []
        if waiting:
            self.changed.emit(merged(waiting))
