"""What the owner does about values: set a rate, and take all own rates back."""

from __future__ import annotations

from crmdesk.core.write import Write
from crmdesk.features.knowledge import judgement
from crmdesk.features.knowledge.records import Rate


def set_rate(session: Write, name: str, value: float) -> None:
    """Keep an own rate; the default again where that is the value."""
    number = judgement.checked(name, value)
    found = session.execute(Rate.alive().where(Rate.name == name).order_by(Rate.id)).scalars().all()
    default = getattr(judgement.Judgement(), name)
    if number == default:
        for rate in found:
            session.trash(rate)
    elif found:
        found[0].number = float(number)
    else:
        session.add(Rate(name=name, number=float(number)))


def reset_rates(session: Write) -> None:
    """Take all own rates back at once."""
    for rate in session.execute(Rate.alive()).scalars().all():
        session.trash(rate)
