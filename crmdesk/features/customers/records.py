"""Companies and people: the records that all other slices may rely on."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Index, Select, select, text, union
from sqlalchemy.orm import Mapped

from crmdesk.core.fields import choices
from crmdesk.core.i18n import N_
from crmdesk.core.kinds import Kind
from crmdesk.core.record import ALIVE, Record, field, link

KINDS = choices(
    ("customer", N_("Customer")),
    ("prospect", N_("Prospect")),
    ("lead", N_("Lead")),
    ("partner", N_("Partner")),
    ("supplier", N_("Supplier")),
    ("former", N_("Former customer")),
)
FORMS = choices(("company", N_("Company")), ("person", N_("Private person")))
SIZES = choices(
    ("one", N_("1 person")),
    ("micro", N_("2 to 9 people")),
    ("small", N_("10 to 49 people")),
    ("medium", N_("50 to 249 people")),
    ("large", N_("250 people and more")),
)
CHANNELS = choices(
    ("phone", N_("Phone")),
    ("email", N_("E-mail")),
    ("visit", N_("Visit")),
    ("letter", N_("Letter")),
    ("message", N_("Message")),
)
LANGUAGES = choices(
    ("it", N_("Italian")),
    ("en", N_("English")),
    ("ru", N_("Russian")),
    ("de", N_("German")),
    ("fr", N_("French")),
    ("es", N_("Spanish")),
)
GRADES = choices(
    ("1", N_("1, very low")),
    ("2", N_("2, low")),
    ("3", N_("3, medium")),
    ("4", N_("4, high")),
    ("5", N_("5, very high")),
)
POINT_KINDS = choices(
    ("phone", N_("Phone")),
    ("mobile", N_("Mobile")),
    ("fax", N_("Fax")),
    ("email", N_("E-mail")),
    ("web", N_("Web")),
)
ADDRESS_KINDS = choices(
    ("office", N_("Office")),
    ("billing", N_("Billing")),
    ("delivery", N_("Delivery")),
    ("home", N_("Home")),
)


class Customer(Record):
    """A company or a private person that buys, might buy, or bought."""

    __tablename__ = "customer"
    __table_args__ = (Index("customer_gone", "id", sqlite_where=text("deleted > 0")),)
    title: ClassVar[str] = N_("Customer")

    name: Mapped[str] = field(Kind.TEXT, N_("Name"), nullable=False, default="", index=True, search=True)
    number: Mapped[str | None] = field(Kind.TEXT, N_("Number"), index=True, search=True)
    form: Mapped[str | None] = field(Kind.CHOICE, N_("Form"), choices=FORMS, default="company")
    kind: Mapped[str | None] = field(Kind.CHOICE, N_("Kind"), choices=KINDS, default="customer")
    trade: Mapped[str | None] = field(Kind.TEXT, N_("Trade"), search=True)
    size: Mapped[str | None] = field(Kind.CHOICE, N_("Size"), choices=SIZES)
    source: Mapped[str | None] = field(Kind.TEXT, N_("Source"))
    referent: Mapped[str | None] = field(Kind.TEXT, N_("Our referent"))
    vat_number: Mapped[str | None] = field(Kind.TAX, N_("VAT number"), index=True, search=True)
    tax_code: Mapped[str | None] = field(Kind.TAX, N_("Tax code"), personal=True, search=True)
    since: Mapped[date | None] = field(Kind.DATE, N_("Customer since"))
    channel: Mapped[str | None] = field(Kind.CHOICE, N_("Preferred channel"), choices=CHANNELS)
    language: Mapped[str | None] = field(Kind.CHOICE, N_("Language"), choices=LANGUAGES)
    website: Mapped[str | None] = field(Kind.LINK, N_("Website"))
    potential_grade: Mapped[str | None] = field(Kind.CHOICE, N_("Potential"), choices=GRADES)
    potential_budget: Mapped[int | None] = field(Kind.MONEY, N_("Yearly budget"))
    notes: Mapped[str | None] = field(Kind.LONG_TEXT, N_("Notes"), personal=True, search=True)

    @classmethod
    def owners(cls, ids: list[str]) -> Select[str] | None:
        return select(cls.id).where(cls.id.in_(ids))


class Person(Record):
    """Somebody who works at one or several customers."""

    __tablename__ = "person"
    title: ClassVar[str] = N_("Person")

    first_name: Mapped[str | None] = field(Kind.TEXT, N_("First name"), personal=True, search=True)
    last_name: Mapped[str | None] = field(Kind.TEXT, N_("Last name"), personal=True, search=True)
    salutation: Mapped[str | None] = field(Kind.TEXT, N_("Salutation"), personal=True)
    birthday: Mapped[date | None] = field(Kind.DATE, N_("Birthday"), personal=True)
    language: Mapped[str | None] = field(Kind.CHOICE, N_("Language"), choices=LANGUAGES)
    channel: Mapped[str | None] = field(Kind.CHOICE, N_("Preferred channel"), choices=CHANNELS)
    best_hours: Mapped[str | None] = field(Kind.TEXT, N_("Best hours"))
    notes: Mapped[str | None] = field(Kind.LONG_TEXT, N_("Notes"), personal=True, search=True)

    @property
    def full_name(self) -> str:
        """First and last name, as far as they are known."""
        return " ".join(part for part in (self.first_name, self.last_name) if part)

    @classmethod
    def owners(cls, ids: list[str]) -> Select[str] | None:
        return select(Affiliation.customer_id).where(Affiliation.person_id.in_(ids))


class Affiliation(Record):
    """A person's role at a customer, from one day to another."""

    __tablename__ = "affiliation"
    title: ClassVar[str] = N_("Role")

    person_id: Mapped[str] = link("person.id", nullable=False)
    customer_id: Mapped[str] = link("customer.id", nullable=False)
    role: Mapped[str | None] = field(Kind.TEXT, N_("Role"))
    decides: Mapped[bool | None] = field(Kind.FLAG, N_("Decision maker"), default=False)
    since: Mapped[date | None] = field(Kind.DATE, N_("From"))
    until: Mapped[date | None] = field(Kind.DATE, N_("To"))


