"""A table whose rows are one thing: hover, selection and focus belong to the row, never to a cell."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QRect, Qt
from PySide6.QtGui import QFocusEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from crmdesk.qt.record_model import RecordModel
from crmdesk.qt.rows import Column


class RowView(QTableView):
    """Keeps what the delegates ask for while they draw a row."""

    def __init__(self, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        """Make the view over its own model."""
        super().__init__(parent)
        self.record_model = RecordModel(columns, self)
        self.hovered = -1
        self.ring_row = -1
        self.has_focus = False
        self._edges = (0, 0)
        self.setModel(self.record_model)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)

    def is_selected(self, place: int) -> bool:
        """Whether a row is chosen."""
        return self.selectionModel().isRowSelected(place, QModelIndex())

    def is_marked(self, place: int) -> bool:
        """Whether a row was just changed."""
        return self.record_model.marked(place)

    def edge_columns(self) -> tuple[int, int]:
        """The first and the last column shown."""
        return self._edges

    def set_edges(self, first: int, last: int) -> None:
        """Say which columns are the first and the last one shown."""
        self._edges = (first, last)

    def right_edge(self) -> int:
        """The room right of the last column: less where the scroll bar already makes some."""
        return 8 if self.verticalScrollBar().isVisible() else 16

    def row_rect(self, place: int) -> QRect:
        """The whole row on the screen."""
        return QRect(0, self.rowViewportPosition(place), self.viewport().width(), self.rowHeight(place) - 1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tint the whole row under the pointer."""
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(round(event.position().y())))

    def leaveEvent(self, event: QEvent) -> None:
        """No row is under the pointer any more."""
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, place: int) -> None:
        if place != self.hovered:
            before, self.hovered = self.hovered, place
            for one in (before, place):
                if one >= 0:
                    self.viewport().update(self.row_rect(one).adjusted(0, 0, 0, 1))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the selection as active; a list without one chooses its first row when a key led here."""
        self.has_focus = True
        super().focusInEvent(event)
        by_key = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if by_key and not self.currentIndex().isValid() and self.record_model.rowCount():
            self.setCurrentIndex(self.record_model.index(0, self._edges[0]))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the selection as resting."""
        self.has_focus = event.reason() == Qt.FocusReason.PopupFocusReason
        self.ring_row = -1
        super().focusOutEvent(event)
        self.viewport().update()
