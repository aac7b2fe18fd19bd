"""crmdesk never talks to a network: not in the tests, and not in any of its modules."""

from __future__ import annotations

import ast
import socket
import urllib.request
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "crmdesk"
NETWORK_MODULES = {
    "PySide6.QtNetwork",
    "aiohttp",
    "asyncio",
    "ftplib",
    "http",
    "httpx",
    "imaplib",
    "poplib",
    "requests",
    "smtplib",
    "socket",
    "socketserver",
    "ssl",
    "telnetlib",
    "urllib.request",
    "urllib3",
    "webbrowser",
    "xmlrpc",
}


def imported_modules(source: str) -> set[str]:
    """Every module a source names, with each of the packages above it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return {".".join(name.split(".")[: end + 1]) for name in names for end in range(name.count(".") + 1)}


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_no_test_can_open_a_socket(family: socket.AddressFamily) -> None:
    with pytest.raises(RuntimeError, match="no network"):
        socket.socket(family, socket.SOCK_STREAM)


def test_no_test_can_look_up_a_name_or_an_address() -> None:
    with pytest.raises(RuntimeError, match="no network"):
        socket.getaddrinfo("localhost", 80)
    with pytest.raises(RuntimeError, match="no network"):
        urllib.request.urlopen("http://127.0.0.1:9/", timeout=1)


def test_no_module_imports_anything_that_reaches_a_network() -> None:
    guilty = [
        f"{path.relative_to(PACKAGE.parent)} imports {name}, and crmdesk uses no network"
        for path in sorted(PACKAGE.rglob("*.py"))
        for name in sorted(imported_modules(path.read_text(encoding="utf-8")) & NETWORK_MODULES)
    ]
    assert not guilty, "\n".join(guilty)


def test_the_scan_sees_an_import_in_every_form() -> None:
    assert "socket" in imported_modules("def f():\n    import socket as s")
    assert "urllib.request" in imported_modules("from urllib import request")
    assert "PySide6.QtNetwork" in imported_modules("from PySide6.QtNetwork import QTcpSocket")
    assert "http" in imported_modules("import http.client")
