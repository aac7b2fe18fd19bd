"""The waterfall: one row per line of a value, its bar beside it, the bars joined by dotted lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor, log10

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crmdesk.features.value.ui.formula import FormulaText
from crmdesk.features.value.ui.lines import Row
from crmdesk.qt import theme
from crmdesk.qt.widgets import label

INSET, SIGN, BAR = 24, 18, 16
NAME_SHARE, AMOUNT = 0.49, 132


@dataclass(frozen=True, slots=True)
class Scale:
    """Where amounts lie along the bars, with the ticks above them."""

    low: int
    high: int
    ticks: tuple[int, ...]

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Scale:
        """The scale that holds every bar."""
        ends = [0, *(row.start for row in rows), *(row.end for row in rows)]
        low, high = min(ends), max(ends)
        span = max(high - low, 1)
        step = 10 ** floor(log10(span))
        step = next(int(step * part) or 1 for part in (0.5, 1, 2, 5, 10) if span / (step * part) <= 4)
        first = -(-low // step) * step
        return cls(low, low + max(round(span * 1.06), 1), tuple(range(first, high + 1, step)))

    def place(self, amount: float, width: float) -> float:
        """The distance of an amount from the left of the bars."""
        return (amount - self.low) / (self.high - self.low) * width


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of the table lie."""

    name: int
    bars: int
    amount: int

    @classmethod
    def of(cls, width: int) -> Columns:
        """The columns at a width: half for the words, the rest for bar and amount."""
        amount = round(AMOUNT * theme.current().scale)
        name = round(width * NAME_SHARE)
        return cls(name, max(40, width - name - amount - 12), amount)


