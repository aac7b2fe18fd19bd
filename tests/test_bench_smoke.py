"""Every bench runs at a tiny size and gives figures beside their floors; times are never judged here."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.__main__ import BENCHES, run
from tests.bench.measure import Size, table

TINY = Size(customers=60, rounds=1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bench")


@pytest.mark.parametrize("name", BENCHES)
def test_a_bench_gives_figures_beside_their_floors(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRMDESK_BENCH", str(folder))

    figures = run(name, TINY)

    assert figures and all(figure.product >= 0 for figure in figures)
    assert any(figure.floor is not None for figure in figures)
    assert name == "alive" or any(figure.ratio is not None for figure in figures)
    assert all(figure.case in table(figures) for figure in figures)
