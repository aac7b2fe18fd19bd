"""Forms: values are read when a field is left, what is wrong stands under it and the text stays."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QComboBox, QSpinBox
from pytestqt.qtbot import QtBot

from crmdesk.core.fields import Field, choices
from crmdesk.core.i18n import region
from crmdesk.core.kinds import Kind
from crmdesk.core.settings import Settings
from crmdesk.qt.dialogs import FormSheet, confirm
from crmdesk.qt.editors import ChoiceEditor, LineEditor
from crmdesk.qt.record_form import RecordForm, Section
from crmdesk.qt.settings_dialog import SettingsDialog
from crmdesk.qt.widgets import label
from tests.qt.accessibility import nameless

FIELDS = (
    Field("name", "Name", Kind.TEXT),
    Field("budget", "Yearly budget", Kind.MONEY),
    Field("since", "Customer since", Kind.DATE),
    Field("kind", "Kind", Kind.CHOICE, choices=choices(("customer", "Customer"), ("lead", "Lead"))),
    Field("decides", "Decides", Kind.FLAG),
    Field("notes", "Notes", Kind.LONG_TEXT),
)


def form(qtbot: QtBot) -> RecordForm:
    made = RecordForm(
        FIELDS, region("it_IT"), "EUR", [Section("Customer", tuple(one.name for one in FIELDS))]
    )
    qtbot.addWidget(made)
    made.set_values(
        {"name": "Hotel Belvedere", "budget": 123450, "since": date(2014, 3, 1), "kind": "customer"}
    )
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def line(made: RecordForm, name: str) -> LineEditor:
    editor = made.editor(name)
    assert isinstance(editor, LineEditor)
    return editor


def test_leaving_a_field_tells_its_new_value_once(qtbot: QtBot) -> None:
    made = form(qtbot)
    heard: list[tuple[str, object]] = []
    made.changed.connect(lambda name, value: heard.append((name, value)))
    budget = line(made, "budget").line
    budget.setFocus()
    budget.selectAll()
    qtbot.keyClicks(budget, "12.500")
    assert line(made, "budget").reading.text().replace("\u00a0", " ") == "12.500,00 €"
    qtbot.keyClick(budget, Qt.Key.Key_Tab)
    assert heard == [("budget", 1_250_000)]


def test_a_field_left_unchanged_tells_nothing(qtbot: QtBot) -> None:
    made = form(qtbot)
    spy = QSignalSpy(made.changed)
    made.focus("name")
    qtbot.keyClick(line(made, "name").line, Qt.Key.Key_Tab)
    assert spy.count() == 0


def test_a_wrong_date_stays_with_a_sentence_under_it(qtbot: QtBot) -> None:
    made = form(qtbot)
    since = line(made, "since")
    since.set_text("31/02/2026")
    assert not made.commit("since")
    notes = [one.text() for one in made.findChildren(type(label())) if one.isVisible()]
    assert any("28" in text for text in notes)
    assert since.line.text() == "31/02/2026"
    assert since.line.property("invalid") is True


def test_a_refresh_leaves_the_field_being_typed_in_alone(qtbot: QtBot) -> None:
    made = form(qtbot)
    name = line(made, "name").line
    name.setFocus()
    qtbot.keyClicks(name, " Stresa")
    made.set_values({"name": "Somebody else", "kind": "lead"})
    assert name.text().endswith(" Stresa")
    assert made.editor("kind").value() == "lead"


def test_a_choice_that_is_unknown_is_shown_and_kept(qtbot: QtBot) -> None:
    made = form(qtbot)
    made.set_values({"kind": "dormant"})
    editor = made.editor("kind")
    assert isinstance(editor, ChoiceEditor)
    assert (editor.box.currentText(), editor.value()) == ("dormant", "dormant")


def test_a_sheet_closes_only_when_all_is_right(qtbot: QtBot) -> None:
    made = form(qtbot)
    sheet = FormSheet("New customer", "Add customer", made, None)
    qtbot.addWidget(sheet)
    sheet.open()
    heard: list[dict[str, object]] = []
    sheet.filled.connect(heard.append)
    line(made, "budget").set_text("many")
    sheet.act_button.click()
    assert (heard, sheet.isVisible()) == ([], True)
    line(made, "budget").set_text("10")
    sheet.act_button.click()
    assert heard[0]["budget"] == 1000


def test_the_way_out_is_the_default_where_nothing_can_be_taken_back(qtbot: QtBot) -> None:
    parent = label("")
    qtbot.addWidget(parent)
    done: list[int] = []
    sheet = confirm(parent, "Erase a person", "It cannot be undone.", "Erase", lambda: done.append(1))
    assert sheet.leave_button.isDefault()
    sheet.act_button.click()
    assert done == [1]


def test_forms_and_settings_are_named(qtbot: QtBot) -> None:
    made = form(qtbot)
    settings = SettingsDialog(Settings())
    qtbot.addWidget(settings)
    assert nameless(made) + nameless(settings) == []


def test_a_setting_counts_as_soon_as_it_is_changed(qtbot: QtBot) -> None:
    dialog = SettingsDialog(Settings())
    qtbot.addWidget(dialog)
    heard: list[Settings] = []
    dialog.changed.connect(heard.append)
    look = dialog.inputs["theme"]
    assert isinstance(look, QComboBox)
    look.setCurrentIndex(look.findData("dark"))
    look.activated.emit(look.currentIndex())
    minutes = dialog.inputs["minutes_per_day"]
    assert isinstance(minutes, QSpinBox)
    minutes.setValue(120)
    assert (heard[-1].theme, heard[-1].minutes_per_day) == ("dark", 120)
