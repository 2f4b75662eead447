"""The same network a second time, in plain numpy and 64-bit floats, from the paper's formulas.

Written apart from the export, and from nothing of it: an error would have to be made twice.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_erf = np.vectorize(math.erf, otypes=[np.float64])


def embed_ids(tensors: dict[str, Any], ids: Sequence[int], *, heads: int, first: bool = False) -> Array:
    """Return the vector of length one of the text whose tokens are ``ids``."""
    weights = {name: np.asarray(values, np.float64) for name, values in tensors.items()}
    count = len(ids)
    states = (
        weights["embeddings.word_embeddings.weight"][list(ids)]
        + weights["embeddings.position_embeddings.weight"][:count]
        + weights["embeddings.token_type_embeddings.weight"][0]
    )
    states = _norm(states, weights, "embeddings.LayerNorm")
    layer = 0
    while f"encoder.layer.{layer}.output.dense.weight" in weights:
        states = _layer(states, weights, f"encoder.layer.{layer}.", heads)
        layer += 1
    vector: Array = states[0] if first else states.mean(axis=0)
    return vector / np.linalg.norm(vector)


def _layer(states: Array, weights: dict[str, Array], name: str, heads: int) -> Array:
    count, width = states.shape
    parts = [
        _dense(states, weights, f"{name}attention.self.{part}").reshape(count, heads, width // heads)
        for part in ("query", "key", "value")
    ]
    query, key, value = (part.transpose(1, 0, 2) for part in parts)
    scores = query @ key.transpose(0, 2, 1) / math.sqrt(width // heads)
    shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares /= shares.sum(axis=-1, keepdims=True)
    context = (shares @ value).transpose(1, 0, 2).reshape(count, width)
    attended = _norm(
        states + _dense(context, weights, f"{name}attention.output.dense"),
        weights,
        f"{name}attention.output.LayerNorm",
    )
    inner = _dense(attended, weights, f"{name}intermediate.dense")
    inner = inner * 0.5 * (1 + _erf(inner / math.sqrt(2)))
    return _norm(
        attended + _dense(inner, weights, f"{name}output.dense"), weights, f"{name}output.LayerNorm"
    )


def _dense(states: Array, weights: dict[str, Array], name: str) -> Array:
    return states @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]


def _norm(states: Array, weights: dict[str, Array], name: str) -> Array:
    centred = states - states.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-12)
    return centred / spread * weights[f"{name}.weight"] + weights[f"{name}.bias"]
