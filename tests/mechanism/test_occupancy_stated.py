"""What a text states of a simulation is taken in its own words; the dose of another drug never is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.mechanism.occupancy_parameters import load_model
from osler.mechanism.occupancy_regimen import read_regimen
from osler.mechanism.occupancy_stated import stated_clearance, stated_regimens, stated_weight

MODEL = load_model("anakinra")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Anakinra 100 mg sc daily or 2 mg/kg iv q6h in MAS?", ("100 mg sc daily", "2 mg/kg iv q6h")),
        (
            "Compare Kineret 100 mg subcutaneously once daily with 2 mg/kg iv every 6 hours",
            ("100 mg subcutaneously once daily", "2 mg/kg iv every 6 hours"),
        ),
        (
            "Anakinra is licensed at 100 mg subcutaneously once daily for rheumatoid arthritis.",
            ("100 mg subcutaneously once daily",),
        ),
        ("Is 100 mg sc daily of anakinra enough?", ("100 mg sc daily",)),
        (
            "anakinra 100 mg iv once + 2 mg/kg/h iv infusion in stroke",
            ("100 mg iv once + 2 mg/kg/h iv infusion",),
        ),
    ],
)
def test_regimens_are_found_in_the_words_of_the_text(text: str, found: tuple[str, ...]) -> None:
    assert stated_regimens(text, MODEL) == found


@pytest.mark.parametrize(
    "text",
    [
        "anakinra and dexamethasone 10 mg iv daily",
        "methylprednisolone 30 mg/kg iv daily plus anakinra",
        "prednisolone 50 mg iv daily anakinra",
        "anakinra with methotrexate 15 mg sc weekly",
        "tocilizumab 100 mg sc daily",
    ],
)
def test_the_dose_of_another_drug_is_never_taken(text: str) -> None:
    assert stated_regimens(text, MODEL) == ()


def test_a_second_dose_that_another_drug_follows_is_left_out() -> None:
    text = "anakinra 100 mg sc daily and 30 mg/kg iv daily methylprednisolone"
    assert stated_regimens(text, MODEL) == ("100 mg sc daily",)


@pytest.mark.parametrize(
    "text",
    [
        "anakinra 2-4 mg/kg iv q6h",
        "anakinra 2 to 4 mg/kg iv every 6 hours",
        "anakinra 2 mg/kg iv every 6 to 24 hours",
        "anakinra 2 mg/kg/day",
        "anakinra 100 mg daily",
        "anakinra 5000 mg sc daily",
        "anakinra 100 mcg sc daily",
    ],
)
def test_a_range_a_lack_and_what_the_command_refuses_are_no_regimens(text: str) -> None:
    assert stated_regimens(text, MODEL) == ()


@given(st.text(alphabet="anakinra 0123456789.mg/kgscivqh+or,-", max_size=80))
def test_whatever_is_found_can_be_given_to_the_command(text: str) -> None:
    for regimen in stated_regimens(f"anakinra {text}", MODEL):
        assert read_regimen(regimen, model=MODEL, weight_kg=70).text == regimen
        assert regimen in " ".join(f"anakinra {text}".split())


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("in a 92-kg man", 92),
        ("weight 70.5 kg", 70.5),
        ("2 mg/kg q6h", None),
        ("60-80 kg", None),
        ("a man of 70 kg and a woman of 60 kg", None),
        ("nothing", None),
    ],
)
def test_a_weight_is_one_number_of_kilograms(text: str, weight: float | None) -> None:
    assert stated_weight(text) == weight


@pytest.mark.parametrize(
    ("text", "clearance"),
    [
        ("CrCl 25 mL/min", 25),
        ("creatinine clearance of 20.", 20),
        ("creatinine clearance is 32.5 ml/min", 32.5),
        ("creatinine clearance below 30 mL/min", None),
        ("CrCl < 30", None),
        ("CrCl 30-50 mL/min", None),
        ("eGFR 25", None),
    ],
)
def test_a_clearance_is_a_value_and_no_bound(text: str, clearance: float | None) -> None:
    assert stated_clearance(text) == clearance
