"""The left side of the portfolio: head, legend, quadrant, the same as a table, or a list for a few."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from crmdesk.core import dates, money
from crmdesk.core.i18n import N_, Region, _, ngettext
from crmdesk.features.portfolio import queries
from crmdesk.features.portfolio.rules import TooFew
from crmdesk.features.portfolio.ui import scales
from crmdesk.features.portfolio.ui.chart import QuadrantChart
from crmdesk.features.portfolio.ui.customer_table import WIDE, CustomerTable
from crmdesk.features.portfolio.ui.cut_controls import CutBand, CutsButton
from crmdesk.features.portfolio.ui.legend import Legend
from crmdesk.features.portfolio.ui.period import PeriodBand, turnover_title, turnover_word
from crmdesk.features.portfolio.ui.view import View
from crmdesk.qt import theme
from crmdesk.qt.desk import Desk
from crmdesk.qt.page import PageHead
from crmdesk.qt.quadrant.points import Points
from crmdesk.qt.record_table import RecordTable
from crmdesk.qt.rows import Column, ListSource, Row
from crmdesk.qt.widgets import Band, Button, IconButton, SegmentedControl, label, row

TEXT_COLUMNS = (
    Column("name", N_("Customer"), width=220, stretch=True),
    Column("cluster", N_("Cluster"), width=140),
    Column("turnover", N_("Turnover"), width=130, right=True),
    Column("potential", N_("Potential"), width=130, right=True),
)
INSET, NARROW = 10, 700
SEGMENTS = ("last_contact", "churn_risk")
SIZE, OTHER_SIZE = "equity", "turnover_12m"


class Tips(Mapping[str, Sequence[str]]):
    """The lines under a customer's name in the tool tip, worked out when they are wanted."""

    def __init__(self, view: View, region: Region) -> None:
        """Take what is known."""
        self._view, self._region = view, region

    def __len__(self) -> int:
        return len(self._view.by_id)

    def __iter__(self) -> Iterator[str]:
        return iter(self._view.by_id)

    def __getitem__(self, customer: str) -> Sequence[str]:
        view, region = self._view, self._region
        one = view.by_id[customer]
        known = money.show_money(one.potential.amount, view.currency, region)
        potential = known if one.potential.graded else _("ungraded")
        contact = view.day("last_contact", customer)
        ago = dates.age(contact, view.placed.as_of, region) if contact else _("never")
        lines = [
            f"{turnover_word(view.placed.months).capitalize()}: "
            + money.show_money(one.turnover, view.currency, region),
            _("Potential a year: {amount}").format(amount=potential),
            _("Last contact: {when}").format(when=ago),
        ]
        if one.override is not None:
            lines.append(
                _("Own judgement: {reason}").format(reason=one.override.reason or _("no reason given"))
            )
        return lines


