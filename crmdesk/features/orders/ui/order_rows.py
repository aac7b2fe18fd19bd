"""Orders and their lines as rows of a table: ready-made texts, figures with cents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crmdesk.core import kinds
from crmdesk.core.i18n import N_, Region, _, ngettext
from crmdesk.core.kinds import Kind
from crmdesk.core.money import show_money
from crmdesk.core.store import Store
from crmdesk.features.orders import listing, rules
from crmdesk.features.orders.listing import LineRow, OrderRow, Totals, Wanted
from crmdesk.features.orders.records import KINDS
from crmdesk.qt.rows import Cell, Column, ListSource, Row

CUSTOMER = Column("customer", N_("Customer"), width=240, delegate="name", stretch=True)
COLUMNS = (
    Column("number", N_("Order"), width=116, editable=True, stretch=True),
    Column("date", N_("Date"), Kind.DATE, width=104, editable=True),
    Column("amount", N_("Amount"), Kind.MONEY, width=116, right=True, editable=True),
    Column("cost", N_("Cost"), Kind.MONEY, width=110, right=True, editable=True),
    Column("margin", N_("Margin"), Kind.PERCENT, width=84, right=True),
)
EXTRA = (
    Column("due", N_("Due"), Kind.DATE, width=104, editable=True),
    Column("paid", N_("Paid"), Kind.DATE, width=104, editable=True),
)
LINE_COLUMNS = (
    Column("description", N_("Description"), width=160, editable=True, stretch=True, sortable=False),
    Column("quantity", N_("Quantity"), Kind.NUMBER, width=72, right=True, editable=True, sortable=False),
    Column("unit_price", N_("Unit price"), Kind.MONEY, width=92, right=True, editable=True, sortable=False),
    Column("discount", N_("Discount"), Kind.PERCENT, width=76, right=True, editable=True, sortable=False),
    Column("amount", N_("Amount"), Kind.MONEY, width=104, right=True, sortable=False),
)


def order_row(one: OrderRow, columns: Sequence[Column], region: Region) -> Row:
    """An order with one text per column; its number says what it is where it is no order."""
    share = rules.margin_percent(one.amount, one.cost)
    what = "" if one.kind == "order" else next((_(kind.label) for kind in KINDS if kind.key == one.kind), "")
    texts = {
        "customer": one.name,
        "number": one.number,
        "date": kinds.show(Kind.DATE, one.date, region),
        "amount": show_money(one.amount, one.currency, region, cents=True),
        "cost": "" if one.cost is None else show_money(one.cost, one.currency, region, cents=True),
        "margin": "" if share is None else kinds.show(Kind.PERCENT, share, region),
        "due": kinds.show(Kind.DATE, one.due, region),
        "paid": kinds.show(Kind.DATE, one.paid, region),
    }
    cells = {
        place: Cell(detail=", ".join(part for part in (what, one.note) if part))
        for place, column in enumerate(columns)
        if column.name == "customer"
    }
    return Row(one.id, tuple(texts[column.name] for column in columns), cells)


def line_source(lines: Sequence[LineRow], currency: str, region: Region) -> ListSource:
    """The lines of an order as rows."""
    rows = [
        Row(
            one.id,
            (
                one.text,
                kinds.show(Kind.NUMBER, one.quantity, region),
                kinds.show(Kind.MONEY, one.unit_price, region, currency, cents=True),
                kinds.show(Kind.PERCENT, one.discount, region),
                show_money(one.amount, currency, region, cents=True),
            ),
        )
        for one in lines
    ]
    return ListSource(LINE_COLUMNS, rows)


class OrderSource:
    """The orders wanted, read from the store in pages."""

    def __init__(self, store: Store, wanted: Wanted, columns: Sequence[Column], region: Region) -> None:
        """Read these orders, for these columns."""
        self._store, self._columns, self._region = store, tuple(columns), region
        self.wanted = wanted

    def count(self) -> int:
        """How many orders there are."""
        with self._store.read() as session:
            return listing.totals(session, self.wanted).orders

    def first(self, n: int) -> Sequence[Row]:
        """The first orders."""
        with self._store.read() as session:
            found = listing.order_rows(session, listing.order_ids(session, self.wanted, n))
        return [order_row(one, self._columns, self._region) for one in found]

    def ids(self) -> Sequence[str]:
        """The ids of all orders wanted."""
        with self._store.read() as session:
            return listing.order_ids(session, self.wanted)

    def rows(self, ids: Sequence[str]) -> Sequence[Row]:
        """The orders of these ids."""
        with self._store.read() as session:
            found = listing.order_rows(session, ids)
        return [order_row(one, self._columns, self._region) for one in found]

    def sorted(self, column: str, descending: bool) -> OrderSource:
        """The same orders, sorted by a column."""
        wanted = replace(self.wanted, column=column, descending=descending)
        return OrderSource(self._store, wanted, self._columns, self._region)


def totals_text(found: Totals, currency: str, region: Region) -> str:
    """What a list of orders adds up to, in words."""
    count = ngettext("{n} order", "{n} orders", found.orders).format(n=found.orders)
    parts = [count, show_money(found.amount, currency, region, cents=True)]
    if found.margin is not None:
        left = show_money(found.margin, currency, region, cents=True)
        parts.append(_("margin {amount}").format(amount=left))
    if found.foreign:
        foreign = ngettext("{n} in another currency", "{n} in other currencies", found.foreign)
        parts.append(foreign.format(n=found.foreign))
    return ", ".join(parts)
