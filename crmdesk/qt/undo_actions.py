"""Undo and redo: a text field that is being typed in comes first, then the store."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from crmdesk.core.errors import UserError
from crmdesk.core.i18n import N_, _, ngettext
from crmdesk.core.jobs import Progress
from crmdesk.qt.actions import ActionSpec
from crmdesk.qt.desk import Desk

if TYPE_CHECKING:
    from crmdesk.core.undo import Undone


def _field_steps(widget: QWidget | None) -> tuple[bool, bool]:
    if isinstance(widget, QLineEdit):
        return widget.isUndoAvailable(), widget.isRedoAvailable()
    if isinstance(widget, QTextEdit | QPlainTextEdit):
        return widget.document().isUndoAvailable(), widget.document().isRedoAvailable()
    return False, False


class UndoActions(QObject):
    """Registers undo and redo and tells what the next undo would take back."""

    label_changed = Signal(str)

    def __init__(self, desk: Desk) -> None:
        """Register the two actions on a desk."""
        super().__init__(desk.actions)
        self._desk = desk
        self._under_way = False
        desk.actions.add(ActionSpec("undo", N_("Undo"), self.undo, "undo-2", "Ctrl+Z"))
        desk.actions.add(ActionSpec("redo", N_("Redo"), self.redo, "redo-2", "Ctrl+Shift+Z|Ctrl+Y"))
        desk.signals.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Say anew what Ctrl+Z will undo."""
        label = self._desk.store.undo_label()
        self.label_changed.emit(_("Ctrl+Z undoes: {step}").format(step=label) if label else "")

    def undo(self) -> None:
        """Undo typing in the focused field, else the last step."""
        field = QApplication.focusWidget()
        if _field_steps(field)[0]:
            field.undo()  # type: ignore[union-attr]
            return
        from crmdesk.core import away

        label = self._desk.store.undo_label()
        if label is None:
            self._desk.tell(_("Nothing to undo."))
            return
        text = _("Undoing: {step}").format(step=label)
        large = away.is_large(self._desk.store)
        self._go(lambda line: away.undo(self._desk.store, line), self._undone, text, large)

    def _undone(self, undone: Undone) -> None:
        text = _("Undone: {step}.").format(step=undone.label)
        if undone.kept:
            count = len(undone.kept)
            text += " " + ngettext(
                "{n} value was changed since and stays.", "{n} values were changed since and stay.", count
            ).format(n=count)
        self._desk.tell(text)

    def _go(
        self, work: Callable[[Progress], Undone], done: Callable[[Undone], None], text: str, large: bool
    ) -> None:
        """Do it at once; a large step goes to a second process, with its progress in the status line."""
        if self._under_way:
            return
        if large:
            self._under_way = True
            running = self._desk.jobs.start(work, done, self._desk.fail, text=text)
            running.finished.connect(self._end)
            self._desk.tell(text)
            return
        try:
            undone = work(Progress())
        except UserError as error:
            self._desk.fail(error)
        else:
            done(undone)

    def _end(self) -> None:
        self._under_way = False

    def redo(self) -> None:
        """Redo typing in the focused field, else the step undone last."""
        field = QApplication.focusWidget()
        if _field_steps(field)[1]:
            field.redo()  # type: ignore[union-attr]
            return
        from crmdesk.core import away

        label = self._desk.store.redo_label()
        if label is None:
            self._desk.tell(_("Nothing to redo."))
            return
        text = _("Doing again: {step}").format(step=label)
        large = away.is_large(self._desk.store, redo=True)
        self._go(lambda line: away.redo(self._desk.store, line), self._redone, text, large)

    def _redone(self, redone: Undone) -> None:
        self._desk.tell(_("Done again: {step}.").format(step=redone.label))
