"""The status bar: what Ctrl+Z will undo at the left, totals at the right, and long work with Stop."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from crmdesk.core.i18n import _
from crmdesk.core.jobs import Step
from crmdesk.qt import theme
from crmdesk.qt.bands import IconLabel
from crmdesk.qt.buttons import Button
from crmdesk.qt.job_runner import JobRunner, Running
from crmdesk.qt.labels import ElidedLabel, Label

_PATIENCE = 1000


class StatusBar(QFrame):
    """The line of 26 under the page; nothing else ever appears there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setObjectName("status_bar")
        self.undo_icon = IconLabel("undo-2", "text_3", 14)
        self.undo_label = ElidedLabel("", "small", "text_2")
        self.totals = Label("", "small", "text_2")
        self.work = Label("", "small", "text_2")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(120)
        self.bar.setAccessibleName(_("Progress"))
        self.stop = Button(_("Stop"), "link")
        self._running: Running | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE)
        self._patience.timeout.connect(lambda: self._show_work(True))
        self._build()
        self.stop.clicked.connect(self._stop)
        theme.signals.changed.connect(self._restyle)
        self._show_work(False)
        self.set_undo("")

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(7)
        row.addWidget(self.undo_icon)
        row.addWidget(self.undo_label, 1)
        row.addWidget(self.work)
        row.addWidget(self.bar)
        row.addWidget(self.stop)
        row.addSpacing(8)
        row.addWidget(self.totals)
        self._restyle()

    def _restyle(self) -> None:
        height = theme.current().size("status_bar")
        self.setFixedHeight(height)
        self.stop.setMaximumHeight(height - 2)

    def set_undo(self, text: str) -> None:
        """Say in words what Ctrl+Z will undo."""
        self.undo_label.setText(text)
        self.undo_icon.setVisible(bool(text))

    def set_totals(self, text: str) -> None:
        """Say the totals of what is shown."""
        self.totals.setText(text)

    def follow(self, jobs: JobRunner) -> None:
        """Show the jobs of a runner once they take over a second."""
        jobs.started.connect(self._begin)
        jobs.progressed.connect(self._progress)
        jobs.ended.connect(self._end)

    def _begin(self, running: Running) -> None:
        if self._running is None and running.text:
            self._running = running
            self.work.setText(running.text)
            self.bar.setRange(0, 0)
            self.stop.setEnabled(True)
            self._patience.start()

    def _progress(self, running: Running, step: Step) -> None:
        if running is self._running:
            self.bar.setRange(0, step.total)
            self.bar.setValue(step.done)
            if step.text:
                self.work.setText(step.text)

    def _end(self, running: Running) -> None:
        if running is self._running:
            self._running = None
            self._patience.stop()
            self._show_work(False)

    def _show_work(self, shown: bool) -> None:
        for part in (self.work, self.bar, self.stop):
            part.setVisible(shown)

    def _stop(self) -> None:
        if self._running is not None:
            self._running.cancel()
            self.stop.setEnabled(False)
