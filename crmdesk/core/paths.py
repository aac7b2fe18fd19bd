"""Where the data, the settings, the logs and the shipped resources of crmdesk live."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

HOME_VARIABLE = "CRMDESK_HOME"
PRIVATE_FOLDER = 0o700


def data() -> Path:
    """The folder of the customer databases."""
    return _private(_home("data") or Path(platformdirs.user_data_dir("crmdesk", False)))


def config() -> Path:
    """The folder of the personal settings."""
    return _private(_home("config") or Path(platformdirs.user_config_dir("crmdesk", False)))


def logs() -> Path:
    """The folder of the log and of the crash reports."""
    return _private(_home("logs") or Path(platformdirs.user_log_dir("crmdesk", False)))


def settings_file() -> Path:
    """The file that keeps the personal settings."""
    return config() / "settings.toml"


def resources() -> Path:
    """The folder of icons, themes and catalogues, in a checkout, a wheel or a frozen build."""
    package = Path(__file__).resolve().parent.parent
    frozen = getattr(sys, "_MEIPASS", None)
    places = [package / "resources", package.parent / "resources"]
    if frozen:
        places = [Path(frozen) / "crmdesk" / "resources", Path(frozen) / "resources", *places]
    return next((place for place in places if place.is_dir()), places[-1])


def resource(*parts: str) -> Path:
    """One shipped file, named by its path below the resources folder."""
    return resources().joinpath(*parts)


def _home(name: str) -> Path | None:
    home = os.environ.get(HOME_VARIABLE)
    return Path(home).expanduser().absolute() / name if home else None


def _private(folder: Path) -> Path:
    if not folder.is_dir():
        folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    return folder
