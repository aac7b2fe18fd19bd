"""The customer list as ready-made rows: every text, colour and bar is settled before the table paints."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy.orm import Session

from crmdesk.core import dates, kinds, money
from crmdesk.core.fields import Field
from crmdesk.core.i18n import N_, Region, _
from crmdesk.core.kept import Figures
from crmdesk.core.kinds import Kind
from crmdesk.features.customers import rules
from crmdesk.features.customers.listing import KEPT, CustomerFilter, CustomerRows, Totals
from crmdesk.features.customers.records import Customer
from crmdesk.qt.rows import Cell, Column, Row

USUAL = (
    Column("name", N_("Customer"), width=226, delegate="name", editable=True),
    Column("last_contact", N_("Last contact"), Kind.DATE, width=88, delegate="age"),
    Column("turnover_12m", N_("Turnover 12 m"), Kind.MONEY, width=124, right=True, delegate="spark"),
    Column("next", N_("Next action"), width=152, delegate="action", stretch=True),
)
CHANNEL_ICONS = MappingProxyType(
    {
        "phone": "phone",
        "visit": "footprints",
        "email": "mail",
        "meeting": "users",
        "message": "message-square",
        "letter": "mail",
        "fax": "printer",
        "form": "file-text",
        "web": "globe",
        "reseller": "store",
        "note": "file-text",
    }
)
CLUSTER_WORDS = (
    ("key", N_("Key")),
    ("develop", N_("To develop")),
    ("maintain", N_("Maintenance")),
    ("marginal", N_("Marginal")),
)
STATE_WORDS = (
    ("late", N_("Late")),
    ("planned", N_("Something planned")),
    ("unplanned", N_("Nothing planned")),
    ("ungraded", N_("Ungraded")),
    ("phoneless", N_("Without a phone")),
)
_NOT_COLUMNS = frozenset({"name", "notes"})
_RIGHT = (Kind.MONEY, Kind.NUMBER, Kind.PERCENT)
Open = Callable[[], AbstractContextManager[Session]]


@dataclass(frozen=True, slots=True)
class Place:
    """How values are written here: region, currency and the day it is."""

    region: Region
    currency: str
    today: date


def further_columns(figures: Figures) -> tuple[Column, ...]:
    """The columns that can be chosen beside the usual ones: the fields and all listed figures."""
    usual = {column.name for column in USUAL} | set(KEPT) - {"town", "phone", "cluster"}
    own = [
        Column(
            field.name, field.label, field.kind, 120, field.kind in _RIGHT, shown=False, group=N_("Details")
        )
        for field in Customer.fields()
        if field.listed and field.name not in _NOT_COLUMNS
    ]
    kept = [
        Column(
            measure.name,
            measure.label,
            measure.kind,
            120,
            measure.kind in _RIGHT,
            shown=False,
            group=N_("Figures"),
        )
        for measure in figures.measures
        if measure.listed and measure.name not in usual and measure.kind is not Kind.SERIES
    ]
    return (*own, *kept)


class CustomerSource:
    """The rows of one filter and order; `prepare` may run in another thread before the table shows them."""

    def __init__(
        self,
        open_read: Open,
        rows: CustomerRows,
        further: Sequence[Column],
        place: Place,
        shown: Collection[str] | None = None,
    ) -> None:
        """Take the way to the store, the query, the further columns and how values are written.

        Of the further columns only those `shown` are read; None reads all of them.
        """
        self._shown = shown
        self._read = tuple(column for column in further if shown is None or column.name in shown)
        self.rows_of_store = replace(rows, extra=tuple(column.name for column in self._read))
        self._open = open_read
        self._further = tuple(further)
        self._place = place
        self._names = self.rows_of_store.columns
        self._fields = _fields()
        self._count: int | None = None
        self._first: list[Row] = []
        self._ids: list[str] | None = None
        self.totals: Totals | None = None

    @property
    def filter(self) -> CustomerFilter:
        """Which customers are shown."""
        return self.rows_of_store.filter

    def prepare(self, session: Session, first: int, whole: bool = True) -> None:
        """Read count, totals, the first page and all ids in advance; `whole` False leaves out the ids."""
        self.totals = self.rows_of_store.totals(session)
        self._count = self.totals.shown
        self._first = self._ready(self.rows_of_store.first(session, first))
        if whole and self._count > first:
            self._ids = self.rows_of_store.ids(session)

    def count(self) -> int:
        """How many customers there are."""
        if self._count is not None:
            return self._count
        with self._open() as session:
            return self.rows_of_store.count(session)

    def first(self, n: int) -> Sequence[Row]:
        """The first rows."""
        if self._count is not None and len(self._first) >= min(n, self._count):
            return self._first[:n]
        with self._open() as session:
            return self._ready(self.rows_of_store.first(session, n))

    def ids(self) -> Sequence[str]:
        """All ids in order."""
        if self._ids is not None:
            return self._ids
        with self._open() as session:
            return self.rows_of_store.ids(session)

    def rows(self, ids: Sequence[str]) -> Sequence[Row]:
        """The rows of some ids."""
        with self._open() as session:
            return self._ready(self.rows_of_store.rows(session, ids))

    def sorted(self, column: str, descending: bool) -> CustomerSource:
        """The same customers in another order."""
        rows = self.rows_of_store.sorted(column, descending)
        return CustomerSource(self._open, rows, self._further, self._place, self._shown)

    def filtered(self, chosen: CustomerFilter) -> CustomerSource:
        """The list under another filter, nothing read yet."""
        rows = self.rows_of_store.filtered(chosen)
        return CustomerSource(self._open, rows, self._further, self._place, self._shown)

    def _ready(self, found: Iterable[tuple[Any, ...]]) -> list[Row]:
        return [self._row(values[0], dict(zip(self._names, values[1:], strict=True))) for values in found]

    def _row(self, ident: str, values: Mapping[str, Any]) -> Row:
        place = self._place
        last = _day(values["last_contact"])
        due = rules.due_words(_day(values["next_due"]), place.today, place.region)
        channel, words = rules.next_step(values["next_what"])
        planned = values["next_due"] is not None
        turnover = values["turnover_12m"]
        texts = [
            values["name"],
            dates.age(last, place.today, place.region) if last else "",
            "" if turnover is None else money.show_money(int(turnover), "", place.region),
            (words or _("Contact")) if planned else due.text,
        ]
        cells = {
            0: Cell(rules.line_below(values["trade"], values["town"]), cluster=values["cluster"] or ""),
            2: Cell(values=rules.read_series(values["turnover_quarters"])),
            3: Cell(due.text, CHANNEL_ICONS.get(channel, "phone"), due.tone)
            if planned
            else Cell(color="text_3"),
        }
        texts += [
            self._text(column, values[column.name]) if column.name in values else ""
            for column in self._further
        ]
        return Row(ident, tuple(texts), cells, archived=self.filter.trashed)

    def _text(self, column: Column, value: Any) -> str:
        if isinstance(value, str) and column.kind is Kind.DATE:
            value = _day(value)
        field = self._fields.get(column.name)
        choices = field.choices if field is not None else ()
        if column.name == "cluster":
            return cluster_word(value)
        return kinds.show(column.kind, value, self._place.region, self._place.currency, choices=choices)


def cluster_word(key: str | None) -> str:
    """The name of a cluster, empty for one that was never computed."""
    from_key = dict(CLUSTER_WORDS)
    return _(from_key[key]) if key in from_key else ""


def _fields() -> Mapping[str, Field]:
    return {field.name: field for field in Customer.fields()}


def _day(kept: object) -> date | None:
    if isinstance(kept, str) and kept:
        return date.fromisoformat(kept[:10])
    return kept if isinstance(kept, date) else None
