"""The playbook of a cluster as it is read, and as editors when its owner writes in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crmdesk.core.i18n import N_, _
from crmdesk.features.portfolio.playbook import Playbook
from crmdesk.features.portfolio.rules import Cluster
from crmdesk.qt import theme
from crmdesk.qt.editors import FieldText
from crmdesk.qt.widgets import IconButton, IconLabel, Label, column, label

PARTS = (
    ("aim", N_("Aim")),
    ("do", N_("Do, one per line")),
    ("dont", N_("Do not, one per line")),
    ("phrases", N_("Phrases, one per line")),
)


class Stripe(QWidget):
    """An upright line of two pixels in the colour of a cluster."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the line."""
        super().__init__(parent)
        self.token = "develop"
        self.setFixedWidth(2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        QPainter(self).fillRect(self.rect(), theme.current().color(self.token))


def points(lines: Sequence[str], icon: str, token: str) -> QWidget:
    """Short sentences one below the other, each with its sign."""
    box = QWidget()
    rows = QVBoxLayout(box)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(3)
    for line in lines:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(IconLabel(icon, token, 14), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(line, "body", "text_2", wrap=True), 1)
        rows.addLayout(row)
    rows.addStretch(1)
    return box


class PlaybookTexts(QWidget):
    """Aim, do and do not side by side, and one phrase with the way to the next."""

    written = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._book = Playbook("", (), (), ())
        self._cluster = Cluster.DEVELOP
        self._phrase = 0
        self._editors: Mapping[str, FieldText] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 12, 20, 12)
        self._column.setSpacing(4)
        self.phrase = label("", "body", "text", wrap=True)
        self.next = IconButton("chevron-right", _("Next phrase"), size=14)

    @property
    def editing(self) -> bool:
        """Whether the texts are open for writing."""
        return bool(self._editors)

    def show_book(self, book: Playbook, cluster: Cluster) -> None:
        """Show the texts of a cluster; texts that are being written are left alone."""
        if cluster is not self._cluster:
            self._phrase, self._editors = 0, {}
        same = book == self._book and cluster is self._cluster and self._column.count()
        self._book, self._cluster = book, cluster
        if not self.editing and not same:
            self._show_reading()

    def edit(self) -> None:
        """Open the texts for writing."""
        self._clear()
        texts = {"aim": self._book.aim}
        texts |= {part: "\n".join(getattr(self._book, part)) for part in ("do", "dont", "phrases")}
        editors: dict[str, FieldText] = {}
        for part, caption in PARTS:
            editor = FieldText()
            editor.setPlainText(texts[part])
            editor.setAccessibleName(_(caption))
            lines = 3 if part == "aim" else min(7, texts[part].count("\n") + 2)
            height = QFontMetrics(theme.current().font("body")).lineSpacing()
            editor.setFixedHeight(lines * height + 18)
            editor.left.connect(lambda part=part: self._write(part))
            name = label(_(caption), "label")
            name.setBuddy(editor)
            self._column.addWidget(name)
            self._column.addWidget(editor)
            self._column.addSpacing(6)
            editors[part] = editor
        self._editors = editors
        hint = label(_("An empty text brings the shipped one back."), "small", "text_3", wrap=True)
        self._column.addWidget(hint)
        self.updateGeometry()
        editors["aim"].setFocus()

    def close_editing(self) -> None:
        """Keep what was written and show the texts again."""
        for part in list(self._editors):
            self._write(part)
        self._editors = {}
        self._show_reading()

    def _write(self, part: str) -> None:
        editor = self._editors.get(part)
        if editor is not None and editor.document().isModified():
            editor.document().setModified(False)
            self.written.emit(part, editor.toPlainText())

    def next_phrase(self) -> None:
        """Show the phrase after this one."""
        self._phrase += 1
        self._show_phrase()

    def _show_phrase(self) -> None:
        phrases = self._book.phrases
        text = phrases[self._phrase % len(phrases)] if phrases else ""
        self.phrase.setText(_("“{text}”").format(text=text) if text else "")
        self.next.setVisible(len(phrases) > 1)

    def _clear(self) -> None:
        self.phrase.setParent(None)
        self.next.setParent(None)
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()

    def _show_reading(self) -> None:
        self._clear()
        book = self._book
        self.phrase = label("", "body", "text", wrap=True)
        self.next = IconButton("chevron-right", _("Next phrase"), size=14)
        self.next.clicked.connect(self.next_phrase)
        self._column.addWidget(label(_("Aim"), "label"))
        self._column.addWidget(label(book.aim, "body", "text_2", wrap=True))
        self._column.addSpacing(8)
        self._column.addWidget(self._both(book))
        self._column.addSpacing(8)
        self._column.addWidget(label(_("Phrase"), "label"))
        self._column.addWidget(self._quote())
        self._show_phrase()
        self.updateGeometry()

    def _both(self, book: Playbook) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        do = column(label(_("Do"), "label"), points(book.do, "check", "ok"), gap=4)
        dont = column(label(_("Do not"), "label"), points(book.dont, "x", "late"), gap=4)
        shares = (3, 2) if len(book.do) > len(book.dont) + 2 else (1, 1)
        row.addWidget(do, shares[0])
        row.addWidget(dont, shares[1])
        return box

    def _quote(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        stripe = Stripe()
        stripe.token = self._cluster.value
        row.addWidget(stripe)
        row.addWidget(self.phrase, 1)
        row.addWidget(self.next)
        return box

    def reading_labels(self) -> list[Label]:
        """The texts as they stand on the screen."""
        return self.findChildren(Label)

    def minimumSizeHint(self) -> QSize:
        """This may be as narrow as it likes: its texts wrap."""
        return QSize(200, super().minimumSizeHint().height())
