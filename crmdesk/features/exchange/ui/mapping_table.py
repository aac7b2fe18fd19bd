"""The table of the mapping: one row per column of the file, with a real chooser in the current row only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from crmdesk.core.i18n import N_, Region, _
from crmdesk.core.money import show_percent
from crmdesk.features.exchange.targets import targets
from crmdesk.features.exchange.ui import words
from crmdesk.features.exchange.ui.intake import IntakeSheet
from crmdesk.features.exchange.ui.mapping_cells import (
    BREAK,
    FieldCell,
    FilledCell,
    HeadCell,
    QuietCell,
    SampleCell,
    WordCell,
)
from crmdesk.qt import theme
from crmdesk.qt.delegates import PAD
from crmdesk.qt.record_table import RecordTable
from crmdesk.qt.rows import Cell, Column, Row

COLUMNS = (
    Column("column", N_("Column in the file"), width=176, sortable=False),
    Column("samples", N_("Sample values"), width=120, sortable=False, stretch=True),
    Column("filled", N_("Filled"), width=130, sortable=False),
    Column("field", N_("Field in crmdesk"), width=192, sortable=False),
    Column("guess", N_("Guess"), width=88, sortable=False),
    Column("done", N_("What will be done"), width=222, sortable=False),
)
_FIELD = 3
_NARROW = tuple(column.name for column in COLUMNS[:-1])
_WIDTH = sum(column.width for column in COLUMNS)
_OPENERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2, Qt.Key.Key_Space)


class FieldChooser(QComboBox):
    """All fields, grouped by record; the wheel scrolls the table instead."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Offer every field a column may fill."""
        super().__init__(parent)
        self.setMaxVisibleItems(16)
        self.addItem(_("Leave out"), "")
        model = cast(QStandardItemModel, self.model())
        record = ""
        for one in targets():
            if one.record != record:
                record = one.record
                self.addItem(_(words.RECORD_LABELS[record]))
                head = model.item(self.count() - 1)
                head.setEnabled(False)
                head.setData("", Qt.ItemDataRole.UserRole)
            self.addItem(words.field_name(one.key), one.key)

    def show_field(self, key: str) -> None:
        """Choose a field without telling anybody."""
        place = self.findData(key) if key else 0
        if place < 0:
            self.insertItem(1, words.field_name(key), key)
            place = 1
        self.setCurrentIndex(place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A turn of the wheel never changes a field."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the rows, Enter opens the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.showPopup()
        else:
            super().keyPressEvent(event)


class MappingSource:
    """The columns of a sheet as rows of the table."""

    def __init__(self, sheet: IntakeSheet, region: Region) -> None:
        """Show a sheet."""
        self.sheet, self.region = sheet, region

    def count(self) -> int:
        """How many columns the file has."""
        return len(self.sheet.plan.columns)

    def ids(self) -> Sequence[str]:
        """The places of the columns."""
        return [str(place) for place in range(self.count())]

    def first(self, n: int) -> Sequence[Row]:
        """The first columns."""
        return self.rows(self.ids()[:n])

    def rows(self, ids: Sequence[str]) -> Sequence[Row]:
        """The columns of some places."""
        return [self._row(int(ident)) for ident in ids]

    def sorted(self, column: str, descending: bool) -> MappingSource:
        """The order of the file is kept."""
        return self

    def _row(self, place: int) -> Row:
        plan, guess = self.sheet.plan, self.sheet.guess(place)
        column = plan.columns[place]
        word, icon, color = words.GUESSES[guess.confidence] if guess.target else ("", "", "")
        done = words.will_do(column, plan, guess.target, self.region)
        texts = (
            column.name,
            "",
            show_percent(round(column.fill * 100), self.region, 0),
            words.field_name(guess.target),
            _(word) if word else "",
            done,
        )
        samples = [" ".join(sample.split())[:60] for sample in column.samples]
        cells = {
            0: Cell(icon=words.column_icon(column, guess.target)),
            1: Cell(detail=BREAK.join(samples)),
            2: Cell(values=(column.fill,)),
            4: Cell(icon=icon, color=color),
        }
        return Row(str(place), texts, cells, archived=not guess.target)


class MappingTable(RecordTable):
    """Moves a chooser into the current row; `assigned` comes with the column and its field."""

    assigned = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the empty table."""
        super().__init__("import-mapping", COLUMNS, _("Columns of the file"), "wizard_steps", parent)
        drawn = (HeadCell, SampleCell, FilledCell, FieldCell, WordCell, QuietCell)
        for place, delegate in enumerate(drawn):
            self.setItemDelegateForColumn(place, delegate(self))
        self.setSelectionMode(RecordTable.SelectionMode.SingleSelection)
        self.chooser: FieldChooser | None = None
        self._sheet: IntakeSheet | None = None
        self._row = QPersistentModelIndex()
        self.current_changed.connect(self._move_chooser)

    def show_sheet(self, sheet: IntakeSheet, region: Region) -> None:
        """Show the columns of a sheet; the first that wants a look is current."""
        self._drop_chooser()
        self._sheet = sheet
        self.show_source(MappingSource(sheet, region))
        if sheet.plan.columns:
            doubtful = [g.column for g in sheet.mapped() if g.confidence == "check"]
            self.select_id(str(doubtful[0] if doubtful else 0))
            if self.chooser is None:
                self._move_chooser(self.current_id())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the last column while there is little room."""
        room = _WIDTH * theme.current().scale <= event.size().width()
        self.set_compact(None if room else _NARROW)
        super().resizeEvent(event)

    def again(self) -> None:
        """Draw the rows anew after a change."""
        self.record_model.refresh()
        if self._sheet is not None and self.chooser is not None and self.current_id():
            self.chooser.show_field(self._sheet.guess(int(self.current_id())).target)

    def _drop_chooser(self) -> None:
        chooser, self.chooser = self.chooser, None
        if chooser is None:
            return
        chooser.blockSignals(True)
        if (holder := chooser.parentWidget()) is not None:
            holder.hide()
        if chooser.hasFocus():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._row.isValid():
            self.setIndexWidget(self._row, None)  # type: ignore[arg-type]

    def _move_chooser(self, ident: str) -> None:
        self._drop_chooser()
        if not ident or self._sheet is None:
            return
        place = int(ident)
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(PAD, 0, PAD, 1)
        self.chooser = FieldChooser()
        self.chooser.setAccessibleName(
            _("Field for {column}").format(column=self._sheet.plan.columns[place].name)
        )
        self.chooser.show_field(self._sheet.guess(place).target)
        self.chooser.activated.connect(lambda at: self._assign(place, at))
        self.chooser.left.connect(lambda: self.setFocus(Qt.FocusReason.OtherFocusReason))
        box.addWidget(self.chooser)
        index = self.record_model.index(self.currentIndex().row(), _FIELD)
        self._row = QPersistentModelIndex(index)
        self.setIndexWidget(index, holder)

    def _assign(self, place: int, at: int) -> None:
        if self.chooser is not None:
            self.assigned.emit(place, str(self.chooser.itemData(at) or ""))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, F2, Space and Alt+Down open the chooser, Delete leaves the column out."""
        down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if self.chooser is not None and (down or (event.key() in _OPENERS and not event.modifiers())):
            self.chooser.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.chooser.showPopup()
            return
        if event.key() == Qt.Key.Key_Delete and self.current_id():
            self.assigned.emit(int(self.current_id()), "")
            return
        super().keyPressEvent(event)
