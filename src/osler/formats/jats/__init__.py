"""PMC and other JATS XML: one article, or the article set that E-utilities efetch answers.

Bytes in, items out; external document types are never fetched, no network, no database.
"""

from __future__ import annotations

from osler.formats.jats.reading import read_jats

__all__ = ["read_jats"]
