"""A statement in the place of its source's words may lose none of what they say."""

from __future__ import annotations

import pytest

from osler.model.verdict import Outcome
from osler.verify.carried import check_carried
from osler.verify.wording import Evidence

ARMS = (
    "Response occurred in 83% of adults given zelokinra and in 50% of those given placebo at 12 weeks."
)
MIXED = "Zelokinra reduced fever in adults with HLH, but it did not reduce mortality."
HEDGED = "Zelokinra may improve survival in adults with HLH."
OFF_LABEL = "HLH is not among the US licensed indications of zelokinra, so that use is off-label."
BOTH = "Zelokinra was given with dexamethasone to children with HLH."
IF = "Zelokinra may be stopped if ferritin has been normal in adults with HLH."
SAME = "Mortality was similar with zelokinra and placebo in adults with HLH."

LOST = [
    ("an arm", ARMS, "At 12 weeks, response occurred in 83% of adults given zelokinra."),
    ("a time point", ARMS, "Response occurred in 83% of adults on zelokinra and 50% on placebo."),
    ("the negative half", MIXED, "Zelokinra reduced fever in adults with HLH."),
    ("the positive half", MIXED, "Zelokinra did not reduce mortality in adults with HLH."),
    ("a hedge", HEDGED, "Zelokinra improves survival in adults with HLH."),
    ("off-label", OFF_LABEL, "HLH is not a US indication of zelokinra."),
    ("the country", OFF_LABEL, "HLH is not a licensed indication of zelokinra: use is off-label."),
    ("a second drug", BOTH, "Zelokinra was given to children with HLH."),
    ("the people", BOTH, "Zelokinra was given with dexamethasone in HLH."),
    ("a condition", IF, "Zelokinra may be stopped in adults with HLH once ferritin is normal."),
    ("no difference", SAME, "Mortality was seen with zelokinra and placebo in adults with HLH."),
]
KEPT = [
    (
        "arms in the other order",
        ARMS,
        "At 12 weeks, 50% of adults on placebo and 83% on zelokinra had a response.",
    ),
    ("both halves", MIXED, "In adults with HLH, zelokinra did not reduce mortality but reduced fever."),
    ("a hedge", HEDGED, "In adults with HLH, survival might be improved by zelokinra."),
    ("off-label", OFF_LABEL, "Use of zelokinra in HLH is off-label: it is no US licensed indication."),
    (
        "the short form",
        "Zelokinra reduced fever in hemophagocytic lymphohistiocytosis (HLH).",
        "Zelokinra reduced fever in HLH.",
    ),
    (
        "no difference",
        SAME,
        "In adults with HLH, mortality did not differ between zelokinra and placebo.",
    ),
]


@pytest.mark.parametrize(("cited", "claim"), [c[1:] for c in LOST], ids=[c[0] for c in LOST])
def test_what_is_lost_is_named(cited: str, claim: str) -> None:
    check = check_carried(claim, Evidence(cited, around=cited), {})
    assert check.outcome is Outcome.FAILED
    assert check.reason


@pytest.mark.parametrize(("cited", "claim"), [c[1:] for c in KEPT], ids=[c[0] for c in KEPT])
def test_other_words_for_all_of_it_pass(cited: str, claim: str) -> None:
    assert check_carried(claim, Evidence(cited, around=cited), {}).outcome is Outcome.PASSED


@pytest.mark.parametrize("sentence", [ARMS, MIXED, HEDGED, OFF_LABEL, BOTH, IF, SAME])
def test_a_sentence_carries_itself(sentence: str) -> None:
    assert check_carried(sentence, Evidence(sentence, around=sentence), {}).outcome is Outcome.PASSED
