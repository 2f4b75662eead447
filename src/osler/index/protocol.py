"""What an index takes and gives, whichever engine is behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One passage as the index sees it.

    Attributes:
        passage: ``psg_…``.
        source: ``src_…``.
        title: Title of the source.
        text: Text of the passage.
        headings: MeSH headings and keywords.
        substances: Drugs and chemicals.
        kind: ``guideline``, ``label`` or ``research``.
        design: Design of the source.
        year: Year of publication, 0 when unknown.
        scope: Part of the library.
        sequence: Grows with every stored change; lets an index catch up.
    """

    passage: str
    source: str
    title: str
    text: str
    headings: tuple[str, ...]
    substances: tuple[str, ...]
    kind: str
    design: str
    year: int
    scope: str
    sequence: int


@dataclass(frozen=True, slots=True)
class Clause:
    """One concept of a query: alternatives of which the best match counts, not their sum.

    Attributes:
        alternatives: Words or phrases that mean the same; a phrase matches as words that must all be
            present, and scores more when they stand together.
        weight: Multiplies the score.
        required: Whether a passage without any alternative is left out.
    """

    alternatives: tuple[str, ...]
    weight: float = 1.0
    required: bool = False


@dataclass(frozen=True, slots=True)
class Filters:
    """Limits of a search; applied in the search itself, never to its results.

    ``kinds`` and ``designs`` empty mean all; ``since`` is the first year that counts, and passages of
    unknown year are left out when it is given.
    """

    scopes: frozenset[str]
    kinds: frozenset[str] = frozenset()
    designs: frozenset[str] = frozenset()
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage and its score. Hits are ordered by score, highest first, then by passage id."""

    passage: str
    source: str
    score: float


class Rows(Protocol):
    """The database as an index sees it."""

    def iter_index_rows(self, *, after: int = 0) -> Iterator[IndexRow]:
        """Yield the current passages whose sequence is above ``after``, in order of sequence."""
        ...

    def last_sequence(self) -> int:
        """Return the sequence of the newest change, a removal included."""
        ...

    def removed_since(self, sequence: int) -> bool:
        """Tell whether a passage present at ``sequence`` has gone since, or was revised."""
        ...


class Lexical(Protocol):
    """A lexical index, open for reading."""

    def search(self, clauses: Iterable[Clause], *, filters: Filters, top: int) -> list[Hit]:
        """Return at most ``top`` hits, best first, ties broken by passage id."""
        ...

    def passages_with(self, phrase: str, *, field: str = "text") -> int:
        """Return in how many passages ``phrase`` stands in ``field``.

        ``text`` is all that is said of a passage: its text, and the title, headings and substances of
        its source; ``title``, ``headings`` and ``substances`` are these alone.
        """
        ...

    def words(self, text: str) -> list[str]:
        """Return ``text`` as the terms that the index stores."""
        ...

    @property
    def size(self) -> int:
        """Number of passages."""
        ...
