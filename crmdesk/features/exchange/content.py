"""Whether the values of a column can be what its name promises."""

from __future__ import annotations

from types import MappingProxyType

from crmdesk.features.exchange.columns import Column

_DATES = frozenset(
    [
        "order.date",
        "order.due",
        "order.paid",
        "customer.since",
        "person.birthday",
        "contact.at",
        "contact.next_date",
        "date",
    ]
)
_NUMBERS = frozenset(
    [
        "order.amount",
        "order.cost",
        "order.profit",
        "line.quantity",
        "line.unit_price",
        "line.discount",
        "line.amount",
        "line.cost",
        "line.profit",
        "product.price",
        "product.cost",
        "customer.potential_budget",
        "amount",
        "net",
        "price",
        "cost",
    ]
)
_WORDS = frozenset(
    [
        "customer.kind",
        "customer.trade",
        "customer.channel",
        "customer.language",
        "customer.source",
        "customer.tags",
        "order.kind",
        "contact.channel",
        "contact.direction",
        "contact.outcome",
        "contact.mood",
        "address.province",
        "address.region",
        "address.country",
        "address.town",
        "person.first_name",
        "person.last_name",
        "person.full_name",
        "person.role",
        "contact.person",
        "customer.referent",
        "name",
        "type",
        "status",
        "stato",
        "channel",
        "category",
        "line.category",
        "product.category",
    ]
)
_CODES = frozenset(["customer.number", "order.number", "line.product_code", "product.code", "code", "number"])
_NOT_CODED = frozenset(
    {"line.category", "product.category", "customer.trade", "customer.referent", "category"}
)
_GREETINGS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "prof",
        "sir",
        "mr.",
        "mrs.",
        "ms.",
        "dr.",
        "herr",
        "frau",
        "sig",
        "sig.",
        "sig.ra",
        "sig.ra.",
        "dott.",
        "dott.ssa",
        "sig.na",
        "m.",
        "mme",
        "mlle",
        "sr.",
        "sra.",
    ]
)
_NEEDS = MappingProxyType({"point.email": "email", "person.email": "email"})
_PHONES = frozenset(["point.phone", "point.mobile", "point.fax", "person.phone", "person.mobile"])


def fits(key: str, column: Column) -> float:
    """How well the values suit a target or a generic word: 0 not at all, 1 well."""
    key = key.removesuffix("?")
    if column.empty:
        return 0.75
    if key == "turnover.year":
        return 1.0 if column.share("whole") >= 0.95 and 1980 <= column.largest <= 2100 else 0.0
    if key.startswith("turnover.") or key in _NUMBERS:
        return 1.0 if column.share("number") >= 0.6 else 0.0
    if key in _NEEDS:
        return 1.0 if column.share(_NEEDS[key]) >= 0.4 else 0.0
    if key in _PHONES:
        return _phone(column)
    if key in _DATES:
        return _date(key, column)
    if key in _CODES:
        return _code(key, column)
    if key in _WORDS:
        return _words(key, column)
    return _other(key, column)


def _date(key: str, column: Column) -> float:
    if column.share("date") >= 0.6:
        return 1.0
    return 0.9 if key == "order.paid" and column.share("flag") >= 0.8 else 0.0


def _phone(column: Column) -> float:
    if column.share("date") >= 0.6 or column.share("flag") >= 0.5 or column.share("email") >= 0.3:
        return 0.0
    short = column.share("whole") >= 0.8 and column.largest < 10_000
    return 1.0 if column.share("phone") >= 0.3 and not short else 0.0


def _code(key: str, column: Column) -> float:
    if column.share("email") >= 0.3 or column.share("long") >= 0.2 or _only_flags(column):
        return 0.0
    if column.share("date") >= 0.6 and column.share("whole") < 0.9:
        return 0.0
    if (
        key == "customer.number"
        and column.share("words") >= 0.8
        and any(" " in sample for sample in column.samples)
    ):
        return 0.3
    fractions = column.share("number") - column.share("whole")
    return 0.0 if fractions >= 0.3 and column.share("code") < 0.9 and column.distinct > 0.5 else 1.0


def _only_flags(column: Column) -> bool:
    return column.share("flag") >= 0.99 and column.share("whole") < 0.5


def _words(key: str, column: Column) -> float:
    if column.share("number") >= 0.8:
        return 0.5 if key in _NOT_CODED and column.share("whole") >= 0.8 and key != "customer.trade" else 0.0
    if column.share("date") >= 0.6 or column.share("email") >= 0.5:
        return 0.0
    if column.share("flag") >= 0.9 and key not in ("contact.outcome", "address.province", "address.country"):
        return 0.0
    if key == "address.province" and column.length < 1.5:
        return 0.0
    if key == "person.role" and all(sample.casefold() in _GREETINGS for sample in column.samples):
        return 0.0
    return 0.6 if column.share("long") >= 0.5 else 1.0


def _other(key: str, column: Column) -> float:
    dated, mail = column.share("date") >= 0.6, column.share("email") >= 0.5
    if key == "address.postcode":
        return 1.0 if column.share("words") < 0.5 and column.length <= 11 and not dated else 0.0
    if key == "customer.vat_number":
        sums = column.share("number") - column.share("whole") > 0.3 and column.share("vat") < 0.1
        return (
            1.0
            if 7 <= column.length <= 18 and column.share("words") < 0.5 and not dated and not sums
            else 0.0
        )
    if key == "customer.tax_code":
        return 1.0 if 7 <= column.length <= 20 and column.share("words") < 0.5 and not dated else 0.0
    if key == "customer.website":
        return 1.0 if column.share("link") >= 0.3 and not mail else 0.0
    if key == "contact.time":
        return 1.0 if any(":" in sample for sample in column.samples) and column.length <= 11 else 0.0
    if key == "contact.minutes":
        return (
            1.0 if column.share("number") >= 0.6 or any(":" in sample for sample in column.samples) else 0.0
        )
    if key == "customer.size":
        return 0.0 if dated or mail else 1.0
    if key == "customer.potential_grade":
        return 0.0 if dated or mail or column.share("long") > 0.1 or column.largest > 100 else 1.0
    if key == "order.currency":
        return 1.0 if column.length <= 12 and column.share("number") < 0.5 else 0.0
    if key in ("customer.name", "line.product_name", "product.name", "name"):
        return (
            0.0
            if dated
            or mail
            or column.share("flag") >= 0.9
            or column.share("number") - column.share("whole") > 0.5
            else 1.0
        )
    if key in ("address.street", "address.full"):
        return 0.0 if dated or mail or column.share("number") >= 0.8 else 1.0
    if key in ("customer.notes", "order.note", "contact.text", "contact.next_step", "notes", "description"):
        return 0.0 if dated or column.share("number") >= 0.9 else 1.0
    return 1.0
