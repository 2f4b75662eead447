"""How near a claim lies to sentences by a model: the same numbers always, and what they mean."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from osler.providers.local import open_embedder
from osler.providers.nearness import (
    SIDES,
    Reading,
    Tables,
    match_tokens,
    measure,
    nearest,
    read,
    shipped_tables,
    tables_as_json,
    tables_from,
)


def reading(*rows: tuple[float, float], tokens: tuple[int, ...] = ()) -> Reading:
    states = np.array(rows, float)
    states /= np.linalg.norm(states, axis=1, keepdims=True)
    vector = states.mean(axis=0)
    return Reading(np.array(tokens or (2000,) * len(rows)), states, vector / np.linalg.norm(vector))


def tables(dimensions: int) -> Tables:
    drawn = np.random.default_rng(1).normal(size=(3, dimensions))
    return Tables(
        model="a model",
        middle=dict.fromkeys(SIDES, drawn[0]),
        axes=dict.fromkeys(SIDES, drawn[1:]),
    )


def test_a_claim_finds_all_its_tokens_in_itself() -> None:
    claim = reading((1, 0), (0, 1))
    numbers = match_tokens(claim, [reading((1, 1)), claim])
    assert numbers["tokens: found"] == pytest.approx(1)
    assert numbers["tokens: least found"] == pytest.approx(1)
    assert numbers["tokens: rarity not found"] == 0


def test_a_rare_token_that_is_missing_weighs_more_than_a_common_one() -> None:
    sentence = reading((1, 0))
    rare = match_tokens(reading((1, 0), (0, 1), tokens=(1000, 30000)), [sentence])
    common = match_tokens(reading((1, 0), (0, 1), tokens=(30000, 1000)), [sentence])
    assert rare["tokens: found, by rarity"] < common["tokens: found, by rarity"]
    assert rare["tokens: rarity not found"] > 0.5 > common["tokens: rarity not found"]


def test_tokens_found_in_two_sentences_are_found_in_the_text() -> None:
    claim = reading((1, 0), (0, 1))
    numbers = match_tokens(claim, [reading((1, 0)), reading((0, 1))])
    assert numbers["tokens: least found"] == pytest.approx(0)
    assert numbers["tokens: least found in text"] == pytest.approx(1)


def test_the_nearest_sentence_is_the_one_whose_vector_is() -> None:
    near, far = reading((1, 0.1)), reading((0, 1))
    assert nearest(reading((1, 0)), [far, near]) is near


def test_every_side_of_the_nearest_sentence_is_placed_along_every_axis() -> None:
    own = tables(2)
    claim, far, near = reading((1, 0)), reading((0, 1)), reading((1, 0.1))
    numbers = measure(claim, [far, near], own)
    placed = [numbers[f"axis: sentence {number:02d}"] for number in range(len(own.axes["sentence"]))]
    assert placed == pytest.approx(own.axes["sentence"] @ (near.vector - own.middle["sentence"]))
    assert len([name for name in numbers if name.startswith("axis: ")]) == 3 * len(placed)


def test_tables_come_back_from_a_file_nearly_as_they_were() -> None:
    own = tables(8)
    again = tables_from(tables_as_json(own))
    assert again.model == own.model
    for side in SIDES:
        assert np.abs(again.axes[side] - own.axes[side]).max() < 2e-4


def test_a_model_reads_the_same_text_the_same_way(tiny: Path) -> None:
    embedder = open_embedder(tiny)
    one, other = read(embedder, "Fever in adults."), read(embedder, "Fever in adults.")
    assert one.states.shape == (len(one.tokens), embedder.model.dimensions)
    assert np.array_equal(one.states, other.states)
    assert np.linalg.norm(one.vector) == pytest.approx(1, abs=1e-6)
    assert len(read(embedder, "").tokens) > 0


def test_shipped_tables_have_axes_of_length_one_for_every_side() -> None:
    own = shipped_tables()
    for side in SIDES:
        assert own.axes[side].shape[1] == len(own.middle[side])
        assert np.linalg.norm(own.axes[side], axis=1) == pytest.approx(1, abs=1e-3)
