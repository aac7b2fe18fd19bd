"""Step 1, Source: the files, their sheets, and what each of them holds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crmdesk.core import dates
from crmdesk.core.errors import UserError
from crmdesk.core.i18n import N_, _, ngettext
from crmdesk.core.jobs import Progress
from crmdesk.features.exchange import queries
from crmdesk.features.exchange.reading import ReadOptions
from crmdesk.features.exchange.ui import words
from crmdesk.features.exchange.ui.bench import Bench
from crmdesk.features.exchange.ui.file_choice import DropZone, choose_files
from crmdesk.features.exchange.ui.intake import IntakeFile, IntakeSheet
from crmdesk.features.exchange.ui.reading_away import read
from crmdesk.features.exchange.ui.step import Step
from crmdesk.qt.widgets import Badge, ElidedLabel, HLine, IconButton, IconLabel, label, scrolling


class SourceStep(Step):
    """Files are added, removed and ticked sheet by sheet; reading happens off the window's thread."""

    title = N_("Source")
    taken = Signal()

    def __init__(self, bench: Bench) -> None:
        """Start without files."""
        super().__init__(bench)
        self.zone = DropZone(
            _("Drop more files here. Related files are read together."), _("Add files…"), "plain"
        )
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(self._list)
        column.addWidget(self.zone)
        column.addStretch(1)
        self.column.addWidget(scrolling(body), 1)
        self.zone.dropped.connect(self.add)
        self.zone.choose_asked.connect(lambda: choose_files(self, self.add))

    def add(self, paths: Sequence[Path]) -> None:
        """Read more files; one that is there already is read again."""
        for path in paths:
            self.read(path, ReadOptions(region=self.bench.desk.region.code))

    def read(self, path: Path, options: ReadOptions) -> None:
        """Read a file with these options, in place of what was read of it before."""

        def job(progress: Progress) -> IntakeFile:
            return self._job(path, options, progress)

        def refused(error: BaseException) -> None:
            if not isinstance(error, UserError):
                self.bench.fail(error)
                return
            self._take(IntakeFile(path, options, error=str(error)))

        text = _("Reading {file}").format(file=path.name)
        self.bench.start(job, self._take, text, refused)

    def _job(self, path: Path, options: ReadOptions, progress: Progress) -> IntakeFile:
        file = read(self.bench.away, path, options, progress)
        progress.check()
        assert file.workbook is not None
        with self.bench.desk.store.read() as session:
            file.before = queries.imported_before(session, file.workbook.fingerprint)
        return file

    def _take(self, file: IntakeFile) -> None:
        files = self.intake.files
        places = [place for place, other in enumerate(files) if other.path == file.path]
        if places and file.error and files[places[0]].workbook is not None:
            self.bench.band.tell(file.error, "late")
        elif places:
            _keep_ticks(files[places[0]], file)
            files[places[0]] = file
        else:
            files.append(file)
        self.enter()
        self.edited()
        self.taken.emit()

    def _remove(self, file: IntakeFile) -> None:
        self.intake.files.remove(file)
        self.enter()
        self.edited()

    def enter(self) -> None:
        """Show the files as they were read."""
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for file in self.intake.files:
            self._list.addWidget(self._card(file))

    def _card(self, file: IntakeFile) -> QWidget:
        card = QFrame()
        card.setObjectName("panel")
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 6, 10, 10)
        column.setSpacing(4)
        column.addLayout(self._card_head(file))
        if file.error:
            column.addLayout(_message("circle-alert", "late", file.error))
        elif not file.sheets:
            column.addLayout(
                _message("circle-alert", "late", _("This file holds no rows. Choose another one."))
            )
        if file.before is not None:
            day = dates.show_date(file.before.date(), self.bench.desk.region, dates.today())
            told = _("The same content was imported on {day}. Known records are found again.").format(day=day)
            column.addLayout(_message("history", "due", told))
        for sheet in file.sheets:
            column.addWidget(HLine(faint=True))
            column.addLayout(self._sheet_line(file, sheet))
        return card

    def _card_head(self, file: IntakeFile) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconLabel("file-spreadsheet"))
        row.addWidget(ElidedLabel(file.name, "strong", "text"), 1)
        remove = IconButton("x", _("Leave {file} out").format(file=file.name), size=14)
        remove.clicked.connect(lambda: self._remove(file))
        row.addWidget(remove)
        return row

    def _sheet_line(self, file: IntakeFile, sheet: IntakeSheet) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        one = len(file.sheets) == 1 and file.workbook is not None and file.workbook.format == "text"
        tick = QCheckBox(_("Whole file") if one else sheet.name)
        tick.setAccessibleName(_("Import {sheet}").format(sheet=sheet.name))
        tick.setMinimumWidth(240)
        tick.setChecked(sheet.ticked)
        tick.toggled.connect(lambda on: self._tick(sheet, on))
        row.addWidget(tick)
        told = ngettext("{n} row", "{n} rows", sheet.data_rows).format(n=sheet.data_rows)
        count = label(told, "body", "text_2")
        count.setMinimumWidth(100)
        row.addWidget(count)
        if sheet.sheet.hidden:
            row.addWidget(Badge(_("hidden")))
        unclear = bool(sheet.data_rows) and not sheet.plan.kinds
        row.addWidget(
            ElidedLabel(
                words.holds(sheet.plan) if sheet.data_rows else "", "body", "due" if unclear else "text_2"
            ),
            1,
        )
        return row

    def _tick(self, sheet: IntakeSheet, on: bool) -> None:
        sheet.ticked = on
        self.edited()

    def blocked(self) -> str:
        """Wait for a file with rows."""
        if self.bench.busy:
            return _("Reading")
        return "" if self.intake.rows() else _("Choose a file with rows first.")

    def note(self) -> tuple[str, str]:
        """How much was chosen."""
        rows, files = self.intake.rows(), len(self.intake.used())
        told = ngettext("{n} file", "{n} files", files).format(n=files)
        return told + ", " + ngettext("{n} row", "{n} rows", rows).format(n=rows), ""


def _message(icon: str, color: str, text: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(IconLabel(icon, color, 14))
    row.addWidget(label(text, "body", color, wrap=True), 1)
    return row


def _keep_ticks(before: IntakeFile, after: IntakeFile) -> None:
    ticks = {sheet.name: sheet.ticked for sheet in before.sheets}
    for sheet in after.sheets:
        sheet.ticked = ticks.get(sheet.name, sheet.ticked)
