"""The merge rule: what a cell holds when several copies changed it.

A change comes before another when whoever made the other had seen it. The heads of a cell are the changes
that no other change of that cell comes after; the head with the greatest (clock, replica, number) gives the
value, and every head that differs from it stands as a conflict until somebody edits the field: a later edit
has seen all heads, so resolving is just editing. A row is deleted only if no other change of it was made
unseen beside its tombstone. The rule is pure: it knows neither database nor clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Stamp = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Edit:
    """One value given to a cell: by whom (replica and number), when, and what that replica had seen."""

    dev: str
    seq: int
    hlc: int
    seen: dict[str, int]
    value: Any

    @property
    def rank(self) -> tuple[int, str, int]:
        """The order among edits that did not know of each other."""
        return (self.hlc, self.dev, self.seq)

    def knows(self, other: Edit) -> bool:
        """Whether this edit was made in the knowledge of the other, or together with it."""
        return self.seen.get(other.dev, 0) >= other.seq

    def precedes(self, other: Edit) -> bool:
        """Whether the other edit was made later and in the knowledge of this one."""
        return (self.dev, self.seq) != (other.dev, other.seq) and other.knows(self)


@dataclass(frozen=True, slots=True)
class Merged:
    """What a cell holds: the winning edit, and the heads that say something else."""

    winner: Edit
    losers: tuple[Edit, ...]

    @property
    def value(self) -> Any:
        """The value of the cell."""
        return self.winner.value


def heads(edits: Iterable[Edit]) -> list[Edit]:
    """The edits of a cell that no other edit of it was made in the knowledge of, the greatest rank first."""
    every = list(edits)
    living = [edit for edit in every if not any(edit.precedes(other) for other in every)]
    return sorted(living, key=lambda edit: edit.rank, reverse=True)


def merge_cell(edits: Iterable[Edit]) -> Merged:
    """The value of a cell out of all edits of it; at least one is needed."""
    first, *rest = heads(edits)
    return Merged(first, tuple(edit for edit in rest if edit.value != first.value))


def merge_tombstone(tombstones: Sequence[Edit], row: Iterable[Edit], alive: int = 0) -> Merged:
    """Whether a row is deleted, out of its tombstone edits and all other edits of the row.

    A deletion made while somebody else edited the row, neither knowing of the other, loses: the row lives,
    and the deletion stands as a conflict.
    """
    merged = merge_cell(tombstones)
    if merged.value == alive:
        return merged
    unseen = [edit for edit in row if not edit.knows(merged.winner) and not merged.winner.knows(edit)]
    if not unseen:
        return merged
    latest = max(unseen, key=lambda edit: edit.rank)
    living = Edit(latest.dev, latest.seq, latest.hlc, latest.seen, alive)
    return Merged(living, (merged.winner, *(edit for edit in merged.losers if edit.value != alive)))


def merge_rows(base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]) -> ThreeWay:
    """Three plain rows into one: what only one side changed is taken, what both changed alike too."""
    result = dict(mine)
    clashes: list[Clash] = []
    for name, value in theirs.items():
        was, now = base.get(name), mine.get(name)
        if value in (was, now):
            continue
        if now == was:
            result[name] = value
        else:
            clashes.append(Clash(name, was, now, value))
    return ThreeWay(result, tuple(clashes))


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that both sides changed, each to something else."""

    field: str
    base: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class ThreeWay:
    """A merged row, with mine standing where the two sides clash."""

    result: dict[str, Any]
    clashes: tuple[Clash, ...]
