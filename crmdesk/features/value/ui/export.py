"""Writes a value sheet as a workbook with live formulas, by the writer that the exchange slice offers."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from crmdesk.core.errors import UserError
from crmdesk.core.i18n import _
from crmdesk.features.customers.ui import hosting
from crmdesk.features.value.ui.lines import Teller
from crmdesk.features.value.ui.workbook import workbook
from crmdesk.qt.desk import Desk
from crmdesk.qt.dialogs import choose_target
from crmdesk.qt.widgets import Band


def ask_export(parent: QWidget, desk: Desk, teller: Teller, name: str, band: Band) -> None:
    """Ask where, then write the workbook."""
    file = f"{name} {teller.words.valuation.as_of:%Y-%m-%d}.xlsx".replace("/", "-")
    kinds = [(_("Workbooks"), "*.xlsx")]
    choose_target(parent, _("Export"), kinds, file, lambda path: export(desk, teller, name, path, band))


def export(desk: Desk, teller: Teller, name: str, path: Path, band: Band) -> None:
    """Write the workbook off the window's thread, and say where it is."""
    write = next(iter(hosting.offered("WRITE_FORMULAS")), None)
    if write is None:
        return
    sheets = workbook(teller, name)

    def done(_result: object) -> None:
        def show() -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

        band.tell(_("The sheet was written to {file}.").format(file=path.name), "ok", _("Open"), show)

    def failed(error: BaseException) -> None:
        if isinstance(error, UserError):
            band.tell(str(error), "late")
        else:
            desk.fail(error)

    text = _("Writing {file}").format(file=path.name)
    desk.jobs.start(lambda _progress: write(path, sheets), done, failed, text=text)
