"""What would change a value: an order today, further silence, and the days on which a customer would turn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from crmdesk.features.knowledge.facts import Day, Facts
from crmdesk.features.models.activity import DAYS_PER_WEEK
from crmdesk.features.value.appraise import LOST_GAPS, LOST_WINDOWS, appraise
from crmdesk.features.value.worth import Valuation, Worth

MONTH_DAYS = 30.4375
SILENCE = 90


@dataclass(frozen=True, slots=True)
class Turning:
    """The equity after an order today or after more silence; when silence is overdue, and when a loss."""

    now: int | None
    after_order: int | None
    after_silence: int | None
    overdue_from: date | None
    lost_from: date | None


def turning(facts: Facts, valuation: Valuation, ident: str) -> Turning | None:
    """What would change the value of one customer, by the models as they were fitted."""
    one = valuation.of(ident)
    if one is None:
        return None
    return Turning(
        one.equity,
        _equity(_with_order(facts, one), valuation, ident),
        _equity(replace(facts, as_of=facts.as_of + timedelta(SILENCE)), valuation, ident),
        _overdue_from(one, valuation),
        _lost_from(one, valuation),
    )


def _equity(facts: Facts, valuation: Valuation, ident: str) -> int | None:
    only = replace(facts, customers=tuple(one for one in facts.customers if one.id == ident))
    changed = appraise(only, valuation.judgement, None, valuation.firm).of(ident)
    if changed is None or changed.clv is None:
        return None
    before = valuation.of(ident)
    beside = (before.growth or 0) + (before.word_of_mouth or 0) if before else 0
    return changed.clv + beside


def _with_order(facts: Facts, one: Worth) -> Facts:
    amount = one.inputs.order
    customers = tuple(
        replace(known, days=(*known.days, Day(facts.as_of, amount, amount))) if known.id == one.id else known
        for known in facts.customers
    )
    return replace(facts, customers=customers)


def _overdue_from(one: Worth, valuation: Valuation) -> date | None:
    if one.inputs.last is None or one.inputs.usual_gap is None:
        return None
    return one.inputs.last + timedelta(valuation.judgement.overdue * one.inputs.usual_gap * DAYS_PER_WEEK)


def _lost_from(one: Worth, valuation: Valuation) -> date | None:
    if one.inputs.last is None:
        return None
    window = LOST_WINDOWS * valuation.judgement.window * MONTH_DAYS
    gaps = LOST_GAPS * (one.inputs.usual_gap or 0.0) * DAYS_PER_WEEK
    return one.inputs.last + timedelta(max(window, gaps))
