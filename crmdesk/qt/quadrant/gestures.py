"""What a hand does on the quadrant: drags a cut, draws a lasso or a box, points, clicks."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Literal

from PySide6.QtCore import QObject, QPointF, Qt, Signal

from crmdesk.qt.quadrant.layers import Marks

GRIP = 4.0
CLICK = 4.0
WALK: MappingProxyType[int, tuple[bool, int]] = (
    MappingProxyType(  # along potential or turnover, one customer down or up
        {
            Qt.Key.Key_Left: (False, -1),
            Qt.Key.Key_Right: (False, 1),
            Qt.Key.Key_Down: (True, -1),
            Qt.Key.Key_Up: (True, 1),
        }
    )
)
Doing = Literal["", "turnover", "potential", "point", "box", "lasso"]


class Gestures(QObject):
    """Turns presses, moves and releases into what was meant by them."""

    cut_moved = Signal(str, float)
    cut_let_go = Signal(str)
    clicked = Signal(QPointF)
    pointed = Signal(QPointF)
    outlined = Signal(list)
    enclosed = Signal(list)

    def __init__(self, marks: Callable[[], Marks], parent: QObject) -> None:
        """Ask for the place of the cuts whenever a press needs it."""
        super().__init__(parent)
        self._marks = marks
        self._doing: Doing = ""
        self._start = QPointF()
        self._trace: list[tuple[float, float]] = []

    @property
    def busy(self) -> bool:
        """Tell whether something is being dragged."""
        return self._doing != ""

    def line_at(self, spot: QPointF) -> Literal["", "turnover", "potential"]:
        """The cut line under a place."""
        marks = self._marks()
        if abs(spot.x() - marks.cut_x) <= GRIP:
            return "turnover"
        return "potential" if abs(spot.y() - marks.cut_y) <= GRIP else ""

    def press(self, spot: QPointF, shift: bool, on_point: bool) -> None:
        """Begin: Shift draws a lasso, a point is clicked, a line is dragged, elsewhere a box opens."""
        self._start, self._trace = spot, [(spot.x(), spot.y())]
        if shift:
            self._doing = "lasso"
        elif on_point:
            self._doing = "point"
        else:
            self._doing = self.line_at(spot) or "box"

    def move(self, spot: QPointF) -> None:
        """Go on with what was begun."""
        if self._doing in ("turnover", "potential"):
            self.cut_moved.emit(self._doing, spot.x() if self._doing == "turnover" else spot.y())
        elif self._doing == "lasso":
            self._trace.append((spot.x(), spot.y()))
            self.outlined.emit(self._trace)
        elif self._doing == "box" and not self._still(spot):
            self.outlined.emit(self._box(spot))
        elif not self._doing:
            self.pointed.emit(spot)

    def release(self, spot: QPointF) -> None:
        """Finish what was begun."""
        doing, self._doing = self._doing, ""
        if doing in ("turnover", "potential"):
            self.cut_let_go.emit(doing)
        elif doing == "lasso" and len(self._trace) > 2:
            self.enclosed.emit(self._trace)
        elif doing == "box" and not self._still(spot):
            self.enclosed.emit(self._box(spot))
        elif doing:
            self.clicked.emit(spot)

    def give_up(self) -> None:
        """Forget what was begun; a cut stays where it is."""
        self._doing = ""
        self.outlined.emit([])

    def _still(self, spot: QPointF) -> bool:
        return (spot - self._start).manhattanLength() <= CLICK

    def _box(self, spot: QPointF) -> list[tuple[float, float]]:
        x0, y0, x1, y1 = self._start.x(), self._start.y(), spot.x(), spot.y()
        return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
