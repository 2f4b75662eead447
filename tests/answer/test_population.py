"""Evidence about others than those asked about does not answer; nor does another disease's."""

from __future__ import annotations

import pytest
from tests.answer.conftest import Fill, answer_of, statements_of, study

from osler.service.wiring import Desk


@pytest.mark.parametrize(
    "question",
    [
        "Is anakinra safe in pregnancy?",
        "anakinra dose in elderly",
        "Does dexamethasone reduce mortality in COVID-19?",
        "What dose of anakinra is used in hepatic failure?",
    ],
)
def test_without_evidence_on_those_asked_about_nothing_is_printed(starter: Desk, question: str) -> None:
    answer = answer_of(starter, question)
    assert answer["status"] == "abstained"
    assert statements_of(answer) == []


def test_an_adult_is_not_given_a_childs_dose(starter: Desk) -> None:
    answer = answer_of(starter, "What is the dose of anakinra in adults with HLH?")
    assert statements_of(answer)
    assert not any("children" in s["text"] or "aged 11-18" in s["text"] for s in statements_of(answer))
    assert answer["status"] == "partial"


def test_the_kidney_is_named_where_it_is_asked_about(starter: Desk) -> None:
    text = answer_of(starter, "anakinra dose in renal failure")["bottom_line"]["text"]
    assert "renal" in text


def test_what_a_paper_on_one_disease_says_of_another_holds_for_the_other(fill: Fill) -> None:
    records = [
        study(
            "pmid:1",
            "Zelokinra in gyroscopitis",
            "In rheumatoid arthritis the dose of zelokinra is 100 mg once daily.",
        )
    ]
    with fill(records) as desk:
        assert (
            answer_of(desk, "What dose of zelokinra is used in gyroscopitis?")["status"] == "abstained"
        )
        assert answer_of(desk, "What dose of zelokinra is used in rheumatoid arthritis?")["bottom_line"]


def test_a_drug_that_is_not_wanted_is_left_out(starter: Desk) -> None:
    statements = statements_of(answer_of(starter, "HLH treatment other than anakinra"))
    assert statements
    assert not any("anakinra" in s["text"].lower() for s in statements)


@pytest.mark.parametrize(
    "question",
    [
        "What is the mechanism of action of anakinra in HLH?",
        "What dose of anakinra is used in HLH?",
        "Is anakinra safe in HLH?",
        "How is HLH diagnosed?",
    ],
)
def test_every_suggested_question_can_be_answered(starter: Desk, question: str) -> None:
    suggestions = answer_of(starter, question)["suggestions"]
    assert suggestions
    for suggestion in suggestions:
        assert answer_of(starter, suggestion)["bottom_line"], suggestion


@pytest.mark.parametrize(
    "cry",
    [
        "My husband collapsed and is unresponsive",
        "my wife can't breathe and her lips are swelling",
        "I'm having a heart attack",
        "he swallowed 30 tablets of digoxin",
        "I have taken too many paracetamol tablets",
        "I want to hurt myself",
        "I want to end it all",
    ],
)
def test_a_cry_for_help_is_heard(starter: Desk, cry: str) -> None:
    answer = answer_of(starter, cry)
    assert answer["status"] == "emergency"
    assert "emergency number" in answer["disclaimer"]


def test_a_question_about_ones_patient_is_no_emergency(starter: Desk) -> None:
    answer = answer_of(starter, "My patient has had a stroke, when should aspirin be started?")
    assert answer["status"] != "emergency"


@pytest.mark.parametrize(
    ("question", "harm"),
    [
        ("Does emapalumab cause infection?", "infection"),
        ("Does anakinra cause neutropenia?", "neutropenia"),
    ],
)
def test_a_question_about_a_harm_is_not_answered_with_a_benefit(
    starter: Desk, question: str, harm: str
) -> None:
    answer = answer_of(starter, question)
    assert answer["question"]["kinds"][0] == "harms"
    assert all(harm in s["text"].lower() for s in statements_of(answer)[:1])
    assert not any("remission" in s["text"] for s in statements_of(answer))


