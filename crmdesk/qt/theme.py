"""The theme: every widget asks here for colours, fonts and sizes by their token name."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from crmdesk.core.paths import resources
from crmdesk.qt.style_sheet import build_sheet, write_images
from crmdesk.qt.tokens import Tokens, TypeRole, load

Mode = Literal["light", "dark", "system"]


@dataclass(frozen=True)
class Theme:
    """One finished look: light or dark at one text scale."""

    name: str
    scale: float
    tokens: Tokens
    _colors: Mapping[str, QColor]
    _fonts: Mapping[str, QFont]

    @property
    def dark(self) -> bool:
        """Whether this is the dark look."""
        return self.name == "dark"

    def color(self, name: str) -> QColor:
        """The colour of a token."""
        return self._colors[name]

    def hex(self, name: str) -> str:
        """The colour of a token as Qt style sheets and SVG write it."""
        color = self._colors[name]
        return color.name(QColor.NameFormat.HexArgb if color.alpha() < 255 else QColor.NameFormat.HexRgb)

    def font(self, role: str = "body") -> QFont:
        """The font of a type role, scaled, with tabular numbers."""
        return self._fonts[role]

    def line_height(self, role: str = "body") -> int:
        """The height of one line of a type role, scaled."""
        return round(self.tokens.roles[role].line * self.scale)

    def size(self, name: str) -> int:
        """A size, radius, stroke or layout width; sizes grow with the text scale."""
        if name in self.tokens.sizes:
            return round(self.tokens.sizes[name] * self.scale)
        return self.tokens.fixed[name]

    def space(self, name: str) -> int:
        """A distance on the grid of four."""
        return self.tokens.space[name]


class ThemeSignals(QObject):
    """Tells widgets that colours or sizes changed, and keeps what is shown now."""

    changed = Signal()

    def __init__(self) -> None:
        """Start without a look; the first question makes the light one."""
        super().__init__()
        self.theme: Theme | None = None
        self.mode: Mode = "light"
        self.scale = 1.0
        self.images: QTemporaryDir | None = None
        self.follows_system = False


signals = ThemeSignals()  # Qt itself has one application, one palette and one sheet per process


def _color(text: str) -> QColor:
    if len(text) == 9:
        text = "#" + text[7:] + text[1:7]
    return QColor(text)


def _font(role: TypeRole, families: tuple[str, ...], scale: float) -> QFont:
    font = QFont(list(families))
    font.setPixelSize(max(1, round(role.size * scale)))
    font.setWeight(QFont.Weight(role.weight))
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def make(name: str, scale: float = 1.0) -> Theme:
    """Build the light or dark look at a text scale."""
    tokens = load()
    colors = {token: _color(value) for token, value in tokens.colors[name].items()}
    families = tuple("Sans Serif" if family == "sans-serif" else family for family in tokens.families)
    fonts = {role: _font(values, families, scale) for role, values in tokens.roles.items()}
    mono = tuple(family for family in tokens.mono if family != "monospace")
    fonts["mono"] = _font(tokens.roles["axis"], mono, scale)
    fonts["archived"] = QFont(fonts["body"])
    fonts["archived"].setItalic(True)
    return Theme(name, scale, tokens, colors, fonts)


def current() -> Theme:
    """The look that is shown now."""
    if signals.theme is None:
        signals.theme = make("light")
    return signals.theme


def load_fonts() -> None:
    """Register the shipped fonts; where they are missing the system's stand in."""
    folder = resources() / "fonts"
    known = QFontDatabase.families()
    if not folder.is_dir() or "Inter" in known:
        return
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in (".ttf", ".otf"):
            QFontDatabase.addApplicationFont(str(path))


def _system_name() -> str:
    scheme = QGuiApplication.styleHints().colorScheme()
    return "dark" if scheme == Qt.ColorScheme.Dark else "light"


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    pairs = {
        role.Window: "bg_surface",
        role.WindowText: "text",
        role.Base: "bg_surface",
        role.AlternateBase: "bg_sunken",
        role.Text: "text",
        role.Button: "bg_surface",
        role.ButtonText: "text",
        role.BrightText: "late",
        role.Highlight: "select_strong",
        role.HighlightedText: "text",
        role.Accent: "accent_fill",
        role.Link: "accent",
        role.LinkVisited: "accent",
        role.PlaceholderText: "text_3",
        role.ToolTipBase: "bg_surface",
        role.ToolTipText: "text",
        role.Light: "border_subtle",
        role.Midlight: "border_subtle",
        role.Mid: "border",
        role.Dark: "border_field",
        role.Shadow: "border_field",
    }
    for which, token in pairs.items():
        palette.setColor(which, theme.color(token))
    for which in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, theme.color("text_disabled"))
    return palette


def _show(app: QApplication, theme: Theme) -> None:
    if signals.images is None or not signals.images.isValid():
        signals.images = QTemporaryDir()
    folder = write_images(theme, signals.images.path())
    signals.theme = theme
    app.setFont(theme.font("body"))
    for kind in ("QPushButton", "QToolButton", "QTabBar"):
        QApplication.setFont(theme.font("strong"), kind)  # type: ignore[arg-type]
    QApplication.setFont(theme.font("small_strong"), "QHeaderView")  # type: ignore[arg-type]
    QApplication.setFont(theme.font("small"), "QToolTip")  # type: ignore[arg-type]
    QApplication.setFont(theme.font("body"), "QMenu")  # type: ignore[arg-type]
    app.setPalette(_palette(theme))
    app.setStyleSheet(build_sheet(theme, folder))
    signals.changed.emit()


def _system_changed() -> None:
    app = QApplication.instance()
    if signals.mode == "system" and isinstance(app, QApplication):
        apply(app, "system", signals.scale)


def apply(app: QApplication, mode: Mode = "light", scale: float = 1.0) -> Theme:
    """Show the light or the dark look, or the one the system asks for, at a text scale."""
    if app.style().objectName().lower() != "fusion" and not app.styleSheet():
        app.setStyle("Fusion")
    load_fonts()
    signals.mode, signals.scale = mode, scale
    if not signals.follows_system:
        signals.follows_system = True
        QGuiApplication.styleHints().colorSchemeChanged.connect(_system_changed)
    name = _system_name() if mode == "system" else mode
    theme = make(name, scale)
    _show(app, theme)
    return theme


def mix(first: QColor, second: QColor, share: float) -> QColor:
    """The colour that lies a share of the way from one to another."""
    share = min(1.0, max(0.0, share))
    parts = zip(first.getRgb()[:3], second.getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(math.floor(a + (b - a) * share + 0.5) for a, b in parts))
