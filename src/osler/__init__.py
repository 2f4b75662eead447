"""Osler answers clinical questions from guidelines, drug labels and research, with exact citations."""

from __future__ import annotations

__all__ = ["__version__"]

__version__ = "0.1.0"
