"""What stands beneath an answer: one line a topic, and a topic when it is opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.surfaces.cli.conftest import Call, validate
from tests.surfaces.cli.documents import Document, document, reference, statement

from osler.surfaces.cli.page import Page
from osler.surfaces.cli.render_answer import render_answer


def with_harms() -> Document:
    harm = statement("b", "Inventol gave 3 of 20 adults a rash.")
    entries = [
        {
            "topic": "harms",
            "facet": "safety",
            "support": "found",
            "statements": [harm],
            "sources": 1,
        },
        {
            "topic": "benchmarks",
            "facet": "survival",
            "support": "not_found",
            "statements": [],
            "sources": 0,
        },
    ]
    return document(
        bottom_line=statement("a", "Inventol lowered testosis."),
        references=[reference(1, "a"), reference(2, "b")],
        beneath=entries,
    )


def rendered(given: Document, opened: str | None = None) -> str:
    page = Page(width=80, styled=False)
    render_answer(given, page, opened=opened)
    return " ".join(page.text.split())


def test_a_topic_is_one_line_and_its_statements_wait_to_be_opened() -> None:
    text = rendered(with_harms())
    assert "harms: 1 statement from 1 source" in text
    assert "what happens without it: not found" in text
    assert "rash" not in text
    assert "--open harms" in text


def test_the_references_of_what_is_not_printed_are_not_printed() -> None:
    assert "2." not in rendered(with_harms()).partition("References")[2].partition("Invented")[0]
    assert "2." in rendered(with_harms(), opened="harms").partition("References")[2]


def test_an_opened_topic_is_printed_with_its_statements() -> None:
    text = rendered(with_harms(), opened="harms")
    assert "rash" in text
    assert "lowered testosis" not in text


def test_certainty_and_care_share_a_line() -> None:
    certainty = {"level": "very_low", "basis": "provisional: case series: very low"}
    line = statement("a", "Inventol may lower testosis.", certainty=certainty)
    given = document(
        bottom_line=line,
        references=[reference(1, "a")],
        uncertain=[{"statement": line["id"], "reason": "hedged by its source: may"}],
    )
    text = rendered(given)
    assert "with care: hedged by its source: may; very low certainty (provisional)" in text


def test_the_document_obeys_the_contract() -> None:
    validate(with_harms(), "answer")


@pytest.mark.parametrize("item", ["psg_0123456789abcdef0123", "pmid:1"])
def test_only_an_answer_can_be_opened(call: Call, stocked: Path, item: str) -> None:
    said = call("show", item, "--open", "harms", "--json", home=stocked)
    assert (said.status, said.error["item"]) == (2, "--open")
