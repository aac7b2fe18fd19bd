"""The Insights page: a quiet list of findings at the left, the chosen one at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from crmdesk.core import dates
from crmdesk.core.changes import Changes
from crmdesk.core.errors import UserError
from crmdesk.core.i18n import N_, _, ngettext
from crmdesk.core.jobs import Progress
from crmdesk.features.insights.ui import ahead, coming_back, few_and_many, obstacles, whole_firm
from crmdesk.features.insights.ui.export import write_finding
from crmdesk.features.insights.ui.finding import Compute, Finding, asking
from crmdesk.features.insights.ui.finding_list import FindingList
from crmdesk.features.insights.ui.loading import GreyBars
from crmdesk.features.insights.ui.view import FindingView
from crmdesk.features.orders.queries import base_currency
from crmdesk.qt.actions import ActionSpec
from crmdesk.qt.desk import Desk
from crmdesk.qt.dialogs import choose_target
from crmdesk.qt.job_runner import Running
from crmdesk.qt.page import Page, PageHead
from crmdesk.qt.quadrant.picture import save_picture
from crmdesk.qt.widgets import Button, EmptyState, HLine, SegmentedControl, VLine

QUIET_MS = 200
PERIODS = (("12", N_("12 months")), ("24", N_("24 months")), ("36", N_("3 years")))


@dataclass(frozen=True, slots=True)
class Topic:
    """One finding of the list: key, title, how it is reckoned, and whether it looks back a chosen time."""

    key: str
    title: str
    compute: Compute
    periods: bool = False


TOPICS = (
    Topic("pareto", N_("80/20"), few_and_many.pareto, True),
    Topic("whale", N_("Whale curve"), few_and_many.whale, True),
    Topic("rfm", N_("RFM"), coming_back.rfm),
    Topic("retention", N_("Retention and cohorts"), coming_back.retention),
    Topic("churn", N_("Who is leaving"), coming_back.churn),
    Topic("whitespace", N_("White space"), ahead.white_space),
    Topic("demand", N_("Demand"), ahead.demand),
    Topic("equity", N_("Equity"), whole_firm.equity),
    Topic("stability", N_("Stability"), whole_firm.stability),
    Topic("resistance", N_("Resistance"), obstacles.resistance),
    Topic("meter", N_("Return of the CRM"), obstacles.crm_return),
)
Key = tuple[str, str, date]


class InsightsPage(Page):
    """What the whole base of customers tells, each finding with its chart and table."""

    name = "insights"
    title = N_("Insights")
    icon = "chart-line"
    key = "Ctrl+8"
    tables = frozenset(
        {
            "customer",
            "orders",
            "order_line",
            "product",
            "year_turnover",
            "interaction",
            "value_rate",
            "firm",
            "affiliation",
            "customer_figures",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Start with the 80/20 of the last twelve months."""
        super().__init__(desk, parent)
        self._kept: dict[Key, Finding] = {}
        self._running: Running | None = None
        self._wanted: Key | None = None
        self._shown = ""
        self._focus_waits = False
        self._currency = desk.region.currency
        self.view: FindingView | None = None
        self.head = PageHead(_("Insights"))
        self.list = FindingList([(topic.key, _(topic.title)) for topic in TOPICS])
        self.period = SegmentedControl([(key, _(word), "") for key, word in PERIODS], _("Period"))
        self.export_button = Button(_("Export…"), icon="file-spreadsheet")
        self.empty = EmptyState("chart-line", _("Not enough to say"), "", _("Import…"))
        self.waiting = GreyBars()
        self.stack = QStackedWidget()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(QUIET_MS)
        self._build()
        self._connect()
        self._add_actions()
        self.period.choose("12")
        self.list.choose("pareto")

    def _build(self) -> None:
        self.head.add(self.period)
        self.head.add(self.export_button)
        for part in (self.waiting, self.empty):
            self.stack.addWidget(part)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.list)
        body.addWidget(VLine())
        body.addWidget(self.stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(HLine())
        column.addLayout(body, 1)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self.list.chosen.connect(lambda _key: self.show_topic())
        self.period.chosen.connect(lambda _months: self.show_topic())
        self.empty.acted.connect(lambda: self.desk.go("exchange"))
        self._soon.timeout.connect(self._show_waiting)
        menu = QMenu(self.export_button)
        menu.addAction(_("Tables as workbook…"), self.export_tables)
        self._picture = menu.addAction(_("Chart as picture…"), self.export_picture)
        menu.aboutToShow.connect(lambda: self._picture.setEnabled(self._has_chart()))
        self.export_button.setMenu(menu)

    def _add_actions(self) -> None:
        shown, drawn = self._has_view, self._has_chart
        for spec in (
            ActionSpec("insight_words", N_("Chart in words"), self.toggle_text, "table", "Ctrl+Shift+T"),
            ActionSpec(
                "insight_export", N_("Export finding…"), self.export_tables, "download", "Ctrl+E", shown
            ),
            ActionSpec("insight_picture", N_("Export chart…"), self.export_picture, "image", "", drawn),
        ):
            self.desk.actions.add(spec, self)

    def _has_view(self) -> bool:
        return self.view is not None and self.stack.currentWidget() is self.view

    def _has_chart(self) -> bool:
        return self._has_view() and self.view is not None and self.view.chart is not None

    # What is shown

    @property
    def topic(self) -> Topic:
        """The chosen topic."""
        return next(topic for topic in TOPICS if topic.key == self.list.key())

    def on_changes(self, changes: Changes) -> None:
        """Forget what was reckoned as soon as something it stands on has changed."""
        if self.touches(changes):
            self._kept.clear()
        super().on_changes(changes)

    def refresh(self) -> None:
        """Reckon the chosen finding again, where it is not known."""
        with self.desk.store.read() as session:
            self._currency = base_currency(session)
        self.show_topic()

    def show_topic(self) -> None:
        """Show the chosen finding: at once when it is known, else as soon as it is reckoned."""
        topic = self.topic
        self.period.setVisible(topic.periods)
        if self.stale:
            return
        months = self.period.value() if topic.periods else ""
        self._wanted = wanted = (topic.key, months, dates.today())
        if wanted in self._kept:
            self._show(topic, self._kept[wanted])
            return
        if self._running is not None:
            self._running.cancel()
        if self._shown != topic.key:
            self._soon.start()
        self._running = self.desk.jobs.start(
            partial(self._reckon, topic, wanted),
            lambda finding: self._take(topic, wanted, finding),
            self._failed,
            text=_("Reckoning {name}").format(name=_(topic.title)),
        )
        self._running.finished.connect(partial(self._ended, self._running))

    def _reckon(self, topic: Topic, wanted: Key, progress: Progress) -> Finding:
        store, region = self.desk.store, self.desk.region
        months = int(wanted[1]) if wanted[1] else 12
        with store.read() as session:
            question = asking(session, wanted[2], region, months, store.derived.figures)
            progress.check()
            return topic.compute(replace(question, progress=progress))

    def _show_waiting(self) -> None:
        self._focus_waits = self._take_focus(self.view)
        self.stack.setCurrentWidget(self.waiting)

    def _take_focus(self, view: FindingView | None) -> bool:
        """Take the keys out of a view that goes away; True when it had them."""
        focused = QApplication.focusWidget()
        if view is None or focused is None or not view.isAncestorOf(focused):
            return False
        self.list.setFocus()
        return True

    def _ended(self, running: Running) -> None:
        if self._running is running:
            self._running = None

    def _failed(self, error: BaseException) -> None:
        self._soon.stop()
        self._shown = ""
        self.empty.set_texts(_("This could not be reckoned"), str(error) if _known(error) else "")
        self.stack.setCurrentWidget(self.empty)
        self.desk.fail(error)

    def _take(self, topic: Topic, wanted: Key, finding: Finding) -> None:
        self._kept[wanted] = finding
        if wanted == self._wanted:
            self._show(topic, finding)

    def _show(self, topic: Topic, finding: Finding) -> None:
        self._soon.stop()
        old, self.view = self.view, None
        had_focus = self._take_focus(old) or self._focus_waits
        self._focus_waits, self._shown = False, topic.key
        if finding.empty:
            self.empty.set_texts(_("Not enough to say"), finding.empty, _("Import…"))
            self.stack.setCurrentWidget(self.empty)
        else:
            self.view = view = FindingView(_(topic.title), finding, self.desk.region, self._currency)
            view.customer_chosen.connect(self.desk.open_customer)
            view.listed.connect(lambda ids: self.desk.go("customers", ids=tuple(ids)))
            self.stack.addWidget(view)
            self.stack.setCurrentWidget(view)
            if old is not None:
                view.keep(old, had_focus)
        if old is not None:
            self.stack.removeWidget(old)
            old.deleteLater()
        self.export_button.setEnabled(self.view is not None)
        day = dates.show_date(dates.today(), self.desk.region)
        told = _("Reckoned to {day}, in {currency}").format(day=day, currency=self._currency)
        self.totals_changed.emit(finding.totals or told)
        self.desk.actions.refresh()

    def open(self, **args: object) -> None:
        """Come to the front with a `finding` by its key."""
        self.refresh_if_stale()
        if args.get("finding"):
            self.list.choose(str(args["finding"]))

    def back(self) -> bool:
        """Esc shows the chart again in place of its words."""
        if self.view is not None and not self.view.text.isHidden():
            self.view.toggle_text()
            return True
        return False

    def toggle_text(self) -> None:
        """Show the chart in words, or the chart again."""
        if self.view is not None:
            self.view.toggle_text()

    def tour(self) -> Sequence[tuple[str, Callable[[], object]]]:
        """Every finding."""
        return [(topic.key, partial(self.list.choose, topic.key)) for topic in TOPICS]

    # Export

    def export_tables(self) -> None:
        """Ask where to write the tables of the finding."""
        if self._has_view():
            name = f"{_(self.topic.title).replace('/', '-')} {dates.today().isoformat()}.xlsx"
            choose_target(self, _("Export"), [(_("Workbooks"), "*.xlsx")], name, self.write_tables)

    def write_tables(self, path: Path) -> None:
        """Write the tables of the finding off the window's thread, and say so."""
        if self.view is None:
            return
        title, finding, currency = _(self.topic.title), self.view.finding, self._currency

        def job(_progress: Progress) -> int:
            return write_finding(path, title, finding, currency)

        def done(count: int) -> None:
            text = ngettext("{n} row written to {file}.", "{n} rows written to {file}.", count)
            self.desk.tell(text.format(n=count, file=path.name))

        self.desk.jobs.start(job, done, self.desk.fail, text=_("Writing {file}").format(file=path.name))

    def export_picture(self) -> None:
        """Ask where to save the chart as a picture."""
        if self._has_chart():
            name = f"{_(self.topic.title).replace('/', '-')} {dates.today().isoformat()}.png"
            choose_target(self, _("Export picture"), [(_("PNG picture"), "*.png")], name, self.save_chart)

    def save_chart(self, path: Path) -> None:
        """Save the chart as it stands."""
        if self.view is None or self.view.chart is None:
            return
        try:
            save_picture(self.view.chart, path)
        except UserError as error:
            self.desk.fail(error)
        else:
            self.desk.tell(_("Picture saved: {name}").format(name=path.name))


def _known(error: BaseException) -> bool:
    return isinstance(error, UserError)
