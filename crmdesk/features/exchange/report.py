"""What an import did, for people and for programs, and the refused rows as a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crmdesk.core.i18n import _, ngettext
from crmdesk.features.exchange.formats.xlsx_writer import ColumnOut, SheetOut, write_workbook
from crmdesk.features.exchange.plan import COUNTS, KIND_LABELS, Plan, Problem
from crmdesk.features.exchange.tables import Table


def as_json(plan: Plan) -> dict[str, Any]:
    """The report with its stable keys: per file the counts per kind of record, and the problems."""
    files = []
    for number, name in enumerate(plan.names):
        problems = [_problem(problem) for problem in plan.problems if problem.file == number]
        files.append({"file": name, **plan.counts(number), "problems": problems, "notes": plan.notes(number)})
    return {"files": files}


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "reason": problem.reason,
        "refused": problem.refused,
    }


def as_lines(plan: Plan, most: int = 20) -> Iterator[str]:
    """The report in short lines, with the first problems."""
    for number, name in enumerate(plan.names):
        yield name
        counts = plan.counts(number)
        for kind in counts["read"]:
            yield "  " + _counted(kind, {each: counts[each][kind] for each in COUNTS})
        for note in plan.notes(number):
            yield f"  {note}"
        problems = [problem for problem in plan.problems if problem.file == number]
        for problem in problems[:most]:
            yield f"  {sentence(problem)}"
        if len(problems) > most:
            left = len(problems) - most
            yield "  " + ngettext("and {n} more problem", "and {n} more problems", left).format(n=left)


def _counted(kind: str, counts: dict[str, int]) -> str:
    words = {
        "created": _("{n} new"),
        "updated": _("{n} changed"),
        "unchanged": _("{n} as they were"),
        "skipped": _("{n} left out"),
        "refused": _("{n} refused"),
    }
    told = [words[name].format(n=counts[name]) for name in words if counts[name]]
    return _("{kind}: {n} read, {details}").format(
        kind=_(KIND_LABELS[kind]), n=counts["read"], details=", ".join(told)
    )


def sentence(problem: Problem) -> str:
    """A problem in one line: where it stands, the value, and why."""
    return _("Row {row}, {column} “{value}”: {reason}").format(
        row=problem.row, column=problem.column, value=problem.value, reason=problem.reason
    )


def save_refused(plan: Plan, path: Path) -> int:
    """Write the refused rows with their own columns and the reason, to be corrected and imported again."""
    by_table: dict[int, list[Problem]] = {}
    for problem in plan.refusals():
        by_table.setdefault(problem.table, []).append(problem)
    return write_workbook(
        path, [_refused_sheet(plan.tables[number], rows) for number, rows in by_table.items()]
    )


def _refused_sheet(table: Table, problems: list[Problem]) -> SheetOut:
    columns = (*(ColumnOut(name, width=18) for name in table.header), ColumnOut(_("Reason"), width=60))
    return SheetOut(table.sheet, columns, _refused_rows(table, problems))


def _refused_rows(table: Table, problems: list[Problem]) -> Iterator[list[Any]]:
    width = len(table.header)
    for problem in problems:
        row = [*table.rows[problem.index][:width]]
        yield [*row, *[None] * (width - len(row)), problem.reason]
