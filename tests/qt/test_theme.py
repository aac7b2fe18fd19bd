"""The look comes from the tokens: contrast, scale, fonts, images and icons."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QApplication

from crmdesk.core.paths import resources
from crmdesk.qt import icons, theme
from crmdesk.qt.style_sheet import build_sheet

TEXTS = ("text", "text_2", "text_3")
GROUNDS = ("bg_sidebar", "bg_window", "bg_surface", "bg_sunken", "bg_hover", "select")
TINTED = ("key", "develop", "maintain", "marginal", "late", "due", "ok", "info")


def luminance(color: QColor) -> float:
    parts = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in color.getRgbF()[:3]
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_all_text_can_be_read_on_all_grounds(name: str) -> None:
    look = theme.make(name)
    pairs = [(text, ground) for text in TEXTS for ground in GROUNDS]
    pairs += [(token, f"{token}_tint") for token in TINTED]
    pairs += [("text_on_accent", "accent_fill"), ("accent", "bg_surface"), ("accent", "select")]
    weak = [pair for pair in pairs if contrast(look.color(pair[0]), look.color(pair[1])) < 4.5]
    assert weak == []


@pytest.mark.parametrize("name", ["light", "dark"])
def test_field_borders_and_the_focus_ring_stand_out(name: str) -> None:
    look = theme.make(name)
    for token in ("border_field", "focus"):
        assert contrast(look.color(token), look.color("bg_surface")) >= 3.3


def test_sizes_and_fonts_grow_with_the_text_scale_and_lines_do_not() -> None:
    look = theme.make("light", 1.3)
    assert look.size("row_two_line") == 60
    assert look.size("hairline") == 1
    assert look.font("body").pixelSize() == 17


def test_numbers_are_as_wide_as_each_other(light: theme.Theme) -> None:
    metrics = QFontMetricsF(light.font("body"))
    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("8888")
    assert QFontInfo(light.font("strong")).family() == "Inter"


def test_the_scrim_keeps_its_transparency() -> None:
    assert theme.make("light").color("scrim").alpha() == 0x66


def test_the_style_sheet_names_only_images_that_exist(light: theme.Theme, tmp_path: object) -> None:
    sheet = build_sheet(light, "here")
    assert "$" not in sheet
    assert theme.signals.images is not None
    folder = theme.signals.images.path()
    names = {part.split(")")[0] for part in sheet.split("url(here/")[1:]}
    assert all((Path(folder) / "light" / name).is_file() for name in names)


def test_switching_the_look_tells_those_who_paint(qapp: QApplication) -> None:
    told: list[str] = []
    theme.signals.changed.connect(lambda: told.append(theme.current().name))
    theme.apply(qapp, "dark")
    theme.apply(qapp, "light")
    assert told[-2:] == ["dark", "light"]


def test_icons_take_the_colour_of_a_token(light: theme.Theme) -> None:
    image = icons.pixmap("square", "late", 32, 1.0).toImage()
    colors = {
        image.pixelColor(x, y).name()
        for x in range(32)
        for y in range(32)
        if image.pixelColor(x, y).alpha() > 250
    }
    assert light.hex("late").lower() in colors


def test_every_icon_the_toolkit_names_is_shipped() -> None:
    source = resources().parent / "crmdesk" / "qt"
    texts = "".join(path.read_text("utf-8") for path in source.glob("*.py"))
    named = set(re.findall(r'(?:IconButton|set_icon|IconLabel|paint_icon)\([^")]*"([a-z0-9-]+)"', texts))
    tokens = set(theme.current().tokens.colors["light"])
    assert {name for name in named - tokens if not icons.exists(name)} == set()
