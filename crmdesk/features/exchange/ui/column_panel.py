"""The panel beside the mapping: how the chosen column is read, what proves it, what does not fit."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from crmdesk.core import dates
from crmdesk.core.datetext import Order
from crmdesk.core.i18n import N_, _, ngettext
from crmdesk.core.money import Mark
from crmdesk.features.exchange.targets import target
from crmdesk.features.exchange.ui import words
from crmdesk.features.exchange.ui.bench import Bench
from crmdesk.features.exchange.ui.column_facts import DATES, NUMBERS, ColumnFacts, Misfit, facts
from crmdesk.features.exchange.ui.intake import IntakeSheet
from crmdesk.features.exchange.ui.step_reading import shown
from crmdesk.qt import theme
from crmdesk.qt.plain_text import tip_text
from crmdesk.qt.widgets import Button, ElidedLabel, HLine, IconLabel, label, scrolling

_SHOWN = 8
_KIND_WORDS = {
    "text": N_("Text"),
    "long_text": N_("Text of several lines"),
    "money": N_("Amount"),
    "number": N_("Number"),
    "percent": N_("Percent"),
    "date": N_("Date"),
    "datetime": N_("Date and time"),
    "choice": N_("Entry of a list"),
    "flag": N_("Yes or no"),
    "phone": N_("Phone number"),
    "email": N_("E-mail address"),
    "link": N_("Link"),
    "tax": N_("Tax number"),
}


class ColumnPanel(QFrame):
    """Explains one column; `edited` comes when something about it was changed here."""

    edited = Signal()
    told = Signal(object)

    def __init__(self, bench: Bench) -> None:
        """Start without a column."""
        super().__init__()
        self.setProperty("surface", "bg_sunken")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("The chosen column"))
        self.bench = bench
        self._sheet: IntakeSheet | None = None
        self._place = -1
        self._turn = 0
        self.icon = IconLabel("file-text")
        self.name = ElidedLabel("", "section", "text")
        self.read_as = QComboBox()
        self.read_as.setAccessibleName(_("Read as"))
        self.evidence = label("", "small", "text_2", wrap=True)
        self.reason = label("", "small", "text_3", wrap=True)
        self._counts, self._misfits = QVBoxLayout(), QVBoxLayout()
        self._build()
        self.read_as.activated.connect(lambda _at: self._read_as())
        theme.signals.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.setFixedWidth(round(theme.current().size("wizard_side") * theme.current().scale))

    def _build(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(20, 14, 20, 16)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.icon)
        head.addWidget(self.name, 1)
        column.addLayout(head)
        column.addWidget(self.reason)
        column.addSpacing(8)
        column.addWidget(label(_("Read as"), "small_label", "text"))
        column.addWidget(self.read_as)
        self._box = QFrame()
        self._box.setObjectName("panel")
        self._counts.setContentsMargins(12, 8, 12, 8)
        self._counts.setSpacing(8)
        self._box.setLayout(self._counts)
        column.addWidget(self._box)
        self._proof = QWidget()
        proof = QHBoxLayout(self._proof)
        proof.setContentsMargins(0, 4, 0, 0)
        proof.setSpacing(8)
        proof.addWidget(IconLabel("info", "info", 14), 0, Qt.AlignmentFlag.AlignTop)
        proof.addWidget(self.evidence, 1)
        column.addWidget(self._proof)
        self._misfits.setContentsMargins(0, 8, 0, 0)
        self._misfits.setSpacing(4)
        column.addLayout(self._misfits)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(body))

    def show_column(self, sheet: IntakeSheet, place: int) -> None:
        """Explain a column; the counting is done off the window's thread."""
        self._sheet, self._place = sheet, place
        column, guess = sheet.plan.columns[place], sheet.guess(place)
        self.icon.set_icon(words.column_icon(column, guess.target))
        self.name.setText(column.name)
        self.reason.setText(guess.reason_text if guess.reason else "")
        self.reason.setVisible(bool(guess.reason))
        self._offer()
        self._turn += 1
        turn = self._turn

        def done(found: ColumnFacts) -> None:
            if turn == self._turn:
                self._fill(found)

        habits = self.bench.habits
        self.bench.start(lambda _progress: facts(sheet, place, habits), done)

    def _offer(self) -> None:
        assert self._sheet is not None
        column, guess = self._sheet.plan.columns[self._place], self._sheet.guess(self._place)
        found = target(guess.target)
        self.read_as.clear()
        if found is not None and found.kind in DATES:
            for order in ("dmy", "mdy", "ymd"):
                text = _("{kind}, {order}").format(
                    kind=_(_KIND_WORDS[found.kind]), order=_(words.ORDERS[order])
                )
                self.read_as.addItem(text, order)
            chosen = column.date_order or self._sheet.plan.date_order or self.bench.desk.region.date_order
            self.read_as.setCurrentIndex(max(0, self.read_as.findData(chosen)))
        elif found is not None and found.kind in NUMBERS:
            for mark, text in ((",", N_("Number, comma decimals")), (".", N_("Number, point decimals"))):
                self.read_as.addItem(_(text), mark)
            chosen = column.decimal or self._sheet.plan.decimal or self.bench.desk.region.decimal
            self.read_as.setCurrentIndex(max(0, self.read_as.findData(chosen)))
        else:
            self.read_as.addItem(_(_KIND_WORDS[found.kind]) if found else _("Left out"))
        self.read_as.setEnabled(self.read_as.count() > 1)

    def _fill(self, found: ColumnFacts) -> None:
        _empty(self._counts)
        for text, count, color in found.counts:
            line = QHBoxLayout()
            line.addWidget(ElidedLabel(text, "small", color), 1)
            line.addWidget(label(str(count), "small_strong", color if color == "late" else "text"))
            self._counts.addLayout(line)
        self._box.setVisible(bool(found.counts))
        self._box.setAccessibleName(", ".join(f"{text}: {count}" for text, count, _color in found.counts))
        self.evidence.setText(found.evidence)
        self._proof.setVisible(bool(found.evidence))
        self._show_misfits(found)
        self.told.emit(found)

    def _show_misfits(self, found: ColumnFacts) -> None:
        _empty(self._misfits)
        assert self._sheet is not None
        repaired = sorted(key for key in self._sheet.repairs if key[1] == self._place)
        if not found.misfits and not repaired:
            return
        self._misfits.addWidget(label(_("Values that do not fit"), "small_label", "text"))
        for row, _column in repaired[:_SHOWN]:
            self._misfits.addLayout(self._repaired_line(row))
            self._misfits.addWidget(HLine(faint=True))
        for misfit in found.misfits[:_SHOWN]:
            self._misfits.addLayout(self._misfit_line(misfit))
            self._misfits.addWidget(HLine(faint=True))
        left = len(found.misfits) - _SHOWN
        if left > 0:
            self._misfits.addWidget(
                label(ngettext("and {n} more", "and {n} more", left).format(n=left), "small", "text_3")
            )

    def _misfit_line(self, misfit: Misfit) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        more = len(misfit.rows) - 1
        where = _("Row {row}") if not more else _("Row {row} +{n}")
        line.addWidget(label(where.format(row=misfit.line, n=more), "small", "text"))
        value = ElidedLabel(misfit.value, "small", "late")
        value.setToolTip(tip_text(misfit.reason))
        line.addWidget(value, 1)
        offer = shown(misfit.repair, self.bench.desk.region) if misfit.repair else _("leave empty")
        button = Button(offer, "link")
        button.setToolTip(tip_text(misfit.reason))
        button.setAccessibleName(
            _("Row {row}, {value}: {repair}").format(row=misfit.line, value=misfit.value, repair=offer)
        )
        button.clicked.connect(lambda: self._repair(misfit))
        button.setMaximumHeight(theme.current().size("chip"))
        line.addWidget(button)
        return line

    def _repaired_line(self, row: int) -> QHBoxLayout:
        assert self._sheet is not None
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(label(_("Row {row}").format(row=self._sheet.sheet.lines[row]), "small", "text"))
        value = self._sheet.repairs[row, self._place]
        told = dates.show_date_numeric(value, self.bench.desk.region) if value else _("empty")
        line.addWidget(ElidedLabel(told, "small", "ok"), 1)
        button = Button(_("take back"), "link")
        button.clicked.connect(lambda: self._restore(row))
        button.setMaximumHeight(theme.current().size("chip"))
        line.addWidget(button)
        return line

    def _repair(self, misfit: Misfit) -> None:
        if self._sheet is not None:
            for row in misfit.rows:
                self._sheet.repair(row, self._place, misfit.repair)
            self.edited.emit()

    def _restore(self, row: int) -> None:
        if self._sheet is not None:
            self._sheet.restore(row, self._place)
            self.edited.emit()

    def _read_as(self) -> None:
        if self._sheet is None:
            return
        column = self._sheet.plan.columns[self._place]
        value = self.read_as.currentData()
        if value in words.ORDERS:
            self._sheet.read_as(self._place, cast(Order, value), column.decimal)
        elif value:
            self._sheet.read_as(self._place, column.date_order, cast(Mark, value))
        self.edited.emit()


def _empty(box: QVBoxLayout) -> None:
    while (item := box.takeAt(0)) is not None:
        inner = item.layout()
        while inner is not None and (part := inner.takeAt(0)) is not None:
            if (widget := part.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
