"""The question that started the project, asked of the starter library."""

from __future__ import annotations

import re

import pytest
from tests.answer.conftest import QUESTION, answer_of, statements_of

from osler.service.wiring import Desk

LICENCE = {"licence"}
REPHRASED = (
    "How does anakinra work in HLH?",
    "mechanism of action anakinra hemophagocytic lymphohistiocytosis",
    "By what mechanism does anakinra act in haemophagocytic lymphohistiocytosis?",
    "What is the mode of action of anakinra for HLH?",
    "Please explain the pharmacological mechanism of anakinra in patients with HLH",
)


def test_the_first_statement_names_the_drug_and_its_target(starter: Desk) -> None:
    line = answer_of(starter, QUESTION)["bottom_line"]["text"].lower()
    assert "anakinra" in line
    assert re.search(r"interleukin-1|il-1", line)
    assert "receptor" in line
    assert re.search(r"compet|block", line)


def test_both_forms_of_interleukin_1_are_named(starter: Desk) -> None:
    text = " ".join(s["text"] for s in statements_of(answer_of(starter, QUESTION)))
    assert "IL-1α" in text
    assert "IL-1β" in text


def test_the_part_of_interleukin_1_in_the_disease_is_told_and_called_weak(starter: Desk) -> None:
    answer = answer_of(starter, QUESTION)
    support = {part["part"]: part["support"] for part in answer["parts"]}
    assert support["IL-1 → hemophagocytic lymphohistiocytosis"] == "weak"
    assert answer["status"] == "partial"


def test_that_no_patient_data_and_no_guideline_show_the_mechanism_is_said(starter: Desk) -> None:
    parts = {part["part"]: part["support"] for part in answer_of(starter, QUESTION)["parts"]}
    shown = "the mechanism of anakinra shown in patients with hemophagocytic lymphohistiocytosis"
    assert parts[shown] == "not_found"
    assert parts["guideline statement on this question"] == "not_found"


def test_counter_evidence_is_shown_with_its_species(starter: Desk) -> None:
    against = [s for s in statements_of(answer_of(starter, QUESTION)) if "mice" in s["text"].lower()]
    assert against
    assert any("IL-1" in s["text"] and "failed" in s["text"] for s in against)


def test_the_use_is_said_to_be_outside_the_licence(starter: Desk) -> None:
    answer = answer_of(starter, QUESTION)
    assert any(flag.startswith("off_label") for flag in answer["flags"])
    licence = [s for s in answer["sections"] if s["facet"] in LICENCE]
    assert len(licence) == 1


def test_no_dose_and_no_outcome_nobody_asked_for(starter: Desk) -> None:
    answer = answer_of(starter, QUESTION)
    assert {section["facet"] for section in answer["sections"]} <= {"mechanism", "licence"}
    text = " ".join(s["text"] for s in statements_of(answer))
    assert not re.search(r"\d ?mg|mortality|surviv", text)


@pytest.mark.parametrize("question", REPHRASED)
def test_rephrased_it_gives_the_same_statements(starter: Desk, question: str) -> None:
    asked = [s["id"] for s in statements_of(answer_of(starter, QUESTION))]
    assert [s["id"] for s in statements_of(answer_of(starter, question))] == asked


def test_the_answer_keeps_to_its_length(starter: Desk) -> None:
    statements = statements_of(answer_of(starter, QUESTION))
    assert 3 <= len(statements) <= 7
    assert all(len(s["text"].split()) <= 40 for s in statements)
    assert sum(len(f"{s['lead']} {s['text']}".split()) for s in statements) <= 180


def test_summaries_are_marked_and_numbered_from_one(starter: Desk) -> None:
    references = answer_of(starter, QUESTION)["references"]
    assert [r["number"] for r in references] == list(range(1, len(references) + 1))
    assert {r["text_kind"] for r in references} == {"summary"}
    assert all(r["pmid"] or r["doi"] or r["url"] for r in references)


def test_the_same_question_gives_the_same_bytes(starter: Desk) -> None:
    assert answer_of(starter, QUESTION) == answer_of(starter, QUESTION)
