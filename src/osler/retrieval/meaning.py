"""How near passages are to a question in meaning: by stored vectors, or by vectors made for the moment.

Where every passage that a search may return has its vector, meaning proposes passages of its own. Before
that it only speaks of passages that words have found, embedding those that have no vector yet: what is
found never depends on how far the embedding has come or on what was asked before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from osler.index.protocol import Filters, Hit, Rows

if TYPE_CHECKING:
    from osler.index.dense import DenseIndex
    from osler.providers.protocols import Embedder, Vectors

_KEPT_QUESTIONS: Final = 64
_KEPT_PASSAGES: Final = 4096
"""Vectors kept for the next question: six megabytes."""


@dataclass(frozen=True, slots=True)
class Embeddable:
    """A passage as the model reads it."""

    passage: str
    title: str
    text: str


class Meaning(Protocol):
    """Says which passages are near to a question."""

    def nearest(self, question: str, *, filters: Filters, top: int) -> list[Hit] | None:
        """Return at most ``top`` passages, nearest first; None where not all of them have a vector."""
        ...

    def closeness(self, question: str, passages: Sequence[str]) -> dict[str, float]:
        """Return the cosine of those of ``passages`` that have a vector."""
        ...

    def read(self, question: str, passages: Sequence[Embeddable]) -> dict[str, float]:
        """Return the cosine of every passage, embedding those that have no vector."""
        ...


class VectorMeaning:
    """Meaning by one local model.

    Args:
        embedder: The model.
        index: The vectors that it made, or None where there are none.
        rows: The library, by which the vectors are known to be complete.
    """

    def __init__(self, embedder: Embedder, index: DenseIndex | None, rows: Rows) -> None:
        self._embedder = embedder
        self._index = index
        self._rows = rows
        self._questions: dict[str, Vectors] = {}
        self._passages: dict[str, Vectors] = {}

    def nearest(self, question: str, *, filters: Filters, top: int) -> list[Hit] | None:
        """Return at most ``top`` passages, nearest first; None where not all of them have a vector."""
        if self._index is None or not self._index.is_complete(self._rows, filters):
            return None
        return self._index.search(self._vector(question), filters=filters, top=top)

    def closeness(self, question: str, passages: Sequence[str]) -> dict[str, float]:
        """Return the cosine of those of ``passages`` that have a vector."""
        return {} if self._index is None else self._index.scores(self._vector(question), passages)

    def read(self, question: str, passages: Sequence[Embeddable]) -> dict[str, float]:
        """Return the cosine of every passage, embedding those that have no vector."""
        known = self.closeness(question, [each.passage for each in passages])
        missing = [each for each in passages if each.passage not in known]
        if missing:
            known |= self._read_fresh(question, missing)
        return known

    def _read_fresh(self, question: str, passages: Sequence[Embeddable]) -> dict[str, float]:
        from osler.index.dense import score_fresh
        from osler.index.dense_files import text_of

        new = [each for each in passages if each.passage not in self._passages]
        if len(self._passages) + len(new) > _KEPT_PASSAGES:
            self._passages.clear()
            new = list(passages)
        vectors = self._embedder.embed_passages([text_of(each.title, each.text) for each in new])
        self._passages |= {each.passage: vector for each, vector in zip(new, vectors, strict=True)}
        fresh = [self._passages[each.passage] for each in passages]
        scores = score_fresh(self._vector(question), fresh)
        return {each.passage: score for each, score in zip(passages, scores, strict=True)}

    def _vector(self, question: str) -> Vectors:
        if question not in self._questions:
            if len(self._questions) >= _KEPT_QUESTIONS:
                self._questions.clear()
            self._questions[question] = self._embedder.embed_question(question)
        return self._questions[question]
