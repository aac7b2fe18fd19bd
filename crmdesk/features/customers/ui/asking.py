"""Questions to the store off the window's thread; a new question interrupts the one before."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot
from sqlalchemy.orm import Session

from crmdesk.core.store import Store

Question = Callable[[Session], Any]


class _Ask(QRunnable):
    """One question with its number."""

    def __init__(self, asker: Asker, store: Store, number: int, question: Question) -> None:
        super().__init__()
        self._asker, self._store, self._number, self._question = asker, store, number, question
        self._lock = threading.Lock()
        self._connection: Any = None
        self._dropped = False

    def run(self) -> None:
        answer, error = None, None
        try:
            with self._store.read() as session:
                try:
                    if self._begin(session):
                        answer = self._question(session)
                finally:
                    self._end()
        except Exception as caught:
            error = caught
        try:
            self._asker.answered.emit(self._number, answer, error)
        except RuntimeError:
            return

    def _begin(self, session: Session) -> bool:
        with self._lock:
            self._connection = session.connection().connection.driver_connection
            return not self._dropped

    def _end(self) -> None:
        with self._lock:
            self._connection = None

    def drop(self) -> None:
        """Interrupt the query, or keep it from beginning."""
        with self._lock:
            self._dropped = True
            if self._connection is not None:
                self._connection.interrupt()


class Asker(QObject):
    """Asks the store one thing at a time; only the newest answer is given."""

    answered = Signal(int, object, object)

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        """Ask this store."""
        super().__init__(parent)
        self._store = store
        self._number = 0
        self._running: _Ask | None = None
        self._alive: dict[int, _Ask] = {}
        self._done: Callable[[Any], None] | None = None
        self._failed: Callable[[BaseException], None] | None = None
        self.answered.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._running is not None

    def ask(
        self, question: Question, done: Callable[[Any], None], failed: Callable[[BaseException], None]
    ) -> None:
        """Put a question; what was asked before is dropped. The answer comes on this thread."""
        self.drop()
        self._number += 1
        self._done, self._failed = done, failed
        ask = _Ask(self, self._store, self._number, question)
        ask.setAutoDelete(False)
        self._running = ask
        self._alive[self._number] = ask
        QThreadPool.globalInstance().start(ask)

    def drop(self) -> None:
        """Want no answer any more."""
        if self._running is not None:
            self._running.drop()
            self._running = None
        self._number += 1

    @Slot(int, object, object)
    def _take(self, number: int, answer: object, error: BaseException | None) -> None:
        self._alive.pop(number, None)
        if number != self._number:
            return
        self._running = None
        if error is not None and self._failed is not None:
            self._failed(error)
        elif self._done is not None:
            self._done(answer)