class ContactPoint(Record):
    """A phone number, an e-mail address or another way to reach a customer or a person."""

    __tablename__ = "contact_point"
    title: ClassVar[str] = N_("Phone or e-mail")

    customer_id: Mapped[str | None] = link("customer.id")
    person_id: Mapped[str | None] = link("person.id")
    kind: Mapped[str] = field(Kind.CHOICE, N_("Kind"), choices=POINT_KINDS, nullable=False, default="phone")
    value: Mapped[str] = field(
        Kind.TEXT, N_("Phone or e-mail"), nullable=False, default="", personal=True, search=True
    )
    label: Mapped[str | None] = field(Kind.TEXT, N_("Label"))
    preferred: Mapped[bool | None] = field(Kind.FLAG, N_("Preferred"), default=False)

    @classmethod
    def owners(cls, ids: list[str]) -> Select[str] | None:
        own = select(cls.customer_id).where(cls.id.in_(ids), cls.customer_id.is_not(None))
        through = (
            select(Affiliation.customer_id)
            .join(cls, cls.person_id == Affiliation.person_id)
            .where(cls.id.in_(ids), Affiliation.deleted == ALIVE)
        )
        both = union(own, through).subquery()
        return select(both.c.customer_id)


class Address(Record):
    """Where a customer or a person is found, is billed, or takes delivery."""

    __tablename__ = "address"
    title: ClassVar[str] = N_("Address")

    customer_id: Mapped[str | None] = link("customer.id")
    person_id: Mapped[str | None] = link("person.id")
    kind: Mapped[str | None] = field(Kind.CHOICE, N_("Kind"), choices=ADDRESS_KINDS, default="office")
    street: Mapped[str | None] = field(Kind.TEXT, N_("Street"), personal=True, search=True)
    postcode: Mapped[str | None] = field(Kind.TEXT, N_("Postcode"), search=True)
    town: Mapped[str | None] = field(Kind.TEXT, N_("Town"), search=True)
    province: Mapped[str | None] = field(Kind.TEXT, N_("Province"))
    country: Mapped[str | None] = field(Kind.TEXT, N_("Country"))
    preferred: Mapped[bool | None] = field(Kind.FLAG, N_("Preferred"), default=False)


class Tag(Record):
    """A word put on a customer to find it again."""

    __tablename__ = "tag"
    title: ClassVar[str] = N_("Tag")

    customer_id: Mapped[str] = link("customer.id", nullable=False)
    name: Mapped[str] = field(Kind.TEXT, N_("Tag"), nullable=False, default="", search=True)


class Firm(Record):
    """The owner's own firm: one row per file."""

    __tablename__ = "firm"
    title: ClassVar[str] = N_("Firm")

    name: Mapped[str] = field(Kind.TEXT, N_("Name of the firm"), nullable=False, default="")
    currency: Mapped[str] = field(Kind.TEXT, N_("Currency"), nullable=False, default="EUR")
