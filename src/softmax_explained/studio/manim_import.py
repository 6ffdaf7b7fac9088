"""Loads Manim without its configuration files, in the processes of this project's own command.

Manim reads ``manim.cfg`` from the working folder and from the user's home while it is imported, and fails
with a traceback if one of them is damaged. A film is decided by its own settings alone.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType

_READER = "manim._config.utils"
"""The module with the function `config_file_paths`: the files of the library, the user and the folder."""


def ignore_configuration_files() -> None:
    """Have Manim read its own defaults only, unless it is loaded already, as by plain ``manim``."""
    if "manim" not in sys.modules:
        sys.meta_path.insert(0, _Finder())


class _Finder(MetaPathFinder):
    """Finds the one module, so that it can be changed before anything is read."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path, target) if name == _READER else None
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader)
        return spec


class _Loader(Loader):
    """Loads the module with another one's help, and replaces its function."""

    def __init__(self, usual: Loader) -> None:
        self._usual = usual

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._usual.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._usual.exec_module(module)
        library, nothing = Path(str(module.__file__)).with_name("default.cfg"), Path(os.devnull)
        module.config_file_paths = lambda: [library, nothing, nothing]  # type: ignore[attr-defined]
