"""Abbreviations defined by the text itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.text.terms import find_abbreviations


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        (
            "We saw haemophagocytic lymphohistiocytosis (HLH) twice.",
            "HLH",
            "haemophagocytic lymphohistiocytosis",
        ),
        ("It blocks the interleukin-1 receptor (IL-1R).", "IL-1R", "interleukin-1 receptor"),
        (
            "HLH (haemophagocytic lymphohistiocytosis) is rare.",
            "HLH",
            "haemophagocytic lymphohistiocytosis",
        ),
        ("A confidence interval [CI] was given.", "CI", "confidence interval"),
        ("Angiotensin converting enzyme (ACE; EC 3.4) fell.", "ACE", "Angiotensin converting enzyme"),
        ("Adverse drug reactions (ADRs) rose.", "ADRs", "Adverse drug reactions"),
    ],
)
def test_both_orders_are_found(text: str, short: str, long: str) -> None:
    (found,) = find_abbreviations(text)
    assert (found.short, found.long) == (short, long)
    assert text[found.short_start : found.short_end] == short
    assert text[found.long_start : found.long_end] == long


@pytest.mark.parametrize(
    "text",
    [
        "No parenthesis here.",
        "It fell (P<.001) in ten (12%).",
        "Patients of the first study (study 1) improved.",
        "It was given (see above) to all.",
        "Drug X (Y) was used.",
        "unbalanced (HLH and",
    ],
)
def test_what_is_no_definition_is_not_found(text: str) -> None:
    assert find_abbreviations(text) == []


@given(st.text(alphabet="ABab (HLH)[] -.;,1", max_size=60))
def test_spans_are_exact_and_the_first_letter_starts_a_word(text: str) -> None:
    for found in find_abbreviations(text):
        assert text[found.short_start : found.short_end] == found.short
        assert text[found.long_start : found.long_end] == found.long
        assert len(found.long) > len(found.short)
        assert found.long_end <= found.short_start or found.short_end <= found.long_start
