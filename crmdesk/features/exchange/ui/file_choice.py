"""Choosing several files to import, and the dashed zone where files are dropped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QWidget

from crmdesk.core.i18n import _
from crmdesk.features.exchange.formats.registry import suffixes
from crmdesk.qt.widgets import Button, IconLabel, label


def choose_files(parent: QWidget, done: Callable[[list[Path]], object]) -> QFileDialog:
    """Choose one or more files to import."""
    dialog = QFileDialog(parent, _("Choose files to import"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    patterns = " ".join(f"*{suffix}" for suffix in suffixes())
    dialog.setNameFilters([_("Tables ({patterns})").format(patterns=patterns), _("All files (*)")])
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda names: done([Path(name) for name in names]))
    dialog.open()
    return dialog


class DropZone(QFrame):
    """A dashed box: drop files on it, or choose them."""

    dropped = Signal(list)
    choose_asked = Signal()

    def __init__(self, sentence: str, button: str, kind: str = "primary") -> None:
        """Say what can be dropped here; the button chooses instead."""
        super().__init__()
        self.setObjectName("dashed")
        self.setAcceptDrops(True)
        self.button = Button(button, kind, keys="Ctrl+O")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 14, 16, 14)
        row.setSpacing(10)
        row.addWidget(IconLabel("upload"))
        row.addWidget(label(sentence, "body", "text_2", wrap=True), 1)
        row.addWidget(self.button)
        self.button.clicked.connect(self.choose_asked)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, nothing else."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Send the dropped files."""
        names = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if names:
            event.acceptProposedAction()
            self.dropped.emit([Path(name) for name in names])
