"""Several questions in one are told apart, each answered in its share; one question is left whole."""

from __future__ import annotations

import pytest
from tests.answer.conftest import Fill, answer_of, statements_of, study

from osler.answer.select import MOST_STATEMENTS, MOST_WORDS
from osler.answer.several import split_questions, tell_apart
from osler.model.figure import Metric
from osler.model.question import ConceptRole, QuestionKind
from osler.retrieval.understand import understand
from osler.service.wiring import Desk
from osler.text.figures import find_figures


@pytest.mark.parametrize(
    ("asked", "kinds"),
    [
        (
            "What dose of anakinra is used in HLH and what are its side effects?",
            [QuestionKind.DOSE, QuestionKind.HARMS],
        ),
        (
            "How does anakinra work in HLH, and is it licensed?",
            [QuestionKind.MECHANISM, QuestionKind.LICENCE],
        ),
        ("dose and side effects of anakinra in HLH", [QuestionKind.DOSE, QuestionKind.HARMS]),
        ("anakinra dose in HLH & its adverse effects", [QuestionKind.DOSE, QuestionKind.HARMS]),
        (
            "anakinra dose in HLH? and what should be monitored?",
            [QuestionKind.DOSE, QuestionKind.MONITORING],
        ),
    ],
)
def test_each_of_two_questions_is_whole_by_itself(
    starter: Desk, asked: str, kinds: list[QuestionKind]
) -> None:
    told = tell_apart(understand(asked, starter.vocabulary), starter.vocabulary)
    assert [question.kinds[0] for question in told] == kinds
    for question in told:
        assert [c.text for c in question.with_role(ConceptRole.INTERVENTION)] == ["anakinra"]
        assert [c.text for c in question.with_role(ConceptRole.CONDITION)] == ["HLH"]


def test_words_that_refer_to_the_condition_are_understood_in_the_second_question(starter: Desk) -> None:
    asked = "How is HLH diagnosed? How is it treated?"
    told = tell_apart(understand(asked, starter.vocabulary), starter.vocabulary)
    assert [question.kinds[0] for question in told] == [QuestionKind.DIAGNOSIS, QuestionKind.TREATMENT]
    assert [c.text for c in told[1].concepts] == ["HLH"]


@pytest.mark.parametrize(
    "asked",
    [
        "Does anakinra reduce fever and improve survival in HLH?",
        "my son got over the virus, how long is he infectious",
        "I have gout and my doctor told me to take colchicine, how should I take it?",
        "Which children with HLH relapse after and during treatment?",
        "As of 2019, what cancer is associated with ionizing radiation?",
        "anakinra or tocilizumab in MAS, which is safer",
        "By which route and in what dose is anakinra given?",
        "",
        "?",
    ],
)
def test_one_question_is_left_whole(asked: str) -> None:
    assert split_questions(asked) == (asked,)


def test_the_answer_holds_both_within_the_length_and_marks_each_part(starter: Desk) -> None:
    answer = answer_of(starter, "What dose of anakinra is used in HLH and what are its side effects?")
    statements = statements_of(answer)
    facets = {section["facet"] for section in answer["sections"]}
    assert answer["status"] == "answered"
    assert any(figure.metric is Metric.DOSE for figure in find_figures(answer["bottom_line"]["text"]))
    assert "safety" in facets
    assert [part["support"] for part in answer["parts"]] == ["supported", "supported"]
    assert len(statements) <= MOST_STATEMENTS
    assert sum(len((s["lead"] + s["text"]).split()) for s in statements) <= MOST_WORDS + 40
    assert answer["question"]["kinds"] == ["dose", "harms"]
    assert len({s["id"] for s in statements}) == len(statements)


def test_a_part_without_evidence_is_marked_and_the_other_is_answered(fill: Fill) -> None:
    records = [
        study(
            "pmid:1", "Anakinra in gout", "The dose of anakinra in gout was 100 mg daily in 12 adults."
        )
    ]
    with fill(records) as desk:
        answer = answer_of(desk, "What dose of anakinra is used in gout and how is gout diagnosed?")
    assert answer["status"] == "partial"
    assert {part["support"] for part in answer["parts"]} >= {"not_found"}
    assert len(statements_of(answer)) == 1


def test_more_questions_than_a_short_answer_holds_are_asked_back(starter: Desk) -> None:
    asked = (
        "What is the dose of anakinra in HLH? How does etoposide work in HLH? How is HLH diagnosed? "
        "What is the survival in MAS?"
    )
    answer = answer_of(starter, asked)
    assert answer["status"] == "needs_clarification"
    assert "How is HLH diagnosed?" in answer["clarify"][0]["ask"]
