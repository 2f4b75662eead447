"""Signs: the vectors that agree most with a question, whatever their order and number."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from tests.index.conftest import PUBLIC, Shelf

from osler.index import dense
from osler.index.dense_codes import quantise
from osler.index.dense_embed import embed
from osler.index.dense_signs import Signs, read_signs
from osler.index.protocol import Filters
from osler.providers.scripted import ScriptedEmbedder


def made(count: int, width: int = 384, *, seed: int = 0) -> NDArray[np.float32]:
    """Vectors of length one that lie around a dozen centres, as those of real texts do."""
    chance = np.random.default_rng(seed)
    centres = chance.standard_normal((12, width))
    vectors = centres[chance.integers(0, 12, count)] + chance.standard_normal((count, width))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


@settings(deadline=None, max_examples=40)
@given(
    seed=st.integers(0, 2**32),
    count=st.integers(1, 60),
    width=st.sampled_from([1, 7, 64, 65, 384]),
    most=st.integers(1, 80),
)
def test_those_with_the_fewest_other_signs_are_returned(
    seed: int, count: int, width: int, most: int
) -> None:
    chance = np.random.default_rng(seed)
    codes = chance.integers(-3, 4, (count, width), dtype=np.int8)
    vector = chance.standard_normal(width).astype(np.float32)
    found = Signs(codes).nearest(vector, most=most)
    others = ((codes > 0) != (vector > 0)).sum(axis=1)
    limit = np.sort(others)[min(most, count) - 1]
    assert list(found) == list(np.flatnonzero(others <= limit))


def test_what_is_not_allowed_is_not_returned_and_takes_no_place() -> None:
    vectors = made(500)
    allowed = np.arange(500) % 3 == 0
    codes, _ = quantise(vectors)
    found = Signs(codes).nearest(vectors[0], most=20, allowed=allowed)
    alone = Signs(codes[allowed]).nearest(vectors[0], most=20)
    assert list(found) == list(np.flatnonzero(allowed)[alone])
    assert not len(Signs(codes).nearest(vectors[0], most=20, allowed=np.zeros(500, np.bool_)))


def test_signs_past_the_last_dimension_are_zero() -> None:
    assert read_signs(np.ones((1, 65), np.int8)).tolist() == [[2**64 - 1, 128]]


def test_nearly_all_of_the_nearest_are_among_those_kept() -> None:
    vectors = made(6_000, seed=1)
    codes, _ = quantise(vectors)
    signs = Signs(codes)
    kept = []
    chance = np.random.default_rng(2)
    for place in range(20):
        vector = vectors[place] + chance.normal(0, 0.04, vectors.shape[1]).astype(np.float32)
        true = np.argsort(-(vectors @ vector))[:50]
        kept.append(np.isin(true, signs.nearest(vector, most=600)).mean())
    assert np.mean(kept) > 0.9


def test_a_search_by_signs_gives_the_scores_of_a_scan(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf, embedder = Shelf(), ScriptedEmbedder()
    for number in range(300):
        shelf.add(f"fever {number} rash {number % 7}", year=1990 + number % 30)
    embed(shelf, folder, embedder)
    index = dense.open_dense(folder)
    assert index is not None
    vector = embedder.embed_question("fever with rash")
    late = Filters(PUBLIC.scopes, since=2005)
    scanned = [index.search(vector, filters=limit, top=10) for limit in (PUBLIC, late)]
    monkeypatch.setattr(dense, "SIGNS_FROM", 1)
    assert [index.search(vector, filters=limit, top=10) for limit in (PUBLIC, late)] == scanned
