"""Makes the plan of an import off the window's thread, whenever something before it changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from crmdesk.core.i18n import _
from crmdesk.core.jobs import Progress
from crmdesk.features.exchange.plan import Options, Plan
from crmdesk.features.exchange.planner import make_plan, plan_tables
from crmdesk.features.exchange.ui.bench import Bench
from crmdesk.features.exchange.ui.dry_rows import DryRows, dry_rows


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan with its rows sorted by outcome."""

    plan: Plan
    rows: DryRows


def plan_now(bench: Bench, done: Callable[[Planned], None], before: Plan | None = None) -> None:
    """Plan the import; with the plan from before, only the options changed and nothing is read again."""
    store, habits, options = bench.desk.store, bench.habits, bench.intake.options
    sources = bench.intake.sources() if before is None else []

    def job(progress: Progress) -> Planned:
        plan = (
            _again(bench, before, options, progress)
            if before
            else make_plan(store, sources, habits, options, None, progress)
        )
        return Planned(plan, dry_rows(plan))

    def take(planned: Planned) -> None:
        if bench.intake.options == options:
            bench.intake.plan = planned.plan
            done(planned)

    bench.band.clear()
    bench.start(job, take, _("Comparing with what is there"))


def _again(bench: Bench, before: Plan, options: Options, progress: Progress) -> Plan:
    fresh = Plan(before.names, before.prints, before.tables)
    return plan_tables(bench.desk.store, fresh, bench.habits.currency, options, progress)
