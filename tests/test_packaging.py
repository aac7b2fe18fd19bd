"""Setting up is safe and the same everywhere: pinned, hashed, and from no place named in the files."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "packaging" / "requirements"
NAME = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==", re.MULTILINE)


def names(text: str) -> set[str]:
    """The packages that a requirements file pins, spelled in one way."""
    return {re.sub(r"[-_.]+", "-", name).lower() for name in NAME.findall(text)}


@pytest.mark.parametrize("purpose", ["run", "test"])
def test_every_package_is_pinned_with_hashes_and_names_no_place(purpose: str) -> None:
    text = (REQUIREMENTS / f"{purpose}.txt").read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert all(NAME.match(block) and "--hash=sha256:" in block for block in blocks)
    assert not re.search(r"://|@ |--index|--extra|--find", text)


def test_the_pins_hold_all_that_is_wanted_and_testing_includes_running() -> None:
    read = {path.name: names(path.read_text(encoding="utf-8")) for path in REQUIREMENTS.iterdir()}
    assert read["run.in"] <= read["run.txt"] <= read["test.txt"]
    assert read["test.in"] <= read["test.txt"]


def test_the_installed_command_asks_for_the_same_packages() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {re.sub(r"[-_.]+", "-", re.split(r"[~>=]", one)[0]).lower() for one in project["dependencies"]}
    assert asked == names((REQUIREMENTS / "run.in").read_text(encoding="utf-8"))


def test_the_bootstrap_script_explains_itself_and_refuses_an_unknown_word() -> None:
    script = str(ROOT / "packaging" / "bootstrap.py")
    done = subprocess.run([sys.executable, script, "dance"], capture_output=True, text=True, timeout=30)
    assert done.returncode == 1
    assert "bootstrap.py run" in done.stdout


def test_the_automatic_checks_call_the_test_command_of_the_readme() -> None:
    assert "python3 packaging/bootstrap.py test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
