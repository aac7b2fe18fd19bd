"""S5: the quadrant drawn, moved and pointed at, beside one scatter item with one brush."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication, QWidget

from crmdesk.core.i18n import region
from crmdesk.features.portfolio.ui.chart import QuadrantChart
from crmdesk.qt.quadrant.points import Points
from tests.bench import screen
from tests.bench.measure import Figure, Goal, Size, compared, median, once, turns

WIDE, HIGH, STEPS = 1000, 700, 25


def run(size: Size) -> list[Figure]:
    """Draw the customers, drag a cut, walk over the points."""
    screen.application()
    points = points_of(size.customers)
    kept: list[QWidget] = []
    turns(1, lambda: kept.append(_ours(points)), lambda: kept.append(_scatter(points)))
    ours, theirs = turns(
        size.rounds, lambda: kept.append(_ours(points)), lambda: kept.append(_scatter(points))
    )
    chart, scatter = kept[-2], kept[-1]
    assert isinstance(chart, QuadrantChart)
    drags = _drags(chart)
    hovers = _hovers(chart, points)
    pans = [once(lambda: _pan(scatter, step)) for step in range(STEPS)]  # noqa: B023
    for widget in kept:
        widget.deleteLater()
    screen.settle()
    many = size.customers > 10_000
    return [
        compared("quadrant", "first drawing", ours, theirs, Goal(0.25 if many else 1.3), "ScatterPlotItem"),
        Figure(
            "quadrant",
            "a step of a dragged cut",
            median(drags),
            median(pans),
            goal=Goal(most=33 if many else 16),
        ),
        Figure("quadrant", "point under the pointer", median(hovers), goal=Goal(most=0.5)),
    ]


def points_of(count: int) -> Points:
    """So many made-up customers, spread as turnover and potential are."""
    chance = np.random.default_rng(3)
    x = (chance.lognormal(13, 1.4, count)).astype(np.int64)
    y = (chance.lognormal(13.5, 1.2, count)).astype(np.int64)
    clusters = [
        ("marginal", "develop", "maintain", "key")[n] for n in (x > 800_000) * 2 + (y > 1_000_000) * 1
    ]
    ids = [f"{number:032x}" for number in range(count)]
    colours = [f"risk_{1 + number % 4}" for number in range(count)]
    return Points(ids, ids, x, y, x / 10_000, colours, clusters)  # type: ignore[arg-type]


def _ours(points: Points) -> QuadrantChart:
    chart = QuadrantChart(region("it_IT"), "EUR")
    chart.set_cuts(800_000, 1_000_000)
    chart.set_points(points)
    return _shown(chart)  # type: ignore[return-value]


def _scatter(points: Points) -> QWidget:
    import pyqtgraph as pg

    plot = pg.PlotWidget()
    x, y = np.log10(np.asarray(points.x) + 1), np.log10(np.asarray(points.y) + 1)
    plot.addItem(pg.ScatterPlotItem(x, y, size=7, pen=None, brush=pg.mkBrush(80, 120, 200)))
    return _shown(plot)


def _shown(widget: QWidget) -> QWidget:
    widget.resize(WIDE, HIGH)
    widget.show()
    QApplication.processEvents()
    widget.repaint()
    return widget


def _pan(plot: Any, step: int) -> None:
    plot.getViewBox().setXRange(3 + step * 0.01, 8 + step * 0.01, padding=0)
    plot.repaint()


def _drags(chart: QuadrantChart) -> list[float]:
    times = []
    for step in range(STEPS):
        times.append(once(lambda: (chart._drag_to("turnover", 700_000 + step * 20_000), chart.repaint())))  # noqa: B023
    return times


def _hovers(chart: QuadrantChart, points: Points) -> list[float]:
    spots = [
        QPointF(chart.place_of(points.ids[n])) for n in range(0, len(points), max(1, len(points) // 200))
    ]
    return [once(lambda: chart._placed.pick(spot.x(), spot.y())) for spot in spots]  # noqa: B023
