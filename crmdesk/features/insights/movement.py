"""Customer equity as a balance sheet: what was there, what came and went, and what is there now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from crmdesk.features.value.worth import State, Valuation, Worth


@dataclass(frozen=True, slots=True)
class Movement:
    """One customer's equity from one day to another, in the smallest coin; the parts always add up."""

    id: str
    name: str
    opening: int = 0
    won: int = 0
    grown: int = 0
    shrunk: int = 0
    lost: int = 0
    re_estimated: int = 0
    closing: int = 0

    @property
    def closes(self) -> bool:
        """Whether opening and movements make the closing figure."""
        moved = self.won + self.grown - self.shrunk - self.lost + self.re_estimated
        return self.opening + moved == self.closing


@dataclass(frozen=True, slots=True)
class Balance:
    """The whole statement: the sum of all customers, and each of them."""

    total: Movement
    customers: tuple[Movement, ...]


def balance(opening: Valuation, restated: Valuation, closing: Valuation) -> Balance:
    """The statement between two days; `restated` is the opening day by the models of the closing one.

    What only the models changed is told apart as estimated anew.
    """
    before, again, after = _by_id(opening), _by_id(restated), _by_id(closing)
    rows = tuple(
        _movement(ident, before.get(ident), again.get(ident), after.get(ident))
        for ident in sorted(before.keys() | after.keys())
    )
    names = ("opening", "won", "grown", "shrunk", "lost", "re_estimated", "closing")
    sums = {name: sum(getattr(row, name) for row in rows) for name in names}
    ordered = sorted(rows, key=lambda row: (-abs(row.closing - row.opening), row.id))
    return Balance(Movement("", "", **sums), tuple(ordered))


def _by_id(valuation: Valuation) -> Mapping[str, Worth]:
    return {one.id: one for one in valuation.customers}


def _movement(ident: str, before: Worth | None, again: Worth | None, after: Worth | None) -> Movement:
    named = after or before
    opening, closing = _equity(before), _equity(after)
    name = named.name if named else ""
    if not _known(before) and _known(after):
        return Movement(ident, name, opening, won=closing - opening, closing=closing)
    re_estimated = _equity(again) - opening
    moved = closing - opening - re_estimated
    gone = after is None or after.state in (State.LOST, State.CLOSED)
    if gone:
        return Movement(ident, name, opening, lost=-moved, re_estimated=re_estimated, closing=closing)
    if moved >= 0:
        return Movement(ident, name, opening, grown=moved, re_estimated=re_estimated, closing=closing)
    return Movement(ident, name, opening, shrunk=-moved, re_estimated=re_estimated, closing=closing)


def _equity(one: Worth | None) -> int:
    return one.equity or 0 if one is not None else 0


def _known(one: Worth | None) -> bool:
    return one is not None and (one.inputs.purchases > 0 or one.inputs.turnover != 0)
