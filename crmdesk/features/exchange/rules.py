"""What the sheets of a file hold and how each column is to be read: pure decisions, no files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from crmdesk.core.datetext import Order
from crmdesk.core.i18n import N_
from crmdesk.core.money import Mark
from crmdesk.features.exchange.columns import Column, profile
from crmdesk.features.exchange.evidence import prove
from crmdesk.features.exchange.headers import Header, Merge, Values, column_names, find_header
from crmdesk.features.exchange.mapping import Confidence, Guess, Target, guess, is_known_header
from crmdesk.features.exchange.summary import GROUP, group_rows, lone_rows, no_sales, summary_rows

SheetKind = Literal["customers", "people", "log", "orders", "lines", "products", "turnover"]
_LOOSE = ("customer.number",)


class Table(Protocol):
    """A sheet as it was read."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def rows(self) -> Sequence[Values]:
        """Its rows with at least one value."""

    @property
    def lines(self) -> Sequence[int]:
        """The line each row had in the file."""

    @property
    def merged(self) -> Sequence[Merge]:
        """Merged ranges near the top."""


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """What a sheet is taken for: its header, its columns, what each fills, what it holds."""

    sheet: str
    header: Header
    columns: tuple[Column, ...]
    guesses: tuple[Guess, ...]
    kinds: tuple[SheetKind, ...]
    main: str
    date_order: Order | None = None
    decimal: Mark | None = None
    spend: tuple[int, ...] = ()
    questions: tuple[str, ...] = field(default=())
    left_out: Mapping[int, str] = field(default_factory=dict)
    groups: Mapping[int, str] = field(default_factory=dict)

    @property
    def mapping(self) -> dict[str, tuple[int, ...]]:
        """Which columns fill which target."""
        found: dict[str, tuple[int, ...]] = {}
        for each in self.guesses:
            if each.target:
                found[each.target] = (*found.get(each.target, ()), each.column)
        return found

    @property
    def data_rows(self) -> int:
        """The place of the first row of data."""
        return self.header.first_data


def understand(table: Table, targets: Sequence[Target] = (), header_row: int | None = None) -> SheetPlan:
    """Find the header, look at the columns, and guess what they are; `header_row` overrules the first."""
    header = _header(table, header_row)
    left_out = summary_rows(table.rows, header.names, header.first_data)
    data = table.rows[header.first_data :]
    if left_out:
        data = [row for place, row in enumerate(data, header.first_data) if place not in left_out]
    columns = tuple(
        profile(place, name, [row[place] if place < len(row) else None for row in data])
        for place, name in enumerate(header.names)
    )
    shape, guesses = guess(columns, targets, _about(table, header))
    guesses = prove(data, columns, guesses, shape.main)
    if shape.main in ("orders", "lines", "log"):
        left_out |= lone_rows(table.rows, header.first_data, left_out)
    if shape.main in ("orders", "lines"):
        kind = next((each.column for each in guesses if each.target == "order.kind"), None)
        left_out |= no_sales(table.rows, header.first_data, kind, header.names, left_out)
    mapped = {each.target for each in guesses if each.target}
    groups = _groups(table, header, shape.main, mapped)
    left_out |= dict.fromkeys(groups, GROUP)
    mapped |= {"customer.name"} if groups else set()
    kinds = kinds_of(shape.main, mapped, columns, guesses)
    orders = {column.date_order for column in columns if column.date_order}
    marks = {column.decimal for column in columns if column.decimal}
    order = orders.pop() if len(orders) == 1 else None
    mark = marks.pop() if len(marks) == 1 else None
    return SheetPlan(
        table.name,
        header,
        columns,
        guesses,
        kinds,
        shape.main,
        order,
        mark,
        _spend(columns, guesses) if shape.main in ("customers", "turnover") else (),
        _questions(columns, order, mark),
        left_out,
        groups,
    )


def _groups(table: Table, header: Header, main: str, mapped: set[str]) -> dict[int, str]:
    """Names of customers that stand above their orders instead of beside them, by the place of their row."""
    if main not in ("orders", "lines") or mapped & {"customer.name", "customer.number", "person.full_name"}:
        return {}
    found = group_rows(table.rows, header.first_data)
    return found if len(found) >= 2 and header.first_data in found else {}


def _about(table: Table, header: Header) -> str:
    """What stands above the header and in the name of the sheet."""
    above = [str(value) for row in table.rows[: max(header.index, 0)] for value in row if value is not None]
    return " ".join([table.name, *above])


def _header(table: Table, header_row: int | None) -> Header:
    if header_row is None:
        return find_header(table.rows, is_known_header, table.merged, table.lines)
    width = max(map(len, table.rows[:500]), default=0)
    values = table.rows[header_row] if 0 <= header_row < len(table.rows) else ()
    return Header(header_row, column_names(values, width))


def kinds_of(
    main: str, mapped: set[str], columns: Sequence[Column], guesses: Sequence[Guess]
) -> tuple[SheetKind, ...]:
    """What records a sheet holds, given what its columns fill."""
    found: list[SheetKind] = []
    if main == "products":
        return ("products",) if mapped & {"product.code", "product.name"} else ()
    firm = {key for key in mapped if key.startswith(("customer.", "address.", "point."))}
    person = mapped & {"person.full_name", "person.last_name", "person.first_name"}
    referred = firm <= set(_LOOSE)
    keyed = mapped & {"customer.name", "customer.number"}
    if (keyed and (not referred or _unique_numbers(main, columns, guesses))) or (
        firm and main == "customers"
    ):
        found.append("customers")
    if person:
        found.append("people")
    years = any(key.startswith("turnover.") and key[-1].isdigit() for key in mapped)
    if (years or mapped >= {"turnover.year", "turnover.amount"}) and (keyed or person):
        found.append("turnover")
    if main == "log" and "contact.at" in mapped:
        found.append("log")
    if main in ("orders", "lines") and (keyed or person) and mapped & {"order.date", "order.amount"}:
        found.append("orders")
    joined = "orders" in found or "order.number" in mapped
    if main == "lines" and joined and any(key.startswith("line.") for key in mapped):
        found.append("lines")
    return tuple(found)


def _unique_numbers(main: str, columns: Sequence[Column], guesses: Sequence[Guess]) -> bool:
    """A list of nothing but customer numbers, each once, is a list of customers."""
    if main != "customers":
        return False
    return any(each.target == "customer.number" and columns[each.column].distinct > 0.95 for each in guesses)


def _spend(columns: Sequence[Column], guesses: Sequence[Guess]) -> tuple[int, ...]:
    """Columns of plain amounts under unknown names, which may be yearly spend by category."""
    unknown = [columns[each.column] for each in guesses if not each.target]
    amounts = [
        column.index
        for column in unknown
        if column.share("number") >= 0.95
        and column.fill > 0.5
        and column.distinct > 0.3
        and column.largest > 100
    ]
    return tuple(amounts) if len(amounts) >= 3 else ()


def _questions(columns: Sequence[Column], order: Order | None, mark: Mark | None) -> tuple[str, ...]:
    """What the values leave open and a person has to say once (sentences to be translated)."""
    doubts = {doubt for column in columns for doubt in column.doubts}
    asked: list[str] = []
    if "date_order" in doubts and order is None:
        asked.append(N_("Which comes first in the dates of this file, the day or the month?"))
    if "decimal_mark" in doubts and mark is None:
        asked.append(N_("Is the point in the numbers of this file a decimal mark or a thousands mark?"))
    return tuple(asked)


__all__ = ["Confidence", "Guess", "SheetKind", "SheetPlan", "Target", "kinds_of", "understand"]
