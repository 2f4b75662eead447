"""What a clinician gets beside what was asked: certainty, what speaks against, what stands beneath."""

from __future__ import annotations

from typing import Any

import pytest
from tests.answer.conftest import QUESTION, Fill, answer_of, beneath_of, statements_of, study

from osler.model.passage import Role
from osler.model.record import Block, Record
from osler.model.source import Design, Kind, Source
from osler.service.wiring import Desk

DRUG = "Is zelokinra effective in gyroscopitis?"
BENEFIT = study(
    "pmid:1",
    "Zelokinra in gyroscopitis",
    "Zelokinra brought remission in 30 of 60 patients with gyroscopitis.",
    participants=60,
)
HARM = study(
    "pmid:2",
    "Safety of zelokinra",
    "Adverse events made 9 of 80 patients with gyroscopitis stop zelokinra.",
)
FAILURE = study(
    "pmid:3",
    "Zelokinra against placebo in gyroscopitis",
    "Zelokinra did not improve survival in gyroscopitis compared with placebo.",
    design=Design.RANDOMISED_TRIAL,
    participants=400,
)
COURSE = study(
    "pmid:4",
    "The natural course of gyroscopitis",
    "Of 200 untreated patients with gyroscopitis, 40% died within one year.",
)


def label(text: str, title: str = "Zelokinra injection: US prescribing information") -> Record:
    source = Source(key="spl:1", kind=Kind.LABEL, design=Design.LABEL, title=title)
    return Record(source, (Block(text, Role.UNLABELLED, "Contraindications"),))


def topics_of(answer: dict[str, Any]) -> dict[str, list[str]]:
    return {entry["topic"]: [s["text"] for s in entry["statements"]] for entry in answer["beneath"]}


def test_harms_and_the_course_without_the_drug_stand_beneath_and_not_between(fill: Fill) -> None:
    with fill([BENEFIT, HARM, COURSE]) as desk:
        answer = answer_of(desk, DRUG)
    topics = topics_of(answer)
    assert any("Adverse events" in text for text in topics["harms"])
    assert any("untreated" in text for text in topics["benchmarks"])
    printed = " ".join(s["text"] for s in statements_of(answer))
    assert "Adverse events" not in printed
    assert "untreated" not in printed


def test_under_its_label_a_harm_need_not_be_called_one(fill: Fill) -> None:
    text = "Severe infection occurred in 10 of 34 children with torticosis on zelokinra."
    found = Source(
        key="pmid:9", kind=Kind.RESEARCH, design=Design.COHORT, title="Zelokinra in torticosis"
    )
    labelled = Record(found, (Block(text, Role.RESULTS, "Safety"),))
    unlabelled = Record(found, (Block(text, Role.RESULTS, "Efficacy"),))
    with fill([BENEFIT, labelled]) as desk:
        assert any("Severe infection" in told for told in topics_of(answer_of(desk, DRUG))["harms"])
    with fill([BENEFIT, unlabelled]) as desk:
        assert topics_of(answer_of(desk, DRUG))["harms"] == []


def test_a_harm_printed_in_the_answer_is_not_said_to_be_missing_beneath(starter: Desk) -> None:
    answer = answer_of(starter, "emapalumab in primary HLH")
    assert any("Severe infection" in one["text"] for one in statements_of(answer))
    assert topics_of(answer).get("harms") != []


def test_what_was_looked_for_and_not_found_is_said(fill: Fill) -> None:
    with fill([BENEFIT]) as desk:
        answer = answer_of(desk, DRUG)
    support = {entry["topic"]: entry["support"] for entry in answer["beneath"]}
    assert support["harms"] == support["contraindications"] == support["benchmarks"] == "not_found"


def test_a_failed_trial_belongs_to_the_answer(fill: Fill) -> None:
    with fill([BENEFIT, FAILURE]) as desk:
        answer = answer_of(desk, DRUG)
    assert any("did not improve" in s["text"] for s in statements_of(answer))


def test_the_failure_of_another_drug_is_not_the_drugs(fill: Fill) -> None:
    other = study(
        "pmid:5",
        "Canulokinumab and zelokinra in gyroscopitis",
        "Unlike zelokinra, canulokinumab did not improve survival in gyroscopitis.",
    )
    with fill([BENEFIT, other]) as desk:
        answer = answer_of(desk, DRUG)
    assert not any("Unlike" in text for text in topics_of(answer)["counter_evidence"])


def test_a_labels_contraindications_are_found(fill: Fill) -> None:
    with fill([BENEFIT, label("Zelokinra must not be given during an active infection.")]) as desk:
        answer = answer_of(desk, DRUG)
    assert topics_of(answer)["contraindications"] == [
        "Zelokinra must not be given during an active infection."
    ]


