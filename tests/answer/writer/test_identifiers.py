"""A question that may tell who it is about never leaves this process; it is answered all the same."""

from __future__ import annotations

import json

import pytest
from tests.answer.writer.library import CHILDREN, QUESTION, Asking
from tests.answer.writer.server import writing

PRIVATE = [
    ("Mrs Testwick", "a name"),
    ("MRN 00482913", "a patient's number"),
    ("admitted 12/03/2024", "a date"),
    ("jane@mail.example", "an e-mail address"),
]


@pytest.mark.parametrize(("words", "kind"), PRIVATE)
def test_a_question_with_an_identifier_is_not_sent_and_that_is_told(
    ask: Asking, words: str, kind: str
) -> None:
    document = ask(writing((CHILDREN, [1])), question=f"{QUESTION} {words}")
    assert ask.server.seen == []
    [notice] = ask.notices
    assert kind in notice
    assert "(writer.identifiers)" in notice
    assert words not in notice
    assert document["answer"]["engine"]["writer"] == "extractive"


def test_it_is_answered_from_the_library_as_it_would_be_without_a_model(ask: Asking) -> None:
    question = f"{QUESTION} Mrs Testwick"
    held = ask(writing((CHILDREN, [1])), question=question)["answer"]
    plain = ask(writing((CHILDREN, [1])), question=question, OSLER_WRITER_URL="")["answer"]
    assert held == plain
    assert held["sections"]
    assert [s["text"] for section in held["sections"] for s in section["statements"]] == [
        s["text"]
        for section in ask.without_a_writer()["answer"]["sections"]
        for s in section["statements"]
    ]


def test_a_follow_up_does_not_carry_the_identifier_of_the_question_before(ask: Asking) -> None:
    from osler.service.ask import ask as put
    from osler.service.wiring import open_desk

    ask.server.script.append(writing((CHILDREN, [1])))
    with open_desk(ask.environment(), holder="test") as desk:
        first = put(desk, f"{QUESTION} Mrs Testwick")
        put(desk, "and in children?", follow=first.answer.id)
    sent = json.dumps([seen.body for seen in ask.server.seen])
    assert "Testwick" not in sent


def test_a_question_without_one_is_sent(ask: Asking) -> None:
    ask(writing((CHILDREN, [1])))
    assert len(ask.server.seen) == 1
