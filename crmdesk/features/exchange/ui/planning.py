"""Makes the plan of an import off the window's thread, whenever something before it changed.

The plan of a large file is made, and stays, in a second process.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from crmdesk.core.i18n import _
from crmdesk.core.jobs import Progress
from crmdesk.features.exchange import elsewhere
from crmdesk.features.exchange.actions import without_rows
from crmdesk.features.exchange.elsewhere import FarPlan, Wish
from crmdesk.features.exchange.outcomes import Place, dry_rows
from crmdesk.features.exchange.plan import Plan
from crmdesk.features.exchange.planner import make_plan, plan_tables
from crmdesk.features.exchange.ui.bench import Bench
from crmdesk.features.exchange.ui.dry_rows import Rows


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan with its rows sorted by outcome."""

    plan: Plan
    rows: Rows


def plan_now(
    bench: Bench, done: Callable[[Planned], None], before: Plan | None = None, left: set[Place] | None = None
) -> None:
    """Plan the import.

    With the plan from before only the options changed, or some of its rows are left out, and nothing is read
    again.
    """
    options = bench.intake.options
    away = isinstance(before, FarPlan) or (before is None and bench.intake.rows() > elsewhere.MANY)
    job = _away(bench, before, left or set()) if away else _here(bench, before, left or set())

    def take(planned: Planned) -> None:
        if bench.intake.options == options:
            bench.intake.plan = planned.plan
            done(planned)

    bench.band.clear()
    bench.start(job, take, _("Comparing with what is there"))


def _here(bench: Bench, before: Plan | None, left: set[Place]) -> Callable[[Progress], Planned]:
    store, habits, options = bench.desk.store, bench.habits, bench.intake.options
    sources = bench.intake.sources() if before is None else []

    def job(progress: Progress) -> Planned:
        if before is None:
            plan = make_plan(store, sources, habits, options, None, progress)
        else:
            fresh = without_rows(before, left) if left else Plan(before.names, before.prints, before.tables)
            plan = plan_tables(store, fresh, habits.currency, options, progress)
        return Planned(plan, dry_rows(plan, habits))

    return job


def _away(bench: Bench, before: Plan | None, left: set[Place]) -> Callable[[Progress], Planned]:
    again = before is not None and bench.away.alive
    sources = [] if again else bench.intake.sources()
    wish = Wish(bench.habits, bench.intake.options, frozenset(left if again else ()), again)
    return lambda progress: Planned(*elsewhere.plan(bench.away, sources, wish, progress))
