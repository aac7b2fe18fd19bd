"""The one table model: counts and shows the first page at once, reads the rest when it is looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRunnable,
    Qt,
    QThreadPool,
    Signal,
    Slot,
)

from crmdesk.core.i18n import _
from crmdesk.qt.rows import Column, Row, RowSource

PAGE = 128
_PAGES_KEPT = 48
AT_ONCE = 5000
Index = QModelIndex | QPersistentModelIndex
_BLANK = Row("", ())
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_EDITABLE = _FLAGS | Qt.ItemFlag.ItemIsEditable


class _Ids(QRunnable):
    """Reads all ids of a source off the window's thread."""

    def __init__(self, model: RecordModel, source: RowSource, generation: int) -> None:
        super().__init__()
        self._model, self._source, self._generation = model, source, generation

    def run(self) -> None:
        try:
            ids, error = list(self._source.ids()), None
        except Exception as caught:
            ids, error = [], caught
        try:
            self._model.ids_read.emit(self._generation, ids, error)
        except RuntimeError:
            return


class RecordModel(QAbstractTableModel):
    """Rows of a source as a Qt model: pages of 128 ready-made rows, the last used ones kept."""

    ids_read = Signal(int, object, object)
    failed = Signal(object)
    loaded = Signal()

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        """Start empty, with these columns."""
        super().__init__(parent)
        self.columns = tuple(columns)
        self.labels = tuple(_(column.label) for column in columns)
        self.source: RowSource | None = None
        self._ids: list[str] | None = []
        self._places: dict[str, int] | None = None
        self._count = 0
        self._pages: OrderedDict[int, Sequence[Row]] = OrderedDict()
        self._generation = 0
        self._refreshing = False
        self._marked: frozenset[str] = frozenset()
        self.ids_read.connect(self._take_ids, Qt.ConnectionType.QueuedConnection)

    # What Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many rows there are."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = 0) -> object:
        """The text of a cell; everything else is left to the delegates."""
        if role:
            return self._other(index, role)
        texts = self.row(index.row()).texts
        return texts[index.column()] if texts else ""

    def _other(self, index: Index, role: int) -> object:
        if role == 2:
            return self.data(index)
        if role == 7:
            return int(
                Qt.AlignmentFlag.AlignVCenter
                | (
                    Qt.AlignmentFlag.AlignRight
                    if self.columns[index.column()].right
                    else Qt.AlignmentFlag.AlignLeft
                )
            )
        if role == 11:
            row = self.row(index.row())
            if not row.texts:
                return ""
            return f"{row.texts[index.column()]} {row.cell(index.column()).detail}".strip()
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """The label of a column."""
        if orientation != Qt.Orientation.Horizontal or role not in (0, 3, 11):
            return None
        return self.labels[section]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """All rows can be chosen, some columns edited."""
        return _EDITABLE if index.isValid() and self.columns[index.column()].editable else _FLAGS

    # What the program asks

    def show(self, source: RowSource) -> None:
        """Show a source: the count and the first page now, all ids right after."""
        self._generation += 1
        self._refreshing = False
        self.beginResetModel()
        self.source = source
        self._count = source.count()
        first = list(source.first(PAGE))
        self._pages.clear()
        self._pages[0] = first
        whole = self._count <= len(first)
        self._ids = [row.id for row in first] if whole else None
        self._places = None
        self.endResetModel()
        if not whole:
            QThreadPool.globalInstance().start(_Ids(self, source, self._generation))
        else:
            self.loaded.emit()

    def refresh(self) -> None:
        """Read the same source again; selection and scroll are kept by the view."""
        if self.source is None:
            return
        self._generation += 1
        if self._count <= AT_ONCE:
            self._swap(list(self.source.ids()))
        else:
            self._refreshing = True
            QThreadPool.globalInstance().start(_Ids(self, self.source, self._generation))

    @Slot(int, object, object)
    def _take_ids(self, generation: int, ids: list[str], error: Exception | None) -> None:
        if generation != self._generation:
            return
        if error is not None:
            self.failed.emit(error)
            return
        known = self._ids is None or self._ids == ids
        if not self._refreshing and known and len(ids) == self._count:
            self._ids = ids
            self.loaded.emit()
        else:
            self._swap(ids)

    def _swap(self, ids: list[str]) -> None:
        if ids == self._ids:
            self._pages.clear()
            if ids:
                last = self.index(self._count - 1, len(self.columns) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            self.loaded.emit()
            return
        self.beginResetModel()
        self._ids = ids
        self._places = None
        self._count = len(ids)
        self._pages.clear()
        self.endResetModel()
        self.loaded.emit()

    def row(self, place: int) -> Row:
        """The row at a place; its page is read when it is not there."""
        page = self._pages.get(place // PAGE)
        if page is None:
            page = self._read(place // PAGE)
        offset = place % PAGE
        return page[offset] if offset < len(page) else _BLANK

    def _read(self, number: int) -> Sequence[Row]:
        ids = self.ids()[number * PAGE : (number + 1) * PAGE]
        assert self.source is not None
        found = {row.id: row for row in self.source.rows(ids)}
        page = [found.get(one, _BLANK) for one in ids]
        self._pages[number] = page
        while len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)
        return page

    def ids(self) -> list[str]:
        """The ids of all rows, in order; read now when the thread has not brought them yet."""
        if self._ids is None:
            assert self.source is not None
            self._ids = list(self.source.ids())
            self._places = None
        return self._ids

    def knows_ids(self) -> bool:
        """Whether all ids are here, so that places can be asked for without reading."""
        return self._ids is not None

    def id_at(self, place: int) -> str:
        """The id of the row at a place."""
        if self._ids is not None:
            return self._ids[place] if 0 <= place < len(self._ids) else ""
        return self.row(place).id

    def place_of(self, identity: str) -> int:
        """The place of a row, or -1."""
        if self._places is None:
            self._places = {one: place for place, one in enumerate(self.ids())}
        return self._places.get(identity, -1)

    def rows_of(self, ids: Sequence[str]) -> list[Row]:
        """Many rows by id, for copying and exporting."""
        if self.source is None:
            return []
        found: dict[str, Row] = {}
        for start in range(0, len(ids), PAGE * 8):
            found.update((row.id, row) for row in self.source.rows(ids[start : start + PAGE * 8]))
        return [found[one] for one in ids if one in found]

    def column_of(self, name: str) -> int:
        """The place of a column by name, or -1."""
        return next((at for at, column in enumerate(self.columns) if column.name == name), -1)

    def mark(self, ids: Iterable[str]) -> None:
        """Tint rows as just changed, until the next call."""
        self._marked = frozenset(ids)
        if self._count:
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, len(self.columns) - 1))

    def marked(self, place: int) -> bool:
        """Whether a row was just changed."""
        return bool(self._marked) and self.row(place).id in self._marked
