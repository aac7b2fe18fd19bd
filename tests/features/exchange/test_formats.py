"""Files are read by their content, in a child process, and hostile ones are refused."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import time
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook as NewWorkbook

from crmdesk.core.errors import Refused
from crmdesk.features.exchange.formats.cells import clean, pad, zero_pattern
from crmdesk.features.exchange.formats.delimited import guess_delimiter, records
from crmdesk.features.exchange.formats.encoding import guess
from crmdesk.features.exchange.reading import ReadOptions, Workbook, read_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORKBOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
    '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
RELS = (
    f'<Relationships xmlns="{PACKAGE}">'
    f'<Relationship Id="{{0}}" Type="{OFFICE}/{{1}}" Target="{{2}}"/></Relationships>'
)


def saved(path: Path, rows: list[list[Any]], **formats: str) -> Path:
    """A workbook with these rows; `formats` are number formats by cell."""
    book = NewWorkbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for cell, code in formats.items():
        sheet[cell].number_format = code
    book.save(path)
    return path


def crafted(path: Path, cells: str, more: dict[str, str] | None = None) -> Path:
    """A workbook made by hand, with this text as its sheet data."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", RELS.format("rId1", "officeDocument", "xl/workbook.xml"))
        archive.writestr("xl/workbook.xml", WORKBOOK)
        archive.writestr(
            "xl/_rels/workbook.xml.rels", RELS.format("rId1", "worksheet", "worksheets/sheet1.xml")
        )
        sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, text in (more or {}).items():
            archive.writestr(name, text)
    return path


def text_file(path: Path, data: bytes, **options: str) -> Workbook:
    """The workbook that these bytes are read as."""
    path.write_bytes(data)
    return read_workbook(path, ReadOptions(**options))


def test_values_keep_their_types(tmp_path: Path) -> None:
    rows = [["a", 1, 1.5, True, date(2020, 1, 2), datetime(2020, 1, 2, 3, 4), timedelta(hours=30)]]
    sheet = read_workbook(saved(tmp_path / "a.xlsx", rows)).sheets[0]
    assert sheet.rows == [("a", 1, 1.5, True, date(2020, 1, 2), datetime(2020, 1, 2, 3, 4), "30:00")]


def test_line_numbers_are_those_of_the_sheet(tmp_path: Path) -> None:
    sheet = read_workbook(saved(tmp_path / "a.xlsx", [["h"], [], [None], ["x"]])).sheets[0]
    assert (sheet.rows, sheet.lines) == ([("h",), ("x",)], [1, 4])


