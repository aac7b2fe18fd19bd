"""What the program shows is there: every icon, every colour, every word in every language."""

from __future__ import annotations

import ast
import importlib.util
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog, Message

from tests.reading_code import sources

ROOT = Path(__file__).resolve().parent.parent
ICONS = ROOT / "resources" / "icons"
FONTS = ROOT / "resources" / "fonts"
ICON_CALLS = {"icon", "pixmap", "paint_icon", "set_icon", "set_icon_name", "IconLabel", "IconButton"}
ICON_NAMES = {"icon", "icon_name", "icons"}
HOLDER = re.compile(r"\{[^{}]*\}")
SHOWN = 30
TRANSLATED = ("it", "ru")
THEMES = ("light", "dark")

CALM = ("bg_sidebar", "bg_window", "bg_surface", "bg_sunken", "bg_hover", "select")
STRONG = ("bg_pressed", "select_strong")
INKS = (
    "text",
    "text_2",
    "text_3",
    "accent",
    "key",
    "develop",
    "maintain",
    "marginal",
    "late",
    "due",
    "ok",
    "info",
)
TINTED = ("key", "develop", "maintain", "marginal", "late", "due", "ok", "info")
FILLS = ("accent_fill", "accent_fill_hover", "accent_fill_pressed")
TEXT_PAIRS = (
    *((ink, ground) for ink in INKS for ground in CALM),
    *((ink, ground) for ink in ("text", "text_2", "accent") for ground in STRONG),
    *((ink, f"{tint}_tint") for tint in TINTED for ink in (tint, "text", "text_2", "text_3")),
    *(("text_on_accent", fill) for fill in FILLS),
    ("axis", "bg_surface"),
)
LINE_PAIRS = (
    *(("border_field", ground) for ground in ("bg_sidebar", "bg_window", "bg_surface", "bg_sunken")),
    *(("focus", ground) for ground in (*CALM, *STRONG)),
)


@cache
def trees() -> dict[str, ast.Module]:
    """The syntax tree of every module of the program."""
    paths = sorted((ROOT / "crmdesk").rglob("*.py"))
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


@cache
def tokens() -> dict[str, dict[str, dict[str, str]]]:
    """The design tokens as they are shipped."""
    return tomllib.loads((ROOT / "resources" / "themes" / "crmdesk.toml").read_text(encoding="utf-8"))


