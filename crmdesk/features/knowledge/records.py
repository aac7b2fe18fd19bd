"""What the owner says of values: the own rates in place of the defaults."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy.orm import Mapped

from crmdesk.core.i18n import N_
from crmdesk.core.kinds import Kind
from crmdesk.core.record import Record, field


class Rate(Record):
    """One rate of the owner's judgement; one row per name."""

    __tablename__ = "value_rate"
    title: ClassVar[str] = N_("Rate")

    name: Mapped[str] = field(Kind.TEXT, N_("Name"), nullable=False, default="")
    number: Mapped[float] = field(Kind.NUMBER, N_("Number"), nullable=False, default=0.0)
