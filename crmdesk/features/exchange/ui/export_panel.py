"""The export half: choose what, then write a workbook off the window's thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from crmdesk.core import dates
from crmdesk.core.i18n import N_, _, ngettext
from crmdesk.core.jobs import Progress
from crmdesk.features.exchange import elsewhere, queries
from crmdesk.features.exchange.ui.results import not_written, told_link
from crmdesk.features.exchange.ui.step_matching import hinted
from crmdesk.qt.desk import Desk
from crmdesk.qt.dialogs import choose_target
from crmdesk.qt.widgets import Band, Button, label, section_label

WHAT = (
    ("customers", N_("Customers"), N_("One row each, with address, phones, tags and notes.")),
    ("people", N_("People"), N_("One row per person and company, with the role.")),
    ("log", N_("Contact log"), N_("Every call, visit and message, past and planned.")),
    ("orders", N_("Orders"), N_("Orders, their lines, and yearly turnover.")),
    ("all", N_("Everything"), N_("All of it in one workbook, a sheet for each.")),
)


class ExportPanel(QWidget):
    """What can be written, and the button that writes it."""

    def __init__(self, desk: Desk, band: Band) -> None:
        """Offer the kinds of workbook."""
        super().__init__()
        self.desk, self.band = desk, band
        self.choices = QButtonGroup(self)
        self.button = Button(_("Export…"), "primary", icon="download", keys="Ctrl+E", large=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(section_label(_("Export")))
        told = _("Writes an .xlsx workbook with true dates and numbers. Codes keep their zeros.")
        column.addWidget(label(told, "body", "text_2", wrap=True))
        column.addSpacing(10)
        for place, (_key, name, hint) in enumerate(WHAT):
            button = QRadioButton(_(name))
            button.setAccessibleDescription(_(hint))
            self.choices.addButton(button, place)
            column.addWidget(hinted(button, _(hint)))
        self.choices.button(len(WHAT) - 1).setChecked(True)
        column.addSpacing(10)
        foot = QHBoxLayout()
        foot.addWidget(self.button)
        foot.addStretch(1)
        column.addLayout(foot)
        column.addStretch(1)
        self.button.clicked.connect(self.ask)

    def what(self) -> str:
        """What is chosen."""
        return WHAT[max(0, self.choices.checkedId())][0]

    def choose(self, what: str) -> None:
        """Choose what to write."""
        keys = [key for key, *_rest in WHAT]
        if what in keys:
            self.choices.button(keys.index(what)).setChecked(True)

    def ask(self) -> None:
        """Ask where to write."""
        told = next(_(text) for key, text, _hint in WHAT if key == self.what())
        name = f"{told.lower()} {dates.today():%Y-%m-%d}.xlsx"
        choose_target(self, _("Export"), [(_("Workbooks"), "*.xlsx")], name, self.write)

    def write(self, path: Path) -> None:
        """Write the workbook, and say where it is."""
        what, desk = self.what(), self.desk
        with desk.store.read() as session:
            currency = queries.currency(session, desk.region.currency)
        text = _("Writing {file}").format(file=path.name)

        def job(progress: Progress) -> int:
            return elsewhere.export(desk.store, path, what, currency, progress)

        def done(count: int) -> None:
            self.button.setEnabled(True)
            text = ngettext("{n} row written to {file}.", "{n} rows written to {file}.", count)
            told_link(self.band, text.format(n=count, file=path.name), path)

        told_why = not_written(desk, self.band, path)

        def failed(error: BaseException) -> None:
            self.button.setEnabled(True)
            told_why(error)

        self.button.setEnabled(False)
        self.band.clear()
        desk.jobs.start(job, done, failed, lambda: self.button.setEnabled(True), text)
