"""What a question takes for granted is corrected by a source's own words, let pass, or asked about."""

from __future__ import annotations

from typing import Any

import pytest
from tests.answer.conftest import Fill, answer_of, statements_of, study

from osler.model.source import Design, Kind
from osler.service.wiring import Desk


@pytest.mark.parametrize(
    ("asked", "said_by_the_evidence"),
    [
        ("how much anakinra cures HLH", "survival"),
        ("why is anakinra contraindicated in HLH", "first-line"),
        ("what is the licensed dose of anakinra in HLH", "off-label"),
        ("why is anakinra completely safe", "reactions"),
    ],
)
def test_the_correction_is_the_first_sentence_quoted_and_judged(
    starter: Desk, asked: str, said_by_the_evidence: str
) -> None:
    answer = answer_of(starter, asked)
    first = answer["bottom_line"]
    assert answer["status"] == "false_premise"
    assert said_by_the_evidence in first["citations"][0]["quote"]
    assert first["verdict"]["outcome"] == "passed"
    assert answer["parts"][0]["support"] == "not_found"
    assert len({s["id"] for s in statements_of(answer)}) == len(statements_of(answer))


def used(*sentences: str, key: str = "pmid:1", **fields: Any) -> Any:
    return study(key, "Anakinra in gout", *sentences, **fields)


def test_what_the_evidence_bears_out_is_answered(fill: Fill) -> None:
    records = [used("Anakinra is contraindicated in gout with active infection.")]
    with fill(records) as desk:
        answer = answer_of(desk, "Why is anakinra contraindicated in gout?")
    assert answer["status"] not in ("false_premise", "needs_clarification")


def test_a_premise_on_which_the_evidence_is_silent_is_asked_about(fill: Fill) -> None:
    records = [used("Pain improved in 9 of 12 adults with gout given anakinra.")]
    with fill(records) as desk:
        answer = answer_of(desk, "Why is anakinra licensed for gout, and since when?")
        silent = answer_of(desk, "How much anakinra cures gout?")
    assert answer["status"] in ("abstained", "needs_clarification")
    assert silent["status"] == "needs_clarification"
    assert "cures" in silent["clarify"][0]["ask"]
    assert statements_of(silent) == []


def test_where_the_library_has_nothing_it_is_not_found(fill: Fill) -> None:
    with fill([study("pmid:1", "Etoposide in lymphoma", "Etoposide was given to 12 adults.")]) as desk:
        assert answer_of(desk, "How much anakinra cures gout?")["status"] == "abstained"


def test_one_patient_in_whom_a_drug_failed_does_not_make_it_ineffective(fill: Fill) -> None:
    trial = used(
        "Anakinra was effective: pain resolved in 30 of 40 adults with gout.",
        design=Design.RANDOMISED_TRIAL,
    )
    failed = "In one adult with gout, anakinra failed."
    case = study("pmid:2", "One adult with gout given anakinra", failed, design=Design.CASE_SERIES)
    with fill([trial, case]) as desk:
        answer = answer_of(desk, "Why is anakinra ineffective in gout?")
    assert answer["status"] == "false_premise"
    assert "30 of 40" in answer["bottom_line"]["text"]


def test_harm_under_a_drug_is_no_proof_that_it_may_be_given(fill: Fill) -> None:
    records = [used("Use of anakinra in gout increased mortality in 40 adults.")]
    with fill(records) as desk:
        assert answer_of(desk, "Why is anakinra contraindicated in gout?")["status"] != "false_premise"


@pytest.mark.parametrize(
    "asked",
    [
        "Does anakinra cure HLH?",
        "Is anakinra contraindicated in HLH?",
        "Is anakinra licensed for HLH?",
        "When is anakinra contraindicated?",
        "What are the licensed indications of anakinra?",
        "What is the cure rate of anakinra in HLH?",
    ],
)
def test_a_question_whether_it_is_so_takes_nothing_for_granted(starter: Desk, asked: str) -> None:
    assert answer_of(starter, asked)["status"] in ("answered", "partial", "abstained")


def test_a_finding_from_animals_neither_bears_out_nor_corrects(fill: Fill) -> None:
    cured = "Anakinra cured gout in all 12 mice."
    mice = study("pmid:1", "Gout in mice and anakinra", cured, design=Design.LABORATORY)
    people = used("Mortality with anakinra was 4% in 40 adults with gout.", key="pmid:2")
    with fill([mice, people]) as desk:
        answer = answer_of(desk, "How much anakinra cures gout?")
    assert answer["status"] == "false_premise"
    assert answer["bottom_line"]["citations"][0]["quote"].startswith("Mortality")


def test_a_label_counts_as_evidence_on_the_licence(fill: Fill) -> None:
    label = study(
        "spl:1",
        "Anakinra: prescribing information",
        "Anakinra is indicated for gout in adults.",
        kind=Kind.LABEL,
        design=Design.LABEL,
    )
    with fill([label]) as desk:
        answer = answer_of(desk, "Since when is anakinra licensed for gout?")
    assert answer["status"] != "false_premise"
