"""The plan of an import: every record that comes out of the files, and what will become of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from crmdesk.core.i18n import N_, _, ngettext
from crmdesk.features.exchange.known import KINDS
from crmdesk.features.exchange.matching import Draft
from crmdesk.features.exchange.tables import Table

COUNTS = ("read", "created", "updated", "unchanged", "skipped", "refused")
_ROWS_NAMED = 10
KIND_NAMES = tuple(name for name, _record in KINDS)
KIND_LABELS = {
    "products": N_("Products"),
    "customers": N_("Customers"),
    "people": N_("People"),
    "roles": N_("Roles"),
    "addresses": N_("Addresses"),
    "points": N_("Phones and e-mails"),
    "tags": N_("Tags"),
    "orders": N_("Orders"),
    "lines": N_("Order lines"),
    "turnover": N_("Yearly turnover"),
    "log": N_("Log entries"),
}


@dataclass(frozen=True, slots=True)
class Options:
    """What the owner may choose: what to do with records already there (fill, overwrite, skip)."""

    existing: str = "fill"


@dataclass(frozen=True, slots=True)
class Problem:
    """A value or a row that did not come in: where it stands, and why; `refused` is the whole row."""

    file: int
    sheet: str
    row: int
    column: str
    value: str
    reason: str
    refused: bool
    table: int = 0
    index: int = 0


@dataclass(slots=True)
class Plan:
    """The drafts by kind, in the order in which they are written, with the problems met."""

    names: tuple[str, ...]
    prints: tuple[str, ...]
    tables: list[Table]
    step: int = 0
    drafts: dict[str, list[Draft]] = field(default_factory=lambda: {name: [] for name in KIND_NAMES})
    problems: list[Problem] = field(default_factory=list)
    refused: dict[tuple[int, str], int] = field(default_factory=dict)
    clashes: dict[tuple[int, str, str], int] = field(default_factory=dict)

    def touch(self, draft: Draft, table: int, row: int) -> None:
        """Note that a row speaks of this draft; the first mention counts."""
        if draft.table < 0:
            draft.file, draft.table, draft.row = self.tables[table].file, table, row
            self.drafts[draft.kind].append(draft)

    def refuse(self, kind: str, where: tuple[int, int], cell: tuple[str, Any], reason: str) -> None:
        """Keep a row out: `where` is its table and row, `cell` the column and value at fault."""
        table = self.tables[where[0]]
        key = (table.file, kind)
        self.refused[key] = self.refused.get(key, 0) + 1
        self.problems.append(self._problem(where, cell, reason, True))

    def warn(self, where: tuple[int, int], cell: tuple[str, Any], reason: str) -> None:
        """Note a value that was left empty; its row comes in without it."""
        self.problems.append(self._problem(where, cell, reason, False))

    def _problem(self, where: tuple[int, int], cell: tuple[str, Any], reason: str, refused: bool) -> Problem:
        table = self.tables[where[0]]
        value = "" if cell[1] is None else str(cell[1])
        line = table.lines[where[1]] if where[1] >= 0 else 0
        return Problem(table.file, table.sheet, line, cell[0], value, reason, refused, *where)

    def clash(self, table: int, kind: str, name: str) -> None:
        """Count a value that contradicts an earlier row about the same record; the first one stays."""
        key = (self.tables[table].file, kind, name)
        self.clashes[key] = self.clashes.get(key, 0) + 1

    def counts(self, file: int) -> dict[str, dict[str, int]]:
        """Read, created, updated, unchanged, skipped and refused of one file, per kind of record."""
        found = {name: dict.fromkeys(KIND_NAMES, 0) for name in COUNTS}
        for kind, drafts in self.drafts.items():
            for draft in drafts:
                if draft.file == file:
                    found["read"][kind] += 1
                    found[draft.outcome][kind] += 1
        for (number, kind), count in self.refused.items():
            if number == file:
                found["read"][kind] += count
                found["refused"][kind] += count
        return {
            name: {kind: each[kind] for kind in KIND_NAMES if found["read"][kind]}
            for name, each in found.items()
        }

    def notes(self, file: int) -> list[str]:
        """What else is worth knowing about one file, in sentences."""
        left_out = [each for table in self.tables if table.file == file for each in _left_out(table)]
        return left_out + [
            ngettext(
                "{kind}, {field}: {n} row says something else than an earlier one; the first was kept.",
                "{kind}, {field}: {n} rows say something else than an earlier one; the first was kept.",
                count,
            ).format(kind=_(KIND_LABELS[kind]), field=name, n=count)
            for (number, kind, name), count in sorted(self.clashes.items())
            if number == file
        ]

    @property
    def changes_nothing(self) -> bool:
        """Whether everything in the files is in the store already."""
        return not any(d.outcome in ("created", "updated") for drafts in self.drafts.values() for d in drafts)

    def refusals(self) -> Sequence[Problem]:
        """The rows that stayed out."""
        return [problem for problem in self.problems if problem.refused]


def _left_out(table: Table) -> list[str]:
    """Which rows of a table were no records, by reason."""
    found: dict[str, list[int]] = {}
    for line, reason in table.left_out.items():
        found.setdefault(reason, []).append(line)
    return [
        _("{sheet}, rows {rows}: {reason}").format(
            sheet=table.sheet,
            rows=", ".join(map(str, lines[:_ROWS_NAMED])) + (" ..." if len(lines) > _ROWS_NAMED else ""),
            reason=_(reason),
        )
        for reason, lines in found.items()
    ]
