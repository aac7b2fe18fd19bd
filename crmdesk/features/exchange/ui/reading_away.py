"""Reads a large file and looks at it in a second process; its rows come to the window few at a time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from crmdesk.core.away import Away, Room
from crmdesk.core.i18n import _
from crmdesk.core.jobs import Progress
from crmdesk.features.exchange.reading import ReadOptions, Sheet
from crmdesk.features.exchange.ui.intake import IntakeFile, read_file

LARGE = 200_000
_BLOCK = 500


def read(away: Away, path: Path, options: ReadOptions, progress: Progress) -> IntakeFile:
    """Read a file and look at each of its sheets; Refused says what is wrong with it."""
    if not path.is_file() or path.stat().st_size < LARGE:
        return read_file(path, options, progress.cancelled)
    text = _("Reading {file}").format(file=path.name)
    progress.step(0, 0, text)
    file, lengths = away.ask(_read, path, options, progress=progress)
    assert file.workbook is not None
    total, done = sum(lengths), 0
    for number, sheet in enumerate(file.workbook.sheets):
        for start in range(0, lengths[number], _BLOCK):
            rows, lines = away.ask(_rows, number, start, progress=progress)
            sheet.rows.extend(rows)
            sheet.lines.extend(lines)
            done += len(rows)
            progress.step(done, total, text)
    away.ask(_forget, progress=progress)
    return file


def _read(room: Room, progress: Progress, path: Path, options: ReadOptions) -> tuple[IntakeFile, list[int]]:
    """Read the file here, and give what is known of it without its rows."""
    file = read_file(path, options, lambda: False)
    assert file.workbook is not None
    sheets = file.workbook.sheets
    room.kept["read"] = sheets
    bare = tuple(replace(sheet, rows=[], lines=[]) for sheet in sheets)
    places = {id(sheet): place for place, sheet in enumerate(sheets)}
    for one in file.sheets:
        one.sheet = bare[places[id(one.sheet)]]
    file.workbook = replace(file.workbook, sheets=bare)
    return file, [len(sheet.rows) for sheet in sheets]


def _rows(room: Room, _progress: Progress, number: int, start: int) -> tuple[list[Any], list[int]]:
    sheet: Sheet = room.kept["read"][number]
    return sheet.rows[start : start + _BLOCK], sheet.lines[start : start + _BLOCK]


def _forget(room: Room, _progress: Progress) -> None:
    room.kept.pop("read", None)
