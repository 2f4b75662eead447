"""A person in danger is sent for help first; a clinician's question about such patients is answered."""

from __future__ import annotations

import pytest
from tests.answer.conftest import answer_of
from tests.answer.evaluation_set import Row, rows

from osler.answer.red_flags import is_not_clinical, reads_as_emergency
from osler.answer.withhold import CALL_FOR_HELP, EMERGENCY_TEXT
from osler.service.wiring import Desk
from osler.text.normalise import fold


@pytest.mark.parametrize(
    "said",
    [
        "My wife can’t breathe",
        "I have taken 40 paracetamol tablets",
        "bee sting, tongue swelling, hard to breathe",
        "he's not responding to me",
        "I DON'T WANT TO LIVE ANY MORE",
        "my patient is unresponsive with no pulse",
        "My chest hurts and my left arm is numb",
    ],
)
def test_signs_of_danger_are_seen_in_any_writing(said: str) -> None:
    assert reads_as_emergency(fold(said))


@pytest.mark.parametrize(
    "said",
    [
        "my patient is not responding to steroids",
        "How often is HLH unresponsive to etoposide?",
        "chest pain in young adults: work-up",
        "does pressure on the chest wall reproduce costochondritis",
        "I took 2 tablets of ibuprofen, can I drink wine",
        "he had a flu shot and a sore arm",
        "does a bee sting cause swelling of the tongue",
        "management of overdose in children",
        "my doctor does not answer my questions about anakinra",
    ],
)
def test_what_only_sounds_like_danger_is_none(said: str) -> None:
    assert not reads_as_emergency(fold(said))


@pytest.mark.parametrize("said", ["does weather affect migraine", "slipped capital femoral epiphysis"])
def test_clinical_questions_in_everyday_words_are_clinical(said: str) -> None:
    assert not is_not_clinical(fold(said))


@pytest.mark.parametrize(
    "row",
    [row for row in rows("unseen-8") if row.want == "emergency"],
    ids=str,
)
def test_a_danger_that_no_list_holds_still_says_whom_to_call(starter: Desk, row: Row) -> None:
    disclaimer = answer_of(starter, row.question)["disclaimer"]
    assert EMERGENCY_TEXT in disclaimer or CALL_FOR_HELP in disclaimer


def test_an_emergency_says_whom_to_call_and_nothing_else(starter: Desk) -> None:
    answer = answer_of(starter, "my husband collapsed and has no pulse")
    assert answer["disclaimer"] == EMERGENCY_TEXT
    assert (answer["bottom_line"], answer["sections"], answer["clarify"]) == (None, [], [])


def test_what_is_asked_of_one_person_and_not_answered_says_whom_to_call(starter: Desk) -> None:
    of_a_person = answer_of(starter, "my left ear is ringing")
    in_general = answer_of(starter, "What dose of semaglutide is used in obesity?")
    assert of_a_person["disclaimer"].startswith(CALL_FOR_HELP)
    assert CALL_FOR_HELP not in in_general["disclaimer"]
