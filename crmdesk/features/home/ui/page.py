"""Today: whom to contact, what is planned, and the shape of the firm in a few figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from crmdesk.core import dates
from crmdesk.core.i18n import N_, Region, _, ngettext
from crmdesk.features.home import queries
from crmdesk.features.home.queries import Due, Overview
from crmdesk.features.home.rules import GROUPS, group_of
from crmdesk.features.home.ui.due_list import DueLine, DueList
from crmdesk.features.home.ui.side import Side, totals
from crmdesk.features.timeline.queries import channel_label, icon_of
from crmdesk.features.timeline.ui import gestures, wording
from crmdesk.qt import theme
from crmdesk.qt.desk import Desk
from crmdesk.qt.page import Page
from crmdesk.qt.widgets import ElidedLabel, EmptyState, HLine, Splitter, column, label

NARROW = 1120


class TodayPage(Page):
    """The first page."""

    name = "home"
    title = N_("Today")
    icon = "calendar-check"
    key = "Ctrl+1"
    tables = frozenset(
        {"customer", "interaction", "orders", "customer_figures", "contact_point", "affiliation"}
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the page, empty."""
        super().__init__(desk, parent)
        self._narrow: bool | None = None
        self.heading = label("", "title", "text")
        self.context = ElidedLabel("", "body", "text_2")
        self.list = DueList()
        self.side = Side(desk)
        self.empty = EmptyState("calendar-check", "", "")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        self._build()
        self.list.acted.connect(self._act)
        self.list.opened.connect(desk.open_customer)
        self.empty.acted.connect(self._leave)
        self._overview: Overview | None = None

    def _build(self) -> None:
        head = column(self.heading, self.context, gap=2, margins=(24, 14, 24, 14))
        left = column(head, HLine(), self.stack)
        left.layout().setStretch(2, 1)  # type: ignore[union-attr]
        split = Splitter("today_parts")
        split.addWidget(left)
        split.addWidget(self.side)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 0)
        side = theme.current().size("today_side")
        split.setSizes([10 * side, side])
        self.side.setMinimumWidth(300)
        left.setMinimumWidth(420)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)
        self.split = split
        self.setFocusProxy(self.list)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the list more room while the page is narrow."""
        super().resizeEvent(event)
        width = event.size().width()
        narrow = width < NARROW * theme.current().scale
        if narrow != self._narrow and (narrow or self._narrow is not None):
            side = round(width * 0.34) if narrow else theme.current().size("today_side")
            QTimer.singleShot(0, self, lambda: self.split.setSizes([width - side, side]))
        self._narrow = narrow
        self.split.setObjectName("today_parts_narrow" if narrow else "today_parts")

    def refresh(self) -> None:
        """Ask everything anew."""
        figures = self.desk.store.derived.figures
        if figures is None:
            return
        today = dates.today()
        with self.desk.store.read() as session:
            found = queries.overview(session, figures, today)
        self._overview = found
        groups = [
            [one for one in found.due if group_of(one.at.date(), today) == key] for key, _label in GROUPS
        ]
        counts = [len(group) for group in groups]
        shown = dates.show_date_long(today, self.desk.region)
        self.heading.setText(wording.capital(shown))
        people = len({one.customer for one in found.due})
        said = ngettext("{n} person to contact", "{n} people to contact", people).format(n=people)
        self.context.setText(
            f"{said}: {totals(counts)}" if people else _("Nobody to contact in the next 7 days")
        )
        self.list.show_lines(lines(groups, today, self.desk.region))
        self._show_empty(found)
        self.side.show_overview(found)
        self.count_changed.emit(counts[0] + counts[1])
        self.totals_changed.emit(totals(counts))

    def _show_empty(self, found: Overview) -> None:
        if not found.customers:
            self.empty.set_texts(
                _("No customer yet"), _("Import the customers you have, or add the first one."), _("Import…")
            )
        else:
            self.empty.set_texts(
                _("All done for the next 7 days"),
                _("Plan a contact: type it on a customer's card, with a day."),
                _("Open the customers"),
            )
        self.stack.setCurrentWidget(self.list if found.due else self.empty)

    def _leave(self) -> None:
        empty = self._overview is None or not self._overview.customers
        self.desk.go("exchange" if empty else "customers")

    def _act(self, ident: str, act: str) -> None:
        found = self._overview.due if self._overview is not None else ()
        one = next((due for due in found if due.id == ident), None)
        if one is None:
            return
        if act == "log":
            self.desk.go("customers", customer=one.customer, panel="log")
        elif act == "done":
            gestures.tick(self.desk, one.customer, ident)
        else:
            gestures.put_off(self.desk, one.customer, ident, act)

    def open(self, **args: object) -> None:
        """Come to the front with the list in hand."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)


def lines(groups: Sequence[Sequence[Due]], today: date, region: Region) -> list[DueLine]:
    """The rows of the list: each group under its heading, empty groups left out."""
    made: list[DueLine] = []
    for (key, text), group in zip(GROUPS, groups, strict=True):
        if group:
            color = "late" if key == "late" else "text_2"
            made.append(DueLine(heading=_(text), count=str(len(group)), color=color))
        made += [_line(one, today, region) for one in group]
    return made


def _line(one: Due, today: date, region: Region) -> DueLine:
    return DueLine(
        row=one.id,
        customer=one.customer,
        name=one.name,
        cluster=one.cluster,
        icon=icon_of(one.channel),
        what=wording.short(one.text, 90) or channel_label(one.channel),
        phone=one.phone,
        day=wording.when_planned(one.at, today, region),
        color=wording.due_color(one.at.date(), today),
    )
