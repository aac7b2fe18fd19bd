"""What the tests of the toolkit share: the light look, applied once per test."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crmdesk.qt import theme


@pytest.fixture(autouse=True)
def light(qapp: QApplication, qtbot: QtBot) -> theme.Theme:
    """The light look at 100 %."""
    if theme.signals.theme is not None and qapp.styleSheet() and theme.current().name == "light":
        return theme.current()
    return theme.apply(qapp, "light")
