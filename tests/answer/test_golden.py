"""Answers on anakinra in HLH, reviewed by hand against the sources, with the reviewer's reasons.

Only what a statement rests on is held: question, sources, spans and their order. How a statement is led,
worded for a reader or counted is tested elsewhere.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.answer.conftest import answer_of, statements_of

from osler.service.wiring import Desk

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.json"))


def reviewed(file: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return document


@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: file.stem)
def test_the_answer_is_the_one_that_was_reviewed(starter: Desk, file: Path) -> None:
    expected = reviewed(file)
    answer = answer_of(starter, expected["question"])
    cited = [statement["citations"][0] for statement in statements_of(answer)]
    keys = {
        source.id: source.key for source in starter.store.sources(c["source"] for c in cited).values()
    }
    printed = [(keys[citation["source"]], citation["quote"]) for citation in cited]
    assert printed == [(one["source"], one["quote"]) for one in expected["statements"]]
    assert answer["status"] == expected["status"]


@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: file.stem)
def test_its_sources_differ_where_the_reviewer_saw_it(starter: Desk, file: Path) -> None:
    expected = reviewed(file).get("conflicts", [])
    found = answer_of(starter, reviewed(file)["question"])["conflicts"]
    assert [(one["about"], one["why"]) for one in found] == [(o["about"], o["why"]) for o in expected]
    for one, seen in zip(found, expected, strict=True):
        cited = [side["citation"] for side in one["sides"]]
        sources = starter.store.sources(citation["source"] for citation in cited)
        assert [
            {
                "source": sources[side["citation"]["source"]].key,
                "quote": side["citation"]["quote"],
                "population": side["population"],
            }
            for side in one["sides"]
        ] == seen["sides"]


@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: file.stem)
def test_each_statement_that_was_reviewed_has_a_reason(file: Path) -> None:
    document = reviewed(file)
    judged = [*document["statements"], *document.get("conflicts", [])]
    assert all(one["reason"].strip() for one in judged)


def test_twelve_kinds_of_question_were_reviewed() -> None:
    assert {file.stem for file in GOLDEN} == {
        "alternatives",
        "children",
        "dialysis",
        "diagnosis",
        "dose",
        "efficacy",
        "mechanism",
        "monitoring",
        "relapse",
        "route",
        "safety",
        "survival",
    }
