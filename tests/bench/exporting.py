"""S7: all customers into a workbook, beside the plainest writer over the same values."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from crmdesk.core.store import Store
from crmdesk.features.customers.records import Customer
from crmdesk.features.exchange.export import export_all
from tests.bench import data
from tests.bench.measure import Figure, Goal, Size, compared, turns

COLUMNS = 15


def run(size: Size) -> list[Figure]:
    """Export the customers of the kept store, which has more columns than the floor writes."""
    with data.scratch() as folder, data.opened(size.customers) as store:
        ours, theirs = turns(
            max(1, size.rounds // (1 if size.customers <= 10_000 else 3)),
            lambda: export_all(store, folder / "ours.xlsx", "customers", "EUR"),
            lambda: _plain(store, folder / "floor.xlsx"),
        )
    return [
        compared(
            "export", "customers", ours, theirs, Goal(ratio=1.5), "XlsxWriter constant_memory, 15 columns"
        )
    ]


def _plain(store: Store, target: Path) -> None:
    import xlsxwriter

    columns = list(Customer.__table__.columns)[:COLUMNS]
    book = xlsxwriter.Workbook(str(target), {"constant_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet()
    with store.read() as session:
        for number, row in enumerate(session.execute(select(*columns))):
            page.write_row(number, 0, [None if one is None else str(one) for one in row])
    book.close()
