"""What would change a value: an order, silence, the margin, the visits; and the days it would turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from crmdesk.core import dates
from crmdesk.core.i18n import _, ngettext
from crmdesk.features.portfolio.rules import Cluster, TooFew
from crmdesk.features.value.turning import SILENCE, turning
from crmdesk.features.value.ui.lines import Teller
from crmdesk.features.value.worth import State

POINTS, VISITS = 0.03, 2


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that would change a value: what, from what to what, and by how much."""

    label: str
    note: str
    amount: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would change a value, and the days on which the customer turns late or lost, in words."""

    changes: tuple[Change, ...]
    sentences: tuple[str, ...]


def outlook(teller: Teller) -> Outlook:
    """Reckon what would change the value of a customer."""
    one, run = teller.one, teller.run
    if one.equity is None or one.state in (State.LOST, State.CLOSED):
        return Outlook((), ())
    found, sentences = list[Change](), list[str]()
    turn = turning(run.facts, run.valuation, one.id) if one.inputs.last is not None else None
    if turn is not None and turn.now is not None:
        if turn.after_order is not None:
            note = teller.whole(one.inputs.order)
            found.append(Change(_("They order today"), note, turn.after_order - turn.now))
        if turn.after_silence is not None:
            note = ngettext("{n} day", "{n} days", SILENCE).format(n=SILENCE)
            found.append(Change(_("They stay silent"), note, turn.after_silence - turn.now))
    found += _by_rates(teller)
    today, region = run.valuation.as_of, teller.words.region
    if turn is not None and turn.overdue_from is not None:
        late = turn.overdue_from <= today
        told = _("Overdue since {date}.") if late else _("Without an order they are overdue on {date}.")
        sentences.append(told.format(date=dates.show_date(turn.overdue_from, region, today)))
    if turn is not None and turn.lost_from is not None and today < turn.lost_from <= today + timedelta(365):
        sentences.append(
            _("Counted as lost from {date}.").format(date=dates.show_date(turn.lost_from, region, today))
        )
    return Outlook(tuple(found), (*sentences, *_class_change(teller)))


def _class_change(teller: Teller) -> list[str]:
    """The smallest change that moves the customer to another class, in words."""
    placed = teller.run.placements
    mine = next((one for one in placed.customers if one.id == teller.one.id), None) if placed else None
    if placed is None or mine is None or mine.cluster is None or isinstance(placed.portfolio, TooFew):
        return []
    cuts, sold, judged = placed.portfolio.cuts, mine.turnover, mine.potential
    high, tall = cuts.turnover.high(sold), judged.graded and cuts.potential.high(judged.amount)
    falls = _("{cluster} if the turnover of a year falls below {amount}.")
    rises = _("{cluster} if the turnover of a year reaches {amount}.")
    less = _("{cluster} if the open potential falls below {amount}.")
    more = _("{cluster} if the open potential reaches {amount}.")
    ways = [(sold, cuts.turnover.value, falls if high else rises, Cluster.of(not high, tall))]
    if judged.graded:
        ways.append((judged.amount, cuts.potential.value, less if tall else more, Cluster.of(high, not tall)))
    near = [way for way in ways if way[1] > 0]
    if not near or Cluster.of(high, tall) is not mine.cluster:
        return []
    _from, line, told, cluster = min(near, key=lambda way: abs(way[0] / way[1] - 1))
    shown = teller.words.amount(line, cents=False)
    return [told.format(cluster=_(cluster.label), amount=shown)]


def _by_rates(teller: Teller) -> list[Change]:
    made, known = teller.making, teller.one.inputs
    if made is None or not made.unit:
        return []
    now, found = made.value(), list[Change]()
    if known.order > 0 and known.purchases:
        gain = teller.minor(made.more_a_year(known.order))
        found.append(Change(_("One order more a year"), teller.whole(known.order), gain))
    lower = made.with_margin(-POINTS)
    note = _("{old} to {new}").format(old=teller.share(made.margin), new=teller.share(lower.margin))
    told = _("Discount of {share} of the price").format(share=teller.share(POINTS))
    found.append(Change(told, note, teller.minor(lower.value() - now)))
    visits = teller.known.service.visits // 2
    if visits >= VISITS:
        fewer = made.with_service(-VISITS * teller.rates.visit_cost)
        note = _("{old} to {new} a year").format(old=visits, new=visits - VISITS)
        found.append(Change(_("Two visits fewer"), note, teller.minor(fewer.value() - now)))
    return found


def rhythm(teller: Teller) -> tuple[str, bool]:
    """How often the customer orders and how long it has been silent, and whether that is too long."""
    one, valuation = teller.one, teller.run.valuation
    days = [day.day for day in teller.known.purchases]
    if one.inputs.last is None or not days:
        return "", False
    silent = (valuation.as_of - one.inputs.last).days
    late = one.overdue is not None and one.overdue >= valuation.judgement.overdue
    if len(days) < 2:
        return ngettext("One order, {n} day ago.", "One order, {n} days ago.", silent).format(n=silent), late
    every = max(1, round((days[-1] - days[0]).days / (len(days) - 1)))
    told = ngettext(
        "Orders every {every} day, silent for {silent}.",
        "Orders every {every} days, silent for {silent}.",
        every,
    )
    return told.format(every=every, silent=silent), late