class LineRow(QWidget):
    """One row: sign, name, the sum in words, the bar, the amount."""

    chosen = Signal()
    opened = Signal(str)

    def __init__(self, row: Row, amount: str, parent: QWidget | None = None) -> None:
        """Show a row; the amount comes as text."""
        super().__init__(parent)
        self.row, self.joined = row, False
        self.scale: Scale | None = None
        self.columns = Columns(0, 0, 0)
        self.selected = self.focused = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        strong = row.kind != "line"
        role = "section" if row.kind == "total" else "label" if strong else "strong"
        self.sign = label(row.sign, "body", "text_2")
        self.sign.setParent(self)
        self.name = label(row.label, role, "text", wrap=True)
        self.name.setParent(self)
        self.amount = label(amount, role if strong else "body", "text")
        self.amount.setParent(self)
        self.amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.formula = FormulaText(row.formula, row.label, self)
        self.formula.opened.connect(self.opened)
        self.setAccessibleName(f"{row.sign} {row.label} {amount}. {row.said}".strip())

    def lay_out(self, columns: Columns) -> None:
        """Take the columns of the table; the height follows from the words."""
        now = theme.current()
        self.columns = columns
        width = columns.name - INSET - SIGN - 16
        title = max(self.name.heightForWidth(width), now.line_height("strong"))
        sums = self.formula.height_at(width) if self.row.formula else 0
        least = now.size("row_sum_total" if self.row.kind != "line" else "row_sum")
        height = max(least, title + sums + 16)
        self.setFixedHeight(height)
        top = (height - title - sums) // 2
        self.name.setGeometry(INSET + SIGN, top, width, title)
        self.formula.setGeometry(INSET + SIGN, top + title, width, sums)
        self.formula.setVisible(bool(sums))
        self.sign.setGeometry(INSET, 0, SIGN, height)
        self.amount.setGeometry(self.width() - INSET - columns.amount, 0, columns.amount, height)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the row."""
        self.chosen.emit()
        event.accept()

    def mark(self, selected: bool, focused: bool) -> None:
        """Show the row as chosen, with or without the keys."""
        self.selected, self.focused = selected, focused
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, bar and the lines that join the bars."""
        now, painter = theme.current(), QPainter(self)
        rect, total = self.rect(), self.row.kind == "total"
        ground = "bg_sunken" if self.row.kind == "subtotal" else "bg_surface"
        if self.selected:
            ground = "select" if self.focused else "bg_pressed"
        elif self.underMouse():
            ground = "bg_hover"
        painter.fillRect(rect, now.color(ground))
        if self.selected:
            painter.fillRect(0, 0, 3, rect.height(), now.color("accent" if self.focused else "border_field"))
        line = now.color("border_field" if total else "border_subtle")
        painter.fillRect(0, rect.height() - 1, rect.width(), 1, line)
        if total:
            painter.fillRect(0, 0, rect.width(), 1, line)
        if self.scale is not None:
            self._draw_bar(painter, self.scale)

    def _at(self, scale: Scale, amount: int) -> float:
        return self.columns.name + scale.place(amount, self.columns.bars)

    def _draw_bar(self, painter: QPainter, scale: Scale) -> None:
        now, row = theme.current(), self.row
        zero = round(self._at(scale, 0))
        painter.fillRect(zero, 0, 1, self.height(), now.color("border"))
        top, start, end = (self.height() - BAR) / 2, self._at(scale, row.start), self._at(scale, row.end)
        pen = QPen(now.color("border_field"), 1, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([1, 2])
        painter.setPen(pen)
        if not row.amount and row.kind == "line":
            painter.drawLine(QPointF(round(end) + 0.5, 0), QPointF(round(end) + 0.5, self.height()))
            return
        if self.joined:
            came = self._at(scale, row.end if row.kind != "line" else row.start)
            painter.drawLine(QPointF(round(came) + 0.5, 0), QPointF(round(came) + 0.5, top))
        if row.kind != "total":
            painter.drawLine(QPointF(round(end) + 0.5, top + BAR), QPointF(round(end) + 0.5, self.height()))
        bar = QRectF(min(start, end), top, abs(end - start), BAR)
        if not row.amount:
            return
        bar.setWidth(max(bar.width(), 2.0))
        color = now.color(row.color)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.color == "late":
            painter.fillRect(bar, QBrush(color, Qt.BrushStyle.BDiagPattern))
        else:
            painter.setBrush(color)
            painter.drawRoundedRect(bar, 1.5, 1.5)


class WaterfallHead(QWidget):
    """The head of the table: what the columns are, and the ticks of the bars."""

    def __init__(self, table: QWidget) -> None:
        """Start without ticks; the columns are those of the table below."""
        super().__init__()
        self._table = table
        self._texts: tuple[str, str] = ("", "")
        self._scale: Scale | None = None
        self._shown: Callable[[int], str] = str
        theme.signals.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(theme.current().size("table_head"))

    def show_scale(self, texts: tuple[str, str], scale: Scale, shown: Callable[[int], str]) -> None:
        """Name the columns and take the ticks."""
        self._texts, self._scale, self._shown = texts, scale, shown
        self.setAccessibleName(", ".join(texts))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the names and the ticks."""
        now, painter, height = theme.current(), QPainter(self), self.height()
        painter.fillRect(self.rect(), now.color("bg_sunken"))
        painter.fillRect(0, height - 1, self.width(), 1, now.color("border"))
        painter.setPen(now.color("text_3"))
        painter.setFont(now.font("small_strong"))
        middle = Qt.AlignmentFlag.AlignVCenter
        columns = Columns.of(self._table.width())
        right_end = self._table.width() - INSET - 30
        painter.drawText(QRectF(INSET, 0, columns.name, height), middle, self._texts[0])
        right = Qt.AlignmentFlag.AlignRight | middle
        painter.drawText(QRectF(0, 0, self._table.width() - INSET, height), right, self._texts[1])
        painter.setFont(now.font("small"))
        for stride in range(1, len(self._scale.ticks) + 1 if self._scale else 1):
            placed = self._placed(columns, painter.fontMetrics(), stride)
            if all(left[1] + 8 <= right[0] for left, right in pairwise(placed)):
                for x, end, text in placed:
                    if end <= right_end:
                        painter.drawText(QRectF(x, 0, end - x + 2, height), middle, text)
                return

    def _placed(self, columns: Columns, metrics: QFontMetrics, stride: int) -> list[tuple[float, float, str]]:
        """Every so many ticks: where each begins and ends, and what it says."""
        found: list[tuple[float, float, str]] = []
        if self._scale is None:
            return found
        for tick in self._scale.ticks[::stride]:
            text = self._shown(tick)
            wide = metrics.horizontalAdvance(text)
            x = columns.name + self._scale.place(tick, columns.bars)
            x -= 0 if tick == self._scale.low else wide / 2
            found.append((x, x + wide, text))
        return found


class Waterfall(QWidget):
    """All rows of a value; up and down choose one, and the panel beside opens it further."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Start without rows."""
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.rows: list[LineRow] = []
        self.current = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        theme.signals.changed.connect(self._lay_out)

    def show_rows(self, rows: Sequence[Row], shown: Callable[[int], str], scale: Scale) -> None:
        """Show other rows; the chosen one stays chosen where it is still there."""
        for old in self.rows:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows = []
        for place, row in enumerate(rows):
            made = LineRow(row, shown(row.amount))
            made.scale, made.joined = scale, place > 0
            made.chosen.connect(lambda key=row.key: self._pressed(key))
            made.opened.connect(self.opened)
            self._column.addWidget(made)
            self.rows.append(made)
        self._lay_out()
        self.choose(self.current if any(row.key == self.current for row in rows) else rows[0].key)

    def _lay_out(self) -> None:
        columns = Columns.of(self.width())
        for made in self.rows:
            made.resize(self.width(), made.height())
            made.lay_out(columns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        self._lay_out()

    def _pressed(self, key: str) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.choose(key)

    def choose(self, key: str) -> None:
        """Choose a row."""
        self.current = key
        self._mark()
        self.chosen.emit(key)

    def _mark(self) -> None:
        for made in self.rows:
            chosen = made.row.key == self.current
            made.mark(chosen, self.hasFocus())
            if chosen:
                self.setAccessibleDescription(made.accessibleName())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the rows."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        keys = [made.row.key for made in self.rows]
        if not step or not keys:
            super().keyPressEvent(event)
            return
        here = keys.index(self.current) if self.current in keys else 0
        self.choose(keys[min(max(here + step, 0), len(keys) - 1)])

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keys are here."""
        super().focusInEvent(event)
        self._mark()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keys are elsewhere."""
        super().focusOutEvent(event)
        self._mark()
