"""What happened to a customer: each changed field with its step, and the way to have a value back."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from crmdesk.core import dates, history, kinds
from crmdesk.core.derived import records_by_table
from crmdesk.core.errors import UserError
from crmdesk.core.history import Entry
from crmdesk.core.i18n import _
from crmdesk.core.journal import TOMBSTONE
from crmdesk.core.record import ALIVE, Record, plain
from crmdesk.features.customers.queries import CustomerCard
from crmdesk.features.customers.ui import editing
from crmdesk.qt.desk import Desk
from crmdesk.qt.widgets import Band, Button, ElidedLabel, HLine, label, scrolling, section_label

MOST = 200


class HistoryDialog(QDialog):
    """The changes of a customer and its numbers, newest first."""

    def __init__(self, desk: Desk, card: CustomerCard, parent: QWidget | None = None) -> None:
        """Read the journal and list it."""
        super().__init__(parent)
        self._desk, self._card = desk, card
        self.setWindowTitle(_("History of {name}").format(name=card.name))
        self.setModal(True)
        self.resize(720, 560)
        self.band = Band()
        self._body = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 12)
        column.setSpacing(8)
        column.addWidget(section_label(self.windowTitle()))
        column.addWidget(self.band)
        inner = QWidget()
        self._rows = QVBoxLayout(inner)
        self._rows.setContentsMargins(0, 0, 8, 0)
        self._rows.setSpacing(4)
        column.addWidget(scrolling(inner), 1)
        self.close_button = Button(_("Close"))
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        column.addLayout(foot)
        self.close_button.clicked.connect(self.accept)
        self.refresh()

    def entries(self) -> list[Entry]:
        """The changes of the customer and of its own numbers and addresses, newest first."""
        card = self._card
        rows = [card.id, *(point.id for point in card.points), *(address.id for address in card.addresses)]
        with self._desk.store.read() as session:
            found = [entry for row in rows for entry in history.history(session, row, limit=MOST)]
        shown = [entry for entry in found if not entry.field.endswith("_id")]
        return sorted(shown, key=lambda entry: (entry.when, entry.seq), reverse=True)[:MOST]

    def refresh(self) -> None:
        """List the changes anew."""
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        step: tuple[str, int] | None = None
        for entry in self.entries():
            if (entry.dev, entry.seq) != step:
                step = (entry.dev, entry.seq)
                self._rows.addWidget(self._heading(entry))
            self._rows.addWidget(self._row(entry))
        self._rows.addStretch(1)

    def _heading(self, entry: Entry) -> QWidget:
        when = entry.when.replace(tzinfo=entry.when.tzinfo or UTC).astimezone().replace(tzinfo=None, second=0)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(4)
        line = QHBoxLayout()
        line.addWidget(ElidedLabel(entry.label, "strong", "text"), 1)
        line.addWidget(label(dates.show_datetime(when, self._desk.region), "small", "text_3"))
        column.addWidget(HLine(faint=True))
        column.addLayout(line)
        return box

    def _row(self, entry: Entry) -> QWidget:
        box = QWidget()
        line = QHBoxLayout(box)
        line.setContentsMargins(12, 0, 0, 0)
        line.setSpacing(8)
        name = label(self._field_name(entry), "small", "text_3")
        name.setFixedWidth(150)
        line.addWidget(name)
        line.addWidget(ElidedLabel(self._words(entry, entry.old), "body", "text_3"), 1)
        line.addWidget(label("→", "body", "text_3"))
        line.addWidget(ElidedLabel(self._words(entry, entry.new), "body", "text"), 1)
        back = Button(_("Restore this value"), "link")
        back.setAccessibleName(_("Restore {field}").format(field=self._field_name(entry)))
        back.clicked.connect(lambda: self.restore(entry))
        line.addWidget(back)
        back.setVisible(self._differs(entry))
        return box

    @staticmethod
    def _record(entry: Entry) -> type[Record] | None:
        record = records_by_table().get(entry.table)
        known = record is not None and any(field.name == entry.field for field in record.fields())
        return record if known else None

    def _differs(self, entry: Entry) -> bool:
        record = self._record(entry)
        if record is None:
            return False
        with self._desk.store.read() as session:
            found = session.get(record, entry.row)
            return found is not None and plain(getattr(found, entry.field)) != entry.new

    def _field_name(self, entry: Entry) -> str:
        record = self._record(entry)
        if entry.field == TOMBSTONE:
            return _("Trash")
        return _(record.field(entry.field).label) if record is not None else entry.field

    def _words(self, entry: Entry, value: Any) -> str:
        if entry.field == TOMBSTONE:
            return _("in use") if value in (None, ALIVE) else _("in the trash")
        record = self._record(entry)
        if record is None or value is None:
            return _("empty") if value is None else str(value)
        field = record.field(entry.field)
        region = self._desk.region
        return kinds.show(
            field.kind, kinds.from_json(field.kind, value), region, region.currency, True, field.choices
        )

    def restore(self, entry: Entry) -> None:
        """Have the value of an entry back, as one step more."""
        record = self._record(entry)
        if record is None:
            return
        value = kinds.from_json(record.field(entry.field).kind, entry.new)
        try:
            editing.set_value(self._desk, record, entry.row, entry.field, value)
        except UserError as error:
            self.band.tell(str(error), "late")
            return
        self.band.tell(_("{field} restored.").format(field=self._field_name(entry)), "ok")
        self.refresh()
