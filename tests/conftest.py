"""What the whole suite stands on: no network, no screen, one way of being random."""

from __future__ import annotations

import gc
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("LC_ALL", "C.UTF-8")

import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

from crmdesk.core import i18n
from crmdesk.core.feature import load
from crmdesk.core.store import Store
from crmdesk.features import SLICES

LOCAL_FAMILY = getattr(socket, "AF_UNIX", None)
LOOKUPS = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.sendto")


class NetworkForbidden(RuntimeError):
    """Something tried to reach the network during the tests."""


def forbid_network(event: str, arguments: tuple[object, ...]) -> None:
    """Stop every socket that could leave this machine, at the lowest level Python has."""
    if event == "socket.__new__" and arguments[1] != LOCAL_FAMILY:
        raise NetworkForbidden(f"crmdesk uses no network, but a socket was opened: {arguments[1]!r}")
    if event in LOOKUPS:
        raise NetworkForbidden(f"crmdesk uses no network, but {event} was called")


sys.addaudithook(forbid_network)

PATIENCE_MS = 20_000
# A busy machine may take longer than the five seconds of pytest-qt; a wait that ends well costs nothing.
QtBot.waitUntil.__kwdefaults__["timeout"] = PATIENCE_MS

settings.register_profile(
    "crmdesk",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("crmdesk")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared data and corpora beside the repository."""
    folder = Path(__file__).resolve().parent.parent.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder shared/ with its data is not beside the repository")
    return folder


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for each test: settings, logs and data never touch the owner's."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("CRMDESK_HOME", str(folder))
    i18n.install("en")
    return folder


@pytest.fixture(autouse=True)
def collected_on_the_window_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """Widgets of a test die on the thread they live on, never on a worker that happens to collect."""
    if "qtbot" not in request.fixturenames:
        yield
        return
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture
def store() -> Iterator[Store]:
    """A fresh customer file with everything the slices keep."""
    opened = Store.memory(load(SLICES).derived())
    yield opened
    opened.close()


def pytest_sessionfinish() -> None:
    """Let go of what a test left in the clipboard, as the program does when it ends."""
    if "crmdesk.desktop" in sys.modules or "PySide6.QtWidgets" in sys.modules:
        from PySide6.QtWidgets import QApplication

        if QApplication.instance() is not None:
            QApplication.clipboard().clear()
