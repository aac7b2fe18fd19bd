"""What the owner decides in the portfolio: cuts, own judgements, grades and playbook texts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from crmdesk.core.errors import InvalidValue
from crmdesk.core.i18n import _
from crmdesk.core.write import Write
from crmdesk.features.customers.records import Customer
from crmdesk.features.portfolio.records import Cut, Override, PlaybookText
from crmdesk.features.portfolio.rules import Axis, Cluster

Mode = Literal["pareto", "fixed", "median"]
PARTS = ("aim", "do", "dont", "phrases")


def set_cut(session: Write, axis: Axis, mode: Mode, value: int | None = None) -> None:
    """Say how an axis is cut; a fixed cut needs an amount in cents."""
    if mode == "fixed" and (value is None or value <= 0):
        raise InvalidValue(_("A cut needs an amount above zero."))
    known = session.execute(Cut.alive().where(Cut.axis == axis)).scalars().first()
    if known is None:
        known = Cut(axis=axis)
        session.add(known)
    known.mode, known.value = mode, value if mode == "fixed" else None


def set_override(
    session: Write, customer: str, cluster: Cluster, reason: str = "", until: date | None = None
) -> None:
    """Put a customer into a cluster by the owner's own judgement, until a day."""
    session.get_alive(Customer, customer)
    clear_override(session, customer)
    session.add(
        Override(customer_id=customer, cluster=cluster.value, reason=reason.strip() or None, until=until)
    )


def clear_override(session: Write, customer: str) -> None:
    """Let the calculation decide again where a customer stands."""
    for known in session.execute(Override.alive().where(Override.customer_id == customer)).scalars():
        session.trash(known)


def set_grade(session: Write, customers: Iterable[str], grade: int | None) -> None:
    """Judge the potential of customers from 1 to 5, or take the judgement back."""
    if grade is not None and not 1 <= grade <= 5:
        raise InvalidValue(_("A potential grade goes from 1 to 5."))
    for ident in customers:
        session.get_alive(Customer, ident).potential_grade = None if grade is None else str(grade)


def write_playbook(session: Write, cluster: Cluster, part: str, text: str) -> None:
    """Write an own text, one line per point; an empty one brings the shipped text back."""
    if part not in PARTS:
        raise ValueError(part)
    query = PlaybookText.alive().where(PlaybookText.cluster == cluster.value, PlaybookText.part == part)
    known = session.execute(query).scalars().first()
    tidy = "\n".join(line.strip() for line in text.strip().splitlines() if line.strip())
    if known is not None and not tidy:
        session.trash(known)
    elif known is not None:
        known.text = tidy
    elif tidy:
        session.add(PlaybookText(cluster=cluster.value, part=part, text=tidy))
