"""Clusters that hold still: the monthly calculations of two years, followed for those in doubt.

Who stood clearly on one side of a cut at the last two month ends stands there whatever was before; only the
others need their whole history.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import extract, func, or_, select
from sqlalchemy.orm import Session

from crmdesk.core import dates
from crmdesk.core.record import ALIVE
from crmdesk.features.orders.queries import base_currency
from crmdesk.features.orders.records import Order, YearTurnover
from crmdesk.features.orders.rules import counted_years, last_months
from crmdesk.features.portfolio import rules
from crmdesk.features.portfolio.rules import Cluster, Cuts, Entry, Portfolio, Rules, Standing

MONTHS = 24
YEAR = 12
Sums = Mapping[str, int]


def monthly_turnovers(session: Session, ends: Sequence[date]) -> list[Sums]:
    """The turnover of the year before each month end, by customer, out of one pass over the orders."""
    if not ends:
        return []
    by_month = _by_month(session, dates.add_months(ends[0], -YEAR), ends[-1])
    years = _yearly(session)
    running: dict[str, int] = defaultdict(int)
    found: list[Sums] = []
    added = _number(ends[0]) - YEAR
    for end in ends:
        for month in range(added + 1, _number(end) + 1):
            _count_in(running, by_month.get(month, ()), 1)
            _count_in(running, by_month.get(month - YEAR, ()), -1)
        added = _number(end)
        sums = dict(running)
        first_year, last_year = counted_years(*last_months(end, YEAR))
        for customer, amounts in years.items():
            sums[customer] = sum(amount for year, amount in amounts if (first_year or 0) <= year <= last_year)
        found.append(sums)
    return found


def _number(day: date) -> int:
    """The months since the beginning of the calendar."""
    return day.year * YEAR + day.month


def _count_in(running: dict[str, int], sums: Iterable[tuple[str, int]], sign: int) -> None:
    for customer, amount in sums:
        running[customer] += sign * amount


def _by_month(session: Session, after: date, end: date) -> dict[int, list[tuple[str, int]]]:
    own = or_(Order.currency.is_(None), Order.currency.in_(("", base_currency(session))))
    month = extract("year", Order.date) * YEAR + extract("month", Order.date)
    query = (
        select(Order.customer_id, month, func.sum(Order.amount))
        .where(Order.deleted == ALIVE, Order.date > after, Order.date <= end, own)
        .group_by(Order.customer_id, month)
    )
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for customer, number, amount in session.execute(query):
        found[int(number)].append((customer, int(amount)))
    return found


def _yearly(session: Session) -> dict[str, list[tuple[int, int]]]:
    """The yearly turnover of customers without any order."""
    orders = select(Order.id).where(Order.customer_id == YearTurnover.customer_id, Order.deleted == ALIVE)
    query = select(YearTurnover.customer_id, YearTurnover.year, YearTurnover.amount).where(
        YearTurnover.deleted == ALIVE, ~orders.exists()
    )
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for customer, year, amount in session.execute(query):
        found[customer].append((int(year), int(amount)))
    return found


def hold(now: Portfolio, entries: Sequence[Entry], months: Sequence[Sums], chosen: Rules) -> Portfolio:
    """The portfolio of today with each customer in the cluster where the month ends have put it."""
    if not months:
        return now
    potential = rules.cut([_judged(entry) for entry in entries], chosen.potential)
    names = [entry.customer for entry in entries]
    lines = [
        Cuts(rules.cut([sums.get(name, 0) for name in names], chosen.turnover), potential) for sums in months
    ]
    clusters: dict[str, Cluster] = {}
    for entry in entries:
        standing = _standing(entry, months, lines)
        fresh = now.clusters[entry.customer]
        clusters[entry.customer] = fresh if standing is None else _today(entry, standing)
    return replace(now, clusters=clusters, counts=rules.count(clusters))


def _judged(entry: Entry) -> int:
    return entry.potential if entry.graded else 0


def _then(entry: Entry, sums: Sums) -> Entry:
    return Entry(entry.customer, sums.get(entry.customer, 0), entry.potential, entry.graded)


def _standing(entry: Entry, months: Sequence[Sums], lines: Sequence[Cuts]) -> Standing | None:
    """Where the month ends since the first purchase have put a customer; None before the first one."""
    first = next((n for n, sums in enumerate(months) if sums.get(entry.customer)), None)
    if first is None:
        return None
    if _clear(entry, months, lines):
        first = max(first, len(months) - 2)
    standing: Standing | None = None
    for sums, cuts in zip(months[first:], lines[first:], strict=True):
        standing = rules.settle(standing, _then(entry, sums), cuts)
    return standing


def _clear(entry: Entry, months: Sequence[Sums], lines: Sequence[Cuts]) -> bool:
    """Whether the last two month ends leave no doubt on either axis."""
    amount = _judged(entry)
    sold = [sums.get(entry.customer, 0) for sums in months[-2:]]
    across = [_side(money, cuts.turnover.value) for money, cuts in zip(sold, lines[-2:], strict=True)]
    up = [_side(amount, cuts.potential.value) for cuts in lines[-2:]]
    return len(months) > 1 and across[0] == across[1] != 0 and up[0] == up[1] != 0


def _side(amount: int, line: int) -> int:
    """1 where an amount would rise, -1 where it would fall, 0 in between."""
    if amount <= 0 or amount * 10 <= line * 9:
        return -1
    return 1 if amount * 10 >= line * 11 else 0


def _today(entry: Entry, standing: Standing) -> Cluster:
    """The cluster of the last month end; who buys nothing or has no potential now is never high."""
    up = standing.potential.high and entry.graded and entry.potential > 0
    return Cluster.of(standing.turnover.high and entry.turnover > 0, up)
