"""Files of many firms and programs are understood by general rules, each shown on a small table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from crmdesk.core.store import Store
from crmdesk.features.customers.records import Address, ContactPoint, Customer, Person
from crmdesk.features.exchange.mapping import Guess
from crmdesk.features.exchange.parties import _numbers
from crmdesk.features.exchange.reading import Sheet
from crmdesk.features.exchange.repairs import mended
from crmdesk.features.exchange.rules import SheetPlan, understand
from crmdesk.features.exchange.tables import guessable
from crmdesk.features.orders.records import Order, OrderLine, YearTurnover
from crmdesk.features.timeline.records import Interaction


def taken(*lines: str, name: str = "s") -> SheetPlan:
    """What a small table is taken for; its cells are parted by semicolons."""
    rows = [tuple(cell or None for cell in line.split(";")) for line in lines]
    return understand(Sheet(name, False, rows, list(range(1, len(rows) + 1))), guessable())


def target(plan: SheetPlan, name: str) -> str:
    """The target of a column."""
    guesses: tuple[Guess, ...] = plan.guesses
    return next(each.target for each in guesses if plan.columns[each.column].name == name)


ORDER = ("1;31/01/2025;Rossi Srl;{}", "2;15/02/2025;Verdi Spa;{}", "3;20/02/2025;Neri snc;{}")
SUMS = {
    "Order Value (ex VAT)": "order.amount",
    "Amount Before Sales Tax": "order.amount",
    "Valor sem IVA": "order.amount",
    "Importo contratto": "order.amount",
    "Imponibile totale": "order.amount",
    "total_paid_tax_excl": "order.amount",
    "Totale ivato": "order.amount",
    "TVA": "",
    "VAT": "",
}


@pytest.mark.parametrize("header", SUMS)
def test_an_amount_is_known_by_its_words_about_tax(header: str) -> None:
    plan = taken(f"N. doc;Data;Cliente;{header}", *(line.format("1.250,50") for line in ORDER))
    assert target(plan, header) == SUMS[header]


NAMES = {
    "Cust #": ("1000", "customer.number"),
    "Cliente/Fornitore": ("Rossi Srl", "customer.name"),
    "Sell-to Customer Name": ("Rossi Srl", "customer.name"),
    "CardName": ("Rossi Srl", "customer.name"),
    "Bill Name": ("Rossi Srl", "customer.name"),
    "Sold To": ("Rossi Srl", "customer.name"),
    "POAddressLine1": ("Via Po 1", "address.street"),
    "INDIRI": ("Via Po 1", "address.street"),
    "PAESE": ("Verbania", "address.town"),
    "Referente aziendale": ("Anna Rossi", "person.full_name"),
}


@pytest.mark.parametrize("header", NAMES)
def test_a_header_is_known_in_full_cut_or_with_alternatives(header: str) -> None:
    value, wanted = NAMES[header]
    rows = [f"06 555123{number};a{number}@x.it;12.50;31/01/2025;{value}" for number in range(4)]
    others = (
        "Telefono;Email;Importo;Data" if wanted.startswith("customer") else "Telefono;Email;Ditta;Cliente"
    )
    if not wanted.startswith("customer"):
        rows = [f"06 555123{number};a{number}@x.it;;Ditta {number};{value}" for number in range(4)]
    assert target(taken(f"{others};{header}", *rows), header) == wanted


def test_months_as_columns_are_the_turnover_of_the_year_named_above() -> None:
    rows = ["Fatturato 2024;;;;", "Cliente;Gen;Feb;Mar;Totale", "Rossi;1,5;2,5;3,0;7,0", "Verdi;1,0;;2,0;3,0"]
    plan = taken(*rows)
    assert plan.mapping["turnover.2024"] == (1, 2, 3)
    assert target(plan, "Totale") == ""


def test_a_date_of_unknown_name_is_the_day_of_the_order() -> None:
    plan = taken(
        "Nr. ordine;Iniziato;Codice cliente", "1;31/01/2025;C1", "2;15/02/2025;C2", "3;20/02/2025;C1"
    )
    assert (plan.main, target(plan, "Iniziato")) == ("orders", "order.date")


def test_a_total_told_in_every_line_belongs_to_the_order() -> None:
    lines = [f"{n};2025-01-0{n};Rossi;{name};2;{p};{t}" for n, t in ((1, 24), (2, 60), (3, 30)) for name, p in
             (("Tubo", t / 3), ("Vite", t / 6))]  # fmt: skip
    plan = taken("order_id;date;customer;item name;qty;price;total", *lines)
    assert target(plan, "total") == "order.amount"


def test_a_number_counting_contacts_is_not_that_of_their_company() -> None:
    rows = [f"{500 + n};Anna{n};Rossi;Ditta {n % 2} Srl" for n in range(6)]
    plan = taken("Record ID;First Name;Last Name;Company", *rows)
    assert "customer.number" not in plan.mapping


def test_one_number_beside_many_names_is_not_a_customer_number() -> None:
    rows = [f"200;Ditta {n};F{n};31/01/2025;1{n},50" for n in range(5)]
    assert "customer.number" not in taken("AccountCode;Customer;Invoice;Date;Amount", *rows).mapping


def test_spoilt_zeros_and_letters_are_mended_by_the_whole_column() -> None:
    assert mended("customer.vat_number", [1200000006, 1200009775]) == {
        "1200000006": "01200000006",
        "1200009775": "01200009775",
    }
    assert mended("customer.vat_number", ["7707083893"]) == {}
    assert mended("address.postcode", [184, 28922, 28100]) == {"184": "00184"}
    assert mended("address.postcode", [1010, 8005]) == {}
    assert mended("customer.potential_grade", ["A", "b", "C"]) == {"a": "5", "b": "3", "c": "1"}


PHONES = {
    "0323 550142 / 347 1234567": ["0323 550142", "347 1234567"],
    "0323/550142": ["0323/550142"],
    "011/5566778 - 347/1234567": ["011/5566778", "347/1234567"],
    "0323 550142/3": ["0323 550142/3"],
    "8 (495) 123-45-67, 8 (916) 123-45-67": ["8 (495) 123-45-67", "8 (916) 123-45-67"],
    "Phone: (212) 555-0101": ["(212) 555-0101"],
}


@pytest.mark.parametrize("cell", PHONES)
def test_a_cell_is_cut_into_its_phone_numbers(cell: str) -> None:
    assert _numbers(cell) == PHONES[cell]


ROWS: dict[str, tuple[str, int, int]] = {
    "totals, group totals and remarks": (
        """data;cliente;documento;importo
        01/02/2025;Rossi Srl;1;10,00
        ;Totale Rossi Srl;;10,00
        02/02/2025;Verdi Spa;2;20,00
        ;Totale Verdi Spa;;20,00
        Totale generale;;;30,00
        Stampato il lunedi;;;""",
        2,
        3000,
    ),
    "credit notes with positive amounts": (
        """tipo documento;numero;data;cliente;imponibile
        Fattura;1;01/02/2025;Rossi;100,00
        Nota di credito;2;02/02/2025;Rossi;30,00""",
        2,
        7000,
    ),
    "quotes and cancelled orders": (
        """tipo;numero;data;cliente;imponibile;stato
        Fattura;1;01/02/2025;Rossi;100,00;emessa
        Preventivo;2;02/02/2025;Rossi;30,00;emessa
        Fattura;3;03/02/2025;Rossi;40,00;annullata""",
        1,
        10000,
    ),
    "deals won among others": (
        """Deal - ID;Deal - Value;Deal - Organization;Deal - Status;Deal - Won time
        1;100.50;Rossi;Won;2025-02-01
        2;70.00;Verdi;Lost;2025-02-02
        3;10.00;Neri;Open;2025-02-03""",
        1,
        10050,
    ),
    "a customer named once above its rows, as in a pivot table": (
        """cliente;data;documento;importo
        Rossi;01/02/2025;1;10,00
        ;02/02/2025;2;20,00
        Verdi;03/02/2025;3;5,00
        ;04/02/2025;4;5,00""",
        4,
        4000,
    ),
    "a customer as heading of a group": (
        """data;numero;descrizione;importo
        Rossi Srl;;;
        01/02/2025;1;Lavoro;10,00
        02/02/2025;2;Lavoro;20,00
        Verdi Spa;;;
        03/02/2025;3;Lavoro;5,00""",
        3,
        3500,
    ),
}


@pytest.mark.parametrize("case", ROWS)
def test_rows_that_are_no_sales_are_left_out(
    case: str, import_files: Any, table: Any, count: Any, total: Any
) -> None:
    text, orders, amount = ROWS[case]
    plan = import_files(table(text))
    assert (count(Order), total(Order, "amount"), plan.refusals()) == (orders, amount, [])
    assert {"customers": 2}.items() <= {"customers": max(2, count(Customer))}.items()


def test_left_out_rows_are_told(plan_files: Any, table: Any) -> None:
    plan = plan_files(table("cliente;2024;2025\nRossi;1,00;2,00\nVerdi;3,00;4,00\nTotale;4,00;6,00"))
    assert len(plan.notes(0)) == 1 and "4" in plan.notes(0)[0]


def test_months_add_up_to_the_year(import_files: Any, table: Any, total: Any, count: Any) -> None:
    import_files(table("cliente;01/2024;02/2024;03/2024\nRossi;1,00;2,00;3,00\nVerdi;;4,00;", "vendite.csv"))
    assert (count(YearTurnover), total(YearTurnover, "amount")) == (2, 1000)


def test_the_sheet_of_an_owner_is_understood(store: Store, import_files: Any, table: Any, count: Any) -> None:
    import_files(
        table(
            """cognome e nome;ditta;cap citta;localita;telefono;p.iva;potenziale
            ROSSI ANNA;ALFA SRL;;28922 Verbania (VB);0323 550142 / 347 1234567;1200000006;alto
            NERI LUCA;BETA SRL;;28100 Novara (NO);0321 550143;1200009775;basso"""
        )
    )
    assert (count(Customer), count(Person), count(ContactPoint)) == (2, 2, 3)
    with store.read() as session:
        place = session.scalars(select(Address).order_by(Address.id)).first()
        person = session.scalars(select(Person).order_by(Person.id)).first()
        grades = set(session.scalars(select(Customer.potential_grade)))
    assert place is not None and (place.postcode, place.town, place.province) == ("28922", "Verbania", "VB")
    assert person is not None and (person.first_name, person.last_name) == ("ANNA", "ROSSI")
    assert grades == {"4", "2"}


def test_day_and_hour_in_two_columns_are_one_moment(store: Store, import_files: Any, table: Any) -> None:
    import_files(table("data;ora;cliente;tipo;descrizione\n01/02/2025;09:30;Rossi;Telefonata;Caldaia\n"
                       "02/02/2025;10:15;Rossi;Visita;Preventivo"))  # fmt: skip
    with store.read() as session:
        moments = session.scalars(select(Interaction.at).order_by(Interaction.at)).all()
    assert list(moments) == [datetime(2025, 2, 1, 9, 30), datetime(2025, 2, 2, 10, 15)]


def test_cost_per_piece_becomes_the_cost_of_the_line(
    import_files: Callable[..., Any], table: Callable[..., Path], total: Any
) -> None:
    import_files(
        table(
            """inv #;inv date;customer;item;qty;unit price;ext price;unit cost
            1;31/01/2025;Rossi;Tubo lungo;3;10,00;30,00;7,50
            2;01/02/2025;Verdi;Vite corta;2;4,00;8,00;1,25"""
        )
    )
    assert (total(OrderLine, "cost"), total(Order, "cost")) == (2500, 2500)
