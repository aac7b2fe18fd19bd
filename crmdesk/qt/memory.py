"""Where windows, splitters and columns keep their sizes between two starts."""

from __future__ import annotations

from PySide6.QtCore import QSettings

from crmdesk.core import paths


def window_settings() -> QSettings:
    """A small file in the configuration folder; nothing of a customer is in it."""
    return QSettings(str(paths.config() / "window.ini"), QSettings.Format.IniFormat)
