"""Each suggested question is answered by the library, and none was asked before."""

from __future__ import annotations

from osler.service.ask import ask
from osler.service.wiring import Desk

QUESTIONS = """
What is the mechanism of action of anakinra in hemophagocytic lymphohistiocytosis (HLH)?
What dose of anakinra is used in HLH?
anakinra dose mas kids
anakinra hlh
anakinra iv or sc
How effective is anakinra in MAS?
What are the side effects of anakinra?
Is anakinra safe in pregnancy?
anakinra half-life
anakinra dialysis dose
Is anakinra licensed for HLH?
What is the survival with anakinra in HLH?
anakinra versus emapalumab in HLH
anakinra sepsis
Does anakinra reduce mortality in sepsis with features of MAS?
how much anakinra cures HLH
What are the alternatives to anakinra in HLH?
Which tests are done during anakinra?
How does etoposide work?
Does etoposide improve survival in HLH?
etoposide dose HLH
dexamethasone in HLH
emapalumab primary HLH
side effects of emapalumab
ruxolitinib HLH
tocilizumab HLH
tocilizumab in MAS
ciclosporin HLH
IVIG in HLH
How is HLH diagnosed?
HLH-2004 criteria
ferritin cut off HLH
What is the sensitivity of the HScore?
What is HLH?
What is the mortality of HLH in adults?
How often does HLH relapse?
How should HLH be treated in adults?
How is macrophage activation syndrome diagnosed?
MAS treatment guidelines
What drives primary HLH?
How is HLH diagnosed and how is it treated?
anakinara dose in hlh
"""


def test_every_suggestion_is_answered_and_repeats_no_question(starter: Desk) -> None:
    questions = QUESTIONS.strip().splitlines()
    assert len(questions) >= 40
    suggested = 0
    for asked in questions:
        answer = ask(starter, asked).document["answer"]
        normal = answer["question"]["normalised"]
        assert len(answer["suggestions"]) == len(set(answer["suggestions"])) <= 3, asked
        for suggestion in answer["suggestions"]:
            suggested += 1
            found = ask(starter, suggestion).document["answer"]
            assert found["status"] in ("answered", "partial"), (asked, suggestion)
            assert found["question"]["normalised"] != normal, (asked, suggestion)
    assert suggested >= 80


def test_nothing_that_was_asked_in_a_thread_is_suggested_again(starter: Desk) -> None:
    answer = ask(starter, "What dose of anakinra is used in HLH?").document["answer"]
    asked = {answer["question"]["normalised"]}
    for _ in range(4):
        if not answer["suggestions"]:
            break
        answer = ask(starter, answer["suggestions"][0], follow=answer["id"]).document["answer"]
        assert answer["question"]["normalised"] not in asked
        asked.add(answer["question"]["normalised"])
    assert len(asked) >= 4


def test_a_suggestion_is_written_as_a_person_writes(starter: Desk) -> None:
    suggestions = ask(starter, "anakinara dose in hlh").document["answer"]["suggestions"]
    assert suggestions
    for suggestion in suggestions:
        assert "anakinara" not in suggestion
        assert "hlh" not in suggestion
        assert suggestion.endswith("?")


def test_where_nothing_was_read_nothing_is_suggested(starter: Desk) -> None:
    answer = ask(starter, "What dose of semaglutide is used in obesity?").document["answer"]
    assert answer["suggestions"] == []


def test_a_harm_of_the_drug_is_not_suggested_as_what_it_is_given_for(starter: Desk) -> None:
    suggestions = ask(starter, "anakinra neutropenia").document["answer"]["suggestions"]
    assert suggestions
    assert not [one for one in suggestions if "neutropenia" in one]
    about_disease = ask(starter, "anakinra dose HLH").document["answer"]["suggestions"]
    assert any("HLH" in one for one in about_disease)
