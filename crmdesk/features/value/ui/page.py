"""The value sheet: the worth of one customer as a total, a waterfall of lines, and what lies behind each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from crmdesk.core import dates, money
from crmdesk.core.i18n import N_, _, ngettext
from crmdesk.features.customers import queries as customers
from crmdesk.features.value.explain import Words
from crmdesk.features.value.ui.changes import outlook
from crmdesk.features.value.ui.export import ask_export
from crmdesk.features.value.ui.latest import TABLES, LatestRun, Run
from crmdesk.features.value.ui.lines import Row, Teller, adds_up, rows_of
from crmdesk.features.value.ui.marks import GreyBars
from crmdesk.features.value.ui.opening import open_source
from crmdesk.features.value.ui.past import PastMargin
from crmdesk.features.value.ui.side import SidePanel
from crmdesk.features.value.ui.waterfall import Scale, Waterfall, WaterfallHead
from crmdesk.features.value.worth import Worth
from crmdesk.qt.desk import Desk
from crmdesk.qt.page import Page, PageHead
from crmdesk.qt.widgets import (
    Band,
    Button,
    ClusterBadge,
    ElidedLabel,
    HLine,
    IconLabel,
    VLine,
    label,
    scrolling,
)


class Totals(QWidget):
    """The total of the sheet and the sentence under it."""

    def __init__(self) -> None:
        """Start without a figure."""
        super().__init__()
        self.figure = label("", "display", "text")
        self.sentence = label("", "body", "text_2", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 2, 24, 16)
        column.setSpacing(0)
        column.addWidget(self.figure)
        column.addWidget(self.sentence)

    def show_worth(self, words: Words, one: Worth) -> None:
        """Show a total, or that it is not known and why."""
        known = one.equity is not None
        self.figure.setText(words.amount(one.equity) if one.equity is not None else _("unknown"))
        self.figure.set_color("text" if known else "text_3")
        years, region = words.valuation.judgement.years, words.region
        told = ngettext(
            "Value over the next {n} year, on {date}", "Value over the next {n} years, on {date}", years
        )
        day = dates.show_date_long(words.valuation.as_of, region)
        self.sentence.setText(told.format(n=years, date=day) if known else one.evidence.reason)


class Missing(QWidget):
    """A value that is not known: the word, what is missing, and the way to it."""

    def __init__(self) -> None:
        """Start without a reason."""
        super().__init__()
        self.sentence = label("", "body", "text_2", wrap=True)
        self.button = Button("")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 2, 24, 16)
        column.setSpacing(6)
        column.addWidget(label(_("unknown"), "display", "text_3"))
        column.addWidget(self.sentence)
        column.addSpacing(6)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def show_reason(self, reason: str, button: str) -> None:
        """Say what is missing."""
        self.sentence.setText(reason)
        self.button.setText(button)


class ValuePage(Page):
    """How the worth of one customer is made, line by line."""

    name = "value"
    title = N_("Value sheet")
    icon = "calculator"
    in_sidebar = False
    tables = TABLES

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the sheet, without a customer."""
        self.latest = LatestRun.of(desk)
        super().__init__(desk, parent)
        self.customer = ""
        self.teller: Teller | None = None
        self.rows: list[Row] = []
        self.band = Band()
        self.head = PageHead("", back=True, inset=24)
        self.name_label = ElidedLabel("", "page", "text")
        self.name_label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.badge = ClusterBadge()
        self.export = Button(_("Export…"), icon="file-spreadsheet")
        self.totals = Totals()
        self.table = Waterfall(_("Lines of the value"))
        self.table_head = WaterfallHead(self.table)
        self.check = label("", "body", "text_2", wrap=True)
        self.check_icon = IconLabel("circle-check", "ok")
        self.past = PastMargin()
        self.side = SidePanel()
        self.grey = GreyBars(8, 60)
        self.missing = Missing()
        self.stack = QStackedWidget()
        self._build()
        self._connect()

    def _build(self) -> None:
        self.head.set_context(_("Customer equity, how it is made"))
        layout = self.head.layout()
        assert isinstance(layout, QHBoxLayout)
        self.head.heading.hide()
        layout.insertWidget(2, self.name_label)
        layout.insertWidget(3, self.badge)
        self.head.add(self.export)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table)
        line = QHBoxLayout()
        line.setContentsMargins(24, 12, 24, 16)
        line.setSpacing(8)
        line.addWidget(self.check_icon)
        line.addWidget(self.check, 1)
        column.addLayout(line)
        column.addStretch(1)
        column.addWidget(self.past)
        self.sheet = QWidget()
        lines = QVBoxLayout(self.sheet)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        for part in (self.totals, HLine(), self.table_head):
            lines.addWidget(part)
        lines.addWidget(scrolling(inner), 1)
        for page in (self.sheet, self.grey, self.missing):
            self.stack.addWidget(page)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.head)
        left.addWidget(self.band)
        left.addWidget(self.stack, 1)
        self.edge = VLine()
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(left, 1)
        whole.addWidget(self.edge)
        whole.addWidget(self.side)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self.latest.came.connect(self._came)
        self.grey.due.connect(lambda: self._turn(self.grey))
        self.latest.failed.connect(self._failed)
        self.head.went_back.connect(self.back)
        self.table.chosen.connect(self._chosen)
        for part in (self.table, self.side):
            part.opened.connect(self.open_source)
        self.export.clicked.connect(self.ask_export)
        self.missing.button.clicked.connect(self._open_missing)

    # The customer

    def open(self, **args: object) -> None:
        """Show the value of a customer."""
        if args.get("customer"):
            self.customer = str(args["customer"])
            self.table.current = ""
            self.stale = False
            self.refresh()

    def back(self) -> bool:
        """Go back to the card the sheet was opened from."""
        if self.customer:
            self.desk.go("customers", customer=self.customer)
        else:
            self.desk.go("customers")
        return True

    def refresh(self) -> None:
        """Show the newest run, or wait for it."""
        self._show_head()
        if not self.customer:
            self._show_missing(_("No customer chosen"), _("Open the customers"))
            return
        run = self.latest.ask()
        if run is None:
            self.grey.begin()
            if self.teller is None or self.teller.one.id != self.customer:
                self._turn(self.grey)
            return
        self.grey.end()
        self._show_run(run)

    def _came(self) -> None:
        if self.isVisible():
            self.refresh()
        else:
            self.stale = True

    def _failed(self, reason: str) -> None:
        if self.isVisible():
            self.grey.end()
            self.band.tell(reason, "late", _("Try again"), self.refresh)

    def _show_head(self) -> None:
        figures = self.desk.store.derived.figures
        card = None
        if self.customer:
            with self.desk.store.read() as session:
                card = customers.card(session, self.customer, figures)
        self.name_label.setText(card.name if card is not None else _("Value sheet"))
        self.badge.set_cluster(str(card.figures.get("cluster") or "") if card is not None else "")

    def _turn(self, part: QWidget) -> None:
        self.stack.setCurrentWidget(part)
        known = part is self.sheet
        self.side.setVisible(known)
        self.edge.setVisible(known)
        self.export.setEnabled(known)

    def _show_missing(self, reason: str, button: str) -> None:
        self.missing.show_reason(reason, button)
        self._turn(self.missing)

    def _show_run(self, run: Run) -> None:
        one = run.worth(self.customer)
        moment = f"{dates.show_date_numeric(run.at.date(), self.desk.region)}, {run.at:%H:%M}"
        self.totals_changed.emit(_("Computed {moment}").format(moment=moment))
        if one is None or one.equity is None:
            self.teller = None
            reason = one.evidence.reason if one is not None else _("No purchase is known.")
            told = _("{reason} The first order, yearly turnover or a budget gives it a value.")
            self._show_missing(told.format(reason=reason), _("Open the details"))
            return
        teller = self.teller = Teller(run, one, self.desk.region)
        self.rows = rows_of(teller)
        scale, words = Scale.of(self.rows), teller.words
        self.totals.show_worth(words, one)
        self.table_head.show_scale((_("Line"), _sign(words)), scale, lambda tick: _tick(words, tick))
        self._turn(self.sheet)
        self.side.show_around(teller, outlook(teller))
        self.table.show_rows(self.rows, lambda amount: _plain(words, amount), scale)
        self.past.show_past(teller)
        self._show_check()

    def _show_check(self) -> None:
        right = adds_up(self.rows)
        self.check_icon.set_icon("circle-check" if right else "circle-alert", "ok" if right else "late")
        told = _("The lines add up to the total, to the cent. Dotted figures open further.")
        self.check.setText(told if right else _("The lines do not add up to the total."))
        self.check.set_color("text_2" if right else "late")

    # What opens

    def _chosen(self, key: str) -> None:
        row = next((row for row in self.rows if row.key == key), None)
        if row is not None and self.teller is not None:
            self.side.show_row(self.teller, row)

    def open_source(self, opens: str) -> None:
        """Open what an input comes from: records on the card, or the assumptions."""
        open_source(self.desk, self.customer, opens, self)

    def _open_missing(self) -> None:
        if self.customer:
            self.desk.go("customers", customer=self.customer, panel="details")
        else:
            self.desk.go("customers")

    def ask_export(self) -> None:
        """Ask where to write the sheet as a workbook with live formulas."""
        if self.teller is not None:
            ask_export(self, self.desk, self.teller, self.name_label.whole(), self.band)

    def tour(self) -> Sequence[tuple[str, Callable[[], object]]]:
        """The sheet of the customer with the highest value."""
        return [("sheet", self._show_best)]

    def _show_best(self) -> None:
        run = self.latest.ask()
        if run is None:
            QTimer.singleShot(20, self, self._show_best)
        elif run.valuation.customers:
            self.open(customer=run.valuation.customers[0].id)


def _plain(words: Words, amount: int) -> str:
    """An amount with cents, without sign and currency: both stand beside it."""
    currency = words.valuation.currency
    number = abs(money.from_minor(amount, currency))
    return money.show_number(number, words.region, money.places(currency))


def _tick(words: Words, amount: int) -> str:
    return money.show_number(money.from_minor(amount, words.valuation.currency), words.region, 0)


def _sign(words: Words) -> str:
    """The sign of the currency as it is written here."""
    return words.amount(0, cents=False).replace("0", "").strip("\xa0 ")
