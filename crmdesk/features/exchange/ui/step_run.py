"""Step 6, Run: the writing with its progress, then what came in and the way back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from crmdesk.core.errors import UserError
from crmdesk.core.i18n import N_, _, ngettext
from crmdesk.core.jobs import Progress
from crmdesk.core.jobs import Step as Mark
from crmdesk.features.exchange import elsewhere, queries
from crmdesk.features.exchange.actions import run_import
from crmdesk.features.exchange.elsewhere import FarPlan
from crmdesk.features.exchange.plan import KIND_LABELS, Plan
from crmdesk.features.exchange.ui import results
from crmdesk.features.exchange.ui.bench import Bench
from crmdesk.features.exchange.ui.step import Step
from crmdesk.qt.job_runner import Running
from crmdesk.qt.widgets import Button, IconLabel, label, scrolling


class RunStep(Step):
    """Writes once; the result stays until the wizard is left."""

    title = N_("Run")
    ran = Signal(object)
    stopped = Signal()
    left = Signal(str)

    def __init__(self, bench: Bench) -> None:
        """Lay out the progress and the result, one behind the other."""
        super().__init__(bench)
        self.done_plan: Plan | None = None
        self.step: tuple[str, int] | None = None
        self._running: Running | None = None
        self.stack = QStackedWidget()
        self.message = label("", "label", "text")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress"))
        self.stop_button = Button(_("Stop"))
        self.icon = IconLabel("circle-check", "ok", 22)
        self.heading = label("", "page", "text", wrap=True)
        self.under = label("", "body", "text_2", wrap=True)
        self.grid = QGridLayout()
        self.undo_button = Button(_("Undo import"), icon="undo-2")
        self.refused_button = Button(_("Refused rows…"), icon="download")
        self.portfolio_button = Button(_("Open the portfolio"))
        self.list_button = Button(_("Open the list"), "primary", large=True)
        self.stack.addWidget(self._progress_page())
        self.stack.addWidget(self._result_page())
        self.column.addWidget(self.stack, 1)
        self._connect()

    def _connect(self) -> None:
        self.stop_button.clicked.connect(self.stop)
        self.undo_button.clicked.connect(self.undo)
        self.refused_button.clicked.connect(self._save_refused)
        self.list_button.clicked.connect(lambda: self.left.emit("customers"))
        self.portfolio_button.clicked.connect(lambda: self.left.emit("portfolio"))

    def _progress_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 32, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.message)
        self.bar.setFixedWidth(480)
        column.addWidget(self.bar)
        told = _("Stop takes everything back. Nothing is kept by halves.")
        column.addWidget(label(told, "body", "text_3", wrap=True))
        column.addWidget(self.stop_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return page

    def _result_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 24, 16, 16)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.icon)
        head.addWidget(self.heading, 1)
        column.addLayout(head)
        column.addWidget(self.under)
        column.addSpacing(6)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        for button in (self.list_button, self.portfolio_button, self.refused_button, self.undo_button):
            acts.addWidget(button)
        acts.addStretch(1)
        column.addLayout(acts)
        column.addSpacing(14)
        self.grid.setHorizontalSpacing(28)
        self.grid.setVerticalSpacing(6)
        column.addLayout(self.grid)
        column.addStretch(1)
        return scrolling(page)

    @property
    def running(self) -> bool:
        """Whether rows are being written now."""
        return self._running is not None

    @property
    def finished(self) -> bool:
        """Whether the import was written."""
        return self.done_plan is not None

    def run(self) -> None:
        """Write what was planned, off the window's thread."""
        plan, desk = self.intake.plan, self.bench.desk
        if plan is None or self._running is not None or self.done_plan is not None:
            return
        self.stack.setCurrentIndex(0)
        self.message.setText(_("Writing"))
        self.bar.setRange(0, 0)
        self.stop_button.setEnabled(True)
        self.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)
        currency, options = self.bench.habits.currency, self.intake.options

        def job(progress: Progress) -> tuple[Plan, tuple[str, int] | None]:
            if isinstance(plan, FarPlan):
                return elsewhere.run(desk.store, self.bench.away, currency, options, progress)
            written = run_import(desk.store, plan, currency, options, progress)
            with desk.store.read() as session:
                past = queries.past_imports(session)
            return written, past[0].step if past and not written.changes_nothing else None

        self._running = desk.jobs.start(job, self._done, self._failed, self._stopped)
        self._running.progressed.connect(self._progress)
        self.changed.emit()

    def stop(self) -> None:
        """Ask the writing to stop; everything is rolled back."""
        if self._running is not None:
            self._running.cancel()
            self.stop_button.setEnabled(False)
            self.message.setText(_("Taking everything back"))

    def _progress(self, mark: Mark) -> None:
        if self.stop_button.isEnabled():
            told = _("{what}, {done} of {total}") if mark.total else "{what}"
            self.message.setText(
                told.format(what=mark.text or _("Writing"), done=mark.done, total=mark.total)
            )
        self.bar.setRange(0, mark.total)
        self.bar.setValue(mark.done)

    def _done(self, result: tuple[Plan, tuple[str, int] | None]) -> None:
        self._running = None
        self.done_plan, self.step = result
        self._show_result()
        self.ran.emit(self)
        self.changed.emit()
        self.list_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: BaseException) -> None:
        self._running = None
        if isinstance(error, UserError):
            self.bench.fail(error)
        self.intake.changed()
        self.stopped.emit()
        if not isinstance(error, UserError):
            self.bench.desk.fail(error)

    def _stopped(self) -> None:
        self._running = None
        if not self.bench.away.alive and isinstance(self.intake.plan, FarPlan):
            self.intake.changed()
        self.bench.band.tell(_("Stopped. Nothing was written."), "info")
        self.stopped.emit()

    def _show_result(self) -> None:
        assert self.done_plan is not None
        counts = results.totals(self.done_plan)
        self.icon.set_icon("circle-check", "ok")
        self.heading.setText(results.sentence(counts))
        refused = len(self.done_plan.refusals())
        told = ngettext("{n} row was refused.", "{n} rows were refused.", refused).format(n=refused)
        self.under.setText(told if refused else _("Every row was taken."))
        self.refused_button.setVisible(bool(refused))
        self.undo_button.setVisible(self.step is not None)
        self.stack.setCurrentIndex(1)
        line = 0
        for kind, of in counts.items():
            if of["read"]:
                self.grid.addWidget(label(_(KIND_LABELS[kind]), "strong", "text"), line, 0)
                for place, text in enumerate(_counted(of)):
                    self.grid.addWidget(label(text, "body", "text_2"), line, place + 1)
                line += 1
        self.grid.setColumnStretch(7, 1)

    def undo(self) -> None:
        """Take the whole import back."""
        if self.step is not None:
            self.undo_button.setEnabled(False)
            results.undo_import(self.bench.desk, self.step, self.bench.band, lambda _undone: self.look())
            self.undo_button.setEnabled(True)

    def look(self) -> None:
        """See whether the import is still there, and say so when it is not."""
        if self.done_plan is None or self.step is None:
            return
        with self.bench.desk.store.read() as session:
            there = any(past.step == self.step for past in queries.past_imports(session))
        self.undo_button.setVisible(there)
        self.list_button.setEnabled(there)
        self.portfolio_button.setEnabled(there)
        if there:
            self.heading.setText(results.sentence(results.totals(self.done_plan)))
            self.icon.set_icon("circle-check", "ok")
        else:
            self.heading.setText(_("The import was undone."))
            self.icon.set_icon("undo-2", "text_2")

    def _save_refused(self) -> None:
        if self.done_plan is not None:
            results.save_refused(self, self.bench.desk, self.done_plan, self.bench.band)

    def blocked(self) -> str:
        """There is nothing after this step."""
        return _("Writing") if self.running else ""


def _counted(of: dict[str, int]) -> list[str]:
    told = {
        "created": _("{n} created"),
        "updated": _("{n} updated"),
        "unchanged": _("{n} unchanged"),
        "skipped": _("{n} skipped"),
        "refused": _("{n} refused"),
    }
    return [text.format(n=of[name]) for name, text in told.items() if of[name]]
