"""The right side of the first page: clusters in figures, what is missing, recent customers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crmdesk.core.i18n import _, ngettext
from crmdesk.core.money import show_money
from crmdesk.features.home.queries import ClusterSum, Missing, Overview
from crmdesk.features.home.ui.link_row import Link, LinkRow
from crmdesk.qt.desk import Desk
from crmdesk.qt.glyphs import cluster_label
from crmdesk.qt.widgets import HLine, SectionLabel, label, scrolling


class Side(QWidget):
    """Three short lists, each row of which opens what it names."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._desk = desk
        self.rows: dict[str, LinkRow] = {}
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 8, 0, 16)
        self._column.setSpacing(0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(self._body))

    def show_overview(self, found: Overview) -> None:
        """Show these figures."""
        self.rows = {}
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._clusters(found.clusters, found.currency)
        self._column.addWidget(HLine())
        self._missing(found.missing)
        self._column.addWidget(HLine())
        self._heading(_("Recent customers"))
        for one in found.recent:
            open_card = self._opener(one.id)
            self._add(f"recent:{one.id}", Link(one.name, one.detail, icon="building-2"), open_card)
        self._column.addStretch(1)

    def _heading(self, text: str, context: str = "") -> None:
        heading = SectionLabel(text, context)
        heading.setContentsMargins(24, 12, 24, 6)
        self._column.addWidget(heading)

    def _quiet(self, text: str) -> None:
        said = label(text, "body", "text_3", wrap=True)
        said.setContentsMargins(24, 0, 24, 8)
        self._column.addWidget(said)

    def _add(self, key: str, link: Link, run: Callable[[], object]) -> None:
        made = LinkRow(link)
        made.clicked.connect(lambda checked=False: run())
        self.rows[key] = made
        self._column.addWidget(made)

    def _opener(self, customer: str) -> Callable[[], object]:
        return lambda: self._desk.open_customer(customer)

    def _clusters(self, sums: Sequence[ClusterSum], currency: str) -> None:
        self._heading(_("Portfolio"), _("customers and turnover 12 m") if sums else "")
        if not sums:
            self._quiet(_("The clusters are drawn from 8 customers on."))
        for one in sums:
            count = ngettext("{n} customer", "{n} customers", one.customers).format(n=one.customers)
            amount = show_money(one.turnover, currency, self._desk.region)
            link = Link(cluster_label(one.key), count, amount, cluster=one.key)
            self._add(one.key, link, partial(self._desk.go, "portfolio", cluster=one.key))
        self._gap()

    def _gap(self) -> None:
        self._column.addSpacing(8)

    def _missing(self, missing: Sequence[Missing]) -> None:
        self._heading(_("What is missing"))
        if not missing:
            self._quiet(_("Every customer has a next action, a potential and a phone."))
        words = {
            "unplanned": (_("Without a next action"), "calendar-plus"),
            "ungraded": (_("Without a potential"), "circle-help"),
            "phoneless": (_("Without a phone number"), "phone-off"),
        }
        for one in missing:
            text, icon = words[one.key]
            self._add(one.key, Link(text, "", str(one.count), icon), partial(self.open_missing, one.key))
        self._gap()

    def open_missing(self, key: str) -> None:
        """Open those that lack something as a filtered list."""
        self._desk.go("customers", states=(key,))


def totals(counts: Sequence[int]) -> str:
    """How many contacts are late, due today and due soon, in words."""
    late, today, soon = counts
    parts = [
        ngettext("{n} late", "{n} late", late).format(n=late) if late else "",
        ngettext("{n} today", "{n} today", today).format(n=today) if today else "",
        ngettext("{n} in the next 7 days", "{n} in the next 7 days", soon).format(n=soon) if soon else "",
    ]
    return ", ".join(part for part in parts if part)
