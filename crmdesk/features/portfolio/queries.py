"""Who stands where in the portfolio, now or as of a day, with the figures and the evidence behind it.

Clusters now are steady: they follow the monthly calculations of two years, so nobody jumps at every wobble.
Turnover of past months is that of the orders; potential is judged as the owner judges it today, so a fresh
grade counts at once. When the owner moves a cut, the count begins anew on that day. A calculation for a named
day or period is a single one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core import dates
from crmdesk.core.kept import Ids
from crmdesk.core.record import ALIVE
from crmdesk.features.customers.records import Customer
from crmdesk.features.orders.queries import turnover
from crmdesk.features.orders.rules import last_months
from crmdesk.features.portfolio import playbook, rules, steady
from crmdesk.features.portfolio.records import Cut, Override, PlaybookText
from crmdesk.features.portfolio.rules import Cluster, CutRule, Entry, Portfolio, Potential, Rules, TooFew

KINDS = frozenset({None, "", "customer", "prospect", "lead"})
YEAR = 12
# where nobody has bought yet, a grade must still tell customers apart: 200 a year for each step
FIRST_MEDIAN = 1_000_00


@dataclass(frozen=True, slots=True)
class Placed:
    """One customer of the portfolio: figures in cents, cluster, evidence, and the owner's own decision."""

    id: str
    number: str
    name: str
    turnover: int
    potential: Potential
    cluster: Cluster | None
    grade: int | None = None
    override: rules.Override | None = None

    @property
    def entry(self) -> Entry:
        """The two figures as the rules take them."""
        return Entry(self.id, self.turnover, self.potential.amount, self.potential.graded)


@dataclass(frozen=True, slots=True)
class Placements:
    """The portfolio on a day: all customers placed, or the reason why they are too few."""

    as_of: date
    months: int | None
    rules: Rules
    portfolio: Portfolio | TooFew
    customers: tuple[Placed, ...]

    @property
    def entries(self) -> list[Entry]:
        """The figures of all customers as the rules take them."""
        return [customer.entry for customer in self.customers]

    def of(self, cluster: Cluster) -> list[Placed]:
        """The customers of one cluster."""
        return [customer for customer in self.customers if customer.cluster is cluster]

    @property
    def ungraded(self) -> list[Placed]:
        """The customers of whose potential nothing is known."""
        return [customer for customer in self.customers if not customer.potential.graded]


def placements(session: Session, as_of: date, months: int | None = YEAR) -> Placements:
    """One single calculation as of a day, over the turnover of some months or, with None, of all time."""
    return _placed(session, as_of, months, held=False)


def current(session: Session, today: date) -> Placements:
    """Where everybody stands now, after the monthly calculations of two years."""
    return _placed(session, today, YEAR, held=True)


def ever_bought(session: Session, today: date) -> bool:
    """Whether anybody bought anything until a day."""
    return any(turnover(session, None, today).values())


def _placed(session: Session, as_of: date, months: int | None, held: bool) -> Placements:
    sold = turnover(session, last_months(as_of, months)[0] if months else None, as_of)
    year = sold if months == YEAR else turnover(session, last_months(as_of, YEAR)[0], as_of)
    found = _customers(session, sold)
    judged = _potentials(found, year)
    chosen = cut_rules(session)
    entries = [
        Entry(row.id, sold.get(row.id, 0), judged[row.id].amount, judged[row.id].graded) for row in found
    ]
    placed = rules.classify(entries, chosen)
    if isinstance(placed, Portfolio):
        if held:
            ends = _month_ends(session, as_of)
            placed = steady.hold(placed, entries, steady.monthly_turnovers(session, ends), chosen)
        placed = rules.apply_overrides(placed, overrides(session, None if held else as_of), as_of)
    return Placements(as_of, months, chosen, placed, _rows(found, sold, judged, placed))


