"""Messages in place and empty states: what happened and what can be done, never a pop-up."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from crmdesk.core.i18n import _
from crmdesk.qt import icons, theme
from crmdesk.qt.buttons import Button, IconButton
from crmdesk.qt.labels import Label
from crmdesk.qt.restyle import set_property

_ICONS = (("late", "circle-alert"), ("due", "triangle-alert"), ("ok", "circle-check"), ("info", "info"))


class IconLabel(QLabel):
    """An icon that only shows something; it follows the theme."""

    def __init__(
        self, icon: str, color: str = "text_2", size: int = 16, name: str = "", parent: QWidget | None = None
    ) -> None:
        """Show an icon; give a name when no word beside it says the same."""
        super().__init__(parent)
        self._size = size
        self.setAccessibleName(name)
        theme.signals.changed.connect(self._restyle)
        self.set_icon(icon, color)

    def set_icon(self, icon: str, color: str = "text_2") -> None:
        """Show another icon."""
        self._icon_name, self._color = icon, color
        self._restyle()

    def _restyle(self) -> None:
        self.setPixmap(icons.pixmap(self._icon_name, self._color, self._size))

    def sizeHint(self) -> QSize:
        """The box of the icon."""
        side = round(self._size * theme.current().scale)
        return QSize(side, side)


class Band(QFrame):
    """A message of 32 inside the panel it concerns, with its repair or Undo as a link."""

    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start hidden, until there is something to say."""
        super().__init__(parent)
        self.setObjectName("band")
        self._run: Callable[[], None] | None = None
        self.icon = IconLabel("info", "info")
        self.message = Label("", "body", "text")
        self.message.setWordWrap(True)
        self.action = Button("", "link")
        self.action.hide()
        self.close_button = IconButton("x", _("Hide this message"), size=14)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 4, 0)
        row.setSpacing(8)
        row.addWidget(self.icon)
        row.addWidget(self.message, 1)
        row.addWidget(self.action)
        row.addWidget(self.close_button)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.action.clicked.connect(self._act)
        self.close_button.clicked.connect(self._dismiss)
        self.hide()

    def tell(
        self, text: str, kind: str = "info", action: str = "", run: Callable[[], None] | None = None
    ) -> None:
        """Show a message; kind is late, due, ok or info; the action is a link at its end."""
        set_property(self, "kind", kind)
        self.icon.set_icon(dict(_ICONS).get(kind, "info"), kind if kind != "plain" else "text_2")
        self.message.setText(text)
        self.setAccessibleName(text)
        self.action.setText(action)
        self.action.setVisible(bool(action))
        self._run = run
        self.setMinimumHeight(round(32 * theme.current().scale))
        self.show()

    def clear(self) -> None:
        """Take the message away."""
        self.hide()
        self._run = None

    def _act(self) -> None:
        run, self._run = self._run, None
        self.hide()
        if run is not None:
            run()

    def _dismiss(self) -> None:
        self.clear()
        self.dismissed.emit()


class ProgressBand(QFrame):
    """Work that takes over a second: what is done, how far, and Stop."""

    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start hidden, until work begins."""
        super().__init__(parent)
        self.setObjectName("band")
        self.setProperty("kind", "work")
        self.message = Label("", "body", "text")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(120)
        self.bar.setAccessibleName(_("Progress"))
        self.stop = Button(_("Stop"), "link")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 8, 0)
        row.setSpacing(10)
        row.addWidget(self.message, 1)
        row.addWidget(self.bar)
        row.addWidget(self.stop)
        self.stop.clicked.connect(self.stopped)
        self.hide()

    def set_progress(self, text: str, done: int, total: int) -> None:
        """Show how far the work is; a total of 0 means nobody knows."""
        self.message.setText(text)
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.setMinimumHeight(round(32 * theme.current().scale))
        self.show()


class EmptyState(QWidget):
    """What stands where a list would be: icon, one strong line, one sentence, one button."""

    acted = Signal()

    def __init__(
        self,
        icon: str,
        strong: str,
        sentence: str,
        button: str = "",
        keys: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Say what is missing and offer the way to it."""
        super().__init__(parent)
        self.icon = IconLabel(icon, "text_2", 22)
        self.strong = Label(strong, "label", "text")
        self.sentence = Label(sentence, "body", "text_2")
        self.sentence.setWordWrap(True)
        self.sentence.setMinimumWidth(260)
        self.button = Button(button, keys=keys)
        if not button:
            self.button.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(6)
        column.addStretch(1)
        for part in (self.icon, self.strong, self.sentence):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(4)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        self.button.clicked.connect(self.acted)

    def set_texts(self, strong: str, sentence: str, button: str = "") -> None:
        """Change what is said."""
        self.strong.setText(strong)
        self.sentence.setText(sentence)
        self.button.setText(button)
        self.button.setVisible(bool(button))

    def showEvent(self, event: QShowEvent) -> None:
        """Speak the sentence to those who listen."""
        self.setAccessibleName(f"{self.strong.text()}. {self.sentence.text()}")
        super().showEvent(event)
