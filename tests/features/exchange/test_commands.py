"""The verbs import and export: what they print, what they write, how they end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from crmdesk import cli
from crmdesk.features.exchange import profiles
from crmdesk.features.exchange.profiles import Profile

COUNTS = ["read", "created", "updated", "unchanged", "skipped", "refused"]
TABLE = "codice cliente;ragione sociale;citta\n1;Rossi;Roma\n2;Verdi;Asti"


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs one command on a file of its own; returns code, output and errors."""

    def command(verb: str, *words: object) -> tuple[int, str, str]:
        try:
            code = cli.main([verb, "--store", str(tmp_path / "t.crmdesk"), *map(str, words)])
        except SystemExit as ended:
            code = int(ended.code or 0)
        told = capsys.readouterr()
        return code, told.out, told.err

    return command


def test_import_prints_counts_per_file_and_kind(run: Any, table: Any) -> None:
    code, out, _errors = run("import", "--json", table(TABLE))
    (found,) = json.loads(out)["files"]
    assert code == 0 and found["file"] == "table.csv" and found["problems"] == []
    assert [found[name]["customers"] for name in COUNTS] == [2, 2, 0, 0, 0, 0]
    again = json.loads(run("import", "--json", table(TABLE))[1])["files"][0]
    assert again["unchanged"] == again["read"]


def test_refused_rows_end_with_3_and_can_be_saved(run: Any, table: Any, tmp_path: Path) -> None:
    path = table("cliente;data;importo\nRossi;31/01/2025;10,00\nVerdi;31/02/2025;11,00")
    code, out, _errors = run("import", "--json", path, "--refused", tmp_path / "refused.xlsx")
    (problem,) = json.loads(out)["files"][0]["problems"]
    assert code == 3
    assert (problem["sheet"], problem["row"], problem["column"]) == ("table", 3, "data")
    assert problem["value"] == "31/02/2025" and problem["reason"]
    page = openpyxl.load_workbook(tmp_path / "refused.xlsx")["table"]
    assert [cell.value for cell in page[1]] == ["cliente", "data", "importo", "Reason"]
    assert [cell.value for cell in page[2]][:3] == ["Verdi", "31/02/2025", "11,00"]


def test_a_trial_writes_nothing(run: Any, table: Any, tmp_path: Path) -> None:
    code, out, _errors = run("import", "--dry-run", "--json", table(TABLE))
    assert code == 0 and json.loads(out)["files"][0]["created"]["customers"] == 2
    assert not (tmp_path / "t.crmdesk").exists()


def test_columns_can_be_named_by_hand(run: Any, table: Any) -> None:
    path = table("chi;dove;boh\nRossi;Roma;x\nVerdi;Asti;y")
    code, out, _errors = run(
        "import", "--json", path, "--map", "chi=customer.name", "--map", "dove=address.town", "--map", "boh=-"
    )
    found = json.loads(out)["files"][0]
    assert code == 0 and found["created"]["customers"] == 2 and found["created"]["addresses"] == 2


@pytest.mark.parametrize(
    "words",
    [
        ("--map", "chi=customer.nome"),
        ("--map", "niente=customer.name"),
        ("--map", "chi"),
        ("--profile", "none"),
    ],
)
def test_a_wrong_choice_is_refused_in_one_sentence(run: Any, table: Any, tmp_path: Path, words: Any) -> None:
    code, _out, errors = run("import", table("chi;dove\nRossi;Roma"), *words)
    assert code == 1 and len(errors.strip().splitlines()) == 1
    assert not (tmp_path / "t.crmdesk").exists()


@pytest.mark.parametrize("content", ["", "\x00\x01\x02", "a;b\n1;2"])
def test_what_is_not_understood_is_refused(run: Any, table: Any, content: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text(content, encoding="utf-8")
    code, _out, errors = run("import", path)
    assert code == 1 and "odd.csv" in errors
    assert not (tmp_path / "t.crmdesk").exists()


def test_a_mapping_is_kept_as_a_profile(run: Any, table: Any) -> None:
    path = table("chi;dove\nRossi;Roma")
    run(
        "import",
        path,
        "--map",
        "chi=customer.name",
        "--map",
        "dove=address.town",
        "--save-profile",
        "My bank",
    )
    assert profiles.load("My bank").columns == {"chi": "customer.name", "dove": "address.town"}
    assert profiles.names() == ["My bank"]
    code, out, _errors = run("import", "--json", path, "--profile", "My bank")
    assert code == 0 and json.loads(out)["files"][0]["unchanged"]["addresses"] == 1


def test_a_profile_survives_odd_names_and_refuses_paths() -> None:
    profile = Profile("a b", {'say "x" \\': "-", "ё=1": "customer.name"}, "skip", "cp1251", ";")
    profiles.save(profile)
    assert profiles.load("a b") == profile
    with pytest.raises(Exception, match="letters"):
        profiles.load("../x")


def test_export_writes_what_is_asked_for(run: Any, table: Any, tmp_path: Path) -> None:
    run("import", table(TABLE))
    code, out, _errors = run("export", "--json", tmp_path / "out.xlsx", "--what", "customers")
    assert code == 0 and json.loads(out)["rows"] == {"customer": 2}
    assert openpyxl.load_workbook(tmp_path / "out.xlsx").sheetnames == ["Customers", "Read me", "crmdesk"]
    assert run("export", tmp_path / "out.csv")[0] == 1
