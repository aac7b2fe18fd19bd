"""The import wizard: head, step bar, one step at a time, and a foot with Back and Next."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QInputDialog,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crmdesk.core.errors import UserError
from crmdesk.core.i18n import _, ngettext
from crmdesk.features.exchange.ui.bench import Bench
from crmdesk.features.exchange.ui.step import Step
from crmdesk.features.exchange.ui.step_bar import StepBar
from crmdesk.features.exchange.ui.step_dry_run import DryRunStep
from crmdesk.features.exchange.ui.step_mapping import MappingStep
from crmdesk.features.exchange.ui.step_matching import MatchingStep
from crmdesk.features.exchange.ui.step_reading import ReadingStep
from crmdesk.features.exchange.ui.step_run import RunStep
from crmdesk.features.exchange.ui.step_source import SourceStep
from crmdesk.qt import icons, theme
from crmdesk.qt.desk import Desk
from crmdesk.qt.plain_text import tip_text
from crmdesk.qt.widgets import Button, ElidedLabel, HLine, IconButton, IconLabel, label

_ARROW = 22
SOURCE, READING, MAPPING, MATCHING, DRY_RUN, RUN = range(6)


class _NextButton(Button):
    """The button that goes on, with an arrow after its word."""

    def _parts(self) -> tuple[int, int, int, int]:
        icon, text, _keys, menu = super()._parts()
        return icon, text, _ARROW, menu

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        ink = "text_on_accent" if self.isEnabled() else "text_disabled"
        right = (self.width() + sum(self._parts())) / 2
        icons.paint_icon(painter, QRectF(right - 16, 0, 16, self.height()), "chevron-right", ink)


class Wizard(QWidget):
    """One import from its files to its result; leaving it keeps everything that was chosen."""

    closed = Signal()
    finished = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Begin without files."""
        super().__init__(parent)
        self.bench = Bench(desk, self)
        self.source, self.reading = SourceStep(self.bench), ReadingStep(self.bench)
        self.mapping, self.matching = MappingStep(self.bench), MatchingStep(self.bench)
        self.dry_run, self.run_step = DryRunStep(self.bench), RunStep(self.bench)
        self.steps: tuple[Step, ...] = (
            self.source,
            self.reading,
            self.mapping,
            self.matching,
            self.dry_run,
            self.run_step,
        )
        self.here, self.reached = SOURCE, SOURCE
        self.bar = StepBar([_(step.title) for step in self.steps])
        self.stack = QStackedWidget()
        self.context = ElidedLabel("", "body", "text_2")
        self.promise = label(_("Nothing is written before step 6"), "small", "text_3")
        self.back_button = Button("", icon="chevron-left")
        self.next_button = _NextButton("", "primary")
        self.profile_button = Button(_("Save as profile"))
        self.note = label("", "body", "text_2")
        self.warning = label("", "body", "due")
        self._build()
        self._connect()
        self._show()

    def _build(self) -> None:
        for step in self.steps:
            self.stack.addWidget(step)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._head, self._foot = QWidget(), QFrame()
        column.addWidget(self._head)
        column.addWidget(HLine())
        column.addWidget(self.bar)
        column.addWidget(HLine())
        column.addWidget(self.bench.progress)
        column.addWidget(self.bench.band)
        column.addWidget(self.stack, 1)
        column.addWidget(HLine())
        column.addWidget(self._foot)
        self._build_head()
        self._build_foot()
        theme.signals.changed.connect(self._restyle)
        self._restyle()

    def _build_head(self) -> None:
        self._head.setProperty("surface", "bg_surface")
        self._head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        close = IconButton("x", _("Leave the import"))
        close.clicked.connect(self.closed)
        row = QHBoxLayout(self._head)
        row.setContentsMargins(16, 0, 10, 0)
        row.setSpacing(8)
        row.addWidget(label(_("Import"), "page", "text"))
        row.addSpacing(2)
        row.addWidget(IconLabel("file-spreadsheet"))
        row.addWidget(self.context, 1)
        row.addWidget(self.promise)
        row.addSpacing(4)
        row.addWidget(close)

    def _build_foot(self) -> None:
        self._foot.setProperty("surface", "bg_surface")
        self._foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self.back_button)
        row.addStretch(1)
        row.addWidget(self.note)
        row.addWidget(self.warning)
        row.addSpacing(8)
        row.addWidget(self.profile_button)
        row.addWidget(self.next_button)

    def _restyle(self) -> None:
        self._head.setFixedHeight(theme.current().size("page_head"))
        self._foot.setFixedHeight(theme.current().size("wizard_foot"))

    def _connect(self) -> None:
        for step in self.steps:
            step.changed.connect(self._tell)
        self.bench.busy_changed.connect(self._tell)
        self.bar.chosen.connect(self.go)
        self.back_button.clicked.connect(lambda: self.back())
        self.next_button.clicked.connect(self.forward)
        self.profile_button.clicked.connect(self._ask_profile)
        self.reading.read_again.connect(self.source.read)
        self.source.taken.connect(self._read_anew)
        self.matching.planned.connect(self.dry_run.take)
        self.run_step.stopped.connect(lambda: self.go(DRY_RUN))
        self.run_step.ran.connect(self.finished)
        for keys, act in (
            ("Alt+Right", self.forward),
            ("Ctrl+Return", self.forward),
            ("Alt+Left", self.back),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(act)

    # Steps

    def add_files(self, paths: Sequence[Path]) -> None:
        """Read files into this import and show them."""
        self.bench.band.clear()
        self.go(SOURCE)
        self.source.add(paths)

    def go(self, place: int) -> None:
        """Show a step that was reached before, or the one after it."""
        if self.run_step.running or place > self.reached + 1:
            return
        self.here = place
        self.reached = max(self.reached, place)
        self._show()

    def forward(self) -> None:
        """Go on, when the step allows it; the last but one writes."""
        if not self.next_button.isEnabled() or self.here == RUN:
            return
        if self.steps[self.here].blocked():
            self.bench.band.tell(self.steps[self.here].blocked(), "info")
            return
        self.bench.band.clear()
        self.go(self.here + 1)
        if self.here == RUN:
            self.run_step.run()

    def back(self) -> bool:
        """Go back one step; from the first one, and from a result, leave the wizard."""
        if self.run_step.running:
            return True
        if self.here == SOURCE or self.run_step.finished:
            self.closed.emit()
        else:
            self.go(self.here - 1)
        return True

    def _show(self) -> None:
        self.stack.setCurrentIndex(self.here)
        self.steps[self.here].enter()
        self._tell()

    def _tell(self) -> None:
        """Bring head, bar and foot up to date."""
        step, intake = self.steps[self.here], self.bench.intake
        if intake.plan is None and not self.run_step.finished:
            self.reached = min(self.reached, max(self.here, MATCHING))
        done = self.run_step.finished or self.run_step.running
        self.bar.show_at(self.here, self.reached, frozen=done)
        self.context.setText(self._context())
        before = self.steps[self.here - 1].title if self.here else ""
        self.back_button.setText(_(before) if before else _("Leave"))
        self.back_button.setVisible(not self.run_step.running)
        self.promise.setVisible(not done)
        if self.run_step.finished:
            self.back_button.setText(_("Imports and exports"))
        after = step.act() or (_(self.steps[self.here + 1].title) if self.here < RUN else "")
        self.next_button.setText(after)
        self.next_button.setVisible(self.here < RUN)
        blocked = step.blocked()
        self.next_button.setEnabled(not blocked and not self.bench.busy)
        self.next_button.setToolTip(tip_text(blocked))
        note, warning = step.note()
        self.note.setText(note + ("," if note and warning else ""))
        self.warning.setText(warning)
        self.profile_button.setVisible(self.here == MAPPING)
        self._take_focus()

    def _take_focus(self) -> None:
        """Let the button that goes on have the focus where nothing in here has it."""
        focused = QApplication.focusWidget()
        if self.isVisible() and (focused is None or not self.isAncestorOf(focused)):
            self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _context(self) -> str:
        used = self.bench.intake.used()
        if not used:
            return ""
        rows = self.bench.intake.rows()
        count = ngettext("{n} row", "{n} rows", rows).format(n=rows)
        if len(used) > 1:
            names = ", ".join(file.name for file in used)
            return _("{files}, {rows}").format(files=names, rows=count)
        sheets = [sheet.name for sheet in used[0].chosen()]
        if used[0].workbook is not None and used[0].workbook.format != "text":
            several = ngettext("sheet {names}", "sheets {names}", len(sheets)).format(names=", ".join(sheets))
            return _("{file}, {sheet}, {rows}").format(file=used[0].name, sheet=several, rows=count)
        return _("{files}, {rows}").format(files=used[0].name, rows=count)

    # Work

    def _read_anew(self) -> None:
        if self.here == READING:
            self.reading.enter()

    def _ask_profile(self) -> None:
        dialog = QInputDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(_("Save as profile"))
        dialog.setLabelText(_("Name of the profile"))
        used = self.bench.intake.used()
        dialog.setTextValue(used[0].path.stem if used else "")
        dialog.setOkButtonText(_("Save the profile"))
        dialog.textValueSelected.connect(self.save_profile)
        dialog.open()

    def save_profile(self, name: str) -> None:
        """Keep the mapping under a name."""
        try:
            self.mapping.save_profile(name.strip())
        except UserError as error:
            self.bench.fail(error)
        else:
            self.bench.band.tell(_("The profile {name} was saved.").format(name=name.strip()), "ok")
