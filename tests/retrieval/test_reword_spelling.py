"""Repair of misspelt words against the words of the library, and what must never be repaired."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.answer.conftest import Fill, study
from tests.retrieval.test_reword import Words

from osler.retrieval.reword import reword
from osler.retrieval.reword_spelling import beginning_distance, distance, repair

LIBRARY = Words(
    {
        "bladder": 300, "ladder": 4, "asthma": 500, "pneumonia": 200, "steroid": 90, "cholesterol": 70,
        "dialysis": 60, "constipated": 12, "iron": 80, "fentanyl": 40, "cataract": 30,
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("blader", "bladder"),
        ("astma", "asthma"),
        ("pnuemonia", "pneumonia"),
        ("neumonia", "pneumonia"),
        ("steriod", "steroid"),
        ("colesterol", "cholesterol"),
        ("dialisis", "dialysis"),
        ("constpated", "constipated"),
        ("iorn", "iron"),
        ("fentynal", "fentanyl"),
        ("kataract", "cataract"),
    ],
)
def test_a_misspelt_word_becomes_the_word_of_the_library(typed: str, meant: str) -> None:
    assert repair(typed, LIBRARY)[0] == meant


def test_a_word_that_the_library_knows_is_left_alone() -> None:
    assert repair("ladder", LIBRARY) == ()


def test_a_word_far_from_all_is_left_alone() -> None:
    assert repair("quetzal", LIBRARY) == ()


def test_short_words_and_numbers_are_left_alone() -> None:
    assert repair("irn", LIBRARY) == ()
    assert repair("t790m", LIBRARY) == ()


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ("metolazone", "methimazole"),
        ("methimazole", "metolazone"),
        ("hydroxyzine", "hydralazine"),
        ("hydralazine", "hydroxyzine"),
        ("prednisone", "prednisolone"),
        ("prednisolone", "prednisone"),
        ("vinblastine", "vincristine"),
        ("clonidine", "clozapine"),
        ("sulfadiazine", "sulfasalazine"),
        ("losec", "lasix"),
        ("Lasix", "losec"),
    ],
)
def test_one_medicine_is_never_taken_for_another_that_looks_alike(asked: str, held: str) -> None:
    assert all(held not in entry.put for entry in reword(f"dose of {asked}", Words({held: 500})))


def test_an_everyday_word_is_no_error_though_the_library_lacks_it() -> None:
    assert reword("she swears a lot", Words({"smears": 50, "swear": 0})) == ()


def test_an_abbreviation_in_capitals_is_no_error() -> None:
    assert reword("what is ASMA", Words({"asthma": 50, "asma": 0})) == ()


def test_the_word_is_read_from_the_library_and_not_its_stem(fill: Fill) -> None:
    with fill(
        [study("pmid:1", "Constipation", "Constipation was common in constipated children.")]
    ) as desk:
        (entry,) = [e for e in reword("constipaton kid", desk.vocabulary) if e.aid == "spelling"]
    assert entry.put[0] == "constipation"


@given(st.text(alphabet="abcde", max_size=7), st.text(alphabet="abcde", max_size=7))
def test_the_distance_is_the_same_both_ways_and_nought_for_the_same_word(one: str, two: str) -> None:
    assert distance(one, two, 9) == distance(two, one, 9)
    assert distance(one, one, 0) == 0
    assert beginning_distance(one, two, 9) <= distance(one, two, 9)
