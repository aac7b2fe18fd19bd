"""Which columns a table shows, how wide and in which order: remembered, restorable, fitted to the room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from crmdesk.qt import theme
from crmdesk.qt.memory import window_settings

if TYPE_CHECKING:
    from crmdesk.qt.record_table import RecordTable


COMPACT = 0.92  # a little narrower, so that the stretching column keeps its words


class ColumnLayout(QObject):
    """The columns of one table; `chosen` tells that others are shown than before."""

    chosen = Signal()

    def __init__(self, table: RecordTable) -> None:
        """Look after the columns of a table."""
        super().__init__(table)
        self._table = table
        self._header = table.table_header
        self._columns = table.record_model.columns
        self._compact: tuple[str, ...] | None = None
        self._quiet = False
        self._header.restored.connect(self.usual)
        self._header.sectionMoved.connect(self._changed)
        self._header.sectionResized.connect(self._changed)

    def visible(self) -> list[int]:
        """The places of the columns shown, from left to right."""
        header = self._header
        order = [header.logicalIndex(visual) for visual in range(header.count())]
        return [place for place in order if not header.isSectionHidden(place)]

    def show(self, place: int, shown: bool) -> None:
        """Show or hide a column, and remember it."""
        self._table.setColumnHidden(place, not shown)
        self._changed()
        self.chosen.emit()

    def usual(self) -> None:
        """Go back to the columns as they were shipped."""
        self._lay_out()
        self._changed()
        self.chosen.emit()

    def _lay_out(self) -> None:
        self._quiet = True
        for place, column in enumerate(self._columns):
            self._header.moveSection(self._header.visualIndex(place), place)
            self._table.setColumnHidden(place, not column.shown)
            self._header.resizeSection(place, round(column.width * theme.current().scale))
        self._quiet = False

    def restore(self) -> None:
        """Show the columns as they were left last time."""
        self._lay_out()
        kept = window_settings()
        state = kept.value(f"tables/{self._table.name}/state")
        if kept.value(f"tables/{self._table.name}/names") == self._names() and isinstance(state, QByteArray):
            section, order = self._header.sortIndicatorSection(), self._header.sortIndicatorOrder()
            self._quiet = True
            self._header.restoreState(state)
            self._header.setSortIndicatorShown(True)
            self._header.setSortIndicator(section, order)
            self._quiet = False
        self.fit()

    def set_compact(self, names: Sequence[str] | None) -> None:
        """Show only these columns while there is little room; None shows the chosen ones again."""
        wanted = None if names is None else tuple(names)
        if wanted == self._compact:
            return
        self._compact = wanted
        if wanted is None:
            self.restore()
            self.chosen.emit()
            return
        self._quiet = True
        for place, column in enumerate(self._columns):
            self._table.setColumnHidden(place, column.name not in wanted)
            self._header.resizeSection(place, round(column.width * COMPACT * theme.current().scale))
        self._quiet = False
        self.fit()

    def _names(self) -> str:
        return ",".join(column.name for column in self._columns)

    def _changed(self) -> None:
        if self._quiet:
            return
        self.fit()
        if self._compact is None:
            kept = window_settings()
            kept.setValue(f"tables/{self._table.name}/names", self._names())
            kept.setValue(f"tables/{self._table.name}/state", self._header.saveState())

    def fit(self) -> None:
        """Give the stretching column what room is left."""
        shown = self.visible()
        if not shown:
            return
        self._table.set_edges(shown[0], shown[-1])
        stretch = [place for place in shown if self._columns[place].stretch]
        if stretch:
            used = sum(self._header.sectionSize(place) for place in shown if place != stretch[-1])
            least = round(self._columns[stretch[-1]].width * theme.current().scale)
            quiet, self._quiet = self._quiet, True
            room = self._table.viewport().width()
            if self._compact is not None and used + least > room and len(shown) == 2:
                used = round(room * 0.58)
                least = room - used
                self._header.resizeSection(shown[0], used)
            self._header.resizeSection(stretch[-1], max(least, self._table.viewport().width() - used))
            self._quiet = quiet
        self._table.viewport().update()

    def open_chooser(self, button: QWidget) -> None:
        """Offer the column chooser under a button."""
        self._header.open_chooser(button.mapToGlobal(QPoint(0, button.height())))
