"""The portfolio page: the quadrant at the left, what to do about it at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget
from sqlalchemy import func, select

from crmdesk.core import dates
from crmdesk.core.errors import UserError
from crmdesk.core.i18n import N_, _, language
from crmdesk.core.jobs import Progress
from crmdesk.core.record import ALIVE
from crmdesk.features.customers.records import Customer
from crmdesk.features.portfolio import actions, queries, rules
from crmdesk.features.portfolio.rules import Cluster
from crmdesk.features.portfolio.ui.board import Board
from crmdesk.features.portfolio.ui.customer_menu import CustomerMenu, nearest
from crmdesk.features.portfolio.ui.cut_controls import cut_sentence
from crmdesk.features.portfolio.ui.picture_export import export_picture
from crmdesk.features.portfolio.ui.playbook_panel import PlaybookPanel
from crmdesk.features.portfolio.ui.side_list import GradingPanel, SelectionPanel
from crmdesk.features.portfolio.ui.view import View, read_view, with_cut
from crmdesk.qt import theme
from crmdesk.qt.actions import ActionSpec
from crmdesk.qt.desk import Desk
from crmdesk.qt.job_runner import Running
from crmdesk.qt.page import Page
from crmdesk.qt.widgets import VLine

AT_ONCE = 2000


class PortfolioPage(Page):
    """Who is key, to develop, maintenance and marginal, and what to do with each."""

    name = "portfolio"
    title = N_("Portfolio")
    icon = "layout-grid"
    key = "Ctrl+3"
    tables = frozenset(
        {
            "customer",
            "orders",
            "year_turnover",
            "portfolio_cut",
            "portfolio_override",
            "playbook_text",
            "customer_figures",
            "interaction",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build board and playbook."""
        super().__init__(desk, parent)
        self.view: View | None = None
        self.selected = ""
        self.months: int | None = queries.YEAR
        self._asked = 0
        self._reading: Running | None = None
        self._since_pick = QElapsedTimer()
        self.board = Board(desk)
        self.playbook = PlaybookPanel(desk)
        self.selection = SelectionPanel(desk.region)
        self.grading = GradingPanel(desk.region)
        self.side = QStackedWidget()
        self.menu = CustomerMenu(desk, self)
        self._build()
        self._connect()
        self._add_actions()

    def _build(self) -> None:
        for part in (self.playbook, self.selection, self.grading):
            self.side.addWidget(part)
        now = theme.current()
        self.side.setFixedWidth(round(now.size("playbook") * min(now.scale, 1.15)))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.board, 1)
        line.addWidget(VLine())
        line.addWidget(self.side)
        self.setFocusProxy(self.board.chart)

    def _connect(self) -> None:
        board, chart = self.board, self.board.chart
        chart.picked.connect(self._picked)
        chart.cluster_picked.connect(lambda cluster: self.show_cluster(Cluster(cluster)))
        chart.lassoed.connect(self.show_selection)
        chart.cut_dropped.connect(self._cut_dropped)
        board.band.kept.connect(self._keep_cut)
        board.band.undone.connect(self._put_cut_back)
        board.cuts.chosen.connect(self._choose_cut)
        board.period.asked.connect(self.show_period)
        board.grading_asked.connect(self.show_grading)
        board.few.chosen.connect(self.desk.open_customer)
        for panel in (self.playbook, self.selection, self.grading):
            panel.opened.connect(self.desk.open_customer)
        self.playbook.picked.connect(self.select)
        self.playbook.menu_asked.connect(self.open_menu)
        self.playbook.figures_asked.connect(board.toggle_text)
        self.playbook.written.connect(self._write)
        self.selection.left.connect(self.back)
        self.selection.list_asked.connect(lambda ids: self.desk.go("customers", ids=tuple(ids)))
        self.grading.left.connect(self.back)
        self.grading.graded.connect(self._grade)
        self.menu.opened.connect(self.desk.open_customer)

    def _add_actions(self) -> None:
        add, board = self.desk.actions.add, self.board
        add(
            ActionSpec(
                "portfolio_table", N_("Quadrant as table"), board.toggle_text, "table", "Ctrl+Shift+T"
            ),
            self,
        )
        add(ActionSpec("portfolio_picture", N_("Export picture…"), self.export_picture, "image"), self)
        add(ActionSpec("portfolio_grade", N_("Grade potential"), self.show_grading, "list-checks"), self)
        add(ActionSpec("portfolio_edit", N_("Edit playbook"), self.edit_playbook, "pencil"), self)

    # what is shown

    def refresh(self) -> None:
        """Read the portfolio again; a large one off the window's thread."""
        kept = self.desk.store.derived.figures
        assert kept is not None, "the portfolio stands on the kept figures"
        self._asked += 1
        number, today, months = self._asked, dates.today(), self.months
        with self.desk.store.read() as session:
            count = session.execute(select(func.count()).where(Customer.deleted == ALIVE)).scalar_one()
            if count <= AT_ONCE:
                self._show(read_view(session, kept, today, months))
                return

        def read(_progress: Progress) -> View:
            with self.desk.store.read() as session:
                return read_view(session, kept, today, months)

        if self._reading is not None:
            self._reading.cancel()
        told = _("Calculating the portfolio")
        self._reading = self.desk.jobs.start(
            read, lambda view: self._take(number, view), self.desk.fail, text=told
        )
        self._reading.finished.connect(lambda: self._end_reading(number))

    def show_period(self, months: int | None) -> None:
        """Stand on the turnover of the last year or, with None, of all time."""
        self.months = months
        self.refresh()

    def _end_reading(self, number: int) -> None:
        if number == self._asked:
            self._reading = None

    def _take(self, number: int, view: View) -> None:
        if number == self._asked:
            self._show(view)

    def _show(self, view: View) -> None:
        self.view = view
        self.board.band.clear()
        self.board.show_view(view)
        self.totals_changed.emit(cut_sentence(view))
        self.side.setVisible(view.portfolio is not None or self.side.currentWidget() is self.grading)
        self.show_cluster(self.playbook.cluster, come=False)
        if self.side.currentWidget() is self.grading:
            self.grading.show_ungraded(view)
        if self.side.currentWidget() is self.selection:
            self.selection.show_selection(view, self.selection.ids)
        if self.selected in view.by_id:
            self.board.chart.select(self.selected)

    def show_cluster(self, cluster: Cluster, come: bool = True) -> None:
        """Show the playbook of a cluster and its customers."""
        if self.view is None:
            return
        with self.desk.store.read() as session:
            book = queries.playbook_of(session, cluster, language())
        self.playbook.show_cluster(self.view, cluster, book)
        self.board.chart.select_cluster(cluster.value)
        if come:
            self.side.setCurrentWidget(self.playbook)

    def select(self, customer: str) -> None:
        """Make a customer the current one everywhere."""
        self.selected = customer
        self.board.chart.select(customer)

    def _picked(self, customer: str) -> None:
        """A click chooses; a second one right after it opens the card."""
        interval = QGuiApplication.styleHints().mouseDoubleClickInterval()
        quick = self._since_pick.isValid() and self._since_pick.elapsed() < interval
        if quick and customer == self.selected:
            self.desk.open_customer(customer)
            return
        self._since_pick.start()
        self.selected = customer
        one = self.view.by_id.get(customer) if self.view else None
        if one is not None and one.cluster is not None:
            self.show_cluster(one.cluster)
            self.playbook.select(customer)

    def show_selection(self, ids: Sequence[str]) -> None:
        """Show the customers a lasso has caught."""
        if self.view is not None and ids:
            self.selection.show_selection(self.view, ids)
            self.side.setCurrentWidget(self.selection)

    def show_grading(self) -> None:
        """Show who is without a grade."""
        if self.view is not None:
            self.side.show()
            self.side.setCurrentWidget(self.grading)
            self.grading.show_ungraded(self.view)
            self.grading.table.setFocus()

    def edit_playbook(self) -> None:
        """Open the playbook for writing, or close it again."""
        self.side.setCurrentWidget(self.playbook)
        self.playbook.toggle_editing()

    def open(self, **args: object) -> None:
        """Come to the front with a cluster, a customer, or the grading list."""
        self.refresh_if_stale()
        if args.get("cluster"):
            self.show_cluster(Cluster(str(args["cluster"])))
        if args.get("customer"):
            self._picked(str(args["customer"]))
            self.select(str(args["customer"]))
        if args.get("grading"):
            self.show_grading()

    def back(self) -> bool:
        """Esc takes a dragged cut back, then leaves list or table."""
        if self.board.band.waiting:
            self.board.band.take_back()
            return True
        if self.side.currentWidget() is not self.playbook:
            self.side.setCurrentWidget(self.playbook)
            self.side.setVisible(self.view is not None and self.view.portfolio is not None)
            return True
        if self.board.stack.currentWidget() is self.board.text:
            self.board.toggle_text()
            return True
        return False

    # cuts

    def _cut_dropped(self, axis: str, amount: int) -> None:
        view = self.view
        if view is None or view.portfolio is None:
            return
        would = with_cut(view, "turnover" if axis == "turnover" else "potential", amount)
        if would is None or amount == getattr(view.portfolio.cuts, axis).value:
            self._put_cut_back()
            return
        self.board.band.ask(axis, amount, len(rules.moved(view.portfolio, would)))

    def _put_cut_back(self) -> None:
        view = self.view
        if view is not None and view.portfolio is not None:
            self.board.show_view(view)
            self.select(self.selected)

    def _keep_cut(self, axis: str, amount: int) -> None:
        self._set_cut(axis, "fixed", amount)

    def _choose_cut(self, axis: str, mode: str) -> None:
        view = self.view
        if view is None or view.portfolio is None:
            return
        self._set_cut(axis, mode, getattr(view.portfolio.cuts, axis).value if mode == "fixed" else None)

    def _set_cut(self, axis: str, mode: str, amount: int | None) -> None:
        label = _("Cut of turnover moved") if axis == "turnover" else _("Cut of potential moved")
        try:
            with self.desk.store.write(label, initiator=self) as session:
                actions.set_cut(session, axis, mode, amount)  # type: ignore[arg-type]
        except UserError as error:
            self.desk.fail(error)
            self._put_cut_back()
            return
        self.refresh()
        self.desk.tell(label, undo=True)

    # other writes

    def _write(self, part: str, text: str) -> None:
        cluster = self.playbook.cluster
        label = _("Playbook of {cluster} written").format(cluster=_(cluster.label))
        with self.desk.store.write(label) as session:
            actions.write_playbook(session, cluster, part, text)

    def _grade(self, customer: str, grade: int) -> None:
        one = self.view.by_id.get(customer) if self.view else None
        if one is not None:
            self.menu.grade(one, grade)
            self.refresh()

    def open_menu(self, customer: str, spot: QPoint) -> None:
        """Open the menu of a customer at a place of the screen."""
        one = self.view.by_id.get(customer) if self.view else None
        if one is not None:
            self.select(customer)
            self.menu.open_at(one, spot)

    def export_picture(self) -> None:
        """Save the quadrant as a picture."""
        export_picture(self.desk, self.view, self.board.chart, self)

    # what Qt asks

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the card of the customer chosen in the quadrant."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.selected and self.board.chart.hasFocus():
            self.desk.open_customer(self.selected)
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the customer under the mouse, or by key of the one chosen."""
        chart = self.board.chart
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            if self.selected and chart.hasFocus():
                self.open_menu(self.selected, chart.mapToGlobal(chart.place_of(self.selected)))
            return
        customer = nearest(chart, self.view, chart.mapFrom(self, event.pos()))
        if customer:
            self.open_menu(customer, event.globalPos())
