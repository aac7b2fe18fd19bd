"""The settings of a file on loan: another look leaves the firm, its name and its currency alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crmdesk.core import settings as personal
from crmdesk.core.settings import Settings
from crmdesk.desktop import Program, options_from
from crmdesk.features.customers import queries
from crmdesk.qt.settings_dialog import SettingsDialog


@pytest.fixture
def program(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    """The program over the file of a Swiss firm, while its user reckons in pounds."""
    personal.save(Settings(language="en", region="en_GB", backup_on_close=False))
    made = Program(qapp, options_from([]))
    path = tmp_path / "swiss.crmdesk"
    made.features().create(path, Settings(firm="Bergbahn", currency="CHF")).close()
    made.start()
    made.open_store(path)
    yield made
    made.crash.remove()
    if made.bench is not None:
        made.bench.close()
    if made.window is not None:
        made.window.hide()
        made.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def firm(program: Program) -> tuple[str, str]:
    assert program.bench is not None
    with program.bench.store.read() as session:
        return queries.firm_name(session), queries.currency(session)


def test_the_look_changes_and_the_firm_stays(program: Program) -> None:
    assert program.window is not None
    program.window.actions_registry.run("settings")
    dialog = program.window.findChild(SettingsDialog)
    assert (dialog.settings.firm, dialog.settings.currency) == ("Bergbahn", "CHF")
    dialog.changed.emit(replace(dialog.settings, theme="dark"))
    assert program.settings.theme == "dark"
    assert firm(program) == ("Bergbahn", "CHF")
    dialog.changed.emit(replace(dialog.settings, firm="Bergbahn AG"))
    assert firm(program) == ("Bergbahn AG", "CHF")
    dialog.close()
