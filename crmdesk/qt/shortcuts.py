"""All keys of the program in one list."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from crmdesk.core.i18n import _
from crmdesk.qt.actions import Actions
from crmdesk.qt.widgets import Label


class ShortcutsDialog(QDialog):
    """A quiet table: what can be done, and by which key."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        """List the actions of a registry that have a key."""
        super().__init__(parent)
        self.setWindowTitle(_("Keyboard shortcuts"))
        self.resize(460, 560)
        body = QWidget()
        body.setObjectName("scroll_body")
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        for row, (text, keys) in enumerate(self.rows(actions)):
            grid.addWidget(Label(text, "body", "text"), row, 0)
            grid.addWidget(Label(keys, "small", "text_3"), row, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(body)
        area.setAccessibleName(_("Keyboard shortcuts"))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 8, 12)
        column.setSpacing(12)
        column.addWidget(Label(_("Keyboard shortcuts"), "section", "text"))
        column.addWidget(area, 1)

    @staticmethod
    def rows(actions: Actions) -> list[tuple[str, str]]:
        """The actions that have a key, by their words, with the key as people read it."""
        found = [(_(spec.text).rstrip("…"), Actions.key_text(spec)) for spec in actions.specs() if spec.keys]
        return sorted(found, key=lambda pair: pair[0].casefold())
