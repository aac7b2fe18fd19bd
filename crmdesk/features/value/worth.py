"""What a run of the values says: of each customer its worth with the lines behind it, and of the firm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crmdesk.core.i18n import N_, _
from crmdesk.features.knowledge.evidence import Evidence
from crmdesk.features.knowledge.firm import FirmModel
from crmdesk.features.knowledge.judgement import Judgement

VERSION = 1


class State(StrEnum):
    """Where a customer stands with us."""

    ACTIVE = "active"
    NEW = "new"
    LOST = "lost"
    CLOSED = "closed"
    PROSPECT = "prospect"


class Part(StrEnum):
    """The part of equity a line belongs to."""

    CLV = "clv"
    GROWTH = "growth"
    WORD = "word_of_mouth"


LABELS = {
    "margin": N_("Margin on expected orders"),
    "service": N_("Cost to serve"),
    "leaving": N_("Risk of having left"),
    "waiting": N_("Discounting"),
    "lost": N_("Counted as lost"),
    "closed": N_("Closed by hand"),
    "growth": N_("Growth in {what}"),
    "rest": N_("Limit of growth"),
    "word": N_("Word of mouth"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an equity: its part, what it is, the amount in the smallest coin, and the sum in words."""

    part: Part
    key: str
    amount: int
    what: str = ""
    gap: float = 0.0
    chance: float = 0.0
    margin: float = 0.0
    years: float = 0.0
    reason: tuple[int, int] = (0, 0)

    @property
    def label(self) -> str:
        """What this line is, in words."""
        return _(LABELS[self.key]).format(what=self.what)


@dataclass(frozen=True, slots=True)
class Inputs:
    """What one value was made from; money in whole units, times in weeks."""

    purchases: int = 0
    first: date | None = None
    last: date | None = None
    since_first: float = 0.0
    to_last: float = 0.0
    usual_gap: float | None = None
    long_gap: int | None = None
    own_order: float = 0.0
    order: float = 0.0
    own_share: float = 0.0
    margin_rate: float = 0.0
    margin_source: str = "firm"
    yearly: float = 0.0
    service: float = 0.0
    turnover: float = 0.0
    past_margin: float | None = None
    expected_year: float = 0.0
    capped: bool = False


@dataclass(frozen=True, slots=True)
class Worth:
    """The worth of one customer in the smallest coin; None stands for unknown, which is not zero."""

    id: str
    name: str
    number: str
    state: State
    evidence: Evidence
    clv: int | None
    growth: int | None
    word_of_mouth: int | None
    equity: int | None
    churn_risk: float | None
    p_alive: float | None
    expected_orders: float | None
    overdue: float | None
    lines: tuple[Line, ...]
    inputs: Inputs
    stays: tuple[float, ...] = ()
    yearly_margin: float = 0.0

    def part(self, part: Part) -> list[Line]:
        """The lines of one part of the equity."""
        return [line for line in self.lines if line.part is part]


@dataclass(frozen=True, slots=True)
class Valuation:
    """One run: the day, the judgement, the firm's models, every customer's worth, highest equity first."""

    as_of: date
    currency: str
    judgement: Judgement
    firm: FirmModel
    customers: tuple[Worth, ...]
    foreign: int = 0
    version: int = VERSION

    @property
    def equity(self) -> int:
        """The equity of the firm: the sum over its customers."""
        return sum(one.equity or 0 for one in self.customers)

    @property
    def clv(self) -> int:
        """The current value of all customers together."""
        return sum(one.clv or 0 for one in self.customers)

    def of(self, ident: str) -> Worth | None:
        """The worth of one customer by id."""
        return next((one for one in self.customers if one.id == ident), None)
