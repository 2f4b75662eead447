"""Diseases are told by their endings and last words; what ends alike is not one."""

from __future__ import annotations

import pytest

from osler.text.disease_names import find_studied, is_disease


@pytest.mark.parametrize(
    "term",
    ["sepsis", "arthritis", "renal failure", "COVID-19", "leukaemia", "lymphoma", "neuropathies",
     "amyloidoses", "lymphomas", "Crohn disease"],
)  # fmt: skip
def test_a_disease_is_known_by_its_ending_or_its_last_word(term: str) -> None:
    assert is_disease(term)


@pytest.mark.parametrize(
    "term",
    ["prognosis", "diagnosis", "misdiagnoses", "apoptosis", "phagocytosis", "glycaemia", "empathy",
     "hypnosis", "purposes", "biomass", "patients", ""],
)  # fmt: skip
def test_words_that_end_alike_are_no_diseases(term: str) -> None:
    assert not is_disease(term)


def test_the_disease_of_a_line_is_found_with_the_words_before_it() -> None:
    assert find_studied("Anakinra lowered ferritin in adult Still disease.") == "adult Still disease"
    assert find_studied("It was given for gout.", after_a_word=True) == "gout"


def test_a_disease_that_nothing_brings_in_is_passed_over_where_that_is_asked() -> None:
    assert find_studied("Sepsis was excluded.", after_a_word=True) == ""


def test_symptoms_do_not_say_whom_a_study_was_about() -> None:
    assert find_studied("Pain and fever fell within a day.") == ""
