"""Walks a widget tree and lists what a screen reader could not name."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QCalendarWidget,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QTabBar,
    QTextEdit,
    QWidget,
)

INTERACTIVE = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QTabBar,
    QTextEdit,
)


def _inside_qt(widget: QWidget) -> bool:
    """Whether a widget is a part Qt put into one of its own."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QAbstractSpinBox | QComboBox | QCalendarWidget):
            return True
        parent = parent.parentWidget()
    return widget.objectName().startswith("qt_")


def _named(widget: QWidget) -> bool:
    if widget.accessibleName().strip():
        return True
    if isinstance(widget, QAbstractButton) and widget.text().strip():
        return True
    window = widget.window()
    labels = window.findChildren(QLabel)
    return any(one.buddy() is widget and one.text().strip() for one in labels)


def nameless(widget: QWidget) -> list[str]:
    """The interactive widgets below one that have no name, as class and object name."""
    found = []
    for child in [widget, *widget.findChildren(QWidget)]:
        takes_keys = (
            child.focusPolicy() != Qt.FocusPolicy.NoFocus and type(child).paintEvent is not QWidget.paintEvent
        )
        own = type(child).__module__.startswith("crmdesk") and takes_keys
        if not (isinstance(child, INTERACTIVE) or own) or _inside_qt(child):
            continue
        if not _named(child) and not child.isHidden():
            found.append(f"{type(child).__name__} {child.objectName()}".strip())
    return found
