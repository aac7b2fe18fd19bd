"""The main window: sidebar, one page at a time, status line, and what happened told in place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QThread, QThreadPool, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crmdesk.core.errors import UserError
from crmdesk.core.i18n import _
from crmdesk.qt import icons, theme
from crmdesk.qt.actions import Actions, ActionSpec
from crmdesk.qt.bands import Band
from crmdesk.qt.desk import Desk
from crmdesk.qt.memory import window_settings
from crmdesk.qt.page import LaterPage, Page
from crmdesk.qt.palette import Hit, Palette, Search
from crmdesk.qt.panels import next_panel
from crmdesk.qt.sidebar import Entry, Sidebar
from crmdesk.qt.status import StatusBar

LAYOUT_VERSION = 1
READERS = 4  # they wait for the disk more than for a processor
_SHOWN_FOR = 8000


class MainWindow(QMainWindow):
    """The window; pages are made when they are first shown."""

    files_dropped = Signal(list)
    page_shown = Signal(str)
    closing = Signal()

    def __init__(self, title: str = "crmdesk") -> None:
        """Start with an empty frame; `set_desk` and `add_page` fill it."""
        super().__init__()
        QThreadPool.globalInstance().setMaxThreadCount(max(READERS, QThread.idealThreadCount()))
        self.setWindowTitle(title)
        self.setWindowIcon(icons.app_icon())
        self.setMinimumSize(1024, 640)
        self.setAcceptDrops(True)
        self.desk: Desk | None = None
        self.actions_registry = Actions(self)
        self.sidebar = Sidebar()
        self.stack = QStackedWidget()
        self._center = QWidget()
        self.status = StatusBar()
        self.band = Band()
        self.search: Search | None = None
        self._palette: Palette | None = None
        self._kinds: dict[str, type[Page] | LaterPage] = {}
        self._pages: dict[str, Page] = {}
        self._entries: list[Entry] = []
        self._totals: dict[str, str] = {}
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.timeout.connect(self.band.clear)
        self._came = QTimer(self)
        self._came.setSingleShot(True)
        self._came.setInterval(0)
        self._came.timeout.connect(self._settle_focus)
        self._build()
        self._connect()

    def _build(self) -> None:
        center = self._center
        center.setObjectName("page_area")
        column = QVBoxLayout(center)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        line = QHBoxLayout()
        line.setSpacing(0)
        line.addWidget(self.sidebar)
        line.addWidget(self.stack, 1)
        column.addLayout(line, 1)
        column.addWidget(self.status)
        self.setCentralWidget(center)
        self.band.setParent(center)
        self.band.hide()

    def _connect(self) -> None:
        self.sidebar.chosen.connect(lambda name: self.go(name))
        self.sidebar.find_asked.connect(self.open_palette)
        self.actions_registry.add(
            ActionSpec("find_or_do", _("Find or do"), self.open_palette, "search", "Ctrl+K", palette=False)
        )
        self.actions_registry.add(
            ActionSpec("next_panel", _("Next panel"), lambda: next_panel(self, 1), "", "F6", palette=False)
        )
        self.actions_registry.add(
            ActionSpec(
                "previous_panel",
                _("Previous panel"),
                lambda: next_panel(self, -1),
                "",
                "Shift+F6",
                palette=False,
            )
        )

    # Pages

    def set_desk(self, desk: Desk) -> None:
        """Give the desk that pages will receive, and follow its jobs."""
        self.desk = desk
        self.status.follow(desk.jobs)

    def add_page(self, kind: type[Page] | LaterPage) -> None:
        """Add a page to the sidebar, with its key and its command."""
        self._kinds[kind.name] = kind
        if kind.in_sidebar:
            self._entries.append(Entry(kind.name, _(kind.title), kind.icon, kind.key))
            self.sidebar.set_pages(self._entries)
        text = _("Go to {page}").format(page=_(kind.title))
        self.actions_registry.add(
            ActionSpec(f"go_{kind.name}", text, lambda: self.go(kind.name), kind.icon, kind.key)
        )

    def page_names(self) -> list[str]:
        """The pages of this window, in the order of the sidebar."""
        return list(self._kinds)

    def page(self, name: str) -> Page:
        """A page by name, made now when it was not shown before."""
        if name not in self._pages:
            assert self.desk is not None, "set_desk comes before the first page"
            made = self._kinds[name](self.desk)
            made.totals_changed.connect(lambda text, which=name: self._totals_of(which, text))
            made.count_changed.connect(lambda count, which=name: self.sidebar.set_count(which, count))
            self._pages[name] = made
            self.stack.addWidget(made)
            self._restore_splitters(made)
        return self._pages[name]

    def go(self, page: str, /, **args: object) -> None:
        """Bring a page to the front, telling it what to show."""
        before = self.stack.currentWidget()
        shown = self.page(page)
        came = before is not shown
        self.sidebar.pages.mark(getattr(self._kinds[page], "under", "") or page)
        self.stack.setCurrentWidget(shown)
        self._fit()
        self.status.set_totals(self._totals.get(page, ""))
        if shown.focusProxy() is not None and came:
            shown.setFocus()
            self._came.start()
        if args:
            shown.open(**args)
        self.page_shown.emit(page)

    def _settle_focus(self) -> None:
        """Keep the keys in the page that just came, where Qt gave them to the sidebar."""
        shown = self.current()
        if shown is not None and not shown.isAncestorOf(self.focusWidget() or self):
            shown.setFocus()

    def current(self) -> Page | None:
        """The page that is shown."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    def show_alone(self, widget: QWidget) -> None:
        """Fill the window with a widget that is no page, such as the first run; the sidebar goes."""
        self.sidebar.hide()
        self.status.hide()
        self.stack.addWidget(widget)
        self.stack.setCurrentWidget(widget)

    def show_frame(self) -> None:
        """Bring sidebar and status bar back after `show_alone`."""
        self.sidebar.show()
        self.status.show()

    def _totals_of(self, name: str, text: str) -> None:
        self._totals[name] = text
        shown = self.current()
        if shown is not None and shown.name == name:
            self.status.set_totals(text)

    # Telling

    def tell(self, text: str, undo: bool = False) -> None:
        """Say what happened, for a few seconds, with Undo beside it where there is a way back."""
        action = _("Undo") if undo and self.actions_registry.has("undo") else ""
        self.band.tell(text, "ok", action, self._undo if action else None)
        self._place_band()
        self._quiet.start(_SHOWN_FOR)

    def fail(self, error: BaseException) -> None:
        """Show a sentence for people; other errors are ours and go to the crash hook."""
        if not isinstance(error, UserError):
            raise error
        self._quiet.stop()
        self.band.tell(str(error), "late")
        self._place_band()

    def _undo(self) -> None:
        self.actions_registry.run("undo")

    def _place_band(self) -> None:
        center = self._center
        left = self.sidebar.width() if self.sidebar.isVisible() else 0
        room = center.width() - left - 32
        width = min(room, 720)
        height = max(self.band.minimumHeight(), self.band.heightForWidth(width), 34)
        foot = self.status.height() if self.status.isVisible() else 0
        self.band.setGeometry(left + 16, center.height() - foot - height - 12, width, height)
        self.band.raise_()

    # Palette and menu

    def open_palette(self) -> None:
        """Open the command palette."""
        if self._palette is None:
            self._palette = Palette(self.actions_registry, self._find, self)
        self._palette.open_over(self)

    def _find(self, text: str, limit: int) -> Sequence[Hit]:
        return self.search(text, limit) if self.search is not None else ()

    def set_firm(self, name: str, menu: Sequence[str] = ()) -> None:
        """Show the firm's name, with a menu out of action names; an empty name is a line."""
        self.sidebar.set_firm(name, self.actions_registry.menu(menu, self) if menu else None)

    # Window

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Become narrow below 1240 pixels, wide above."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = self.current()
        rail = shown is not None and shown.rail
        self.sidebar.set_narrow(rail or self.width() < theme.current().size("rail_below"))
        if self.band.isVisible():
            self._place_band()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back one level."""
        if event.key() == Qt.Key.Key_Escape:
            if self.band.isVisible():
                self.band.clear()
                return
            shown = self.current()
            if shown is not None and shown.back():
                return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, nothing else."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Send the names of dropped files."""
        names = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if names:
            event.acceptProposedAction()
            self.files_dropped.emit(names)

    def restore(self) -> None:
        """Come back where the window was; 1440 by 900 the first time."""
        kept = window_settings()
        geometry = kept.value("geometry")
        fits = int(str(kept.value("version", 0))) == LAYOUT_VERSION
        if not (fits and geometry is not None and self.restoreGeometry(geometry)):
            self.resize(1440, 900)

    def last_page(self, default: str) -> str:
        """The page shown when the window was closed last."""
        name = str(window_settings().value("page", default))
        return name if name in self._kinds else default if default in self._kinds else next(iter(self._kinds))

    def _restore_splitters(self, page: Page) -> None:
        kept = window_settings()
        for splitter in page.findChildren(QSplitter):
            state = kept.value(f"splitters/{page.name}/{splitter.objectName()}")
            if splitter.objectName() and state is not None:
                splitter.restoreState(state)

    def remember(self) -> None:
        """Keep place, page and sizes for the next start."""
        kept = window_settings()
        kept.setValue("version", LAYOUT_VERSION)
        kept.setValue("geometry", self.saveGeometry())
        shown = self.current()
        if shown is not None:
            kept.setValue("page", shown.name)
        for name, page in self._pages.items():
            for splitter in page.findChildren(QSplitter):
                if splitter.objectName():
                    kept.setValue(f"splitters/{name}/{splitter.objectName()}", splitter.saveState())
        kept.sync()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Finish what is being typed, then keep the window's state."""
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()
        self.remember()
        self.closing.emit()
        super().closeEvent(event)
