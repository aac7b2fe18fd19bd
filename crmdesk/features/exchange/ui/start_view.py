"""The start of the page: import at the left with the imports of before, export at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crmdesk.core.i18n import _
from crmdesk.features.exchange.ui.export_panel import ExportPanel
from crmdesk.features.exchange.ui.file_choice import DropZone, choose_files
from crmdesk.features.exchange.ui.runs_list import RunsList
from crmdesk.qt.desk import Desk
from crmdesk.qt.page import PageHead
from crmdesk.qt.widgets import Band, Button, HLine, VLine, label, scrolling, section_label


class StartView(QWidget):
    """Two halves side by side; what happened is told over both."""

    files_chosen = Signal(list)
    continued = Signal()
    discarded = Signal()

    def __init__(self, desk: Desk) -> None:
        """Build both halves."""
        super().__init__()
        self.band = Band()
        self.zone = DropZone(
            _("Drop workbooks or text tables here. Related files go together."), _("Choose files…")
        )
        self.runs = RunsList(desk, self.band)
        self.export = ExportPanel(desk, self.band)
        self.waiting = label("", "body", "text", wrap=True)
        self.go_on = Button(_("Continue the import"))
        self.drop = Button(_("Start over"), "ghost")
        self._waiting_box = self._waiting()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PageHead(_("Exchange")))
        column.addWidget(HLine())
        column.addWidget(self.band)
        halves = QHBoxLayout()
        halves.setSpacing(0)
        halves.addWidget(scrolling(self._import_half()), 3)
        halves.addWidget(VLine())
        halves.addWidget(scrolling(self._export_half()), 2)
        column.addLayout(halves, 1)
        self.zone.dropped.connect(self.files_chosen)
        self.zone.choose_asked.connect(self.choose)
        self.go_on.clicked.connect(self.continued)
        self.drop.clicked.connect(self.discarded)
        self.show_waiting("")

    def _waiting(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 4, 0, 4)
        row.addWidget(self.waiting, 1)
        row.addWidget(self.drop)
        row.addWidget(self.go_on)
        return box

    def _import_half(self) -> QWidget:
        half = QWidget()
        column = QVBoxLayout(half)
        column.setContentsMargins(16, 16, 24, 16)
        column.setSpacing(4)
        column.addWidget(section_label(_("Import")))
        told = _("Customers, people, orders and contacts from .xlsx and .csv. You see every change first.")
        column.addWidget(label(told, "body", "text_2", wrap=True))
        column.addSpacing(10)
        column.addWidget(self.zone)
        column.addWidget(self._waiting_box)
        column.addSpacing(18)
        column.addWidget(label(_("Recent imports"), "label", "text"))
        column.addSpacing(2)
        column.addWidget(self.runs)
        column.addStretch(1)
        return half

    def _export_half(self) -> QWidget:
        half = QWidget()
        column = QVBoxLayout(half)
        column.setContentsMargins(24, 16, 16, 16)
        column.addWidget(self.export, 1, Qt.AlignmentFlag.AlignTop)
        return half

    def choose(self) -> None:
        """Choose files to import."""
        choose_files(self, lambda paths: self.files_chosen.emit(paths))

    def show_waiting(self, text: str) -> None:
        """Say that an import was begun and left; nothing hides the line."""
        self.waiting.setText(text)
        self._waiting_box.setVisible(bool(text))
