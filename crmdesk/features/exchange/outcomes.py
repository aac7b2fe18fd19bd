"""Every row of the files with what will become of it, and why: computed once, shown by the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from types import MappingProxyType
from typing import Any

from crmdesk.core import kinds
from crmdesk.core.i18n import _
from crmdesk.core.record import Record
from crmdesk.features.exchange.known import KINDS
from crmdesk.features.exchange.matching import CREATED, SKIPPED, UNCHANGED, UPDATED, Draft
from crmdesk.features.exchange.plan import KIND_LABELS, Plan, Problem
from crmdesk.features.exchange.planner import aim
from crmdesk.features.exchange.values import Habits

REFUSED = "refused"
ALL = "all"
OUTCOMES = ("created", "updated", "unchanged", "skipped", "refused")
Place = tuple[int, int]
_RECORDS: Mapping[str, type[Record]] = MappingProxyType(dict(KINDS))


@dataclass(frozen=True, slots=True)
class Told:
    """One row in words: its outcome, line, file and record, why, and whether a value was left out."""

    outcome: str
    line: str
    file: str
    record: str
    why: str
    warned: bool


@dataclass(frozen=True, slots=True)
class DryRows:
    """The rows in the order of the files, sorted by outcome once."""

    plan: Plan
    habits: Habits
    outcomes: dict[str, list[str]]
    drafts: dict[Place, list[Draft]]
    refused: dict[Place, Problem]
    warned: dict[Place, list[Problem]]
    code: dict[Place, str] = field(default_factory=dict)

    def count(self, outcome: str) -> int:
        """How many rows have an outcome."""
        return len(self.outcomes[outcome])

    def told(self, place: Place) -> Told:
        """One row in words."""
        table = self.plan.tables[place[0]]
        drafts = self.drafts.get(place, [])
        line = str(table.lines[place[1]]) if place[1] < len(table.lines) else ""
        name = PurePath(self.plan.names[table.file]).stem
        why = self._why(place, self.code[place], drafts)
        return Told(self.code[place], line, name, self._record(place, drafts), why, place in self.warned)

    def _record(self, place: Place, drafts: Sequence[Draft]) -> str:
        table = self.plan.tables[place[0]]
        main = aim(table).kind
        best = _best(drafts, main)
        if best is not None:
            name = title(best)
            return name if best.kind == "customers" else f"{_(KIND_LABELS[best.kind])}: {name}"
        return ", ".join(str(value) for value in table.rows[place[1]][:4] if value is not None)[:120]

    def _why(self, place: Place, code: str, drafts: Sequence[Draft]) -> str:
        if code == REFUSED:
            problem = self.refused[place]
            told_of_cell = problem.value and problem.value in problem.reason
            return f"{problem.column}: {problem.reason}" if told_of_cell else problem.reason
        parts = [
            _("{column} left empty: {reason}").format(
                column=warning.column, reason=warning.reason.rstrip(".")
            )
            for warning in self.warned.get(place, ())
        ]
        parts += [change for draft in drafts if draft.outcome == UPDATED for change in self._changes(draft)]
        parts += _new(drafts, _best(drafts, aim(self.plan.tables[place[0]]).kind))
        if not parts and code == UNCHANGED:
            return _("said by an earlier row") if not drafts else _("as it is already")
        if not parts and code == SKIPPED:
            return _("left as it is, by the choice in step 4")
        return "; ".join(parts)

    def _changes(self, draft: Draft) -> Iterator[str]:
        record = _RECORDS[draft.kind]
        for name, new in draft.changes.items():
            old = (draft.known or {}).get(name)
            told = _("{field}: {old} → {new}") if old not in (None, "") else _("{field}: {new}")
            yield told.format(
                field=_(record.field(name).label),
                old=self._shown(record, name, old),
                new=self._shown(record, name, new),
            )

    def _shown(self, record: type[Record], name: str, value: Any) -> str:
        if value is None:
            return ""
        declared = record.field(name)
        if declared.choices:
            return next((_(one.label) for one in declared.choices if one.key == value), str(value))
        return kinds.show(declared.kind, value, self.habits.region, self.habits.currency, cents=True)


def dry_rows(plan: Plan, habits: Habits) -> DryRows:
    """Sort every row of every table by what will become of it."""
    drafts: dict[Place, list[Draft]] = {}
    for kind in plan.drafts.values():
        for draft in kind:
            drafts.setdefault((draft.table, draft.row), []).append(draft)
    refused: dict[Place, Problem] = {}
    warned: dict[Place, list[Problem]] = {}
    for problem in plan.problems:
        place = (problem.table, problem.index)
        if problem.refused:
            refused.setdefault(place, problem)
        else:
            warned.setdefault(place, []).append(problem)
    found = DryRows(plan, habits, {name: [] for name in (ALL, *OUTCOMES)}, drafts, refused, warned)
    for number, table in enumerate(plan.tables):
        main = aim(table).kind
        for row in range(len(table.rows)):
            place = (number, row)
            outcome = REFUSED if place in refused else _outcome(drafts.get(place, ()), main)
            ident = f"{number}:{row}"
            found.code[place] = outcome
            found.outcomes[ALL].append(ident)
            found.outcomes[outcome].append(ident)
    return found


def _outcome(drafts: Sequence[Draft], main: str) -> str:
    """What a row does, judged by the record it is about, else by what else it brings."""
    outcomes = {draft.outcome for draft in drafts}
    mine = _best(drafts, main)
    if mine is not None and mine.outcome in (CREATED, SKIPPED):
        return mine.outcome
    if outcomes & {CREATED, UPDATED}:
        return UPDATED
    return SKIPPED if SKIPPED in outcomes else UNCHANGED


def title(draft: Draft) -> str:
    """A record in a few words."""
    if draft.kind == "people":
        return f"{draft.value('first_name') or ''} {draft.value('last_name') or ''}".strip()
    if draft.kind in ("lines", "log", "turnover", "orders") and "customer_id" in draft.links:
        name = title(draft.links["customer_id"])
        year = draft.value("year")
        own = draft.value("number") or (int(year) if year else draft.value("date")) or ""
        return f"{name}, {own}" if own else name
    if draft.kind == "lines" and "order_id" in draft.links:
        return title(draft.links["order_id"])
    for name in ("name", "number", "code", "value", "town", "text", "description", "role"):
        if said := draft.value(name):
            return str(said)
    return ""


def _best(drafts: Sequence[Draft], main: str) -> Draft | None:
    """The record a row is about; a row with a year's turnover is about its customer."""
    wanted = ("customers", main) if main == "turnover" else (main,)
    found = (draft for kind in wanted for draft in drafts if draft.kind == kind)
    return next(found, drafts[0] if drafts else None)


def _new(drafts: Sequence[Draft], best: Draft | None) -> list[str]:
    """What else a row brings beside the record it is about."""
    counts: dict[str, int] = {}
    for draft in drafts:
        if draft.outcome == CREATED and draft is not best and draft.kind != "roles":
            counts[draft.kind] = counts.get(draft.kind, 0) + 1
    named = [f"{_(KIND_LABELS[kind]).lower()}" + (f" {n}" if n > 1 else "") for kind, n in counts.items()]
    return [_("new: {what}").format(what=", ".join(named))] if named else []
