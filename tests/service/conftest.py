"""A PubMed of our own on loopback serves here too."""

from __future__ import annotations

from tests.sources.conftest import clock, ncbi

__all__ = ["clock", "ncbi"]
