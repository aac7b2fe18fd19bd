"""The time slider: keys, mouse and what it says in words."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from crmdesk.core.dates import add_months
from crmdesk.qt.quadrant.slider import MonthCounts, TimeSlider

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def slider(qtbot: QtBot) -> TimeSlider:
    widget = TimeSlider()
    qtbot.addWidget(widget)
    widget.resize(800, 90)
    counts = {"key": 3, "develop": 4, "maintain": 5, "marginal": 20}
    widget.set_months([MonthCounts(add_months(date(2024, 12, 1), n), counts) for n in range(24)])
    widget.set_edges(80, 780)
    widget.show()
    return widget


def test_the_slider_starts_at_the_last_month_and_says_its_counts(slider: TimeSlider) -> None:
    assert slider.chosen() == 23
    assert "Key 3" in slider.accessibleDescription()


def test_arrows_step_a_month_and_home_and_end_jump(slider: TimeSlider) -> None:
    seen: list[int] = []
    slider.month_chosen.connect(seen.append)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_End):
        QTest.keyClick(slider, key)
    assert seen == [22, 0, 1, 23]


def test_a_click_on_a_bar_looks_at_its_month(slider: TimeSlider) -> None:
    QTest.mouseClick(slider, LEFT, pos=QPoint(80 + 10, 20))
    assert slider.chosen() == 0
    QTest.mouseClick(slider, LEFT, pos=QPoint(779, 20))
    assert slider.chosen() == 23


def test_the_bars_end_where_the_plot_ends(slider: TimeSlider) -> None:
    picture = slider.grab().toImage()
    empty = picture.pixelColor(785, 35)
    assert picture.pixelColor(770, 35) != empty and picture.pixelColor(75, 35) == empty


def test_a_slider_without_months_stays_quiet(qtbot: QtBot) -> None:
    widget = TimeSlider()
    qtbot.addWidget(widget)
    widget.show()
    QTest.keyClick(widget, Qt.Key.Key_Left)
    assert widget.chosen() == 0 and not widget.grab().isNull()
