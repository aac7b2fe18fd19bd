"""What a table as a whole is about, which decides what its plainer headers mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from crmdesk.features.exchange.columns import Column
from crmdesk.features.exchange.content import fits
from crmdesk.features.exchange.headers import normal

Offer = tuple[str, float]
_BARE = frozenset(
    [
        "cliente",
        "customer",
        "client",
        "kunde",
        "клиент",
        "account",
        "покупатель",
        "контрагент",
        "buyer",
        "intestatario",
    ]
)
_WEAK = frozenset(
    [
        "item",
        "item id",
        "item no",
        "item number",
        "ref",
        "reference",
        "material",
        "service",
        "track id",
        "art",
        "items",
        "volume",
    ]
)
_PERHAPS = "line.product_code?"
_YEARLY = ("turnover.amount", "amount", "net")
_LOG_SIGNS = tuple(
    f"contact.{each}"
    for each in (
        "outcome",
        "direction",
        "minutes",
        "text",
        "channel",
        "mood",
        "person",
        "next_step",
        "next_date",
    )
)
_COUNTRIES = frozenset(["italia", "italy", "svizzera", "germania", "francia", "spagna", "austria"])
_ABOUT_FIRM = (
    "address.street", "address.postcode", "address.town", "address.province", "address.full",
    "point.phone", "point.mobile", "point.fax", "point.email",
    "customer.vat_number", "customer.tax_code", "customer.website",
)  # fmt: skip
_AS_PRODUCT = MappingProxyType(
    {
        "line.product_code": "product.code",
        "line.product_name": "product.name",
        "line.category": "product.category",
        "line.unit_price": "product.price",
        "line.cost": "product.cost",
    }
)


@dataclass(frozen=True, slots=True)
class Match:
    """One reading of a header: a target or a generic word, and how well it fits from 0 to 1."""

    key: str
    score: float
    exact: bool
    person: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """What a table is about (customers, people, orders, lines, log, products, turnover), and what it has."""

    main: str
    seen: frozenset[str] = frozenset()

    def has(self, *keys: str) -> bool:
        """Whether any of these fields or words stands in a header with fitting values."""
        return any(key in self.seen for key in keys)


def shape_of(columns: Sequence[Column], matches: Sequence[Sequence[Match]], sheet: str = "") -> Shape:
    """Decide what the table is about from the headers whose values fit them."""
    blank = all(column.empty for column in columns)
    seen: set[str] = set()
    for column, found in zip(columns, matches, strict=True):
        if column.empty and not blank:
            continue
        for match in found:
            key = match.key.removesuffix("!gross")
            if key == "line.product_code" and normal(column.name) in _WEAK:
                key = _PERHAPS
            if match.score >= 0.6 and fits(key, column) > 0:
                seen.add("turnover" if key.startswith("turnover.") and key[-1].isdigit() else key)
    shape = Shape("", frozenset(seen))
    return Shape(_main(shape), shape.seen)


def _main(seen: Shape) -> str:
    dated = seen.has("order.date", "date")
    money = seen.has("order.amount", "line.amount", "amount", "net")
    price = seen.has("line.unit_price", "price")
    quantity = seen.has("line.quantity")
    product = seen.has("line.product_code", "line.product_name") or (
        seen.has(_PERHAPS) and (quantity or price or seen.has("line.category", "description", "code"))
    )
    firm = seen.has("customer.name", "customer.number", "name")
    about_firm = sum(key in seen.seen for key in _ABOUT_FIRM)
    if _is_log(seen, money or price or quantity, about_firm):
        return "log"
    if (product or quantity or price) and (
        seen.has("order.number") or (dated and (quantity or money or price))
    ):
        return "lines"
    if seen.has("number", "code", "description") and quantity and (price or money) and dated:
        return "lines"
    if money and dated and (firm or seen.has("order.number", "number", "person.full_name")):
        return "orders"
    if seen.has("order.number") and (money or dated):
        return "orders"
    customer = seen.has("customer.name", "customer.number") or about_firm >= 2
    if not customer and _is_products(seen, product or seen.has(_PERHAPS), price):
        return "products"
    if seen.has("turnover") or (seen.has("turnover.year") and seen.has(*_YEARLY) and firm):
        return "turnover"
    if seen.has("customer.name", "customer.number"):
        return "customers"
    if seen.has("person.last_name") and seen.has("person.first_name"):
        return "people"
    if seen.has("person.full_name") and not seen.has("name"):
        return "people"
    if seen.has("name") or (
        about_firm and seen.has("code", "number", "person.last_name", "person.first_name")
    ):
        return "customers"
    return "customers" if about_firm >= 2 else ""


def _is_log(seen: Shape, trade: bool, about_firm: int) -> bool:
    whom = seen.has(
        "customer.name", "customer.number", "name", "person.full_name", "person.last_name", "contact.person"
    )
    signs = sum(key in seen.seen for key in _LOG_SIGNS)
    if trade or not whom or not seen.has("contact.at", "date"):
        return False
    if about_firm >= 3:
        return signs >= 3
    return signs >= 1 or seen.has("notes", "description", "channel", "type")


def _is_products(seen: Shape, product: bool, price: bool) -> bool:
    priced = price or seen.has("product.price", "product.cost", "cost", "category", "line.category")
    named = seen.has("description", "name", "line.product_name")
    coded = seen.has("code", "number")
    listed = price or seen.has("product.price", "product.cost")
    return (product and (priced or named)) or (coded and named and listed)


def resolve(key: str, shape: Shape, column: Column) -> Iterable[Offer]:
    """The fields a header may mean in this table, each with a weight from 0 to 1."""
    record = key.partition(".")[0]
    if "." not in key:
        return _generic(key, shape, column)
    if record == "turnover":
        return _turnover(key, shape)
    if key.startswith(("point.", "person.")):
        return _people(key, shape)
    if record in ("order", "line", "product"):
        return _sales(key, shape, column)
    if record == "contact":
        return [(key, 1.0)] if shape.main == "log" else []
    if shape.main == "products":
        return []
    if key == "customer.name":
        return _customer(shape, column)
    if key == "address.country" and normal(column.name) == "paese" and not shape.has("address.town"):
        return [("address.town" if column.length > 3 and not _COUNTRIES & _said(column) else key, 0.97)]
    if key == "customer.referent" and shape.main == "log":
        return [(key, 0.8)]
    return [(key, 1.0 if shape.main else 0.7)]


def _reads_like_a_name(column: Column) -> bool:
    return (
        column.length > 6 and all(" " in sample for sample in column.samples) and column.share("code") < 0.1
    )


def _said(column: Column) -> set[str]:
    return {normal(sample) for sample in column.samples}


def _turnover(key: str, shape: Shape) -> list[Offer]:
    """A year in the header stands alone; a column of years needs one of amounts, and the other way round."""
    if key == "turnover.year":
        return [(key, 1.0)] if shape.main == "turnover" and shape.has(*_YEARLY) else []
    if key == "turnover.amount":
        return [(key, 1.0)] if shape.main == "turnover" and shape.has("turnover.year") else []
    return [(key, 1.0)] if shape.main in ("turnover", "customers", "people") else []


def _customer(shape: Shape, column: Column) -> list[Offer]:
    bare = normal(column.name) in _BARE
    coded = column.share("whole") >= 0.8 or (column.share("code") >= 0.8 and column.share("words") < 0.1)
    if coded and (bare or column.share("whole") >= 0.8):
        return [] if shape.has("customer.number") else [("customer.number", 0.95)]
    return [("customer.name", 0.96 if bare else 1.0)]


def _people(key: str, shape: Shape) -> list[Offer]:
    field = key.partition(".")[2]
    alone = shape.main == "people" or shape.has("person.last_name", "person.first_name")
    if key.startswith("point."):
        shared = field == "fax" or (
            field == "phone" and (shape.main == "customers" or shape.has("customer.name"))
        )
        if alone and not shared:
            return [(f"person.{field}", 1.0), (key, 0.95)]
        return [(key, 1.0)]
    if key == "person.first_name" and not shape.has("person.last_name"):
        return [("person.full_name", 0.9)] if shape.has("customer.name") else [("customer.name", 0.8)]
    if key == "person.full_name":
        if shape.main == "log":
            return [("contact.person", 0.95), (key, 0.9)]
        if not shape.has("customer.name", "name") and shape.main in ("orders", "lines"):
            return [("customer.name", 0.7)]
    if key == "person.role" and not shape.has(
        "person.full_name", "person.first_name", "person.last_name", "name"
    ):
        return []
    return [(key, 1.0 if shape.main != "products" else 0.2)]


def _sales(key: str, shape: Shape, column: Column) -> list[Offer]:
    plain, gross = key.removesuffix("!gross"), key.removeprefix(key.removesuffix("!gross"))
    if shape.main == "products":
        if plain in _AS_PRODUCT:
            return [(_AS_PRODUCT[plain], 1.0)]
        return [(plain, 1.0)] if plain.startswith("product.") else []
    if shape.main == "orders":
        return {
            "line.amount": [("order.amount", 0.95)],
            "line.cost": [("order.cost", 0.95)],
            "line.profit": [("order.profit", 1.0), ("line.profit", 0.98)],
            "product.cost": [("order.cost", 0.6)],
            "line.unit_price": [("order.amount", 0.6)],
            "line.product_name": [("line.product_name", 0.9), ("order.note", 0.7)],
            "line.product_code": [("line.product_code", 0.93 if normal(column.name) in _WEAK else 1.0)]
            if shape.has("order.number") or normal(column.name) not in _WEAK
            else [("order.number", 0.8)],
        }.get(plain, [(key, 1.0)] if not plain.startswith("product.") else [])
    if shape.main == "lines":
        enough = shape.has("line.unit_price", "price") and shape.has("line.quantity")
        if plain == "order.amount":
            own = [("line.amount" + gross, 0.6)] if gross and not enough else []
            return [(key, 0.5 if enough else 0.7), *own]
        if plain == "order.cost":
            return [("line.cost", 0.9), (key, 0.6)]
        if plain == "order.profit":
            return [("line.profit", 0.9)]
        if plain == "product.price":
            return [("line.unit_price", 0.85), (key, 0.8)]
        if plain == "line.product_code" and _reads_like_a_name(column) and not shape.has("line.product_name"):
            return [("line.product_name", 0.95)]
        if plain.startswith("product.") or normal(column.name) in _WEAK:
            return [(key, 0.8 if plain.startswith("product.") else 0.93)]
        return [(key, 1.0)]
    return [(key, 0.6)] if not shape.main else []


_GENERIC: MappingProxyType[str, dict[str, list[Offer]]] = MappingProxyType(
    {
        "date": {
            "orders": [("order.date", 0.95)],
            "lines": [("order.date", 0.95)],
            "log": [("contact.at", 0.95)],
        },
        "amount": {
            "orders": [("order.amount", 0.92)],
            "lines": [("line.amount", 0.92)],
            "turnover": [("turnover.amount", 0.92)],
        },
        "net": {"orders": [("order.amount", 1.06)], "lines": [("line.amount", 1.06)]},
        "description": {
            "products": [("product.name", 0.9)],
            "lines": [("line.product_name", 0.95)],
            "orders": [("order.note", 0.9)],
            "log": [("contact.text", 0.95)],
            "customers": [("customer.notes", 0.7)],
        },
        "notes": {
            "log": [("contact.text", 0.95)],
            "orders": [("order.note", 0.95)],
            "lines": [("order.note", 0.9)],
            "customers": [("customer.notes", 1.0)],
            "people": [("customer.notes", 1.0)],
            "turnover": [("customer.notes", 1.0)],
        },
        "type": {
            "customers": [("customer.kind", 0.7)],
            "orders": [("order.kind", 0.9)],
            "lines": [("order.kind", 0.8)],
            "log": [("contact.channel", 0.9)],
            "products": [("product.category", 0.6)],
        },
        "stato": {"customers": [("address.country", 0.75)], "turnover": [("address.country", 0.75)]},
        "status": {"customers": [("customer.kind", 0.6)], "log": [("contact.outcome", 0.7)]},
        "channel": {"log": [("contact.channel", 0.95)], "customers": [("customer.channel", 0.8)]},
        "category": {
            "lines": [("line.category", 0.97)],
            "products": [("product.category", 0.97)],
            "customers": [("customer.trade", 0.75)],
            "turnover": [("customer.trade", 0.75)],
        },
        "price": {
            "lines": [("line.unit_price", 0.95)],
            "products": [("product.price", 0.97)],
            "orders": [("order.amount", 0.6)],
        },
        "cost": {
            "lines": [("line.cost", 0.95)],
            "orders": [("order.cost", 0.95)],
            "products": [("product.cost", 0.97)],
        },
    }
)


def _generic(key: str, shape: Shape, column: Column) -> list[Offer]:
    if key == "amount" and shape.main == "turnover" and not shape.has("turnover.year"):
        return []
    if key == "name":
        return _name(shape, column)
    if key in ("code", "number"):
        return _number(key, shape)
    return _GENERIC.get(key, {}).get(shape.main, [])


def _name(shape: Shape, column: Column) -> list[Offer]:
    persons = shape.has("person.first_name", "person.last_name")
    if persons and not (shape.has("person.first_name") and shape.has("person.last_name")):
        return [("person.last_name" if shape.has("person.first_name") else "person.first_name", 0.97)]
    if shape.main == "products":
        return [("product.name", 0.97)]
    if shape.main == "people" or (persons and shape.has("customer.name")):
        return [("person.full_name", 0.97)]
    if shape.main in ("customers", "turnover", ""):
        if persons and not shape.has("customer.name"):
            return [("customer.name", 0.9)]
        return [("person.full_name", 0.8)] if shape.has("customer.name") else [("customer.name", 0.97)]
    if shape.main in ("orders", "lines") and not shape.has("order.number") and column.share("code") >= 0.8:
        return [("order.number", 0.7)]
    if shape.has("customer.name"):
        return [("line.product_name", 0.8)] if shape.main == "lines" else []
    if shape.main == "lines" and not shape.has("line.product_name") and shape.has("customer.number"):
        return [("line.product_name", 0.6), ("customer.name", 0.7)]
    return [("customer.name", 0.9)]


def _number(key: str, shape: Shape) -> list[Offer]:
    if shape.main == "products":
        return [] if shape.has("line.product_code", _PERHAPS) else [("product.code", 0.95)]
    if shape.main in ("orders", "lines"):
        if not shape.has("order.number") and (
            key == "number" or shape.main == "orders" or shape.has("line.product_code", _PERHAPS)
        ):
            return [("order.number", 0.9)]
        if shape.main == "lines" and not shape.has("line.product_code", _PERHAPS):
            return [("line.product_code", 0.85)]
        return []
    if shape.main in ("customers", "turnover", "people") and not shape.has("customer.number"):
        return [("customer.number", 0.9 if key == "code" else 0.75)]
    return []
