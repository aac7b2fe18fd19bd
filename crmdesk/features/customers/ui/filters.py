"""The filters of the customer list: chips for those that are on, a menu for more, the count at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from crmdesk.core.i18n import N_, _
from crmdesk.features.customers.listing import CustomerFilter
from crmdesk.features.customers.records import KINDS
from crmdesk.features.customers.ui.source import CLUSTER_WORDS, STATE_WORDS
from crmdesk.qt.plain_text import menu_text
from crmdesk.qt.widgets import AddFilterChip, FilterChip, FlowLayout, label

KIND_WORDS = tuple((choice.key, choice.label) for choice in KINDS)


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing to filter by: the part of the filter it sets, its name, its values with their words."""

    part: str
    name: str
    values: tuple[tuple[str, str], ...]


FACETS = (
    Facet("clusters", N_("Cluster"), CLUSTER_WORDS),
    Facet("kinds", N_("Kind"), KIND_WORDS),
    Facet("states", N_("Status"), STATE_WORDS),
)


class FilterBar(QWidget):
    """A row of chips; `changed` sends the new filter."""

    changed = Signal(object)

    def __init__(self, tags: Callable[[], Sequence[str]], parent: QWidget | None = None) -> None:
        """Start without filters; `tags` names the tags there are, when the menu opens."""
        super().__init__(parent)
        self._tags = tags
        self._filter = CustomerFilter()
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips)
        self.count = label("", "small", "text_3")
        self.add_chip: AddFilterChip | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 10)
        row.setSpacing(8)
        row.addWidget(self._chips, 1)
        row.addWidget(self.count)
        self._show_chips()

    @property
    def chosen(self) -> CustomerFilter:
        """The filter that is on, without the words of the search."""
        return self._filter

    def choose(self, chosen: CustomerFilter) -> None:
        """Set the filter and tell it."""
        if chosen != self._filter:
            self._filter = chosen
            self._show_chips()
            self.changed.emit(chosen)

    def clear(self) -> None:
        """Take all filters away."""
        self.choose(CustomerFilter())

    def set_count(self, text: str) -> None:
        """Say how many are shown."""
        self.count.setText(text)

    def facets(self) -> tuple[Facet, ...]:
        """What can be filtered by now; tags only where there are any."""
        tags = tuple((name, name) for name in self._tags())
        return (*FACETS, Facet("tags", N_("Tag"), tags)) if tags else FACETS

    def menu(self) -> QMenu:
        """All filters, each value with its tick, and the trash."""
        menu = QMenu(self)
        for facet in self.facets():
            self._fill(menu.addMenu(_(facet.name)), facet)
        menu.addSeparator()
        trash = menu.addAction(_("Trash"))
        trash.setCheckable(True)
        trash.setChecked(self._filter.trashed)
        trash.toggled.connect(lambda on: self.choose(CustomerFilter(trashed=on)))
        if self._filter.limits:
            menu.addAction(_("Clear filters"), self.clear)
        return menu

    def _fill(self, menu: QMenu, facet: Facet) -> None:
        on = getattr(self._filter, facet.part)
        for key, word in facet.values:
            action = menu.addAction(menu_text(_(word)))
            action.setCheckable(True)
            action.setChecked(key in on)
            action.toggled.connect(lambda now, part=facet.part, which=key: self._set(part, which, now))

    def _set(self, part: str, key: str, on: bool) -> None:
        before: tuple[str, ...] = getattr(self._filter, part)
        order = [value for facet in self.facets() if facet.part == part for value, _word in facet.values]
        now = {*before, key} if on else set(before) - {key}
        values = tuple(sorted(now, key=lambda value: order.index(value) if value in order else len(order)))
        self._put(part, values)

    def _put(self, part: str, values: tuple[str, ...]) -> None:
        changed: dict[str, Any] = {part: values, "trashed": False}
        self.choose(replace(self._filter, **changed))

    def _show_chips(self) -> None:
        self._flow.clear()
        for facet in self.facets():
            on = getattr(self._filter, facet.part)
            if on:
                words = dict(facet.values)
                chip = FilterChip(_(facet.name), ", ".join(_(words.get(key, key)) for key in on))
                chip.clicked.connect(lambda checked=False, which=facet, at=chip: self._open_facet(which, at))
                chip.closed.connect(lambda part=facet.part: self._put(part, ()))
                self._add(chip)
        if self._filter.ids:
            picked = FilterChip(_("Selection"), str(len(self._filter.ids)))
            picked.closed.connect(lambda: self._put("ids", ()))
            self._add(picked)
        if self._filter.trashed:
            trash = FilterChip("", _("Trash"))
            trash.closed.connect(self.clear)
            self._add(trash)
        self.add_chip = AddFilterChip(_("Filter"))
        self.add_chip.clicked.connect(self._open_menu)
        self._add(self.add_chip)
        self._chips.updateGeometry()
        self._flow.invalidate()

    def _add(self, chip: QWidget) -> None:
        self._flow.addWidget(chip)
        chip.show()

    def _open_menu(self) -> None:
        if self.add_chip is not None:
            self.menu().popup(self.add_chip.mapToGlobal(QPoint(0, self.add_chip.height() + 2)))

    def _open_facet(self, facet: Facet, chip: QWidget) -> None:
        menu = QMenu(self)
        self._fill(menu, facet)
        menu.popup(chip.mapToGlobal(QPoint(0, chip.height() + 2)))
