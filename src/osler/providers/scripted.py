"""A model that needs no model: the same text gives the same vector on every machine. For tests.

Texts that share words get vectors that point alike, so that a search has something to find. It has no
idea what a word means, and must not be used to answer anybody.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from osler.providers.protocols import Model

if TYPE_CHECKING:
    from osler.providers.protocols import Vectors

_WORD: Final = re.compile(r"[^\W_]+")
_RECIPE: Final = "scripted-1"


class ScriptedEmbedder:
    """Adds up one fixed direction per word.

    Args:
        dimensions: Length of a vector.
        seed: Another seed is another model.
        watch: Called with the texts of each call, so that a test can count or interrupt.
    """

    def __init__(
        self,
        dimensions: int = 32,
        *,
        seed: str = "",
        watch: Callable[[Sequence[str]], None] | None = None,
    ) -> None:
        digest = hashlib.sha256(f"{_RECIPE}\x1f{seed}\x1f{dimensions}".encode()).hexdigest()
        self._model = Model("scripted", digest, dimensions)
        self._seed = seed
        self._watch = watch

    @property
    def model(self) -> Model:
        """Which model this is."""
        return self._model

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one vector per text, in order."""
        import numpy as np

        if self._watch is not None:
            self._watch(texts)
        rows = np.zeros((len(texts), self._model.dimensions), np.float32)
        for row, text in zip(rows, texts, strict=True):
            # Whole numbers are added up: no order of addition can show.
            total = np.zeros(self._model.dimensions, np.int64)
            for word in _WORD.findall(text.lower()) or [""]:
                total += np.array(self._direction(word), np.int64)
            row[:] = total / max(float(np.sqrt(float((total * total).sum()))), 1.0)
        return rows

    def embed_question(self, text: str) -> Vectors:
        """Return the vector of a question."""
        vectors = self.embed_passages([text])
        return vectors.reshape(-1)

    def _direction(self, word: str) -> list[int]:
        stream = hashlib.shake_256(f"{self._seed}\x1f{word}".encode()).digest(self._model.dimensions)
        return [byte * 2 - 255 for byte in stream]
