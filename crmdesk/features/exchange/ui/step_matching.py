"""Step 4, Matching: how known records are found again, and what is done to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from crmdesk.core.i18n import N_, _
from crmdesk.features.exchange.plan import COUNTS, KIND_LABELS, KIND_NAMES
from crmdesk.features.exchange.ui.bench import Bench
from crmdesk.features.exchange.ui.planning import Planned, plan_now
from crmdesk.features.exchange.ui.step import Step
from crmdesk.qt.widgets import HLine, label, scrolling, section_label
from crmdesk.qt.widgets import column as stacked

_RULES = (
    (N_("Customers"), (N_("record id"), N_("number"), N_("VAT number"), N_("name and town"))),
    (N_("People"), (N_("e-mail"), N_("phone, last nine digits"), N_("name and company"))),
    (N_("Orders"), (N_("order number"), N_("customer, date and amount"))),
    (N_("Log entries"), (N_("customer, moment and text"),)),
)
_MODES = (
    ("fill", N_("Fill blanks only"), N_("Your values stay. The file fills what is empty.")),
    ("overwrite", N_("Take the file"), N_("Values of the file replace yours.")),
    ("skip", N_("Skip known records"), N_("Only what is new comes in.")),
)
_HEADS: Mapping[str, str] = MappingProxyType(
    {
        "read": N_("In the file"),
        "created": N_("Create"),
        "updated": N_("Update"),
        "unchanged": N_("Unchanged"),
        "skipped": N_("Skipped"),
        "refused": N_("Refused"),
    }
)


class MatchingStep(Step):
    """The rules, the choice for known records, and live counts beside them."""

    title = N_("Matching")
    planned = Signal(object)

    def __init__(self, bench: Bench) -> None:
        """Lay out rules and counts."""
        super().__init__(bench)
        self.modes = QButtonGroup(self)
        self.grid = QGridLayout()
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(16, 16, 16, 16)
        row.setSpacing(24)
        row.addWidget(self._choices(), 2, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._counts(), 3, Qt.AlignmentFlag.AlignTop)
        self.column.addWidget(scrolling(body), 1)
        self.modes.idClicked.connect(self._choose)

    def _choices(self) -> QWidget:
        box = QWidget()
        box.setMinimumWidth(280)
        box.setMaximumWidth(440)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(section_label(_("How known records are found")))
        for name, rules in _RULES:
            column.addSpacing(4)
            column.addWidget(label(_(name), "label", "text"))
            told = "  ›  ".join(_(rule) for rule in rules)
            column.addWidget(label(told, "body", "text_2", wrap=True))
        column.addSpacing(18)
        column.addWidget(section_label(_("If a record is there already")))
        for place, (_key, name, told) in enumerate(_MODES):
            button = QRadioButton(_(name))
            button.setAccessibleDescription(_(told))
            self.modes.addButton(button, place)
            column.addWidget(hinted(button, _(told)))
        column.addSpacing(8)
        told = _("Empty cells of the file leave your values as they are.")
        column.addWidget(label(told, "body", "text_2", wrap=True))
        return box

    def _counts(self) -> QWidget:
        box = QFrame()
        box.setObjectName("panel")
        column = QVBoxLayout(box)
        column.setContentsMargins(20, 14, 20, 16)
        column.setSpacing(10)
        column.addWidget(section_label(_("What this comes to")))
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(6)
        column.addLayout(self.grid)
        return box

    def enter(self) -> None:
        """Plan when something changed, and show the counts."""
        self.modes.button([key for key, *_rest in _MODES].index(self.intake.options.existing)).setChecked(
            True
        )
        if self.intake.plan is None:
            plan_now(self.bench, self._show)

    def _choose(self, place: int) -> None:
        before, left = self.intake.plan, self.intake.left_out
        self.intake.options = replace(self.intake.options, existing=_MODES[place][0])
        self.edited()
        self.intake.left_out = left if before is not None else 0
        plan_now(self.bench, self._show, before)

    def _show(self, planned: Planned) -> None:
        self.planned.emit(planned)
        _clear(self.grid)
        plan = planned.plan
        for place, name in enumerate(COUNTS):
            head = label(_(_HEADS[name]), "small_strong", "text_3")
            self.grid.addWidget(head, 0, place + 1, Qt.AlignmentFlag.AlignRight)
        self.grid.addWidget(HLine(), 1, 0, 1, len(COUNTS) + 1)
        totals = {kind: dict.fromkeys(COUNTS, 0) for kind in KIND_NAMES}
        for number in range(len(plan.names)):
            for name, each in plan.counts(number).items():
                for kind, count in each.items():
                    totals[kind][name] += count
        line = 2
        for kind in KIND_NAMES:
            if not totals[kind]["read"]:
                continue
            self.grid.addWidget(label(_(KIND_LABELS[kind]), "strong", "text"), line, 0)
            for place, name in enumerate(COUNTS):
                count = totals[kind][name]
                color = "late" if name == "refused" and count else ("text" if count else "text_3")
                self.grid.addWidget(
                    label(str(count), "body", color), line, place + 1, Qt.AlignmentFlag.AlignRight
                )
            line += 1
        self.grid.setColumnStretch(0, 1)
        self.changed.emit()

    def blocked(self) -> str:
        """Wait for the plan."""
        return "" if self.intake.plan is not None else _("Comparing")

    def note(self) -> tuple[str, str]:
        """Sentences about values that contradict each other."""
        plan = self.intake.plan
        if plan is None:
            return "", ""
        notes = [note for number in range(len(plan.names)) for note in plan.notes(number)]
        return "", notes[0] if notes else ""


def hinted(button: QWidget, text: str) -> QWidget:
    """A choice with a quiet sentence under it."""
    hint = label(text, "small", "text_3", wrap=True)
    hint.setContentsMargins(27, 0, 0, 6)
    return stacked(button, hint)


def _clear(grid: QGridLayout) -> None:
    while (item := grid.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
