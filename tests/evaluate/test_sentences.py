"""Sentence selection: spans found again, half overlaps, and figures of a set of two documents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.evaluate.sentences import by_shared_words, find_quote, meets, recall

from .conftest import PAPERS, Called, validate, write_lines

Call = Callable[..., Called]


def test_the_choice_is_held_against_the_gold_of_each_document(call: Call, tmp_path: Path) -> None:
    text = str(PAPERS[0]["abstract"])
    quote = "Zubromycin cured velitosis in 24 of 30 adults (80%) and placebo in 6 of 30 (20%)."
    gold = {
        "question": "Does zubromycin cure velitosis in adults?",
        "document": "one",
        "title": PAPERS[0]["title"],
        "text": text,
        "spans": [[text.index(quote), text.index(quote) + len(quote)]],
    }
    other = {**gold, "question": "Is wuppelfizz contagious?", "document": "two"}
    said = call("eval", "sentences", write_lines(tmp_path / "s.jsonl", [gold, other]), "--json")
    assert said.status == 0, said.err
    validate(said.document)
    first, second = said.document["items"]
    assert (first["values"]["precision@1"], first["values"]["recall@3"]) == (1.0, 1.0)
    assert all(text[a:b] for a, b in first["detail"]["chosen"])
    assert all(text[a:b] for a, b in first["detail"]["answered"])
    assert first["detail"]["not_located"] == 0
    assert (second["values"]["precision@1, answer"], second["values"]["recall@3, answer"]) == (0.0, 0.0)
    assert not second["detail"]["answered"]
    assert len(second["detail"]["chosen"]) == 3
    summary = said.document["summary"]
    assert (summary["documents"], summary["answered"]) == (2, 1)
    assert summary["recall@3, answer"] == 0.5
    assert summary["recall@3, answer when given"] == 1.0
    assert summary["precision@1, first sentences"] == 0.0


def test_a_document_is_asked_alone(call: Call, tmp_path: Path) -> None:
    rows = [
        {
            "question": "Does zubromycin cure velitosis in adults?",
            "document": f"paper {number}",
            "title": paper["title"],
            "text": paper["abstract"],
            "spans": [[0, 10]],
        }
        for number, paper in enumerate(PAPERS)
    ]
    document = call("eval", "sentences", write_lines(tmp_path / "s.jsonl", rows), "--json").document
    assert [item["detail"]["not_located"] for item in document["items"]] == [0, 0]


def test_half_of_the_shorter_must_be_shared() -> None:
    assert meets((0, 10), [(5, 30)])
    assert not meets((0, 10), [(6, 30)])
    assert meets((0, 100), [(90, 95)])
    assert not meets((0, 10), [(10, 20)])
    assert recall([(0, 10), (50, 60)], [(0, 10), (20, 30)]) == 0.5


def test_words_in_common_decide_and_the_earlier_wins_a_tie() -> None:
    text = "Kelopax helps. Kelopax helps ears. Orbitan helps ears."
    spans = [(0, 14), (15, 34), (35, 54)]
    assert by_shared_words("Does kelopax help ears?", text, spans) == [spans[1], spans[0], spans[2]]


@given(st.text(), st.text(min_size=1), st.text())
def test_a_quote_is_found_where_it_stands(before: str, quote: str, after: str) -> None:
    found = find_quote(before + quote + after, quote)
    assert found is not None
    assert (before + quote + after)[found[0] : found[1]] == quote


@pytest.mark.parametrize("quote", ["", "absent"])
def test_a_quote_that_is_not_there_is_not_found(quote: str) -> None:
    assert find_quote("present", quote) is None
