"""The imports of before: what came in, when, and the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crmdesk.core import dates
from crmdesk.core.i18n import _, ngettext
from crmdesk.features.exchange import queries
from crmdesk.features.exchange.plan import COUNTS, KIND_NAMES, Plan
from crmdesk.features.exchange.queries import PastImport
from crmdesk.features.exchange.ui import results
from crmdesk.features.exchange.ui.results import StepName
from crmdesk.qt.desk import Desk
from crmdesk.qt.widgets import Band, Button, ElidedLabel, HLine, label

_SHOWN = 12


class RunsList(QWidget):
    """One entry per import, newest first; files that came together stand together."""

    def __init__(self, desk: Desk, band: Band) -> None:
        """List the imports of the open file."""
        super().__init__()
        self.desk, self.band = desk, band
        self.plans: dict[StepName, Plan] = {}
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)

    def remember(self, step: StepName, plan: Plan) -> None:
        """Keep the plan of an import of this sitting, so that its refused rows can be saved."""
        self.plans[step] = plan

    def refresh(self) -> None:
        """Ask for the imports again."""
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        with self.desk.store.read() as session:
            groups = _grouped(queries.past_imports(session))
        for place, runs in enumerate(groups[:_SHOWN]):
            if place:
                self._lines.addWidget(HLine(faint=True))
            self._lines.addWidget(self._entry(runs))
        if not groups:
            told = _("No import yet. The first one appears here, with its way back.")
            self._lines.addWidget(label(told, "body", "text_3", wrap=True))
        if len(groups) > _SHOWN:
            left = len(groups) - _SHOWN
            told = ngettext("and {n} older import", "and {n} older imports", left).format(n=left)
            self._lines.addWidget(label(told, "small", "text_3"))

    def _entry(self, runs: Sequence[PastImport]) -> QWidget:
        first = runs[0]
        entry = QWidget()
        row = QHBoxLayout(entry)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(1)
        names = ", ".join(run.file for run in reversed(runs))
        words.addWidget(ElidedLabel(names, "strong", "text"))
        day = dates.show_date(first.at.date(), self.desk.region, dates.today())
        counts = _totals(runs)
        told = _("{day}, {time}: {told}").format(
            day=day, time=f"{first.at:%H:%M}", told=results.sentence(counts)
        )
        words.addWidget(ElidedLabel(told, "small", "text_3"))
        row.addLayout(words, 1)
        refused = sum(run.refused for run in runs)
        plan = self.plans.get(first.step) if first.step else None
        if refused and plan is not None:
            button = Button(_("Refused rows…"), "ghost")
            button.setAccessibleName(_("Refused rows of {file}").format(file=names))
            button.clicked.connect(lambda: results.save_refused(self, self.desk, plan, self.band))
            row.addWidget(button)
        elif refused:
            told = ngettext("{n} refused", "{n} refused", refused).format(n=refused)
            row.addWidget(label(told, "small", "late"))
        step = first.step
        if step is not None:
            undo = Button(_("Undo import"))
            undo.setAccessibleName(_("Undo import of {file}").format(file=names))
            undo.clicked.connect(lambda: self.undo(step))
            row.addWidget(undo)
        return entry

    def undo(self, step: StepName) -> None:
        """Take an import back; the list follows the store."""
        results.undo_import(self.desk, step, self.band, self._undone)

    def _undone(self, undone: object) -> None:
        self.band.tell(_("The import was undone."), "ok")


def _grouped(past: Sequence[PastImport]) -> list[list[PastImport]]:
    groups: dict[object, list[PastImport]] = {}
    for run in past:
        groups.setdefault(run.step or run.id, []).append(run)
    return list(groups.values())


def _totals(runs: Sequence[PastImport]) -> Mapping[str, dict[str, int]]:
    found = {kind: dict.fromkeys(COUNTS, 0) for kind in KIND_NAMES}
    for run in runs:
        for name, each in run.counts.items():
            for kind, count in each.items():
                if kind in found and name in COUNTS:
                    found[kind][name] += count
    return found
