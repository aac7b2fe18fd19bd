"""Small dialogs that never block: choose a file, fill a short form, confirm what cannot be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from crmdesk.core.i18n import _
from crmdesk.qt import theme
from crmdesk.qt.bands import Band
from crmdesk.qt.buttons import Button
from crmdesk.qt.labels import HLine, Label
from crmdesk.qt.layouts import scrolling
from crmdesk.qt.record_form import RecordForm


class Scrim(QWidget):
    """Dims the window behind a dialog for as long as the dialog is there."""

    def __init__(self, dialog: QDialog, window: QWidget) -> None:
        """Lie over a window until a dialog is closed."""
        super().__init__(window)
        self.setGeometry(window.rect())
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        dialog.finished.connect(self.deleteLater)
        dialog.destroyed.connect(self.deleteLater)
        window.installEventFilter(self)
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow with the window."""
        if event.type() == QEvent.Type.Resize and (window := self.parentWidget()):
            self.setGeometry(window.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the shade."""
        QPainter(self).fillRect(self.rect(), theme.current().color("scrim"))


class Sheet(QDialog):
    """A dialog with a heading, a body and a foot; its button names its act."""

    def __init__(self, title: str, act: str, parent: QWidget | None, width: int = 480) -> None:
        """Make an empty sheet; `body` takes the content."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setMinimumWidth(width)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.band = Band()
        self.body = QVBoxLayout()
        self.body.setContentsMargins(20, 4, 20, 16)
        self.body.setSpacing(10)
        self.heading = Label(title, "section", "text")
        self.heading.setContentsMargins(20, 16, 20, 8)
        self.act_button = Button(act, "primary")
        self.leave_button = Button(_("Cancel"), "ghost")
        self.foot = QHBoxLayout()
        self.foot.setContentsMargins(20, 10, 20, 10)
        self.foot.addStretch(1)
        self.foot.addWidget(self.leave_button)
        self.foot.addWidget(self.act_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.band)
        column.addLayout(self.body, 1)
        column.addWidget(HLine())
        column.addLayout(self.foot)
        self.act_button.setDefault(True)
        self.act_button.clicked.connect(self.act)
        self.leave_button.clicked.connect(self.reject)

    def showEvent(self, event: QShowEvent) -> None:
        """Dim the window behind."""
        super().showEvent(event)
        if not event.spontaneous() and (parent := self.parentWidget()):
            Scrim(self, parent.window())

    def act(self) -> None:
        """Do what the button says; the child class says what."""
        self.accept()


class FormSheet(Sheet):
    """A short form for something new; `filled` comes with the values once all of them are right."""

    filled = Signal(dict)

    def __init__(self, title: str, act: str, form: RecordForm, parent: QWidget | None) -> None:
        """Show a form in a dialog."""
        super().__init__(title, act, parent, 520)
        self.form = form
        area = scrolling(form)
        area.setMinimumHeight(min(520, form.sizeHint().height() + 8))
        self.body.addWidget(area)

    def showEvent(self, event: QShowEvent) -> None:
        """Start in the first field."""
        super().showEvent(event)
        self.form.focus()

    def act(self) -> None:
        """Read everything; leave only when all is right."""
        if self.form.commit_all():
            self.filled.emit(self.form.values())
            self.accept()


def confirm(
    parent: QWidget, title: str, sentence: str, act: str, run: Callable[[], object], danger: bool = True
) -> Sheet:
    """Ask before something that cannot be taken back, and only then; the answer comes later."""
    sheet = Sheet(title, act, parent, 420)
    told = Label(sentence, "body", "text_2")
    told.setWordWrap(True)
    sheet.body.addWidget(told)
    if danger:
        sheet.act_button.setProperty("kind", "danger")
        sheet.leave_button.setDefault(True)
    sheet.accepted.connect(run)
    sheet.open()
    return sheet


def _file_dialog(parent: QWidget, title: str, filters: Sequence[tuple[str, str]]) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setNameFilters([f"{name} ({patterns})" for name, patterns in filters])
    return dialog


def choose_file(
    parent: QWidget, title: str, filters: Sequence[tuple[str, str]], done: Callable[[Path], object]
) -> QFileDialog:
    """Choose a file to read; filters are (name, "*.xlsx *.csv") pairs."""
    dialog = _file_dialog(parent, title, filters)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda name: done(Path(name)))
    dialog.open()
    return dialog


def choose_target(
    parent: QWidget,
    title: str,
    filters: Sequence[tuple[str, str]],
    name: str,
    done: Callable[[Path], object],
) -> QFileDialog:
    """Choose a file to write; the suffix of the name is the default."""
    dialog = _file_dialog(parent, title, filters)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda chosen: done(Path(chosen)))
    dialog.open()
    return dialog


def choose_folder(parent: QWidget, title: str, done: Callable[[Path], object]) -> QFileDialog:
    """Choose a folder."""
    dialog = _file_dialog(parent, title, ())
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda name: done(Path(name)))
    dialog.open()
    return dialog
