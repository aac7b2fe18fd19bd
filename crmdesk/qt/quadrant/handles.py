"""The two handles of the cut lines and the four names in the corners."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QLineEdit, QToolTip, QWidget

from crmdesk.core import kinds
from crmdesk.core.errors import InvalidValue
from crmdesk.core.i18n import N_, _, ngettext
from crmdesk.core.kinds import Kind
from crmdesk.qt import theme
from crmdesk.qt.buttons import KeyRingButton, paint_focus_ring
from crmdesk.qt.glyphs import cluster_label, paint_glyph
from crmdesk.qt.plain_text import tip_text
from crmdesk.qt.quadrant.axes import short_amount
from crmdesk.qt.quadrant.layers import Marks
from crmdesk.qt.quadrant.points import BAND
from crmdesk.qt.quadrant.wording import Wording
from crmdesk.qt.restyle import set_property

WIDTH, HEIGHT = 66, 22
CUT_NAMES = (("turnover", N_("Turnover cut, {amount}")), ("potential", N_("Potential cut, {amount}")))


class AmountField(QLineEdit):
    """The field on a grip; Escape or leaving it changes nothing."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Enter and Escape to itself."""
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
        else:
            super().keyPressEvent(event)
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Close when the focus goes elsewhere."""
        super().focusOutEvent(event)
        self.hide()

    def give_up(self) -> None:
        """Close and give the focus back to the grip."""
        if grip := self.parentWidget():
            grip.setFocus()
        self.hide()

    def complain(self, problem: str) -> None:
        """Say under the field what is wrong; the text stays."""
        set_property(self, "error", bool(problem))
        self.setToolTip(tip_text(problem))
        if problem:
            QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), tip_text(problem), self)


class CutHandle(QWidget):
    """The grip of one cut line: drag it, move it with the arrows, or type an amount."""

    dragged = Signal(QPoint)
    released = Signal()
    changed = Signal(object)

    def __init__(self, axis: str, words: Wording, parent: QWidget) -> None:
        """Make the grip of the turnover or of the potential cut."""
        super().__init__(parent)
        self.axis, self._words = axis, words
        self.amount, self._grip = 0, False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        across = axis == "turnover"
        self.setCursor(Qt.CursorShape.SizeHorCursor if across else Qt.CursorShape.SizeVerCursor)
        self.setAccessibleDescription(
            _("Arrow keys move it by 1 percent, with Shift by 10. Type an amount to set it.")
        )
        self._editor = AmountField(self)
        self._editor.setAccessibleName(_("New amount of the cut"))
        self._editor.hide()
        self._editor.returnPressed.connect(self._take_typed)
        self.set_amount(0)

    def set_amount(self, amount: int) -> None:
        """Show another amount."""
        self.amount = amount
        self.setAccessibleName(_(dict(CUT_NAMES)[self.axis]).format(amount=self._words.money(amount)))
        self.setToolTip(self.accessibleName())
        self.resize(self.sizeHint())
        self.update()

    def text(self) -> str:
        """The amount as it stands on the grip."""
        return short_amount(self.amount, self._words.currency, self._words.region)

    def sizeHint(self) -> QSize:
        """Room for grip and amount."""
        now = theme.current()
        text = QFontMetrics(now.font("axis")).horizontalAdvance(self.text())
        return QSize(max(round(WIDTH * now.scale), text + 34), round(HEIGHT * now.scale))

    def start_typing(self, first: str = "") -> None:
        """Open the field for an amount on the grip."""
        self._editor.setGeometry(self.rect())
        self._editor.setText(first)
        self._editor.complain("")
        self._editor.show()
        self._editor.setFocus()

    def _take_typed(self) -> None:
        try:
            amount = kinds.parse(
                Kind.MONEY, self._editor.text(), self._words.region, currency=self._words.currency
            )
        except InvalidValue as problem:
            self._editor.complain(str(problem))
            return
        self._editor.give_up()
        if isinstance(amount, int) and amount > 0:
            self.changed.emit(amount)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by arrows, open the field on a digit or Enter."""
        keys = Qt.Key
        up = {keys.Key_Right, keys.Key_Up}
        if event.key() in up | {keys.Key_Left, keys.Key_Down}:
            share = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            step = max(1, round(self.amount * share / 100))
            self.changed.emit(max(1, self.amount + (step if event.key() in up else -step)))
        elif event.text().isdigit():
            self.start_typing(event.text())
        elif event.key() in (keys.Key_Return, keys.Key_Enter, keys.Key_F2):
            self.start_typing()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the line."""
        self._grip = event.button() == Qt.MouseButton.LeftButton

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the line along."""
        if self._grip:
            self.dragged.emit(self.mapToParent(event.position().toPoint()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the line go."""
        if self._grip:
            self._grip = False
            self.released.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the field for an amount."""
        self.start_typing()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, six grip dots and the amount."""
        now, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(now.color("text_2"), 1))
        painter.setBrush(now.color("bg_surface"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, 5, 5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.color("text_3"))
        for column in (9.0, 13.0):
            for row in (-4, 0, 4):
                painter.drawEllipse(QPointF(column, box.center().y() + row), 1, 1)
        font = QFont(now.font("axis"))
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(now.color("text"))
        painter.drawText(box.adjusted(18, 0, -4, 0), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            paint_focus_ring(painter, QRectF(self.rect()), 5)


class Corner(KeyRingButton):
    """A cluster in its corner: shape, name and number of customers; a click chooses it."""

    def __init__(self, cluster: str, words: Wording, parent: QWidget) -> None:
        """Make the corner of one cluster."""
        super().__init__(parent)
        self.cluster, self.customers, self._words = cluster, 0, words
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_count(0)

    def set_count(self, customers: int) -> None:
        """Show another number of customers."""
        self.customers = customers
        words = ngettext("{name}, {n} customer", "{name}, {n} customers", customers)
        self.setAccessibleName(
            words.format(name=cluster_label(self.cluster), n=self._words.number(customers))
        )
        self.resize(self.sizeHint())
        self.update()

    def _pieces(self) -> list[tuple[str, str, int]]:
        """Name and number, each with its font and width."""
        now = theme.current()
        texts = [(cluster_label(self.cluster), "label"), (self._words.number(self.customers), "body")]
        return [(text, role, QFontMetrics(now.font(role)).horizontalAdvance(text)) for text, role in texts]

    def sizeHint(self) -> QSize:
        """Room for shape, name and number, at least as high as a target must be."""
        return QSize(12 + 6 + sum(width for *_rest, width in self._pieces()) + 4 + 12, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the shape at the outer side, name and number beside it."""
        now, painter = theme.current(), QPainter(self)
        painter.setPen(now.color(self.cluster))
        outer_right = self.cluster in ("key", "maintain")
        x = 6 if outer_right else 24
        for text, role, width in self._pieces():
            painter.setFont(now.font(role))
            painter.drawText(QRectF(x, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
            x += width + 4
        side = self.width() - 18 if outer_right else 6
        paint_glyph(painter, QRectF(side, (self.height() - 12) / 2, 12, 12), self.cluster)
        self.paint_ring(painter, QRectF(self.rect()), 5)


def arrange_corners(area: QRectF, marks: Marks, corners: Mapping[str, Corner]) -> None:
    """Put the four names into the outer corners of the regions."""
    left, top = area.left() + BAND, area.top()
    right, bottom = area.right(), area.top() + marks.frame.bottom
    for cluster, corner in corners.items():
        x = right - corner.width() - 6 if cluster in ("key", "maintain") else left + 6
        y = top + 6 if cluster in ("key", "develop") else bottom - corner.height() - 6
        corner.move(round(x), round(y))


def arrange_handles(area: QRectF, marks: Marks, handles: Mapping[str, CutHandle]) -> None:
    """Put the grips on their lines: one at the top, one at the right."""
    left, top = area.left() + BAND, area.top()
    right, bottom = area.right(), area.top() + marks.frame.bottom
    across, up = handles["turnover"], handles["potential"]
    x = min(max(area.left() + marks.cut_x - across.width() / 2, left), right - across.width())
    across.move(round(x), round(top))
    y = min(max(top + marks.cut_y - up.height() / 2, top), bottom - up.height())
    up.move(round(right - up.width()), round(y))
