"""All fields of a customer, in sections; each is stored when it is left."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crmdesk.core.errors import UserError
from crmdesk.core.i18n import N_, _
from crmdesk.features.customers import queries
from crmdesk.features.customers.queries import CustomerCard
from crmdesk.features.customers.records import Customer
from crmdesk.features.customers.ui import editing
from crmdesk.features.customers.ui.points import AddressRows, PointRows, TagRow
from crmdesk.qt.desk import Desk
from crmdesk.qt.page import Panel
from crmdesk.qt.record_form import RecordForm, Section
from crmdesk.qt.widgets import scrolling, section_label

SECTIONS = (
    Section(N_("Who"), ("name", "number", "form", "kind", "trade", "size", "language")),
    Section(N_("Identifiers"), ("vat_number", "tax_code")),
    Section(N_("Relationship"), ("since", "source", "referent", "channel", "website")),
    Section(N_("Potential"), ("potential_grade", "potential_budget")),
)
NOTES = (Section(N_("Notes"), ("notes",)),)


class DetailsPanel(Panel):
    """The fields of the customer, its numbers, addresses and tags."""

    name = "details"
    title = N_("Details")
    icon = "file-text"
    tables = frozenset({"customer", "contact_point", "address", "tag"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the forms."""
        super().__init__(desk, parent)
        currency = desk.region.currency
        self.form = RecordForm(Customer.fields(), desk.region, currency, SECTIONS)
        self.notes = RecordForm((Customer.field("notes"),), desk.region, currency, NOTES)
        self.points = PointRows(desk)
        self.addresses = AddressRows(desk)
        self.tags = TagRow(desk)
        self._build()
        for form in (self.form, self.notes):
            form.changed.connect(lambda name, value, which=form: self._commit(which, name, value))

    def _build(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(20, 14, 20, 20)
        column.setSpacing(8)
        column.addWidget(self.form)
        for title, part in (
            (_("Phones and e-mails"), self.points),
            (_("Addresses"), self.addresses),
            (_("Tags"), self.tags),
        ):
            column.addSpacing(8)
            column.addWidget(section_label(title))
            column.addWidget(part)
        column.addSpacing(8)
        column.addWidget(self.notes)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(inner))

    def refresh(self) -> None:
        """Show the customer's present values."""
        if self.customer is None:
            return
        with self.desk.store.read() as session:
            card = queries.card(session, self.customer)
        if card is not None:
            self._show(card)

    def _show(self, card: CustomerCard) -> None:
        self.form.set_values(card.values)
        self.notes.set_values(card.values)
        self.points.show_of(Customer, card.id, card.name, card.points)
        self.addresses.show_of(Customer, card.id, card.name, card.addresses)
        self.tags.show_of(Customer, card.id, card.name, card.tags)

    def _commit(self, form: RecordForm, name: str, value: object) -> None:
        if self.customer is None:
            return
        try:
            editing.set_value(self.desk, Customer, self.customer, name, value)
        except UserError as error:
            self.refresh()
            form.set_note(name, str(error))
