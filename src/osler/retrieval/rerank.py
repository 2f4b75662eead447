"""Puts the best candidates of a search in order, by weights that were learnt and can be read.

The score of a passage is the sum of its features, each times its weight: the logarithm of how likely it
is to be relevant, up to a constant. ``scripts/train_reranker.py`` learns the weights.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from osler.retrieval.features import Feature

READ: Final = 50
"""Candidates whose words are read; those behind them keep the order of the first stage."""

READ_AFRESH: Final = 20
"""Candidates that are read where a model has to embed them within the search: a third of a second."""

_FILE: Final = "weights.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """The weight of each feature; those that are missing do not count."""

    of: Mapping[Feature, float]

    def score(self, features: Mapping[Feature, float]) -> float:
        """Return the weighted sum of ``features``."""
        return sum(self.of.get(name, 0.0) * value for name, value in features.items())

    def explain(self, features: Mapping[Feature, float]) -> str:
        """Return the features that count, with what each adds to the score."""
        parts = (
            f"{name.value} {value:.2f} × {self.of[name]:.1f}"
            for name, value in features.items()
            if name in self.of
        )
        return ", ".join(parts)


@cache
def load_weights(name: str) -> Weights:
    """Return the weights ``name``.

    ``words`` and ``fused`` order candidates by what the indexes say, without and with meaning; ``read``
    also by what was seen in their words; with meaning too there are weights for each manner in which a
    question is put, ``asked``, ``said`` and ``reworded``.
    """
    stored = json.loads((files("osler.retrieval") / _FILE).read_text(encoding="utf-8"))
    return Weights({Feature(key): float(value) for key, value in stored[name].items()})
