"""Headers of other firms and programs are understood without help, in several languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from crmdesk.features.exchange.mapping import Confidence, Target
from crmdesk.features.exchange.reading import Sheet, read_workbook
from crmdesk.features.exchange.rules import SheetPlan, understand


def table(headers: str, values: str) -> SheetPlan:
    """What a table with these headers and three rows of these values is taken for."""
    row = tuple(value or None for value in values.split(";"))
    return understand(Sheet("s", False, [tuple(headers.split(";")), row, row, row], [1, 2, 3, 4]))


def targets(plan: SheetPlan) -> dict[str, str]:
    """The target of every column that is not left out, by header."""
    return {plan.columns[each.column].name: each.target for each in plan.guesses if each.target}


def shared_plan(shared: Path, name: str) -> SheetPlan:
    """What a file of the shared data is taken for."""
    return understand(read_workbook(shared / "data" / name).sheets[0])


SHARED = {
    "superstore_a.csv": (
        ("customers", "orders", "lines"),
        """order_id order.number; order_date order.date;
        customer_id customer.number; customer_name customer.name;
        segment customer.trade; city address.town; state address.province; region address.region;
        product_id line.product_code; category line.category; product_name line.product_name;
        sales line.amount;
        quantity line.quantity; discount line.discount; profit line.profit""",
    ),
    "superstore_a_yearly.csv": (
        ("turnover",),
        """customer_id customer.number; turnover_2015 turnover.2015; turnover_2016 turnover.2016;
        turnover_2017 turnover.2017; turnover_2018 turnover.2018""",
    ),
    "northwind_customers.csv": (
        ("customers", "people"),
        """customer_id customer.number; company customer.name; contact_name person.full_name;
        contact_title person.role; address address.street; city address.town; region address.region;
        postal_code address.postcode; country address.country; phone point.phone; fax point.fax""",
    ),
    "northwind_orders.csv": (
        ("orders",),
        "order_id order.number; customer_id customer.number; order_date order.date",
    ),
    "northwind_order_lines.csv": (
        ("lines",),
        """order_id order.number; product_id line.product_code; unit_price line.unit_price;
        quantity line.quantity; discount line.discount""",
    ),
    "northwind_products.csv": (
        ("products",),
        "product_id product.code; product product.name; unit_price product.price; category product.category",
    ),
    "retail_de_fr_lines.csv": (
        ("customers", "orders", "lines"),
        """invoice order.number; stock_code line.product_code; quantity line.quantity; datetime order.date;
        unit_price line.unit_price; customer_id customer.number; country address.country""",
    ),
    "retail_de_fr_products.csv": (("products",), "stock_code product.code; description product.name"),
    "cdnow_sample.csv": (
        ("orders",),
        "customer_id customer.number; date order.date; amount order.amount",
    ),
    "wholesale_customers.csv": (("customers",), "customer_id customer.number"),
}


@pytest.mark.parametrize("name", SHARED)
def test_shared_data_is_understood_without_help(shared: Path, name: str) -> None:
    kinds, pairs = SHARED[name]
    plan = shared_plan(shared, name)
    assert plan.kinds == kinds
    assert targets(plan) == dict(pair.split() for pair in pairs.split(";"))


def test_discount_of_shares_is_seen_as_a_fraction(shared: Path) -> None:
    for name in ("superstore_a.csv", "northwind_order_lines.csv"):
        plan = shared_plan(shared, name)
        assert plan.columns[plan.mapping["line.discount"][0]].fraction


def test_spend_by_category_is_pointed_out(shared: Path) -> None:
    assert shared_plan(shared, "wholesale_customers.csv").spend == (3, 4, 5, 6, 7, 8)


@pytest.mark.parametrize(
    "name", ["pdm_maint_a.csv", "carparts_a.csv", "ball_bearings.csv", "groceries_baskets.csv"]
)
def test_tables_without_customers_or_orders_hold_nothing(shared: Path, name: str) -> None:
    assert shared_plan(shared, name).kinds == ()


FIRMS = {
    "italian customers": (
        "Cod. cliente;Ragione sociale;P.IVA;Indirizzo;CAP;Località;Prov.;Tel.;"
        "Cell.;Fax;PEC;Referente;Fatt. 2025",
        "C1;Rossi Srl;01234567890;Via Roma 1;00184;Roma;RM;06 1234567;"
        "333 1234567;06 1234568;a@pec.it;Bianchi;1.200,50",
        "customer.number customer.name customer.vat_number address.street address.postcode address.town "
        "address.province point.phone point.mobile point.fax point.email person.full_name turnover.2025",
        ("customers", "people", "turnover"),
    ),
    "italian invoices": (
        "N. fattura;Data fattura;Cliente;Imponibile;IVA;Totale documento;Scadenza;Costo",
        "12/A;15/03/2024;Rossi Srl;1.000,00;220,00;1.220,00;15/04/2024;800,00",
        "order.number order.date customer.name order.amount - - order.due order.cost",
        ("customers", "orders"),
    ),
    "italian lines": (
        "N. doc.;Data;Ragione sociale;Descrizione;Q.tà;Prezzo;Sconto %;Importo;Margine",
        "12;15/03/2024;Rossi Srl;Tubo rame;10;12,50;10;112,50;30,00",
        "order.number order.date customer.name line.product_name line.quantity line.unit_price line.discount "
        "line.amount line.profit",
        ("customers", "orders", "lines"),
    ),
    "italian log": (
        "Data;Cliente;Referente;Tipo contatto;Esito;Note;Durata;Prossima azione;Data prossimo contatto",
        "13/01/2024;Rossi Srl;Mario;Telefonata;Risposto;Parlato;15;Inviare offerta;20/01/2024",
        "contact.at customer.name contact.person contact.channel contact.outcome contact.text "
        "contact.minutes "
        "contact.next_step contact.next_date",
        ("customers", "log"),
    ),
    "russian lines": (
        "Дата;Номер;Контрагент;Наименование товара;Кол-во;Цена;Скидка, %;Сумма;Себестоимость",
        "15.03.2024;УТ-1;ООО Ромашка;Труба;10;12,50;5;118,75;80,00",
        "order.date order.number customer.name line.product_name line.quantity line.unit_price line.discount "
        "line.amount line.cost",
        ("customers", "orders", "lines"),
    ),
    "russian customers": (
        "Код;Наименование;ИНН;Адрес;Город;Телефон;Эл. почта;Контактное лицо;Выручка 2024",
        "17;ООО Ромашка;7701234567;ул. Ленина 1;Москва;+7 495 1234567;a@b.ru;Иванов Иван;200 000,00",
        "customer.number customer.name customer.vat_number address.full address.town point.phone point.email "
        "person.full_name turnover.2024",
        ("customers", "people", "turnover"),
    ),
    "german lines": (
        "Rechnungsnr.;Rechnungsdatum;Kundennr.;Kunde;Bezeichnung;Menge;"
        "Einzelpreis;Nettobetrag;MwSt.;Bruttobetrag",
        "R-1;15.03.2024;10012;Müller GmbH;Rohr;10;12,50;118,75;22,56;141,31",
        "order.number order.date customer.number customer.name line.product_name "
        "line.quantity line.unit_price "
        "line.amount - -",
        ("customers", "orders", "lines"),
    ),
    "english people": (
        "First Name;Last Name;Company;Job Title;Email;Mobile;Birthday",
        "Jane;Doe;Acme;CEO;jane@acme.com;+1 617 5551212;1980-05-12",
        ""
        "person.first_name person.last_name customer.name person.role person.email "
        "person.mobile person.birthday",
        ("customers", "people"),
    ),
    "english orders": (
        "Order ID;Order Date;Ship Date;Customer;Net;Tax;Gross;Freight;Sales Rep",
        "O1;2024-03-15;2024-03-18;Acme Ltd;100.00;22.00;122.00;5.00;Bob",
        "order.number order.date - customer.name order.amount - - - customer.referent",
        ("customers", "orders"),
    ),
    "joined capitals": (
        "ORDERNUMBER;QUANTITYORDERED;PRICEEACH;SALES;ORDERDATE;PRODUCTCODE;CUSTOMERNAME;PHONE;CONTACTLASTNAME",
        "10107;30;95.7;2871.5;2/24/2003 0:00;S10_1678;Land of Toys;212 5557818;Yu",
        "order.number line.quantity line.unit_price line.amount order.date line.product_code customer.name "
        "point.phone person.last_name",
        ("customers", "people", "orders", "lines"),
    ),
    "italian people": (
        "Nome;Cognome;Società;Mail;Cellulare",
        "Mario;Bianchi;Rossi Srl;m@rossi.it;333 1234567",
        "person.first_name person.last_name customer.name person.email person.mobile",
        ("customers", "people"),
    ),
    "a year in each row": (
        "Cliente;Anno;Fatturato",
        "Rossi;2024;1.200,50",
        "customer.name turnover.year turnover.amount",
        ("customers", "turnover"),
    ),
    "ids of others": (
        "order_id;customer_id;order_date;required_date;store_id;staff_id",
        "15;259;2016-01-01;2016-01-03;12;22",
        "order.number customer.number order.date - - -",
        ("orders",),
    ),
    "shop lines": (
        "order_id;item_id;product_id;quantity;list_price;discount",
        "1;1;20;1;599.99;0.2",
        "order.number - line.product_code line.quantity line.unit_price line.discount",
        ("lines",),
    ),
}


@pytest.mark.parametrize("firm", FIRMS)
def test_other_firms_headers_are_understood(firm: str) -> None:
    headers, values, expected, kinds = FIRMS[firm]
    plan = table(headers, values)
    assert [each.target or "-" for each in plan.guesses] == expected.split()
    assert plan.kinds == kinds


def test_years_alone_are_turnover() -> None:
    plan = table("Cliente;2023;2024", "Rossi;100,00;200,00")
    assert targets(plan) == {"Cliente": "customer.name", "2023": "turnover.2023", "2024": "turnover.2024"}


def test_values_overrule_a_promising_header() -> None:
    plan = table("Cliente;Telefono;Data;Importo", "Rossi;Sì;forse;molto")
    assert targets(plan) == {"Cliente": "customer.name"}


def test_an_address_column_is_known_by_its_values() -> None:
    plan = table("Ragione sociale;Xyz", "Rossi;a@b.it")
    found = plan.guesses[1]
    assert (found.target, found.confidence) == ("point.email", Confidence.CHECK)


def test_several_phones_are_kept_and_other_fields_come_once() -> None:
    plan = table(
        "Ragione sociale;Telefono 1;Telefono 2;Città;Città (2)", "Rossi;06 123456;06 654321;Roma;Rieti"
    )
    assert plan.mapping["point.phone"] == (1, 2)
    assert plan.mapping["address.town"] == (3,)


def test_codes_in_a_customer_column_are_numbers() -> None:
    assert targets(table("Cliente;Data;Totale", "10012;15/03/2024;10,00"))["Cliente"] == "customer.number"


def test_only_offered_fields_are_guessed_and_their_labels_count() -> None:
    sheet = Sheet("s", False, [("Nome", "Colore preferito"), ("Rossi", "blu")], [1, 2])
    offered = [Target("customer", "name"), Target("customer", "colour", label="Colore preferito")]
    assert [each.target for each in understand(sheet, offered).guesses] == [
        "customer.name",
        "customer.colour",
    ]
    assert [each.target for each in understand(sheet, offered[:1]).guesses] == ["customer.name", ""]


def test_the_header_row_can_be_chosen() -> None:
    sheet = Sheet("s", False, [("a", "b"), ("Cliente", "Città"), ("Rossi", "Roma")], [1, 2, 3])
    assert targets(understand(sheet, header_row=1)) == {"Cliente": "customer.name", "Città": "address.town"}


def test_every_guess_gives_its_reason() -> None:
    plan = table("Ragione sociale;Boh;Indirizzo cliente sede", "Rossi;x;Via Roma 1")
    assert all(each.reason_text.endswith(".") for each in plan.guesses)
