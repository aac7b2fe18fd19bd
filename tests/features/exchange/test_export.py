"""A workbook that leaves holds true dates and numbers, codes as text, and comes home as it left."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from crmdesk.core import journal
from crmdesk.core.store import Store
from crmdesk.features.customers.records import Address, Affiliation, ContactPoint, Customer, Person
from crmdesk.features.exchange.export import export_all, export_list
from crmdesk.features.exchange.formats import xlsx_writer
from crmdesk.features.exchange.formats.xlsx_writer import ColumnOut, SheetOut, write_workbook
from crmdesk.features.orders.records import Order, OrderLine, Product
from crmdesk.features.timeline.records import Interaction


@pytest.fixture
def firm(store: Store) -> Store:
    """A store with one of everything, and values that spreadsheets like to spoil."""
    with store.write("Add") as session:
        rossi = Customer(name="=Rossi", number="007", vat_number="01234567890", since=date(2020, 2, 1))
        anna = Person(first_name="Anna", last_name="Verdi")
        product = Product(code="00042", name="Dado")
        session.add_all([rossi, anna, product])
        session.flush()
        order = Order(customer_id=rossi.id, number="0099", date=date(2025, 3, 4), amount=123456, cost=100000)
        session.add_all(
            [
                Affiliation(person_id=anna.id, customer_id=rossi.id, role="Titolare", decides=True),
                Address(customer_id=rossi.id, street="Via Roma 1", postcode="00184", town="Roma"),
                ContactPoint(customer_id=rossi.id, kind="phone", value="+39 06 5551234", preferred=True),
                Interaction(
                    customer_id=rossi.id, at=datetime(2025, 3, 5, 9, 30), text="Chiama", channel="phone"
                ),
                order,
            ]
        )
        session.flush()
        line = OrderLine(order_id=order.id, product_id=product.id, quantity=2, amount=123456, discount=12.5)
        session.add(line)
    return store


def rows(path: Path, sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet by heading, as openpyxl reads them."""
    page = openpyxl.load_workbook(path)[sheet]
    header, *found = [[cell.value for cell in row] for row in page.iter_rows()]
    return [dict(zip(header, row, strict=True)) for row in found]


def test_values_keep_their_types_and_codes_their_zeros(firm: Store, tmp_path: Path) -> None:
    counts = export_all(firm, tmp_path / "all.xlsx", "all", "EUR")
    (customer,) = rows(tmp_path / "all.xlsx", "Customers")
    (order,) = rows(tmp_path / "all.xlsx", "Orders")
    (line,) = rows(tmp_path / "all.xlsx", "Order lines")
    (entry,) = rows(tmp_path / "all.xlsx", "Contact log")
    assert (customer["Number"], customer["Name"], customer["Postcode"]) == ("007", "=Rossi", "00184")
    assert (customer["Phone"], customer["Customer since"]) == ("+39 06 5551234", datetime(2020, 2, 1))
    assert (order["Order number"], order["Amount"], order["Date"]) == ("0099", 1234.56, datetime(2025, 3, 4))
    assert (line["Product code"], line["Quantity"], line["Discount"]) == ("00042", 2, 0.125)
    assert entry["When"] == datetime(2025, 3, 5, 9, 30)
    assert counts["customer"] == counts["person"] == counts["interaction"] == counts["orders"] == 1


def test_headers_are_frozen_and_filtered_and_the_id_is_hidden(firm: Store, tmp_path: Path) -> None:
    export_all(firm, tmp_path / "a.xlsx", "customers", "EUR")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    page = book["Customers"]
    assert page.freeze_panes == "A2" and page.auto_filter.ref.startswith("A1:")
    assert page.column_dimensions["A"].hidden and page["A1"].font.bold
    assert [sheet.sheet_state for sheet in book] == ["visible", "visible", "veryHidden"]
    assert page["C2"].data_type == "s" and page["C2"].quotePrefix


def test_an_export_is_noted_for_the_day_it_comes_home(firm: Store, tmp_path: Path) -> None:
    export_all(firm, tmp_path / "a.xlsx", "customers", "EUR")
    told = openpyxl.load_workbook(tmp_path / "a.xlsx")["crmdesk"]["B1"].value
    with firm.read() as session:
        noted = session.execute(select(journal.export)).mappings().one()
    assert noted["id"] == told and firm.replica in noted["seen"]


def test_a_workbook_that_comes_home_unchanged_changes_nothing(
    firm: Store, import_files: Any, tmp_path: Path
) -> None:
    export_all(firm, tmp_path / "a.xlsx", "all", "EUR")
    plan = import_files(tmp_path / "a.xlsx")
    assert plan.changes_nothing and not plan.problems
    assert plan.counts(0)["unchanged"]["customers"] == 1


def test_any_list_can_be_written(tmp_path: Path) -> None:
    fields = [Customer.field("number"), Customer.field("kind"), Customer.field("potential_budget")]
    export_list(
        tmp_path / "list.xlsx", "My list", fields, [("01", "prospect", 150000), ("02", None, None)], "EUR"
    )
    assert rows(tmp_path / "list.xlsx", "My list") == [
        {"Number": "01", "Kind": "Prospect", "Yearly budget": 1500},
        {"Number": "02", "Kind": None, "Yearly budget": None},
    ]


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20) | st.sampled_from(
    ["=1+1", "+39", "-5", "@x", "0012", "_x0041_", "a\nb", " '=1", "1e5", "TRUE", "＝1"]
)


@settings(max_examples=30)
@given(texts=st.lists(TEXTS, min_size=1, max_size=5))
def test_two_readers_find_every_text_as_it_was(texts: list[str], tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_workbook(path, [SheetOut("T", (ColumnOut("a"), ColumnOut("b", "code")), [(t, t) for t in texts])])
    found = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()[1:]
    assert [row[0] for row in found] == texts == [row[1] for row in found]


def test_too_many_rows_go_on_in_a_second_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_writer, "MOST_ROWS", 4)
    write_workbook(
        tmp_path / "t.xlsx", [SheetOut("a/b", (ColumnOut("n", "number"),), [[n] for n in range(7)])]
    )
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert book.sheetnames == ["a b", "a b (2)", "a b (3)"]
    assert [page.max_row for page in book] == [4, 4, 2]


def test_a_text_too_long_for_a_cell_is_kept_whole_beside_it(tmp_path: Path) -> None:
    text = "x" * 70_000
    write_workbook(tmp_path / "t.xlsx", [SheetOut("T", (ColumnOut("note"),), [[text]])])
    parts = rows(tmp_path / "t.xlsx", "Long texts")
    assert "".join(part["Text"] for part in parts) == text
    assert len(rows(tmp_path / "t.xlsx", "T")[0]["note"]) <= xlsx_writer.MOST_SIGNS


def test_libreoffice_opens_it_with_the_same_rows(firm: Store, tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    export_all(firm, tmp_path / "a.xlsx", "customers", "EUR")
    profile = f"-env:UserInstallation=file://{tmp_path}/office"
    call = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "csv",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "a.xlsx"),
    ]
    subprocess.run(call, check=True, timeout=120, capture_output=True)
    header, row = (tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()
    assert "Number" in header
    assert ",007,=Rossi," in row and ",00184," in row and "+39 06 5551234" in row
