"""Lucide icons in the colours of the theme, drawn once per size and screen."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from crmdesk.core.paths import resources
from crmdesk.qt import theme

_STROKE = "1.75"
_MISSING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><circle cx="12" cy="12" r="2"/></svg>'


@lru_cache(maxsize=512)
def source(name: str) -> str:
    """The drawing of an icon as it was shipped, or a dot where it is missing."""
    path = resources() / "icons" / f"{name}.svg"
    if not path.is_file():
        return _MISSING
    return path.read_text("utf-8").replace('stroke-width="2"', f'stroke-width="{_STROKE}"')


def exists(name: str) -> bool:
    """Whether an icon of this name is shipped."""
    return (resources() / "icons" / f"{name}.svg").is_file()


@lru_cache(maxsize=1024)
def _render(name: str, color: str, size: int, ratio: float) -> QPixmap:
    svg = source(name).replace("currentColor", color)
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(pixmap.rect()))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _ratio() -> float:
    app = QGuiApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0


def pixmap(name: str, color: str = "text_2", size: int = 16, ratio: float = 0.0) -> QPixmap:
    """An icon as a picture, in a token's colour, for a screen of the given pixel ratio."""
    now = theme.current()
    return _render(name, now.hex(color), max(1, round(size * now.scale)), ratio or _ratio())


def icon(name: str, color: str = "text_2", size: int = 16) -> QIcon:
    """An icon for buttons and menus, in a token's colour, greyed when disabled."""
    made = QIcon(pixmap(name, color, size))
    made.addPixmap(pixmap(name, "text_disabled", size), QIcon.Mode.Disabled)
    return made


def paint_icon(painter: QPainter, rect: QRectF, name: str, color: str = "text_2", size: int = 16) -> None:
    """Draw an icon centred in a rectangle, at the pixel ratio of what is painted on."""
    device = painter.device()
    drawn = pixmap(name, color, size, device.devicePixelRatioF() if device else 1.0)
    width = drawn.width() / drawn.devicePixelRatio()
    height = drawn.height() / drawn.devicePixelRatio()
    painter.drawPixmap(round(rect.center().x() - width / 2), round(rect.center().y() - height / 2), drawn)


def app_icon() -> QIcon:
    """The icon of the program: the diamond of a key customer on an accent field."""
    made = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        picture = QPixmap(size, size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.make("light").color("accent_fill"))
        painter.drawRoundedRect(QRectF(0, 0, size, size), size * 0.2, size * 0.2)
        painter.setBrush(QColor(Qt.GlobalColor.white))
        painter.translate(size / 2, size / 2)
        painter.rotate(45)
        half = size * 0.24
        painter.drawRect(QRectF(-half, -half, half * 2, half * 2))
        painter.end()
        made.addPixmap(picture)
    return made
