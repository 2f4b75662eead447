"""Packages that only some exports need, which the extra ``export`` brings."""

from __future__ import annotations

import importlib
from types import ModuleType

from osler.errors import UsageError


def require_extra(module: str) -> ModuleType:
    """Return the imported ``module``.

    Raises:
        UsageError: ``usage.extra``: it, or a library of the system that it needs, is not installed.
    """
    try:
        return importlib.import_module(module)
    except (ImportError, OSError) as fault:
        raise UsageError(
            f"this needs {module}, which cannot be loaded: {fault}",
            item="osler[export]",
            hint="pip install 'osler[export]'; PDF also needs Pango from the system",
            code="usage.extra",
        ) from fault