@cache
def translations() -> ModuleType:
    """The script that collects and compiles the words."""
    path = ROOT / "packaging" / "translations.py"
    spec = importlib.util.spec_from_file_location("crmdesk_translations", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def catalogue(language: str) -> Catalog:
    """The catalogue of one language."""
    return translations().read_catalogue(language)


@cache
def words_in_code() -> Catalog:
    """Every word that the code marks for translation."""
    return translations().words_in_code()


def texts(found: Catalog) -> list[Message]:
    """The entries of a catalogue without its head."""
    return [message for message in found if message.id]


def forms(message: Message) -> tuple[str, ...]:
    """The translation, or each of its plural forms."""
    return message.string if isinstance(message.string, tuple) else (message.string,)


def refuse(sentences: list[str]) -> None:
    """Fail with one sentence per fault."""
    more = [f"and {len(sentences) - SHOWN} more"] if len(sentences) > SHOWN else []
    if sentences:
        pytest.fail("\n".join(sentences[:SHOWN] + more), pytrace=False)


# Icons and fonts


def written_in(node: ast.expr | None) -> Iterator[str]:
    """The texts an expression can be: itself, or either side of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from written_in(node.body)
        yield from written_in(node.orelse)


def icons_in(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every icon named in a module: in a call that takes one, as icon=..., or as the default of an icon."""
    for node in ast.walk(tree):
        found: list[ast.expr | None] = []
        if isinstance(node, ast.Call):
            found += [word.value for word in node.keywords if word.arg in ICON_NAMES]
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            found += node.args[2:3] if name == "paint_icon" else node.args[:1] if name in ICON_CALLS else []
        elif isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") in ICON_NAMES:
            found.append(node.value)
        yield from ((text, node.lineno) for one in found for text in written_in(one))


def test_every_icon_named_in_the_code_is_shipped() -> None:
    shipped = {path.stem for path in ICONS.glob("*.svg")}
    named = [(place, line, name) for place, tree in trees().items() for name, line in icons_in(tree)]
    refuse([f"{place}:{line} names the icon {name!r}" for place, line, name in named if name not in shipped])


@pytest.mark.parametrize("path", sorted(ICONS.glob("*.svg")), ids=lambda path: path.stem)
def test_an_icon_is_an_outline_that_takes_the_colour_of_the_theme(path: Path) -> None:
    drawing = path.read_text(encoding="utf-8")
    assert 'stroke="currentColor"' in drawing
    assert 'viewBox="0 0 24 24"' in drawing
    assert 'stroke-width="1.75"' in drawing


def test_icons_and_fonts_bring_their_licences() -> None:
    assert "ISC License" in (ICONS / "LICENSE.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in (FONTS / "LICENSE.txt").read_text(encoding="utf-8")
    assert len(list(FONTS.glob("Inter-*.otf"))) == 3


# Colours


def brightness(color: str) -> float:
    """Relative luminance of a colour, as WCAG 2 defines it."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21, as WCAG 2 defines it."""
    low, high = sorted((brightness(one), brightness(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_can_be_read_on_its_ground(theme: str) -> None:
    color = tokens()["color"][theme]
    found = {(ink, ground): contrast(color[ink], color[ground]) for ink, ground in TEXT_PAIRS}
    refuse([f"{theme}: {ink} on {ground} has {c:.2f} : 1" for (ink, ground), c in found.items() if c < 4.5])


@pytest.mark.parametrize("theme", THEMES)
def test_fields_and_the_focus_ring_stand_out(theme: str) -> None:
    color = tokens()["color"][theme]
    found = {(line, ground): contrast(color[line], color[ground]) for line, ground in LINE_PAIRS}
    refuse([f"{theme}: {line} on {ground} has {c:.2f} : 1" for (line, ground), c in found.items() if c < 3])


def test_both_themes_have_the_same_names_and_well_formed_colours() -> None:
    light, dark = (tokens()["color"][theme] for theme in THEMES)
    assert light.keys() == dark.keys()
    for name, color in (*light.items(), *dark.items()):
        assert re.fullmatch(r"#[0-9A-F]{6}([0-9A-F]{2})?", color), name


def test_every_colour_named_in_the_code_is_a_token() -> None:
    known = tokens()["color"]["light"].keys()
    calls = [(at, one) for at, tree in trees().items() for one in ast.walk(tree) if isinstance(one, ast.Call)]
    refuse(
        [
            f"{place}:{call.lineno} names the colour {name!r}, but tokens know no such name"
            for place, call in calls
            if place.startswith(("crmdesk/qt", "crmdesk/features"))
            and getattr(call.func, "attr", "") in ("color", "hex")
            for name in (written_in(call.args[0]) if call.args else ())
            if name not in known
        ]
    )


# Words


@pytest.mark.parametrize("language", ("en", *TRANSLATED))
def test_a_catalogue_is_in_step_with_the_code(language: str) -> None:
    in_code = {(message.id, message.context) for message in texts(words_in_code())}
    listed = {(message.id, message.context) for message in texts(catalogue(language))}
    missing = [f"{language} lacks {id_!r}" for id_, _context in sorted(in_code - listed, key=str)]
    stale = [
        f"{language} has {id_!r}, which no code says" for id_, _context in sorted(listed - in_code, key=str)
    ]
    advice = ["Run: python packaging/translations.py extract"] if missing or stale else []
    refuse(advice + missing + stale)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated(language: str) -> None:
    found = texts(catalogue(language))
    refuse(
        [f"{language}: {message.id!r} is not translated" for message in found if not all(forms(message))]
        + [f"{language}: {message.id!r} is marked fuzzy" for message in found if message.fuzzy]
    )


@pytest.mark.parametrize(("language", "count"), [("en", 2), ("it", 2), ("ru", 3)])
def test_plurals_have_the_forms_of_the_language(language: str, count: int) -> None:
    plural = [message for message in texts(catalogue(language)) if message.pluralizable]
    assert catalogue(language).num_plurals == count
    refuse([f"{language}: {message.id!r}" for message in plural if len(forms(message)) != count])


@pytest.mark.parametrize("language", ("en", *TRANSLATED))
def test_a_translation_keeps_the_place_holders(language: str) -> None:
    refuse(
        [
            f"{language}: {message.id!r}"
            for message in texts(catalogue(language))
            if not holders_agree(message)
        ]
    )


def holders_agree(message: Message) -> bool:
    """Whether each form has the place holders of the text; a form for one may leave out the number."""
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    asked = {holder for text in ids for holder in HOLDER.findall(text)}
    given = [set(HOLDER.findall(form)) for form in forms(message) if form]
    if message.pluralizable:
        always = set(HOLDER.findall(ids[0])) - {"{n}"}
        return all(always <= holders <= asked for holders in given)
    return all(holders == asked for holders in given)


def test_words_are_marked_in_a_way_that_can_be_collected() -> None:
    marks = {"_", "N_", "ngettext", "pgettext"}
    calls = [(at, one) for at, tree in trees().items() for one in ast.walk(tree) if isinstance(one, ast.Call)]
    refuse(
        [
            f"{place}:{call.lineno} puts a text together inside {ast.unparse(call.func)}()"
            for place, call in calls
            if ast.unparse(call.func).split(".")[-1] in marks
            for given in call.args
            if isinstance(given, ast.JoinedStr) or ".format(" in ast.unparse(given)
        ]
    )


def test_no_text_to_translate_hides_in_an_f_string() -> None:
    hidden = [
        f"{source.name}:{call.lineno}"
        for source in sources()
        for text in ast.walk(source.tree)
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in ("_", "ngettext")
        if call.args and isinstance(call.args[0], ast.Constant)
    ]
    assert hidden == []
