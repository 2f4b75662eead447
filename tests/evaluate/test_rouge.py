"""ROUGE on pairs small enough to count by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.evaluate.rouge import best_of, rouge_l, rouge_n, rouge_su

WORDS = st.lists(st.sampled_from(["kelopax", "cures", "velitosis", "in", "adults"]), max_size=9).map(
    " ".join
)


def test_stretches_of_two_words_are_counted_as_often_as_they_stand_in_both() -> None:
    found = rouge_n("kelopax cures gout and kelopax cures pain", "kelopax cures gout", n=2)
    assert found.recall == 1.0
    assert found.precision == pytest.approx(2 / 6)
    assert found.f1 == pytest.approx(0.5)


def test_the_longest_common_run_may_have_gaps_and_keeps_the_order() -> None:
    assert rouge_l("kelopax quickly cures gout", "kelopax cures gout").recall == 1.0
    assert rouge_l("gout cures kelopax", "kelopax cures gout").recall == pytest.approx(1 / 3)


def test_pairs_reach_over_four_words_and_no_further() -> None:
    # Ideal: 2 words and 1 pair. The pair stands with four words between, not with five.
    assert rouge_su("kelopax a b c d cures", "kelopax cures").recall == 1.0
    assert rouge_su("kelopax a b c d e cures", "kelopax cures").recall == pytest.approx(2 / 3)


def test_the_nearest_of_several_ideal_answers_counts() -> None:
    found = best_of(rouge_l, "kelopax cures gout", ["no answer", "kelopax cures gout"])
    assert (found.recall, found.f1) == (1.0, 1.0)
    assert best_of(rouge_l, "kelopax", []).f1 == 0.0


def test_nothing_holds_nothing_of_an_ideal_answer() -> None:
    assert rouge_n("", "kelopax cures gout", n=2).f1 == 0.0
    assert rouge_su("", "kelopax").recall == 0.0


@given(WORDS, WORDS)
def test_recall_one_way_is_precision_the_other_way(one: str, other: str) -> None:
    for measure in (rouge_l, rouge_su, lambda a, b: rouge_n(a, b, n=2)):
        there, back = measure(one, other), measure(other, one)
        assert there.recall == pytest.approx(back.precision)
        assert 0.0 <= there.f1 <= 1.0
