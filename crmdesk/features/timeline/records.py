"""The contact log: what was said, when, by which channel, and what comes next."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Index, Select, select
from sqlalchemy.orm import Mapped

from crmdesk.core.fields import choices
from crmdesk.core.i18n import N_
from crmdesk.core.kinds import Kind
from crmdesk.core.record import Record, field, link

CHANNELS = choices(
    ("phone", N_("Call")),
    ("visit", N_("Visit")),
    ("email", N_("E-mail")),
    ("meeting", N_("Meeting")),
    ("message", N_("Message")),
    ("letter", N_("Letter")),
    ("fax", N_("Fax")),
    ("form", N_("Web form")),
    ("web", N_("Web")),
    ("reseller", N_("Reseller")),
    ("note", N_("Note")),
)
DIRECTIONS = choices(("out", N_("From us")), ("in", N_("From the customer")))
OUTCOMES = choices(
    ("reached", N_("Reached")),
    ("no_answer", N_("No answer")),
    ("busy", N_("Busy")),
    ("nobody_competent", N_("Nobody competent")),
    ("wrong_number", N_("Wrong number")),
    ("refused", N_("Refused")),
)
MOODS = choices(
    ("5", N_("Delighted")),
    ("4", N_("Content")),
    ("3", N_("Neutral")),
    ("2", N_("Annoyed")),
    ("1", N_("Angry")),
)
STATES = choices(("done", N_("Done")), ("planned", N_("Planned")), ("dropped", N_("Dropped")))


class Interaction(Record):
    """One contact with a customer, past or planned."""

    __tablename__ = "interaction"
    __table_args__ = (
        Index("interaction_customer_at", "customer_id", "at", "state", "deleted", "channel"),
        Index("interaction_state_at", "state", "at"),
    )
    title: ClassVar[str] = N_("Log entry")

    customer_id: Mapped[str] = link("customer.id", nullable=False, index=False)
    state: Mapped[str] = field(Kind.CHOICE, N_("State"), choices=STATES, nullable=False, default="done")
    channel: Mapped[str | None] = field(Kind.CHOICE, N_("Channel"), choices=CHANNELS, default="phone")
    direction: Mapped[str | None] = field(Kind.CHOICE, N_("Direction"), choices=DIRECTIONS)
    at: Mapped[datetime] = field(Kind.DATETIME, N_("When"), nullable=False)
    minutes: Mapped[float | None] = field(Kind.NUMBER, N_("Minutes"))
    outcome: Mapped[str | None] = field(Kind.CHOICE, N_("Outcome"), choices=OUTCOMES)
    mood: Mapped[str | None] = field(Kind.CHOICE, N_("Mood"), choices=MOODS)
    text: Mapped[str | None] = field(Kind.LONG_TEXT, N_("Text"), personal=True, search=True)
    follows_id: Mapped[str | None] = link("interaction.id")


class Participant(Record):
    """A person who took part in a contact."""

    __tablename__ = "participant"
    title: ClassVar[str] = N_("Participant")

    interaction_id: Mapped[str] = link("interaction.id", nullable=False)
    person_id: Mapped[str] = link("person.id", nullable=False)

    @classmethod
    def owners(cls, ids: list[str]) -> Select[str] | None:
        return select(Interaction.customer_id).join(cls).where(cls.id.in_(ids))
