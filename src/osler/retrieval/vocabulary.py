"""What the library itself knows about words: its abbreviations, substances, headings and counts.

A protocol, so that understanding can be tested with a vocabulary of three words; ``service.wiring``
joins the store and the index into the real one.
"""

from __future__ import annotations

from typing import Protocol


class Vocabulary(Protocol):
    """The words of one library, as one reader may see it."""

    def long_forms(self, short: str) -> list[tuple[str, int]]:
        """Return what ``short`` stands for in the library, most frequent first, with counts."""
        ...

    def short_forms(self, long: str) -> list[tuple[str, int]]:
        """Return the abbreviations of ``long`` in the library, most frequent first, with counts."""
        ...

    def passages_with(self, phrase: str, *, field: str = "text") -> int:
        """Return in how many passages ``phrase`` stands in ``field``."""
        ...

    @property
    def size(self) -> int:
        """Number of passages in the library."""
        ...
