"""The portfolio and the demo on the command line: tables for people, one JSON object for programs."""

from __future__ import annotations

import io
import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crmdesk.core.context import Context
from crmdesk.core.errors import Refused
from crmdesk.core.feature import load
from crmdesk.core.settings import Settings
from crmdesk.features import SLICES

SETTINGS = Settings(language="en", region="it_IT", currency="EUR")


def run(path: Path, verb: str, *words: str, as_json: bool = False) -> str:
    """Run one command over a file; returns what it printed."""
    features = load(SLICES)
    command = next(one for one in features.commands() if one.name == verb)
    parser = ArgumentParser()
    command.arguments(parser)
    output = io.StringIO()
    context = Context(features, SETTINGS, path, as_json, output, io.StringIO())
    try:
        assert command.run(context, parser.parse_args(words)) == 0
        context.flush()
    finally:
        context.close()
    return output.getvalue()


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CRMDESK_TODAY", "2026-11-22")
    path = tmp_path / "demo.crmdesk"
    assert "240 customers" in run(path, "demo", "--seed", "1")
    return path


def parsed(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text)
    return found


def test_the_portfolio_tells_clusters_cuts_and_customers(file: Path) -> None:
    found = parsed(run(file, "portfolio", as_json=True))
    assert set(found["clusters"]) == {"key", "develop", "maintenance", "marginal"}
    assert sum(group["customers"] for group in found["clusters"].values()) == len(found["customers"])
    one = found["customers"][0]
    assert set(one) == {"id", "number", "name", "turnover", "potential", "cluster", "evidence"}
    assert one["cluster"] == "key" and one["evidence"] in ("budget", "grade")
    assert found["as_of"] == "2026-11-22" and found["cuts"]["turnover"] > 0


def test_a_named_day_and_period_are_single_calculations(file: Path) -> None:
    year = parsed(run(file, "portfolio", "--as-of", "2025-12-31", as_json=True))
    ever = parsed(run(file, "portfolio", "--months", "all", as_json=True))
    assert date.fromisoformat(year["as_of"]) == date(2025, 12, 31)
    total = [sum(group["turnover"] for group in found["clusters"].values()) for found in (year, ever)]
    assert total[1] > total[0] > 0


def test_people_read_an_aligned_table(file: Path) -> None:
    lines = run(file, "portfolio").splitlines()
    assert lines[0].startswith("Cuts: turnover")
    assert lines[2].split() == ["Cluster", "Customers", "Turnover"]
    rows = lines[8:]
    assert len(rows) == 1 + 238 and len({len(line) for line in rows}) == 1


def test_a_period_that_is_none_is_refused(file: Path) -> None:
    with pytest.raises(SystemExit):
        run(file, "portfolio", "--months", "0")


def test_the_demo_never_mixes_with_real_customers(file: Path) -> None:
    with pytest.raises(Refused):
        run(file, "demo")
