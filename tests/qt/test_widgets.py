"""The small parts: what they show, what they say, what keys do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from crmdesk.qt.widgets import (
    Band,
    Button,
    Chip,
    ClusterBadge,
    ElidedLabel,
    EmptyState,
    FigureLabel,
    FilterChip,
    FlowLayout,
    IconButton,
    KeyFigure,
    KeyFigureStrip,
    SearchField,
    SegmentedControl,
    TabBar,
    label,
)
from tests.qt.accessibility import nameless


def test_a_label_never_reads_markup(qtbot: QtBot) -> None:
    shown = label("<b>Rossi</b> & figli")
    qtbot.addWidget(shown)
    assert shown.textFormat() == Qt.TextFormat.PlainText


def test_a_cut_label_shows_the_whole_in_a_tool_tip(qtbot: QtBot) -> None:
    shown = ElidedLabel("Cooperativa Ortofrutta Sesia e figli")
    qtbot.addWidget(shown)
    shown.resize(60, 20)
    shown.show()
    assert shown.text().endswith("…")
    assert shown.toolTip() == "Cooperativa Ortofrutta Sesia e figli"


def test_a_computed_figure_opens_by_click_and_by_key(qtbot: QtBot) -> None:
    figure = FigureLabel("21.340 €")
    qtbot.addWidget(figure)
    figure.show()
    clicks = QSignalSpy(figure.clicked)
    qtbot.mouseClick(figure, Qt.MouseButton.LeftButton)
    qtbot.keyClick(figure, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(figure, Qt.Key.Key_Return)
    assert clicks.count() == 3


def test_a_typed_figure_cannot_be_reached(qtbot: QtBot) -> None:
    figure = FigureLabel("9 of 10", computed=False)
    qtbot.addWidget(figure)
    assert figure.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_a_key_figure_tells_its_name_when_opened(qtbot: QtBot) -> None:
    strip = KeyFigureStrip()
    qtbot.addWidget(strip)
    strip.set_figures([KeyFigure("turnover", "Turnover 12 m", "21.340 €"), KeyFigure("risk", "Risk", "8 %")])
    opened: list[str] = []
    strip.opened.connect(opened.append)
    strip.findChildren(FigureLabel)[1].click()
    assert opened == ["risk"]
    assert strip.findChildren(FigureLabel)[0].accessibleName() == "Turnover 12 m: 21.340 €"


def test_the_cross_of_a_chip_and_delete_take_it_away(qtbot: QtBot) -> None:
    chip = FilterChip("Cluster", "Key")
    qtbot.addWidget(chip)
    chip.resize(chip.sizeHint())
    chip.show()
    closed, clicked = QSignalSpy(chip.closed), QSignalSpy(chip.clicked)
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=chip.rect().center())
    right = chip.rect().adjusted(0, 0, -8, 0).bottomRight()
    right.setY(12)
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=right)
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    assert (clicked.count(), closed.count()) == (1, 2)


def test_a_band_runs_its_action_once_and_goes(qtbot: QtBot) -> None:
    band = Band()
    qtbot.addWidget(band)
    done: list[str] = []
    band.tell("312 customers imported.", "ok", "Undo import", lambda: done.append("undo"))
    assert band.isVisible()
    band.action.click()
    assert done == ["undo"]
    assert not band.isVisible()


def test_the_search_waits_for_the_hands_and_esc_clears_at_once(qtbot: QtBot) -> None:
    field = SearchField("Name, town, phone", delay=20)
    qtbot.addWidget(field)
    field.show()
    heard: list[str] = []
    field.searched.connect(heard.append)
    qtbot.keyClicks(field, "bel")
    qtbot.waitUntil(lambda: heard == ["bel"])
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert heard == ["bel", ""]


def test_a_segmented_control_tells_the_choice(qtbot: QtBot) -> None:
    control = SegmentedControl((("it", "Italiano", ""), ("en", "English", "")), "Language")
    qtbot.addWidget(control)
    heard: list[str] = []
    control.chosen.connect(heard.append)
    control.choose("en")
    assert (control.value(), heard) == ("en", [])


def test_parts_flow_into_a_second_line_when_the_width_ends(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    flow = FlowLayout(box)
    for word in ("Cluster", "Status", "Town"):
        flow.addWidget(Chip(word))
    assert flow.heightForWidth(1000) == 24
    assert flow.heightForWidth(100) > 50


def test_tabs_grow_with_their_counts(qtbot: QtBot) -> None:
    tabs = TabBar("Parts of the card")
    qtbot.addWidget(tabs)
    tabs.addTab("Orders")
    before = tabs.tabSizeHint(0).width()
    tabs.set_count(0, 61)
    assert tabs.tabSizeHint(0).width() > before
    assert tabs.accessibleTabName(0) == "Orders 61"


def test_nothing_in_the_toolkit_is_nameless(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    column = QVBoxLayout(box)
    for part in (
        Button("Call card", "primary", "phone", "F8"),
        IconButton("ellipsis", "More"),
        SearchField("Name"),
        Band(),
        EmptyState("handshake", "No contact yet", "Log the first call.", "Log a contact"),
        FigureLabel("8 %"),
        ClusterBadge("key"),
        SegmentedControl((("light", "", "sun"), ("dark", "", "moon")), "Theme"),
    ):
        column.addWidget(part)
    box.findChildren(Band)[0].tell("Done.", "ok", "Undo")
    assert nameless(box) == []


def test_the_ring_shows_after_a_key_and_not_after_a_click(qtbot: QtBot) -> None:
    button = Button("Task")
    qtbot.addWidget(button)
    with qtbot.waitActive(button):
        button.show()
        button.activateWindow()
    button.clearFocus()
    plain = button.grab().toImage()
    button.setFocus(Qt.FocusReason.MouseFocusReason)
    assert button.grab().toImage() == plain
    button.clearFocus()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert button.grab().toImage() != plain