def test_a_letter_that_tells_two_things_apart_is_kept(fill: Fill) -> None:
    records = [
        study(
            "pmid:1",
            "Zelokinra in hepatitis B",
            "A response to zelokinra came in 30 of 60 patients with hepatitis B.",
        ),
        study(
            "pmid:2", "Vitamin K and fractures", "Vitamin K did not prevent fractures in older adults."
        ),
    ]
    with fill(records) as desk:
        assert answer_of(desk, "Is zelokinra effective in hepatitis C?")["status"] == "abstained"
        assert answer_of(desk, "Is zelokinra effective in hepatitis B?")["bottom_line"]
        vitamin = answer_of(desk, "Does vitamin D prevent fractures in older adults?")
    assert statements_of(vitamin) == []


@pytest.mark.parametrize(
    "question",
    ["he has taken methotrexate 15 mg weekly for 10 years", "They took 24 blood samples in HLH"],
)
def test_a_treatment_taken_as_prescribed_is_no_emergency(starter: Desk, question: str) -> None:
    assert answer_of(starter, question)["status"] != "emergency"


def test_a_dose_for_another_use_does_not_answer_where_the_use_asked_about_has_no_known_name(
    fill: Fill,
) -> None:
    records = [
        study(
            "pmid:1",
            "Omeprazole and amoxicillin against Helicobacter pylori",
            "Amoxicillin 500 mg three times daily for 14 days was given to 119 adults.",
            headings=("Adolescent", "Adult", "Middle Aged"),
        )
    ]
    with fill(records) as desk:
        answer = answer_of(desk, "dose of amoxicillin for otitis media")
        young = answer_of(desk, "dose of amoxicillin against Helicobacter pylori in a child")
    assert answer["status"] == "abstained"
    assert young["status"] == "abstained"


def test_what_a_drug_is_asked_to_increase_is_a_harm_when_it_is_a_disease(starter: Desk) -> None:
    answer = answer_of(starter, "Does anakinra increase infections in macrophage activation syndrome?")
    assert answer["question"]["kinds"][0] == "harms"
    assert answer["question"]["pico"]["condition"] == ["macrophage activation syndrome"]
    assert not any("mg/kg" in statement["text"] for statement in statements_of(answer))


@pytest.mark.parametrize(
    "note",
    [
        "pt 70 kg crcl 25 on anakinra 100 mg sc daily for MAS, how often to dose?",
        "pt 70 kg crcl 25 on anakinra 100 mg sc daily, how often to dose?",
    ],
)
def test_what_somebody_weighs_and_is_given_is_no_term_but_failing_kidneys_are(
    starter: Desk, note: str
) -> None:
    text = " ".join(s["text"] for s in statements_of(answer_of(starter, note)))
    assert "alternate days" in text
    assert "higher doses brought no higher response" not in text


def test_a_dose_during_dialysis_leads_no_answer_for_others(starter: Desk) -> None:
    note = "patient with MAS on anakinra, ferritin still rising after 3 days, increase the dose?"
    answer = answer_of(starter, note)
    assert answer["sections"]
    assert "CVVHDF" not in answer["bottom_line"]["text"]
    asked = answer_of(starter, "dose of anakinra in MAS on CVVHDF")
    assert "CVVHDF" in asked["bottom_line"]["text"]


def test_a_form_of_the_disease_is_no_second_thing_that_evidence_must_name(starter: Desk) -> None:
    asked = "What is the evidence that anakinra reduces mortality in secondary HLH in adults?"
    text = " ".join(s["text"] for s in statements_of(answer_of(starter, asked)))
    assert "28-day mortality may be lower with anakinra" in text


@pytest.mark.parametrize(
    "asked",
    [
        "Is anakinra contraindicated in tuberculosis?",
        "can I give anakinra to a patient with tuberculosis",
    ],
)
def test_who_should_not_get_a_drug_is_told_by_what_says_so(starter: Desk, asked: str) -> None:
    answer = answer_of(starter, asked)
    assert "should not be started" in answer["bottom_line"]["text"]


@pytest.mark.parametrize(
    "asked",
    [
        "can I give live vaccines to a child on anakinra",
        "can I give live vaccines with anakinra",
        "is combining alcohol with anakinra safe",
        "should I check vitamin levels before anakinra",
    ],
)
def test_what_is_asked_about_is_not_lost_in_the_words_around_it(starter: Desk, asked: str) -> None:
    answer = answer_of(starter, asked)
    assert answer["status"] == "abstained"
    assert answer["bottom_line"] is None
