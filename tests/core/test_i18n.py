"""Texts follow the language in all threads, and fall back to English."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from crmdesk.core import i18n
from crmdesk.core.i18n import N_, REGIONS, _, ngettext, pgettext, region


@pytest.fixture(autouse=True)
def _english_after() -> Iterator[None]:
    yield
    i18n.install("en")


@pytest.fixture
def russian(tmp_path: Path) -> Path:
    """A folder with a small Russian catalogue."""
    catalogue = Catalog(locale="ru")
    catalogue.add("Today", "Сегодня")
    catalogue.add("Open", "Открыто", context="state")
    catalogue.add(("{n} day", "{n} days"), ("{n} день", "{n} дня", "{n} дней"))
    packed = io.BytesIO()
    write_mo(packed, catalogue)
    target = tmp_path / "ru" / "LC_MESSAGES" / "crmdesk.mo"
    target.parent.mkdir(parents=True)
    target.write_bytes(packed.getvalue())
    return tmp_path


def test_a_catalogue_translates_texts_and_plurals(russian: Path) -> None:
    assert i18n.install("ru", russian) == "ru"
    assert (_("Today"), pgettext("state", "Open"), _("unknown")) == ("Сегодня", "Открыто", "unknown")
    forms = [ngettext("{n} day", "{n} days", n).format(n=n) for n in (1, 2, 5, 11, 21, 22, 111)]
    assert forms == ["1 день", "2 дня", "5 дней", "11 дней", "21 день", "22 дня", "111 дней"]


def test_an_empty_text_stays_empty(russian: Path) -> None:
    i18n.install("ru", russian)
    assert _("") == ""


def test_every_thread_speaks_the_language_in_use(russian: Path) -> None:
    i18n.install("ru", russian)
    heard: list[str] = []
    thread = threading.Thread(target=lambda: heard.append(_("Today")))
    thread.start()
    thread.join()
    assert heard == ["Сегодня"]


def test_without_a_catalogue_everything_is_english(tmp_path: Path) -> None:
    assert i18n.install("it", tmp_path) == "en"
    assert (_("Today"), ngettext("{n} day", "{n} days", 2), N_("Today")) == ("Today", "{n} days", "Today")


def test_a_language_we_do_not_speak_becomes_english(russian: Path) -> None:
    i18n.install("ru", russian)
    assert (i18n.install("../ru", russian), i18n.language()) == ("en", "en")


@pytest.mark.parametrize(
    ("code", "found"),
    [("it_IT", "it_IT"), ("it-CH", "it_CH"), ("ru_RU.UTF-8", "ru_RU"), ("de_LU", "de_DE"), ("xx", "en_GB")],
)
def test_an_unknown_region_becomes_the_nearest_one(code: str, found: str) -> None:
    assert region(code).code == found


def test_each_language_has_a_region_of_its_own() -> None:
    assert [i18n.default_region(code).code for code in ("it", "en", "ru")] == ["it_IT", "en_GB", "ru_RU"]


def test_no_region_confuses_its_two_marks() -> None:
    for place in REGIONS.values():
        assert place.decimal in ",." and place.decimal != place.group
        assert sorted(place.date_order) == ["d", "m", "y"] and 0 <= place.first_weekday <= 6


def test_the_computer_tells_language_and_region(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LC_MONETARY", "LC_TIME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "it_IT.UTF-8")
    assert (i18n.system_language(), i18n.system_region().code) == ("it", "it_IT")
    monkeypatch.setenv("LC_ALL", "fi_FI.UTF-8")
    assert (i18n.system_language(), i18n.system_region().code) == ("en", "en_GB")
