"""The verbs import and export of the command line."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crmdesk.core.context import Context
from crmdesk.core.errors import UserError
from crmdesk.core.feature import Command
from crmdesk.core.i18n import N_, _, ngettext
from crmdesk.core.store import Store
from crmdesk.features.exchange import profiles, queries, report
from crmdesk.features.exchange.actions import run_import
from crmdesk.features.exchange.export import WHAT, export_all
from crmdesk.features.exchange.plan import Options, Plan
from crmdesk.features.exchange.planner import make_plan
from crmdesk.features.exchange.profiles import Profile
from crmdesk.features.exchange.reading import ReadOptions
from crmdesk.features.exchange.tables import Source, check_chosen, open_source
from crmdesk.features.exchange.values import Habits

DONE, SOME_REFUSED = 0, 3


def _import_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help=_("a workbook or a text table"))
    parser.add_argument("--profile", metavar="P", help=_("the name of a saved import profile"))
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="COLUMN=FIELD",
        help=_("what a column is; “-” leaves it out"),
    )
    parser.add_argument(
        "--existing", choices=profiles.EXISTING, help=_("what to do with records already there")
    )
    parser.add_argument("--dry-run", action="store_true", help=_("only tell what would happen"))
    parser.add_argument("--refused", type=Path, metavar="FILE", help=_("a workbook for the refused rows"))
    parser.add_argument("--save-profile", metavar="P", help=_("keep this mapping under a name"))


def _import(context: Context, options: Namespace) -> int:
    profile = profiles.load(options.profile) if options.profile else Profile("")
    chosen = {**profile.columns, **_chosen(options.map)}
    sources = _sources(context, options.files, profile)
    check_chosen(sources, chosen if not options.profile else _chosen(options.map))
    existing = options.existing or profile.existing
    plan = _planned(context, sources, chosen, Options(existing), options.dry_run)
    if options.refused and plan.refusals():
        report.save_refused(plan, options.refused)
    if options.save_profile:
        profiles.save(Profile(options.save_profile, chosen, existing, profile.encoding, profile.delimiter))
    _tell(context, plan, options.dry_run)
    return SOME_REFUSED if plan.refusals() else DONE


def _chosen(pairs: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in pairs:
        header, equals, key = pair.rpartition("=")
        if not equals or not header.strip():
            raise UserError(_("Write --map as COLUMN=FIELD, for example --map Firm=customer.name."))
        found[header.strip()] = key.strip()
    return found


def _sources(context: Context, files: list[Path], profile: Profile) -> list[Source]:
    read = ReadOptions(region=context.region.code, encoding=profile.encoding, delimiter=profile.delimiter)
    return [open_source(path, read) for path in files]


def _planned(
    context: Context, sources: list[Source], chosen: dict[str, str], options: Options, dry_run: bool
) -> Plan:
    """The plan, written unless this is a dry run; a new file is made only when it gets something."""
    progress = context.progress()
    with _compared(context) as store:
        with store.read() as session:
            currency = queries.currency(session, context.region.currency)
        plan = make_plan(store, sources, Habits(context.region, currency), options, chosen, progress)
    _check(plan)
    if dry_run or plan.changes_nothing:
        return plan
    fresh = not context.exists()
    store = context.store(create=True)
    if fresh:
        plan.step = store.last_step()
    return run_import(store, plan, currency, options, progress)


@contextmanager
def _compared(context: Context) -> Iterator[Store]:
    """The store to compare with: an empty one where there is no file yet."""
    if context.exists():
        yield context.store()
        return
    scratch = Store.memory(context.features.derived())
    try:
        yield scratch
    finally:
        scratch.close()


def _check(plan: Plan) -> None:
    """Refuse files of which nothing was understood."""
    for number, name in enumerate(plan.names):
        if not any(table.file == number for table in plan.tables):
            raise UserError(
                _("No column of {file} was understood. Name its columns with --map.").format(file=name)
            )


def _tell(context: Context, plan: Plan, dry_run: bool) -> None:
    for line in report.as_lines(plan):
        context.out(line)
    if dry_run:
        context.out(_("Nothing was written: this was a trial."))
    elif plan.changes_nothing:
        context.out(_("Nothing had to be changed."))
    context.emit(report.as_json(plan) | {"dry_run": dry_run})


def _export_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=_("the workbook to write"))
    parser.add_argument("--what", choices=WHAT, default="all", help=_("what to write"))


def _export(context: Context, options: Namespace) -> int:
    path: Path = options.file.absolute()
    if path.suffix.lower() != ".xlsx":
        raise UserError(_("Choose a name that ends with .xlsx."))
    store = context.store()
    with store.read() as session:
        currency = queries.currency(session, context.region.currency)
    counts = export_all(store, path, options.what, currency)
    total = sum(counts.values())
    context.out(ngettext("{file}: {n} row", "{file}: {n} rows", total).format(file=path.name, n=total))
    context.emit({"file": str(options.file), "rows": counts})
    return DONE


COMMANDS = (
    Command("import", N_("Bring in customers, contacts and orders from files"), _import_arguments, _import),
    Command("export", N_("Write a workbook"), _export_arguments, _export),
)
