"""Step 3, Mapping: which column fills which field, and the rows as they will be read."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crmdesk.core import kinds
from crmdesk.core.i18n import N_, _, ngettext
from crmdesk.core.kinds import Kind
from crmdesk.features.exchange import profiles
from crmdesk.features.exchange.tables import LEAVE_OUT
from crmdesk.features.exchange.targets import target
from crmdesk.features.exchange.ui import words
from crmdesk.features.exchange.ui.bench import Bench
from crmdesk.features.exchange.ui.column_facts import NUMBERS, ColumnFacts, agreed, misfit_rows
from crmdesk.features.exchange.ui.column_panel import ColumnPanel
from crmdesk.features.exchange.ui.intake import IntakeSheet
from crmdesk.features.exchange.ui.mapping_table import MappingTable
from crmdesk.features.exchange.ui.preview import PreviewCell, PreviewRow, PreviewTable
from crmdesk.features.exchange.ui.step import SheetTabs, Step
from crmdesk.features.exchange.ui.step_reading import shown
from crmdesk.features.exchange.values import fill
from crmdesk.qt import theme
from crmdesk.qt.widgets import HLine, VLine, label
from crmdesk.qt.widgets import row as row_of

_COLUMNS, _ROWS = 8, 5


class MappingStep(Step):
    """The table of columns, the panel of the chosen one, and the rows as they will be read."""

    title = N_("Mapping")

    def __init__(self, bench: Bench) -> None:
        """Lay out table, panel and preview."""
        super().__init__(bench)
        self.tabs = SheetTabs(_("Sheets"))
        self.table = MappingTable()
        self.panel = ColumnPanel(bench)
        self.preview = PreviewTable(_("As it will be read"))
        self._bad: list[int] = []
        self._misfits: list[int] = []
        self._build()
        self.tabs.chosen.connect(self._show)
        self.table.current_changed.connect(self._explain)
        self.table.assigned.connect(self.assign)
        self.panel.edited.connect(self._again)
        self.panel.told.connect(self._learn)
        theme.signals.changed.connect(self._restyle)
        self._restyle()

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.table, 1)
        left.addWidget(HLine())
        head = QHBoxLayout()
        head.setContentsMargins(16, 9, 16, 9)
        head.setSpacing(8)
        head.addWidget(label(_("As it will be read"), "label", "text"))
        head.addWidget(label(_("the usual and the oddest rows"), "small", "text_3"))
        head.addStretch(1)
        left.addLayout(head)
        left.addWidget(self.preview)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(VLine())
        row.addWidget(self.panel)
        self.column.addWidget(row_of(self.tabs, margins=(16, 0, 16, 0)))
        body = QWidget()
        body.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(body, 1)
        self.preview.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _restyle(self) -> None:
        now = theme.current()
        self.preview.setFixedHeight(now.size("table_head") + _ROWS * now.size("row_compact") + 12)

    def sheet(self) -> IntakeSheet | None:
        """The sheet that is mapped now."""
        chosen = self.tabs.sheet()
        return chosen[1] if chosen else None

    def enter(self) -> None:
        """Offer the sheets and show the chosen one."""
        self.tabs.show_sheets(self.intake)
        self._show()

    def _show(self) -> None:
        sheet = self.sheet()
        if sheet is None:
            return
        self._bad, self._misfits = [], []
        self.table.show_sheet(sheet, self.bench.desk.region)
        self._explain(self.table.current_id())
        self._fill_preview()
        self._seek()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _explain(self, ident: str) -> None:
        sheet = self.sheet()
        if sheet is not None and ident:
            self.panel.show_column(sheet, int(ident))

    def assign(self, column: int, key: str) -> None:
        """Let a column fill another field, or nothing."""
        sheet = self.sheet()
        if sheet is not None:
            sheet.assign(column, key)
            self._again()

    def _again(self) -> None:
        self.table.again()
        self._explain(self.table.current_id())
        self._fill_preview()
        self._seek()
        self.tabs.show_sheets(self.intake)
        self.edited()

    def _learn(self, found: ColumnFacts) -> None:
        self._misfits = [misfit.rows[0] for misfit in found.misfits[:2]]
        self._fill_preview()

    def _seek(self) -> None:
        """Find rows with values that are not understood, for the preview."""
        sheet, habits = self.sheet(), self.bench.habits
        if sheet is None:
            return

        def done(rows: list[int]) -> None:
            if self.sheet() is sheet:
                self._bad = rows
                self._fill_preview()

        self.bench.start(lambda _progress: misfit_rows(sheet, habits), done)

    def _fill_preview(self) -> None:
        sheet = self.sheet()
        if sheet is None:
            return
        places = self._places(sheet)
        rows = [sheet.repaired().rows[place] for place in places]
        heads: list[str] = []
        columns: list[list[PreviewCell]] = []
        right: set[int] = set()
        for guess in sheet.mapped()[:_COLUMNS]:
            found = target(guess.target)
            if found is None:
                continue
            if found.kind in NUMBERS:
                right.add(len(heads))
            heads.append(words.field_name(guess.target))
            filled = fill(agreed(sheet, guess.column), found, rows, self.bench.habits)
            bad = {fault.row for fault in filled.faults}
            columns.append(
                [
                    self._cell(sheet, (places[at], guess.column), found.kind, value, at in bad)
                    for at, value in enumerate(filled.values)
                ]
            )
        lines = [
            PreviewRow(str(sheet.sheet.lines[place]), tuple(column[at] for column in columns))
            for at, place in enumerate(places)
        ]
        self.preview.show_rows(heads, lines, frozenset(right))

    def _places(self, sheet: IntakeSheet) -> list[int]:
        start, end = sheet.start, len(sheet.sheet.rows)
        repaired = [row for row, _column in sheet.repairs]
        wanted = [
            *range(start, min(end, start + 2)),
            *self._misfits,
            *self._bad,
            *repaired,
            *sheet.odd,
            *range(start, min(end, start + _ROWS)),
        ]
        return sorted(list(dict.fromkeys(place for place in wanted if place < end))[:_ROWS])

    def _cell(
        self, sheet: IntakeSheet, where: tuple[int, int], kind: Kind, value: Any, bad: bool
    ) -> PreviewCell:
        row, region = sheet.sheet.rows[where[0]], self.bench.desk.region
        before = shown(row[where[1]], region) if where[1] < len(row) else ""
        if bad:
            return PreviewCell(before, bad=True)
        if value is None:
            return PreviewCell(_("empty"), before if where in sheet.repairs else "")
        text = _as_read(kind, value, sheet, self.bench)
        changed = kind in (Kind.DATE, Kind.DATETIME) or where in sheet.repairs
        same = text.replace("\u00a0", " ") == before
        return PreviewCell(text, before if changed and not same and _other_writing(before, text) else "")

    def save_profile(self, name: str) -> None:
        """Keep the mapping of all sheets under a name, for files of the same sort."""
        columns = {
            sheet.plan.columns[guess.column].name: guess.target or LEAVE_OUT
            for _file, sheet in self.intake.sheets()
            for guess in sheet.plan.guesses
        }
        profiles.save(profiles.Profile(name, columns, self.intake.options.existing))

    def blocked(self) -> str:
        """At least one sheet needs a field."""
        mapped = any(sheet.mapped() for _file, sheet in self.intake.sheets())
        return "" if mapped else _("Choose a field for at least one column.")

    def note(self) -> tuple[str, str]:
        """How many columns are mapped, and how many want a look."""
        sheet = self.sheet()
        if sheet is None:
            return "", ""
        total, check = len(sheet.plan.columns), sheet.to_check()
        told = ngettext("{mapped} of {n} column mapped", "{mapped} of {n} columns mapped", total)
        text = told.format(mapped=len(sheet.mapped()), n=total)
        return text, ngettext("{n} to check", "{n} to check", check).format(n=check) if check else ""


def _as_read(kind: Kind, value: Any, sheet: IntakeSheet, bench: Bench) -> str:
    if kind in NUMBERS and not isinstance(value, int):
        return kinds.show(Kind.NUMBER, float(value), bench.desk.region)
    return kinds.show(kind, value, bench.desk.region, bench.habits.currency, cents=True)


def _other_writing(before: str, after: str) -> bool:
    """Whether a date was written in another way than only with other marks."""
    digits = [sign for sign in before if sign.isdigit()]
    return sorted(digits) != sorted(sign for sign in after if sign.isdigit())
