"""The values of the whole firm, reckoned off the window's thread and kept until a change touches them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QObject, Qt, Signal

from crmdesk.core import dates
from crmdesk.core.changes import Changes
from crmdesk.core.errors import UserError
from crmdesk.core.i18n import _
from crmdesk.core.jobs import Progress
from crmdesk.core.store import Store
from crmdesk.features.knowledge import queries
from crmdesk.features.knowledge.facts import Facts, Known
from crmdesk.features.knowledge.firm import FirmModel
from crmdesk.features.portfolio import queries as portfolio
from crmdesk.features.portfolio.queries import Placements
from crmdesk.features.value.appraise import appraise
from crmdesk.features.value.worth import Valuation, Worth
from crmdesk.qt.desk import Desk

TABLES = frozenset(
    {"customer", "affiliation", "firm", "orders", "order_line", "product", "year_turnover"}
    | {"interaction", "value_rate", "portfolio_cut", "portfolio_override"}
)
BESIDE = frozenset({"interaction", "affiliation", "portfolio_cut", "portfolio_override"})


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the values with the facts it stands on and the moment it was made."""

    facts: Facts
    valuation: Valuation
    at: datetime
    placements: Placements | None = None

    def worth(self, ident: str) -> Worth | None:
        """The worth of a customer; None where nothing at all is known."""
        return self.valuation.of(ident)

    def known(self, ident: str) -> Known:
        """The facts of a customer."""
        return next((one for one in self.facts.customers if one.id == ident), Known(ident))


def reckon(store: Store, progress: Progress, firm: FirmModel | None = None) -> Run:
    """Reckon the values of all customers as of today; with models that still hold, those are not fitted."""
    with store.read() as session:
        facts, judgement = queries.facts(session, dates.today()), queries.judgement(session)
        placed = portfolio.current(session, dates.today())
    return Run(facts, appraise(facts, judgement, progress, firm), dates.now(), placed)


class LatestRun(QObject):
    """Keeps the newest run for everything on screen that shows values; one per open file."""

    came = Signal()
    failed = Signal(str)

    def __init__(self, desk: Desk) -> None:
        """Listen to changes; the first question starts a run."""
        super().__init__(desk.signals)
        self._desk = desk
        self._kept: Run | None = None
        self._firm: tuple[date, FirmModel] | None = None
        self._number = 0
        self._running = False
        desk.signals.changed.connect(self._changed)

    @classmethod
    def of(cls, desk: Desk) -> LatestRun:
        """The keeper of this desk, made with the first question."""
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        found = desk.signals.findChild(cls, options=direct)
        return found if isinstance(found, cls) else cls(desk)

    def ask(self) -> Run | None:
        """The run that holds now; None while it is reckoned, and `came` says when it is there."""
        kept = self._kept
        if kept is not None and kept.valuation.as_of == dates.today():
            return kept
        if not self._running:
            self._start()
        return None

    def _changed(self, changes: Changes) -> None:
        if TABLES & changes.tables:
            if not TABLES & changes.tables <= BESIDE:
                self._firm = None
            self._kept = None
            self._number += 1

    def _start(self) -> None:
        number, store, today = self._number, self._desk.store, dates.today()
        firm = self._firm[1] if self._firm is not None and self._firm[0] == today else None
        self._running = True

        def done(run: Run) -> None:
            self._running = False
            if number == self._number:
                self._kept = run
                self._firm = run.valuation.as_of, run.valuation.firm
            self.came.emit()

        def refused(error: BaseException) -> None:
            self._running = False
            if not isinstance(error, UserError):
                self.failed.emit(_("The values could not be reckoned."))
                self._desk.fail(error)
                return
            self.failed.emit(str(error))

        def stopped() -> None:
            self._running = False
            self.failed.emit(_("Reckoning the values was stopped."))

        self._desk.jobs.start(
            lambda progress: reckon(store, progress, firm), done, refused, stopped, _("Reckoning values")
        )
