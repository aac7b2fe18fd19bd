"""The settings survive a restart, nonsense and a damaged file."""

from __future__ import annotations

import stat
import sys
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.core import paths, settings
from crmdesk.core.settings import Settings

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def test_saved_settings_are_read_back(tmp_path: Path) -> None:
    wanted = Settings(language="ru", text_scale=130, recent=("/a", 'C:\\b "c"'), firm="Ёлка\nè")
    settings.save(wanted, tmp_path / "deep" / "settings.toml")
    assert settings.load(tmp_path / "deep" / "settings.toml") == settings.Loaded(wanted)


@given(
    TEXT,
    st.lists(TEXT),
)
def test_any_text_survives(tmp_path: Path, firm: str, recent: list[str]) -> None:
    wanted = Settings(firm=firm, recent=tuple(recent))
    settings.save(wanted, tmp_path / "settings.toml")
    assert settings.load(tmp_path / "settings.toml").settings == wanted


def test_a_name_no_file_can_hold_is_marked(tmp_path: Path) -> None:
    settings.save(Settings(firm="a\udcffb"), tmp_path / "settings.toml")
    assert settings.load(tmp_path / "settings.toml").settings.firm == "a\ufffdb"


def test_without_a_file_the_defaults_are_used_quietly(tmp_path: Path) -> None:
    assert settings.load(tmp_path / "none.toml") == settings.Loaded(Settings())


def test_a_broken_file_is_set_aside_and_told(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("language = [", encoding="utf-8")
    loaded = settings.load(path)
    assert loaded.settings == Settings() and "settings.broken.toml" in (loaded.warning or "")
    assert (tmp_path / "settings.broken.toml").read_text(encoding="utf-8") == "language = ["
    assert not path.exists()


def test_a_file_that_is_no_text_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(b"\xff\xfe\x00")
    assert settings.load(path).warning


def test_unknown_keys_are_left_out_and_nonsense_is_reset(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('colour = "red"\ntheme = "pink"\ntext_scale = true\nfirm = "Bar"\n', encoding="utf-8")
    loaded = settings.load(path)
    assert loaded.settings == Settings(firm="Bar")
    assert loaded.warning == "2 settings made no sense and were reset."


@pytest.mark.parametrize(
    ("name", "value", "valid"),
    [
        ("text_scale", 100, True), ("text_scale", 20, False), ("theme", "dark", True), ("theme", 1, False),
        ("currency", "EUR", True), ("currency", "euro", False), ("recent", ["a"], True),
        ("recent", [1], False),
        ("language", "it", True), ("language", "fi", False), ("firm", "anything", True),
    ],
)  # fmt: skip
def test_values_are_checked(name: str, value: object, valid: bool) -> None:
    assert settings.is_valid(name, value) is valid


def test_every_default_is_valid_and_every_shown_setting_has_a_label() -> None:
    assert all(settings.is_valid(entry.name, getattr(Settings(), entry.name)) for entry in fields(Settings))
    assert all(shape.label for shape in settings.shapes().values())
    assert "last_store" not in settings.shapes()


def test_the_last_store_comes_first_among_the_recent_ones() -> None:
    used = Settings()
    for number in range(12):
        used = used.with_store(Path(f"/{number % 10}"))
    assert used.last_store == str(Path("/1"))
    assert len(used.recent) == settings.MOST_RECENT and used.recent[0] == str(Path("/1"))
    assert len(set(used.recent)) == len(used.recent)


def test_region_and_currency_follow_the_choice() -> None:
    assert Settings(region="it_IT", currency="CHF").used_region().currency == "CHF"
    assert Settings(language="ru").used_language() == "ru"
    assert Settings(language="ru").used_region().code == "ru_RU"


def test_a_failed_save_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.mkdir()
    with pytest.raises(OSError):
        settings.save(Settings(firm="new"), path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["settings.toml"]
    assert settings.load(path).warning


@pytest.mark.skipif(sys.platform == "win32", reason="file modes are a matter of Unix")
def test_only_the_owner_may_read_the_settings(tmp_path: Path) -> None:
    settings.save(Settings(), tmp_path / "settings.toml")
    assert stat.S_IMODE((tmp_path / "settings.toml").stat().st_mode) == 0o600


def test_one_variable_moves_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "home"))
    folders = [paths.data(), paths.config(), paths.logs()]
    assert all(folder.is_dir() and folder.parent == tmp_path / "home" for folder in folders)
    assert paths.settings_file().parent == paths.config()


def test_resources_are_found_in_a_checkout_and_in_a_frozen_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert paths.resource("icons") == paths.resources() / "icons"
    (tmp_path / "crmdesk" / "resources").mkdir(parents=True)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources() == tmp_path / "crmdesk" / "resources"
