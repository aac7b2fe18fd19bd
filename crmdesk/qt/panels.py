"""F6: the focus walks between the panels of the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QSplitter, QWidget


def _first_stop(panel: QWidget) -> QWidget | None:
    views = [view for view in panel.findChildren(QAbstractItemView) if _open_to_keys(view)]
    if isinstance(panel, QAbstractItemView) and _open_to_keys(panel):
        return panel
    if views:
        return views[0]
    stops = [child for child in [panel, *panel.findChildren(QWidget)] if _open_to_keys(child)]
    return stops[0] if stops else None


def _open_to_keys(widget: QWidget) -> bool:
    by_tab = widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
    return bool(by_tab) and widget.isVisible() and widget.isEnabled()


def _panels(window: QWidget) -> list[QWidget]:
    found: list[QWidget] = []
    for splitter in window.findChildren(QSplitter):
        if splitter.isVisible():
            places = [splitter.widget(place) for place in range(splitter.count())]
            found += [place for place in places if place is not None]
    nested = {
        id(panel) for panel in found for other in found if panel is not other and panel.isAncestorOf(other)
    }
    return [panel for panel in found if id(panel) not in nested and panel.isVisible()]


def next_panel(window: QWidget, step: int) -> None:
    """Move the focus to the next panel: sidebar, then the parts of the page."""
    sidebar = window.findChild(QWidget, "sidebar")
    panels = ([sidebar] if sidebar is not None and sidebar.isVisible() else []) + _panels(window)
    stops = [(panel, stop) for panel in panels if (stop := _first_stop(panel)) is not None]
    if not stops:
        return
    focused = window.focusWidget()
    inside = [
        panel is focused or (focused is not None and panel.isAncestorOf(focused)) for panel, _stop in stops
    ]
    here = inside.index(True) if True in inside else -1
    stops[(here + step) % len(stops)][1].setFocus(Qt.FocusReason.TabFocusReason)
