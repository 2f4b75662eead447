"""Limits of classes as texts give them, and where they leave a gap or overlap. Figures are invented."""

from __future__ import annotations

import pytest

from osler.review.boundaries import bounds_in, seams


def faults(*texts: str) -> list[str]:
    return [seam.what for seam in seams([bounds for text in texts for bounds in bounds_in(text)])]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Mild is a testin below 30 mg/L.", ["mild < 30 mg/L"]),
        ("severe (testin >10,000 ng/mL)", ["severe > 10000 ng/mL"]),
        ("low risk (score 0-1) and high risk (score ≥4)", ["low risk 0 to 1", "high risk ≥ 4"]),
        (
            "stage 3: 30–59 mL/min; stage 4: 15–29",
            ["stage 3 30 to 59 mL/min", "stage 4 15 to 29 mL/min"],
        ),
        ("Moderate was defined as more than 30 but less than 50.", ["moderate 30 to 50"]),
        ("grade II: at most 5 points", ["grade ii ≤ 5"]),
        ("Testosis is severe when testin exceeds 35 mg/L.", ["severe > 35 mg/L"]),
        ("A testin below 30 mg/L is mild testosis.", ["mild < 30 mg/L"]),
        ("A testin of 30 to 35 mg/L is considered moderate.", ["moderate 30 to 35 mg/L"]),
    ],
)
def test_a_class_is_read_with_its_limits(text: str, shown: list[str]) -> None:
    assert [bounds.shown for bounds in bounds_in(text)] == shown


@pytest.mark.parametrize(
    "text",
    [
        "Mild testosis was seen in 12 of 40 adults.",
        "Severe testosis is rare. In 30 adults it was treated.",
        "Severe was not a testin above 30 mg/L.",
        "In the mild group the dose was 2 mg/kg.",
        "A testin below 30 mg/L was seen in mild testosis.",
    ],
)
def test_a_figure_that_is_no_limit_is_not_read_as_one(text: str) -> None:
    assert bounds_in(text) == ()


@pytest.mark.parametrize(
    ("texts", "what"),
    [
        (("Mild is below 30 mg/L.", "Severe is above 35 mg/L."), "from 30 to 35 is in no class"),
        (("Mild is below 30 mg/L.", "Severe is above 30 mg/L."), "30 itself is in no class"),
        (("Mild is at most 30 mg/L.", "Severe is at least 30 mg/L."), "the classes overlap"),
        (("Mild is below 40 mg/L.", "Severe is above 35 mg/L."), "the classes overlap"),
        (("Mild is below 30 mg/L.", "Mild is below 35 mg/L."), "the same class has two limits"),
        (("Severe is below 30%.", "Mild is above 50%."), "from 30 to 50 is in no class"),
        (
            ("A testin below 30 mg/L is mild.", "Testosis is severe when testin exceeds 35 mg/L."),
            "from 30 to 35 is in no class",
        ),
    ],
)
def test_gaps_and_overlaps_are_found(texts: tuple[str, ...], what: str) -> None:
    assert faults(*texts) == [what]


@pytest.mark.parametrize(
    "texts",
    [
        ("Mild is below 30 mg/L.", "Severe is at least 30 mg/L."),
        ("Mild is below 30 mg/L.", "Moderate is 30 to 35 mg/L.", "Severe is above 35 mg/L."),
        ("stage 3: 30–59 mL/min; stage 4: 15–29",),
        ("low risk (score 0-1), intermediate risk (2 to 3) and high risk (≥4)",),
        ("Mild is below 30 mg/L.", "Severe is above 35 mmol/L."),
        ("Mild is a testin below 30 mg/L.", "Severe is a ferritin above 90 mg/L."),
        ("Mild is below 30 mg/L.", "High-risk is above 35 mg/L."),
    ],
)
def test_classes_that_meet_or_measure_other_things_are_no_fault(texts: tuple[str, ...]) -> None:
    assert faults(*texts) == []
