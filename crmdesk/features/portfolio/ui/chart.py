"""The quadrant: customers by turnover and potential, with two cuts one can drag."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QToolTip, QVBoxLayout, QWidget

from crmdesk.core.i18n import Region, ngettext
from crmdesk.qt import theme
from crmdesk.qt.glyphs import cluster_label
from crmdesk.qt.quadrant.canvas import Canvas
from crmdesk.qt.quadrant.gestures import WALK, Gestures
from crmdesk.qt.quadrant.handles import Corner, CutHandle, arrange_corners, arrange_handles
from crmdesk.qt.quadrant.layers import Marks
from crmdesk.qt.quadrant.names import place_names
from crmdesk.qt.quadrant.picture import SCALE, save_picture
from crmdesk.qt.quadrant.points import BAND, CLUSTERS, Frame, Placed, Points, log_range
from crmdesk.qt.quadrant.raster import SYMBOLS_UP_TO, paint_points
from crmdesk.qt.quadrant.wording import Wording

NAMED = 10
TRAILS = 12
KEY_REASONS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class QuadrantChart(QWidget):
    """The scatter of all customers; it shows what it is given and tells what people do on it."""

    picked = Signal(str)
    lassoed = Signal(list)
    cut_dragged = Signal(str, object)
    cut_dropped = Signal(str, object)
    cluster_picked = Signal(str)

    def __init__(self, region: Region, currency: str, parent: QWidget | None = None) -> None:
        """Make an empty quadrant that writes amounts as the region does."""
        super().__init__(parent)
        self._words = Wording(region, currency)
        self._points = Points()
        self._index: dict[str, int] = {}
        self._counts = self._points.counts()
        self._cuts = {"turnover": 0, "potential": 0}
        self._spans = ((4.0, 6.0), (4.0, 6.0))
        self._trails: Mapping[str, Sequence[tuple[int, int]]] = {}
        self._selected: str | None = None
        self._cluster = ""
        self._build()
        self._connect()
        self._relayout()

    def _build(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(360, 300)
        self._canvas = Canvas(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._canvas)
        self._corners = {c: Corner(c, self._words, self) for c in CLUSTERS}
        self._handles = {axis: CutHandle(axis, self._words, self) for axis in self._cuts}
        self._gestures = Gestures(self._marks, self)

    def _connect(self) -> None:
        canvas, gestures = self._canvas, self._gestures
        canvas.resized.connect(self._relayout)
        canvas.pressed.connect(self._on_press)
        canvas.moved.connect(gestures.move)
        canvas.released.connect(gestures.release)
        canvas.left.connect(lambda: self._hover(None))
        gestures.cut_moved.connect(self._drag_to)
        gestures.cut_let_go.connect(lambda axis: self.cut_dropped.emit(axis, self._cuts[axis]))
        gestures.clicked.connect(self._on_click)
        gestures.pointed.connect(self._on_point)
        gestures.outlined.connect(self._show_outline)
        gestures.enclosed.connect(self._on_enclosed)
        for corner in self._corners.values():
            corner.clicked.connect(lambda _on=False, c=corner.cluster: self.cluster_picked.emit(c))
        for handle in self._handles.values():
            handle.dragged.connect(lambda spot, axis=handle.axis: self._on_handle(axis, spot))
            handle.released.connect(lambda a=handle.axis: self.cut_dropped.emit(a, self._cuts[a]))
            handle.changed.connect(lambda amount, axis=handle.axis: self._set_cut_by_key(axis, amount))
        theme.signals.changed.connect(self._on_theme)

    # what it is given

    def set_points(self, points: Points) -> None:
        """Show these customers."""
        self._points, self._counts = points, points.counts()
        self._index = dict(zip(points.ids, range(len(points)), strict=True))
        self._fit()
        self._relayout()

    def set_cuts(self, turnover: int, potential: int) -> None:
        """Put the two cuts at these amounts."""
        spans, self._cuts = self._spans, {"turnover": turnover, "potential": potential}
        self._counts = self._points.counts()
        self._fit()
        if self._spans != spans:
            self._relayout()
        self._refresh_marks()

    def set_titles(self, turnover: str, potential: str) -> None:
        """Name the two axes."""
        self._words = replace(self._words, titles=(turnover, potential))
        self._relayout()

    def set_trails(self, trails: Mapping[str, Sequence[tuple[int, int]]]) -> None:
        """Give the way of some customers, oldest first; at most twelve are shown."""
        self._trails = trails
        self._refresh_overlay()

    def select(self, customer: str | None) -> None:
        """Put the ring around a customer, or around nobody."""
        self._selected = customer
        self._refresh_overlay()

    def select_cluster(self, cluster: str) -> None:
        """Show one region at full strength; an empty name shows all alike."""
        self._cluster = cluster
        self._refresh_marks()

    # what it tells

    def counts(self) -> dict[str, int]:
        """The numbers of customers in the corners."""
        return dict(self._counts)

    def cuts(self) -> dict[str, int]:
        """The amounts of the two cuts as they stand."""
        return dict(self._cuts)

    def plot_edges(self) -> tuple[int, int]:
        """The left and right edge of the regions, in pixels of this widget, to align others with."""
        area = self._area()
        return round(area.left()) + BAND, round(area.right())

    def place_of(self, customer: str) -> QPoint:
        """Where a customer's point lies on this widget."""
        n = self._index[customer]
        area = self._area().topLeft()
        return QPointF(area.x() + self._placed.x[n], area.y() + self._placed.y[n]).toPoint()

    def text_table(self) -> list[tuple[str, ...]]:
        """The same figures as rows of text, a heading first, then the customers by cluster and turnover."""
        return self._words.table(self._points)

    def save_picture(self, path: Path) -> None:
        """Save the quadrant as it stands as a PNG picture."""
        self._paint_points(SCALE)
        save_picture(self, path)
        self._paint_points(self.devicePixelRatioF())

    # how it is laid

    def _area(self) -> QRectF:
        return self._canvas.area().translated(QPointF(self._canvas.pos()))

    def _fit(self) -> None:
        """Choose the spans of both axes so that every amount and both cuts are on them."""
        points, cuts = self._points, self._cuts
        self._spans = (log_range(points.x, cuts["turnover"]), log_range(points.y, cuts["potential"]))

    def _relayout(self) -> None:
        """Lay everything anew for another size, other points or another look."""
        area = self._canvas.area()
        frame = Frame(*self._spans, max(BAND + 60.0, area.width()), max(BAND + 60.0, area.height()))
        self._placed = Placed(self._points, frame)
        self._canvas.lay(frame)
        self._paint_points(self.devicePixelRatioF())
        self._lay_axes(frame)
        self._refresh_marks()

    def _paint_points(self, ratio: float) -> None:
        self._canvas.points.show_picture(paint_points(self._placed, ratio))

    def _lay_axes(self, frame: Frame) -> None:
        across, up = (self._words.marks(span) for span in self._spans)
        marks_x = [(frame.x_at(amount), text) for amount, text in across]
        marks_y = [(frame.y_at(amount), text) for amount, text in up]
        self._grid = ([x for x, _text in marks_x], [y for y, _text in marks_y])
        below, beside = self._words.axis_titles()
        self._canvas.below.show_marks(BAND / 2, marks_x, below)
        self._canvas.beside.show_marks(frame.height - BAND / 2, marks_y, beside)

    def _marks(self) -> Marks:
        frame = self._placed.frame
        x, y = frame.x_at(self._cuts["turnover"]), frame.y_at(self._cuts["potential"])
        return Marks(frame, min(max(x, BAND), frame.width), min(max(y, 0.0), frame.bottom), self._cluster)

    def _refresh_marks(self) -> None:
        """Show cuts, handles and corners where they stand now."""
        marks = self._marks()
        self._canvas.regions.show_marks(marks, self._grid)
        for cluster, corner in self._corners.items():
            corner.set_count(self._counts[cluster])
        for axis, handle in self._handles.items():
            handle.set_amount(self._cuts[axis])
        arrange_corners(self._area(), marks, self._corners)
        arrange_handles(self._area(), marks, self._handles)
        self._tell()
        self._refresh_overlay()

    def _refresh_overlay(self) -> None:
        """Show rings, trails and names where they stand now."""
        overlay, placed = self._canvas.overlay, self._placed
        selected = self._index.get(self._selected or "")
        overlay.marks, overlay.placed, overlay.selected = self._marks(), placed, selected
        overlay.hovered = None
        chosen = sorted(self._trails, key=lambda c: c != self._selected)[:TRAILS]
        overlay.trails = [placed.frame.trail(self._trails[c]) for c in chosen]
        wanted = placed.largest(NAMED)
        if selected is not None:
            wanted = [selected, *(n for n in wanted if n != selected)]
        area = self._area().topLeft()
        pieces = [*self._corners.values(), *self._handles.values()]
        taken = [QRectF(piece.geometry()).translated(-area) for piece in pieces]
        overlay.names = place_names(placed, wanted, theme.current().font("small_strong"), taken)
        overlay.update()

    def _tell(self) -> None:
        """Say in words what the picture shows."""
        n = len(self._points)
        name = ngettext("Quadrant of {n} customer", "Quadrant of {n} customers", n)
        self.setAccessibleName(name.format(n=self._words.number(n)))
        parts = [f"{cluster_label(c)} {corner.customers}" for c, corner in self._corners.items()]
        parts += [handle.accessibleName() for handle in self._handles.values()]
        self.setAccessibleDescription(". ".join(parts))

    # what people do on it

    def _on_theme(self) -> None:
        self._canvas.recolor()
        self._relayout()

    def _pick(self, spot: QPointF) -> int | None:
        return self._placed.pick(spot.x(), spot.y(), spots=len(self._points) > SYMBOLS_UP_TO)

    def _on_press(self, spot: QPointF, shift: bool) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._gestures.press(spot, shift, self._pick(spot) is not None)

    def _on_point(self, spot: QPointF) -> None:
        found = self._pick(spot)
        self._hover(found)
        shapes = {"turnover": Qt.CursorShape.SizeHorCursor, "potential": Qt.CursorShape.SizeVerCursor}
        over = Qt.CursorShape.PointingHandCursor if found is not None else None
        line = shapes.get(self._gestures.line_at(spot), Qt.CursorShape.ArrowCursor)
        self._canvas.viewport().setCursor(over or line)

    def _hover(self, n: int | None) -> None:
        """Show the figures of the customer under the mouse."""
        overlay = self._canvas.overlay
        if overlay.hovered == n:
            return
        overlay.hovered = n
        overlay.update()
        if n is None:
            QToolTip.hideText()
            return
        name, *lines = (
            html.escape(text) for text in (self._points.names[n], *self._words.tip(self._points, n))
        )
        text = f"<p style='white-space:pre'><b>{name}</b><br>{'<br>'.join(lines)}</p>"
        spot = self.mapToGlobal(self.place_of(self._points.ids[n])) + QPoint(12, 8)
        QToolTip.showText(spot, text, self)

    def _on_click(self, spot: QPointF) -> None:
        found = self._pick(spot)
        if found is not None:
            self.select(self._points.ids[found])
            self.picked.emit(self._points.ids[found])
        else:
            self.cluster_picked.emit(self._marks().cluster_at(spot.x(), spot.y()))

    def _show_outline(self, outline: list[tuple[float, float]]) -> None:
        self._canvas.overlay.outline = list(outline)
        self._canvas.overlay.update()

    def _on_enclosed(self, outline: list[tuple[float, float]]) -> None:
        self._show_outline([])
        self.lassoed.emit([self._points.ids[n] for n in self._placed.enclosed(outline)])

    def _on_handle(self, axis: str, spot: QPoint) -> None:
        area = self._area().topLeft()
        self._drag_to(axis, spot.x() - area.x() if axis == "turnover" else spot.y() - area.y())

    def _drag_to(self, axis: str, pixel: float) -> None:
        frame = self._placed.frame
        self._move_cut(axis, frame.amount_x(pixel) if axis == "turnover" else frame.amount_y(pixel))

    def _move_cut(self, axis: str, amount: int) -> None:
        """Move a cut and count at once who would stand where."""
        self._cuts[axis] = amount
        self._counts = self._placed.counts(self._cuts["turnover"], self._cuts["potential"])
        self._refresh_marks()
        self.cut_dragged.emit(axis, amount)

    def _set_cut_by_key(self, axis: str, amount: int) -> None:
        self._move_cut(axis, amount)
        self.cut_dropped.emit(axis, self._cuts[axis])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the customers: left and right by turnover, up and down by potential."""
        if event.key() == Qt.Key.Key_Escape and self._gestures.busy:
            self._gestures.give_up()
            return
        step = WALK.get(event.key())
        if step is None or not len(self._points):
            super().keyPressEvent(event)
            return
        n = self._placed.next_to(self._index.get(self._selected or ""), *step)
        self.select(self._points.ids[n])
        self.picked.emit(self._points.ids[n])

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring when the keyboard led here."""
        super().focusInEvent(event)
        self._canvas.overlay.ring = event.reason() in KEY_REASONS
        self._canvas.overlay.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self._canvas.overlay.ring = False
        self._canvas.overlay.update()
