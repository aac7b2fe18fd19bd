"""The scales of the quadrant: readable amounts at 1, 3, 10, 30... and the title at the end of each axis."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from crmdesk.core import money
from crmdesk.core.i18n import Region, _
from crmdesk.qt import theme

NEAR = 18
LEFT, BOTTOM = 52, 42  # with the zero band of 20 the regions start 72 from the left edge


def ticks(span: tuple[float, float], digits: int = 2) -> list[int]:
    """Choose round amounts, in minor units, for an axis between two logarithms."""
    low, high = span
    if high - low <= 1.6:
        steps: tuple[float, ...] = (1, 2, 5)
    else:
        steps = (1, 3) if high - low <= 4.5 else (1,)
    skip = max(1, math.ceil((high - low) / 8))
    decades = range(math.floor(low), math.ceil(high) + 1)
    amounts = [step * 10**d for d in decades if (d - digits) % skip == 0 and d >= 0 for step in steps]
    return [round(a) for a in amounts if low <= math.log10(a) <= high]


def short_amount(minor: int, currency: str, region: Region) -> str:
    """Write an amount without its currency, millions in short."""
    value = money.from_minor(minor, currency)
    for size, pattern in ((10**9, _("{n} bn")), (10**6, _("{n} m"))):
        if abs(value) >= size:
            return pattern.format(n=money.show_number(round(value / size, 1), region))
    return money.show_number(value, region, None if 0 < abs(value) < 10 else 0)


class AmountAxis(pg.AxisItem):
    """An axis that shows given amounts at given pixels, the title at its far end and 0 at the band."""

    def __init__(self, side: str) -> None:
        """Make the axis below or at the left, without line and tick marks."""
        super().__init__(side)
        self._marks: Sequence[tuple[float, str]] = ()
        self._title = ""
        self.setStyle(showValues=False, tickLength=0)
        (self.setWidth if side == "left" else self.setHeight)(LEFT if side == "left" else BOTTOM)

    def show_marks(self, zero: float, marks: Sequence[tuple[float, str]], title: str) -> None:
        """Show texts at pixels from the upper left, and 0 at the band; those too near to it give way."""
        free = [(place, text) for place, text in marks if abs(place - zero) > NEAR]
        self._marks, self._title = [(zero, "0"), *free], title
        metrics = QFontMetrics(theme.current().font("axis"))
        if self.orientation == "left":
            widest = max(metrics.horizontalAdvance(text) for _place, text in self._marks)
            self.setWidth(max(LEFT, widest + metrics.height() + 6))
        else:
            self.setHeight(max(BOTTOM, 2 * metrics.height() + 10))
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw the amounts and the title."""
        now = theme.current()
        painter.setFont(now.font("axis"))
        painter.setPen(now.color("axis"))
        if self.orientation == "left":
            self._paint_left(painter)
        else:
            self._paint_below(painter)

    def _paint_left(self, painter: QPainter) -> None:
        width, height = self.width(), self.height()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
        for place, text in self._marks:
            top = min(max(place, 7.0), height - 7)
            painter.drawText(QRectF(0, top - 8, width - 6, 16), right, text)
        painter.setPen(theme.current().color("text_2"))
        painter.translate(0, height - 20)
        painter.rotate(-90)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextDontClip
        painter.drawText(QRectF(0, 0, height, 16), flags, self._title)

    def _paint_below(self, painter: QPainter) -> None:
        width, line = self.width(), QFontMetrics(painter.font()).height()
        for place, text in self._marks:
            half = QFontMetrics(painter.font()).horizontalAdvance(text) / 2
            middle = min(max(place, half), width - half)
            painter.drawText(
                QRectF(middle - half - 2, 4, 2 * half + 4, line), Qt.AlignmentFlag.AlignHCenter, text
            )
        painter.setPen(theme.current().color("text_2"))
        painter.drawText(QRectF(0, line + 8, width, line), Qt.AlignmentFlag.AlignRight, self._title)
