"""What the contact log brings: records, figures per customer, moments and texts to search."""

from __future__ import annotations

from crmdesk.core.feature import Feature, Moments
from crmdesk.core.i18n import N_
from crmdesk.core.kept import Measure
from crmdesk.core.kinds import Kind
from crmdesk.core.search import SearchSource
from crmdesk.features.timeline import queries
from crmdesk.features.timeline.records import Interaction, Participant

_WATCHES = (Interaction,)

feature = Feature(
    name="timeline",
    needs=("customers",),
    records=(Interaction, Participant),
    measures=(
        Measure("last_contact", N_("Last contact"), Kind.DATE, queries.last_contact, _WATCHES, indexed=True),
        Measure("next_due", N_("Next action on"), Kind.DATE, queries.next_due, _WATCHES, indexed=True),
        Measure("next_what", N_("Next action"), Kind.TEXT, queries.next_what, _WATCHES, listed=False),
        Measure("contacts_12m", N_("Contacts 12 m"), Kind.NUMBER, queries.contacts_12m, _WATCHES),
    ),
    moments=(Moments("contact", N_("Contacts"), queries.moments),),
    searches=(SearchSource(Interaction, queries.docs),),
)
