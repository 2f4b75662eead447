"""Percentages of people are said as counts; everything else is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.answer.frequencies import find_frequencies


def counts(text: str) -> list[str]:
    """Return the frequencies of ``text`` as ``count/of``."""
    return [f"{found.count}/{found.of}" for found in find_frequencies(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In 83% of patients the fever fell.", ["83/100"]),
        ("In 21 adults, 19/21 (90.5%) responded.", ["9/10"]),
        ("19 of 21 patients (90.5%) responded.", ["9/10"]),
        ("Mortality was 42% at one year.", ["42/100"]),
        ("In these children survival was approximately 40%.", ["4/10"]),
        ("Of 44 children, 27% died.", ["27/100"]),
        (
            "In trials in adults it occurred in 2.1% on one and 0.4% on another.",
            ["21/1000", "4/1000"],
        ),
        ("It occurred in 0.3% of women.", ["3/1000"]),
        ("It occurred in 0.03% of women.", ["3/10000"]),
        ("A response was seen in 60% of patients versus 55% of controls.", ["60/100", "55/100"]),
        ("Survival was 83.3% with one trigger and 42.9% with another.", ["83/100", "43/100"]),
        ("Death came in 2.4% of men and 2.5% of women.", ["24/1000", "25/1000"]),
    ],
)
def test_percentages_of_people_become_counts_out_of_one_number(text: str, found: list[str]) -> None:
    assert counts(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Mortality fell by 30% in these patients.",
        "There was a 30% reduction in patients with fever.",
        "The patients' oxygen saturation was 92%.",
        "Ejection fraction was 35% in patients.",
        "HbA1c was 8% in patients with diabetes.",
        "The 95% confidence interval was wide in patients.",
        "Bioavailability was 95% in healthy adults.",
        "Sensitivity was 93% in patients with HLH.",
        "Clearance was 16% lower in patients with renal impairment.",
        "In patients, 70% of the dose was excreted.",
        "Blasts were 20% of cells in patients.",
        "Fewer than 10% of patients had fever.",
        "Up to 85% of patients died.",
        "Ninety four percent of patients survived.",
        "All 100% of patients and 0% of controls responded.",
        "Mortality was 10% to 20% in patients.",
        "5/10 (50%) lesions healed.",
        "The hazard ratio was 0.38 and the odds ratio 2.1.",
        "A 5% solution was given to patients.",
    ],
)
def test_what_is_no_share_of_people_is_left_alone(text: str) -> None:
    assert counts(text) == []


@given(st.lists(st.integers(1, 999).map(lambda tenths: tenths / 10), min_size=1, max_size=3))
def test_counts_keep_the_order_of_the_shares_they_come_from(shares: list[float]) -> None:
    text = " and ".join(f"{share:g}% of patients" for share in shares)
    found = find_frequencies(f"Fever came in {text}.")
    assert len(found) == len(shares)
    assert len({frequency.of for frequency in found}) == 1
    for share, frequency in zip(shares, found, strict=True):
        assert abs(100 * frequency.count / frequency.of - share) <= max(0.1 * share, 0.5)
    by_share = sorted(zip(shares, (frequency.count for frequency in found), strict=True))
    assert [count for _, count in by_share] == sorted(frequency.count for frequency in found)
    assert len({count for _, count in by_share}) == len(set(shares))
