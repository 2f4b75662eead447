"""Sentences that tell of a treatment, and those that only name the disease."""

from __future__ import annotations

import pytest

from osler.text.treatments import names_treatment, says_what_to_do


@pytest.mark.parametrize(
    "sentence",
    [
        "Glibenclamide was compared with placebo in 40 women.",
        "Percutaneous rhizotomy was done in 13 adults.",
        "The children were managed at home.",
        "Pelvic floor exercises reduced leakage.",
        "Two received intravenous immunoglobulin.",
        "Physiotherapy began on the second day.",
    ],
)
def test_what_is_done_for_patients_is_a_treatment(sentence: str) -> None:
    assert names_treatment(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "White cell counts were higher in infants of women with gestational diabetes.",
        "Smoking was associated with a higher risk of the disease in women.",
        "Loss-of-function variants of the gene were found in familial disease.",
        "Viruses were commonly detected in outpatients with pneumonia.",
    ],
)
def test_a_cause_or_a_count_is_no_treatment(sentence: str) -> None:
    assert not names_treatment(sentence)


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("Testamine is the treatment of choice in mild disease.", True),
        ("Testamine is a clinically effective alternative to insulin therapy.", True),
        ("Simple analgesics are recommended as a first step for mild attacks.", True),
        ("Treatment includes rest, splints and testamine.", True),
        ("The patient was treated with testamine.", True),
        ("Drug costs were recorded over twelve months.", False),
        ("The regimen was not described.", False),
    ],
)
def test_a_sentence_that_says_what_to_do_is_told_from_one_that_names_it(
    sentence: str, says: bool
) -> None:
    assert says_what_to_do(sentence) is says
