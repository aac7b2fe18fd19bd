"""Step 2, Reading: how the file was understood, what can be said about it, and the rows as they came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QSpinBox, QVBoxLayout, QWidget

from crmdesk.core import dates, money
from crmdesk.core.datetext import Order
from crmdesk.core.i18n import N_, Region, _, ngettext
from crmdesk.core.kinds import Kind
from crmdesk.core.money import Mark
from crmdesk.features.exchange.columns import Column
from crmdesk.features.exchange.reading import ReadOptions
from crmdesk.features.exchange.targets import target
from crmdesk.features.exchange.ui import words
from crmdesk.features.exchange.ui.bench import Bench
from crmdesk.features.exchange.ui.intake import IntakeFile, IntakeSheet
from crmdesk.features.exchange.ui.preview import PreviewCell, PreviewRow, PreviewTable
from crmdesk.features.exchange.ui.step import SheetTabs, Step
from crmdesk.qt import theme
from crmdesk.qt.widgets import Band, HLine, label
from crmdesk.qt.widgets import row as row_of

_USUAL = 20
_ENCODINGS = (
    "utf-8",
    "utf-16",
    "cp1252",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "latin-1",
    "mac_roman",
    "cp866",
)
_DELIMITERS = ((",", N_("Comma")), (";", N_("Semicolon")), ("\t", N_("Tab")), ("|", N_("Bar")))


class ReadingStep(Step):
    """Every choice reads the file again at once."""

    title = N_("Reading")
    read_again = Signal(object, object)

    def __init__(self, bench: Bench) -> None:
        """Lay out the choices over the preview."""
        super().__init__(bench)
        self.tabs = SheetTabs(_("Sheets"))
        self.encoding, self.delimiter = QComboBox(), QComboBox()
        self.header_row = QSpinBox()
        self.order, self.mark = QComboBox(), QComboBox()
        self.question = Band()
        self.table = PreviewTable(_("Rows of the file"))
        self._filling = False
        self._build()
        self._connect()

    def _build(self) -> None:
        self.header_row.setRange(0, 999)
        self.header_row.setSpecialValueText(_("none"))
        for value, text in (("", N_("As found")), ("dmy", N_("Day first")), ("mdy", N_("Month first"))):
            self.order.addItem(_(text), value)
        for value, text in (("", N_("As found")), (",", N_("Comma: 1.234,56")), (".", N_("Point: 1,234.56"))):
            self.mark.addItem(_(text), value)
        choices = QHBoxLayout()
        choices.setContentsMargins(16, 14, 16, 14)
        choices.setSpacing(16)
        self._text_only = [
            _labelled(choices, _("Encoding"), self.encoding, 170),
            _labelled(choices, _("Columns are parted by"), self.delimiter, 150),
        ]
        _labelled(choices, _("Header in row"), self.header_row, 110)
        _labelled(choices, _("Unclear dates"), self.order, 150)
        _labelled(choices, _("Unclear numbers"), self.mark, 170)
        choices.addStretch(1)
        self.notes = label("", "body", "text_2", wrap=True)
        self.notes.setContentsMargins(16, 0, 16, 12)
        self.column.addWidget(row_of(self.tabs, margins=(16, 0, 16, 0)))
        self.column.addLayout(choices)
        self.column.addWidget(self.question)
        self.column.addWidget(self.notes)
        self.column.addWidget(HLine())
        self.column.addWidget(self.table, 1)

    def _connect(self) -> None:
        self.tabs.chosen.connect(self._show)
        self.encoding.activated.connect(lambda _at: self._read_again())
        self.delimiter.activated.connect(lambda _at: self._read_again())
        self.header_row.valueChanged.connect(lambda _value: self._other_header())
        self.order.activated.connect(lambda _at: self._habits())
        self.mark.activated.connect(lambda _at: self._habits())

    def enter(self) -> None:
        """Offer the sheets and show the chosen one."""
        self.tabs.show_sheets(self.intake)
        self._show()

    def _show(self) -> None:
        chosen = self.tabs.sheet()
        if chosen is None:
            return
        file, sheet = chosen
        self._filling = True
        assert file.workbook is not None
        for part in self._text_only:
            part.setVisible(file.workbook.format == "text")
        _offer(self.encoding, [(name, name) for name in _ENCODINGS], file.workbook.encoding)
        _offer(self.delimiter, [(value, _(text)) for value, text in _DELIMITERS], file.workbook.delimiter)
        index = sheet.plan.header.index
        self.header_row.setMaximum(max(1, *sheet.sheet.lines[:200]))
        self.header_row.setValue(sheet.sheet.lines[index] if index >= 0 else 0)
        self.order.setCurrentIndex(max(0, self.order.findData(sheet.plan.date_order or "")))
        self.mark.setCurrentIndex(max(0, self.mark.findData(sheet.plan.decimal or "")))
        self._tell(file, sheet)
        self._fill_table(sheet)
        self._filling = False
        self.changed.emit()

    def _tell(self, file: IntakeFile, sheet: IntakeSheet) -> None:
        open_questions = [
            _(question)
            for question, settled in zip(
                sheet.plan.questions, (sheet.plan.date_order, sheet.plan.decimal), strict=False
            )
            if not settled
        ]
        if open_questions:
            self.question.tell(" ".join(open_questions) + " " + _("Choose above."), "due")
        else:
            self.question.clear()
        assert file.workbook is not None
        mine = [note for note in file.workbook.notes if note.sheet in ("", sheet.name)]
        told = [
            note.text if not note.row else _("Row {row}: {text}").format(row=note.row, text=note.text)
            for note in mine[:3]
        ]
        if len(mine) > 3:
            left = len(mine) - 3
            told.append(ngettext("{n} more remark.", "{n} more remarks.", left).format(n=left))
        self.notes.setText("\n".join(told))
        self.notes.setVisible(bool(told))

    def _fill_table(self, sheet: IntakeSheet) -> None:
        region = self.bench.desk.region
        start = sheet.start
        rows = [
            _row(sheet, place, region) for place in range(start, min(len(sheet.sheet.rows), start + _USUAL))
        ]
        odd = [place for place in sheet.odd if place >= start + _USUAL]
        if odd:
            rows.append(PreviewRow("", (PreviewCell(_("The oddest rows")),), strong=True))
            rows.extend(_row(sheet, place, region) for place in odd)
        numbers = frozenset(column.index for column in sheet.plan.columns if _is_number(sheet, column))
        self.table.show_rows(sheet.plan.header.names, rows, numbers)

    def _read_again(self) -> None:
        chosen = self.tabs.sheet()
        if chosen is None or self._filling:
            return
        file = chosen[0]
        options = ReadOptions(
            file.options.region,
            str(self.encoding.currentData() or ""),
            str(self.delimiter.currentData() or ""),
        )
        self.read_again.emit(file.path, options)

    def _other_header(self) -> None:
        chosen = self.tabs.sheet()
        if chosen is None or self._filling:
            return
        sheet, line = chosen[1], self.header_row.value()
        places = [place for place, at in enumerate(sheet.sheet.lines[:400]) if at == line]
        wanted = places[0] if places else -1
        self.bench.start(
            lambda _progress: sheet.again(wanted), lambda _none: self._looked(), _("Looking at the columns")
        )

    def _looked(self) -> None:
        self._show()
        self.edited()

    def _habits(self) -> None:
        chosen = self.tabs.sheet()
        if chosen is None or self._filling:
            return
        chosen[1].all_read_as(
            cast(Order | None, self.order.currentData() or None),
            cast(Mark | None, self.mark.currentData() or None),
        )
        self._tell(*chosen)
        self.edited()

    def note(self) -> tuple[str, str]:
        """What the sheet holds."""
        chosen = self.tabs.sheet()
        if chosen is None:
            return "", ""
        rows = ngettext("{n} row", "{n} rows", chosen[1].data_rows).format(n=chosen[1].data_rows)
        return f"{rows}, {words.holds(chosen[1].plan)}", ""


def _labelled(line: QHBoxLayout, text: str, editor: QWidget, width: int) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    name = label(text, "small", "text_3")
    name.setBuddy(editor)
    editor.setAccessibleName(text)
    editor.setMinimumWidth(width)
    editor.setFixedHeight(theme.current().size("field"))
    box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    column.addWidget(name)
    column.addWidget(editor)
    line.addWidget(box)
    return box


def _offer(combo: QComboBox, choices: Sequence[tuple[str, str]], found: str) -> None:
    combo.clear()
    for value, text in choices:
        combo.addItem(text, value)
    if found and combo.findData(found) < 0:
        combo.insertItem(0, found, found)
    combo.setCurrentIndex(max(0, combo.findData(found)))


def _is_number(sheet: IntakeSheet, column: Column) -> bool:
    """Whether a column is shown like amounts and counts, at the right."""
    found = target(sheet.guess(column.index).target)
    if found is not None:
        return found.kind in (Kind.MONEY, Kind.NUMBER, Kind.PERCENT)
    return column.share("number") > 0.8 and column.share("phone") < 0.5 and not column.leading_zeros


def _row(sheet: IntakeSheet, place: int, region: Region) -> PreviewRow:
    cells = tuple(PreviewCell(shown(value, region)) for value in sheet.sheet.rows[place])
    return PreviewRow(str(sheet.sheet.lines[place]), cells)


def shown(value: Any, region: Region) -> str:
    """A cell as text, in the way of the region where it is no text itself."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return dates.show_datetime(value, region)
    if isinstance(value, date):
        return dates.show_date_numeric(value, region)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return money.show_number(value, region)
    return " ".join(str(value).split())