def test_a_question_about_harms_is_not_given_them_twice(starter: Desk) -> None:
    answer = answer_of(starter, "Is anakinra safe in HLH?")
    assert "harms" not in topics_of(answer)


@pytest.mark.parametrize("question", [QUESTION, "What dose of anakinra is used in HLH?", DRUG])
def test_nothing_stands_both_in_the_answer_and_beneath(starter: Desk, question: str) -> None:
    answer = answer_of(starter, question)
    ids = [s["id"] for s in statements_of(answer) + beneath_of(answer)]
    assert len(ids) == len(set(ids))


def test_the_numbers_of_what_stands_beneath_follow_those_of_the_answer(starter: Desk) -> None:
    answer = answer_of(starter, QUESTION)
    number = {r["source"]: r["number"] for r in answer["references"]}
    printed = {number[s["citations"][0]["source"]] for s in statements_of(answer)}
    first = {number[s["citations"][0]["source"]] for s in beneath_of(answer)} - printed
    assert first
    assert max(printed) < min(first)


def test_without_a_drug_nothing_stands_beneath(starter: Desk) -> None:
    assert answer_of(starter, "How is HLH diagnosed?")["beneath"] == []


def test_a_finding_in_animals_gives_way_to_one_in_people_and_says_what_it_is(fill: Fill) -> None:
    animals = study(
        "pmid:6",
        "Zelokinra in a mouse model of gyroscopitis",
        "Zelokinra brought remission of gyroscopitis and effective response in 9 of 10 animals.",
        design=Design.RANDOMISED_TRIAL,
        headings=("Animals", "Mice"),
    )
    with fill([BENEFIT, animals]) as desk:
        answer = answer_of(desk, DRUG)
    assert "30 of 60" in answer["bottom_line"]["text"]
    of_animals = [s for s in statements_of(answer) if "animals" in s["text"]]
    assert all("animal study" in s["lead"] for s in of_animals)
    assert all(s["certainty"]["level"] == "very_low" for s in of_animals)


def test_each_finding_says_how_sure_it_is_and_why(fill: Fill) -> None:
    with fill([BENEFIT, FAILURE]) as desk:
        statements = statements_of(answer_of(desk, DRUG))
    levels = {s["text"].split()[1]: s["certainty"] for s in statements}
    assert levels["brought"]["level"] == "low"
    assert levels["did"]["level"] == "moderate"
    assert all(certainty["basis"].startswith("provisional:") for certainty in levels.values())


def test_the_source_s_own_rating_is_passed_on_as_the_source_s(starter: Desk) -> None:
    line = answer_of(starter, "How effective is anakinra in HLH?")["bottom_line"]
    assert line["certainty"]["level"] == "very_low"
    assert not line["certainty"]["basis"].startswith("provisional:")


def test_each_jurisdiction_whose_label_is_held_is_flagged(starter: Desk) -> None:
    flags = answer_of(starter, QUESTION)["flags"]
    assert {"off_label:US", "off_label:UK"} <= set(flags)


def test_a_route_that_the_label_does_not_give_is_flagged(starter: Desk) -> None:
    assert "unlicensed_route:US" in answer_of(starter, "What dose of anakinra is used in HLH?")["flags"]


@pytest.mark.parametrize(
    ("title", "flagged"),
    [
        ("Zelokinra for subcutaneous use: US prescribing information", True),
        ("Zelokinra for subcutaneous or intravenous use: US prescribing information", False),
        ("Canulokinumab for subcutaneous use: US prescribing information", False),
    ],
)
def test_only_the_drugs_own_label_decides_on_its_route(fill: Fill, title: str, flagged: bool) -> None:
    given = study(
        "pmid:7",
        "Zelokinra in gyroscopitis",
        "Intravenous zelokinra brought remission in 30 of 60 patients with gyroscopitis.",
    )
    with fill([given, label("It lowers the response to vaccines.", title)]) as desk:
        flags = answer_of(desk, DRUG)["flags"]
    assert ("unlicensed_route:US" in flags) is flagged


def test_a_drug_without_a_condition_is_not_off_label(starter: Desk) -> None:
    assert answer_of(starter, "What should be monitored during anakinra?")["flags"] == []


def test_alternatives_name_another_treatment(starter: Desk) -> None:
    statements = statements_of(answer_of(starter, "What are the alternatives to anakinra in HLH?"))
    assert statements
    assert not any("anakinra" in s["text"].lower() for s in statements)


def test_a_question_on_relapse_is_not_answered_with_survival(starter: Desk) -> None:
    answer = answer_of(starter, "How often does HLH relapse after anakinra?")
    assert {section["facet"] for section in answer["sections"]} <= {"relapse"}
