"""Pages of the sidebar and panels of the customer card: they show one query and keep themselves fresh."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from crmdesk.core.i18n import _
from crmdesk.qt import theme
from crmdesk.qt.buttons import IconButton
from crmdesk.qt.labels import ElidedLabel, Label

if TYPE_CHECKING:
    from crmdesk.core.changes import Changes
    from crmdesk.qt.desk import Desk


class Fresh(QWidget):
    """Something that shows records: refreshes when they change, or, while hidden, when it is shown again."""

    tables: ClassVar[frozenset[str]] = frozenset()
    title_changed = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Take the desk; the child class then builds its widgets."""
        super().__init__(parent)
        self.desk = desk
        self.stale = True
        desk.signals.changed.connect(self.on_changes)

    def refresh(self) -> None:
        """Ask the query again and fill the widgets; the child class says how."""

    def touches(self, changes: Changes) -> bool:
        """Whether changes concern what is shown: by default, any of the named tables."""
        return not self.tables or bool(self.tables & changes.tables)

    def on_changes(self, changes: Changes) -> None:
        """Refresh now when visible, later when hidden, not at all when untouched."""
        if not self.touches(changes):
            return
        if self.isVisible():
            self.refresh()
        else:
            self.stale = True

    def refresh_if_stale(self) -> None:
        """Refresh when something changed while this was hidden."""
        if self.stale:
            self.stale = False
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed meanwhile."""
        super().showEvent(event)
        self.refresh_if_stale()


class Page(Fresh):
    """A place in the sidebar: name is its key, title is marked with N_, key is its shortcut."""

    name: ClassVar[str] = ""
    title: ClassVar[str] = ""
    icon: ClassVar[str] = "circle"
    key: ClassVar[str] = ""
    rail: ClassVar[bool] = False
    in_sidebar: ClassVar[bool] = True

    totals_changed = Signal(str)
    count_changed = Signal(int)

    def open(self, **args: object) -> None:
        """Come to the front with arguments, such as a record to show; the child class says how."""

    def back(self) -> bool:
        """Go back one level for Esc; False when there is none."""
        return False

    def tour(self) -> Sequence[tuple[str, Callable[[], object]]]:
        """Further sights of this page for the tour: a name, and how to bring it about."""
        return ()


@dataclass(frozen=True, slots=True)
class LaterPage:
    """A page whose module is imported when it is first shown, so that the window starts sooner.

    `place` is `module:Class`; the other fields say what the class says.
    """

    name: str
    title: str
    icon: str
    key: str
    place: str
    in_sidebar: bool = True
    under: str = ""

    def kind(self) -> type[Page]:
        """The class of the page, imported now."""
        module, _colon, name = self.place.partition(":")
        found: type[Page] = getattr(importlib.import_module(module), name)
        return found

    def __call__(self, desk: Desk) -> Page:
        """Make the page."""
        return self.kind()(desk)


class Panel(Fresh):
    """A tab on the customer card: shows one customer's records of a slice."""

    name: ClassVar[str] = ""
    title: ClassVar[str] = ""
    icon: ClassVar[str] = "circle"
    key: ClassVar[str] = ""

    counted = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Start without a customer."""
        super().__init__(desk, parent)
        self.customer: str | None = None

    def set_customer(self, customer: str | None) -> None:
        """Show another customer, at once when visible."""
        if customer == self.customer and not self.stale:
            return
        self.customer = customer
        self.stale = True
        if self.isVisible():
            self.refresh_if_stale()


class PageHead(QWidget):
    """The head of a page, 52 high: heading, quiet context, then actions from weak to strong."""

    went_back = Signal()

    def __init__(
        self, title: str, back: bool = False, inset: int = 16, parent: QWidget | None = None
    ) -> None:
        """Make a head; with an arrow back when the page was opened from another."""
        super().__init__(parent)
        self.heading = Label(title, "page", "text")
        self.context = ElidedLabel("", "body", "text_3")
        self.back_button = IconButton("arrow-left", _("Back"))
        if not back:
            self.back_button.hide()
        self.back_button.clicked.connect(self.went_back)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(inset, 0, inset, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self.back_button)
        self._row.addWidget(self.heading)
        self._row.addWidget(self.context, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.signals.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.setFixedHeight(theme.current().size("page_head"))

    def set_title(self, text: str) -> None:
        """Change the heading."""
        self.heading.setText(text)

    def set_context(self, text: str) -> None:
        """Change the quiet text after the heading."""
        self.context.setText(text)

    def add(self, widget: QWidget) -> QWidget:
        """Put an action at the right end."""
        self._row.addWidget(widget)
        return widget
