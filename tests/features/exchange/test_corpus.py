"""Every file of the shared corpus meets the outcome its list expects, or a clear refusal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crmdesk.core.errors import Refused
from crmdesk.features.exchange.reading import ReadOptions, Workbook, read_workbook
from crmdesk.features.exchange.rules import understand

_ROW = re.compile(r"^\| `(?P<file>[^`]+)` \|.*\| (?P<outcome>[^|]+) \|$")
CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus"
EITHER = {
    "poi__clusterfuzz-testcase-minimized-POIXSSFFuzzer-5937385319563264.xlsx",
    "poi__poc-shared-strings.xlsx",
    "poi__xlsx-corrupted.xlsx",
}
REASONS = {
    "exceljs__missing-bits.xlsx": "damaged",
    "poi__54764.xlsx": "document type declaration",
    "poi__poc-xmlbomb.xlsx": "document type declaration",
    "poi__clusterfuzz-testcase-minimized-XLSX2CSVFuzzer-5636439151607808.xlsx": "damaged",
    "poi__clusterfuzz-testcase-minimized-POIXSSFFuzzer-5937385319563264.xlsx": "sheet8",
    "poi__duplicate-filename.xlsx": "two parts of one name",
    "poi__protected_passtika.xlsx": "password",
    "phpss__empty.csv": "empty",
    "calamine__too_small.xls": "plain text",
    "calamine__pass_protected.ods": "OpenDocument",
    "phpss__pwtest.xls": ".xlsx",
    "edr__as3xls_BIFF2.xls": ".xlsx",
}


def expected(folder: str) -> dict[str, str]:
    """The outcome of each file of a folder, from the list beside the corpus."""
    if not CORPUS.is_dir():
        return {"(absent)": ""}
    rows = map(_ROW.match, (CORPUS / "README.md").read_text("utf-8").splitlines())
    return {row["file"]: row["outcome"] for row in rows if row and (CORPUS / folder / row["file"]).exists()}


def read(path: Path, region: str = "it_IT") -> Workbook:
    """Read a file as an Italian user would."""
    return read_workbook(path, ReadOptions(region=region))


def check_refusal(name: str, path: Path) -> None:
    """A refusal names the file, says why in one sentence, and says what would help."""
    with pytest.raises(Refused) as caught:
        read(path)
    assert REASONS.get(name, "") in str(caught.value)
    assert str(caught.value).endswith(".") and len(str(caught.value)) < 250


@pytest.mark.parametrize("name, outcome", expected("xlsx").items())
def test_workbook_meets_its_outcome(shared: Path, name: str, outcome: str) -> None:
    path = shared / "corpus" / "xlsx" / name
    if outcome.startswith("refused") or name in EITHER:
        check_refusal(name, path) if name != "poi__xlsx-corrupted.xlsx" else read(path)
        return
    book = read(path)
    sheets = re.search(r"opens: (\d+) sheet", outcome)
    counts = re.search(r"rows with values ([\d/]+)", outcome)
    hidden = re.search(r"\((\d+) hidden\)", outcome)
    assert sheets and len(book.sheets) == int(sheets[1])
    found = [len(sheet.rows) for sheet in book.sheets]
    assert found == ([int(count) for count in counts[1].split("/")] if counts else [0]), outcome
    assert sum(sheet.hidden for sheet in book.sheets) == (int(hidden[1]) if hidden else 0)
    assert book.empty is ("nothing to import" in outcome)


@pytest.mark.parametrize("name, outcome", expected("csv").items())
def test_text_table_meets_its_outcome(shared: Path, name: str, outcome: str) -> None:
    path = shared / "corpus" / "csv" / name
    if outcome.startswith("refused"):
        check_refusal(name, path)
        return
    book = read(path)
    rows = re.search(r"(?:imports )?(\d+) rows?\b", outcome)
    if rows:
        assert len(book.sheets[0].rows) - 1 == int(rows[1])
    stated = re.search(
        r"\[(?P<encoding>[\w-]+); delimiter (?P<delimiter>.); (?P<columns>\d+) columns", outcome
    )
    if stated:
        assert (book.encoding, book.delimiter) == (stated["encoding"], stated["delimiter"])
        assert book.sheets[0].width == int(stated["columns"])


OTHERS = [(folder, name) for folder in ("xls", "ods", "vcf", "ics", "einvoice") for name in expected(folder)]


@pytest.mark.parametrize("folder, name", OTHERS)
def test_other_kinds_are_refused_clearly(shared: Path, folder: str, name: str) -> None:
    check_refusal(name, shared / "corpus" / folder / name)


def test_padding_formats_keep_leading_zeros(shared: Path) -> None:
    sheet = read(shared / "corpus/xlsx/roo__zero-padded-number.xlsx").sheets[0]
    assert [row[0] for row in sheet.rows] == ["Table 1", "06083", "10083", "05010"]


def test_1904_dates_are_four_years_later(shared: Path) -> None:
    sheet = read(shared / "corpus/xlsx/phpss__1904_Calendar.xlsx").sheets[0]
    assert [str(value) for value in sheet.rows[0]] == ["2022-01-01", "2021-12-31"]


def test_floating_noise_is_rounded(shared: Path) -> None:
    sheet = read(shared / "corpus/xlsx/frictionless__adjust-floating-point-error.xlsx").sheets[0]
    assert sheet.rows[2][1:] == (68.665, 274.66, 274.66)


def test_escaped_carriage_returns_become_line_breaks(shared: Path) -> None:
    assert read(shared / "corpus/xlsx/calamine__has_x000D_.xlsx").sheets[0].rows == [("ABC\nDEF",)]


def test_ambiguous_dates_are_asked(shared: Path) -> None:
    plan = understand(read(shared / "corpus/csv/civicrm__individual_dates_type32.csv").sheets[0])
    assert plan.date_order is None
    assert any("day or the month" in question for question in plan.questions)


def test_blank_header_is_named_by_its_place(shared: Path) -> None:
    plan = understand(read(shared / "corpus/csv/frictionless__blank-headers.csv").sheets[0])
    assert plan.header.names == ("id", "Column 2", "age")


def test_doubled_headers_get_numbers(shared: Path) -> None:
    plan = understand(read(shared / "corpus/csv/frictionless__duplicate-headers.csv").sheets[0])
    assert plan.header.names == ("id", "name", "id (2)", "age", "id (3)")


def test_leading_zeros_of_a_text_table_are_kept(shared: Path) -> None:
    sheet = read(shared / "corpus/csv/frictionless__leading-zeros.csv").sheets[0]
    assert [row[0] for row in sheet.rows[1:]] == ["01", "002", "00003"]


def test_ragged_rows_are_reported_by_line(shared: Path) -> None:
    notes = read(shared / "corpus/csv/frictionless__defective-rows.csv").notes
    assert [(note.kind, note.row) for note in notes] == [("short_row", 2), ("long_row", 3)]


def test_template_with_instructions_has_two_header_rows(shared: Path) -> None:
    book = read(shared / "corpus/csv/npsp__NPSP_Data_Import_Template_csv.csv")
    plan = understand(book.sheets[0])
    assert book.sheets[0].lines[plan.header.index] == 5
    assert plan.header.extra == 1 and not book.sheets[0].rows[plan.data_rows :]


def test_blanks_after_commas_are_trimmed(shared: Path) -> None:
    assert read(shared / "corpus/csv/mautic__10contacts.csv").sheets[0].rows[1][1] == "N."


def test_title_rows_above_the_header_are_skipped(shared: Path) -> None:
    sheet = read(shared / "corpus/xlsx/calamine__header-row.xlsx").sheets[0]
    plan = understand(sheet)
    assert sheet.lines[plan.header.index] == 9
    assert plan.header.names[1:] == ("Column A", "Column B", "Column C")


def test_header_breaks_are_blanks_and_the_word_null_is_empty(shared: Path) -> None:
    plan = understand(read(shared / "corpus/csv/northwind__customers.csv").sheets[0])
    region = plan.columns[plan.header.names.index("region")]
    assert region.empty_words == frozenset({"NULL"}) and region.fill < 0.5
    codes = understand(read(shared / "corpus/csv/istat__istat20200101.csv").sheets[0])
    assert not any("\n" in header for header in codes.header.names)
