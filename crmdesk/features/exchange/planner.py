"""Goes through the rows of all files and drafts the records they speak of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any

from crmdesk.core.i18n import _
from crmdesk.core.jobs import Progress
from crmdesk.core.store import Store
from crmdesk.features.exchange.known import Known, load
from crmdesk.features.exchange.matching import CREATED, DIFFERS, SKIPPED, Draft, settle
from crmdesk.features.exchange.parties import Parties, Unclear
from crmdesk.features.exchange.pause import collector_paused
from crmdesk.features.exchange.plan import KIND_NAMES, Options, Plan
from crmdesk.features.exchange.sales import Sales, row_amount
from crmdesk.features.exchange.tables import Source, Table, tables
from crmdesk.features.exchange.values import Fault, Filled, Habits

_OF_SALES = ("order.number", "order.date", "order.amount", "line.amount", "line.unit_price")
_MANY = 2000


@dataclass(frozen=True, slots=True)
class Aim:
    """What the rows of a table are about: its main kind, and its place in the order of reading."""

    kind: str
    place: int


def make_plan(
    store: Store,
    sources: Sequence[Source],
    habits: Habits,
    options: Options,
    chosen: dict[str, str] | None = None,
    progress: Progress | None = None,
) -> Plan:
    """The plan of importing these files together; the order in which they are named makes no difference."""
    line = progress or Progress()
    every: list[Table] = []
    for number, source in enumerate(sources):
        line.step(number, len(sources), _("Reading values"))
        with collector_paused():
            every += tables(number, source, habits, chosen)
    names = tuple(source.name for source in sources)
    prints = tuple(source.workbook.fingerprint for source in sources)
    return plan_tables(store, Plan(names, prints, every), habits.currency, options, line)


def plan_tables(store: Store, plan: Plan, currency: str, options: Options, progress: Progress) -> Plan:
    """Draft all records of the tables and decide what becomes of each."""
    plan.step = store.last_step()
    for table in plan.tables:
        _settle_amounts(table)
    with collector_paused():
        with store.read() as session:
            known = load(session, _wanted(plan.tables))
        _Planner(plan, known, currency, progress).run()
        for kind in KIND_NAMES:
            for draft in plan.drafts[kind]:
                _decide(draft, options.existing)
    plan.problems.sort(key=lambda problem: (problem.table, problem.index))
    return plan


def aim(table: Table) -> Aim:
    """What a table is about, by the targets that its columns fill."""
    if table.has("contact.at") and table.has(
        "contact.text", "contact.channel", "contact.outcome", "contact.person"
    ):
        return Aim("log", 7)
    customer = any(key.startswith(("customer.", "person.")) for key in table.mapped)
    if table.has("order.date", "order.number") and table.has(*_OF_SALES):
        if not table.speaks_of("line"):
            return Aim("orders", 4)
        return Aim("lines", 5 if customer else 6)
    if table.speaks_of("turnover"):
        return Aim("turnover", 3)
    if table.speaks_of("product") and not customer:
        return Aim("products", 0)
    return Aim("customers", 1)


def _wanted(every: Sequence[Table]) -> set[str]:
    wanted: set[str] = set()
    for table in every:
        kind = aim(table).kind
        wanted |= {kind} | ({"orders", "products"} if kind == "lines" else set())
        wanted |= {"points"} if table.speaks_of("point") or table.speaks_of("person_point") else set()
        wanted |= {"people", "points"} if table.speaks_of("person") or kind == "log" else set()
        wanted |= {"tags"} if table.has("customer.tags") else set()
    return wanted


class _Planner:
    """One pass over all rows, tables of what others hang on first.

    Rows that say less than others (no customer number, no date, only an order) wait for those that say more.
    """

    def __init__(self, plan: Plan, known: Known, currency: str, progress: Progress) -> None:
        self.plan = plan
        self.progress = progress
        self.later: list[tuple[int, str, tuple[int, int]]] = []
        self.closing = False
        self.numbered = any(table.has("customer.number") for table in plan.tables)
        self.parties = Parties(plan, known)
        self.sales = Sales(plan, known, self.parties, currency, datetime.now())

    def run(self) -> None:
        total = sum(len(table.rows) for table in self.plan.tables)
        done = 0
        order = sorted(range(len(self.plan.tables)), key=lambda number: aim(self.plan.tables[number]).place)
        for number in order:
            table = self.plan.tables[number]
            self._table(number, table, aim(table).kind, (done, total))
            done += len(table.rows)
        self.closing = True
        self._close(sorted(self.later, key=itemgetter(0)))
        self.sales.close_orders()

    def _close(self, waiting: list[tuple[int, str, tuple[int, int]]]) -> None:
        """Try the rows that waited as long as one of them helps another; the rest is refused."""
        while waiting:
            left = []
            for each in waiting:
                _patience, kind, where = each
                if not self._understood(kind, self.plan.tables[where[0]], where):
                    left.append(each)
            if len(left) == len(waiting):
                break
            waiting = left
        for _patience, kind, where in waiting:
            self._try(kind, self.plan.tables[where[0]], where)

    def _understood(self, kind: str, table: Table, where: tuple[int, int]) -> bool:
        if table.lines[where[1]] in table.shifted:
            return False
        try:
            self._row(kind, table, where)
        except Unclear:
            return False
        return True

    def _table(self, number: int, table: Table, kind: str, progress: tuple[int, int]) -> None:
        every, fatal = table.faults()
        for fault in every:
            if fault.row not in fatal:
                self.plan.warn((number, fault.row), (table.header[fault.column], fault.value), fault.reason)
        self._remarks(number, table)
        for row in range(len(table.rows)):
            if row % _MANY == 0:
                self.progress.step(progress[0] + row, progress[1], _("Comparing"))
            if row in fatal:
                self._refuse(kind, (number, row), fatal[row])
                continue
            self._try(kind, table, (number, row))

    def _try(self, kind: str, table: Table, where: tuple[int, int]) -> None:
        try:
            if table.lines[where[1]] in table.shifted:
                raise Unclear(table.shifted[table.lines[where[1]]])
            self._row(kind, table, where)
        except Unclear as reason:
            self.plan.refuse(kind, where, _identity(table, where[1]), str(reason))

    def _remarks(self, number: int, table: Table) -> None:
        """Pass on what was odd when the file was read."""
        places = {line: row for row, line in enumerate(table.lines)}
        for note in table.remarks:
            name = table.header[note.column] if note.row and note.column < len(table.header) else ""
            self.plan.warn((number, places.get(note.row, -1)), (name, None), note.text)

    def _refuse(self, kind: str, where: tuple[int, int], fault: Fault) -> None:
        table = self.plan.tables[where[0]]
        self.plan.refuse(kind, where, (table.header[fault.column], fault.value), fault.reason)

    def _row(self, kind: str, table: Table, where: tuple[int, int]) -> None:
        line = table.pick("line", where[1])
        if kind == "products":
            if self.sales.product(where, line) is None:
                raise Unclear(_("This row has neither a product code nor a name."))
            return
        patience = 0 if self.closing else self._patience(kind, table, where)
        if patience:
            self.later.append((patience, kind, where))
            return
        if kind in ("orders", "lines"):
            self._order(table, line, where)
            return
        customer = self.parties.customer(where, kind == "customers")
        if customer is None:
            raise Unclear(_("This row names no customer."))
        if table.speaks_of("person"):
            self.parties.person(customer, where)
        if table.speaks_of("turnover"):
            self.sales.yearly(customer, where)
        if table.speaks_of("contact") and (kind == "log" or "at" in table.pick("contact", where[1])):
            self.sales.contact(customer, where)

    def _patience(self, kind: str, table: Table, where: tuple[int, int]) -> int:
        """How long a row waits: not at all, or behind those that say more than it does."""
        if kind in ("orders", "lines"):
            if not self.parties.names_customer(where):
                return 4
            if not table.pick("order", where[1]).get("date"):
                return 3
        if kind == "products" or not self.numbered or table.pick("customer", where[1]).get("number"):
            return 0
        return 1 if table.pick("address", where[1]).get("town") else 2

    def _order(self, table: Table, line: dict[str, Any], where: tuple[int, int]) -> None:
        values = table.pick("order", where[1])
        if not values and not line:
            raise Unclear(_("This row holds no order."))
        if not values.get("number") and row_amount(values, line) is None:
            raise Unclear(_("This row has no amount."))
        if (
            self.parties.names_customer(where)
            and not values.get("date")
            and not self._has_order(where, values.get("number"))
        ):
            raise Unclear(_("An order needs a date."))
        customer = self.parties.customer(where, False)
        order = self.sales.order(customer, line, where)
        if customer is not None and table.speaks_of("person"):
            self.parties.person(customer, where)
        self.sales.line(order, self.sales.product(where, line), line, where)

    def _has_order(self, where: tuple[int, int], number: str | None) -> bool:
        """Whether the customer of a row is known and has an order of this number."""
        customer = self.parties.known_customer(where)
        return customer is not None and self.sales.has_order(customer, number)


def _identity(table: Table, row: int) -> tuple[str, Any]:
    """The cell to show beside a refusal: the first one of the row that says something."""
    for place, value in enumerate(table.rows[row]):
        if value is not None and place < len(table.header):
            return table.header[place], value
    return "", None


def _decide(draft: Draft, mode: str) -> None:
    """What becomes of a draft; what hangs on a record that is skipped is skipped with it."""
    owners = (draft.links[name] for name in ("person_id", "order_id") if name in draft.links)
    if any(owner.outcome == SKIPPED for owner in owners) or (
        draft.outcome == DIFFERS and mode != "overwrite"
    ):
        draft.outcome = SKIPPED
    elif mode == "skip" and draft.kind in ("addresses", "points", "tags", "roles"):
        owner = draft.links.get("person_id") or draft.links["customer_id"]
        draft.outcome = SKIPPED if draft.known or owner.known else CREATED
    else:
        settle(draft, mode)


def _settle_amounts(table: Table) -> None:
    """Decide whether an amount is told once per order or once per line, by whether order numbers repeat."""
    amount = table.column("order.amount") or table.column("line.amount")
    if amount is None or table.has("line.unit_price") or not table.has("order.date", "order.number"):
        return
    number = table.column("order.number")
    told: dict[Any, set[Any]] = {}
    repeated = False
    for place, value in enumerate(amount.values):
        key = number.values[place] if number is not None and number.values[place] else ("row", place)
        repeated = repeated or key in told
        told.setdefault(key, set()).add(value)
    differs = any(len(values) > 1 for values in told.values())
    if amount.target.record == "order" and not table.has("line.amount") and differs:
        _move(table, "order", "line")
    bare = not table.has(
        "line.product_code", "line.product_name", "line.description", "product.code", "product.name"
    )
    if amount.target.record == "line" and bare and not repeated and not table.has("order.amount"):
        _move(table, "line", "order")


def _move(table: Table, old: str, new: str) -> None:
    for name in ("amount", "cost", "profit"):
        column: Filled | None = table.column(f"{old}.{name}")
        if column is not None:
            table.retarget(f"{old}.{name}", f"{new}.{name}")
