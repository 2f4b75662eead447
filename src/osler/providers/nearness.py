"""How near a claim lies to the sentences of a text in the space of a sentence model: named numbers.

Two kinds, each for what a single product of two vectors cannot tell. ``tokens``: each token of the
claim beside its nearest token in a sentence, weighed by rarity (late interaction: Khattab and Zaharia
2020, arXiv:2004.12832). ``axis``: where claim, nearest sentence and the two together lie along a few
directions of the space. The axes belong to one model and are of no use to another;
``scripts/train_entailment.py`` makes them.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from osler.providers.local import LocalEmbedder

    Floats = NDArray[np.floating[Any]]

TABLES: Final = "nearness_tables.json"
SIDES: Final = ("product", "difference", "sentence")
"""What is read along axes: claim times sentence, sentence less claim, the sentence alone."""

_FIRST_WORD: Final = 900
"""Just below the first whole word of the vocabulary of BERT, which lists words by how common they are:
the logarithm of a word's place from here on stands for its rarity."""
_MOST_COMMON: Final = 100
_STEPS: Final = {"close": 0.5, "closer": 0.65, "same": 0.8}


@dataclass(frozen=True, slots=True)
class Reading:
    """One text as a model reads it.

    Attributes:
        tokens: Numbers of its tokens, without the marks of begin and end; shape (n,).
        states: Vector of each token, of length one; shape (n, dimensions).
        vector: Vector of the whole text, of length one; shape (dimensions,).
    """

    tokens: NDArray[np.integer[Any]]
    states: Floats
    vector: Floats


@dataclass(frozen=True, slots=True)
class Tables:
    """What was learnt of the space of one model.

    Attributes:
        model: Digest of that model.
        middle: Mean of each of ``SIDES``; shape (dimensions,).
        axes: Directions for each of ``SIDES``; shape (axes, dimensions).
    """

    model: str
    middle: Mapping[str, Floats]
    axes: Mapping[str, Floats]


def read(embedder: LocalEmbedder, text: str) -> Reading:
    """Return ``text`` as the model of ``embedder`` reads it."""
    import numpy as np

    tokens, states = embedder.read_tokens(text)
    lengths = np.linalg.norm(states, axis=1, keepdims=True)
    return Reading(tokens, states / np.maximum(lengths, 1e-12), embedder.embed_question(text))


def measure(claim: Reading, sentences: Sequence[Reading], tables: Tables) -> dict[str, float]:
    """Return the numbers of ``claim`` beside ``sentences``, of which there is at least one."""
    found = nearest(claim, sentences).vector
    return {**match_tokens(claim, sentences), **place(claim.vector, found, tables)}


def nearest(claim: Reading, sentences: Sequence[Reading]) -> Reading:
    """Return the sentence whose vector is nearest to that of ``claim``; of equals the first."""
    return max(sentences, key=lambda sentence: float(sentence.vector @ claim.vector))


def place(claim: Floats, sentence: Floats, tables: Tables) -> dict[str, float]:
    """Return the numbers that two vectors of length one have by ``tables``."""
    numbers: dict[str, float] = {}
    for side, vector in sides(claim, sentence).items():
        along = tables.axes[side] @ (vector - tables.middle[side])
        numbers |= {f"axis: {side} {number:02d}": float(value) for number, value in enumerate(along)}
    return numbers


def sides(claim: Floats, sentence: Floats) -> dict[str, Floats]:
    """Return what is read along axes, by name; for rows of vectors as for one."""
    return dict(zip(SIDES, (claim * sentence, sentence - claim, sentence), strict=True))


def match_tokens(claim: Reading, sentences: Sequence[Reading]) -> dict[str, float]:
    """Return how near each token of ``claim`` finds one in ``sentences``, told by a few numbers."""
    import numpy as np

    rarity = np.log(np.maximum(claim.tokens - _FIRST_WORD, _MOST_COMMON).astype(float))
    rarity /= rarity.sum()
    products = [claim.states @ sentence.states.T for sentence in sentences]
    found = np.array([product.max(axis=1) for product in products])
    whole = found @ rarity
    best = int(whole.argmax())
    own, back = np.sort(found[best]), products[best].max(axis=0)
    anywhere = found.max(axis=0)
    numbers = {
        "found, by rarity": whole[best],
        "found": own.mean(),
        "least found": own[0],
        "second least found": own[min(1, len(own) - 1)],
        "found, lower quarter": np.quantile(own, 0.25),
        "found, middle": np.quantile(own, 0.5),
        **{f"share {name}": (own > step).mean() for name, step in _STEPS.items()},
        "rarity not found": rarity[found[best] < _STEPS["close"]].sum(),
        "found in text, by rarity": anywhere @ rarity,
        "least found in text": anywhere.min(),
        "found in text, lower quarter": np.quantile(anywhere, 0.25),
        "sentence found": back.mean(),
        "sentence found, lower quarter": np.quantile(back, 0.25),
        "sentence least found": back.min(),
        "meaning of best": sentences[best].vector @ claim.vector,
        "second best": np.sort(whole)[max(0, len(whole) - 2)],
    }
    return {f"tokens: {name}": float(value) for name, value in numbers.items()}


@cache
def shipped_tables() -> Tables:
    """Return the tables that come with Osler."""
    stored = json.loads(resources.files("osler.providers").joinpath(TABLES).read_text("utf-8"))
    return tables_from(stored)


def tables_from(stored: Mapping[str, Any]) -> Tables:
    """Return the tables stored as ``tables_as_json`` returns them."""
    return Tables(
        model=stored["model"],
        middle={side: _unpack(stored["middle"][side])[0] for side in SIDES},
        axes={side: _unpack(stored["axes"][side]) for side in SIDES},
    )


def tables_as_json(tables: Tables) -> dict[str, Any]:
    """Return ``tables`` for a file: each row as whole numbers of sixteen bits and a scale."""
    return {
        "model": tables.model,
        "script": "scripts/train_entailment.py",
        "middle": {side: _pack(tables.middle[side][None]) for side in SIDES},
        "axes": {side: _pack(tables.axes[side]) for side in SIDES},
    }


def _pack(rows: Floats) -> dict[str, Any]:
    import numpy as np

    scales = np.maximum(np.abs(rows).max(axis=1), 1e-12) / 32767
    whole = np.rint(rows / scales[:, None]).astype("<i2")
    return {
        "scales": [float(f"{scale:.7g}") for scale in scales],
        "rows": base64.b64encode(whole.tobytes()).decode("ascii"),
    }


def _unpack(stored: Mapping[str, Any]) -> Floats:
    import numpy as np

    scales = np.array(stored["scales"])
    whole = np.frombuffer(base64.b64decode(stored["rows"]), "<i2").reshape(len(scales), -1)
    return np.asarray(whole * scales[:, None])
