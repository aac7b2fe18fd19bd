"""The bar of the six steps: done ones are ticked and can be gone back to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from crmdesk.core.i18n import _
from crmdesk.qt import icons, theme
from crmdesk.qt.widgets import HLine, KeyRingButton

DONE, HERE, AHEAD = "done", "here", "ahead"
_DISC, _GAP = 20, 8


class _Step(KeyRingButton):
    """One step: a disc with its number or a tick, and its name."""

    def __init__(self, number: int, name: str) -> None:
        super().__init__()
        self.setText(name)
        self.number, self.state = number, AHEAD
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_state(self, state: str, free: bool) -> None:
        """Show where the step stands, and whether one may go there."""
        self.state = state
        self.setEnabled(free or state == HERE)
        words = {DONE: _("done"), HERE: _("this step"), AHEAD: _("not yet")}
        self.setAccessibleName(
            _("Step {n}: {name}, {state}").format(n=self.number, name=self.text(), state=words[state])
        )
        self.setCursor(Qt.CursorShape.PointingHandCursor if free else Qt.CursorShape.ArrowCursor)
        self.update()

    def sizeHint(self) -> QSize:
        now = theme.current()
        width = QFontMetrics(now.font("label")).horizontalAdvance(self.text())
        return QSize(width + _DISC + _GAP + 4, now.size("wizard_steps") - 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        disc = QRectF(1, (self.height() - _DISC) / 2, _DISC, _DISC)
        fill = {DONE: "select_strong", HERE: "accent_fill", AHEAD: ""}[self.state]
        painter.setPen(QPen(now.color("border_field"), 1) if not fill else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(now.color(fill) if fill else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(disc.adjusted(0.5, 0.5, -0.5, -0.5))
        if self.state == DONE:
            icons.paint_icon(painter, disc, "check", "accent", 12)
        else:
            painter.setFont(now.font("small_strong"))
            painter.setPen(now.color("text_on_accent" if self.state == HERE else "text_3"))
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(self.number))
        painter.setFont(now.font("label" if self.state == HERE else "body"))
        over = self.underMouse() and self.isEnabled()
        ink = "text" if self.state == HERE or over else ("text_2" if self.state == DONE else "text_3")
        painter.setPen(now.color(ink))
        room = QRectF(_DISC + _GAP + 1, 0, self.width(), self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text())
        self.paint_ring(painter, QRectF(self.rect()).adjusted(0, 5, 0, -5), 6)


class StepBar(QFrame):
    """All steps in a row, 40 high."""

    chosen = Signal(int)

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        """Make the bar out of the names of the steps."""
        super().__init__(parent)
        self.setProperty("surface", "bg_sunken")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Steps of the import"))
        self.steps = [_Step(place + 1, name) for place, name in enumerate(names)]
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(10)
        for place, step in enumerate(self.steps):
            if place:
                line = HLine()
                line.setFixedWidth(20)
                row.addWidget(line)
            row.addWidget(step)
            step.clicked.connect(lambda checked=False, at=place: self.chosen.emit(at))
        row.addStretch(1)
        theme.signals.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.setFixedHeight(theme.current().size("wizard_steps"))

    def show_at(self, here: int, reached: int, frozen: bool = False) -> None:
        """Mark the step one is at; the steps up to `reached` can be gone to unless all is done."""
        for place, step in enumerate(self.steps):
            state = HERE if place == here else (DONE if place < max(here, reached) else AHEAD)
            if place > here and state == DONE and place >= reached:
                state = AHEAD
            step.show_state(state, not frozen and place != here and place <= reached)
