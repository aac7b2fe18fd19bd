"""The list: two stages, sort, selection by id, copy, edit in place, columns."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from crmdesk.core.kinds import Kind
from crmdesk.qt.record_table import RecordTable
from crmdesk.qt.rows import Cell, Column, ListSource, Row
from crmdesk.qt.widgets import EmptyState

COLUMNS = (
    Column("name", "Customer", width=204, delegate="name", editable=True),
    Column("turnover", "Turnover 12 m", Kind.MONEY, width=112, right=True, delegate="spark"),
    Column("age", "Last contact", width=80, delegate="age"),
    Column("next", "Next action", width=150, delegate="action", stretch=True),
    Column("town", "Town", shown=False),
)

LONG = 6000


class CountingSource(ListSource):
    """A source that notes how many rows were asked for."""

    asked = 0

    def rows(self, ids: Sequence[str]) -> Sequence[Row]:
        CountingSource.asked += len(ids)
        return super().rows(ids)


def rows(count: int) -> list[Row]:
    cells = {
        0: Cell("Dairy, Varallo", cluster="key"),
        1: Cell(values=(1, 2, 3)),
        3: Cell("late", "phone", "late"),
    }
    return [
        Row(f"{n:032x}", (f"Customer {n:05d}", f"{n}.000", f"{n} days", "Call", "Stresa"), cells)
        for n in range(count)
    ]


def table(qtbot: QtBot, count: int = 300) -> RecordTable:
    made = RecordTable("customers", COLUMNS, "Customers")
    qtbot.addWidget(made)
    made.resize(640, 400)
    made.show_source(ListSource(COLUMNS, rows(count)))
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_the_first_page_shows_before_all_ids_are_known(qtbot: QtBot) -> None:
    made = table(qtbot, 50_000)
    assert made.record_model.rowCount() == 50_000
    assert made.record_model.row(3).texts[0] == "Customer 00003"
    qtbot.waitUntil(made.record_model.knows_ids)
    assert made.record_model.row(49_999).texts[0] == "Customer 49999"


def test_a_far_jump_reads_one_page_only(qtbot: QtBot) -> None:
    made = RecordTable("customers", COLUMNS, "Customers")
    qtbot.addWidget(made)
    made.record_model.show(CountingSource(COLUMNS, rows(2000)))
    CountingSource.asked = 0
    assert made.record_model.row(1500).texts[0] == "Customer 01500"
    assert CountingSource.asked == 128


def test_a_click_on_the_header_sorts_and_keeps_the_chosen_row(qtbot: QtBot) -> None:
    made = table(qtbot)
    made.select_id(rows(10)[7].id)
    header = made.table_header
    at = QPoint(header.sectionViewportPosition(0) + 20, 10)
    for _click in range(2):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert made.record_model.row(0).texts[0] == "Customer 00299"
    assert made.current_id() == rows(10)[7].id
    assert made.selected_ids() == [rows(10)[7].id]


class ThreadedSource(ListSource):
    """A source that notes on which threads all its ids were asked for."""

    threads: ClassVar[list[int]] = []

    def ids(self) -> Sequence[str]:
        ThreadedSource.threads.append(threading.get_ident())
        return super().ids()

    def sorted(self, column: str, descending: bool) -> ThreadedSource:
        return ThreadedSource(COLUMNS, rows(LONG)[::-1])


def test_a_sort_of_a_long_list_never_reads_all_ids_on_the_window_thread(qtbot: QtBot) -> None:
    made = table(qtbot)
    made.show_source(ThreadedSource(COLUMNS, rows(LONG)))
    qtbot.waitUntil(made.record_model.knows_ids)
    chosen = rows(LONG)[4000].id
    made.select_id(chosen)
    ThreadedSource.threads.clear()

    made.table_header.sectionClicked.emit(0)

    assert made.verticalScrollBar().value() == 0
    qtbot.waitUntil(lambda: made.current_id() == chosen)
    assert ThreadedSource.threads and threading.get_ident() not in ThreadedSource.threads


def test_selection_and_scroll_survive_a_refresh_with_a_new_row_above(qtbot: QtBot) -> None:
    made = table(qtbot)
    kept = rows(300)[100].id
    made.select_id(kept)
    made.verticalScrollBar().setValue(95 * 46)
    changed: list[str] = []
    made.current_changed.connect(changed.append)
    newer = Row("f" * 32, ("Aaa", "1", "1", "", ""))
    made.show_source(ListSource(COLUMNS, [newer, *rows(300)]))
    qtbot.waitUntil(lambda: made.current_id() == kept)
    assert made.verticalScrollBar().value() == 96 * 46
    assert changed == []


def test_a_refresh_without_new_rows_does_not_reset(qtbot: QtBot) -> None:
    made = table(qtbot, 20)
    resets: list[int] = []
    made.record_model.modelReset.connect(lambda: resets.append(1))
    made.record_model.refresh()
    assert resets == []


def test_chosen_rows_are_copied_with_their_header(qtbot: QtBot) -> None:
    made = table(qtbot)
    made.select_ids([rows(3)[0].id, rows(3)[2].id])
    qtbot.keyClick(made, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    data = QGuiApplication.clipboard().mimeData()
    lines = data.text().split("\n")
    assert lines[0] == "Customer\tTurnover 12 m\tLast contact\tNext action"
    assert lines[2].startswith("Customer 00002\t2.000")
    assert data.html().count("<tr>") == 3


def test_f2_edits_in_place_and_tells_what_was_typed(qtbot: QtBot) -> None:
    made = table(qtbot)
    made.select_id(rows(3)[1].id)
    made.setFocus()
    heard: list[tuple[str, str, str]] = []
    made.edited.connect(lambda *what: heard.append(what))
    qtbot.keyClick(made, Qt.Key.Key_F2)
    editor = made.findChild(QLineEdit)
    assert editor is not None
    editor.setText("Hotel Belvedere")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: heard == [(rows(3)[1].id, "name", "Hotel Belvedere")])


def test_enter_and_double_click_open_a_row(qtbot: QtBot) -> None:
    made = table(qtbot)
    made.select_id(rows(3)[1].id)
    heard: list[str] = []
    made.chosen.connect(heard.append)
    qtbot.keyClick(made, Qt.Key.Key_Return)
    at = QPoint(40, made.rowViewportPosition(2) + 10)
    qtbot.mouseDClick(made.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert heard == [rows(3)[1].id, rows(3)[2].id]


def test_columns_chosen_are_there_at_the_next_start_and_can_be_restored(qtbot: QtBot) -> None:
    made = table(qtbot)
    made.columns.show(4, True)
    made.columns.show(2, False)
    again = table(qtbot)
    assert not again.isColumnHidden(4)
    assert again.isColumnHidden(2)
    again.columns.usual()
    assert again.columns.visible() == [0, 1, 2, 3]


def test_little_room_shows_two_columns_and_forgets_nothing(qtbot: QtBot) -> None:
    made = table(qtbot)
    made.columns.show(4, True)
    made.columns.set_compact(("name", "next"))
    assert made.columns.visible() == [0, 3]
    made.columns.set_compact(None)
    assert made.columns.visible() == [0, 1, 2, 3, 4]


def test_the_empty_state_stands_in_place_of_no_rows(qtbot: QtBot) -> None:
    made = table(qtbot)
    empty = EmptyState("users", "No customers yet", "Import your spreadsheet.", "Choose a file")
    made.set_empty(empty)
    assert not empty.isVisible()
    made.show_source(ListSource(COLUMNS, []))
    assert empty.isVisible()


def test_hover_tints_the_whole_row_and_leaves_no_trace(qtbot: QtBot) -> None:
    made = table(qtbot)
    plain = made.viewport().grab().toImage()
    qtbot.mouseMove(made.viewport(), QPoint(300, 70))
    made.hovered = 1
    made.viewport().update()
    over = made.viewport().grab().toImage()
    y = made.rowViewportPosition(1) + 3
    assert over.pixel(2, y) == over.pixel(600, y) != plain.pixel(2, y)


def test_the_selected_row_turns_grey_when_the_focus_leaves(qtbot: QtBot) -> None:
    made = table(qtbot)
    made.select_id(rows(3)[1].id)
    y = made.rowViewportPosition(1) + 3
    made.has_focus = True
    focused = made.viewport().grab().toImage().pixelColor(1, y)
    made.has_focus = False
    resting = made.viewport().grab().toImage().pixelColor(1, y)
    assert focused != resting
    assert made.rowHeight(1) == 46


def test_a_row_is_spoken_with_its_second_line(qtbot: QtBot) -> None:
    model = table(qtbot).record_model
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Customer 00000 Dairy, Varallo"
