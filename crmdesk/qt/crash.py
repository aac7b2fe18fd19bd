"""What happens when something fails: sentences for people in a band, and a report for our own faults."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from crmdesk.core import log
from crmdesk.core.errors import UserError
from crmdesk.core.i18n import _
from crmdesk.qt.buttons import Button
from crmdesk.qt.labels import Label

_QUIET = ("propagateSizeHints", "QFont::setPointSize", "This plugin does not support")


class CrashDialog(QDialog):
    """Says that the fault is ours, that the data is safe, and lets the report be copied."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        """Show a report; it holds no customer's data."""
        super().__init__(parent)
        self.setWindowTitle(_("A fault in crmdesk"))
        self.setMinimumSize(560, 380)
        self._report = report
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(8)
        column.addWidget(Label(_("Something failed, and the fault is ours."), "section", "text"))
        told = Label(_("Everything you entered is saved. You can go on."), "body", "text_2")
        told.setWordWrap(True)
        column.addWidget(told)
        self.text = QPlainTextEdit(report)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(_("Report"))
        column.addWidget(self.text, 1)
        column.addWidget(
            Label(_("The report names no customer. It is sent only if you send it."), "small", "text_3")
        )
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        self.copy_button = Button(_("Copy the report"), icon="copy")
        self.close_button = Button(_("Go on"), "primary")
        buttons.addWidget(self.copy_button)
        buttons.addWidget(self.close_button)
        column.addLayout(buttons)
        self.copy_button.clicked.connect(self._copy)
        self.close_button.clicked.connect(self.accept)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report)


class CrashHandler(QObject):
    """Catches what nobody caught, from every thread, and shows it once on the window's thread."""

    _caught = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without hooks; `install` sets them."""
        super().__init__(parent)
        self._window = parent
        self._fail: Callable[[BaseException], None] | None = None
        self._dialog: CrashDialog | None = None
        self._before: object = None
        self._caught.connect(self._show)

    def install(self, fail: Callable[[BaseException], None] | None = None) -> None:
        """Set the hooks; errors meant for people go to `fail`, which shows a band."""
        self._fail = fail
        sys.excepthook = self._from_main
        threading.excepthook = self._from_thread
        qInstallMessageHandler(self._from_qt)

    def remove(self) -> None:
        """Take the hooks away."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)

    def _from_main(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self._caught.emit(error.with_traceback(trace))

    def _from_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._caught.emit(args.exc_value)

    def _from_qt(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if any(part in message for part in _QUIET):
            return
        if kind in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg):
            log.event("qt_message", level=int(kind.value))
            sys.stderr.write(f"Qt: {message}\n")

    def _show(self, error: BaseException) -> None:
        if isinstance(error, UserError) and self._fail is not None:
            self._fail(error)
            return
        log.failure("crash", error)
        report = log.crash_report(error).read_text("utf-8")
        if self._dialog is not None and self._dialog.isVisible():
            return
        self._dialog = CrashDialog(report, self._window)
        self._dialog.open()
