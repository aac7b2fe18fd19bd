"""The quadrant saved as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crmdesk.core.errors import UserError
from crmdesk.core.i18n import _
from crmdesk.features.portfolio.ui.view import View
from crmdesk.qt.desk import Desk
from crmdesk.qt.dialogs import choose_target

if TYPE_CHECKING:
    from crmdesk.features.portfolio.ui.chart import QuadrantChart


def export_picture(desk: Desk, view: View | None, chart: QuadrantChart, parent: QWidget) -> None:
    """Ask for a file and save the quadrant there, where there is one."""
    if view is None or view.portfolio is None:
        return
    filters = [(_("PNG picture"), "*.png")]
    name = _("portfolio") + f" {view.placed.as_of.isoformat()}.png"
    choose_target(parent, _("Export picture"), filters, name, lambda path: save_picture(desk, chart, path))


def save_picture(desk: Desk, chart: QuadrantChart, path: Path) -> None:
    """Save the quadrant, and tell so or why not."""
    try:
        chart.save_picture(path)
    except UserError as error:
        desk.fail(error)
    else:
        desk.tell(_("Picture saved: {name}").format(name=path.name))
