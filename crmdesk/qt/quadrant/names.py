"""Names beside the points: the largest customers and the chosen one, never two touching."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainterPath

from crmdesk.qt.quadrant.points import BAND, LARGEST, Placed

GAP = 4.0
LONGEST = 200.0


@dataclass(frozen=True, slots=True)
class Name:
    """A name as an outline at its place, with the box it takes."""

    customer: int
    box: QRectF
    outline: QPainterPath


def place_names(placed: Placed, wanted: Sequence[int], font: QFont, taken: Iterable[QRectF]) -> list[Name]:
    """Find a free place for each name, the first ones first; a name without one is left out."""
    metrics = QFontMetricsF(font)
    names: list[Name] = []
    boxes = list(taken)
    for n in wanted:
        text = _shorten(placed.points.names[n], metrics)
        box = _free_box(placed, n, metrics.horizontalAdvance(text), metrics.height(), boxes)
        if box is None:
            continue
        boxes.append(box)
        outline = QPainterPath()
        outline.addText(QPointF(box.left(), box.top() + metrics.ascent()), font, text)
        names.append(Name(n, box, outline))
    return names


def _shorten(text: str, metrics: QFontMetricsF) -> str:
    if metrics.horizontalAdvance(text) <= LONGEST:
        return text
    while len(text) > 1 and metrics.horizontalAdvance(text + "…") > LONGEST:
        text = text[:-1]
    return text.rstrip() + "…"


def _free_box(placed: Placed, n: int, width: float, height: float, boxes: Sequence[QRectF]) -> QRectF | None:
    """The place around a point that covers the fewest other points and touches no other box."""
    x, y, away = float(placed.x[n]), float(placed.y[n]), float(placed.radius[n]) + GAP
    corners = [
        (x - width / 2, y - away - height),
        (x + away, y - height / 2),
        (x - away - width, y - height / 2),
        (x - width / 2, y + away),
        (x + away * 0.7, y - away * 0.7 - height),
        (x - away * 0.7 - width, y - away * 0.7 - height),
    ]
    room = QRectF(BAND + 2, 2, placed.frame.width - BAND - 4, placed.frame.height - 4)
    best: tuple[int, QRectF] | None = None
    for left, top in corners:
        box = QRectF(left, top, width, height)
        padded = box.adjusted(-3, -1, 3, 1)
        if not room.contains(box) or any(padded.intersects(other) for other in boxes):
            continue
        covered = _covered(placed, box, n)
        if best is None or covered < best[0]:
            best = (covered, box)
        if not covered:
            break
    return best[1] if best else None


def _covered(placed: Placed, box: QRectF, own: int) -> int:
    """How many other points a box would hide in part."""
    center, half = box.center(), max(box.width(), box.height()) / 2
    near = placed.near(center.x(), center.y(), half + LARGEST)
    reach = placed.radius[near]
    across = np.abs(placed.x[near] - center.x()) < box.width() / 2 + reach
    up = np.abs(placed.y[near] - center.y()) < box.height() / 2 + reach
    return int(np.count_nonzero(across & up & (near != own)))
