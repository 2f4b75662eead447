"""What is told of a dose needs two signatures, in whichever form it is told. Sentences are invented."""

from __future__ import annotations

import pytest

from osler.review.dosing import states_a_dose


def statement(text: str, *, quote: str = "", lead: str = "") -> dict[str, object]:
    return {"lead": lead, "text": text, "citations": [{"quote": quote}] if quote else []}


@pytest.mark.parametrize(
    "text",
    [
        "Inventumab 2 mg/kg per day is recommended.",
        "The usual dose is two milligrams per kilogram per day.",
        "It is taken twice daily for eight weeks.",
        "In severe renal impairment it is given every other day.",
        "It is given on alternate days.",
        "Inventumab is repeated every 6 to 12 hours.",
        "The dose should be halved in renal impairment.",
        "Reduce the dose by half when clearance falls below 30 mL/min.",
        "The dosing interval is doubled in the elderly.",
        "No adjustment of the dose is needed.",
        "Doses are withheld while neutrophils are low.",
        "The maximum daily dose is not to be exceeded.",
        "Start with half a tablet at night.",
        "Two puffs are inhaled before exercise.",
        "Give 5 mL by mouth.",
        "Give 0.3 mL of the 1:1000 solution into the thigh.",
        "A bolus of 10 mL is followed by an infusion.",
        "Oxygen is given at 15 L/min.",
    ],
)
def test_amounts_schedules_measures_and_changes_of_a_dose_are_dosing(text: str) -> None:
    assert states_a_dose(statement(text))


@pytest.mark.parametrize(
    "text",
    [
        "Fever resolved in 15 of 20 adults (75%).",
        "Liver injury was dose-dependent and increased with exposure.",
        "Ferritin fell within two days.",
        "Follow-up visits took place every 3 months.",
        "The half-life was 4 hours.",
        "Creatinine rose to 3 mg/dL.",
        "Testosis is reduced by early treatment.",
        "Blood was drawn every day.",
        "The incidence was 1 in 50,000 live births per year.",
        "Inventumab inhibits the testin receptor.",
    ],
)
def test_what_only_holds_numbers_or_times_is_not(text: str) -> None:
    assert not states_a_dose(statement(text))


def test_a_dose_that_stands_only_in_the_cited_words_or_the_lead_counts() -> None:
    assert states_a_dose(statement("It helped.", quote="It helped at 2 mg/kg per day."))
    assert states_a_dose(statement("It helped.", lead="In 20 adults given 100 mg daily:"))
    assert not states_a_dose(statement("It helped.", quote="It helped."))
