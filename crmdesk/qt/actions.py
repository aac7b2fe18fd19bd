"""Actions as data: one registry feeds menus, keys and the command palette."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from crmdesk.core.i18n import _
from crmdesk.qt import icons, theme


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing the owner can do: text marked with N_, keys as Qt writes them."""

    name: str
    text: str
    run: Callable[[], object]
    icon: str = ""
    keys: str = ""
    enabled: Callable[[], bool] = _always
    palette: bool = True


class Actions(QObject):
    """The registry: every action once, as a QAction with its key."""

    added = Signal(str)

    def __init__(self, window: QWidget) -> None:
        """Start empty; actions without a widget of their own belong to the window."""
        super().__init__(window)
        self._window = window
        self._specs: dict[str, ActionSpec] = {}
        self._actions: dict[str, QAction] = {}
        self._widgets: dict[str, QWidget] = {}
        theme.signals.changed.connect(self._restyle)

    def add(self, spec: ActionSpec, widget: QWidget | None = None) -> QAction:
        """Register an action; with a widget its key works only inside it."""
        action = QAction(_(spec.text), widget or self._window)
        action.setObjectName(spec.name)
        if spec.keys:
            action.setShortcuts([QKeySequence(part) for part in spec.keys.split("|")])
            action.setToolTip(f"{_(spec.text)} ({self.key_text(spec)})")
        if widget is not None:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        if spec.icon:
            action.setIcon(icons.icon(spec.icon))
        action.triggered.connect(lambda checked=False, name=spec.name: self.run(name))
        (widget or self._window).addAction(action)
        old = self._actions.pop(spec.name, None)
        if old is not None:
            old.deleteLater()
        self._specs[spec.name] = spec
        self._actions[spec.name] = action
        if widget is not None:
            self._widgets[spec.name] = widget
            widget.destroyed.connect(lambda gone=None, name=spec.name, mine=action: self._forget(name, mine))
        self.added.emit(spec.name)
        return action

    def _forget(self, name: str, action: QAction) -> None:
        if self._actions.get(name) is action:
            for table in (self._actions, self._specs, self._widgets):
                table.pop(name, None)

    def has(self, name: str) -> bool:
        """Whether an action of this name is registered."""
        return name in self._actions

    def action(self, name: str) -> QAction:
        """The QAction of a name, for a menu or a button."""
        return self._actions[name]

    def spec(self, name: str) -> ActionSpec:
        """What was registered under a name."""
        return self._specs[name]

    def run(self, name: str) -> None:
        """Do it, when it can be done now."""
        spec = self._specs[name]
        if spec.enabled():
            spec.run()
        else:
            self.refresh()

    def refresh(self) -> None:
        """Grey out what cannot be done now."""
        for name, spec in self._specs.items():
            self._actions[name].setEnabled(spec.enabled())

    def specs(self) -> list[ActionSpec]:
        """Everything that is registered."""
        return list(self._specs.values())

    def commands(self) -> list[ActionSpec]:
        """What the command palette offers now."""
        return [spec for spec in self._specs.values() if spec.palette and spec.enabled()]

    def menu(self, names: Iterable[str], parent: QWidget) -> QMenu:
        """A menu out of action names; an empty name is a line."""
        menu = QMenu(parent)
        for name in names:
            if name == "":
                menu.addSeparator()
            elif name in self._actions:
                menu.addAction(self._actions[name])
        menu.aboutToShow.connect(self.refresh)
        return menu

    @staticmethod
    def key_text(spec: ActionSpec) -> str:
        """The first key of an action as people read it."""
        first = spec.keys.split("|")[0]
        return QKeySequence(first).toString(QKeySequence.SequenceFormat.NativeText) if first else ""

    def _restyle(self) -> None:
        for name, spec in self._specs.items():
            if spec.icon:
                self._actions[name].setIcon(icons.icon(spec.icon))
