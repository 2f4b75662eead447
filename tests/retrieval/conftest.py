"""The libraries of the answer tests serve here too."""

from __future__ import annotations

from tests.answer.conftest import fill, starter

__all__ = ["fill", "starter"]
