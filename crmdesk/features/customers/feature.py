"""What the customers slice brings: companies, people, their sorting name, town, phone, words to search."""

from __future__ import annotations

from crmdesk.core.feature import Feature
from crmdesk.core.i18n import N_
from crmdesk.core.kept import Measure
from crmdesk.core.kinds import Kind
from crmdesk.core.search import SearchSource
from crmdesk.features.customers import actions, measures
from crmdesk.features.customers.records import (
    Address,
    Affiliation,
    ContactPoint,
    Customer,
    Firm,
    Person,
    Tag,
)

feature = Feature(
    name="customers",
    records=(Customer, Person, Affiliation, ContactPoint, Address, Tag, Firm),
    measures=(
        Measure(
            "sort_name",
            N_("Name"),
            Kind.TEXT,
            measures.sort_names,
            (Customer,),
            indexed=True,
            listed=False,
        ),
        Measure("town", N_("Town"), Kind.TEXT, measures.towns, (Address,), indexed=True),
        Measure("phone", N_("Phone"), Kind.PHONE, measures.phones, (ContactPoint, Affiliation)),
    ),
    searches=(SearchSource(Customer, measures.customer_docs, by_customer=True),),
    begin=actions.establish_firm,
)
