"""A sum in words that wraps, with the inputs that open further as dotted figures."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crmdesk.features.value.ui.lines import Figure, Piece
from crmdesk.qt import theme
from crmdesk.qt.widgets import FigureLabel, FlowLayout, KeyRingButton, label

GAP = 3


class InputFigure(FigureLabel):
    """A figure inside a sum, as narrow as its text."""

    def sizeHint(self) -> QSize:
        """Room for the text; the gap of the line does the rest."""
        return super().sizeHint() - QSize(3, 0)


class SourceLink(KeyRingButton):
    """Where an input comes from, as a small link that opens it."""

    def __init__(self, text: str, about: str, parent: QWidget | None = None) -> None:
        """Show a link; it is named with what it belongs to."""
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(f"{about}: {text}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for the word and the ring."""
        now = theme.current()
        wide = QFontMetrics(now.font("small")).horizontalAdvance(self.text())
        return QSize(wide + 4, now.line_height("body"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter as with a click."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the word at the right, in the colour of links."""
        now, painter = theme.current(), QPainter(self)
        painter.setFont(now.font("small"))
        painter.setPen(now.color("accent_hover" if self.underMouse() else "accent"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect(), right, self.text())
        self.paint_ring(painter, QRectF(self.rect()), 3)


class FormulaText(QWidget):
    """One sum; a dotted figure tells what it opens."""

    opened = Signal(str)

    def __init__(self, parts: Sequence[Piece], about: str, parent: QWidget | None = None) -> None:
        """Lay the words and figures out in lines."""
        super().__init__(parent)
        self.flow = FlowLayout(self, GAP)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for part in parts:
            if isinstance(part, Figure) and part.opens:
                figure = InputFigure(part.text, "small")
                figure.set_color("text_2")
                figure.set_about(about)
                figure.clicked.connect(lambda _checked=False, opens=part.opens: self.opened.emit(opens))
                self.flow.addWidget(figure)
                continue
            text = part.text if isinstance(part, Figure) else part
            for word in text.split(" "):
                if word:
                    self.flow.addWidget(label(word, "small", "text_2"))

    def height_at(self, width: int) -> int:
        """The height of all lines at a width."""
        return self.flow.heightForWidth(width)
