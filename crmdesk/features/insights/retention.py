"""Who comes back: retention by customers and by money, cohorts, new and returning, and who fell silent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crmdesk.features.knowledge.facts import Facts
from crmdesk.features.models.yearly import retention, shrunk_retention

Rows = Mapping[str, Sequence[float]]


def table(facts: Facts, by: str) -> tuple[list[str], Rows]:
    """Each customer's turnover by year, quarter or month, and the names of these, oldest first.

    Customers of whom only yearly turnover is known stand in the years alone.
    """
    length = {"year": 12, "quarter": 3, "month": 1}[by]
    sums: dict[str, dict[int, float]] = {}
    for one in facts.customers:
        own = sums.setdefault(one.id, {})
        for day in one.days:
            place = (day.day.year * 12 + day.day.month - 1) // length
            own[place] = own.get(place, 0.0) + day.net
        if length == 12:
            own.update(one.years)
    places = sorted({place for own in sums.values() for place in own})
    if not places:
        return [], {}
    span = range(places[0], places[-1] + 1)
    rows = {ident: [own.get(place, 0.0) for place in span] for ident, own in sums.items() if own}
    return [_named(place, length) for place in span], rows


def _named(place: int, length: int) -> str:
    year, rest = divmod(place * length, 12)
    if length == 12:
        return str(year)
    return f"{year}-Q{rest // 3 + 1}" if length == 3 else f"{year}-{rest + 1:02}"


@dataclass(frozen=True, slots=True)
class Kept:
    """From one period to the next: who bought before, who of them came back, and their money then and now."""

    before: int
    kept: int
    fresh: int
    money_before: float
    money_kept: float
    money_fresh: float

    @property
    def share(self) -> float | None:
        """The share of customers that came back."""
        return self.kept / self.before if self.before else None

    @property
    def shrunk(self) -> float:
        """The share drawn to 80 % where fewer than fifty were there."""
        return retention(self.kept, self.before)

    @property
    def money_share(self) -> float | None:
        """What those who bought before bring now, as a share of what they brought."""
        return self.money_kept / self.money_before if self.money_before > 0 else None


def step(rows: Rows, place: int) -> Kept:
    """What became of the customers of one period in the next; a customer with money above 0 is active."""
    before = [own for own in rows.values() if own[place] > 0]
    known = {ident for ident, own in rows.items() if any(amount > 0 for amount in own[: place + 1])}
    fresh = [own for ident, own in rows.items() if ident not in known and own[place + 1] > 0]
    return Kept(
        len(before),
        sum(own[place + 1] > 0 for own in before),
        len(fresh),
        sum(own[place] for own in before),
        sum(own[place + 1] for own in before),
        sum(own[place + 1] for own in fresh),
    )


def steps(rows: Rows) -> list[Kept]:
    """Every step from one period to the next, oldest first."""
    count = max((len(own) for own in rows.values()), default=0)
    return [step(rows, place) for place in range(count - 1)]


@dataclass(frozen=True, slots=True)
class Pooled:
    """Several steps together."""

    kept: int
    before: int

    @property
    def share(self) -> float:
        """The share that came back."""
        return self.kept / self.before if self.before else 0.0

    @property
    def shrunk(self) -> float:
        """The share drawn to 80 % by the weight of ten customers."""
        return shrunk_retention(self.kept, self.before)


def pooled(found: Sequence[Kept]) -> Pooled:
    """Retention over all steps together."""
    return Pooled(sum(one.kept for one in found), sum(one.before for one in found))


@dataclass(frozen=True, slots=True)
class Cohort:
    """The customers who first bought in one period: how many, and how many and how much in each since."""

    period: int
    size: int
    active: tuple[int, ...]
    money: tuple[float, ...]


def cohorts(rows: Rows) -> list[Cohort]:
    """The customers by the period of their first purchase."""
    first = {
        ident: next(place for place, amount in enumerate(own) if amount > 0)
        for ident, own in rows.items()
        if any(amount > 0 for amount in own)
    }
    sizes = Counter(first.values())
    count = max((len(own) for own in rows.values()), default=0)
    found = []
    for period, size in sorted(sizes.items()):
        mine = [rows[ident] for ident, place in sorted(first.items()) if place == period]
        later = range(period, count)
        found.append(
            Cohort(
                period,
                size,
                tuple(sum(own[place] > 0 for own in mine) for place in later),
                tuple(sum(own[place] for own in mine) for place in later),
            )
        )
    return found
