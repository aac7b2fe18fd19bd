"""One door to the small parts of the toolkit: labels, buttons, chips, messages and layouts."""

from __future__ import annotations

from crmdesk.qt.bands import Band, EmptyState, IconLabel, ProgressBand
from crmdesk.qt.buttons import Button, IconButton, KeyRingButton, paint_focus_ring
from crmdesk.qt.chips import AddFilterChip, Badge, Chip, FilterChip, SegmentedControl
from crmdesk.qt.glyphs import ClusterBadge, Glyph
from crmdesk.qt.labels import (
    ElidedLabel,
    FigureLabel,
    HLine,
    KeyFigure,
    KeyFigureStrip,
    Label,
    SectionLabel,
    VLine,
    label,
    section_label,
)
from crmdesk.qt.layouts import FlowLayout, Splitter, column, row, scrolling
from crmdesk.qt.restyle import set_property
from crmdesk.qt.search_field import SearchField
from crmdesk.qt.sparkline import Sparkline, paint_bars
from crmdesk.qt.tabs import TabBar

__all__ = [
    "AddFilterChip",
    "Badge",
    "Band",
    "Button",
    "Chip",
    "ClusterBadge",
    "ElidedLabel",
    "EmptyState",
    "FigureLabel",
    "FilterChip",
    "FlowLayout",
    "Glyph",
    "HLine",
    "IconButton",
    "IconLabel",
    "KeyFigure",
    "KeyFigureStrip",
    "KeyRingButton",
    "Label",
    "ProgressBand",
    "SearchField",
    "SectionLabel",
    "SegmentedControl",
    "Sparkline",
    "Splitter",
    "TabBar",
    "VLine",
    "column",
    "label",
    "paint_bars",
    "paint_focus_ring",
    "row",
    "scrolling",
    "section_label",
    "set_property",
]
