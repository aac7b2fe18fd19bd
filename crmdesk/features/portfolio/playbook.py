"""What to do with each cluster: the playbook as it is shipped, in the language of the screen."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

from crmdesk.core import paths
from crmdesk.features.portfolio.rules import Cluster

FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Playbook:
    """How to treat the customers of one cluster."""

    aim: str
    do: tuple[str, ...]
    dont: tuple[str, ...]
    phrases: tuple[str, ...]


def playbook(cluster: Cluster, language: str) -> Playbook:
    """Read the shipped playbook of a cluster; a language without one gets the English text."""
    folder = paths.resource("playbooks")
    file = folder / f"{language[:2].lower()}.toml"
    if not file.is_file():
        file = folder / f"{FALLBACK}.toml"
    page = tomllib.loads(file.read_text(encoding="utf-8"))[cluster.value]
    return Playbook(page["aim"], tuple(page["do"]), tuple(page["dont"]), tuple(page["phrases"]))
