"""Step 5, Dry run: every row with what will become of it, old and new, and the reasons."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout

from crmdesk.core.i18n import N_, _, ngettext
from crmdesk.features.exchange.ui import words
from crmdesk.features.exchange.ui.bench import Bench
from crmdesk.features.exchange.ui.dry_rows import ALL, COLUMNS, REFUSED, DrySource, Rows
from crmdesk.features.exchange.ui.mapping_cells import QuietCell, WordCell
from crmdesk.features.exchange.ui.planning import Planned, plan_now
from crmdesk.features.exchange.ui.step import Step
from crmdesk.qt.record_table import RecordTable
from crmdesk.qt.widgets import Button, Chip, EmptyState, HLine


class DryRunStep(Step):
    """Chips by outcome whose counts add up to the rows of the files, over a table of any length."""

    title = N_("Dry run")

    def __init__(self, bench: Bench) -> None:
        """Lay out chips and table."""
        super().__init__(bench)
        self.chips: dict[str, Chip] = {}
        self.outcome = ALL
        self.rows: Rows | None = None
        self.table = RecordTable("import-dry-run", COLUMNS, _("Rows of the import"), "row")
        self.table.setItemDelegateForColumn(2, WordCell(self.table))
        self.table.setItemDelegateForColumn(4, QuietCell(self.table))
        told = _("Choose another outcome above.")
        self.table.set_empty(EmptyState("list-checks", _("No row has this outcome"), told))
        self.leave_out = Button(_("Leave out"), "ghost", keys="Del")
        self.take_back = Button("", "link")
        self.take_back.hide()
        self.leave_out.setEnabled(False)
        line = QHBoxLayout()
        line.setContentsMargins(16, 12, 16, 12)
        line.setSpacing(8)
        for name in (ALL, *words.OUTCOMES):
            chip = Chip(_("All rows") if name == ALL else _(words.OUTCOMES[name][0]), "0")
            chip.clicked.connect(lambda checked=False, which=name: self.show_outcome(which))
            self.chips[name] = chip
            line.addWidget(chip)
        line.addStretch(1)
        line.addWidget(self.take_back)
        line.addWidget(self.leave_out)
        self.column.addLayout(line)
        self.column.addWidget(HLine())
        self.column.addWidget(self.table, 1)
        self.table.selection_changed.connect(
            lambda: self.leave_out.setEnabled(bool(self.table.selected_ids()))
        )
        self.leave_out.clicked.connect(self.leave_out_selected)
        self.take_back.clicked.connect(self.take_all_back)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.leave_out_selected)

    def leave_out_selected(self) -> None:
        """Plan again without the chosen rows; the file itself stays as it is."""
        plan = self.intake.plan
        chosen = [ident.partition(":") for ident in self.table.selected_ids()]
        if plan is None or not chosen or self.bench.busy:
            return
        left = {(int(table), int(row)) for table, _colon, row in chosen}
        count = self.intake.left_out + len(left)
        self.edited()
        self.intake.left_out = count
        plan_now(self.bench, self.take, plan, left)

    def take_all_back(self) -> None:
        """Take the rows that were left out in again."""
        self.edited()
        plan_now(self.bench, self.take)

    def take(self, planned: Planned) -> None:
        """Show the rows of another plan."""
        self.rows = planned.rows
        self.outcome = REFUSED if planned.rows.count(REFUSED) else ALL
        for name, chip in self.chips.items():
            chip.set_parts(chip.text(), str(planned.rows.count(name)))
        left = self.intake.left_out
        told = ngettext("Take {n} row back in", "Take {n} rows back in", left).format(n=left)
        self.take_back.setText(told)
        self.take_back.setVisible(bool(left))
        several = len(planned.plan.names) > 1
        self.table.setColumnHidden(1, not several)
        self.table.columns.fit()
        self.show_outcome(self.outcome)

    def show_outcome(self, outcome: str) -> None:
        """Show the rows of one outcome."""
        self.outcome = outcome
        for name, chip in self.chips.items():
            chip.set_look("active" if name == outcome else "plain")
        if self.rows is not None:
            self.table.show_source(DrySource(self.rows, outcome))
        self.changed.emit()

    def enter(self) -> None:
        """Plan when something changed since."""
        if self.intake.plan is None:
            plan_now(self.bench, self.take)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def blocked(self) -> str:
        """Wait for the plan; nothing new means nothing to write."""
        if self.intake.plan is None:
            return _("Comparing")
        return _("Everything in the files is there already.") if self.intake.plan.changes_nothing else ""

    def act(self) -> str:
        """How many rows will be written."""
        if self.rows is None:
            return ""
        count = self.rows.count("created") + self.rows.count("updated")
        return ngettext("Import {n} row", "Import {n} rows", count).format(n=count)

    def note(self) -> tuple[str, str]:
        """What stays out."""
        if self.rows is None or self.intake.plan is None:
            return "", ""
        if self.intake.plan.changes_nothing:
            return _("Everything in the files is there already. Nothing will be written."), ""
        count = self.rows.count(REFUSED)
        stays = ngettext("{n} row stays out", "{n} rows stay out", count).format(n=count)
        return "", stays if count else ""