def _rows(
    found: Sequence[Any],
    sold: Mapping[str, int],
    judged: Mapping[str, Potential],
    placed: Portfolio | TooFew,
) -> tuple[Placed, ...]:
    known = isinstance(placed, Portfolio)
    clusters: Mapping[str, Cluster] = placed.clusters if isinstance(placed, Portfolio) else {}
    decided: Mapping[str, rules.Override] = placed.overridden if isinstance(placed, Portfolio) else {}
    return tuple(
        Placed(
            row.id,
            row.number or "",
            row.name,
            sold.get(row.id, 0),
            judged[row.id],
            clusters[row.id] if known else None,
            _grade(row.potential_grade),
            decided.get(row.id),
        )
        for row in found
    )


def _customers(session: Session, sold: Mapping[str, int]) -> list[Any]:
    """Customers, prospects and leads; suppliers, partners and former ones only where they bought."""
    query = select(
        Customer.id,
        Customer.number,
        Customer.name,
        Customer.kind,
        Customer.potential_grade,
        Customer.potential_budget,
    ).where(Customer.deleted == ALIVE)
    return [row for row in session.execute(query) if row.kind in KINDS or sold.get(row.id, 0) != 0]


def _potentials(found: Sequence[Any], year: Mapping[str, int]) -> dict[str, Potential]:
    median = rules.median_turnover(year.get(row.id, 0) for row in found) or FIRST_MEDIAN
    return {
        row.id: rules.potential(
            _grade(row.potential_grade), row.potential_budget, year.get(row.id, 0), median
        )
        for row in found
    }


def _grade(text: str | None) -> int | None:
    return int(text) if text in ("1", "2", "3", "4", "5") else None


def cut_rules(session: Session) -> Rules:
    """How the owner wants both axes cut; a Pareto cut of 80 % where nothing was said."""
    said = {cut.axis: _cut_rule(cut) for cut in session.execute(Cut.alive()).scalars()}
    return Rules(said.get("turnover", CutRule()), said.get("potential", CutRule()))


def _cut_rule(cut: Cut) -> CutRule:
    if cut.mode == "fixed" and cut.value is not None:
        return CutRule("fixed", cut.value)
    return CutRule("median") if cut.mode == "median" else CutRule()


def overrides(session: Session, as_of: date | None) -> list[rules.Override]:
    """The owner's own decisions; for an earlier day only those that were made by then."""
    found = session.execute(Override.alive().order_by(Override.id)).scalars()
    return [
        rules.Override(
            one.customer_id,
            Cluster(one.cluster),
            one.reason or "",
            date.min if as_of is None else one.created.date(),
            one.until or date.max,
        )
        for one in found
    ]


def _month_ends(session: Session, today: date) -> list[date]:
    """The ends of the months of two years, oldest first, since the owner last moved a cut."""
    ends = [
        dates.month_start(dates.add_months(today, -back)) - timedelta(1)
        for back in range(steady.MONTHS - 1, -1, -1)
    ]
    moved = [cut.changed.date() for cut in session.execute(Cut.alive()).scalars()]
    return [end for end in ends if not moved or end >= max(moved)]


def clusters(session: Session, ids: Ids, today: date) -> Mapping[str, str]:
    """The cluster of each customer, for lists and filters."""
    placed = current(session, today).portfolio
    return (
        {customer: cluster.value for customer, cluster in placed.clusters.items()}
        if isinstance(placed, Portfolio)
        else {}
    )


def potentials(session: Session, ids: Ids, today: date) -> Mapping[str, int]:
    """The potential of each customer of whom anything is known, in cents a year."""
    year = turnover(session, last_months(today, YEAR)[0], today)
    judged = _potentials(_customers(session, year), year)
    return {customer: potential.amount for customer, potential in judged.items() if potential.graded}


def playbook_of(session: Session, cluster: Cluster, language: str) -> playbook.Playbook:
    """How to treat a cluster: the owner's own texts, and the shipped ones where there are none."""
    shipped = playbook.playbook(cluster, language)
    query = PlaybookText.alive().where(PlaybookText.cluster == cluster.value)
    own = {one.part: one.text for one in session.execute(query).scalars()}
    lines = {part: tuple(line for line in text.splitlines() if line.strip()) for part, text in own.items()}
    return playbook.Playbook(
        own.get("aim", shipped.aim),
        lines.get("do", shipped.do),
        lines.get("dont", shipped.dont),
        lines.get("phrases", shipped.phrases),
    )
