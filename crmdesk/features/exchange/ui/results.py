"""What an import did, in one sentence, and the way back and out: undo, refused rows, list, portfolio."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from crmdesk.core import away
from crmdesk.core.errors import Conflict, UserError
from crmdesk.core.i18n import _, ngettext
from crmdesk.core.undo import Undone
from crmdesk.features.exchange import report
from crmdesk.features.exchange.plan import COUNTS, KIND_NAMES, Plan
from crmdesk.qt.desk import Desk
from crmdesk.qt.dialogs import choose_target
from crmdesk.qt.widgets import Band

StepName = tuple[str, int]
_TOLD = ("customers", "people", "orders", "log", "turnover", "products")


def totals(plan: Plan) -> dict[str, dict[str, int]]:
    """The counts of all files together, by kind of record and outcome."""
    found = {kind: dict.fromkeys(COUNTS, 0) for kind in KIND_NAMES}
    for number in range(len(plan.names)):
        for name, each in plan.counts(number).items():
            for kind, count in each.items():
                found[kind][name] += count
    return found


def sentence(counts: Mapping[str, dict[str, int]]) -> str:
    """What came in, by the kind of record that matters most."""
    for kind in _TOLD:
        of = counts.get(kind, {})
        created, updated = of.get("created", 0), of.get("updated", 0)
        if created or updated:
            parts = [_created(kind, created)] if created else []
            parts += [ngettext("{n} updated", "{n} updated", updated).format(n=updated)] if updated else []
            return _("{told}.").format(told=", ".join(parts)) if created else f"{_name(kind)}: {parts[0]}."
    return _("Nothing had to be changed.")


def _created(kind: str, n: int) -> str:
    told = {
        "customers": ngettext("{n} customer created", "{n} customers created", n),
        "people": ngettext("{n} person created", "{n} people created", n),
        "orders": ngettext("{n} order created", "{n} orders created", n),
        "log": ngettext("{n} log entry created", "{n} log entries created", n),
        "turnover": ngettext("{n} yearly turnover created", "{n} yearly turnovers created", n),
        "products": ngettext("{n} product created", "{n} products created", n),
    }
    return told[kind].format(n=n)


def _name(kind: str) -> str:
    names = {
        "customers": _("Customers"),
        "people": _("People"),
        "orders": _("Orders"),
        "log": _("Log entries"),
        "turnover": _("Yearly turnover"),
        "products": _("Products"),
    }
    return names[kind]


def undo_import(
    desk: Desk, step: StepName, band: Band, done: Callable[[Undone], None], partly: bool = False
) -> None:
    """Take an import back off the window's thread; what was changed since is asked about in place."""

    def failed(error: BaseException) -> None:
        if isinstance(error, Conflict) and not partly:
            offer = _("Undo the rest")
            band.tell(str(error), "due", offer, lambda: undo_import(desk, step, band, done, True))
        elif isinstance(error, UserError):
            band.tell(str(error), "late")
        else:
            desk.fail(error)

    text = _("Undoing the import")
    desk.jobs.start(lambda line: away.undo(desk.store, line, step, partly), done, failed, text=text)


def save_refused(parent: QWidget, desk: Desk, plan: Plan, band: Band) -> None:
    """Ask where, then write the refused rows into a workbook."""
    name = _("refused rows {file}").format(file=Path(plan.names[0]).stem) + ".xlsx"

    def write(path: Path) -> None:
        def done(count: int) -> None:
            told = ngettext("{n} refused row saved in {file}.", "{n} refused rows saved in {file}.", count)
            told_link(band, told.format(n=count, file=path.name), path)

        desk.jobs.start(
            lambda _progress: report.save_refused(plan, path), done, not_written(desk, band, path)
        )

    choose_target(parent, _("Save refused rows"), [(_("Workbooks"), "*.xlsx")], name, write)


def not_written(desk: Desk, band: Band, path: Path) -> Callable[[BaseException], None]:
    """Says in place why a file was not written; what is our fault goes to the crash hook."""

    def failed(error: BaseException) -> None:
        if isinstance(error, UserError):
            band.tell(str(error), "late")
        elif isinstance(error, OSError):
            told = _("{file} cannot be written: {reason}. Choose another place.")
            band.tell(told.format(file=path.name, reason=error.strerror or type(error).__name__), "late")
        else:
            desk.fail(error)

    return failed


def told_link(band: Band, text: str, path: Path) -> None:
    """Say that a file was written, with a link that opens it."""

    def show() -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    band.tell(text, "ok", _("Open"), show)
