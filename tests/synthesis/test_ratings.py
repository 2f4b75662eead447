"""Which words of a source rate its evidence, and which only wish for better or deny it."""

from __future__ import annotations

import pytest

from osler.model.certainty import Level
from osler.synthesis.ratings import find_ratings


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Low-certainty evidence suggests that zelokin shortens wobbling.", Level.LOW),
        ("Zelokin probably helps (moderate‐certainty evidence; 3 trials).", Level.MODERATE),
        ("Zelokin is conditionally recommended (very low certainty).", Level.VERY_LOW),
        ("The certainty of the evidence was very low.", Level.VERY_LOW),
        ("We rated the quality of evidence as high for relapse.", Level.HIGH),
        ("Relapse was rarer with zelokin (GRADE: moderate).", Level.MODERATE),
        ("The evidence on zelokin is of very low certainty.", Level.VERY_LOW),
        ("We recommend zelokin in severe wobbling (1B).", Level.MODERATE),
    ],
)
def test_a_rating_is_read_where_it_stands(text: str, level: Level) -> None:
    (rating,) = find_ratings(text)
    assert rating.level is level
    assert text[rating.start : rating.end] == rating.words


@pytest.mark.parametrize(
    "text",
    [
        "No high-quality evidence supports zelokin.",
        "Further high-quality evidence is needed.",
        "High-quality evidence is lacking.",
        "Patients with low quality of life were included.",
        "A strong recommendation was made for zelokin.",
        "Quality of life was moderate in both groups.",
    ],
)
def test_a_wish_a_denial_and_other_qualities_rate_nothing(text: str) -> None:
    assert find_ratings(text) == ()


def test_of_several_levels_the_lowest_counts_and_that_is_known() -> None:
    (rating,) = find_ratings("There was low to moderate certainty evidence for relapse.")
    assert rating.level is Level.LOW
    assert rating.several
