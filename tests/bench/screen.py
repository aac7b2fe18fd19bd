"""What the benches of the window share: an application, a painted widget, frames while a list scrolls."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from crmdesk.core import i18n
from crmdesk.qt import theme
from tests.bench.measure import once

WIDTH, HEIGHT = 1100, 700


def application() -> QApplication:
    """The application in its light look."""
    app = QApplication.instance() or QApplication(["bench"])
    assert isinstance(app, QApplication)
    i18n.install("en")
    theme.apply(app, "light", 1.0)
    return app


def painted(widget: QWidget) -> QWidget:
    """A widget shown and painted once."""
    widget.resize(WIDTH, HEIGHT)
    widget.show()
    QApplication.processEvents()
    widget.repaint()
    return widget


def until(done: Callable[[], bool], seconds: float = 60) -> None:
    """Serve events until something is so."""
    end = time.monotonic() + seconds
    while not done():
        if time.monotonic() > end:
            raise TimeoutError("the window never got there")
        QApplication.processEvents()
        time.sleep(0.001)


def settle() -> None:
    """Let what runs in threads come to its end."""
    QThreadPool.globalInstance().waitForDone()
    QApplication.processEvents()


def frames(view: QAbstractItemView, count: int) -> list[float]:
    """How long each page down takes with its painting, from the top again at the end."""
    bar = view.verticalScrollBar()
    times = []
    for _frame in range(count):
        start = 0 if bar.value() >= bar.maximum() else bar.value() + bar.pageStep()
        times.append(once(lambda: turn(view, start)))  # noqa: B023
    return times


def turn(view: QAbstractItemView, value: int) -> None:
    """Scroll to a place and paint."""
    view.verticalScrollBar().setValue(value)
    view.viewport().repaint()
