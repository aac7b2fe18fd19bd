"""Reckons the worth of every customer: current value, growth, word of mouth, each line to the cent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import fsum

from crmdesk.core import dates, money
from crmdesk.core.i18n import _
from crmdesk.core.jobs import Progress
from crmdesk.features.knowledge import referral
from crmdesk.features.knowledge.evidence import Evidence, Level, Method
from crmdesk.features.knowledge.facts import Facts, Known
from crmdesk.features.knowledge.firm import FirmModel, Group, fit_firm, histories_of, own_quarters, years_of
from crmdesk.features.knowledge.judgement import Judgement
from crmdesk.features.knowledge.referral import Newcomers
from crmdesk.features.models import activity
from crmdesk.features.models.activity import WEEKS_PER_YEAR, History
from crmdesk.features.models.spend import margin_rate
from crmdesk.features.models.yearly import Years, since_first
from crmdesk.features.patterns import gaps as growth
from crmdesk.features.patterns.gaps import Peers
from crmdesk.features.value import equity
from crmdesk.features.value.equity import Current, Terms
from crmdesk.features.value.worth import Inputs, Line, Part, State, Valuation, Worth

LOST_WINDOWS, LOST_GAPS = 3, 6.0


@dataclass(slots=True)
class Desk:
    """Everything that all customers of one run share."""

    facts: Facts
    judgement: Judgement
    firm: FirmModel
    histories: Mapping[str, History]
    years: Mapping[str, Sequence[float]]
    peers: Peers
    ahead: dict[tuple[int, float], list[float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """One customer's value before its options and its cents."""

    known: Known
    state: State
    evidence: Evidence
    current: Current | None
    churn: float | None
    overdue: float | None
    inputs: Inputs
    margin_rate: float


def appraise(
    facts: Facts, judgement: Judgement, progress: Progress | None = None, firm: FirmModel | None = None
) -> Valuation:
    """One whole run over all customers as they were known on a day; the models may be those of another."""
    line = progress or Progress()
    line.step(0, len(facts.customers), _("Fitting the models"))
    desk = _desk(facts, judgement, firm or fit_firm(facts, judgement))
    total = len(facts.customers)
    drafts = []
    for done, known in enumerate(sorted(facts.customers, key=lambda one: one.id)):
        line.step(done, total, _("Reckoning values"))
        drafts.append(_draft(known, desk))
    values = [one.current.value for one in drafts if one.current is not None]
    newcomers = Newcomers(fsum(values) / len(values) if values else 0.0, _referral_rate(facts))
    worths = [_worth(draft, desk, newcomers) for draft in drafts]
    line.step(total, total, _("Reckoning values"))
    ordered = sorted(worths, key=lambda one: (one.equity is None, -(one.equity or 0), one.id))
    return Valuation(facts.as_of, facts.currency, judgement, desk.firm, tuple(ordered), facts.foreign)


def _desk(facts: Facts, judgement: Judgement, firm: FirmModel) -> Desk:
    amounts = {one.id: one.categories for one in facts.customers if one.categories}
    groups = {one.id: one.group for one in facts.customers}
    return Desk(facts, judgement, firm, histories_of(facts), years_of(facts), Peers(amounts, groups))


def _referral_rate(facts: Facts) -> float:
    voices = [one.voice for one in facts.customers if one.days or one.years]
    years = fsum(one.years for one in voices)
    return sum(one.won for one in voices) / years if years else 0.0


def _draft(known: Known, desk: Desk) -> Draft:
    history = desk.histories.get(known.id)
    inputs, terms = _inputs(known, history, desk)
    if history is None:
        return _without_orders(known, inputs, terms, desk)
    late = activity.overdue(history, desk.firm.mean_gap)
    window = desk.judgement.window / 12 * WEEKS_PER_YEAR
    quiet = history.T - history.t_x
    gone = quiet > LOST_WINDOWS * window and (late is None or late > LOST_GAPS)
    state = State.CLOSED if known.closed else State.LOST if gone else State.ACTIVE
    evidence, current, churn = desk.firm.evidence, None, None
    if desk.firm.evidence.method is Method.MODEL:
        current, churn = _by_model(history, terms, window, desk)
    elif desk.firm.evidence.method is Method.GROUP:
        current, churn = _by_group(known, history, terms, window, desk)
    else:
        yearly = known.net(dates.add_months(desk.facts.as_of, -12), desk.facts.as_of)
        keep = desk.firm.retention
        current, churn = equity.by_years(yearly, terms, 1.0, keep, _recent(known, desk)), 1 - keep
    if history.T == 0 and state is State.ACTIVE:
        state = State.NEW
        if evidence.level is Level.MODEL:
            evidence = Evidence(Level.SHRUNK, evidence.method, "new")
    return Draft(known, state, evidence, current, churn, late, inputs, terms.margin)


