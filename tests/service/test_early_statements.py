"""What is handed over first is a part of the whole: nothing that was read has to be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from osler.model.reader import Reader
from osler.service.add import add
from osler.service.ask import answer_understood, understand_question
from osler.service.wiring import Desk, open_desk

QUESTIONS = (
    "What is the mechanism of action of anakinra in hemophagocytic lymphohistiocytosis (HLH)?",
    "What dose of anakinra is used in HLH in children?",
    "How effective is anakinra in HLH?",
    "What are the adverse effects of anakinra?",
    "How is HLH diagnosed?",
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = {"OSLER_HOME": str(tmp_path_factory.mktemp("early"))}
    with open_desk(home, create=True) as opened:
        add(opened, ["starter:hlh"])
    with open_desk(home) as opened:
        yield opened


def both(desk: Desk, question: str, reader: Reader) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return what was handed over early, and the whole."""
    early: list[dict[str, Any]] = []
    understood = understand_question(desk, question)
    asked = answer_understood(desk, understood, reader=reader, early=early.append)
    return [document["answer"] for document in early], asked.document["answer"]


@pytest.mark.parametrize("reader", [Reader.CLINICIAN, Reader.PATIENT])
@pytest.mark.parametrize("question", QUESTIONS)
def test_statements_come_early_and_stay_as_they_came(desk: Desk, question: str, reader: Reader) -> None:
    (early,), whole = both(desk, question, reader)
    assert early["bottom_line"] == whole["bottom_line"]
    later = {s["id"]: s for section in whole["sections"] for s in section["statements"]}
    for section in early["sections"]:
        for statement in section["statements"]:
            assert later[statement["id"]] == statement
    assert early["references"] == whole["references"][: len(early["references"])]
    assert early["beneath"] == early["figures"] == early["conflicts"] == []


@pytest.mark.parametrize("question", ["anakinra", "I have crushing chest pain right now", "weather?"])
def test_what_is_not_answered_is_said_once(desk: Desk, question: str) -> None:
    early, _whole = both(desk, question, Reader.CLINICIAN)
    assert early == []
