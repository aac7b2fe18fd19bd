"""The verbs that belong to the store itself: history, undo, redo, check."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from crmdesk.core import dates, history, journal
from crmdesk.core.context import Context
from crmdesk.core.derived import records_by_table
from crmdesk.core.errors import NotFound
from crmdesk.core.feature import Command
from crmdesk.core.i18n import N_, _, ngettext
from crmdesk.core.undo import Undone


def _no_arguments(_parser: ArgumentParser) -> None:
    return


def _undo(context: Context, _options: Namespace) -> int:
    return _told(context, _("Undone: {label}"), context.store().undo())


def _redo(context: Context, _options: Namespace) -> int:
    return _told(context, _("Done again: {label}"), context.store().redo())


def _told(context: Context, sentence: str, done: Undone) -> int:
    context.out(sentence.format(label=done.label))
    context.emit({"label": done.label, "values": done.count})
    return 0


def _history_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "record", nargs="?", metavar="RECORD", help=_("number, name or id of a customer, or an id")
    )
    parser.add_argument("--limit", type=int, default=50, metavar="N", help=_("how many entries"))


def _history(context: Context, options: Namespace) -> int:
    store = context.store(shared=True)
    with store.read() as session:
        if options.record is None:
            steps = history.recent(session, options.limit)
            for step in steps:
                context.out(f"{dates.show_datetime(step.wall, context.region)}  {step.label}")
            context.emit(
                {
                    "steps": [
                        {"step": f"{s.dev}/{s.seq}", "when": s.wall, "kind": s.kind, "label": s.label}
                        for s in steps
                    ]
                }
            )
            return 0
        row = _find(session, options.record)
        entries = history.history(session, row, limit=options.limit)
    for entry in entries:
        context.out(
            f"{dates.show_datetime(entry.when, context.region)}  {entry.label}: {entry.field} = {entry.new}"
        )
    context.emit(
        {
            "record": row,
            "changes": [
                {"when": e.when, "label": e.label, "field": e.field, "old": e.old, "new": e.new}
                for e in entries
            ],
        }
    )
    return 0


def _find(session: Session, word: str) -> str:
    for record in records_by_table().values():
        if session.execute(select(record.id).where(record.id == word)).first():
            return word
    customer = records_by_table()["customer"].__table__
    for column in ("number", "name"):
        found = session.execute(select(customer.c.id).where(customer.c[column] == word)).first()
        if found:
            return str(found.id)
    raise NotFound(_("No record is called {word}.").format(word=word))


def _check(context: Context, _options: Namespace) -> int:
    store = context.store(shared=True)
    faults: list[str] = []
    with store.read() as session:
        connection = session.connection()
        faults += [str(row[0]) for row in session.execute(text("PRAGMA integrity_check")) if row[0] != "ok"]
        faults += [f"{row[0]}: {row[2]}" for row in session.execute(text("PRAGMA foreign_key_check"))]
        faults += journal.verify(connection)
        steps = sum(journal.vector(connection).values())
    context.emit({"ok": not faults, "steps": steps, "faults": faults})
    for fault in faults:
        context.out(fault)
    if faults:
        told = ngettext("{n} fault found in the file.", "{n} faults found in the file.", len(faults))
        print(told.format(n=len(faults)), file=context.errors)
        return 1
    context.out(_("The file is sound: {n} steps, nothing missing.").format(n=steps))
    return 0


COMMANDS = (
    Command("history", N_("what was done, or what happened to one record"), _history_arguments, _history),
    Command("undo", N_("take back the last step"), _no_arguments, _undo),
    Command("redo", N_("do again what was undone"), _no_arguments, _redo),
    Command("check", N_("look whether the file is sound"), _no_arguments, _check),
)
