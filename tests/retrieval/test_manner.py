"""How a question is put decides by which weights its passages are put in order."""

from __future__ import annotations

import pytest

from osler.model.question import Question, QuestionKind, Rewording
from osler.retrieval.manner import Manner, manner_of


def put(asked: str, *searched_as: Rewording) -> Manner:
    return manner_of(
        Question(
            asked=asked,
            normalised="",
            kinds=(QuestionKind.GENERAL,),
            concepts=(),
            modifiers=(),
            parts=(),
            follows=None,
            searched_as=searched_as,
        )
    )


@pytest.mark.parametrize(
    "asked", ["Which drug inhibits x?", "is x safe", "In which disease is x raised", "x or y? "]
)
def test_what_asks_is_a_question(asked: str) -> None:
    assert put(asked) is Manner.ASKED


@pytest.mark.parametrize(
    "said", ["Zentamil lowers fever in gout", "zentamil gout dose", "", "Isolated gout"]
)
def test_what_asks_nothing_is_said(said: str) -> None:
    assert put(said) is Manner.SAID


def test_words_that_had_to_be_translated_are_neither() -> None:
    brand = Rewording("brands", "Zentaprod", ("zentamil",), "its substance", 0, 9)
    assert put("Zentaprod in gout?", brand) is Manner.REWORDED