def _by_model(history: History, terms: Terms, window: float, desk: Desk) -> tuple[Current, float]:
    model, key = desk.firm.activity, (history.x, history.T)
    if key not in desk.ahead:
        desk.ahead[key] = equity.quarters_ahead(model, history.x, history.T, terms.years)
    return equity.by_model(model, history, terms, desk.ahead[key]), model.silent(history, window)


def _by_group(
    known: Known, history: History, terms: Terms, window: float, desk: Desk
) -> tuple[Current, float]:
    """The value by the group's averages: retention, years of silence, turnover drawn to the mean."""
    group = desk.firm.by_orders
    silent = int((history.T - history.t_x) / WEEKS_PER_YEAR)
    level = group.yearly(own_quarters(known, desk.facts))
    kept = 1 - group.years.theta
    orders = level / terms.order if terms.order > 0 else 0.0
    current = equity.by_years(level, terms, group.years.alive(silent), kept, orders, group.growth)
    share = window / WEEKS_PER_YEAR
    return current, 1 - group.years.active_next(silent) if share == 1 else _scaled(group, silent, share)


def _scaled(group: Group, silent: int, share: float) -> float:
    """The risk for a window that is not a year: the quiet share to the power of the window."""
    alive = group.years.alive(silent) * (1 - group.years.theta)
    return float(1 - alive + alive * (1 - group.years.p) ** share)


def _recent(known: Known, desk: Desk) -> int:
    start = dates.add_months(desk.facts.as_of, -12)
    return sum(day.day > start for day in known.purchases)


def _without_orders(known: Known, inputs: Inputs, terms: Terms, desk: Desk) -> Draft:
    state = State.CLOSED if known.closed else State.ACTIVE
    own = desk.years.get(known.id)
    if own is not None and any(amount > 0 for amount in own):
        found, group = Years.of(own), desk.firm.by_years
        if group is not None and found is not None:
            level = group.yearly(since_first(own))
            kept, alive = 1 - group.years.theta, group.years.alive(found.silent)
            current = equity.by_years(level, terms, alive, kept, 0.0, group.growth)
            churn = 1 - group.years.active_next(found.silent)
            return Draft(
                known, state, Evidence(Level.SHRUNK, Method.GROUP, "yearly"), current, churn, None, inputs,
                terms.margin,
            )  # fmt: skip
        keep = desk.firm.retention
        current = equity.by_years(own[-1], terms, 1.0, keep)
        told = Evidence(Level.ASSUMED, Method.ASSUMPTION, "one_year")
        return Draft(known, state, told, current, 1 - keep, None, inputs, terms.margin)
    if known.budget or known.days:
        key = "budget" if known.budget else "nothing"
        told = Evidence(Level.ASSUMED, Method.ASSUMPTION, key)
        nothing = Current(0.0, 0.0, 1.0, 0.0, 0.0, tuple(desk.firm.retention**k for k in (1, 2, 3)))
        state = State.PROSPECT if not known.days and not known.closed else state
        return Draft(known, state, told, nothing, None, None, inputs, terms.margin)
    unknown = Evidence(Level.UNKNOWN, Method.NONE, "nothing")
    state = State.CLOSED if known.closed else State.PROSPECT
    return Draft(known, state, unknown, None, None, None, inputs, terms.margin)


def _inputs(known: Known, history: History | None, desk: Desk) -> tuple[Inputs, Terms]:
    firm, judgement = desk.firm, desk.judgement
    bought, spender = known.purchases, known.spender()
    x, own = (spender.x, spender.z) if spender else (0, 0.0)
    order = firm.spend.mean(x, own)
    costed, margin = fsum(day.costed for day in known.days), fsum(day.margin for day in known.days)
    rate = margin_rate(margin, max(costed, 0.0), firm.usual_order, firm.margin)
    seen = history.T / WEEKS_PER_YEAR if history else 2.0
    service = known.service.cost(
        judgement.hour_cost,
        judgement.contact_minutes,
        judgement.visit_cost,
        judgement.return_cost,
        judgement.late_rate / 100,
    ) / min(max(seen, 1.0), 2.0)
    inputs = Inputs(
        purchases=len(bought),
        first=bought[0].day if bought else None,
        last=bought[-1].day if bought else None,
        since_first=history.T if history else 0.0,
        to_last=history.t_x if history else 0.0,
        usual_gap=activity.usual_gap(history, firm.mean_gap) if history and firm.mean_gap else None,
        long_gap=known.long_gap(),
        own_order=own,
        order=order,
        own_share=firm.spend.own_share(x),
        margin_rate=rate,
        margin_source="own" if costed > 0 else "firm" if firm.margin_known else "owner",
        yearly=known.net(dates.add_months(desk.facts.as_of, -12), desk.facts.as_of),
        service=service,
        turnover=known.net(None, desk.facts.as_of) or fsum(known.years.values()),
        past_margin=margin if costed > 0 else None,
    )
    return inputs, Terms(order, rate, service, judgement.yearly, judgement.years)


