"""The sheet of a value: each figure again from the inputs it shows, and what would change it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from crmdesk.core.feature import Features
from crmdesk.core.i18n import region
from crmdesk.features.knowledge import queries
from crmdesk.features.knowledge.facts import Facts
from crmdesk.features.knowledge.judgement import Judgement
from crmdesk.features.value.appraise import appraise
from crmdesk.features.value.explain import Words
from crmdesk.features.value.turning import turning
from crmdesk.features.value.worth import Part, Valuation, Worth

Imported = Callable[[str], Path]


def facts_of(features: Features, path: Path, day: date) -> Facts:
    """The facts of an imported data set."""
    store = features.open(path, shared=True)
    with store.read() as session:
        found = queries.facts(session, day)
    store.close()
    return found


def close(line_amount: int, wanted: float) -> bool:
    """Whether a line says this many whole units, to the cent."""
    return abs(line_amount - 100 * wanted) <= 1.0


def check(one: Worth, run: Valuation) -> None:
    """Reckon the lines of a value again from the inputs on its sheet."""
    lines = {line.key: line.amount for line in one.part(Part.CLV)}
    if run.firm.evidence.method.value == "mbg_nbd" and one.p_alive and one.expected_orders:
        orders = one.expected_orders / one.p_alive
        assert close(lines["margin"], orders * one.inputs.order * one.inputs.margin_rate)
    if one.p_alive is not None:
        surely = (lines["margin"] + lines["service"]) / 100
        assert close(lines["leaving"], -(1 - one.p_alive) * surely)
    for line in one.part(Part.GROWTH):
        if line.key == "growth":
            cost = run.judgement.trial_cost
            assert close(line.amount, line.gap * line.chance * line.margin * line.years - cost)


@pytest.mark.parametrize(
    ("name", "day"),
    [("defr", date(2011, 12, 9)), ("northwind", date(1998, 5, 6)), ("superstore", date(2018, 12, 31))],
)
def test_every_figure_follows_from_the_inputs_shown(
    features: Features, imported: Imported, name: str, day: date
) -> None:
    run = appraise(facts_of(features, imported(name), day), Judgement())
    for one in run.customers:
        if one.equity is not None:
            check(one, run)


def test_the_sheet_speaks_in_words(features: Features, imported: Imported) -> None:
    run = appraise(facts_of(features, imported("northwind"), date(1998, 5, 6)), Judgement())
    words = Words(run, region("it_IT"))
    one = next(one for one in run.customers if one.number == "ALFKI")
    sheet = words.sheet(one)
    assert sheet[-1][0] == "Equity" and sheet[-1][1].startswith("5.117,73")
    assert any("a year × margin" in told for _label, _amount, told in sheet)
    assert "silent for 27" in dict(words.facts(one))["Rhythm"]


def test_an_order_today_and_silence_turn_a_value(features: Features, imported: Imported) -> None:
    facts = facts_of(features, imported("defr"), date(2011, 12, 9))
    run = appraise(facts, Judgement())
    one = next(one for one in run.customers if one.number == "12413")
    found = turning(facts, run, one.id)
    assert found is not None and found.now is not None
    assert found.after_silence is not None and found.after_silence < found.now
    assert found.overdue_from is not None and one.inputs.last is not None
    assert found.overdue_from > one.inputs.last and found.lost_from is not None


def test_a_stranger_turns_nothing() -> None:
    facts = Facts(date(2026, 1, 1), "EUR", ())
    run = appraise(facts, Judgement())
    assert run.equity == 0 and turning(facts, run, "x") is None
    assert replace(run).customers == ()
