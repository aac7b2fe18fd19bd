"""Who is key, to develop, maintenance or marginal, worked out from plain figures.

Two axes: turnover of a period and potential, both in minor units of one currency. A cut keeps the smallest
group that makes 80 % of the total, bounded to 15 to 50 % of the customers; equals stay together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from itertools import accumulate
from typing import Literal

from crmdesk.core.dates import add_months
from crmdesk.core.errors import InvalidValue
from crmdesk.core.i18n import N_, _

FEWEST = 8
OVERRIDE_MONTHS = 6
Axis = Literal["turnover", "potential"]


class Cluster(StrEnum):
    """The four kinds of customer the quadrant tells apart."""

    KEY = "key"
    DEVELOP = "develop"
    MAINTAIN = "maintain"
    MARGINAL = "marginal"

    @property
    def label(self) -> str:
        """The name people read, still to be translated."""
        return {
            Cluster.KEY: N_("Key"),
            Cluster.DEVELOP: N_("To develop"),
            Cluster.MAINTAIN: N_("Maintenance"),
            Cluster.MARGINAL: N_("Marginal"),
        }[self]

    @staticmethod
    def of(high_turnover: bool, high_potential: bool) -> Cluster:
        """The cluster of a customer who stands in these two halves."""
        if high_potential:
            return Cluster.KEY if high_turnover else Cluster.DEVELOP
        return Cluster.MAINTAIN if high_turnover else Cluster.MARGINAL


class Evidence(StrEnum):
    """What a potential stands on."""

    BUDGET = "budget"
    GRADE = "grade"
    NONE = "ungraded"


class Cause(StrEnum):
    """What made a customer change cluster."""

    TURNOVER = "turnover"
    JUDGEMENT = "judgement"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Potential:
    """What a customer could still bring in a year, and how we know."""

    amount: int
    evidence: Evidence

    @property
    def graded(self) -> bool:
        """Tell whether there is any evidence at all."""
        return self.evidence is not Evidence.NONE


@dataclass(frozen=True, slots=True)
class Entry:
    """One customer with the two figures the quadrant needs, in minor units."""

    customer: str
    turnover: int
    potential: int
    graded: bool = True


@dataclass(frozen=True, slots=True)
class CutRule:
    """How the line between low and high is found on one axis.

    `value` is the share in percent for "pareto" and the amount in minor units for "fixed". The group of a
    Pareto cut holds at least `fewest` and at most `most` percent of the customers.
    """

    mode: Literal["pareto", "fixed", "median"] = "pareto"
    value: int = 80
    fewest: int = 15
    most: int = 50


@dataclass(frozen=True, slots=True)
class Rules:
    """The two cut rules of a portfolio."""

    turnover: CutRule = CutRule()
    potential: CutRule = CutRule()


@dataclass(frozen=True, slots=True)
class Cut:
    """The lowest amount that still counts as high, and how many customers reach it."""

    value: int
    high_count: int

    def high(self, amount: int) -> bool:
        """Tell whether an amount stands in the high half."""
        return amount > 0 and amount >= self.value


@dataclass(frozen=True, slots=True)
class Cuts:
    """The two lines that part the quadrant."""

    turnover: Cut
    potential: Cut


@dataclass(frozen=True, slots=True)
class Override:
    """The owner's own decision on one customer, with its reason and its last day."""

    customer: str
    cluster: Cluster
    reason: str
    since: date
    expires: date

    def active(self, as_of: date) -> bool:
        """Tell whether the decision holds on a day."""
        return self.since <= as_of < self.expires


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Every customer in a cluster, with the cuts that decided it."""

    cuts: Cuts
    clusters: Mapping[str, Cluster]
    counts: Mapping[Cluster, int]
    overridden: Mapping[str, Override] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TooFew:
    """A customer base too small for a quadrant: a list says more."""

    customers: int
    needed: int = FEWEST

    def reason(self) -> str:
        """Say why there is no quadrant."""
        text = _("A quadrant needs {needed} customers, there are {n}. Here they are as a list.")
        return text.format(needed=self.needed, n=self.customers)


@dataclass(frozen=True, slots=True)
class MonthInput:
    """The figures of all customers at one monthly calculation."""

    month: date
    entries: Sequence[Entry]
    rules: Rules = Rules()
    overrides: Sequence[Override] = ()


@dataclass(frozen=True, slots=True)
class Crossing:
    """A customer who changed cluster in a month, and why."""

    customer: str
    before: Cluster
    after: Cluster
    cause: Cause


@dataclass(frozen=True, slots=True)
class MonthResult:
    """The portfolio of one month and who crossed a line in it."""

    month: date
    portfolio: Portfolio | TooFew
    crossings: tuple[Crossing, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """Where a customer stands on one axis, and the cut before a change began to show."""

    high: bool
    months: int = 0
    cut_before: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a customer stands on both axes after a monthly calculation."""

    turnover: Side
    potential: Side
    cuts: Cuts

    @property
    def cluster(self) -> Cluster:
        """The cluster these two sides make."""
        return Cluster.of(self.turnover.high, self.potential.high)


