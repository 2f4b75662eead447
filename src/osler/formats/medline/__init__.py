"""PubMed and MEDLINE XML: baseline and update files, and what E-utilities efetch answers.

A stream is cut at the closing tag of each citation and each piece is parsed alone, so that memory stays
flat and a broken citation is set aside by itself. Bytes in, items out; no network, no database.
"""

from __future__ import annotations

from osler.formats.medline.reading import read_medline, read_medline_part

__all__ = ["read_medline", "read_medline_part"]