class Board(QWidget):
    """Everything about the quadrant but its playbook."""

    grading_asked = Signal()
    picture_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the board without customers."""
        super().__init__(parent)
        self._desk = desk
        self._view: View | None = None
        self.colour, self.size_by, self._other = SEGMENTS[0], SIZE, ""
        self.head = PageHead(_("Portfolio"))
        self.colours = self._segments()
        self.cuts = CutsButton(desk.region)
        self.more = IconButton("ellipsis", _("More"))
        self.legend = Legend()
        self.band = CutBand()
        self.reason = Band()
        self.period = PeriodBand()
        self.chart = QuadrantChart(desk.region, desk.region.currency)
        self.text = RecordTable("portfolio_text", TEXT_COLUMNS, _("Portfolio as table"), "row_compact")
        self.few = CustomerTable("portfolio_few", WIDE, desk.region)
        self.stack = QStackedWidget()
        self.grading = Button("", "ghost", icon="list-checks")
        self._build()

    def _build(self) -> None:
        menu = QMenu(self.more)
        menu.aboutToShow.connect(lambda: self._fill_menu(menu))
        self.more.setMenu(menu)
        self._colour_box = QHBoxLayout()
        self._colour_box.setContentsMargins(0, 0, 0, 0)
        self._colour_box.addWidget(self.colours)
        holder = QWidget()
        holder.setLayout(self._colour_box)
        self.colour_part = row(label(_("Colour"), "body", "text_3"), holder)
        for part in (self.colour_part, self.cuts, self.more):
            self.head.add(part)
        self.plot = row(self.chart, margins=(INSET, 0, 0, 0))
        for part in (self.plot, self.text, self.few):
            self.stack.addWidget(part)
        self.legend_row = QWidget()
        line = QHBoxLayout(self.legend_row)
        line.setContentsMargins(0, 0, 20, 0)
        line.addWidget(self.legend, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 4, 12, 8)
        foot.addWidget(self.grading)
        foot.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for part in (self.head, self.period, self.legend_row, self.band, self.reason):
            box.addWidget(part)
        box.addWidget(self.stack, 1)
        box.addLayout(foot)
        self.reason.close_button.hide()
        self.grading.clicked.connect(self.grading_asked)

    def _segments(self) -> SegmentedControl:
        figures = self._desk.store.derived.figures
        names = [*SEGMENTS, *([self._other] if self._other else [])]
        known = {measure.name: measure.label for measure in figures.measures} if figures else {}
        words = [(name, _(known.get(name, N_("Cluster"))), "") for name in names]
        made = SegmentedControl(words, _("Colour"))
        made.choose(self.colour)
        made.chosen.connect(self.colour_by)
        return made

    # what is shown

    def show_view(self, view: View) -> None:
        """Show everybody of a view."""
        self._view = view
        n = len(view.placed.customers)
        count = money.show_number(n, self._desk.region, 0)
        self.head.set_context(ngettext("{n} customer", "{n} customers", n).format(n=count))
        self.cuts.show_view(view)
        self.period.show_view(view)
        self.chart.set_titles(turnover_title(view.placed.months), _("Potential a year"))
        self._show_ungraded(len(view.placed.ungraded))
        few = isinstance(view.placed.portfolio, TooFew)
        self.cuts.setVisible(not few)
        self._show_colour_part()
        self.legend_row.setVisible(not few and self.stack.currentWidget() is not self.text)
        if isinstance(view.placed.portfolio, TooFew):
            self.reason.tell(view.placed.portfolio.reason())
            self.few.show_customers(view, sorted(view.placed.customers, key=lambda one: -one.turnover))
            self.stack.setCurrentWidget(self.few)
            return
        self.reason.clear()
        if self.stack.currentWidget() is self.few:
            self.stack.setCurrentWidget(self.plot)
        self._show_points()

    def _show_colour_part(self) -> None:
        """The choice of colours gives way on a narrow board; the menu has it too."""
        few = self._view is not None and self._view.portfolio is None
        self.colour_part.setVisible(not few and self.width() >= NARROW * theme.current().scale)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the head within the board and the legend above the plot."""
        super().resizeEvent(event)
        self._show_colour_part()
        self.place_legend()

    def _show_ungraded(self, n: int) -> None:
        words = ngettext("{n} customer without a grade", "{n} customers without a grade", n)
        self.grading.setText(words.format(n=money.show_number(n, self._desk.region, 0)))
        self.grading.setVisible(n > 0)

    def _show_points(self) -> None:
        view = self._view
        if view is None or view.portfolio is None:
            return
        region = self._desk.region
        colours = scales.colours(view, self.colour, region)
        sizes = scales.sizes(view, self.size_by, region)
        if not sizes.legend:
            sizes = scales.sizes(view, OTHER_SIZE, region)
        customers = view.placed.customers
        self.chart.set_cuts(view.portfolio.cuts.turnover.value, view.portfolio.cuts.potential.value)
        self.chart.set_points(
            Points(
                [one.id for one in customers],
                [one.name for one in customers],
                [one.turnover for one in customers],
                [one.potential.amount if one.potential.graded else 0 for one in customers],
                sizes.sizes,
                colours.tokens,
                [one.cluster.value if one.cluster else "marginal" for one in customers],
                Tips(view, region),
            )
        )
        self.legend.set_colours(self._label(self.colour), colours.legend)
        size = self._label(self.size_by)
        self.legend.set_sizes(_("{measure} {range}").format(measure=size, range=sizes.legend))
        self.place_legend()
        if self.stack.currentWidget() is self.text:
            self._show_text()

    def place_legend(self) -> None:
        """Begin the legend where the plot begins."""
        self.legend.set_left(self.chart.plot_edges()[0] + INSET)

    def _label(self, measure: str) -> str:
        found = self._view.measures.get(measure) if self._view else None
        return _(found.label) if found else _("Cluster")

    # what is chosen

    def colour_by(self, measure: str) -> None:
        """Colour the points by another measure."""
        self.colour = measure
        if measure not in SEGMENTS and measure != self._other:
            self._other = measure
            old, self.colours = self.colours, self._segments()
            self._colour_box.replaceWidget(old, self.colours)
            old.hide()
            old.deleteLater()
        self.colours.choose(measure)
        self._show_points()

    def size_points_by(self, measure: str) -> None:
        """Size the points by another measure."""
        self.size_by = measure
        self._show_points()

    def _fill_menu(self, menu: QMenu) -> None:
        menu.clear()
        measures = self._view.measures if self._view else {}
        by_colour, by_size = menu.addMenu(_("Colour by")), menu.addMenu(_("Size by"))
        choices = [(scales.BY_CLUSTER, _("Cluster")), *((m.name, _(m.label)) for m in measures.values())]
        for name, text in choices:
            action = by_colour.addAction(text)
            action.setCheckable(True)
            action.setChecked(name == self.colour)
            action.triggered.connect(lambda _on=False, name=name: self.colour_by(name))
        for measure in measures.values():
            if measure.kind.value == "date":
                continue
            action = by_size.addAction(_(measure.label))
            action.setCheckable(True)
            action.setChecked(measure.name == self.size_by)
            action.triggered.connect(lambda _on=False, name=measure.name: self.size_points_by(name))
        self.period.add_to(menu, self._view.placed.months if self._view else queries.YEAR)
        menu.addSeparator()
        menu.addAction(self._desk.actions.action("portfolio_table"))
        menu.addAction(self._desk.actions.action("portfolio_picture"))

    # the same as a table

    def toggle_text(self) -> None:
        """Show the quadrant as a table, or the quadrant again."""
        if self._view is None or self._view.portfolio is None:
            return
        if self.stack.currentWidget() is self.text:
            self.stack.setCurrentWidget(self.plot)
            self.legend_row.show()
            self.chart.setFocus()
        else:
            self._show_text()
            self.stack.setCurrentWidget(self.text)
            self.legend_row.hide()
            self.text.setFocus()

    def _show_text(self) -> None:
        assert self._view is not None
        _head, *lines = self.chart.text_table()
        rows = [Row(f"{n}", tuple(line)) for n, line in enumerate(lines)]
        self.text.show_source(ListSource(TEXT_COLUMNS, rows))
