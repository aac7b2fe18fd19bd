"""A widget saved as a picture file, at twice its size on screen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from crmdesk.core.errors import UserError
from crmdesk.core.i18n import _
from crmdesk.qt import theme

SCALE = 2.0


def save_picture(widget: QWidget, path: Path) -> None:
    """Save a widget as it stands as a PNG picture."""
    picture = QPixmap(widget.size() * SCALE)
    picture.setDevicePixelRatio(SCALE)
    picture.fill(theme.current().color("bg_surface"))
    widget.render(picture)
    if not picture.save(str(path), "PNG"):
        raise UserError(_("The picture could not be saved there. Choose another folder."))