def cut(values: Sequence[int], rule: CutRule) -> Cut:
    """Find the line between low and high among the amounts of one axis."""
    if rule.mode == "fixed":
        line = Cut(rule.value, 0)
        return replace(line, high_count=sum(1 for value in values if line.high(value)))
    ranked = sorted(values, reverse=True)
    most = len(ranked) * rule.most // 100
    if rule.mode == "median":
        most = size = len(ranked) // 2
    else:
        fewest = -(-len(ranked) * rule.fewest // 100)
        size = min(max(_pareto_group(ranked, rule.value), fewest), most)
    size = _keep_ties_together(ranked, size, most)
    return Cut(ranked[size - 1] if size else max(ranked[0] if ranked else 0, 0) + 1, size)


def _pareto_group(ranked: Sequence[int], percent: int) -> int:
    """Count the largest customers that together make a share of the total."""
    goal = sum(ranked) * percent
    return next(
        (n for n, made in enumerate(accumulate(ranked, initial=0)) if made * 100 >= goal), len(ranked)
    )


def _keep_ties_together(ranked: Sequence[int], size: int, most: int) -> int:
    """Lift equals at the cut together, or leave all of them below when too many would rise."""
    while size and ranked[size - 1] <= 0:
        size -= 1
    if not size or size == len(ranked) or ranked[size] != ranked[size - 1]:
        return size
    edge, end = ranked[size - 1], size
    while end < len(ranked) and ranked[end] == edge:
        end += 1
    if end <= most:
        return end
    while size and ranked[size - 1] == edge:
        size -= 1
    return size


def median_turnover(turnovers: Iterable[int]) -> int:
    """The turnover of the customer in the middle of those who buy at all."""
    buyers = sorted(amount for amount in turnovers if amount > 0)
    if not buyers:
        return 0
    middle = len(buyers) // 2
    return buyers[middle] if len(buyers) % 2 else (buyers[middle - 1] + buyers[middle]) // 2


def potential(grade: int | None, budget: int | None, turnover_12m: int, median_turnover: int) -> Potential:
    """The yearly money still open at a customer, from the budget or from the owner's grade.

    A known budget gives what turnover does not cover yet; else each step of the grade is worth 20 % of the
    median turnover. Turnover itself is never evidence of potential, or the two axes would collapse into one.
    """
    if budget is not None:
        return Potential(max(0, budget - max(0, turnover_12m)), Evidence.BUDGET)
    if grade is None:
        return Potential(0, Evidence.NONE)
    if not 1 <= grade <= 5:
        raise InvalidValue(_("A potential grade goes from 1 to 5."))
    return Potential((grade * max(0, median_turnover) * 20 + 50) // 100, Evidence.GRADE)


def classify(entries: Sequence[Entry], rules: Rules = Rules()) -> Portfolio | TooFew:
    """Put every customer in a cluster, as if for the first time."""
    if len(entries) < FEWEST:
        return TooFew(len(entries))
    cuts = find_cuts(entries, rules)
    across, up = cuts.turnover.high, cuts.potential.high
    clusters = {e.customer: Cluster.of(across(e.turnover), e.graded and up(e.potential)) for e in entries}
    return Portfolio(cuts, clusters, count(clusters))


def find_cuts(entries: Sequence[Entry], rules: Rules) -> Cuts:
    """Find both lines; who has no evidence of potential counts as 0 there."""
    return Cuts(
        cut([entry.turnover for entry in entries], rules.turnover),
        cut([entry.potential if entry.graded else 0 for entry in entries], rules.potential),
    )


def count(clusters: Mapping[str, Cluster]) -> dict[Cluster, int]:
    """Count the customers of each cluster; all four are always there."""
    counts = dict.fromkeys(Cluster, 0)
    for cluster in clusters.values():
        counts[cluster] += 1
    return counts


def apply_overrides(portfolio: Portfolio, overrides: Iterable[Override], as_of: date) -> Portfolio:
    """Let the owner's decisions that hold on a day stand over the calculated clusters."""
    active = {o.customer: o for o in overrides if o.active(as_of) and o.customer in portfolio.clusters}
    clusters = {**portfolio.clusters, **{customer: o.cluster for customer, o in active.items()}}
    return replace(portfolio, clusters=clusters, counts=count(clusters), overridden=active)


def settle(previous: Standing | None, entry: Entry, cuts: Cuts) -> Standing:
    """Take one monthly calculation into a customer's standing, without jumping at every wobble.

    To rise, the cut must be passed by 10 %, to fall be missed by 10 %, twice in a row. The first standing is
    immediate, and so is the fall of who buys nothing or has no evidence of potential left.
    """
    amount = entry.potential if entry.graded else 0
    if previous is None:
        return Standing(Side(cuts.turnover.high(entry.turnover)), Side(cuts.potential.high(amount)), cuts)
    return Standing(
        _settle_side(previous.turnover, entry.turnover, cuts.turnover, previous.cuts.turnover),
        _settle_side(previous.potential, amount, cuts.potential, previous.cuts.potential),
        cuts,
    )


def _settle_side(side: Side, amount: int, line: Cut, line_before: Cut) -> Side:
    """Move one side of a standing by one month."""
    if side.high and amount <= 0:
        return Side(False, 0, line_before.value)
    asks = amount * 10 <= line.value * 9 if side.high else 0 < line.value * 11 <= amount * 10
    if not asks:
        return side if not side.months else Side(side.high)
    start = side.cut_before if side.months else line_before.value
    if side.months:
        return Side(not side.high, 0, start)
    return Side(side.high, 1, start)


def history(months: Sequence[MonthInput]) -> list[MonthResult]:
    """Follow the portfolio through monthly calculations, oldest first, and tell who crossed and why."""
    results: list[MonthResult] = []
    standings: dict[str, Standing] = {}
    for month in months:
        if len(month.entries) < FEWEST:
            standings = {}
            results.append(MonthResult(month.month, TooFew(len(month.entries))))
            continue
        cuts, before = find_cuts(month.entries, month.rules), standings
        standings = {e.customer: settle(before.get(e.customer), e, cuts) for e in month.entries}
        clusters = {customer: standing.cluster for customer, standing in standings.items()}
        portfolio = apply_overrides(Portfolio(cuts, clusters, count(clusters)), month.overrides, month.month)
        results.append(MonthResult(month.month, portfolio, _crossings(month.entries, before, standings)))
    return results


def _crossings(
    entries: Sequence[Entry], before: Mapping[str, Standing], after: Mapping[str, Standing]
) -> tuple[Crossing, ...]:
    """List who stands elsewhere than a month ago, with the cause."""
    found = []
    for entry in entries:
        was, now = before.get(entry.customer), after[entry.customer]
        if was is not None and was.cluster is not now.cluster:
            found.append(Crossing(entry.customer, was.cluster, now.cluster, _cause(entry, was, now)))
    return tuple(found)


def _cause(entry: Entry, was: Standing, now: Standing) -> Cause:
    """Name the customer's own figure when it passed the old cut too, else the cut that moved."""
    if was.turnover.high is not now.turnover.high and _own_doing(entry.turnover, now.turnover):
        return Cause.TURNOVER
    amount = entry.potential if entry.graded else 0
    if was.potential.high is not now.potential.high and _own_doing(amount, now.potential):
        return Cause.JUDGEMENT
    return Cause.CUT


def _own_doing(amount: int, side: Side) -> bool:
    """Tell whether the figure stands on its new side of the cut that held before the change."""
    return Cut(side.cut_before, 0).high(amount) is side.high


def moved(before: Portfolio, after: Portfolio) -> tuple[str, ...]:
    """List the customers whose cluster differs between two portfolios."""
    return tuple(c for c, cluster in after.clusters.items() if before.clusters.get(c, cluster) is not cluster)


def expiry(since: date, months: int = OVERRIDE_MONTHS) -> date:
    """The day on which the owner's decision ends, six months later by default."""
    return add_months(since, months)
