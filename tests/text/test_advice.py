"""What a sentence does in a text that advises, where an article's rules would misread it."""

from __future__ import annotations

import pytest

from osler.text.advice import move_in_advice
from osler.text.moves import Move, classify_move


@pytest.mark.parametrize(
    ("sentence", "move"),
    [
        ("Antibiotics are used to treat velitosis.", Move.FINDING),
        ("The goal of treatment is to relieve pain and swelling.", Move.FINDING),
        ("It infects the skin, the lips and the mouth.", Move.FINDING),
        ("You typically swallow some air when you drink.", Move.FINDING),
        ("Call your doctor if the fever lasts more than a week.", Move.RECOMMENDATION),
        ("Do not take kelopax with any other medicine.", Move.RECOMMENDATION),
    ],
)
def test_advice_and_plain_statements_may_be_printed(sentence: str, move: Move) -> None:
    assert move_in_advice(sentence, classify_move(sentence)) is move


@pytest.mark.parametrize(
    "sentence",
    [
        "We searched three databases for randomised trials of kelopax.",
        "Participants were randomised to kelopax or placebo.",
        "For more information, go to the page on velitosis.",
        "Prescription drugs.",
        "An archive provides the following list of signs of velitosis.",
        "Read more about the risk factors of velitosis.",
    ],
)
def test_what_tells_of_a_study_points_elsewhere_or_is_no_sentence_stays_unprinted(
    sentence: str,
) -> None:
    assert not move_in_advice(sentence, classify_move(sentence)).is_evidence


@pytest.mark.parametrize("move", [Move.QUESTION, Move.POINTER, Move.HYPOTHESIS, Move.DEFINITION])
def test_other_moves_are_left_as_they_are(move: Move) -> None:
    assert move_in_advice("You should take kelopax with some food.", move) is move