def _worth(draft: Draft, desk: Desk, newcomers: Newcomers) -> Worth:
    known, current = draft.known, draft.current
    gone = draft.state in (State.LOST, State.CLOSED)
    if current is None and not gone:
        return _made(draft, None, (), desk)
    rows: list[tuple[Line, float]] = []
    if current is not None:
        rows += [
            (Line(Part.CLV, "margin", 0), current.margin),
            (Line(Part.CLV, "service", 0), -current.service),
            (Line(Part.CLV, "leaving", 0), current.leaving),
            (Line(Part.CLV, "waiting", 0), current.waiting),
        ]
    if gone:
        rows.append((Line(Part.CLV, draft.state.value, 0), -fsum(amount for _line, amount in rows)))
        return _made(draft, current, rows, desk)
    rows += _growth(draft, desk)
    rows.append((Line(Part.WORD, "word", 0), referral.word_of_mouth(known.voice, newcomers, desk.judgement)))
    return _made(draft, current, rows, desk)


def _growth(draft: Draft, desk: Desk) -> list[tuple[Line, float]]:
    """The lines of the growth option, and the one that cuts it at its limit."""
    known, judgement, current = draft.known, desk.judgement, draft.current
    if current is None or (not known.categories and known.budget is None):
        return []
    lasting = fsum(stay / (1 + judgement.yearly) ** k for k, stay in enumerate(current.stays, 1))
    gaps = desk.peers.gaps(known.id, known.budget, judgement.adoption_cap / 100)
    reach = 1.0 if known.decider_reached else 0.5
    found = growth.options(
        gaps, desk.facts.category_margins, draft.margin_rate, lasting, judgement.trial_cost, reach
    )
    rows = [
        (
            Line(
                Part.GROWTH,
                "growth",
                0,
                one.gap.category,
                one.gap.gap,
                one.gap.chance * reach,
                one.margin,
                one.years,
                (one.gap.joint, one.gap.alike),
            ),
            one.value,
        )
        for one in found
    ]
    total = fsum(amount for _line, amount in rows)
    bought = fsum(known.categories.values())
    limit = known.budget if known.budget is not None else judgement.growth_cap * bought * draft.margin_rate
    if total > max(limit, 0.0):
        rows.append((Line(Part.GROWTH, "rest", 0), max(limit, 0.0) - total))
    return rows


def _made(draft: Draft, current: Current | None, rows: Sequence[tuple[Line, float]], desk: Desk) -> Worth:
    known, gone = draft.known, draft.state in (State.LOST, State.CLOSED)
    places = money.places(desk.facts.currency)
    amounts = equity.cents([amount for _line, amount in rows], places)
    lines = tuple(_priced(line, amount) for (line, _exact), amount in zip(rows, amounts, strict=True))
    parts = {part: sum(line.amount for line in lines if line.part is part) for part in Part}
    unknown = current is None and not gone
    return Worth(
        id=known.id,
        name=known.name,
        number=known.number,
        state=draft.state,
        evidence=draft.evidence,
        clv=None if unknown else parts[Part.CLV],
        growth=None if unknown else parts[Part.GROWTH],
        word_of_mouth=None if unknown else parts[Part.WORD],
        equity=None if unknown else sum(parts.values()),
        churn_risk=1.0 if draft.state is State.CLOSED else draft.churn,
        p_alive=0.0 if draft.state is State.CLOSED else current.alive if current and draft.churn else None,
        expected_orders=None if current is None else 0.0 if gone else current.expected,
        overdue=draft.overdue,
        lines=lines,
        inputs=_told(draft.inputs, current, lines),
        stays=current.stays if current else (),
        yearly_margin=0.0 if current is None or gone else current.alive * current.yearly,
    )


def _priced(line: Line, amount: int) -> Line:
    return Line(
        line.part,
        line.key,
        amount,
        line.what,
        line.gap,
        line.chance,
        line.margin,
        line.years,
        line.reason,
    )


def _told(inputs: Inputs, current: Current | None, lines: Sequence[Line]) -> Inputs:
    expected = current.turnover if current is not None else 0.0
    return replace(inputs, expected_year=expected, capped=any(line.key == "rest" for line in lines))
