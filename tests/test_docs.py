"""The README is true: every command stands in it, and every file it names is there."""

from __future__ import annotations

import re
from pathlib import Path

from crmdesk.core.commands import COMMANDS
from crmdesk.core.feature import load
from crmdesk.features import SLICES

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_command_stands_in_the_readme() -> None:
    verbs = {command.name for command in (*COMMANDS, *load(SLICES).commands())} | {"tour"}
    named = set(re.findall(r"`([a-z]+)", README))
    assert verbs <= named, sorted(verbs - named)


def test_every_picture_and_path_in_the_readme_is_there() -> None:
    pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README)
    folders = re.findall(r"`((?:crmdesk|resources|packaging)/[\w/.]+)`", README)
    assert pictures
    assert [name for name in (*pictures, *folders) if not (ROOT / name).exists()] == []
