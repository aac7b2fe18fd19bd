"""The rows of the dry run as a table shows them: one outcome or all, in the order of the files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from crmdesk.core.i18n import N_, _
from crmdesk.features.exchange.outcomes import ALL, REFUSED, Place, Told
from crmdesk.features.exchange.ui import words
from crmdesk.qt.rows import Cell, Column, Row

__all__ = ["ALL", "COLUMNS", "REFUSED", "DrySource", "Rows"]
COLUMNS = (
    Column("row", N_("Row"), width=76, right=True, sortable=False),
    Column("file", N_("File"), width=190, sortable=False),
    Column("outcome", N_("Outcome"), width=110, sortable=False),
    Column("record", N_("Record"), width=300, sortable=False),
    Column("why", N_("Details"), width=360, sortable=False, stretch=True),
)


class Rows(Protocol):
    """All rows by outcome, told in words when they are looked at."""

    @property
    def outcomes(self) -> dict[str, list[str]]:
        """The names of the rows, by outcome."""

    def count(self, outcome: str) -> int:
        """How many rows have an outcome."""

    def told(self, place: Place) -> Told:
        """One row in words."""


class DrySource:
    """The rows of one outcome, made when they are looked at."""

    def __init__(self, rows: Rows, outcome: str) -> None:
        """Show one outcome, or all."""
        self._dry, self._ids = rows, rows.outcomes[outcome]

    def count(self) -> int:
        """How many rows there are."""
        return len(self._ids)

    def ids(self) -> Sequence[str]:
        """The places of all rows."""
        return self._ids

    def first(self, n: int) -> Sequence[Row]:
        """The first rows."""
        return self.rows(self._ids[:n])

    def rows(self, ids: Sequence[str]) -> Sequence[Row]:
        """The rows of some places."""
        return [self._row(ident) for ident in ids]

    def sorted(self, column: str, descending: bool) -> DrySource:
        """The order of the files is kept."""
        return self

    def _row(self, ident: str) -> Row:
        number, _colon, row = ident.partition(":")
        place = (int(number), int(row))
        told = self._dry.told(place)
        word, icon, color = words.OUTCOMES[told.outcome]
        texts = (told.line, told.file, _(word), told.record, told.why)
        late = "late" if told.outcome == REFUSED else ("due" if told.warned else "text_2")
        cells = {0: Cell(color="text_3"), 1: Cell(color="text_2")}
        return Row(ident, texts, {**cells, 2: Cell(icon=icon, color=color), 4: Cell(color=late)})
