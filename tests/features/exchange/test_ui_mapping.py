"""The mapping by keyboard, what the panel explains, and repairs of values that do not fit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crmdesk.core.i18n import region
from crmdesk.features.exchange.reading import ReadOptions
from crmdesk.features.exchange.ui.column_facts import facts
from crmdesk.features.exchange.ui.intake import IntakeSheet, read_file
from crmdesk.features.exchange.ui.mapping_table import MappingTable
from crmdesk.features.exchange.values import Habits

Table = Callable[..., Path]
HABITS = Habits(region("it_IT"), "EUR")
LIST = """
    Ragione sociale;Cliente dal;Vecchio
    Bar Sport;21/03/2019;A
    Hotel Belvedere;31/02/2020;B
    Tipografia Lombardi;marzo;C
    Caseificio;marzo;D
    Condominio;;E
    Panificio;14/01/2017;F
    Officina;27/03/2015;G
    Vetreria;18/05/2019;H
    Albergo;2/10/2021;I
"""


def sheet_of(path: Path) -> IntakeSheet:
    """The only sheet of a file."""
    return read_file(path, ReadOptions(region="it_IT"), lambda: False).sheets[0]


def test_a_field_is_changed_by_keyboard(qtbot: QtBot, table: Table) -> None:
    sheet = sheet_of(table(LIST))
    view = MappingTable()
    qtbot.addWidget(view)
    view.assigned.connect(lambda column, key: sheet.assign(column, key))
    view.resize(1100, 400)
    view.show()
    view.show_sheet(sheet, HABITS.region)
    view.select_id("2")
    assert sheet.guess(2).target == ""

    qtbot.keyClick(view, Qt.Key.Key_F2)
    assert view.chooser is not None
    qtbot.keyClicks(view.chooser.view(), "Nu")
    qtbot.keyClick(view.chooser.view(), Qt.Key.Key_Return)

    assert sheet.guess(2).target == "customer.number"
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert sheet.guess(2).target == ""


def test_a_field_taken_by_another_column_leaves_the_first_one(table: Table) -> None:
    sheet = sheet_of(table(LIST))
    assert sheet.guess(0).target == "customer.name"
    sheet.assign(2, "customer.name")
    assert [guess.target for guess in sheet.plan.guesses] == ["", "customer.since", "customer.name"]


def test_the_counts_of_a_column_add_up_to_the_rows(table: Table) -> None:
    found = facts(sheet_of(table(LIST)), 1, HABITS)
    assert found.counts == (
        ("Dates as text", 5, "text_2"),
        ("Not understood", 3, "late"),
        ("Empty", 1, "text_3"),
    )
    assert sum(count for _text, count, _color in found.counts) == found.rows == 9
    assert found.evidence == "5 values have a first number above 12. So the day comes first."


def test_a_value_that_does_not_fit_is_repaired_without_touching_the_file(table: Table) -> None:
    path = table(LIST)
    sheet, before = sheet_of(path), path.read_bytes()
    misfits = facts(sheet, 1, HABITS).misfits
    assert [(misfit.value, len(misfit.rows)) for misfit in misfits] == [("31/02/2020", 1), ("marzo", 2)]
    assert str(misfits[0].repair) == "2020-02-29" and misfits[1].repair is None

    for misfit in misfits:
        for row in misfit.rows:
            sheet.repair(row, 1, misfit.repair)

    assert facts(sheet, 1, HABITS).misfits == ()
    assert path.read_bytes() == before


def test_another_header_row_gives_other_columns(table: Table) -> None:
    sheet = sheet_of(table("Bar Sport;Stresa\nHotel;Verbania\n"))
    sheet.again(-1)
    assert (sheet.data_rows, sheet.plan.header.names) == (2, ("Column 1", "Column 2"))
    sheet.again(0)
    assert (sheet.data_rows, sheet.plan.header.names) == (1, ("Bar Sport", "Stresa"))
