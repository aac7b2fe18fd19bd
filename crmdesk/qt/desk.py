"""The desk: what a page is given to work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from crmdesk.core.i18n import Region
    from crmdesk.core.settings import Settings
    from crmdesk.core.store import Store
    from crmdesk.qt.actions import Actions
    from crmdesk.qt.job_runner import JobRunner
    from crmdesk.qt.store_signals import StoreSignals


class Go(Protocol):
    """Opens a page by name, with what it should show."""

    def __call__(self, page: str, /, **args: object) -> None:
        """Bring a page to the front."""


class Tell(Protocol):
    """Says in the window what happened."""

    def __call__(self, text: str, undo: bool = False) -> None:
        """Show a sentence, with Undo beside it where there is a way back."""


@dataclass(frozen=True)
class Desk:
    """The bundle of store, settings, jobs and ways through the program that every page receives."""

    store: Store
    settings: Settings
    region: Region
    jobs: JobRunner
    actions: Actions
    signals: StoreSignals
    features: Any
    open_customer: Callable[[str], None]
    go: Go
    tell: Tell
    fail: Callable[[BaseException], None]
