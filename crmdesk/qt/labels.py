"""Text on screen: plain labels by role, figures that open, and the strip of key figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from crmdesk.qt import theme
from crmdesk.qt.buttons import KeyRingButton
from crmdesk.qt.plain_text import tip_text
from crmdesk.qt.restyle import set_property


class Label(QLabel):
    """One piece of plain text in a type role and a token's colour."""

    def __init__(self, text: str, role: str, color: str, parent: QWidget | None = None) -> None:
        """Show plain text; markup in it is never read as such."""
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setProperty("color", color)
        self.setText(text)

    def make_selectable(self) -> None:
        """Let people mark and copy the text; it is then named by its text, as all that takes keys."""
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName(self.text())

    def set_color(self, color: str) -> None:
        """Show the text in another token's colour."""
        set_property(self, "color", color)

    def set_role(self, role: str) -> None:
        """Show the text in another type role."""
        set_property(self, "role", role)


def label(text: str = "", role: str = "body", color: str = "text", wrap: bool = False) -> Label:
    """A plain text label: type role and colour by token name."""
    made = Label(text, role, color)
    if wrap:
        made.setWordWrap(True)
    return made


def section_label(text: str) -> Label:
    """The heading of a panel."""
    return Label(text, "section", "text")


class SectionLabel(QWidget):
    """The heading of a panel with quiet context beside it."""

    def __init__(self, text: str, context: str = "", parent: QWidget | None = None) -> None:
        """Show a heading, and after it what counts or limits it."""
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.heading = Label(text, "section", "text")
        self.context = ElidedLabel(context, "body", "text_3")
        row.addWidget(self.heading)
        self.context.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        row.addWidget(self.context, 1)

    def set_context(self, text: str) -> None:
        """Change the quiet text beside the heading."""
        self.context.setText(text)


class ElidedLabel(Label):
    """A label that is cut with an ellipsis when narrow and then shows the whole in a tool tip."""

    def __init__(
        self, text: str = "", role: str = "body", color: str = "text", parent: QWidget | None = None
    ) -> None:
        """Show text that may be longer than its room."""
        self._whole = text
        super().__init__(text, role, color, parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self.setAccessibleName(text)
        self._cut()

    def whole(self) -> str:
        """The text without any cut."""
        return self._whole

    def sizeHint(self) -> QSize:
        """Room for the whole text."""
        width = self.fontMetrics().horizontalAdvance(self._whole) + 2
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Nearly nothing: this label gives way."""
        return QSize(24, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut anew for another width."""
        super().resizeEvent(event)
        self._cut()

    def changeEvent(self, event: QEvent) -> None:
        """Cut anew for another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._cut()

    def _cut(self) -> None:
        metrics = QFontMetrics(self.font())
        room = max(0, self.width())
        cut = metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        super().setText(cut)
        self.setToolTip(tip_text(self._whole) if cut != self._whole else "")


class HLine(QFrame):
    """A line of one pixel between parts of a page."""

    def __init__(self, faint: bool = False, parent: QWidget | None = None) -> None:
        """Draw a line; a faint one lies between rows."""
        super().__init__(parent)
        self.setObjectName("hline")
        self.setProperty("faint", faint)
        self.setFixedHeight(1)


class VLine(QFrame):
    """An upright line of one pixel."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Draw an upright line."""
        super().__init__(parent)
        self.setObjectName("vline")
        self.setFixedWidth(1)


class FigureLabel(KeyRingButton):
    """A figure; one the program computed has a dotted underline and opens its sum when clicked."""

    def __init__(
        self, text: str = "", role: str = "figure", computed: bool = True, parent: QWidget | None = None
    ) -> None:
        """Show a figure in a type role."""
        super().__init__(parent)
        self._role = role
        self._color = "text"
        self._about = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_figure(text, computed)

    def set_figure(self, text: str, computed: bool = True) -> None:
        """Show another figure and say whether it was computed."""
        self.setText(text)
        self._computed = computed
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if computed else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if computed else Qt.CursorShape.ArrowCursor)
        self.setEnabled(True)
        self._name()
        self.updateGeometry()
        self.update()

    def set_about(self, about: str) -> None:
        """Say what the figure means, for those who cannot see where it stands."""
        self._about = about
        self._name()

    def set_color(self, color: str) -> None:
        """Show the figure in another token's colour."""
        self._color = color
        self.update()

    def _name(self) -> None:
        self.setAccessibleName(f"{self._about}: {self.text()}" if self._about else self.text())

    def sizeHint(self) -> QSize:
        """Room for the figure and its underline."""
        now = theme.current()
        width = QFontMetrics(now.font(self._role)).horizontalAdvance(self.text())
        return QSize(width + 4, now.line_height(self._role))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter and Ctrl+I as with a click."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self._computed and (enter or (control and event.key() == Qt.Key.Key_I)):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the figure and its dotted underline."""
        now = theme.current()
        painter = QPainter(self)
        font = now.font(self._role)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(now.color(self._color))
        rect = self.rect()
        text = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, rect.width())
        self.setToolTip(tip_text(self.text()) if text != self.text() else "")
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        if self._computed and self.text():
            pen = QPen(now.color("border_field"), 1, Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([1, 2])
            painter.setPen(pen)
            baseline = (rect.height() + metrics.ascent() - metrics.descent()) // 2
            y = min(baseline + 3, rect.height() - 1)
            painter.drawLine(0, y, metrics.horizontalAdvance(text), y)
        self.paint_ring(painter, QRectF(self.rect()), 3)


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One cell of the strip of key figures."""

    name: str
    label: str
    figure: str
    note: str = ""
    note_color: str = "text_3"
    computed: bool = True


class KeyFigureStrip(QFrame):
    """Up to five key figures side by side; a computed one opens its sum."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start with an empty strip."""
        super().__init__(parent)
        self.setObjectName("figures")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._cells: list[QWidget] = []

    def set_figures(self, figures: Sequence[KeyFigure]) -> None:
        """Show these figures in equal cells."""
        while (item := self._row.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for index, figure in enumerate(figures[:5]):
            if index:
                self._row.addWidget(VLine())
            self._row.addWidget(self._cell(figure, index), 120 if index else 126)

    def _cell(self, figure: KeyFigure, index: int) -> QWidget:
        cell = QWidget()
        cell.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(cell)
        column.setContentsMargins(20 if index == 0 else 14, 9, 4, 10)
        column.setSpacing(1)
        column.addWidget(ElidedLabel(figure.label, "small", "text_3"))
        value = FigureLabel(figure.figure, "figure", figure.computed)
        value.set_about(figure.label)
        value.clicked.connect(lambda checked=False, name=figure.name: self.opened.emit(name))
        column.addWidget(value)
        column.addWidget(ElidedLabel(figure.note, "small", figure.note_color))
        return cell
