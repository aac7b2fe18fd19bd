"""What goes together: rules over baskets, and the next thing to offer with the reason."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations
from math import ceil

JOINT, LIFT = 5, 1.2
PULL = 1.0


@dataclass(frozen=True, slots=True)
class Rule:
    """Who buys these also buys that: how often, how surely, and how much more than by chance."""

    given: tuple[str, ...]
    then: str
    support: float
    confidence: float
    lift: float


def rules(baskets: Sequence[Set[str]], support: float, confidence: float, longest: int = 10) -> list[Rule]:
    """All rules with one item to follow, by least support and confidence (Apriori over bit rows)."""
    count = len(baskets)
    least = ceil(support * count - 1e-9)
    rows = _bits(baskets)
    counts: dict[tuple[str, ...], int] = {
        (item,): bits.bit_count() for item, bits in rows.items() if bits.bit_count() >= least
    }
    level: dict[tuple[str, ...], int] = {(item,): rows[item] for item in sorted(rows) if (item,) in counts}
    while level and len(next(iter(level))) < longest:
        level = _longer(level, rows, least, counts)
    found = []
    for items, together in counts.items():
        for then in items if len(items) > 1 else ():
            given = tuple(item for item in items if item != then)
            sure = together / counts[given]
            if sure >= confidence - 1e-12:
                lift = sure / (counts[(then,)] / count)
                found.append(Rule(given, then, together / count, sure, lift))
    return sorted(found, key=lambda rule: (-rule.lift, rule.given, rule.then))


def _bits(baskets: Sequence[Set[str]]) -> dict[str, int]:
    rows: dict[str, int] = defaultdict(int)
    for place, basket in enumerate(baskets):
        for item in basket:
            rows[item] |= 1 << place
    return rows


def _longer(
    level: Mapping[tuple[str, ...], int],
    rows: Mapping[str, int],
    least: int,
    counts: dict[tuple[str, ...], int],
) -> dict[tuple[str, ...], int]:
    heads: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for items in level:
        heads[items[:-1]].append(items[-1])
    found = {}
    for head, tails in heads.items():
        for one, other in combinations(sorted(tails), 2):
            bits = level[(*head, one)] & rows[other]
            if bits.bit_count() >= least:
                items = (*head, one, other)
                found[items] = bits
                counts[items] = bits.bit_count()
    return found


@dataclass(frozen=True, slots=True)
class Next:
    """The next thing to offer: its score and the reason; without one the thing is merely popular."""

    item: str
    score: float
    because: tuple[str, ...] = ()
    joint: int = 0
    alike: int = 0
    buyers: int = 0

    @property
    def popular(self) -> bool:
        """Whether nothing but its popularity speaks for it."""
        return not self.because


class Taste:
    """What customers own, and what follows from it for others."""

    def __init__(self, owned: Iterable[Set[str]]) -> None:
        self._sets = [own for own in owned if own]
        self.customers = len(self._sets)
        self.count = Counter(item for own in self._sets for item in own)
        self._pairs: Counter[tuple[str, str]] = Counter()
        for own in self._sets:
            self._pairs.update(combinations(sorted(own), 2))

    def joint(self, one: str, other: str) -> int:
        """How many own both."""
        return self._pairs[(one, other) if one < other else (other, one)]

    def score(self, own: Set[str], item: str) -> float:
        """The mean chance of an item, given each thing owned, drawn to its popularity."""
        share = self.count[item] / self.customers if self.customers else 0.0
        if not own:
            return share
        told = [
            (self.joint(item, given) + PULL * share) / (self.count[given] + PULL) for given in sorted(own)
        ]
        return sum(told) / len(told)

    def offers(self, own: Set[str], most: int = 5, barred: Set[str] = frozenset()) -> list[Next]:
        """The next things for who owns these; the reason names the closest two things owned."""
        ranked = sorted(
            (item for item in self.count if item not in own and item not in barred),
            key=lambda item: (-self.score(own, item), -self.count[item], item),
        )
        return [self._reasoned(own, item) for item in ranked[:most]]

    def _reasoned(self, own: Set[str], item: str) -> Next:
        score, buyers = self.score(own, item), self.count[item]
        close = sorted(own, key=lambda given: (-self._lift(given, item), given))
        for given in (tuple(sorted(close[:2])), tuple(close[:1])):
            alike = [owned for owned in self._sets if given and owned >= set(given)]
            joint = sum(item in owned for owned in alike)
            if joint >= JOINT and joint / len(alike) > LIFT * buyers / self.customers:
                return Next(item, score, given, joint, len(alike), buyers)
        return Next(item, score, buyers=buyers)

    def _lift(self, given: str, item: str) -> float:
        expected = self.count[given] * self.count[item]
        return self.joint(given, item) * self.customers / expected if expected else 0.0
