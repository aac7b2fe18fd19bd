"""The first start: import the spreadsheet, look at a demo firm, or begin with an empty file."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from crmdesk.core.i18n import LANGUAGES, _
from crmdesk.qt import theme
from crmdesk.qt.widgets import Button, IconLabel, Label, SegmentedControl

CURRENCIES = ("EUR", "USD", "GBP", "CHF", "RUB", "PLN", "CZK", "SEK", "DKK", "NOK", "JPY")


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the owner chose for a new file."""

    firm: str
    currency: str
    backup_on_close: bool


class _Card(QFrame):
    """One way to begin: icon, heading, two sentences, a button with its key."""

    def __init__(self, icon: str, heading: str, sentence: str, note: str, button: Button) -> None:
        super().__init__()
        self.setObjectName("card")
        self.share(10_000)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 22, 22, 20)
        column.setSpacing(6)
        picture = IconLabel("", size=24)
        picture.set_icon(icon, "accent")
        column.addWidget(picture)
        column.addSpacing(8)
        column.addWidget(Label(heading, "section", "text"))
        told = Label(sentence, "body", "text_2")
        told.setWordWrap(True)
        told.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(told, 1)
        column.addWidget(Label(note, "small", "text_3"))
        column.addSpacing(8)
        foot = QHBoxLayout()
        foot.addWidget(button)
        foot.addStretch(1)
        column.addLayout(foot)

    def share(self, width: int) -> None:
        """Take a third of the window where its usual width does not fit."""
        self.setFixedWidth(min(round(304 * theme.current().scale), (width - 2 * 24 - 2 * 20) // 3))


class FirstRun(QWidget):
    """The screen of the first start."""

    import_asked = Signal(object, list)
    demo_asked = Signal(object)
    empty_asked = Signal(object)
    open_asked = Signal()
    language_chosen = Signal(str)
    theme_chosen = Signal(str)

    def __init__(self, language: str, look: str, currency: str, parent: QWidget | None = None) -> None:
        """Offer the three ways, in the given language and look."""
        super().__init__(parent)
        self.setProperty("surface", "bg_window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self.languages = SegmentedControl(
            [(code, name, "") for code, name in LANGUAGES.items()], _("Language")
        )
        self.languages.choose(language)
        self.looks = SegmentedControl([("light", "", "sun"), ("dark", "", "moon")], _("Appearance"))
        self.looks.set_name("light", _("Light"))
        self.looks.set_name("dark", _("Dark"))
        self.looks.choose(look)
        self.firm = QLineEdit()
        self.currency = QComboBox()
        self.backup = QCheckBox(_("Back up when I close the program"))
        self.import_button = Button(_("Choose a file"), kind="primary", keys="Ctrl+O")
        self.demo_button = Button(_("Open the demo"), keys="Ctrl+D")
        self.empty_button = Button(_("Create a file"), keys="Ctrl+N")
        self.open_button = Button(_("Open a file…"), kind="link")
        self._build(currency)
        self._connect()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the three cards share the window."""
        super().resizeEvent(event)
        for card in self.findChildren(_Card):
            card.share(event.size().width())

    def beginning(self) -> Beginning:
        """What was chosen so far."""
        return Beginning(self.firm.text().strip(), self.currency.currentText(), self.backup.isChecked())

    def _build(self, currency: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._head())
        column.addStretch(2)
        column.addWidget(self._block(currency), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        column.addWidget(self._foot())

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(24, 12, 24, 0)
        row.setSpacing(8)
        row.addWidget(Label("crmdesk", "section", "text"))
        row.addStretch(1)
        row.addWidget(self.languages)
        row.addWidget(self.looks)
        return row

    def _block(self, currency: str) -> QWidget:
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        heading = Label(_("Know your customers. Keep the file yourself."), "display", "text")
        heading.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        sentence = Label(
            _("Everything stays in one file on this computer. Nothing is sent anywhere."), "body", "text_2"
        )
        sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(heading)
        column.addWidget(sentence)
        column.addSpacing(28)
        column.addLayout(self._cards())
        column.addSpacing(10)
        column.addWidget(self._drop_line())
        column.addSpacing(10)
        column.addLayout(self._choices(currency))
        return block

    def _cards(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(20)
        first = _Card(
            "file-spreadsheet",
            _("Import your spreadsheet"),
            _("Your list as it is. Columns are recognised, and you see every change first."),
            "xlsx, csv",
            self.import_button,
        )
        first.setProperty("main", True)
        row.addWidget(first)
        row.addWidget(
            _Card(
                "store",
                _("Explore a demo firm"),
                _("An installer with 240 customers, three years of orders and calls. Change anything."),
                _("it is only an example"),
                self.demo_button,
            )
        )
        row.addWidget(
            _Card(
                "plus",
                _("Start empty"),
                _("The name of your firm and a first customer are enough. The rest can wait."),
                _("two minutes"),
                self.empty_button,
            )
        )
        return row

    def _drop_line(self) -> QWidget:
        line = QFrame()
        line.setObjectName("dashed")
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 14, 0, 14)
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(IconLabel("upload"))
        row.addWidget(Label(_("Or drop a file anywhere in this window"), "body", "text_2"))
        row.addStretch(1)
        return line

    def _choices(self, currency: str) -> QHBoxLayout:
        self.firm.setPlaceholderText(_("Name of your firm"))
        self.firm.setAccessibleName(_("Name of your firm"))
        self.firm.setFixedWidth(round(240 * theme.current().scale))
        self.currency.addItems(list(dict.fromkeys((currency, *CURRENCIES))))
        self.currency.setAccessibleName(_("Currency"))
        self.backup.setChecked(True)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.firm)
        row.addWidget(Label(_("Currency"), "body", "text_2"))
        row.addWidget(self.currency)
        row.addSpacing(20)
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addWidget(self.backup)
        note = Label(_("In the folder Backups, beside the file"), "small", "text_3")
        note.setContentsMargins(23, 0, 0, 0)
        told.addWidget(note)
        row.addLayout(told)
        row.addStretch(1)
        return row

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setProperty("surface", "bg_sidebar")
        row = QHBoxLayout(foot)
        row.setContentsMargins(24, 12, 24, 12)
        row.addWidget(self.open_button)
        row.addStretch(1)
        row.addWidget(Label(_("Works without a network"), "body", "text_3"))
        return foot

    def _connect(self) -> None:
        self.import_button.clicked.connect(lambda: self.import_asked.emit(self.beginning(), []))
        self.demo_button.clicked.connect(lambda: self.demo_asked.emit(self.beginning()))
        self.empty_button.clicked.connect(lambda: self.empty_asked.emit(self.beginning()))
        self.open_button.clicked.connect(self.open_asked)
        self.languages.chosen.connect(self.language_chosen)
        self.looks.chosen.connect(self.theme_chosen)
        for button, keys in (
            (self.import_button, "Ctrl+O"),
            (self.demo_button, "Ctrl+D"),
            (self.empty_button, "Ctrl+N"),
        ):
            button.setShortcut(keys)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, nothing else."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Begin with the dropped files."""
        names = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if names:
            event.acceptProposedAction()
            self.import_asked.emit(self.beginning(), names)