def test_padding_format_is_applied_and_date_format_is_not(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", [[184, 184, 184]], A1="00000", B1="0.00")
    assert read_workbook(path).sheets[0].rows == [("00184", 184, 184)]


@pytest.mark.parametrize(
    "number, code, shown", [(184, "00000", "00184"), (12345678, r"00000\-0000", "01234-5678"), (5, "0", "")]
)
def test_zero_formats_are_told_from_others(number: int, code: str, shown: str) -> None:
    pattern = zero_pattern(code)
    assert (pad(number, pattern) if pattern else "") == shown


def test_errors_and_formulas_without_value_are_named(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", [["h", "k"], ["x", "#N/A"], ["y", "=A1*2"]])
    notes = {note.kind: note.text for note in read_workbook(path).notes}
    assert "#N/A" in notes["error_value"] and "B2" in notes["error_value"]
    assert "B3" in notes["no_value"]


def test_hidden_rows_are_read_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = NewWorkbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["h"])
    sheet.append(["x"])
    sheet.row_dimensions[2].hidden = True
    book.save(path)
    read = read_workbook(path)
    assert len(read.sheets[0].rows) == 2
    assert [note.params for note in read.notes] == [{"count": 1}]


def test_far_cell_is_refused_at_once(tmp_path: Path) -> None:
    path = crafted(tmp_path / "far.xlsx", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    with pytest.raises(Refused, match="XFD1048576"):
        read_workbook(path)


def test_far_cell_without_a_value_does_no_harm(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert read_workbook(crafted(tmp_path / "far.xlsx", cells)).sheets[0].rows == [(1,)]


def test_many_cells_without_a_place_are_refused(tmp_path: Path) -> None:
    cells = f"<row>{'<c><v>1</v></c>' * 600}</row>"
    with pytest.raises(Refused, match="far from the others"):
        read_workbook(crafted(tmp_path / "wide.xlsx", cells))


def test_zip_bomb_is_refused(tmp_path: Path) -> None:
    path = crafted(tmp_path / "bomb.xlsx", "", {"xl/media/a.xml": " " * (257 << 20)})
    with pytest.raises(Refused, match="too large once unpacked"):
        read_workbook(path)


@pytest.mark.parametrize("name", ["/etc/passwd", "../x.xml", "C:\\x.xml"])
def test_parts_that_point_elsewhere_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused, match="damaged"):
        read_workbook(crafted(tmp_path / "a.xlsx", "", {name: "x"}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_document_types_are_refused_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.xlsx"
    crafted(path, "")
    with zipfile.ZipFile(path, "a") as archive:
        text = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'
        archive.writestr("xl/sharedStrings.xml", text.encode(encoding))
    with pytest.raises(Refused, match="document type"):
        read_workbook(path)


def test_lock_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="lock file"):
        text_file(tmp_path / "~$a.xlsx", b"x")


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n%\xe2\xe3", b"\x89PNG\r\n\x1a\n" + bytes(99), bytes(range(256)) * 9]
)
def test_other_content_is_refused_whatever_its_name(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(Refused, match="not a spreadsheet"):
        text_file(tmp_path / "a.csv", data)


def test_missing_file_and_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.xlsx", tmp_path):
        with pytest.raises(Refused):
            read_workbook(path)


def test_time_limit_and_cancel_end_the_child(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", [["x"]])
    with pytest.raises(Refused, match="too long"):
        read_workbook(path, ReadOptions(seconds=1e-9))
    with pytest.raises(Refused, match="stopped"):
        read_workbook(path, cancelled=lambda: True)


def test_child_starts_fast_and_without_the_big_libraries() -> None:
    code = (
        "import sys, crmdesk.features.exchange.formats.worker;"
        "print([m for m in ('PySide6', 'sqlalchemy', 'openpyxl') if m in sys.modules])"
    )
    started = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert time.perf_counter() - started < 2.0


def test_workbook_under_a_text_name_is_read_by_content(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", [["x"]]).rename(tmp_path / "a.csv")
    assert read_workbook(path).format == "xlsx"


@pytest.mark.parametrize(
    "text, region, encoding",
    [
        ("Città;Perù", "it_IT", "cp1252"),
        ("Наименование;Город;Улица;Дом", "ru_RU", "cp1251"),
        ("Наименование;Город;Улица;Дом", "it_IT", "cp1251"),
        ("Müller;Größe", "ru_RU", "cp1252"),
        ("Łódź;Kraków", "pl_PL", "cp1250"),
    ],
)
def test_older_encodings_follow_the_country_unless_the_letters_say_otherwise(
    text: str, region: str, encoding: str
) -> None:
    assert guess(text.encode(encoding), region) == encoding


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_found_with_and_without_a_mark(tmp_path: Path, encoding: str) -> None:
    book = text_file(tmp_path / "a.csv", "Nome;Città\nRossi;Forlì\n".encode(encoding))
    assert book.sheets[0].rows == [("Nome", "Città"), ("Rossi", "Forlì")]


@pytest.mark.parametrize(
    "text, delimiter",
    [
        ("a;b\n1,5;2\n", ";"),
        ("a,b\n1,2\n", ","),
        ("a\tb\n1\t2,5\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ("a\n1\n", ","),
    ],
)
def test_delimiter_parts_rows_evenly(text: str, delimiter: str) -> None:
    assert guess_delimiter(text, Path("a.csv")) == delimiter


def test_delimiter_of_two_characters_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="two characters"):
        text_file(tmp_path / "a.csv", b"a+|b+|c\n1+|2+|3\n")


def test_stated_delimiter_and_choices_are_honoured(tmp_path: Path) -> None:
    assert text_file(tmp_path / "a.csv", b"sep=|\na;b|c\n").sheets[0].rows == [("a;b", "c")]
    assert text_file(tmp_path / "b.csv", b"a;b,c\n", delimiter=";").sheets[0].rows == [("a", "b,c")]
    with pytest.raises(Refused, match="encoding"):
        text_file(tmp_path / "c.csv", b"a;b\xff\n", encoding="utf-8")


def test_unclosed_quote_loses_nothing(tmp_path: Path) -> None:
    book = text_file(tmp_path / "a.csv", b'a,b\n1,"open\n2,x\n3,y\n')
    assert [row[0] for row in book.sheets[0].rows] == ["a", "1", "2", "3"]
    assert [(note.kind, note.row) for note in book.notes] == [("unclosed_quote", 2)]


def test_lines_are_counted_through_breaks_in_quotes() -> None:
    found = [(line, record) for line, record, _open in records('a,b\r\n"x\r\ny",1\r\nz,2\r\n', ",")]
    assert [line for line, _record in found] == [1, 2, 4]


def test_zero_bytes_are_reported(tmp_path: Path) -> None:
    book = text_file(tmp_path / "a.csv", b"name,town\nRossi\x00,Roma\nBianchi,Milano\n")
    assert [note.kind for note in book.notes] == ["zero_bytes"]


@given(st.text(st.characters(codec="utf-8")), st.floats(), st.integers())
def test_cleaning_never_fails_and_is_stable(text: str, real: float, whole: int) -> None:
    for value in (text, real, whole):
        once = clean(value)
        assert clean(once) == once


CELLS = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn", "Zs", "Zl", "Zp", "Cf"]), min_size=1
)


@settings(max_examples=60)
@given(
    st.integers(2, 6).flatmap(
        lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), min_size=1, max_size=9)
    ),
    st.sampled_from(",;\t|"),
)
def test_written_records_come_back_with_any_delimiter(rows: list[list[str]], delimiter: str) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    assert [record for _line, record, _open in records(written.getvalue(), delimiter)] == rows


@settings(max_examples=200)
@given(st.text("ab,\"\n\r;'", max_size=40))
def test_no_text_makes_the_reader_fail_or_lose_its_lines(text: str) -> None:
    lines = [line for line, _record, _open in records(text, ",")]
    assert lines == sorted(set(lines))
