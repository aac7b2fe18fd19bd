"""The words and signs of the import: fields by name, values by icon, what will be done to a column."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from crmdesk.core.i18n import N_, Region, _
from crmdesk.core.kinds import Kind
from crmdesk.features.exchange.columns import Column
from crmdesk.features.exchange.mapping import Confidence
from crmdesk.features.exchange.rules import SheetPlan
from crmdesk.features.exchange.targets import Target, target

RECORD_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "customer": N_("Customer"),
        "point": N_("Phones and e-mails"),
        "address": N_("Address"),
        "person": N_("Person"),
        "contact": N_("Log entry"),
        "order": N_("Order"),
        "line": N_("Order line"),
        "product": N_("Product"),
        "turnover": N_("Yearly turnover"),
    }
)
SHEET_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "customers": N_("customers"),
        "people": N_("people"),
        "log": N_("log entries"),
        "orders": N_("orders"),
        "lines": N_("order lines"),
        "products": N_("products"),
        "turnover": N_("yearly turnover"),
    }
)
OUTCOMES: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "created": (N_("Create"), "plus", "ok"),
        "updated": (N_("Update"), "pencil", "accent"),
        "unchanged": (N_("Unchanged"), "minus", "text_3"),
        "skipped": (N_("Skipped"), "circle", "text_3"),
        "refused": (N_("Refused"), "circle-alert", "late"),
    }
)
GUESSES: Mapping[Confidence, tuple[str, str, str]] = MappingProxyType(
    {
        Confidence.SURE: (N_("Sure"), "circle-check", "ok"),
        Confidence.LIKELY: (N_("Likely"), "circle-dot", "text_2"),
        Confidence.CHECK: (N_("Check"), "triangle-alert", "due"),
    }
)
ORDERS: Mapping[str, str] = MappingProxyType(
    {"dmy": N_("day first"), "mdy": N_("month first"), "ymd": N_("year first")}
)
_OWN = frozenset({"customer", "point", "address", "turnover"})
_ICONS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.MONEY: "euro",
        Kind.NUMBER: "hash",
        Kind.PERCENT: "percent",
        Kind.DATE: "calendar",
        Kind.DATETIME: "clock",
        Kind.CHOICE: "list-checks",
        Kind.FLAG: "square-check",
        Kind.PHONE: "phone",
        Kind.EMAIL: "mail",
        Kind.LINK: "link",
        Kind.TAX: "receipt",
        Kind.LONG_TEXT: "message-square",
    }
)
_RECORD_ICONS: Mapping[str, str] = MappingProxyType({"person": "user", "address": "map-pin"})


def field_name(key: str) -> str:
    """What a field is called; fields of orders, people and so on name their record too."""
    if not key:
        return _("Leave out")
    found = target(key)
    if found is None:
        return key
    if found.record == "turnover" and found.field.isdigit():
        return _("Turnover {year}").format(year=found.field)
    name = _(found.label)
    if found.record in _OWN or _(RECORD_LABELS[found.record]).casefold() in name.casefold():
        return name
    return _("{record}: {field}").format(record=_(RECORD_LABELS[found.record]), field=name.lower())


def column_icon(column: Column, key: str) -> str:
    """The sign of a column: by its field, else by its values."""
    found = target(key)
    if found is not None:
        if found.kind in _ICONS:
            return _ICONS[found.kind]
        if found.field in ("number", "code", "product_code", "id"):
            return "tag"
        return _RECORD_ICONS.get(found.record, "file-text")
    for sort, icon in (("date", "calendar"), ("email", "mail"), ("number", "hash"), ("link", "link")):
        if column.share(sort) >= 0.6:
            return icon
    return "file-text"


def will_do(column: Column, plan: SheetPlan, key: str, region: Region) -> str:
    """What will be done to the values of a column, in a few words."""
    found = target(key)
    if found is None:
        return ""
    parts = _by_kind(column, plan, found, region)
    if column.leading_zeros and found.kind in (Kind.TEXT, Kind.TAX):
        parts.append(_("leading zeros kept"))
    if column.empty_words:
        words = ", ".join(sorted(column.empty_words)[:2])
        parts.append(_("“{words}” is empty").format(words=words))
    return ", ".join(parts)


def _by_kind(column: Column, plan: SheetPlan, found: Target, region: Region) -> list[str]:
    if found.key == "person.full_name":
        return [_("split: first, last")]
    if found.key == "address.full":
        return [_("split: street, postcode, town")]
    if found.kind in (Kind.DATE, Kind.DATETIME):
        order = column.date_order or plan.date_order
        return [_(ORDERS[order])] if order else []
    if found.kind in (Kind.MONEY, Kind.NUMBER, Kind.PERCENT):
        mark = column.decimal or plan.decimal
        parts = [_("comma decimals") if mark == "," else _("point decimals")] if mark else []
        if found.kind is Kind.PERCENT and column.fraction:
            parts.append(_("0.15 becomes 15 %"))
        return parts
    if found.kind is Kind.PHONE:
        return [_("country {country}").format(country=region.phone_country)]
    if found.kind is Kind.CHOICE:
        return [_("matched with the list")]
    if found.kind in (Kind.TAX, Kind.EMAIL):
        return [_("checked")]
    return [_("spaces trimmed")] if found.kind is Kind.TEXT and not column.leading_zeros else []


def holds(plan: SheetPlan) -> str:
    """What a sheet holds, in words."""
    if not plan.kinds:
        return _("not understood yet")
    return ", ".join(_(SHEET_KINDS[kind]) for kind in plan.kinds)
