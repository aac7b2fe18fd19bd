"""The customers of a cluster, of a lasso or without a grade, as a small table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from crmdesk.core import dates, money
from crmdesk.core.i18n import N_, Region, _, ngettext
from crmdesk.core.kinds import Kind
from crmdesk.features.portfolio.queries import Placed
from crmdesk.features.portfolio.ui.view import View
from crmdesk.qt import theme
from crmdesk.qt.record_table import RecordTable
from crmdesk.qt.rows import Cell, Column, Row

MANY_DAYS = 1000
NAME = Column("name", N_("Customer"), width=120, stretch=True)
TURNOVER = Column("turnover", N_("Turnover"), Kind.MONEY, width=74, right=True)
POTENTIAL = Column("potential", N_("Potential"), Kind.MONEY, width=82, right=True)
CONTACT = Column("contact", N_("Contact"), Kind.DATE, width=76, right=True, delegate="small")
NEXT = Column("next", N_("Next"), Kind.DATE, width=82, right=True, delegate="small")
USUAL = (NAME, POTENTIAL, CONTACT, NEXT)
GRADING = (NAME, TURNOVER, CONTACT)
WIDE = (NAME, TURNOVER, POTENTIAL, CONTACT, NEXT)


class CustomerRows:
    """Some customers of a view as rows, written out only when they are looked at."""

    def __init__(
        self, view: View, customers: Sequence[Placed], columns: Sequence[Column], region: Region
    ) -> None:
        """Take the customers in the order they shall be shown."""
        self._view, self._columns, self._region = view, tuple(columns), region
        self._customers = list(customers)

    def count(self) -> int:
        """How many customers there are."""
        return len(self._customers)

    def first(self, n: int) -> Sequence[Row]:
        """The first rows."""
        return [self._row(customer) for customer in self._customers[:n]]

    def ids(self) -> Sequence[str]:
        """The ids of all customers, in order."""
        return [customer.id for customer in self._customers]

    def rows(self, ids: Sequence[str]) -> Sequence[Row]:
        """The rows of some customers."""
        known = self._view.by_id
        return [self._row(known[ident]) for ident in ids if ident in known]

    def sorted(self, column: str, descending: bool) -> CustomerRows:
        """The same customers in the order of a column."""
        ranked = sorted(self._customers, key=self._key(column), reverse=descending)
        return CustomerRows(self._view, ranked, self._columns, self._region)

    def _key(self, column: str) -> Callable[[Placed], Any]:
        view = self._view
        keys: dict[str, Callable[[Placed], Any]] = {
            "name": lambda one: one.name.casefold(),
            "turnover": lambda one: one.turnover,
            "potential": lambda one: (one.potential.graded, one.potential.amount, one.turnover),
            "contact": lambda one: view.day("last_contact", one.id) or date.min,
            "next": lambda one: view.day("next_due", one.id) or date.max,
        }
        return keys[column]

    def _row(self, one: Placed) -> Row:
        cells: dict[int, Cell] = {}
        texts = []
        for place, column in enumerate(self._columns):
            text, color = self._cell(column.name, one)
            texts.append(text)
            if color:
                cells[place] = Cell(color=color)
        return Row(one.id, tuple(texts), cells)

    def _cell(self, column: str, one: Placed) -> tuple[str, str]:
        today, region = self._view.placed.as_of, self._region
        if column == "name":
            return one.name, ""
        if column == "turnover":
            return money.show_money(one.turnover, "", region), ""
        if column == "potential":
            known = one.potential.graded
            return (
                (money.show_money(one.potential.amount, "", region), "")
                if known
                else (_("ungraded"), "text_3")
            )
        if column == "contact":
            day = self._view.day("last_contact", one.id)
            return (_ago(day, today, region), "text_2") if day else (_("never"), "text_3")
        due = self._view.day("next_due", one.id)
        if due is None:
            return _("none"), "text_3"
        if due < today:
            return _("late"), "late"
        return (_("today"), "due") if due == today else (_short(due, today, region), "text_2")


def _short(day: date, today: date, region: Region) -> str:
    """A day of this year without its weekday, so that the column may be narrow."""
    return dates.show_date(day, region, today).split(" ", 1)[1]


def _ago(day: date, today: date, region: Region) -> str:
    """How long ago, in days as far as they say something."""
    days = (today - day).days
    if 0 < days < MANY_DAYS:
        return ngettext("{n} day", "{n} days", days).format(n=days)
    return dates.age(day, today, region)


class CustomerTable(RecordTable):
    """A table of customers in rows of one line."""

    def __init__(
        self, name: str, columns: Sequence[Column], region: Region, parent: QWidget | None = None
    ) -> None:
        """Make an empty table."""
        super().__init__(name, columns, _("Customers"), "row_compact", parent)
        self._shown_columns, self._region = tuple(columns), region
        self._sort: tuple[str, bool] | None = None
        self.sort_changed.connect(self._remember)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the last contact out before names are cut."""
        names = [column.name for column in self._shown_columns]
        needed = sum(column.width for column in self._shown_columns) * theme.current().scale
        if "next" in names and "contact" in names:
            narrow = needed > event.size().width()
            self.set_compact([name for name in names if name != "contact"] if narrow else None)
        super().resizeEvent(event)

    def _remember(self, column: str, descending: bool) -> None:
        self._sort = (column, descending)

    def show_customers(self, view: View, customers: Sequence[Placed]) -> None:
        """Show these customers, in the order that was chosen last, else as they come."""
        rows = CustomerRows(view, customers, self._shown_columns, self._region)
        self.show_source(rows.sorted(*self._sort) if self._sort else rows)
