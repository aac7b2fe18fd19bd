"""Writes a plan into the store: one write, one step to undo."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from crmdesk.core import dates
from crmdesk.core.i18n import _, ngettext
from crmdesk.core.ids import uuid7s
from crmdesk.core.jobs import Progress
from crmdesk.core.record import Record
from crmdesk.core.store import Store
from crmdesk.core.write import Write
from crmdesk.features.exchange.known import KINDS
from crmdesk.features.exchange.matching import CREATED, UPDATED, Draft
from crmdesk.features.exchange.pause import collector_paused
from crmdesk.features.exchange.plan import Options, Plan
from crmdesk.features.exchange.planner import plan_tables
from crmdesk.features.exchange.records import ImportRun

_BLOCK = 5000


def run_import(
    store: Store, plan: Plan, currency: str, options: Options, progress: Progress | None = None
) -> Plan:
    """Write the plan and return it; nothing is written where it changes nothing or is stopped.

    A store that changed since the plan was made is compared anew.
    """
    line = progress or Progress()
    if store.last_step() != plan.step:
        fresh = Plan(plan.names, plan.prints, plan.tables)
        plan = plan_tables(store, fresh, currency, options, line)
    if plan.changes_nothing:
        return plan
    with collector_paused(), store.write(_label(plan), kind="import") as session:
        write_plan(session, plan, line)
        _remember(session, plan)
        line.check()
    return plan


def write_plan(session: Write, plan: Plan, progress: Progress) -> None:
    """Insert and update all records of a plan, owners before what hangs on them."""
    jobs = [(record, drafts) for kind, record in KINDS if (drafts := plan.drafts[kind])]
    total = sum(len(drafts) for _record, drafts in jobs)
    done = 0
    for record, drafts in jobs:
        fresh = [draft for draft in drafts if draft.outcome == CREATED]
        for draft, ident in zip(fresh, uuid7s(len(fresh)), strict=True):
            draft.id = ident
        for block in _blocks(fresh):
            progress.step(done, total, _("Writing"))
            session.bulk_insert(record, [_row(draft) for draft in block])
            done += len(block)
        changed = [draft for draft in drafts if draft.outcome == UPDATED]
        for block in _blocks(changed):
            progress.step(done, total, _("Writing"))
            session.bulk_update(record, [{"id": draft.id, **draft.changes} for draft in block])
            done += len(block)
    progress.step(total, total, _("Writing"))


def _blocks(drafts: list[Draft]) -> Iterator[list[Draft]]:
    for start in range(0, len(drafts), _BLOCK):
        yield drafts[start : start + _BLOCK]


def _row(draft: Draft) -> dict[str, Any]:
    values = {name: value for name, value in draft.values.items() if value is not None}
    values["id"] = draft.id
    for column, owner in draft.links.items():
        values[column] = owner.id
    if draft.kind == "customers" and not values.get("name"):
        values["name"] = values.get("number") or values.get("vat_number") or _("No name")
    elif draft.kind == "products" and not values.get("name"):
        values["name"] = values.get("code") or ""
    return values


def _remember(session: Write, plan: Plan) -> None:
    now = dates.now().replace(microsecond=0)
    rows = []
    for number, name in enumerate(plan.names):
        counts = plan.counts(number)
        refused = sum(counts["refused"].values())
        row = {"file": name, "fingerprint": plan.prints[number], "at": now, "refused": float(refused)}
        rows.append({**row, "counts": json.dumps(counts, sort_keys=True)})
    record: type[Record] = ImportRun
    session.bulk_insert(record, rows)


def _label(plan: Plan) -> str:
    first, more = plan.names[0], len(plan.names) - 1
    if not more:
        return _("Import {file}").format(file=first)
    label = ngettext("Import {file} and {n} more file", "Import {file} and {n} more files", more)
    return label.format(file=first, n=more)


def without_rows(plan: Plan, left_out: set[tuple[int, int]]) -> Plan:
    """A plan over the same files without some rows, named by table and row, still to be planned."""
    kept = []
    for number, table in enumerate(plan.tables):
        keep = [row for row in range(len(table.rows)) if (number, row) not in left_out]
        fresh = replace(table, lines=[table.lines[r] for r in keep], rows=[table.rows[r] for r in keep])
        fresh.columns = [
            replace(column, values=[column.values[r] for r in keep], faults=[]) for column in table.columns
        ]
        for column, old in zip(fresh.columns, table.columns, strict=True):
            places = {row: place for place, row in enumerate(keep)}
            column.faults = [replace(f, row=places[f.row]) for f in old.faults if f.row in places]
        fresh.arrange()
        kept.append(fresh)
    return Plan(plan.names, plan.prints, kept)
