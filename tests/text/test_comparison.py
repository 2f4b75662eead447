"""Whether words of direction come with what they compare with."""

from __future__ import annotations

import pytest

from osler.text.comparison import lacks_comparator


@pytest.mark.parametrize(
    "text",
    [
        "Relapse was less frequent.",
        "Zelokin significantly reduced mortality.",
        "Mortality risk was higher in patients on zelokin.",
    ],
)
def test_more_or_less_without_than_what_is_open(text: str) -> None:
    assert lacks_comparator(text)


@pytest.mark.parametrize(
    "text",
    [
        "Relapse was less frequent than with placebo.",
        "Zelokin reduced mortality (hazard ratio 0.45).",
        "Ferritin fell from 900 to 300 ng/mL.",
        "Zelokin reduced wobbling in 40 of 80 patients.",
        "Heart failure with reduced ejection fraction was frequent.",
        "Zelokin blocks the receptor.",
    ],
)
def test_a_comparison_that_is_made_or_not_meant_is_not_open(text: str) -> None:
    assert not lacks_comparator(text)
