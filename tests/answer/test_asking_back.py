"""Questions that cannot be answered as asked: asked back, refused, or honestly not found."""

from __future__ import annotations

import pytest
from tests.answer.conftest import answer_of, statements_of

from osler.service.wiring import Desk


@pytest.mark.parametrize(
    "question",
    ["", "   ", "?", "help", "what should I do?", "treatment", "anakinra", "my patient is ill", "dose?"],
)
def test_a_vague_question_is_asked_back_in_short(starter: Desk, question: str) -> None:
    answer = answer_of(starter, question)
    assert answer["status"] == "needs_clarification"
    assert 1 <= len(answer["clarify"]) <= 5
    assert statements_of(answer) == []


@pytest.mark.parametrize(
    "question",
    ["What treatment should I have?", "Should I stop my medicine?", "What should I take?"],
)
def test_a_question_about_an_unseen_person_is_asked_back(starter: Desk, question: str) -> None:
    assert answer_of(starter, question)["status"] == "needs_clarification"


def test_a_question_that_is_not_clinical_is_said_to_be_none(starter: Desk) -> None:
    assert answer_of(starter, "What is the capital of France?")["status"] == "not_clinical"


def test_an_emergency_is_sent_for_help_and_not_answered(starter: Desk) -> None:
    answer = answer_of(starter, "My father has chest pain and cannot breathe, what now?")
    assert answer["status"] == "emergency"
    assert statements_of(answer) == []


@pytest.mark.parametrize(
    "question",
    [
        "What is the mechanism of action of semaglutide in obesity?",
        "What dose of gentamicin is used in neonatal sepsis?",
        "Does tamoxifen reduce recurrence of breast cancer?",
        "Is the six-minute walk test reproducible in heart failure?",
    ],
)
def test_what_the_library_does_not_hold_is_not_found(starter: Desk, question: str) -> None:
    answer = answer_of(starter, question)
    assert answer["status"] == "abstained"
    assert statements_of(answer) == []
    assert answer["library"]["searched"]["query"]
    assert any(part["support"] == "not_found" for part in answer["parts"])
