"""Words that need an earlier sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.text.anaphora import dangling, opening_connective
from osler.text.cue import CueKind


@pytest.mark.parametrize(
    ("sentence", "kind", "words"),
    [
        ("It reduced pain.", CueKind.PRONOUN, "It"),
        ("They improved.", CueKind.PRONOUN, "They"),
        ("The latter was better.", CueKind.PRONOUN, "The latter"),
        ("Both were effective.", CueKind.PRONOUN, "Both"),
        ("This drug was effective.", CueKind.DEMONSTRATIVE, "This"),
        ("However, this drug was effective.", CueKind.DEMONSTRATIVE, "this"),
        ("Such patients need care.", CueKind.DEMONSTRATIVE, "Such"),
        ("The study drug was stopped.", CueKind.DEFINITE, "The study drug"),
        ("Pain was scored as above.", CueKind.DEFINITE, "as above"),
        ("Pain fell in the two groups.", CueKind.WEAK, "the two groups"),
        ("This systematic review found no benefit.", CueKind.SELF_REFERENCE, "This systematic review"),
        ("These results suggest a benefit.", CueKind.SELF_REFERENCE, "These results"),
        ("Here we show a benefit.", CueKind.SELF_REFERENCE, "we"),
        ("Pain fell in our series.", CueKind.SELF_REFERENCE, "our series"),
    ],
)
def test_what_dangles_is_named_with_its_kind(sentence: str, kind: CueKind, words: str) -> None:
    assert [(cue.kind, cue.text) for cue in dangling(sentence)] == [(kind, words)]


@pytest.mark.parametrize(
    "sentence",
    [
        "It is recommended that adults rest.",
        "It has been shown that drug X helps.",
        "It appears that drug X helps.",
        "It is important to rest.",
        "Both drug X and drug Y reduced pain.",
        "Those with fever had more pain.",
        "US adults were studied.",
        "Drug X reduced pain in adults.",
    ],
)
def test_a_sentence_that_stands_alone_has_nothing_dangling(sentence: str) -> None:
    assert dangling(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("However, pain fell.", "However,"),
        ("In contrast, pain fell.", "In contrast,"),
        ("On the other hand, pain fell.", "On the other hand,"),
        ("Thus pain fell.", "Thus"),
        ("But pain fell.", "But"),
        ("Pain fell; however, fever rose.", None),
        ("First patients were seen.", None),
    ],
)
def test_an_opening_connective_is_spanned_with_its_comma(sentence: str, words: str | None) -> None:
    span = opening_connective(sentence)
    assert (sentence[span[0] : span[1]] if span else None) == words


@given(st.text(alphabet="TthisIew ,.oubrpdyH", max_size=60))
def test_spans_are_exact(sentence: str) -> None:
    for cue in dangling(sentence):
        assert sentence[cue.start : cue.end] == cue.text
    span = opening_connective(sentence)
    assert span is None or 0 <= span[0] < span[1] <= len(sentence)
