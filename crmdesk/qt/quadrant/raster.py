"""The picture of all points: round symbols for thousands, three-by-three stamps for a hundred thousand."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter, QPen, QPixmap

from crmdesk.qt import theme
from crmdesk.qt.quadrant.points import Placed

SYMBOLS_UP_TO = 10_000
HOLLOW = "risk_4"
HOLE = 0.28
MARGIN = 4.0


def paint_points(placed: Placed, ratio: float) -> QPixmap:
    """Draw all points once; the widget shows this picture until something changes."""
    width, height = int(placed.frame.width * ratio), int(placed.frame.height * ratio)
    if len(placed.points) > SYMBOLS_UP_TO:
        picture = QPixmap.fromImage(_stamps(placed, ratio, width, height))
    else:
        picture = QPixmap(max(1, width), max(1, height))
        picture.fill(Qt.GlobalColor.transparent)
        _symbols(placed, picture, ratio)
    picture.setDevicePixelRatio(ratio)
    return picture


def symbol(token: str, radius: float, ratio: float) -> QPixmap:
    """One point: a filled disc with a thin edge, and a hole where the risk is highest."""
    now = theme.current()
    side = round((2 * radius + MARGIN) * ratio)
    sprite = QPixmap(side, side)
    sprite.fill(Qt.GlobalColor.transparent)
    painter = QPainter(sprite)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(ratio, ratio)
    center = QPointF(side / ratio / 2, side / ratio / 2)
    painter.setPen(QPen(now.color("point_edge"), 1))
    painter.setBrush(now.color(token))
    painter.drawEllipse(center, radius, radius)
    if token == HOLLOW:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.color("bg_surface"))
        painter.drawEllipse(center, max(1.5, radius * HOLE), max(1.5, radius * HOLE))
    painter.end()
    return sprite


def _symbols(placed: Placed, picture: QPixmap, ratio: float) -> None:
    """Draw large points first, so that small ones stay in sight."""
    colours, order = placed.points.colours, placed.order
    kinds = [
        (colours[n], radius) for n, radius in zip(order.tolist(), placed.radius[order].tolist(), strict=True)
    ]
    pool = {kind: symbol(kind[0], float(kind[1]), ratio) for kind in set(kinds)}
    sides = np.rint((2 * placed.radius + MARGIN) * ratio)
    left = np.rint(placed.x * ratio - sides / 2).astype(int)[order].tolist()
    top = np.rint(placed.y * ratio - sides / 2).astype(int)[order].tolist()
    painter = QPainter(picture)
    draw = painter.drawPixmap
    for x, y, kind in zip(left, top, kinds, strict=True):
        draw(x, y, pool[kind])
    painter.end()


def _stamps(placed: Placed, ratio: float, width: int, height: int) -> QImage:
    """Write three-by-three stamps straight into the picture, in the order of the customers."""
    canvas = np.zeros((height + 2, width + 2), np.uint32)
    columns = np.clip((placed.x * ratio).astype(np.intp), 1, width - 1)
    rows = np.clip((placed.y * ratio).astype(np.intp), 1, height - 1)
    flat, stride = canvas.reshape(-1), width + 2
    codes = {token: number for number, token in enumerate(sorted(set(placed.points.colours)))}
    kinds = np.fromiter(map(codes.__getitem__, placed.points.colours), np.uint8, len(placed.points))
    inks = np.array([theme.current().color(token).rgba() for token in codes], np.uint32)[kinds]
    middle = rows * stride + columns
    for down in (-1, 0, 1):
        for right in (-1, 0, 1):
            flat[middle + down * stride + right] = inks
    pixels = np.ascontiguousarray(canvas[:height, :width])
    form = QImage.Format.Format_ARGB32_Premultiplied
    return QImage(pixels.data, width, height, width * 4, form).copy()
