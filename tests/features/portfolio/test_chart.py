"""The quadrant on screen: real mouse and keys on the real widget."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QToolTip
from pytestqt.qtbot import QtBot

from crmdesk.core.errors import UserError
from crmdesk.core.i18n import region
from crmdesk.features.portfolio import rules
from crmdesk.features.portfolio.ui.chart import QuadrantChart
from crmdesk.qt import theme
from crmdesk.qt.quadrant import points as points_module
from crmdesk.qt.quadrant.axes import short_amount, ticks
from crmdesk.qt.quadrant.handles import Corner, CutHandle
from crmdesk.qt.quadrant.points import Frame, Placed, Points

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
AMOUNTS = [
    (2_000_00, 9_000_00),
    (800_00, 8_000_00),
    (30_000_00, 7_000_00),
    (20_000_00, 700_00),
    (900_00, 300_00),
]


def some_points(amounts: list[tuple[int, int]]) -> Points:
    entries = [rules.Entry(f"c{n}", x, y) for n, (x, y) in enumerate(amounts)]
    line = rules.CutRule("fixed", 5_000_00), rules.CutRule("fixed", 2_000_00)
    portfolio = rules.classify(entries, rules.Rules(*line))
    assert isinstance(portfolio, rules.Portfolio)
    n = len(amounts)
    return Points(
        ids=[e.customer for e in entries],
        names=[f"Firm {k}" for k in range(n)],
        x=[x for x, _y in amounts],
        y=[y for _x, y in amounts],
        sizes=[1000.0 * (k + 1) for k in range(n)],
        colours=[f"risk_{k % 4 + 1}" for k in range(n)],
        clusters=[portfolio.clusters[e.customer].value for e in entries],
    )


@pytest.fixture
def chart(qtbot: QtBot) -> Iterator[QuadrantChart]:
    widget = QuadrantChart(region("it_IT"), "EUR")
    qtbot.addWidget(widget)
    widget.resize(832, 640)
    widget.show()
    widget.set_points(some_points([*AMOUNTS, (0, 0), (1_000_00, 0), (6_000_00, 2_500_00)]))
    widget.set_cuts(5_000_00, 2_000_00)
    yield widget
    QToolTip.hideText()


def canvas_click(chart: QuadrantChart, spot: QPoint) -> None:
    QTest.mouseClick(chart._canvas.viewport(), LEFT, pos=chart._canvas.viewport().mapFrom(chart, spot))


def handle_of(chart: QuadrantChart, axis: str) -> CutHandle:
    return next(h for h in chart.findChildren(CutHandle) if h.axis == axis)


def drag(chart: QuadrantChart, start: QPoint, end: QPoint, keys: Qt.KeyboardModifier | None = None) -> None:
    view = chart._canvas.viewport()
    first, last = view.mapFrom(chart, start), view.mapFrom(chart, end)
    held = keys or Qt.KeyboardModifier.NoModifier
    QTest.mousePress(view, LEFT, held, first)
    for spot in (QPoint(last.x(), first.y()), last, QPoint(first.x(), last.y())):
        QTest.mouseMove(view, spot)
    if keys is None:
        QTest.mouseMove(view, last)
    QTest.mouseRelease(view, LEFT, held, last)


def test_the_corners_count_every_customer_once(chart: QuadrantChart) -> None:
    assert chart.counts() == {"key": 2, "develop": 2, "maintain": 1, "marginal": 3}
    assert [corner.accessibleName() for corner in chart.findChildren(Corner)] == [
        "Key, 2 customers",
        "To develop, 2 customers",
        "Maintenance, 1 customer",
        "Marginal, 3 customers",
    ]


def test_a_click_on_a_point_picks_that_customer(chart: QuadrantChart, qtbot: QtBot) -> None:
    with qtbot.waitSignal(chart.picked) as picked:
        canvas_click(chart, chart.place_of("c1"))
    assert picked.args == ["c1"]


def test_a_click_on_a_customer_in_the_zero_band_picks_it_too(chart: QuadrantChart, qtbot: QtBot) -> None:
    with qtbot.waitSignal(chart.picked) as picked:
        canvas_click(chart, chart.place_of("c5"))
    assert picked.args == ["c5"]


def test_a_click_on_a_region_or_its_name_chooses_the_cluster(chart: QuadrantChart, qtbot: QtBot) -> None:
    left, _right = chart.plot_edges()
    with qtbot.waitSignal(chart.cluster_picked) as region_click:
        canvas_click(chart, QPoint(left + 30, 120))
    with qtbot.waitSignal(chart.cluster_picked) as name_click:
        QTest.mouseClick(next(c for c in chart.findChildren(Corner) if c.cluster == "maintain"), LEFT)
    assert (region_click.args, name_click.args) == (["develop"], ["maintain"])


def test_dragging_the_handle_counts_at_once_and_tells_the_amount_on_release(
    chart: QuadrantChart, qtbot: QtBot
) -> None:
    handle, start = handle_of(chart, "turnover"), QPoint(20, 10)
    dropped: list[tuple[str, int]] = []
    chart.cut_dropped.connect(lambda axis, amount: dropped.append((axis, amount)))
    away = chart.place_of("c0").x() - handle.mapTo(chart, start).x() - 20
    QTest.mousePress(handle, LEFT, pos=start)
    with qtbot.waitSignal(chart.cut_dragged) as dragged:
        QTest.mouseMove(handle, start + QPoint(away, 0))
    assert chart.counts() == {"key": 3, "develop": 1, "maintain": 1, "marginal": 3}
    assert not dropped
    QTest.mouseRelease(handle, LEFT, pos=start)
    assert dropped == [tuple(dragged.args or ())] and dropped[0][1] < 2_000_00


def test_dragging_the_line_itself_moves_the_cut(chart: QuadrantChart, qtbot: QtBot) -> None:
    handle = handle_of(chart, "potential")
    line = handle.geometry().center().y()
    with qtbot.waitSignal(chart.cut_dropped) as dropped:
        drag(chart, QPoint(chart.plot_edges()[0] + 5, line), QPoint(200, line - 60))
    assert dropped.args is not None
    assert dropped.args[0] == "potential" and dropped.args[1] > 2_000_00


@pytest.mark.parametrize(
    ("key", "held", "amount"),
    [
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, 5_050_00),
        (Qt.Key.Key_Left, SHIFT, 4_500_00),
    ],
)
def test_arrows_move_the_cut_by_one_or_ten_percent(
    chart: QuadrantChart, key: Qt.Key, held: Qt.KeyboardModifier, amount: int
) -> None:
    QTest.keyClick(handle_of(chart, "turnover"), key, held)
    assert chart.cuts()["turnover"] == amount


def test_an_amount_typed_on_the_handle_sets_the_cut(chart: QuadrantChart) -> None:
    handle = handle_of(chart, "turnover")
    QTest.keyClicks(handle, "1")
    field = handle.findChild(QLineEdit)
    QTest.keyClicks(field, ".500,50")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert chart.cuts()["turnover"] == 1_500_50


def test_nonsense_typed_on_the_handle_changes_nothing_and_says_why(chart: QuadrantChart) -> None:
    handle = handle_of(chart, "turnover")
    handle.start_typing("abc")
    field = handle.findChild(QLineEdit)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert chart.cuts()["turnover"] == 5_000_00 and field.toolTip()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not field.isVisible()


def test_a_lasso_with_shift_collects_the_customers_inside(chart: QuadrantChart, qtbot: QtBot) -> None:
    spot = chart.place_of("c2")
    with qtbot.waitSignal(chart.lassoed) as caught:
        drag(chart, spot - QPoint(30, 30), spot + QPoint(30, 30), SHIFT)
    assert caught.args == [["c2"]]


def test_a_box_drawn_over_everything_collects_all(chart: QuadrantChart, qtbot: QtBot) -> None:
    left, right = chart.plot_edges()
    with qtbot.waitSignal(chart.lassoed) as caught:
        drag(chart, QPoint(left - 19, 12), QPoint(right, 590))
    assert caught.args is not None and len(caught.args[0]) == 8


def test_arrow_keys_walk_from_the_highest_turnover_downwards(chart: QuadrantChart) -> None:
    picked: list[str] = []
    chart.picked.connect(picked.append)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up):
        QTest.keyClick(chart, key)
    assert picked == ["c2", "c3", "c2", "c1"]


def test_hovering_shows_name_and_figures_as_plain_text(chart: QuadrantChart) -> None:
    points = some_points([*AMOUNTS, (1, 1), (2, 2), (3, 3)])
    chart.set_points(replace(points, names=["<b>Rossi</b>", *points.names[1:]], tips={"c0": ("risk 8 %",)}))
    spot = chart._canvas.viewport().mapFrom(chart, chart.place_of("c0"))
    QTest.mouseMove(chart._canvas.viewport(), spot)
    assert "&lt;b&gt;Rossi" in QToolTip.text() and "risk 8 %" in QToolTip.text()


def test_the_chart_says_in_words_what_it_shows(chart: QuadrantChart) -> None:
    assert chart.accessibleName() == "Quadrant of 8 customers"
    assert "Key 2" in chart.accessibleDescription()
    assert "Turnover cut, 5.000\u00a0€" in chart.accessibleDescription()


def test_the_text_table_has_every_customer_with_cluster_and_amounts(chart: QuadrantChart) -> None:
    heading, first, *rest = chart.text_table()
    assert heading[:2] == ("Customer", "Cluster") and len(rest) == 7
    assert first == ("Firm 2", "Key", "30.000\u00a0€", "7.000\u00a0€")


def test_no_two_names_touch_each_other_or_a_corner(chart: QuadrantChart) -> None:
    chart.set_points(some_points([(10_000_00 + n, 5_000_00 + n) for n in range(40)]))
    boxes = [name.box for name in chart._canvas.overlay.names]
    assert boxes
    assert not any(a.intersects(b) for n, a in enumerate(boxes) for b in boxes[n + 1 :])


def test_the_chosen_region_is_stronger_than_the_others(chart: QuadrantChart) -> None:
    chart.select_cluster("develop")
    picture = chart.grab().toImage()
    left, right = chart.plot_edges()
    assert picture.pixelColor(left + 3, 150) == theme.current().color("develop_tint")
    assert picture.pixelColor(right - 60, 150) != theme.current().color("key_tint")


def test_the_picture_is_saved_at_twice_the_size(chart: QuadrantChart, tmp_path: Path) -> None:
    chart.save_picture(tmp_path / "quadrant.png")
    assert QImage(str(tmp_path / "quadrant.png")).width() == 2 * chart.width()
    with pytest.raises(UserError):
        chart.save_picture(tmp_path / "missing" / "quadrant.png")


def test_trails_and_selection_survive_another_look(chart: QuadrantChart) -> None:
    chart.set_trails({"c0": [(1_000_00, 2_000_00), (1_500_00, 3_000_00), (2_000_00, 9_000_00)]})
    chart.select("c0")
    theme.signals.changed.emit()
    assert chart._canvas.overlay.selected == 0 and len(chart._canvas.overlay.trails) == 1


def test_an_empty_chart_can_be_shown(qtbot: QtBot) -> None:
    widget = QuadrantChart(region("en_GB"), "GBP")
    qtbot.addWidget(widget)
    widget.show()
    assert sum(widget.counts().values()) == 0 and not widget.grab().isNull()


def test_picking_finds_the_small_point_that_lies_on_a_big_one() -> None:
    points = Points(
        ["big", "small"], ["", ""], [100, 100], [100, 100], [9e9, 0.0], ["risk_1"] * 2, ["key"] * 2
    )
    placed = Placed(points, Frame((1, 3), (1, 3), 400, 300))
    assert placed.pick(float(placed.x[0]), float(placed.y[0])) == 1
    assert placed.pick(float(placed.x[0]) + 10, float(placed.y[0])) == 0
    assert placed.pick(5.0, 5.0) is None


def test_a_hundred_thousand_points_are_picked_as_by_walking_all_of_them() -> None:
    chance = np.random.default_rng(1)
    x, y = (10 ** chance.normal(5, 0.5, (2, 100_000))).astype(int)
    ids = [str(n) for n in range(100_000)]
    placed = Placed(
        Points(ids, ids, x, y, np.zeros(100_000), ["risk_1"] * 100_000, ["key"] * 100_000),
        Frame(points_module.log_range(x), points_module.log_range(y), 800, 600),
    )
    for px, py in ((400, 300), (250, 410), (700, 80)):
        found = placed.pick(px, py, spots=True)
        away = np.hypot(placed.x - px, placed.y - py)
        assert found is None if away.min() > 4.5 else away[found] <= max(1.5, away.min())


def test_an_amount_survives_the_way_to_a_pixel_and_back() -> None:
    frame = Frame((4.0, 7.0), (3.0, 6.0), 800, 600)
    for amount in (20_000, 123_000, 4_560_000):
        assert frame.amount_x(frame.x_at(amount)) == amount
    assert frame.amount_y(frame.y_at(50_000)) == 50_000
    assert frame.x_at(0) == 10 and frame.y_at(-5) == 590


def test_axes_show_few_round_amounts() -> None:
    assert ticks((4.3, 6.6)) == [30_000, 100_000, 300_000, 1_000_000, 3_000_000]
    assert ticks((4.0, 5.0)) == [10_000, 20_000, 50_000, 100_000]
    assert len(ticks((0.0, 14.0))) <= 9


def test_amounts_on_axes_are_short_and_follow_the_region() -> None:
    assert short_amount(680_000, "EUR", region("it_IT")) == "6.800"
    assert short_amount(123_456_700, "EUR", region("it_IT")) == "1,2 m"
    assert short_amount(1_00, "GBP", region("en_GB")) == "1"


def test_without_any_potential_everybody_stands_in_the_zero_band(chart: QuadrantChart) -> None:
    chart.set_points(some_points([(1_000_00 * (n + 1), 0) for n in range(9)]))
    chart.set_cuts(5_000_00, 1)
    spots = [chart.place_of(f"c{n}") for n in range(9)]
    assert max(spot.y() for spot in spots) - min(spot.y() for spot in spots) < 20
    assert handle_of(chart, "potential").geometry().bottom() <= spots[0].y()


def test_a_cut_far_from_all_customers_does_not_squeeze_them() -> None:
    low, high = points_module.log_range([1_000_00, 2_000_00], 1)
    assert high - low < 2


def test_a_crowd_is_drawn_as_stamps_and_picked_all_the_same(chart: QuadrantChart, qtbot: QtBot) -> None:
    chance = np.random.default_rng(2)
    amounts = [(int(x), int(y)) for x, y in 10 ** chance.normal(5.5, 0.4, (12_000, 2))]
    chart.set_points(some_points(amounts))
    spot = chart.place_of("c7")
    colours = {theme.current().color(f"risk_{n}").rgb() for n in range(1, 5)}
    picture = chart.grab().toImage()
    assert any(picture.pixel(spot + QPoint(n, m)) in colours for n in (-1, 0, 1) for m in (-1, 0, 1))
    with qtbot.waitSignal(chart.picked):
        canvas_click(chart, spot)


def test_the_outline_of_a_lasso_is_seen_while_it_is_drawn(chart: QuadrantChart) -> None:
    view, before = chart._canvas.viewport(), chart.grab().toImage()
    QTest.mousePress(view, LEFT, SHIFT, QPoint(300, 200))
    for spot in (QPoint(360, 200), QPoint(360, 260)):
        QTest.mouseMove(view, spot)
    assert chart.grab().toImage() != before
    QTest.keyClick(chart, Qt.Key.Key_Escape)
    QTest.mouseRelease(view, LEFT, SHIFT, QPoint(300, 260))
    assert not chart._canvas.overlay.outline
