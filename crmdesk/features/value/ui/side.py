"""The right side of a value sheet: one line further, what would change it, how sure it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crmdesk.core.i18n import _
from crmdesk.features.value.ui.changes import Change, Outlook
from crmdesk.features.value.ui.formula import SourceLink
from crmdesk.features.value.ui.inputs import Input, assumptions, evidence_words, inputs_of, seen_orders
from crmdesk.features.value.ui.lines import Row, Teller
from crmdesk.features.value.ui.marks import WORDS, EvidenceBlocks
from crmdesk.qt import theme
from crmdesk.qt.widgets import Button, HLine, IconLabel, Label, label, scrolling

MORE = "+"


class InputRow(QWidget):
    """One input or change: label, value, and where it comes from, as a link where it opens something."""

    def __init__(self, left: str, middle: Label, right: QWidget | None) -> None:
        """Put the parts side by side over a faint line."""
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 6, 0, 5)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        name = label(left, "body", "text", wrap=True)
        name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        metrics = QFontMetrics(theme.current().font("body"))
        name.setMinimumWidth(max((metrics.horizontalAdvance(word) + 2 for word in left.split()), default=0))
        middle.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(name, 0, 0)
        grid.addWidget(middle, 0, 1)
        grid.setColumnStretch(0, 1)
        if right is not None:
            right.setMinimumWidth(104)
            grid.addWidget(right, 0, 2)


class Block(QWidget):
    """A heading with rows under it."""

    def __init__(self, title: str = "") -> None:
        """Start with the heading only."""
        super().__init__()
        self.title = label(title, "section", "text", wrap=True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addWidget(self.title)
        self.column.addSpacing(6)

    def fill(self, parts: Sequence[QWidget]) -> None:
        """Put other rows under the heading."""
        while self.column.count() > 2:
            item = self.column.takeAt(2)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        for part in parts:
            if isinstance(part, Label) and self.column.count() > 3:
                part.setContentsMargins(0, 5, 0, 0)
            self.column.addWidget(part)


def change_rows(teller: Teller, changes: Sequence[Change]) -> list[QWidget]:
    """The rows of what would change a value, with a line between them."""
    rows: list[QWidget] = []
    for change in changes:
        sign, color = (MORE, "ok") if change.amount >= 0 else ("", "late")
        shown = label(sign + teller.words.amount(change.amount, cents=False), "strong", color)
        shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if rows:
            rows.append(HLine(faint=True))
        rows.append(InputRow(change.label, label(change.note, "small", "text_3"), shown))
    return rows


def sentence_row(text: str) -> QWidget:
    """A sentence after a hint icon."""
    box = QWidget()
    line = QHBoxLayout(box)
    line.setContentsMargins(0, 6, 0, 2)
    line.setSpacing(8)
    line.addWidget(IconLabel("info", "info", 14), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(label(text, "body", "text_2", wrap=True), 1)
    return box


class SidePanel(QWidget):
    """What lies behind the chosen line and around the value."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build the three blocks, empty."""
        super().__init__(parent)
        self.setFixedWidth(theme.current().size("sheet_side"))
        self.further, self.turns = Block(), Block(_("What would change it"))
        self.sure = Block(_("How sure"))
        self.blocks = EvidenceBlocks()
        self.change = Button(_("Change…"), "link")
        self.change.setAccessibleName(_("Change the assumptions"))
        self.change.clicked.connect(lambda: self.opened.emit("rate:discount"))
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(24, 14, 24, 20)
        column.setSpacing(14)
        self.lines = [HLine(), HLine()]
        for part in (self.further, self.lines[0], self.turns, self.lines[1], self.sure):
            column.addWidget(part)
        self.foot = label("", "small", "text_3", wrap=True)
        below = QVBoxLayout()
        below.setSpacing(0)
        below.addWidget(self.foot)
        below.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(below)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(inner))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lie on the sunken ground of side panels."""
        QPainter(self).fillRect(self.rect(), theme.current().color("bg_sunken"))

    def show_row(self, teller: Teller, row: Row) -> None:
        """Open a line one level further."""
        self.further.title.setText(row.label)
        rows: list[QWidget] = []
        for one in inputs_of(teller, row):
            if rows:
                rows.append(HLine(faint=True))
            rows.append(self._input(one))
        if not rows and row.said:
            rows.append(label(row.said, "body", "text_2", wrap=True))
        self.further.fill(rows)

    def _input(self, one: Input) -> QWidget:
        right: QWidget | None = None
        if one.source and one.opens:
            link = SourceLink(one.source, one.label)
            link.clicked.connect(lambda _checked=False: self.opened.emit(one.opens))
            right = link
        else:
            right = label(one.source, "small", "text_3", wrap=True)
            right.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return InputRow(one.label, label(one.value, "strong", "text"), right)

    def show_around(self, teller: Teller, found: Outlook) -> None:
        """Show what would change the value, and how sure it is."""
        rows = change_rows(teller, found.changes)
        rows += [sentence_row(text) for text in found.sentences]
        self.turns.fill(rows)
        self.turns.setVisible(bool(rows))
        self.lines[0].setVisible(bool(rows))
        level = teller.one.evidence.level
        self.blocks = EvidenceBlocks()
        self.blocks.set_level(level)
        head = QWidget()
        line = QHBoxLayout(head)
        line.setContentsMargins(0, 0, 0, 6)
        line.setSpacing(8)
        line.addWidget(self.blocks)
        line.addWidget(label(_(WORDS[level]), "strong"))
        line.addWidget(label(seen_orders(teller), "body", "text_2"))
        line.addStretch(1)
        parts: list[QWidget] = [head]
        parts += [label(text, "body", "text_2", wrap=True) for text in evidence_words(teller)]
        self.sure.fill(parts)
        self.foot.setText(assumptions(teller))
