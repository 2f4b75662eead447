"""What holds for every statement of every answer, whatever is asked."""

from __future__ import annotations

import pytest
from tests.answer.conftest import QUESTION, answer_of, beneath_of, statements_of

from osler.service.wiring import Desk

QUESTIONS = (
    QUESTION,
    "What dose of anakinra is used in HLH?",
    "Is anakinra safe in HLH?",
    "What is the survival with anakinra in HLH?",
    "How is HLH diagnosed?",
    "What ferritin level suggests HLH?",
    "What is the half-life of anakinra in renal failure?",
    "Does etoposide work in HLH?",
    "Which guideline recommends anakinra for macrophage activation syndrome?",
    "Is anakinra licensed for HLH?",
    "What are the alternatives to anakinra in macrophage activation syndrome?",
    "How often does MAS relapse after anakinra?",
    "emapalumab in primary HLH response",
    "What is HLH?",
    "tocilizumab HLH",
    "Does intravenous anakinra cause anaphylaxis in children?",
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_quote_stands_in_its_passage(starter: Desk, question: str) -> None:
    answer = answer_of(starter, question)
    for statement in statements_of(answer) + beneath_of(answer):
        for citation in statement["citations"]:
            passage = starter.store.passages([citation["passage"]])[0]
            assert passage.text[citation["start"] : citation["end"]] == citation["quote"]
            assert passage.version == citation["version"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_statement_passed_the_judge(starter: Desk, question: str) -> None:
    answer = answer_of(starter, question)
    for statement in statements_of(answer) + beneath_of(answer):
        assert statement["verdict"]["outcome"] == "passed"
        assert {"spans", "coverage", "move"} <= {c["check"] for c in statement["verdict"]["checks"]}


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_answer_keeps_the_form_of_a_good_one(starter: Desk, question: str) -> None:
    answer = answer_of(starter, question)
    statements = statements_of(answer)
    assert len(statements) <= 7
    assert all(len(s["text"].split()) <= 40 for s in statements)
    assert sum(len(f"{s['lead']} {s['text']}".split()) for s in statements) <= 180
    assert len({s["id"] for s in statements}) == len(statements)
    cited = [c["source"] for s in statements for c in s["citations"]]
    if len(set(cited)) > 1:
        assert max(cited.count(source) for source in cited) <= 2


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_reference_is_used_and_each_use_has_a_reference(starter: Desk, question: str) -> None:
    answer = answer_of(starter, question)
    numbers = {r["number"] for r in answer["references"]}
    by_source = {r["source"]: r["number"] for r in answer["references"]}
    used = set()
    for statement in statements_of(answer) + beneath_of(answer):
        used.update(by_source[c["source"]] for c in statement["citations"])
        used.update(statement["also"])
    assert used == numbers
