"""The table view: sort, choose columns, copy, edit in place; selection survives every refresh."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QMimeData, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from crmdesk.qt import theme
from crmdesk.qt.column_layout import ColumnLayout
from crmdesk.qt.delegates import DELEGATES
from crmdesk.qt.record_model import AT_ONCE
from crmdesk.qt.row_view import RowView
from crmdesk.qt.rows import Column, RowSource
from crmdesk.qt.table_header import TableHeader

Kept = tuple[list[str], str, str, int]  # chosen ids, current id, id at the top, its offset


class RecordTable(RowView):
    """A list of records: rows of fixed height, one colour for the whole row, many can be chosen."""

    current_changed = Signal(str)
    chosen = Signal(str)
    selection_changed = Signal()
    edited = Signal(str, str, str)
    typed = Signal(str)
    sort_changed = Signal(str, bool)

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        accessible_name: str,
        row_size: str = "row_two_line",
        parent: QWidget | None = None,
    ) -> None:
        """Make a table; its name is the key its columns are kept under, `row_size` a size token."""
        super().__init__(columns, parent)
        self.name = name
        self._row_size = row_size
        self._empty: QWidget | None = None
        self._kept: Kept | None = None
        self._waiting: Kept | None = None
        self._restoring = False
        self.setAccessibleName(accessible_name)
        self.table_header = TableHeader(self)
        self.setHorizontalHeader(self.table_header)
        for place, column in enumerate(self.record_model.columns):
            self.setItemDelegateForColumn(place, DELEGATES[column.delegate](self))
        self._restyle()
        self.columns = ColumnLayout(self)
        self._connect()
        self.columns.restore()

    def _connect(self) -> None:
        header = self.table_header
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.sectionClicked.connect(self._sort_by)
        self.record_model.modelAboutToBeReset.connect(self._keep)
        self.record_model.modelReset.connect(self._bring_back)
        self.record_model.loaded.connect(self._choose_again)
        self.selectionModel().currentRowChanged.connect(self._current)
        self.selectionModel().selectionChanged.connect(self._selection)
        theme.signals.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.verticalHeader().setMinimumSectionSize(8)
        self.verticalHeader().setDefaultSectionSize(theme.current().size(self._row_size))
        self.table_header.setFixedHeight(theme.current().size("table_head"))
        self.viewport().update()

    # Rows

    def show_source(self, source: RowSource) -> None:
        """Show the rows of a source, keeping the selection by id."""
        self.record_model.show(source)

    def set_sort(self, column: str, descending: bool) -> None:
        """Show the arrow of a sort the source already has, without asking for it."""
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.table_header.setSortIndicator(self.record_model.column_of(column), order)

    def _sort_by(self, section: int) -> None:
        column = self.record_model.columns[section]
        source = self.record_model.source
        if not column.sortable or source is None:
            return
        descending = self.table_header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        self.sort_changed.emit(column.name, descending)
        self.show_source(source.sorted(column.name, descending))

    def current_id(self) -> str:
        """The id of the current row, or nothing."""
        place = self.currentIndex().row()
        return self.record_model.id_at(place) if place >= 0 else ""

    def selected_ids(self) -> list[str]:
        """The ids of the chosen rows, in the order shown."""
        places: set[int] = set()
        selection = self.selectionModel().selection()
        for at in range(selection.count()):
            part = selection.at(at)
            places.update(range(part.top(), part.bottom() + 1))
        return [self.record_model.id_at(place) for place in sorted(places)]

    def select_id(self, identity: str) -> bool:
        """Make a row current and bring it into view; False when it is not in the list."""
        place = self.record_model.place_of(identity)
        if place < 0:
            return False
        self.setCurrentIndex(self.record_model.index(place, self._edges[0]))
        return True

    def select_ids(self, ids: Sequence[str]) -> None:
        """Choose these rows and no others."""
        selection = QItemSelection()
        model = self.record_model
        for identity in ids:
            if (place := model.place_of(identity)) >= 0:
                selection.select(model.index(place, 0), model.index(place, len(model.columns) - 1))
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _keep(self) -> None:
        self._restoring = True
        if self._kept is None and self._waiting is not None:
            self._kept, self._waiting = self._waiting, None
        elif self._kept is None and self.record_model.rowCount():
            top = self.rowAt(0)
            top_id = self.record_model.id_at(top) if top >= 0 else ""
            offset = self.rowViewportPosition(top) if top >= 0 else 0
            self._kept = (self.selected_ids(), self.current_id(), top_id, offset)

    def _bring_back(self) -> None:
        kept, self._kept = self._kept, None
        self.hovered = -1
        model = self.record_model
        if kept is not None and (kept[0] or kept[1]) and model.rowCount():
            if not model.knows_ids() and model.rowCount() > AT_ONCE:
                self._wait(kept)
                return
            ids, current, top_id, offset = kept
            self.select_ids(ids)
            if (place := model.place_of(current) if current else -1) >= 0:
                flags = QItemSelectionModel.SelectionFlag.NoUpdate
                self.selectionModel().setCurrentIndex(model.index(place, self._edges[0]), flags)
            if (place := model.place_of(top_id) if top_id and ids else -1) >= 0:
                height = self.verticalHeader().defaultSectionSize()
                self.updateGeometries()
                self.verticalScrollBar().setValue(place * height - offset)
        self._restoring = False
        self._place_empty()
        if kept is not None and self.current_id() != kept[1]:
            self.current_changed.emit(self.current_id())

    def _wait(self, kept: Kept) -> None:
        """Show the beginning now; what was chosen is chosen again when the ids are there."""
        self._waiting = kept
        self.verticalScrollBar().setValue(0)
        self._restoring = False
        self._place_empty()

    def _choose_again(self) -> None:
        kept, self._waiting = self._waiting, None
        if kept is None:
            return
        self._restoring = True
        scrolled = self.verticalScrollBar().value()
        self.select_ids(kept[0])
        place = self.record_model.place_of(kept[1]) if kept[1] else -1
        if place >= 0:
            index = self.record_model.index(place, self._edges[0])
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.verticalScrollBar().setValue(scrolled)
        self._restoring = False
        if self.current_id() != kept[1]:
            self.current_changed.emit(self.current_id())

    def _current(self, now: QModelIndex, before: QModelIndex) -> None:
        if not self._restoring:
            self.current_changed.emit(self.record_model.id_at(now.row()) if now.isValid() else "")

    def _selection(self) -> None:
        self.viewport().update()
        if not self._restoring:
            self.selection_changed.emit()

    # Columns

    def set_compact(self, names: Sequence[str] | None) -> None:
        """Show only these columns while there is little room; None shows the chosen ones again."""
        self.columns.set_compact(names)

    def open_column_chooser(self, button: QWidget) -> None:
        """Offer the column chooser under a button."""
        self.columns.open_chooser(button)

    # Copy

    def copy(self) -> None:
        """Put the chosen rows on the clipboard as a table with its header, as text and as HTML."""
        places = self.columns.visible()
        labels = [self.record_model.labels[place] for place in places]
        rows = [[row.texts[at] for at in places] for row in self.record_model.rows_of(self.selected_ids())]
        lines = [[_one_line(text) for text in line] for line in [labels, *rows]]
        data = QMimeData()
        data.setText("\n".join("\t".join(line) for line in lines))
        html = "".join(f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in line)}</tr>" for line in lines)
        data.setHtml(f"<table>{html}</table>")
        QGuiApplication.clipboard().setMimeData(data)

    # Empty

    def set_empty(self, widget: QWidget | None) -> None:
        """What stands in place of the rows while there are none."""
        if self._empty is not None and self._empty is not widget:
            self._empty.hide()
        self._empty = widget
        if widget is not None:
            widget.setParent(self.viewport())
        self._place_empty()

    def _place_empty(self) -> None:
        if self._empty is not None:
            self._empty.setGeometry(self.viewport().rect())
            self._empty.setVisible(self.record_model.rowCount() == 0)

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the last column to the width."""
        super().resizeEvent(event)
        self.columns.fit()
        self._place_empty()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens the row."""
        place = self.rowAt(round(event.position().y()))
        if place >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(self.record_model.id_at(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies, Enter opens, letters go to the search."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.state() != QAbstractItemView.State.EditingState and self.current_id():
            self.chosen.emit(self.current_id())
            return
        super().keyPressEvent(event)
        here = self.currentIndex().row()
        self.ring_row = here if event.modifiers() & Qt.KeyboardModifier.ControlModifier else -1
        self.viewport().update()

    def keyboardSearch(self, search: str) -> None:
        """Typing over a list does not walk through all rows; it is told instead."""
        if search.strip():
            self.typed.emit(search)


def _one_line(text: str) -> str:
    return text.replace("\t", " ").replace("\n", " ")
