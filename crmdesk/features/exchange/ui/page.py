"""The page Exchange: what comes in and what goes out, and the wizard while an import is under way."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from crmdesk.core.i18n import N_, _
from crmdesk.features.exchange.ui import sample
from crmdesk.features.exchange.ui.start_view import StartView
from crmdesk.features.exchange.ui.wizard import Wizard
from crmdesk.qt.actions import ActionSpec
from crmdesk.qt.page import Page

if TYPE_CHECKING:
    from crmdesk.qt.desk import Desk


class ExchangePage(Page):
    """Start view or wizard; the wizard keeps what was chosen when one looks elsewhere."""

    name = "exchange"
    title = N_("Exchange")
    icon = "arrow-left-right"
    key = "Ctrl+9"
    tables = frozenset({"import_run"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Start with the start view."""
        super().__init__(desk, parent)
        self.start = StartView(desk)
        self.wizard: Wizard | None = None
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        self.stack = QStackedWidget()
        self.stack.addWidget(self.start)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self.start.files_chosen.connect(self.start_import)
        self.start.continued.connect(self._continue)
        self.start.discarded.connect(self._discard)
        keys = ActionSpec(
            "exchange_export", N_("Export…"), self.start.export.ask, "download", "Ctrl+E", palette=False
        )
        desk.actions.add(keys, self.start)

    def open(self, **args: object) -> None:
        """Start with files that were dropped (`files`), choose some (`choose`), or say what to `export`."""
        files = args.get("files")
        if isinstance(files, list):
            self.start_import([Path(str(name)) for name in files])
        elif args.get("choose"):
            self.start_import([])
        if isinstance(what := args.get("export"), str):
            self._leave()
            self.start.export.choose(what)

    def start_import(self, paths: Sequence[Path]) -> None:
        """Open the wizard with files; an unfinished one takes them in too."""
        if self.wizard is None or self.wizard.run_step.finished:
            self._discard()
            self.wizard = Wizard(self.desk)
            self.wizard.closed.connect(self._leave)
            self.wizard.finished.connect(self._finished)
            self.wizard.run_step.left.connect(self._go)
            self.stack.addWidget(self.wizard)
        if self.wizard.run_step.running:
            return
        self._continue()
        if paths:
            self.wizard.add_files(paths)
        else:
            self.start.choose()

    def _continue(self) -> None:
        if self.wizard is not None:
            self.stack.setCurrentWidget(self.wizard)
            self._set_rail(True)

    def _set_rail(self, on: bool) -> None:
        self.rail = on  # type: ignore[misc]
        if self.isVisible():
            self.desk.go(self.name)

    def _leave(self) -> None:
        self.stack.setCurrentWidget(self.start)
        self._set_rail(False)
        if self.wizard is not None and self.wizard.run_step.finished:
            self._discard()
        waits = self.wizard is not None and bool(self.wizard.bench.intake.files)
        names = (
            ", ".join(file.name for file in self.wizard.bench.intake.files) if self.wizard and waits else ""
        )
        self.start.show_waiting(_("Begun and not finished: {files}").format(files=names) if names else "")
        self.refresh()
        self.start.zone.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _discard(self) -> None:
        self.start.show_waiting("")
        if self.wizard is None:
            return
        self.wizard.bench.close()
        self.stack.removeWidget(self.wizard)
        self.wizard.hide()
        self.wizard.deleteLater()
        self.wizard = None

    def _finished(self, step: object) -> None:
        if self.wizard is None:
            return
        run = self.wizard.run_step
        if run.step is not None and run.done_plan is not None and run.done_plan.refusals():
            self.start.runs.remember(run.step, replace(run.done_plan, drafts={}))

    def _go(self, page: str) -> None:
        self._leave()
        self.desk.go(page)

    def back(self) -> bool:
        """Esc goes back one step of the wizard, then to the start view."""
        if self.wizard is None or self.stack.currentWidget() is not self.wizard:
            return False
        return self.wizard.back()

    def refresh(self) -> None:
        """Ask for the imports of before, and whether the one shown is still there."""
        self.start.runs.refresh()
        if self.wizard is not None:
            self.wizard.run_step.look()

    # Tour

    def tour(self) -> Sequence[tuple[str, Callable[[], object]]]:
        """Every step of the wizard over a small sample file."""
        names = ("4-matching", "5-dry-run", "6-run")
        return [
            ("1-source", self._sample),
            ("2-reading", self._forward),
            ("3-mapping", self._show_mapping),
            *((name, self._forward) for name in names),
        ]

    def _sample(self) -> None:
        self._discard()
        self._scratch = tempfile.TemporaryDirectory(prefix="crmdesk-sample-")
        self.start_import([sample.write(Path(self._scratch.name))])

    def _show_mapping(self) -> None:
        self._forward()
        if self.wizard is not None:
            self.wizard.mapping.table.select_id(str(sample.DOUBTFUL))

    def _forward(self) -> None:
        if self.wizard is not None:
            self.wizard.forward()
