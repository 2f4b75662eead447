"""A citation: a value that points from a statement to exact words of a passage."""

from __future__ import annotations

from dataclasses import dataclass

from osler.ids import sha256_text
from osler.model.passage import Passage


@dataclass(frozen=True, slots=True)
class Citation:
    """Source version → passage → span, with the words and their hash.

    ``quote`` equals the passage's text from ``start`` to ``end``, always.
    """

    source: str
    version: str
    passage: str
    start: int
    end: int
    quote: str
    sha256: str


def cite(passage: Passage, start: int, end: int) -> Citation:
    """Return the citation of ``passage.text[start:end]``.

    Raises:
        ValueError: The span is empty or lies outside the passage.
    """
    if not 0 <= start < end <= len(passage.text):
        raise ValueError(f"span {start}:{end} is not inside passage {passage.id}")
    quote = passage.text[start:end]
    return Citation(
        source=passage.source,
        version=passage.version,
        passage=passage.id,
        start=start,
        end=end,
        quote=quote,
        sha256=sha256_text(quote),
    )
