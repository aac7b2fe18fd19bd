"""Names that look like markup or like keys are shown as they were typed, everywhere."""

from __future__ import annotations

from PySide6.QtGui import Qt, QTextDocument
from pytestqt.qtbot import QtBot

from crmdesk.qt.plain_text import menu_text, tip_text
from crmdesk.qt.widgets import Button, Chip, ElidedLabel, FigureLabel, label

EVIL = '<img src="file:///etc/passwd"><b>x</b> & Söhne'


def shown(tip: str) -> str:
    """What a reader of a tool tip sees."""
    if not Qt.mightBeRichText(tip):
        return tip
    document = QTextDocument()
    document.setHtml(tip)
    return document.toPlainText()


def test_a_tool_tip_shows_markup_as_text_and_keeps_its_lines() -> None:
    for text in (EVIL, "a &lt; b", f"first\n{EVIL}", "1 < 2", "plain"):
        assert shown(tip_text(text)) == text


def test_a_name_with_an_ampersand_makes_no_key_of_a_button(qtbot: QtBot) -> None:
    for made in (Button("Rossi &Figli"), Chip("Rossi &Figli"), FigureLabel("R&D")):
        qtbot.addWidget(made)
        assert made.shortcut().isEmpty()
        made.setText("Bianchi &Co")
        assert made.shortcut().isEmpty()
    assert menu_text("R&D") == "R&&D"


def test_a_cut_label_tells_a_name_of_markup_as_text(qtbot: QtBot) -> None:
    made = ElidedLabel(EVIL)
    qtbot.addWidget(made)
    made.resize(40, 20)
    made.show()
    assert shown(made.toolTip()) == EVIL


def test_a_label_that_can_be_marked_is_named_by_its_text(qtbot: QtBot) -> None:
    made = label("0323 550 142")
    qtbot.addWidget(made)
    made.make_selectable()
    assert made.accessibleName() == "0323 550 142"
