"""The embedder that tests use instead of a model."""

from __future__ import annotations

import numpy as np

from osler.providers.scripted import ScriptedEmbedder

EXPECTED = [-0.595636, -0.143439, 0.605361, -0.508114]


def test_the_same_text_has_the_same_vector_on_every_machine() -> None:
    vector = ScriptedEmbedder(4).embed_question("Fever")
    assert [round(float(value), 6) for value in vector] == EXPECTED


def test_texts_that_share_words_are_alike() -> None:
    embedder = ScriptedEmbedder()
    question = embedder.embed_question("fever in adults")
    near, far = embedder.embed_passages(["Fever: adults", "liver enzymes"]) @ question
    assert near > far


def test_every_vector_has_length_one() -> None:
    vectors = ScriptedEmbedder().embed_passages(["fever", "", "fever fever rash"])
    assert np.abs(np.linalg.norm(vectors, axis=1) - 1).max() < 1e-6


def test_another_seed_is_another_model() -> None:
    one, other = ScriptedEmbedder(seed="a"), ScriptedEmbedder(seed="b")
    assert one.model != other.model
    assert not np.array_equal(one.embed_question("fever"), other.embed_question("fever"))
