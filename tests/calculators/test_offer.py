"""Calculators offered for a question, filled with what it states and nothing else."""

from __future__ import annotations

import pytest

from osler.calculators.calculate import calculate
from osler.calculators.offer import Offer, offer


def named(question: str, name: str) -> Offer:
    return next(entry for entry in offer(question) if entry.definition.name == name)


def test_a_question_on_hlh_is_offered_the_hscore_filled_with_what_it_states() -> None:
    found = named(
        "Does a patient with temperature 39.6 °C, ferritin of 12000 ng/mL, triglycerides 3.2 mmol/L, "
        "fibrinogen 1.1 g/L and AST 210 have HLH?",
        "hscore",
    )
    assert found.filled == {
        "temperature": "39.6 °C",
        "ferritin": "12000 ng/mL",
        "triglycerides": "3.2 mmol/L",
        "fibrinogen": "1.1 g/L",
        "ast": "210",
    }
    assert set(found.missing) == {
        "immunosuppression", "organomegaly", "cytopenias", "haemophagocytosis",
    }  # fmt: skip
    rest = {
        "immunosuppression": "no", "organomegaly": "none", "cytopenias": "two",
        "haemophagocytosis": "unknown",
    }  # fmt: skip
    assert calculate(found.definition, {**found.filled, **rest}).figures


def test_a_value_that_a_calculator_would_refuse_is_not_filled_in() -> None:
    assert "ferritin" not in named("Is it HLH with a ferritin of 12 µg/mL?", "hscore").filled
    assert "triglycerides" not in named("Is it HLH with triglycerides of 3.2?", "hscore").filled


def test_age_and_sex_are_read_from_how_a_person_is_described() -> None:
    found = named("What is the eGFR of a 62-year-old woman with creatinine 1.4 mg/dL?", "ckd-epi-2021")
    assert found.filled == {"age": "62", "sex": "female", "creatinine": "1.4 mg/dL"}
    assert found.missing == ()


def test_two_people_have_no_one_sex() -> None:
    assert "sex" not in named("eGFR in a man and a woman", "ckd-epi-2021").filled


@pytest.mark.parametrize(
    "question",
    ["What is the mechanism of action of metformin?", "Is the map of Masca up to date?", ""],
)
def test_a_question_that_calls_for_none_is_offered_none(question: str) -> None:
    assert offer(question) == ()


def test_what_is_filled_most_comes_first() -> None:
    found = offer("Sepsis with respiratory rate 26 and systolic 85: qSOFA?")
    assert found[0].definition.name == "qsofa"
    assert set(found[0].filled) == {"respiratory-rate", "systolic"}
