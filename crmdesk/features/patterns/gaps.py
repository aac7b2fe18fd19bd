"""The growth option: what a customer could still buy of us, by category, and the chance that it will."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from statistics import median

FEWEST_PEERS = 8
GIANT = 0.5
Amounts = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Gap:
    """One category a customer buys too little of: yearly gap, chance to fill it, and whose measure."""

    category: str
    gap: float
    chance: float
    bought: float
    source: str
    joint: int = 0
    alike: int = 0


class Peers:
    """The customers a gap is measured by: of the same trade and size where there are eight, else all."""

    def __init__(self, amounts: Mapping[str, Amounts], groups: Mapping[str, str]) -> None:
        self._amounts = {ident: _positive(own) for ident, own in sorted(amounts.items())}
        self._totals = {ident: fsum(own.values()) for ident, own in self._amounts.items()}
        self._groups = groups
        whole = fsum(self._totals.values())
        giants = {ident for ident, total in self._totals.items() if total > GIANT * whole}
        self._buyers = [ident for ident, total in self._totals.items() if total > 0 and ident not in giants]
        self._known = frozenset(self._buyers)
        by_group: dict[str, list[str]] = defaultdict(list)
        for ident in self._buyers:
            by_group[groups.get(ident, "")].append(ident)
        self._by_group = {name: ids for name, ids in by_group.items() if len(ids) >= FEWEST_PEERS}
        self.categories = sorted({name for own in self._amounts.values() for name in own})
        self._shares: dict[tuple[str, str], float] = {}
        self._levels: dict[tuple[str, str], tuple[float, float]] = {}
        self._sets = Counter(frozenset(self._amounts[ident]) for ident in self._buyers)
        self._adopted: dict[tuple[frozenset[str], str], tuple[int, int]] = {}
        self._own = Counter(name for ident in self._buyers for name in self._amounts[ident])

    def _peers(self, group: str) -> Sequence[str]:
        return self._by_group.get(group, self._buyers)

    def share(self, group: str, category: str) -> float:
        """The median share of a category in what the peers buy."""
        key = (group if group in self._by_group else "", category)
        if key not in self._shares:
            shares = [self._amounts[i].get(category, 0.0) / self._totals[i] for i in self._peers(group)]
            self._shares[key] = median(shares) if shares else 0.0
        return self._shares[key]

    def level(self, group: str, category: str) -> tuple[float, float]:
        """The median amount of a category among peers that buy it, and their median total."""
        key = (group if group in self._by_group else "", category)
        if key not in self._levels:
            buyers = [i for i in self._peers(group) if category in self._amounts[i]]
            self._levels[key] = (
                (median(self._amounts[i][category] for i in buyers), median(self._totals[i] for i in buyers))
                if buyers
                else (0.0, 0.0)
            )
        return self._levels[key]

    def target(self, ident: str, category: str, budget: float | None = None) -> float:
        """What the customer could buy of a category in a year."""
        group, own = self._groups.get(ident, ""), self._amounts.get(ident, {})
        total = self._totals.get(ident, 0.0)
        if budget is not None:
            shares = {name: self.share(group, name) for name in self.categories}
            whole = fsum(shares.values())
            return budget * shares[category] / whole if whole else 0.0
        if category in own:
            return self.share(group, category) * total
        amount, size = self.level(group, category)
        ratio = total / size if size > 0 and total > 0 else 1.0
        return amount * min(max(ratio, 1 / 3), 3.0)

    def adopted(self, ident: str, category: str) -> tuple[int, int]:
        """Of the others who own what this one owns: how many own the category too, and how many they are."""
        own = frozenset(self._amounts.get(ident, {})) - {category}
        key = (own, category)
        if key not in self._adopted:
            alike = joint = 0
            for owned, count in self._sets.items():
                if own <= owned:
                    alike += count
                    joint += count * (category in owned)
            self._adopted[key] = (joint, alike)
        joint, alike = self._adopted[key]
        mine = ident in self._known
        has = category in self._amounts.get(ident, {})
        return joint - (mine and has), alike - mine

    def popularity(self, category: str) -> float:
        """The share of buyers who buy a category."""
        return self._own[category] / len(self._buyers) if self._buyers else 0.0

    def gaps(self, ident: str, budget: float | None = None, cap: float = 0.5) -> list[Gap]:
        """The categories a customer does not or hardly buy, with the chance of each; largest gap first."""
        found = []
        own = self._amounts.get(ident, {})
        for category in self.categories:
            bought = own.get(category, 0.0)
            gap = self.target(ident, category, budget) - bought
            if gap <= 0:
                continue
            joint, alike = self.adopted(ident, category)
            chance = (joint + 2 * self.popularity(category)) / (alike + 2)
            source = "budget" if budget is not None else "group" if self._has_group(ident) else "all"
            found.append(Gap(category, gap, min(chance, cap), bought, source, joint, alike))
        return sorted(found, key=lambda one: (-one.gap, one.category))

    def _has_group(self, ident: str) -> bool:
        return self._groups.get(ident, "") in self._by_group


def _positive(own: Amounts) -> dict[str, float]:
    return {name: amount for name, amount in own.items() if amount > 0}


@dataclass(frozen=True, slots=True)
class Option:
    """The worth of filling one gap: gap x chance x margin x years, less the cost of trying."""

    gap: Gap
    margin: float
    years: float
    value: float


def options(
    gaps: Iterable[Gap], margins: Amounts, margin: float, years: float, trial: float, reach: float
) -> list[Option]:
    """What each gap is worth to try; one that costs more than it brings is left alone."""
    found = []
    for gap in gaps:
        rate = margins.get(gap.category, margin)
        value = gap.chance * reach * gap.gap * rate * years - trial
        if value > 0:
            found.append(Option(gap, rate, years, value))
    return sorted(found, key=lambda one: (-one.value, one.gap.category))
