"""What a customer brought in already: grey bars by year, shown beside the value and never added."""

from __future__ import annotations

from collections import defaultdict

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crmdesk.core.i18n import _
from crmdesk.features.knowledge.facts import Known
from crmdesk.features.value.ui.lines import Teller
from crmdesk.qt import theme
from crmdesk.qt.widgets import HLine, label

MOST = 7


def margins_by_year(known: Known) -> dict[int, float]:
    """The margin of each year with orders whose cost is known, oldest first."""
    found: dict[int, float] = defaultdict(float)
    for day in known.days:
        if day.costed:
            found[day.day.year] += day.margin
    return dict(sorted(found.items())[-MOST:])


class YearBars(QWidget):
    """One grey bar per year with its amount above it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without years."""
        super().__init__(parent)
        self._bars: list[tuple[str, str, float]] = []
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: list[tuple[str, str, float]]) -> None:
        """Show years as name, amount in words, amount."""
        self._bars = bars
        self.setAccessibleName(", ".join(f"{year}: {amount}" for year, amount, _value in bars))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for every year."""
        return QSize(58 * len(self._bars), 4 * theme.current().line_height("axis") + 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars."""
        now, painter = theme.current(), QPainter(self)
        painter.setFont(now.font("axis"))
        line = now.line_height("axis")
        most = max((abs(value) for *_rest, value in self._bars), default=0.0) or 1.0
        room = self.height() - 2 * line - 4
        for place, (year, amount, value) in enumerate(self._bars):
            left, tall = place * 58, round(room * max(value, 0.0) / most)
            top = self.height() - line - 2 - tall
            painter.fillRect(QRectF(left + 9, top, 40, tall), now.color("series_muted"))
            painter.setPen(now.color("text_2"))
            middle = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(left, top - line, 58, line), middle, amount)
            painter.setPen(now.color("axis"))
            painter.drawText(QRectF(left, self.height() - line, 58, line), middle, year)


class PastMargin(QWidget):
    """The margin of past years beside the value."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.sentence = label("", "body", "text_2", wrap=True)
        self.bars = YearBars()
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addStretch(1)
        words.addWidget(label(_("Already earned, not part of the value"), "label"))
        words.addWidget(self.sentence)
        words.addStretch(1)
        line = QHBoxLayout()
        line.setContentsMargins(24, 12, 24, 14)
        line.setSpacing(24)
        line.addLayout(words, 1)
        line.addWidget(self.bars)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(HLine())
        column.addLayout(line)

    def show_past(self, teller: Teller) -> None:
        """Show the margin of past years, or nothing where no cost is known."""
        found = margins_by_year(teller.known)
        self.setVisible(bool(found))
        if not found:
            return
        total = teller.whole(sum(found.values()))
        told = _("Margin of past years, {amount} since {year}. Shown beside, never added.")
        self.sentence.setText(told.format(amount=total, year=min(found)))
        digits = teller.words.number
        self.bars.show_bars([(str(year), digits(value, 0), value) for year, value in found.items()])
