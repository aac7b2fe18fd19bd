"""What is known of a customer when its worth is reckoned: purchases, years, contacts, categories."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from math import ceil, fsum

from crmdesk.features.models.activity import DAYS_PER_WEEK, History
from crmdesk.features.models.spend import Spender

FEWEST_GAPS = 5


@dataclass(frozen=True, slots=True)
class Day:
    """One customer's orders of one day: bought, net of returns, and what is known of their margin."""

    day: date
    bought: float
    net: float
    costed: float = 0.0
    margin: float = 0.0


@dataclass(frozen=True, slots=True)
class Service:
    """What serving a customer took in the last two years."""

    contacts: int = 0
    minutes: float = 0.0
    unmeasured: int = 0
    visits: int = 0
    returns: int = 0
    late_money: float = 0.0

    def cost(self, hour: float, minutes: float, visit: float, back: float, late: float) -> float:
        """What that cost at the owner's rates."""
        worked = (self.minutes + self.unmeasured * minutes) / 60 * hour
        return worked + self.visits * visit + self.returns * back + self.late_money * late


@dataclass(frozen=True, slots=True)
class Voice:
    """What a customer does for our name: newcomers it brought, its last rating, its standing."""

    won: int = 0
    years: float = 0.0
    rating: int | None = None
    reference: bool = False
    prestige: int = 3
    resistance: float = 0.0


@dataclass(frozen=True, slots=True)
class Known:
    """One customer with all the facts that its worth stands on."""

    id: str
    name: str = ""
    number: str = ""
    group: str = ""
    since: date | None = None
    budget: float | None = None
    closed: bool = False
    decider_reached: bool = False
    days: tuple[Day, ...] = ()
    years: Mapping[int, float] = field(default_factory=dict)
    categories: Mapping[str, float] = field(default_factory=dict)
    service: Service = field(default_factory=Service)
    voice: Voice = field(default_factory=Voice)

    @property
    def purchases(self) -> list[Day]:
        """The days on which something was bought."""
        return [one for one in self.days if one.bought > 0]

    def until(self, end: date) -> Known:
        """The same customer as it was known on an earlier day."""
        return replace(self, days=self.days[: bisect_right(self.days, end, key=lambda one: one.day)])

    def history(self, as_of: date) -> History | None:
        """The purchases as the model of activity sees them; None where there were none."""
        bought = self.purchases
        if not bought:
            return None
        first, last, repeats = bought[0].day, bought[-1].day, len(bought) - 1
        if self.since is not None and self.since < first:
            first, repeats = self.since, repeats + 1
        return History(repeats, (last - first).days / DAYS_PER_WEEK, (as_of - first).days / DAYS_PER_WEEK)

    def long_gap(self) -> int | None:
        """The days below which nine of ten gaps between purchases lay; None where they were too few."""
        bought = self.purchases
        gaps = sorted((after.day - before.day).days for before, after in pairwise(bought))
        return gaps[ceil(0.9 * len(gaps)) - 1] if len(gaps) >= FEWEST_GAPS else None

    def spender(self) -> Spender | None:
        """The repeat purchases as the models of spending see them; None where there were none."""
        repeats = [one.bought for one in self.purchases[1:]]
        if not repeats:
            return None
        mean = fsum(repeats) / len(repeats)
        return Spender(len(repeats), mean, fsum((amount - mean) ** 2 for amount in repeats))

    def net(self, start: date | None, end: date) -> float:
        """Turnover net of returns after a day up to another."""
        return fsum(one.net for one in self.days if (start is None or one.day > start) and one.day <= end)


@dataclass(frozen=True, slots=True)
class Facts:
    """All customers as they were known on a day."""

    as_of: date
    currency: str
    customers: tuple[Known, ...]
    category_margins: Mapping[str, float] = field(default_factory=dict)
    foreign: int = 0

    @property
    def buyers(self) -> list[Known]:
        """Those with at least one purchase."""
        return [one for one in self.customers if any(day.bought > 0 for day in one.days)]

    def until(self, end: date) -> Facts:
        """What was known of the orders on an earlier day."""
        return replace(self, as_of=end, customers=tuple(one.until(end) for one in self.customers))

    def span(self) -> tuple[date, date] | None:
        """The first and the last day of purchases; None where there were none."""
        days = [day.day for one in self.customers for day in one.purchases]
        return (min(days), max(days)) if days else None


def periods(days: Sequence[Day], as_of: date, length: float, count: int) -> list[float]:
    """Turnover of so many periods of some days that end on a day, oldest first."""
    sums = [0.0] * count
    for one in days:
        place = int((as_of - one.day).days // length)
        if 0 <= place < count:
            sums[count - 1 - place] += one.net
    return sums
