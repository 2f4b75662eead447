"""Cues of negation, hedging, direction and comparison."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.text.cue import Cue, CueKind
from osler.text.polarity import comparators, direction, hedges, negations


def texts(cues: list[Cue]) -> list[str]:
    return [cue.text.lower() for cue in cues]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Drug X did not reduce pain.", ["did not"]),
        ("Drug X failed to reduce pain.", ["failed to"]),
        ("There was no benefit and neither arm improved.", ["no", "neither"]),
        ("It was given without harm.", ["without"]),
        ("A lack of benefit was seen.", ["lack of"]),
        ("Drug X cannot be given.", ["cannot"]),
        ("Drug X reduced not only pain but fever.", []),
        ("See item no. 3 of the list.", []),
        ("Drug X reduced pain.", []),
    ],
)
def test_negations_are_found_and_not_only_is_none(sentence: str, found: list[str]) -> None:
    assert texts(negations(sentence)) == found


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Drug X may reduce pain.", ["may"]),
        ("Drug X possibly helps.", ["possibly"]),
        ("The data suggest that it appears to help.", ["suggest", "appears to"]),
        ("Low-certainty evidence was seen.", ["low-certainty"]),
        ("It ran in May 2001.", []),
        ("Drug X reduces pain.", []),
    ],
)
def test_hedges_are_found(sentence: str, found: list[str]) -> None:
    assert texts(hedges(sentence)) == found


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("Pain was reduced.", [CueKind.DOWN]),
        ("Survival was longer.", [CueKind.UP]),
        ("There was no significant difference in pain.", [CueKind.NO_DIFFERENCE]),
        ("Pain did not differ.", [CueKind.NO_DIFFERENCE]),
        ("Rates were similar.", [CueKind.NO_DIFFERENCE]),
        ("Pain did not significantly improve.", [CueKind.NO_DIFFERENCE]),
        ("Most patients took an inhibitor.", []),
        ("It rose in more than 12 of them.", [CueKind.UP]),
    ],
)
def test_direction_words_have_their_kind(sentence: str, kinds: list[CueKind]) -> None:
    assert [cue.kind for cue in direction(sentence)] == kinds


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Pain was lower than with placebo.", ["than"]),
        ("Pain fell compared with drug Y.", ["compared with"]),
        ("Drug X versus drug Y.", ["versus"]),
        ("Pain fell from baseline.", ["from baseline"]),
        ("Pain fell.", []),
    ],
)
def test_comparators_are_found(sentence: str, found: list[str]) -> None:
    assert texts(comparators(sentence)) == found


SENTENCES = st.text(alphabet="abno t.may,lewsifcdu'", max_size=60)


@pytest.mark.parametrize("find", [negations, hedges, direction, comparators])
@given(text=SENTENCES)
def test_cues_keep_their_offsets(find: Callable[[str], list[Cue]], text: str) -> None:
    position = 0
    for cue in find(text):
        assert position <= cue.start < cue.end
        assert text[cue.start : cue.end] == cue.text
        position = cue.end
