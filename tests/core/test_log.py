"""The log and the crash reports say where and how often, never whom."""

from __future__ import annotations

import logging
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from crmdesk.core import log

CANARY = "Canarino Rossi 3331234567"


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    """A log that is being written."""
    before = logging.getLogger().level
    yield log.set_up(tmp_path)
    log.shut_down()
    logging.getLogger().setLevel(before)


def failed() -> Exception:
    """An error with a cause, both full of words that must not leave the machine."""
    with pytest.raises(ValueError, match="Rossi") as caught:
        try:
            raise KeyError(CANARY)
        except KeyError as cause:
            raise ValueError(CANARY) from cause
    return caught.value


def test_an_event_is_written_with_its_counts(file: Path) -> None:
    log.event("import_done", rows=312, seconds=0.5, file_id="0" * 32, kind="xlsx", whole=True)
    line = file.read_text(encoding="utf-8")
    assert f"INFO import_done rows=312 seconds=0.500 file_id={'0' * 32} kind=xlsx whole=True" in line


@pytest.mark.parametrize("word", [CANARY, "Rossi", "a@b.it", "x" * 41, "città", "", "3331234567"])
def test_free_text_is_not_allowed_in_an_event(word: str) -> None:
    with pytest.raises(ValueError, match="fixed name"):
        log.event("saved", word=word)
    with pytest.raises(ValueError, match="fixed name"):
        log.event(word or "Saved now")


def test_an_event_takes_no_objects() -> None:
    with pytest.raises(ValueError, match="fixed name"):
        log.event("saved", word=[CANARY])  # type: ignore[arg-type]


def test_messages_of_others_are_reduced_to_their_place(file: Path) -> None:
    logging.getLogger("other").warning("lost %s", CANARY)
    logging.getLogger("crmdesk").error(CANARY)
    logging.getLogger("other").error(CANARY, exc_info=failed())
    text = file.read_text(encoding="utf-8")
    assert "WARNING other:test_log.py:" in text and "builtins.ValueError" in text
    assert "Rossi" not in text and "333" not in text


def test_a_failure_is_written_without_its_words(file: Path) -> None:
    log.failure("save_failed", failed(), rows=1)
    text = file.read_text(encoding="utf-8")
    assert "ERROR save_failed rows=1" in text and "builtins.KeyError" in text
    assert "test_log.py" in text and "Rossi" not in text


def test_a_duration_is_measured(file: Path) -> None:
    with log.timed("backup_done", files=1):
        pass
    assert "backup_done seconds=0.0" in file.read_text(encoding="utf-8")


def test_setting_up_twice_writes_each_line_once(file: Path) -> None:
    log.set_up(file.parent)
    log.event("started")
    assert file.read_text(encoding="utf-8").count("started") == 1


def test_a_crash_report_names_places_and_versions_only(tmp_path: Path) -> None:
    report = log.crash_report(failed(), tmp_path / "new")
    text = report.read_text(encoding="utf-8")
    assert "builtins.ValueError" in text and "builtins.KeyError" in text and "SQLAlchemy" in text
    assert "test_log.py:" in text and "failed" in text
    assert "Rossi" not in text and str(Path.home()) not in text and str(tmp_path) not in text


def test_code_of_others_is_named_below_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "site-packages" / "other"
    code = compile("raise ValueError", str(folder / "part.py"), "exec")
    with pytest.raises(ValueError) as caught:
        exec(code, {})
    assert "  other/part.py:1 <module>" in log.error_lines(caught.value)


def test_a_group_of_errors_is_reported_whole() -> None:
    lines = log.error_lines(ExceptionGroup(CANARY, [failed(), OSError(CANARY)]))
    text = "\n".join(lines)
    assert "OSError" in text and "KeyError" in text and "Rossi" not in text


def test_only_the_last_reports_are_kept(tmp_path: Path) -> None:
    for _number in range(25):
        last = log.crash_report(ValueError(), tmp_path)
    assert len(list(tmp_path.iterdir())) == 20 and last.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="file modes are a matter of Unix")
def test_only_the_owner_may_read_log_and_report(file: Path) -> None:
    report = log.crash_report(ValueError(), file.parent)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (file, report)] == [0o600, 0o600]
