"""What the library itself knows about words: its abbreviations, substances, headings and counts.

A protocol, so that understanding can be tested with a vocabulary of three words; ``service.wiring``
joins the store and the index into the real one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol


class Term(NamedTuple):
    """A term of the index, in how many passages it stands, and its letters as bits of a number."""

    text: str
    passages: int
    letters: int


Shelf = Mapping[int, tuple[Term, ...]]
"""Terms by their length."""


def shelve(counts: Mapping[str, int]) -> Shelf:
    """Return the terms of ``counts`` that are plain letters, by length, in the order given."""
    shelf: dict[int, list[Term]] = {}
    for text, count in counts.items():
        if text.isascii() and text.isalpha():
            shelf.setdefault(len(text), []).append(Term(text, count, letters_of(text)))
    return {length: tuple(terms) for length, terms in shelf.items()}


def letters_of(text: str) -> int:
    """Return which letters a lower-case ``text`` of plain letters holds, a bit for each."""
    found = 0
    for letter in text:
        found |= 1 << (ord(letter) - ord("a"))
    return found


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

    def terms(self, initial: str) -> Shelf:
        """Return the terms of the index that begin with the letter ``initial``, by length.

        Terms are folded and stemmed; ``written`` gives back a word.
        """
        ...

    def written(self, term: str) -> tuple[str, ...]:
        """Return words of the library, folded, that the index stores as ``term``, commonest first."""
        ...

    @property
    def size(self) -> int:
        """Number of passages in the library."""
        ...
