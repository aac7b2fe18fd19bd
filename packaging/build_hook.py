"""Compiles the translations before a wheel is made, so that `pip install .` brings them along."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class TranslationsHook(BuildHookInterface):
    """Makes the compiled catalogues, which then go into the wheel with the other resources."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the catalogues."""
        script = runpy.run_path(str(Path(self.root) / "packaging" / "translations.py"))
        script["compile_catalogues"]()
