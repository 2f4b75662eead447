"""What a model must offer, whichever runs it. Nothing here loads, downloads or trusts one.

A model's word is an opinion: an embedder proposes passages, a reranker orders them, an entailer may
lower a verdict and never raise it, a writer drafts sentences that are judged before anybody reads them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # numpy comes with the extra: whoever only names these types does without
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
    """One row per text, each of length one; a single text gives a single row without the first axis."""


@dataclass(frozen=True, slots=True)
class Model:
    """Which model made a vector.

    Attributes:
        name: Name people use.
        sha256: Digest of everything that decides a vector: weights, words, and how they are run. Vectors
            of two models with different digests must never meet.
        dimensions: Length of a vector.
    """

    name: str
    sha256: str
    dimensions: int


class Embedder(Protocol):
    """Turns texts into vectors whose product says how alike two texts are."""

    @property
    def model(self) -> Model:
        """Which model this is."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one vector per text, in order; a vector depends on its own text alone."""
        ...

    def embed_question(self, text: str) -> Vectors:
        """Return the vector of a question."""
        ...


class Reranker(Protocol):
    """Orders passages by how well they answer."""

    def score(self, question: str, passages: Sequence[str]) -> list[float]:
        """Return one score per passage, in order; higher answers better."""
        ...


@dataclass(frozen=True, slots=True)
class Opinion:
    """How likely a claim follows from a passage; the three add up to one."""

    supports: float
    refutes: float
    neutral: float


class Entailer(Protocol):
    """Says whether a claim follows from a passage."""

    def judge(self, claim: str, passages: Sequence[str]) -> list[Opinion]:
        """Return one opinion per passage, in order."""
        ...


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One numbered piece of evidence as a writer is given it.

    Attributes:
        number: What the writer cites it by.
        text: Words of a source, whole sentences.
        lead: In whom and how it is known, or empty.
    """

    number: int
    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence that a model proposes, and the numbers it says it rests on.

    Attributes:
        text: The sentence, as it came.
        citations: What it cites, as it came: nothing says that such a number was ever given.
    """

    text: str
    citations: tuple[str, ...]


class Writer(Protocol):
    """Proposes sentences; each is judged before anybody reads it."""

    @property
    def name(self) -> str:
        """Name of the model, as answers show it."""
        ...

    def draft(self, question: str, evidence: Sequence[Excerpt]) -> Sequence[Draft]:
        """Return drafts for ``question`` from ``evidence``, in the order in which they came.

        Raises:
            OslerError: None can be had; the message holds no key.
        """
        ...
