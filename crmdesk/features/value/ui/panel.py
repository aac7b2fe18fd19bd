"""The Value tab of the card: equity and its parts, the risk of leaving, and what would change it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QStackedWidget, QVBoxLayout, QWidget

from crmdesk.core.i18n import N_, _
from crmdesk.features.value.ui.changes import outlook, rhythm
from crmdesk.features.value.ui.inputs import assumptions, evidence_words, seen_orders
from crmdesk.features.value.ui.latest import TABLES, LatestRun, Run
from crmdesk.features.value.ui.lines import Teller
from crmdesk.features.value.ui.marks import WORDS, EvidenceBlocks, GreyBars
from crmdesk.features.value.ui.opening import open_source
from crmdesk.features.value.ui.side import change_rows, sentence_row
from crmdesk.qt.desk import Desk
from crmdesk.qt.page import Panel
from crmdesk.qt.widgets import Band, Button, FigureLabel, HLine, IconLabel, label, scrolling, section_label


class ValuePanel(Panel):
    """What one customer is worth, in short; every figure opens the sheet."""

    name = "value"
    title = N_("Value")
    icon = "calculator"
    tables = TABLES

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the panel, empty."""
        self.latest = LatestRun.of(desk)
        super().__init__(desk, parent)
        self.teller: Teller | None = None
        self.band = Band()
        self.grey = GreyBars(6, 30)
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(20, 12, 20, 20)
        self._column.setSpacing(0)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.grey)
        self.stack.addWidget(scrolling(self._body))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.band)
        column.addWidget(self.stack, 1)
        self.latest.came.connect(self._came)
        self.grey.due.connect(lambda: self.stack.setCurrentIndex(0))
        self.latest.failed.connect(self._failed)

    def refresh(self) -> None:
        """Show the newest run, or wait for it."""
        if self.customer is None:
            return
        run = self.latest.ask()
        if run is None:
            self.grey.begin()
            if self.teller is None or self.teller.one.id != self.customer:
                self.stack.setCurrentIndex(0)
            return
        self.grey.end()
        self.show_run(run)
        self.stack.setCurrentIndex(1)

    def _came(self) -> None:
        if self.isVisible():
            self.refresh()
        else:
            self.stale = True

    def _failed(self, reason: str) -> None:
        if self.isVisible():
            self.grey.end()
            self.band.tell(reason, "late", _("Try again"), self.refresh)

    # What is shown

    def show_run(self, run: Run) -> None:
        """Fill the panel out of a run."""
        _empty(self._column)
        one = run.worth(self.customer or "")
        if one is None or one.equity is None:
            self.teller = None
            self._show_unknown(one.evidence.reason if one is not None else _("No purchase is known."))
            return
        self.teller = Teller(run, one, self.desk.region)
        self._show_total(self.teller)
        self._show_risk(self.teller)
        self._show_outlook(self.teller)
        self._show_sure(self.teller)
        self._column.addStretch(1)

    def _show_unknown(self, reason: str) -> None:
        add = self._column.addWidget
        add(label(_("Customer equity"), "small", "text_3"))
        add(label(_("unknown"), "figure", "text_3"))
        self._column.addSpacing(8)
        told = _("The first order, yearly turnover or a budget gives it a value.")
        add(label(f"{reason} {told}", "body", "text_2", wrap=True))
        self._column.addSpacing(8)
        button = Button(_("Type a budget"))
        button.clicked.connect(lambda: open_source(self.desk, self.customer or "", "details", self))
        add(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)

    def _figure(self, text: str, role: str, about: str) -> FigureLabel:
        figure = FigureLabel(text, role)
        figure.set_about(about)
        figure.clicked.connect(self.open_sheet)
        return figure

    def _show_total(self, teller: Teller) -> None:
        one, words = teller.one, teller.words
        head = QHBoxLayout()
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(label(_("Customer equity"), "small", "text_3"))
        total = words.amount(one.equity or 0, cents=False)
        left.addWidget(self._figure(total, "figure", _("Customer equity")), 0, Qt.AlignmentFlag.AlignLeft)
        head.addLayout(left, 1)
        self.sheet_button = Button(_("How it is made"), icon="calculator")
        self.sheet_button.clicked.connect(self.open_sheet)
        head.addWidget(self.sheet_button, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(head)
        self._column.addSpacing(8)
        box = QFrame()
        box.setObjectName("panel")
        rows = QVBoxLayout(box)
        rows.setContentsMargins(12, 2, 12, 2)
        rows.setSpacing(0)
        parts = (
            (_("Current value"), one.clv, _("if they go on as they are")),
            (_("Growth"), one.growth, _("what they could buy more")),
            (_("Word of mouth"), one.word_of_mouth, _("newcomers they bring")),
        )
        for place, (name, amount, note) in enumerate(parts):
            if place:
                rows.addWidget(HLine(faint=True))
            rows.addWidget(self._part(name, words.amount(amount or 0, cents=False), note))
        self._column.addWidget(box)

    def _part(self, name: str, amount: str, note: str) -> QWidget:
        box = QWidget()
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 6, 0, 5)
        line.setSpacing(8)
        line.addWidget(label(name, "strong"))
        line.addWidget(label(note, "small", "text_3"))
        line.addStretch(1)
        line.addWidget(self._figure(amount, "strong", name))
        return box

    def _show_risk(self, teller: Teller) -> None:
        one, words = teller.one, teller.words
        told, late = rhythm(teller)
        if one.churn_risk is None and not told:
            return
        self._heading(_("Risk of leaving"))
        if one.churn_risk is not None:
            line = QHBoxLayout()
            line.setSpacing(8)
            line.addWidget(self._figure(teller.share(one.churn_risk), "strong", _("Churn risk")))
            months = words.number(words.valuation.judgement.window, 0)
            note = _("that no order comes in {n} months").format(n=months)
            line.addWidget(label(note, "body", "text_2"))
            line.addStretch(1)
            self._column.addLayout(line)
        if told:
            line = QHBoxLayout()
            line.setSpacing(6)
            if late:
                line.addWidget(IconLabel("clock", "late", 14))
            self.silence = label(told, "body", "late" if late else "text_2", wrap=True)
            line.addWidget(self.silence, 1)
            self._column.addLayout(line)

    def _show_outlook(self, teller: Teller) -> None:
        found = outlook(teller)
        if not found.changes and not found.sentences:
            return
        self._heading(_("What would change it"))
        for row in (*change_rows(teller, found.changes), *map(sentence_row, found.sentences)):
            self._column.addWidget(row)

    def _show_sure(self, teller: Teller) -> None:
        level = teller.one.evidence.level
        self._heading(_("How sure"))
        line = QHBoxLayout()
        line.setSpacing(8)
        blocks = EvidenceBlocks()
        blocks.set_level(level)
        line.addWidget(blocks)
        line.addWidget(label(_(WORDS[level]), "strong"))
        line.addWidget(label(seen_orders(teller), "body", "text_2"))
        line.addStretch(1)
        self._column.addLayout(line)
        self._column.addSpacing(4)
        for text in evidence_words(teller):
            self._column.addWidget(label(text, "body", "text_2", wrap=True))
            self._column.addSpacing(4)
        self._column.addSpacing(6)
        self._column.addWidget(label(assumptions(teller), "small", "text_3", wrap=True))
        change = Button(_("Change…"), "link")
        change.setAccessibleName(_("Change the assumptions"))
        change.clicked.connect(lambda: open_source(self.desk, self.customer or "", "rate:discount", self))
        self._column.addWidget(change, 0, Qt.AlignmentFlag.AlignLeft)

    def _heading(self, text: str) -> None:
        self._column.addSpacing(18)
        self._column.addWidget(section_label(text))
        self._column.addSpacing(4)

    def open_sheet(self) -> None:
        """Open the value sheet of the customer."""
        if self.customer is not None:
            self.desk.go("value", customer=self.customer)


def _empty(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        inner, old = item.layout(), item.widget()
        if inner is not None:
            _empty(inner)
            inner.deleteLater()
        if old is not None:
            old.hide()
            old.deleteLater()
