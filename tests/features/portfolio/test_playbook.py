"""The shipped playbooks: complete in every language and short enough to act on."""

from __future__ import annotations

import re

import pytest

from crmdesk.features.portfolio.playbook import playbook
from crmdesk.features.portfolio.rules import Cluster


@pytest.mark.parametrize("language", ["en", "it", "ru"])
@pytest.mark.parametrize("cluster", list(Cluster))
def test_every_cluster_has_an_aim_what_to_do_and_three_phrases(cluster: Cluster, language: str) -> None:
    page = playbook(cluster, language)
    assert page.aim and len(page.do) >= 5 and len(page.dont) >= 3 and len(page.phrases) == 3


@pytest.mark.parametrize("language", ["en", "it", "ru"])
@pytest.mark.parametrize("cluster", list(Cluster))
def test_every_sentence_is_short_and_calm(cluster: Cluster, language: str) -> None:
    page = playbook(cluster, language)
    for text in (page.aim, *page.do, *page.dont, *page.phrases):
        assert "!" not in text
        assert all(len(sentence.split()) <= 15 for sentence in re.split(r"[.?:] ?", text)), text


def test_the_languages_have_the_same_number_of_lines() -> None:
    for cluster in Cluster:
        shapes = {(len(p.do), len(p.dont)) for p in (playbook(cluster, lang) for lang in ("en", "it", "ru"))}
        assert len(shapes) == 1


def test_a_language_without_a_playbook_gets_the_english_one() -> None:
    assert playbook(Cluster.KEY, "de_AT") == playbook(Cluster.KEY, "en")
    assert playbook(Cluster.KEY, "it_IT") == playbook(Cluster.KEY, "it")
