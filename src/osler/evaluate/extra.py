"""Packages that only evaluation needs, which the extra ``eval`` brings."""

from __future__ import annotations

import importlib
from types import ModuleType

from osler.errors import UsageError


def require_extra(module: str) -> ModuleType:
    """Return the imported ``module``.

    Raises:
        UsageError: ``usage.extra``: it is not installed; the hint names the extra that brings it.
    """
    try:
        return importlib.import_module(module)
    except ImportError as fault:
        raise UsageError(
            f"this needs the package {module}, which is not installed",
            item="osler[eval]",
            hint="pip install 'osler[eval]'",
            code="usage.extra",
        ) from fault
