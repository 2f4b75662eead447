"""What a text does for a claim: probabilities, the gate, and readable weights."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.verify.alignment import align, sentences_in
from osler.verify.opinion import (
    LONG,
    Opinion,
    Sight,
    Stand,
    Weighing,
    form_opinion,
    shipped_weighing,
)

TEXT = (
    "Relapse is a burden. Zelokinra reduced relapse in adults with HLH compared with placebo. "
    "It was given for 28 days."
)
SAME = "Zelokinra reduced relapse in adults with HLH compared with placebo."
OPPOSITE = "Zelokinra increased relapse in adults with HLH compared with placebo."
STRANGE = "Ward temperatures shape the sleep of nurses."


@given(st.text(min_size=1, max_size=80), st.text(max_size=120))
def test_any_two_texts_get_probabilities_that_sum_to_one(claim: str, text: str) -> None:
    opinion = form_opinion(claim, text)
    assert math.isclose(sum(opinion.likely.values()), 1.0)
    assert all(0 <= share <= 1 for share in opinion.likely.values())


@given(st.text(min_size=1, max_size=80), st.text(max_size=120))
def test_every_number_lies_between_nought_and_one(claim: str, text: str) -> None:
    numbers = align(claim, sentences_in(text))
    assert all(-1e-9 <= value <= 1 + 1e-9 for value in numbers.values()), numbers


def test_words_of_the_text_itself_are_likelier_supported_than_their_opposite_or_strange_ones() -> None:
    same, opposite, strange = (form_opinion(claim, TEXT) for claim in (SAME, OPPOSITE, STRANGE))
    assert same.stand is Stand.SUPPORTS
    assert strange.stand is Stand.NEUTRAL
    assert opposite.likely[Stand.REFUTES] > same.likely[Stand.REFUTES]
    assert not opposite.passes_gate
    assert not strange.passes_gate


def test_meaning_has_weights_of_its_own() -> None:
    sentences = sentences_in(TEXT)
    near = form_opinion(STRANGE, TEXT, alike=[0.9] * len(sentences))
    far = form_opinion(STRANGE, TEXT, alike=[0.0] * len(sentences))
    assert near.likely[Stand.NEUTRAL] < far.likely[Stand.NEUTRAL]


def test_of_equal_stands_the_cautious_one_is_taken() -> None:
    assert Opinion(dict.fromkeys(Stand, 1 / 3), 0.5).stand is Stand.NEUTRAL


def test_a_number_that_is_missing_counts_nothing() -> None:
    weighing = Weighing((0.0, 0.0, 0.0), {"best: words": (5.0, 0.0, 0.0)}, gate=0.9)
    assert weighing.weigh({}).likely[Stand.SUPPORTS] == pytest.approx(1 / 3)
    assert weighing.weigh({"best: words": 1.0}).passes_gate


@pytest.mark.parametrize("sight", Sight)
@pytest.mark.parametrize("long", [False, True])
def test_every_weight_belongs_to_a_number_that_is_measured(sight: Sight, long: bool) -> None:
    weighing = shipped_weighing(sight, long=long)
    measured = set(align(SAME, sentences_in(TEXT), None if sight is Sight.WORDS else [0.5] * 3))
    near = {name for name in weighing.weights if name.startswith(("tokens: ", "axis: "))}
    assert set(weighing.weights) - near == measured
    assert bool(near) == (sight is Sight.CLOSE)
    assert 0 < weighing.gate <= 1.01


def test_a_text_as_long_as_an_abstract_is_weighed_by_weights_of_its_own() -> None:
    short = " ".join(["Fever is common."] * (LONG - 1))
    for text, long in ((short, False), (f"{short} Fever is common.", True)):
        weighing = shipped_weighing(Sight.WORDS, long=long)
        assert form_opinion(SAME, text) == form_opinion(SAME, text, weighing=weighing)


def test_what_was_measured_near_a_text_is_weighed_where_it_is_given() -> None:
    alike = [0.5] * len(sentences_in(TEXT))
    near, far = (
        form_opinion(SAME, TEXT, alike=alike, near={"tokens: found": found}) for found in (1.0, 0.0)
    )
    assert near != far
