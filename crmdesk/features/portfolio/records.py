"""What the owner decides about the portfolio: cuts, exceptions and own playbook texts."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped

from crmdesk.core.fields import choices
from crmdesk.core.i18n import N_
from crmdesk.core.kinds import Kind
from crmdesk.core.record import Record, field, link

MODES = choices(("pareto", N_("Pareto 80 %")), ("fixed", N_("Fixed amount")), ("median", N_("Median")))
CLUSTERS = choices(
    ("key", N_("Key")),
    ("develop", N_("To develop")),
    ("maintain", N_("Maintenance")),
    ("marginal", N_("Marginal")),
)


class Cut(Record):
    """How one axis of the quadrant is cut; one row per axis."""

    __tablename__ = "portfolio_cut"
    title: ClassVar[str] = N_("Cut")

    axis: Mapped[str] = field(Kind.TEXT, N_("Axis"), nullable=False, default="turnover")
    mode: Mapped[str] = field(Kind.CHOICE, N_("Rule"), choices=MODES, nullable=False, default="pareto")
    value: Mapped[int | None] = field(Kind.MONEY, N_("Amount"))


class Override(Record):
    """The owner's own judgement of where a customer stands, with a reason and an end."""

    __tablename__ = "portfolio_override"
    title: ClassVar[str] = N_("Own judgement")

    customer_id: Mapped[str] = link("customer.id", nullable=False)
    cluster: Mapped[str] = field(Kind.CHOICE, N_("Cluster"), choices=CLUSTERS, nullable=False, default="key")
    reason: Mapped[str | None] = field(Kind.TEXT, N_("Reason"))
    until: Mapped[date | None] = field(Kind.DATE, N_("Until"))


class PlaybookText(Record):
    """A text of the playbook that the owner wrote in place of the shipped one."""

    __tablename__ = "playbook_text"
    title: ClassVar[str] = N_("Playbook")

    cluster: Mapped[str] = field(Kind.CHOICE, N_("Cluster"), choices=CLUSTERS, nullable=False, default="key")
    part: Mapped[str] = field(Kind.TEXT, N_("Part"), nullable=False, default="aim")
    text: Mapped[str] = field(Kind.LONG_TEXT, N_("Text"), nullable=False, default="")
