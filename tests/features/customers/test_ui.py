"""The customers page used as its owner does: by keys and clicks, in the real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from crmdesk.core.store import Store
from crmdesk.features.customers import queries
from crmdesk.features.customers.queries import CustomerCard
from crmdesk.features.customers.ui.details_panel import DetailsPanel
from crmdesk.features.customers.ui.history_dialog import HistoryDialog
from crmdesk.features.customers.ui.page import CustomersPage
from crmdesk.features.customers.ui.people_panel import PeoplePanel
from crmdesk.qt.window import MainWindow

NAMES = ["Bar Sport", "Caseificio Valsesia", "Hotel Belvedere"]


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> CustomersPage:
    shown = window.page("customers")
    assert isinstance(shown, CustomersPage)
    qtbot.waitUntil(lambda: shown.list.table.record_model.rowCount() == 3)
    qtbot.waitUntil(lambda: shown.card.customer is not None)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return shown


def listed(page: CustomersPage) -> list[str]:
    model = page.list.table.record_model
    return sorted(model.row(place).texts[0] for place in range(model.rowCount()))


def select(page: CustomersPage, name: str) -> str:
    model = page.list.table.record_model
    place = next(at for at in range(model.rowCount()) if model.row(at).texts[0] == name)
    page.list.table.select_id(model.id_at(place))
    page.list.table.setFocus()
    page._show_current()
    return model.id_at(place)


def card(store: Store, ident: str) -> CustomerCard:
    with store.read() as session:
        found = queries.card(session, ident)
    assert found is not None
    return found


def details(page: CustomersPage) -> DetailsPanel:
    page.card.show_panel("details")
    panel = page.card.panel("details")
    assert isinstance(panel, DetailsPanel)
    return panel


def test_typing_into_the_search_narrows_the_list_and_esc_widens_it(page: CustomersPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.list.search, "belv")
    qtbot.waitUntil(lambda: listed(page) == ["Hotel Belvedere"])
    assert page.list.filters.count.text() == "1 of 3"
    qtbot.keyClick(page.list.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: listed(page) == NAMES)


def test_no_result_is_not_the_same_as_no_customers(page: CustomersPage, store: Store, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.list.search, "zzz")
    qtbot.waitUntil(page.list.no_result.isVisible)
    page.list.no_result.acted.emit()
    qtbot.waitUntil(lambda: listed(page) == NAMES)
    store.undo()
    qtbot.waitUntil(page.list.no_customers.isVisible)
    assert page.card.nobody.isVisible()


def test_f2_renames_in_place_and_ctrl_z_takes_it_back(
    page: CustomersPage, window: MainWindow, store: Store, qtbot: QtBot
) -> None:
    ident = select(page, "Bar Sport")
    qtbot.keyClick(page.list.table, Qt.Key.Key_F2)
    editor = page.list.table.findChild(QLineEdit)
    assert editor is not None
    editor.setText("Bar Centrale")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Bar Centrale" in listed(page))
    assert store.undo_label() == "Name of Bar Sport changed"
    assert page.list.table.current_id() == ident
    window.actions_registry.run("undo")
    qtbot.waitUntil(lambda: listed(page) == NAMES)


def test_an_empty_name_is_refused_with_a_sentence(page: CustomersPage, window: MainWindow) -> None:
    ident = select(page, "Bar Sport")
    page.list.table.edited.emit(ident, "name", " ")
    assert window.band.isVisible()
    assert "name" in window.band.message.text()


def test_what_was_moved_to_the_trash_is_restored_from_there(page: CustomersPage, qtbot: QtBot) -> None:
    ident = select(page, "Bar Sport")
    page.trash()
    qtbot.waitUntil(lambda: listed(page) == NAMES[1:])
    page.show_trash()
    qtbot.waitUntil(lambda: listed(page) == ["Bar Sport"])
    page.show_customer(ident)
    assert page.card.band.isVisible()
    page.card.band.action.click()
    qtbot.waitUntil(page.list.empty_trash.isVisible)
    page.list.clear()
    qtbot.waitUntil(lambda: listed(page) == NAMES)


def test_undo_stands_beside_what_was_moved_to_the_trash(
    page: CustomersPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.list.table.setFocus()
    page.list.table.selectAll()
    qtbot.keyClick(page.list.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: listed(page) == [])
    assert window.band.message.text() == "3 customers moved to trash"
    window.band.action.click()
    qtbot.waitUntil(lambda: listed(page) == NAMES)


def test_a_new_customer_needs_a_name_and_is_then_current(
    page: CustomersPage, store: Store, qtbot: QtBot
) -> None:
    page.open(search="belv")
    page.new()
    form = page.list.new_form
    assert (form.name.text(), page.list.search.text()) == ("belv", "")
    form.name.setText("Panificio Moretti")
    form.town.setText("Borgosesia")
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Panificio Moretti" in listed(page))
    qtbot.waitUntil(lambda: page.card.card is not None and page.card.card.name == "Panificio Moretti")
    assert store.undo_label() == "Add Panificio Moretti"
    assert not form.isVisible()


def test_a_name_that_is_there_already_is_said_while_typing(page: CustomersPage, qtbot: QtBot) -> None:
    page.new()
    page.list.new_form.name.setText("hotel bélvedere")
    assert page.list.new_form.open_twin.isVisible()
    page.list.new_form.open_twin.click()
    assert page.card.card is not None
    assert page.card.card.name == "Hotel Belvedere"


def test_a_filter_chip_limits_the_list_until_it_is_closed(page: CustomersPage, qtbot: QtBot) -> None:
    page.open(kinds=("supplier",))
    qtbot.waitUntil(lambda: listed(page) == [])
    page.list.filters.clear()
    qtbot.waitUntil(lambda: listed(page) == NAMES)


def test_a_field_left_changed_is_one_step_named_after_it(
    page: CustomersPage, store: Store, qtbot: QtBot
) -> None:
    ident = select(page, "Bar Sport")
    editor = details(page).form.editor("vat_number")
    line = editor.input()
    line.setFocus()
    qtbot.keyClicks(line, "01234567890")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert card(store, ident).values["vat_number"] == "01234567890"
    assert store.undo_label() == "VAT number of Bar Sport changed"


def test_a_phone_typed_into_the_last_row_is_added_and_edited(
    page: CustomersPage, store: Store, qtbot: QtBot
) -> None:
    ident = select(page, "Bar Sport")
    points = details(page).points
    qtbot.keyClicks(points.add_line, "0323 550142")
    qtbot.keyClick(points.add_line, Qt.Key.Key_Return)
    assert [point.value for point in card(store, ident).points] == ["0323 550142"]

    def shown() -> list[QLineEdit]:
        return [
            one for one in points.findChildren(QLineEdit) if one.isVisible() and one.text() == "0323 550142"
        ]

    qtbot.waitUntil(lambda: bool(shown()) and points.add_line.text() == "")
    line = shown()[0]
    qtbot.keyClicks(line, "9")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert store.undo_label() == "Phone of Bar Sport changed"


def test_a_person_is_added_by_name_and_role(page: CustomersPage, store: Store, qtbot: QtBot) -> None:
    ident = select(page, "Bar Sport")
    page.card.show_panel("people")
    panel = page.card.panel("people")
    assert isinstance(panel, PeoplePanel)
    qtbot.keyClicks(panel.add_line, "Elena Zanetti, director")
    qtbot.keyClick(panel.add_line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(panel.blocks) == 1)
    line = card(store, ident).people[0]
    assert (line.first_name, line.last_name, line.role) == ("Elena", "Zanetti", "director")
    panel.blocks[0].edit.setChecked(True)
    assert panel.blocks[0].form is not None


def test_history_gives_an_earlier_value_back(page: CustomersPage, store: Store, qtbot: QtBot) -> None:
    ident = select(page, "Bar Sport")
    page.list.table.edited.emit(ident, "name", "Bar Centrale")
    page.card.refresh()
    assert page.card.card is not None
    dialog = HistoryDialog(page.desk, page.card.card, page)
    qtbot.addWidget(dialog)
    entry = next(one for one in dialog.entries() if one.field == "name" and one.new == "Bar Sport")
    dialog.restore(entry)
    assert card(store, ident).name == "Bar Sport"


def test_copy_gives_a_table_with_the_columns_shown(page: CustomersPage) -> None:
    select(page, "Bar Sport")
    page.list.table.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("Customer\tLast contact\tTurnover 12 m\tNext action")
    assert lines[1].startswith("Bar Sport\t")


def test_a_narrow_page_keeps_two_columns(page: CustomersPage, window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1100, 700)
    header = page.list.table.table_header
    qtbot.waitUntil(lambda: header.count() - header.hiddenSectionCount() == 2)
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: header.count() - header.hiddenSectionCount() == 4)


def test_everything_that_takes_the_focus_has_a_name(page: CustomersPage, qtbot: QtBot) -> None:
    page.new()
    details(page)
    QApplication.processEvents()
    stops = [one for one in page.findChildren(QLineEdit) if one.isVisible()]
    assert stops
    assert [one for one in stops if not one.accessibleName()] == []


def test_a_key_figure_opens_and_says_what_it_means(page: CustomersPage) -> None:
    select(page, "Bar Sport")
    page.card.explain("turnover_12m")
    assert page.card._popup is not None
    assert page.card._popup.isVisible()
    page.card._popup.close()


def test_the_keys_of_the_page_work_wherever_the_focus_is(
    page: CustomersPage, window: MainWindow, qtbot: QtBot
) -> None:
    window.sidebar.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.list.search.hasFocus()
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert page.list.new_form.name.hasFocus()
    qtbot.keyClick(page.list.new_form.name, Qt.Key.Key_Escape)
    assert not page.list.new_form.isVisible()
