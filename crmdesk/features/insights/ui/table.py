"""The table under a chart: rows written out when they are looked at, with bars beside shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from crmdesk.core.i18n import Region
from crmdesk.core.kinds import Kind
from crmdesk.features.insights.ui.finding import Entry, Sheet, shown
from crmdesk.qt import theme
from crmdesk.qt.column_layout import COMPACT
from crmdesk.qt.delegates import TextDelegate, draw_text
from crmdesk.qt.record_table import RecordTable
from crmdesk.qt.rows import Cell, Row

BAR_WIDTH, BAR_HEIGHT, NAME_ROOM = 46, 6, 200
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)


class ShareDelegate(TextDelegate):
    """A share: a bar of 46 by 6 against the largest one, and the number at the right."""

    def reserved(self) -> int:
        """The bar and its gap."""
        return BAR_WIDTH + 6

    def content(self, painter: QPainter, rect: QRect, row: Row, column: int) -> None:
        """Draw track, bar and number."""
        now = theme.current()
        cell = row.cell(column)
        if cell.values:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            top = rect.top() + (rect.height() - BAR_HEIGHT) / 2
            track = QRectF(rect.left(), top, BAR_WIDTH, BAR_HEIGHT)
            painter.setBrush(now.color("border_subtle"))
            painter.drawRoundedRect(track, 2, 2)
            track.setWidth(BAR_WIDTH * min(1.0, max(0.0, cell.values[0])))
            painter.setBrush(now.color(cell.color))
            painter.drawRoundedRect(track, 2, 2)
            painter.restore()
        painter.setFont(now.font("small"))
        painter.setPen(now.color("text_2"))
        draw_text(painter, rect.adjusted(BAR_WIDTH + 6, 0, 0, 0), row.texts[column], _RIGHT)


class SheetSource:
    """The rows of a sheet; its sum always stands first."""

    def __init__(self, sheet: Sheet, region: Region, currency: str) -> None:
        """Take the entries in the order they shall be shown."""
        self._sheet, self._region, self._currency = sheet, region, currency
        self._entries = [*([sheet.total] if sheet.total else []), *sheet.entries]
        self._by_id = {entry.id: entry for entry in self._entries}
        self._tops = {
            place: max((entry.values[place] or 0.0 for entry in sheet.entries), default=0.0)
            for place, column in enumerate(sheet.columns)
            if column.name in sheet.bars
        }

    def count(self) -> int:
        """How many rows there are."""
        return len(self._entries)

    def first(self, n: int) -> Sequence[Row]:
        """The first rows."""
        return [self._row(entry) for entry in self._entries[:n]]

    def ids(self) -> Sequence[str]:
        """The ids of all rows, in order."""
        return [entry.id for entry in self._entries]

    def rows(self, ids: Sequence[str]) -> Sequence[Row]:
        """The rows of some ids."""
        return [self._row(self._by_id[ident]) for ident in ids if ident in self._by_id]

    def entry(self, ident: str) -> Entry | None:
        """The entry behind a row."""
        return self._by_id.get(ident)

    def sorted(self, column: str, descending: bool) -> SheetSource:
        """The same rows in the order of a column; what is unknown stands last."""
        names = [one.name for one in self._sheet.columns]
        place = names.index(column)

        def key(entry: Entry) -> Any:
            value = entry.values[place]
            return value.casefold() if isinstance(value, str) else value

        known = [one for one in self._sheet.entries if one.values[place] is not None]
        unknown = [one for one in self._sheet.entries if one.values[place] is None]
        ordered = (*sorted(known, key=key, reverse=descending), *unknown)
        return SheetSource(replace(self._sheet, entries=ordered), self._region, self._currency)

    def _row(self, entry: Entry) -> Row:
        cells: dict[int, Cell] = {}
        texts = []
        pairs = zip(self._sheet.columns, entry.values, strict=True)
        for place, (column, value) in enumerate(pairs):
            texts.append(shown(value, column.kind, self._region, self._currency))
            if column.name in self._sheet.bars and value is not None and entry is not self._sheet.total:
                part = value / self._tops[place] if self._tops[place] > 0 else 0.0
                cells[place] = Cell(color=self._sheet.bars[column.name], values=(part,))
            elif column.delegate == "name":
                cells[place] = Cell(cluster=entry.cluster)
            elif column.kind is Kind.TEXT and place:
                cells[place] = Cell(color="text_2")
        return Row(entry.id, tuple(texts), cells)


class SheetTable(RecordTable):
    """The table of one sheet."""

    def __init__(self, sheet: Sheet, name: str, parent: QWidget | None = None) -> None:
        """Make a table with the columns of a sheet."""
        self._drops = sheet.drops
        super().__init__(f"insights_{sheet.name}", sheet.columns, name, "row", parent)
        for place, column in enumerate(sheet.columns):
            if column.name in sheet.bars:
                self.setItemDelegateForColumn(place, ShareDelegate(self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Drop columns before a name is cut."""
        super().resizeEvent(event)
        self.columns.set_compact(self._names_that_fit())

    def _names_that_fit(self) -> list[str] | None:
        columns, scale = self.record_model.columns, theme.current().scale
        room = self.viewport().width() / scale
        room -= sum(max(one.width, NAME_ROOM) for one in columns if one.delegate == "name")
        shown = {one.name: one.width for one in columns}
        others = {one.name: one.width for one in columns if one.delegate != "name"}
        for name in self._drops:
            narrower = 1.0 if len(shown) == len(columns) else COMPACT
            if sum(others.values()) * narrower <= room:
                break
            del shown[name], others[name]
        return None if len(shown) == len(columns) else list(shown)

    def entry(self, ident: str) -> Entry | None:
        """The entry behind a row."""
        source = self.record_model.source
        return source.entry(ident) if isinstance(source, SheetSource) else None
