"""What is seen of a passage: stems at the beginning of words, in any spelling, weighed by rarity."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.index.analysis import stem_for_index
from osler.index.protocol import Clause
from osler.retrieval.features import Asked, Feature, make_plain
from osler.retrieval.manner import Manner
from osler.retrieval.rerank import load_weights

COUNTS = {"fever": 400, "zentamil": 2}


def asked(*words: str, named: tuple[tuple[tuple[str, ...], float], ...] = ()) -> Asked:
    clauses = [Clause(tuple(word.split("|"))) for word in words]
    return Asked(
        clauses,
        named,
        terms=lambda text: stem_for_index(text).split(),
        count=lambda text: COUNTS.get(text, 50),
        size=1000,
    )


def test_all_words_in_any_inflection_cover_the_whole_question() -> None:
    features = asked("reduces", "therapy", "haemorrhage").read(
        "Snow", "Hemorrhages were reduced by both therapies."
    )
    assert features[Feature.COVERAGE] == pytest.approx(1.0)
    assert features[Feature.TITLE] == 0.0


def test_a_source_without_a_title_is_not_held_to_say_nothing_in_it() -> None:
    question = asked("fever", "zentamil")
    untitled = question.read(" ", "Zentamil in fever")[Feature.TITLE]
    assert question.read("Snow", "Zentamil in fever")[Feature.TITLE] == 0.0
    assert 0.0 < untitled < question.read("Zentamil in fever", "")[Feature.TITLE]


def test_a_rare_word_covers_more_than_a_common_one() -> None:
    question = asked("fever", "zentamil")
    rare = question.read("", "Zentamil was given.")[Feature.COVERAGE]
    common = question.read("", "Fever was measured.")[Feature.COVERAGE]
    assert rare > 0.8 > 0.2 > common > 0


def test_any_wording_of_a_thing_will_do_and_all_its_words_are_needed() -> None:
    question = asked("heart attack|myocardial infarction")
    assert question.read("", "After myocardial infarction")[Feature.COVERAGE] == 1.0
    assert question.read("", "The heart was imaged")[Feature.COVERAGE] == 0.0


def test_a_stem_inside_another_word_does_not_stand_there() -> None:
    question = asked("ace", "rash")
    assert question.read("", "Acetone and crash tests, rashly")[Feature.COVERAGE] < 0.6
    assert question.read("", "ACE, and a rash")[Feature.COVERAGE] == pytest.approx(1.0)


@pytest.mark.parametrize("written", ["IL-1β", "IL-1 beta", "il 1-beta"])
def test_greek_letters_and_hyphens_are_no_difference(written: str) -> None:
    assert asked("IL-1β").read("", f"Levels of {written} fell")[Feature.COVERAGE] == 1.0


def test_named_terms_count_by_their_weight() -> None:
    question = asked("x", named=((("zentamil", "zml"), 2.0), (("gout",), 1.0)))
    assert question.read("", "ZML was given")[Feature.NAMED] == pytest.approx(2 / 3)
    assert question.read("gout", "Zentamil")[Feature.NAMED] == pytest.approx(1.0)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_can_be_read(title: str, text: str) -> None:
    features = asked("fever", "zentamil").read(title, text)
    assert all(0.0 <= value <= 1.0 + 1e-9 for value in features.values())
    assert make_plain(text).isascii()


@pytest.mark.parametrize("name", ["words", "fused", "read", *Manner])
def test_every_packaged_weight_says_that_more_is_better(name: str) -> None:
    weights = load_weights(name)
    assert Feature.WORDS in weights.of
    assert all(weight > 0 for weight in weights.of.values())
