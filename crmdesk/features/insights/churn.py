"""The ledger of silence: who is overdue by the own rhythm, and how often such alarms were right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from crmdesk.features.knowledge.facts import Facts
from crmdesk.features.models import activity
from crmdesk.features.value.worth import State, Valuation, Worth


@dataclass(frozen=True, slots=True)
class Alarms:
    """Alarms raised on a past day: how many, how many fell silent indeed, and the same for everybody."""

    day: date
    until: date
    raised: int
    right: int
    customers: int
    silent: int

    @property
    def hit_share(self) -> float | None:
        """The share of alarms that were right."""
        return self.right / self.raised if self.raised else None

    @property
    def base_share(self) -> float | None:
        """The share of all customers that fell silent."""
        return self.silent / self.customers if self.customers else None


def ledger(valuation: Valuation) -> list[Worth]:
    """The customers who are overdue by their own rhythm, most money at risk first."""
    limit = valuation.judgement.overdue
    found = [
        one
        for one in valuation.customers
        if one.state is State.ACTIVE and one.overdue is not None and one.overdue >= limit
    ]
    return sorted(found, key=lambda one: (-at_risk(one), one.id))


def at_risk(one: Worth) -> float:
    """The value that may be lost: yearly margin times the risk of leaving."""
    return max(one.yearly_margin, 0.0) * (one.churn_risk or 0.0)


def alarms(facts: Facts, limit: float, day: date | None = None, days: int = 365) -> Alarms | None:
    """How right the alarms of a past day were; None where the history is too short."""
    span = facts.span()
    if span is None:
        return None
    day = day or max(span[1] - timedelta(days), span[1] - (span[1] - span[0]) / 4)
    until = min(day + timedelta(days), span[1])
    known = facts.until(day)
    histories = {one.id: found for one in known.customers if (found := one.history(day)) is not None}
    gap = activity.mean_gap(histories.values())
    later = {one.id: any(day < bought.day <= until for bought in one.purchases) for one in facts.customers}
    raised = [i for i, one in histories.items() if (activity.overdue(one, gap) or 0.0) >= limit]
    if day >= until or not histories:
        return None
    return Alarms(
        day,
        until,
        len(raised),
        sum(not later[ident] for ident in raised),
        len(histories),
        sum(not later[ident] for ident in histories),
    )
