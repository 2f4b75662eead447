"""Yes or no is said only of a question that asks it, from what is printed, and unclear before wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.answer.conftest import Fill, answer_of, statements_of, study

from osler.answer.stance import Printed, Weights, look_at, read_stance, shipped_weights
from osler.answer.stance_features import is_open, of_statement
from osler.model.stance import Stance
from osler.service.wiring import Desk

CLAIM = "anakinra lower ferritin in gout"
FOR = "Anakinra significantly lowered ferritin in adults with gout."
AGAINST = "Anakinra did not lower ferritin in adults with gout."
OPEN = "Whether anakinra lowers ferritin in gout remains unclear."
PLAIN = Weights(0.5, {"denied": -2.0}, 0.4, -0.4)


def printed(text: str, source: str = "src_a", about: str = "") -> Printed:
    return Printed(text, source, about)


def test_a_denial_turns_yes_to_no() -> None:
    assert read_stance(CLAIM, [printed(FOR)], PLAIN)[0] is Stance.YES
    assert read_stance(CLAIM, [printed(AGAINST)], PLAIN)[0] is Stance.NO


def test_the_shipped_weights_know_a_plain_finding_from_its_denial() -> None:
    weights = shipped_weights()
    assert read_stance(CLAIM, [printed(FOR)], weights)[0] is not Stance.NO
    assert read_stance(CLAIM, [printed(AGAINST)], weights)[0] is Stance.NO
    assert weights.no_to <= 0 < weights.yes_from


def test_two_sources_that_oppose_are_mixed_and_one_that_says_both_is_not() -> None:
    two = [printed(FOR, "src_a"), printed(AGAINST, "src_b")]
    one = [printed(FOR, "src_a"), printed(AGAINST, "src_a")]
    stance, leans = read_stance(CLAIM, two, PLAIN)
    assert stance is Stance.MIXED
    assert leans == (Stance.YES, Stance.NO)
    assert read_stance(CLAIM, one, PLAIN)[0] is not Stance.MIXED


def test_a_first_statement_that_calls_the_matter_open_is_unclear() -> None:
    assert is_open(OPEN)
    assert read_stance(CLAIM, [printed(OPEN)], PLAIN)[0] is Stance.UNCLEAR


def test_a_word_that_stands_nowhere_forbids_a_yes() -> None:
    """A claim with one word exchanged is like its evidence in all the others."""
    exchanged = "anakinra lower troponin in gout"
    assert read_stance(exchanged, [printed(FOR)], PLAIN)[0] is Stance.UNCLEAR
    about = printed(FOR, about="Troponin and ferritin in gout")
    assert read_stance(exchanged, [about], PLAIN)[0] is Stance.YES


@given(st.text(max_size=80), st.lists(st.text(max_size=120), min_size=1, max_size=4))
def test_any_words_give_numbers_from_0_to_1_and_weights_that_sum_to_1(
    claim: str, texts: list[str]
) -> None:
    seen = look_at(claim, [printed(text) for text in texts])
    assert sum(one.weight for one in seen) == pytest.approx(1.0)
    assert all(0.0 <= value <= 1.0 for one in seen for value in one.numbers.values())


def test_every_weight_is_of_a_number_that_exists() -> None:
    from osler.answer.stance_features import of_claim

    known = set(of_statement(CLAIM, FOR)) | set(of_claim(CLAIM))
    assert set(shipped_weights().weights) <= known


def test_an_answer_names_every_statement_that_its_stance_rests_on(fill: Fill) -> None:
    records = [
        study("pmid:1", "Anakinra and ferritin in gout", FOR),
        study("pmid:2", "Ferritin under anakinra in gout", AGAINST),
    ]
    with fill(records) as desk:
        answer = answer_of(desk, "Does anakinra lower ferritin in gout?")
    ids = [statement["id"] for statement in statements_of(answer)]
    assert answer["stance"] in {"yes", "no", "mixed", "unclear"}
    assert {one["statement"] for one in answer["stance_basis"]} <= set(ids)
    assert answer["stance_basis"][0]["statement"] == ids[0]


@pytest.mark.parametrize(
    "question",
    [
        "What is the mechanism of action of anakinra in HLH?",
        "Does zubromycin cure velitosis?",
        "Is it raining in HLH?",
        "Why is anakinra completely safe?",
    ],
)
def test_what_asks_something_else_or_is_not_answered_has_no_stance(starter: Desk, question: str) -> None:
    answer = answer_of(starter, question)
    assert answer["stance"] is None
    assert answer["stance_basis"] == []
