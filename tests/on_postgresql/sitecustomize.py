"""Read by each Python that the tests start: has ``redirecting`` asked where libraries lie.

Imports next to nothing by itself, so that what a process loads stays what it would load.
"""

from __future__ import annotations

import importlib.abc
import importlib.util
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

WATCHED = "osler.store.database"


class _Loader(importlib.abc.Loader):
    def __init__(self, loader: Any) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        place = Path(__file__).with_name("redirecting.py")
        spec = importlib.util.spec_from_file_location("osler_tests_redirecting", place)
        assert spec is not None
        assert spec.loader is not None
        redirecting = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = redirecting
        spec.loader.exec_module(redirecting)
        redirecting.install(module)


class Watch(importlib.abc.MetaPathFinder):
    """Waits for the module that says where libraries lie."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the module's own spec with a loader that hands it on; None for every other module."""
        if name != WATCHED:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader)
        return spec


sys.meta_path.insert(0, Watch())
