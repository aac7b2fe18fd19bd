"""Small charts: the same figures in words, walked by keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crmdesk.qt.charts import Bar, BarChart, Line, LineChart


def test_a_bar_chart_says_its_figures_and_is_walked_by_keys(qtbot: QtBot) -> None:
    chart = BarChart("Two weeks ahead")
    qtbot.addWidget(chart)
    chart.set_bars([Bar("19", 88, "88 min", "series_1"), Bar("20", 30, "30 min")], 90)
    with qtbot.waitActive(chart):
        chart.show()
        chart.activateWindow()
    chart.setFocus()
    heard: list[int] = []
    chart.chosen.connect(heard.append)
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert heard == [1]
    assert chart.accessibleName() == "Two weeks ahead: 20 30 min"
    assert chart.accessibleDescription() == "19 88 min, 20 30 min"


def test_lines_are_drawn_in_two_series(qtbot: QtBot) -> None:
    chart = LineChart("Turnover and cost")
    qtbot.addWidget(chart)
    chart.set_lines([Line("turnover", (1, 5, 9)), Line("cost", (1, 2, 3), dashed=True)])
    empty = LineChart("Nothing")
    qtbot.addWidget(empty)
    assert chart.grab().toImage() != empty.grab().toImage()
    assert chart.accessibleDescription() == "turnover: 1, 5, 9; cost: 1, 2, 3"
