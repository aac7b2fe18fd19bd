"""What is planned with a customer, in a box above the timeline: tick it off, postpone it, open it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from crmdesk.core import dates
from crmdesk.core.feature import Moment
from crmdesk.core.i18n import Region, _, ngettext
from crmdesk.features.timeline.ui import wording
from crmdesk.qt import theme
from crmdesk.qt.widgets import Button, ElidedLabel, HLine, IconButton, IconLabel, label

FEW = 4


class OpenItems(QFrame):
    """A box with one row of 30 for each planned contact; late ones say so."""

    ticked = Signal(str)
    postponed = Signal(str, str)
    asked = Signal(str)
    trashed = Signal(str)

    def __init__(self, region: Region, parent: QWidget | None = None) -> None:
        """Start empty, and hidden until something is planned."""
        super().__init__(parent)
        self.setObjectName("panel")
        self._region = region
        self._items: tuple[Moment, ...] = ()
        self._all = False
        self.boxes: dict[str, QCheckBox] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 3, 6, 3)
        self._column.setSpacing(0)
        self.hide()

    def show_items(self, items: Sequence[Moment]) -> None:
        """Show what is planned, soonest first."""
        if tuple(items) != self._items or not items:
            self._items = tuple(items)
            self._fill()

    def _fill(self) -> None:
        while (old := self._column.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.boxes = {}
        shown = self._items if self._all or len(self._items) <= FEW + 1 else self._items[:FEW]
        for place, item in enumerate(shown):
            if place:
                self._column.addWidget(HLine(faint=True))
            self._column.addWidget(self._row(item))
        rest = len(self._items) - len(shown)
        if rest:
            more = Button(ngettext("{n} more", "{n} more", rest).format(n=rest), "link")
            more.clicked.connect(self._show_all)
            self._column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        self.setVisible(bool(self._items))

    def _show_all(self) -> None:
        self._all = True
        self._fill()

    def _row(self, item: Moment) -> QWidget:
        today = dates.today()
        what = wording.short(item.text, 60) or item.head
        when = wording.when_planned(item.at, today, self._region)
        color = wording.due_color(item.at.date(), today)
        tick = QCheckBox()
        tick.setAccessibleName(_("Done: {what}").format(what=what))
        tick.toggled.connect(lambda on, ident=item.row: self.ticked.emit(ident) if on else None)
        self.boxes[item.row] = tick
        detail = ", ".join(part for part in (item.head if item.text else "", item.detail) if part)
        if color == "late":
            when = _("{day}, late").format(day=when)
        more = IconButton("ellipsis", _("More about: {what}").format(what=what), size=14)
        more.setMenu(self._menu(item.row, more))
        name = ElidedLabel(what, "strong", "text")
        name.setMaximumWidth(QFontMetrics(theme.current().font("strong")).horizontalAdvance(what) + 6)
        name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        line = QWidget()
        line.setFixedHeight(theme.current().size("row_compact") + 2)
        parts = QHBoxLayout(line)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(8)
        parts.addWidget(tick)
        parts.addWidget(IconLabel(item.icon, "text_2", 14))
        parts.addWidget(name)
        parts.addWidget(ElidedLabel(detail, "small", "text_3"), 1)
        parts.addWidget(label(when, "small", color))
        parts.addWidget(more)
        return line

    def _menu(self, ident: str, parent: QWidget) -> QMenu:
        menu = QMenu(parent)
        for key, text in (("day", _("Tomorrow")), ("week", _("In a week")), ("month", _("In a month"))):
            menu.addAction(text).triggered.connect(lambda checked=False, k=key: self.postponed.emit(ident, k))
        menu.addSeparator()
        menu.addAction(_("Change…")).triggered.connect(lambda: self.asked.emit(ident))
        menu.addAction(_("Move to the trash")).triggered.connect(lambda: self.trashed.emit(ident))
        return menu
