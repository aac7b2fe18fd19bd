"""The command line: what each verb of the store says, its exit code, its JSON, and what it never tells."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from crmdesk import cli
from crmdesk.core import commands, log
from crmdesk.core.errors import NotFound
from crmdesk.core.feature import load
from crmdesk.core.store import Store
from crmdesk.features import SLICES
from crmdesk.features.customers.records import Customer


@pytest.fixture
def firm(tmp_path: Path) -> Path:
    """A file with one customer, renamed once."""
    features = load(SLICES)
    store = Store.create(tmp_path / "firm.crmdesk", features.derived(), features.steps())
    with store.write("Add Rossi") as session:
        customer = Customer(name="Rossi", number="C-1")
        session.add(customer)
    with store.write("Rename") as session:
        session.get_alive(Customer, customer.id).name = "Bianchi"
    store.close()
    return tmp_path / "firm.crmdesk"


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = cli.main([*words, "--language", "en"])
    said = capsys.readouterr()
    return code, said.out, said.err


def told(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    code, out, _err = run(capsys, *words, "--json")
    found: dict[str, Any] = json.loads(out)
    return found | {"code": code}


def test_undo_and_redo_say_what_they_did(capsys: pytest.CaptureFixture[str], firm: Path) -> None:
    assert run(capsys, "undo", "--store", str(firm)) == (0, "Undone: Rename\n", "")
    assert run(capsys, "redo", "--store", str(firm)) == (0, "Done again: Rename\n", "")
    assert told(capsys, "undo", "--store", str(firm)) == {"label": "Rename", "values": 1, "code": 0}
    assert told(capsys, "redo", "--store", str(firm)) == {"label": "Rename", "values": 1, "code": 0}


def test_undo_of_nothing_is_refused_with_one_line(capsys: pytest.CaptureFixture[str], firm: Path) -> None:
    for _step in range(2):
        run(capsys, "undo", "--store", str(firm))

    code, out, err = run(capsys, "undo", "--store", str(firm))

    assert (code, out, err) == (1, "", "There is nothing to undo.\n")


def test_history_tells_the_steps_newest_first(capsys: pytest.CaptureFixture[str], firm: Path) -> None:
    code, out, _err = run(capsys, "history", "--store", str(firm))
    steps = told(capsys, "history", "--store", str(firm), "--limit", "1")["steps"]

    assert code == 0 and [line.split("  ")[1] for line in out.splitlines()] == ["Rename", "Add Rossi"]
    assert [set(step) for step in steps] == [{"step", "when", "kind", "label"}]


@pytest.mark.parametrize("word", ["C-1", "Bianchi"])
def test_history_of_one_record_tells_each_field(
    capsys: pytest.CaptureFixture[str], firm: Path, word: str
) -> None:
    found = told(capsys, "history", word, "--store", str(firm))
    by_id = told(capsys, "history", found["record"], "--store", str(firm))
    _code, out, _err = run(capsys, "history", word, "--store", str(firm))

    assert by_id == found
    assert found["changes"][0] | {"when": ""} == {
        "when": "",
        "label": "Rename",
        "field": "name",
        "old": "Rossi",
        "new": "Bianchi",
    }
    assert "Rename: name = Bianchi" in out.splitlines()[0]


def test_history_of_nobody_is_refused(capsys: pytest.CaptureFixture[str], firm: Path) -> None:
    assert run(capsys, "history", "Nobody", "--store", str(firm)) == (1, "", "No record is called Nobody.\n")


def test_check_finds_a_sound_file_sound(capsys: pytest.CaptureFixture[str], firm: Path) -> None:
    code, out, _err = run(capsys, "check", "--store", str(firm))

    assert (code, out) == (0, "The file is sound: 2 steps, nothing missing.\n")
    assert told(capsys, "check", "--store", str(firm)) == {"ok": True, "steps": 2, "faults": [], "code": 0}


def test_check_names_the_faults(capsys: pytest.CaptureFixture[str], firm: Path) -> None:
    store = Store.open(firm)
    with store._writer.begin() as connection:
        connection.exec_driver_sql("UPDATE txn SET label = 'x'")
    store.close()

    code, out, err = run(capsys, "check", "--store", str(firm))

    assert code == 1 and "altered" in out and err == "2 faults found in the file.\n"
    assert told(capsys, "check", "--store", str(firm))["ok"] is False


@pytest.mark.parametrize("verb", ["undo", "redo", "history", "check"])
def test_a_file_that_is_not_there_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, verb: str
) -> None:
    code, out, err = run(capsys, verb, "--store", str(tmp_path / "none.crmdesk"))

    assert (code, out) == (1, "") and err.startswith("There is no file none.crmdesk.")
    assert not (tmp_path / "none.crmdesk").exists()


def test_a_file_open_elsewhere_can_be_read_but_not_undone(
    capsys: pytest.CaptureFixture[str], firm: Path
) -> None:
    store = Store.open(firm)

    assert run(capsys, "undo", "--store", str(firm))[0] == 1
    assert run(capsys, "history", "--store", str(firm))[0] == 0
    assert run(capsys, "check", "--store", str(firm))[0] == 0
    store.close()


@pytest.mark.parametrize("words", [["dance"], [], ["history", "--limit", "many"], ["check", "--colour"]])
def test_words_that_make_no_command_are_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(words)

    assert ended.value.code == 1 and len(capsys.readouterr().err.splitlines()) == 1


def test_each_verb_explains_itself_in_each_language(capsys: pytest.CaptureFixture[str]) -> None:
    for verb in commands.COMMANDS:
        for language in ("en", "it", "ru"):
            with pytest.raises(SystemExit) as ended:
                cli.main([verb.name, "--help", f"--language={language}"])
            assert ended.value.code == 0 and verb.name in capsys.readouterr().out


CANARIES = ("Zwölfkanarien", "canary@example.invalid", "0323 987654", "IT00159560366", "Lungolago Canarino 7")


def broken(*_given: object, **_named: object) -> int:
    raise ValueError(", ".join(CANARIES))


def test_a_fault_of_ours_tells_where_the_report_is_and_nothing_of_the_data(
    capsys: pytest.CaptureFixture[str], firm: Path, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    store = Store.open(firm)
    with store.write("Add") as session:
        session.add(Customer(name=CANARIES[0], notes=" ".join(CANARIES), vat_number=CANARIES[3]))
    store.close()
    run(capsys, "history", CANARIES[0], "--store", str(firm))
    monkeypatch.setattr(commands, "_find", broken)

    code, out, err = run(capsys, "history", CANARIES[0], "--store", str(firm))
    log.shut_down()

    reports = list((home / "logs").glob("crash-*.txt"))
    assert code == 2 and out == "" and len(reports) == 1 and reports[0].name in err
    written = [path for path in home.rglob("*") if path.is_file()]
    assert {"crmdesk.log", reports[0].name, "copies.json"} <= {path.name for path in written}
    for text in [err, *(path.read_text(encoding="utf-8") for path in written)]:
        assert not [canary for canary in CANARIES if canary in text]
    assert "commands.py" in reports[0].read_text(encoding="utf-8")


def test_a_stop_by_the_keyboard_is_told(
    capsys: pytest.CaptureFixture[str], firm: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stops(*_given: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "_find", stops)

    code, _out, err = run(capsys, "history", "x", "--store", str(firm))

    assert (code, err) == (1, "Stopped. Nothing was written.\n")


def test_the_file_used_last_is_the_one_meant(
    capsys: pytest.CaptureFixture[str], firm: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crmdesk.core import paths

    paths.settings_file().write_text(f'last_store = "{firm}"\n', encoding="utf-8")

    assert told(capsys, "check")["steps"] == 2


def program(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "crmdesk", *words], capture_output=True, text=True, timeout=60
    )


def test_the_program_itself_checks_a_file(firm: Path) -> None:
    done = program("check", "--store", str(firm), "--json", "--language", "en")

    assert done.returncode == 0 and json.loads(done.stdout) == {"ok": True, "steps": 2, "faults": []}


def test_the_program_itself_refuses_what_is_not_there(tmp_path: Path) -> None:
    done = program("history", "--store", str(tmp_path / "none.crmdesk"), "--language", "en")

    assert done.returncode == 1 and done.stdout == "" and len(done.stderr.splitlines()) == 1


def test_a_pipe_that_closes_early_is_no_fault(firm: Path) -> None:
    words = [sys.executable, "-m", "crmdesk", "history", "--store", str(firm), "--json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()

    assert process.returncode == 0 and said == b""


def test_a_command_may_make_the_file_it_needs(tmp_path: Path) -> None:
    import io

    from crmdesk.core.context import Context
    from crmdesk.core.settings import Settings

    features, said = load(SLICES), io.StringIO()
    context = Context(features, Settings(), tmp_path / "new.crmdesk", False, said, said)
    with pytest.raises(NotFound):
        context.store()
    assert context.store(create=True) is context.scratch()
    context.close()
    context = Context(features, Settings(), tmp_path / "no" / "new.crmdesk", False, said, said)
    with pytest.raises(NotFound, match="no folder"):
        context.store(create=True)
    context.scratch()
    context.close()
    fresh = Context(features, Settings(), tmp_path / "new.crmdesk", False, said, said)
    assert not fresh.fresh().behind() and fresh.exists()
    fresh.close()


def test_a_folder_for_settings_that_cannot_be_made_is_told_in_one_sentence(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "file").write_text("in the way")
    monkeypatch.setenv("CRMDESK_HOME", str(home / "file"))

    assert cli.main(["check"]) == 1

    assert "cannot be written" in capsys.readouterr().err
