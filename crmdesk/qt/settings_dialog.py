"""The settings, built from their declaration; each one counts as soon as it is changed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QListView, QSpinBox, QWidget

from crmdesk.core.i18n import _
from crmdesk.core.settings import Settings, Shape, is_valid, shapes
from crmdesk.qt.dialogs import Sheet
from crmdesk.qt.editors import FieldLine
from crmdesk.qt.labels import Label
from crmdesk.qt.restyle import set_property

_LANGUAGES = (
    ("it", "Italiano"),
    ("en", "English"),
    ("ru", "Русский"),
    ("de", "Deutsch"),
    ("fr", "Français"),
    ("es", "Español"),
    ("pt", "Português"),
    ("nl", "Nederlands"),
)


class SettingsDialog(Sheet):
    """A line per setting; `changed` comes with the new settings, and the program keeps them."""

    changed = Signal(object)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        """Show the settings."""
        super().__init__(_("Settings"), _("Close"), parent, 520)
        self.settings = settings
        self.leave_button.hide()
        self.inputs: dict[str, QWidget] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        for line, (name, shape) in enumerate(shapes().items()):
            self._add(grid, line * 2, name, shape)
        self.body.addLayout(grid)

    def _add(self, grid: QGridLayout, line: int, name: str, shape: Shape) -> None:
        widget = self._input(name, shape)
        widget.setAccessibleName(_(shape.label))
        caption = Label(_(shape.label), "body", "text")
        caption.setBuddy(widget)
        hint = Label(_(shape.hint) if shape.hint else "", "small", "text_3")
        hint.setWordWrap(True)
        hint.setVisible(bool(shape.hint))
        hint.setContentsMargins(0, 0, 0, 6)
        grid.addWidget(caption, line, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(widget, line, 1)
        grid.addWidget(hint, line + 1, 1)
        self.inputs[name] = widget

    def _input(self, name: str, shape: Shape) -> QWidget:
        value = getattr(self.settings, name)
        if shape.options:
            box = QComboBox()
            box.setView(QListView())
            box.view().setAccessibleName(_(shape.label))
            for key, label in shape.options:
                box.addItem(_place(key) if name == "region" and key else _(label), key)
            box.setCurrentIndex(max(0, box.findData(value)))
            box.activated.connect(lambda place: self._set(name, box.itemData(place)))
            return box
        if isinstance(value, bool):
            tick = QCheckBox()
            tick.setChecked(value)
            tick.clicked.connect(lambda on: self._set(name, on))
            return tick
        if isinstance(value, int):
            number = QSpinBox()
            number.setRange(shape.least, shape.most)
            number.setSingleStep(5)
            number.lineEdit().setTextMargins(8, 0, 0, 0)
            number.setValue(value)
            number.setKeyboardTracking(False)
            number.valueChanged.connect(lambda chosen: self._set(name, chosen))
            return number
        text = FieldLine(str(value))
        text.left.connect(lambda: self._set(name, text.text().strip()))
        text.returnPressed.connect(lambda: self._set(name, text.text().strip()))
        return text

    def _set(self, name: str, value: object) -> None:
        fits = is_valid(name, value)
        set_property(self.inputs[name], "invalid", not fits)
        if fits and value != getattr(self.settings, name):
            self.settings = replace(self.settings, **{name: value})  # type: ignore[arg-type]
            self.changed.emit(self.settings)


def _place(code: str) -> str:
    """A region as those who live there call it, like Italiano (Svizzera)."""
    return f"{dict(_LANGUAGES).get(code[:2], code)} ({QLocale(code).nativeTerritoryName()})"
