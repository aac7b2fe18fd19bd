"""What the value stands on: orders and invoices with their lines, products, and yearly turnover."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import Index, Select, select
from sqlalchemy.orm import Mapped

from crmdesk.core.fields import choices
from crmdesk.core.i18n import N_
from crmdesk.core.kinds import Kind
from crmdesk.core.record import Record, field, link

KINDS = choices(("order", N_("Order")), ("invoice", N_("Invoice")), ("credit", N_("Credit note")))


class Order(Record):
    """An order, an invoice or a return; a return has a negative amount."""

    __tablename__ = "orders"
    __table_args__ = (
        Index("orders_customer_date", "customer_id", "date", "amount", "deleted", "currency", "cost"),
        Index("orders_date", "date", "id"),
    )
    title: ClassVar[str] = N_("Order")

    customer_id: Mapped[str] = link("customer.id", nullable=False, index=False)
    number: Mapped[str | None] = field(Kind.TEXT, N_("Order number"), index=True, search=True)
    date: Mapped[dt.date] = field(Kind.DATE, N_("Date"), nullable=False)
    kind: Mapped[str | None] = field(Kind.CHOICE, N_("Kind"), choices=KINDS, default="order")
    amount: Mapped[int] = field(Kind.MONEY, N_("Amount"), nullable=False, default=0)
    cost: Mapped[int | None] = field(Kind.MONEY, N_("Cost"))
    currency: Mapped[str | None] = field(Kind.TEXT, N_("Currency"))
    due: Mapped[dt.date | None] = field(Kind.DATE, N_("Due"))
    paid: Mapped[dt.date | None] = field(Kind.DATE, N_("Paid"))
    note: Mapped[str | None] = field(Kind.LONG_TEXT, N_("Note"), search=True)


class OrderLine(Record):
    """One line of an order: so much of a product for so much money, net of tax."""

    __tablename__ = "order_line"
    title: ClassVar[str] = N_("Order line")

    order_id: Mapped[str] = link("orders.id", nullable=False)
    product_id: Mapped[str | None] = link("product.id")
    position: Mapped[float | None] = field(Kind.NUMBER, N_("Position"), listed=False)
    description: Mapped[str | None] = field(Kind.TEXT, N_("Description"))
    quantity: Mapped[float | None] = field(Kind.NUMBER, N_("Quantity"))
    unit_price: Mapped[int | None] = field(Kind.MONEY, N_("Unit price"))
    discount: Mapped[float | None] = field(Kind.PERCENT, N_("Discount"))
    amount: Mapped[int] = field(Kind.MONEY, N_("Amount"), nullable=False, default=0)
    cost: Mapped[int | None] = field(Kind.MONEY, N_("Cost"))

    @classmethod
    def owners(cls, ids: list[str]) -> Select[str] | None:
        return select(Order.customer_id).join(cls, cls.order_id == Order.id).where(cls.id.in_(ids))


class Product(Record):
    """Something the firm sells."""

    __tablename__ = "product"
    title: ClassVar[str] = N_("Product")

    code: Mapped[str | None] = field(Kind.TEXT, N_("Product code"), index=True)
    name: Mapped[str] = field(Kind.TEXT, N_("Product"), nullable=False, default="")
    category: Mapped[str | None] = field(Kind.TEXT, N_("Category"))
    price: Mapped[int | None] = field(Kind.MONEY, N_("Price"))
    cost: Mapped[int | None] = field(Kind.MONEY, N_("Cost"))


class YearTurnover(Record):
    """What a customer bought in one year, where the single orders are not known."""

    __tablename__ = "year_turnover"
    title: ClassVar[str] = N_("Yearly turnover")

    customer_id: Mapped[str] = link("customer.id", nullable=False)
    year: Mapped[float] = field(Kind.NUMBER, N_("Year"), nullable=False)
    amount: Mapped[int] = field(Kind.MONEY, N_("Turnover"), nullable=False, default=0)
