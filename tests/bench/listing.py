"""S2: the customer list painted, scrolled and sorted, beside Qt's own models of compiled code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtSql import QSqlDatabase, QSqlQueryModel
from PySide6.QtWidgets import QTableView

from crmdesk.core import dates, i18n
from crmdesk.core.store import Store
from crmdesk.features.customers.listing import CustomerRows
from crmdesk.features.customers.ui.source import USUAL, CustomerSource, Place, further_columns
from crmdesk.qt.record_table import RecordTable
from tests.bench import data, floors, screen
from tests.bench.measure import Figure, Goal, Size, compared, once, share, turns

FRAMES, ITEMS = 120, 10_000
_SQL = "SELECT name, town, phone, mail, notes, key, id, folded FROM customer ORDER BY key, id"


def run(size: Size) -> list[Figure]:
    """Paint the list again and again, with floors in between."""
    screen.application()
    flat = floors.path(size.customers)
    with data.opened(size.customers) as store:
        base = QSqlDatabase.addDatabase("QSQLITE", "bench")
        base.setDatabaseName(str(flat))
        base.open()
        try:
            return [*_first_paint(store, base, size), *_moves(store, size)]
        finally:
            base.close()
            del base
            QSqlDatabase.removeDatabase("bench")


def source_of(store: Store, sort: str = "name") -> CustomerSource:
    """The rows of all customers as the page asks for them."""
    figures = store.derived.figures
    assert figures is not None
    place = Place(i18n.region("it_IT"), "EUR", dates.today())
    return CustomerSource(
        store.read, CustomerRows(figures, place.today, sort=sort), further_columns(figures), place
    )


def list_of(store: Store) -> RecordTable:
    """The table of the page, showing all customers by name."""
    figures = store.derived.figures
    assert figures is not None
    table = RecordTable("bench", (*USUAL, *further_columns(figures)), "Customers")
    table.show_source(source_of(store))
    return table


def _query_list(base: QSqlDatabase) -> QTableView:
    view = QTableView()
    model = QSqlQueryModel(view)
    model.setQuery(_SQL, base)
    view.setModel(model)
    return view


def _item_list(count: int) -> QTableView:
    view = QTableView()
    model = QStandardItemModel(count, 8, view)
    for row in range(count):
        for column in range(8):
            model.setItem(row, column, QStandardItem(f"Rossi Иванов {row} {column}"))
    view.setModel(model)
    return view


def _first_paint(store: Store, base: QSqlDatabase, size: Size) -> list[Figure]:
    kept: list[Any] = []

    def product() -> None:
        kept.append(screen.painted(list_of(store)))

    def floor() -> None:
        kept.append(screen.painted(_query_list(base)))

    def clear(work: Callable[[], None]) -> float:
        took = once(work)
        screen.settle()
        kept.pop().deleteLater()
        screen.settle()
        return took

    clear(product), clear(floor)
    pairs = [(clear(product), clear(floor)) for _round in range(size.rounds)]
    ours, theirs = zip(*pairs, strict=True)
    return [compared("list", "first paint", ours, theirs, Goal(1.5, 60), "QSqlQueryModel")]


def _moves(store: Store, size: Size) -> list[Figure]:
    table, items = list_of(store), _item_list(min(size.customers, ITEMS))
    screen.painted(table), screen.painted(items)
    screen.settle()
    screen.frames(table, 10), screen.frames(items, 10)
    ours: list[float] = []
    theirs: list[float] = []
    for _round in range(size.rounds):
        ours += screen.frames(table, FRAMES // size.rounds)
        theirs += screen.frames(items, FRAMES // size.rounds)
    sorts = [
        _sorted(table, store, key)
        for _round in range(size.rounds)
        for key in ("turnover_12m", "town", "name")
    ]
    ends, floor_ends = turns(size.rounds, lambda: _end_and_back(table), lambda: _end_and_back(items))
    p50, floor50 = share(ours, 50), share(theirs, 50)
    figures = [
        Figure(
            "list", "scroll a page, p50", p50, floor50, p50 / floor50, Goal(1.3), note="QStandardItemModel"
        ),
        Figure("list", "scroll a page, p99", share(ours, 99), share(theirs, 99), goal=Goal(most=16)),
        Figure("list", "change of sort, worst", max(sorts), goal=Goal(most=150)),
        Figure("list", "jump to the end", max(ends), max(floor_ends), goal=Goal(most=33)),
    ]
    for view in (table, items):
        view.deleteLater()
    screen.settle()
    return figures


def _sorted(table: RecordTable, store: Store, key: str) -> float:
    source = source_of(store).sorted(key, key != "name")
    took = once(lambda: (table.show_source(source), table.viewport().repaint()))
    screen.settle()
    screen.turn(table, 0)
    return took


def _end_and_back(view: QTableView) -> None:
    screen.turn(view, view.verticalScrollBar().maximum())
    view.verticalScrollBar().setValue(0)
