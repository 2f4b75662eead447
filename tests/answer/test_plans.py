"""Which plan answers which question, and what it says when it has nothing to say."""

from __future__ import annotations

from tests.answer.conftest import Fill, answer_of, statements_of, study

from osler.service.wiring import Desk


def test_a_comparison_without_a_head_to_head_study_says_so(starter: Desk) -> None:
    answer = answer_of(starter, "Is anakinra better than emapalumab in MAS?")
    parts = {part["part"]: part["support"] for part in answer["parts"]}
    assert parts["anakinra compared with emapalumab"] == "not_found"
    text = " ".join(s["text"] for s in statements_of(answer))
    assert "anakinra" in text.lower()
    assert "emapalumab" in text.lower()


def test_a_comparison_in_one_sentence_is_the_bottom_line(fill: Fill) -> None:
    records = [
        study(
            "pmid:1",
            "Zelokinra versus canulokinra in gout",
            "Remission of gout was more frequent with zelokinra than with canulokinra (40% versus 20%).",
        ),
        study(
            "pmid:2", "Zelokinra in gout", "Zelokinra brought remission in 30 of 60 patients with gout."
        ),
    ]
    with fill(records) as desk:
        answer = answer_of(desk, "zelokinra versus canulokinra in gout")
    assert "than with canulokinra" in answer["bottom_line"]["text"]
    assert answer["parts"][0]["support"] == "supported"


def test_a_dose_question_gets_amounts_only(starter: Desk) -> None:
    answer = answer_of(starter, "What dose of anakinra is used in HLH?")
    asked = [
        s for section in answer["sections"] if section["facet"] == "dose" for s in section["statements"]
    ]
    assert asked
    assert all("mg" in s["text"] for s in [answer["bottom_line"], *asked])


def test_a_single_patient_is_not_called_one_adults(starter: Desk) -> None:
    leads = [
        s["lead"]
        for question in ("Is anakinra better than emapalumab in MAS?", "Does emapalumab work in MAS?")
        for s in statements_of(answer_of(starter, question))
    ]
    assert leads
    assert not any("In 1 " in lead for lead in leads)


def test_the_population_comes_from_title_and_headings_that_agree(fill: Fill) -> None:
    mixed = study(
        "pmid:3",
        "Pelican therapy for wobbling",
        "Pelican therapy reduced wobbling in gyroscope disease.",
        headings=("Adolescent", "Adult", "Humans"),
        participants=188,
    )
    with fill([mixed]) as desk:
        answer = answer_of(desk, "Can pelican therapy reduce wobbling in gyroscope disease?")
    assert answer["bottom_line"]["lead"] == "In 188 people, cohort study:"
