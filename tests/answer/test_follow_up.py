"""A follow-up is completed from the question before: what is said replaces, what is unsaid is kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.answer.conftest import NO_WORDS, Fill, study

from osler.answer.follow_up import Earlier, complete, earlier_from, earlier_of, follow
from osler.answer.render import render_question
from osler.model.question import ConceptRole, Question, QuestionKind
from osler.retrieval.understand import understand
from osler.service.ask import ask
from osler.service.wiring import Desk

CHILDREN = "What dose of anakinra is used in HLH in children?"


def after(desk: Desk, first: str, *nexts: str) -> Question:
    """Return the last of a thread of questions, as understood."""
    question = understand(first, desk.vocabulary)
    for asked in nexts:
        # Through the stored form, as a thread in the terminal goes.
        earlier = earlier_from(render_question(question))
        question = follow(asked, earlier, desk.vocabulary, follows="ans_00000000000000000000")
    return question


def named(question: Question, role: ConceptRole) -> list[str]:
    return [concept.text for concept in question.with_role(role)]


@pytest.mark.parametrize(
    ("asked", "kind", "modifiers"),
    [
        ("what about children?", QuestionKind.DOSE, ("child",)),
        ("what about adults?", QuestionKind.DOSE, ("adult",)),
        ("in adults instead", QuestionKind.DOSE, ("adult",)),
        ("and in the elderly", QuestionKind.DOSE, ("old age",)),
        ("and with dialysis?", QuestionKind.DOSE, ("child", "renal impairment")),
        ("renal failure?", QuestionKind.DOSE, ("child", "renal impairment")),
        ("and if pregnant?", QuestionKind.DOSE, ("pregnancy",)),
        ("how much?", QuestionKind.DOSE, ("child",)),
        ("is it safe?", QuestionKind.HARMS, ("child",)),
        ("what are the risks?", QuestionKind.HARMS, ("child",)),
        ("is it safe on dialysis?", QuestionKind.HARMS, ("child", "renal impairment")),
        ("why?", QuestionKind.MECHANISM, ("child",)),
        ("iv or sc?", QuestionKind.ROUTE, ("child",)),
        ("does it work?", QuestionKind.EFFECT, ("child",)),
        ("any evidence?", QuestionKind.EFFECT, ("child",)),
        ("what about the mortality?", QuestionKind.PROGNOSIS, ("child",)),
        ("contraindications", QuestionKind.CONTRAINDICATION, ("child",)),
        ("is it licensed?", QuestionKind.LICENCE, ("child",)),
    ],
)
def test_drug_and_condition_are_kept_and_what_is_said_decides_the_rest(
    starter: Desk, asked: str, kind: QuestionKind, modifiers: tuple[str, ...]
) -> None:
    question = after(starter, CHILDREN, asked)
    assert named(question, ConceptRole.INTERVENTION) == ["anakinra"]
    assert named(question, ConceptRole.CONDITION) == ["HLH"]
    assert question.kinds[0] is kind
    assert question.modifiers == modifiers
    assert question.follows == "ans_00000000000000000000"


@pytest.mark.parametrize(
    "asked", ["and tocilizumab?", "tocilizumab?", "what about tocilizumab instead?"]
)
def test_a_drug_that_is_named_replaces_the_drug(starter: Desk, asked: str) -> None:
    question = after(starter, CHILDREN, asked)
    assert named(question, ConceptRole.INTERVENTION) == ["tocilizumab"]
    assert named(question, ConceptRole.CONDITION) == ["HLH"]
    assert (question.kinds[0], question.modifiers) == (QuestionKind.DOSE, ("child",))


@pytest.mark.parametrize("asked", ["what about sepsis?", "and in sepsis", "sepsis?"])
def test_a_condition_that_is_named_replaces_the_condition_and_its_abbreviation(
    starter: Desk, asked: str
) -> None:
    first = "What is the mechanism of action of anakinra in hemophagocytic lymphohistiocytosis (HLH)?"
    question = after(starter, first, asked)
    assert named(question, ConceptRole.CONDITION) == ["sepsis"]
    assert named(question, ConceptRole.INTERVENTION) == ["anakinra"]
    assert "HLH" not in question.asked


@pytest.mark.parametrize("asked", ["vs emapalumab?", "is emapalumab better?"])
def test_a_drug_that_is_compared_stands_beside_the_drug_before(starter: Desk, asked: str) -> None:
    question = after(starter, CHILDREN, asked)
    both = question.with_role(ConceptRole.INTERVENTION, ConceptRole.COMPARATOR)
    assert {concept.text for concept in both} == {"anakinra", "emapalumab"}
    assert question.kinds[0] is QuestionKind.COMPARISON


def test_a_modifier_said_in_another_word_replaces_the_word(starter: Desk) -> None:
    question = after(starter, "Is anakinra safe in pregnancy?", "and breastfeeding?")
    assert "breastfeeding" in question.asked
    assert "pregnancy" not in question.asked
    assert question.modifiers == ("pregnancy",)


def test_a_drug_with_a_name_is_followed_and_not_the_group_that_failed(starter: Desk) -> None:
    question = after(starter, "mas kid failing steroids anakinra dose?", "is it safe?")
    assert named(question, ConceptRole.INTERVENTION) == ["anakinra"]


def test_danger_in_a_follow_up_is_danger(starter: Desk) -> None:
    first = ask(starter, CHILDREN).document["answer"]["id"]
    answer = ask(starter, "my wife is having a fit", follow=first).document["answer"]
    assert answer["status"] == "emergency"
    assert answer["question"]["understood"] == "my wife is having a fit"


def test_why_after_a_mechanism_asks_what_shows_that_it_works(starter: Desk) -> None:
    question = after(starter, "How does anakinra work in HLH?", "why?")
    assert question.kinds[0] is QuestionKind.EFFECT
    assert named(question, ConceptRole.INTERVENTION) == ["anakinra"]


def test_words_that_refer_back_are_replaced_by_names(starter: Desk) -> None:
    question = after(starter, CHILDREN, "how is it cleared in renal failure?")
    assert named(question, ConceptRole.INTERVENTION) == ["anakinra"]
    assert question.kinds[0] is QuestionKind.KINETICS
    diagnosed = after(starter, CHILDREN, "how is it diagnosed?")
    assert named(diagnosed, ConceptRole.CONDITION) == ["HLH"]
    assert named(diagnosed, ConceptRole.INTERVENTION) == []


def test_a_thread_keeps_what_no_later_question_replaced(starter: Desk) -> None:
    question = after(
        starter,
        "anakinra dose hlh",
        "in children",
        "and with dialysis?",
        "is it safe?",
        "in adults instead",
    )
    assert named(question, ConceptRole.INTERVENTION) == ["anakinra"]
    assert question.with_role(ConceptRole.CONDITION)[0].variants[0] == "hlh"
    assert question.kinds[0] is QuestionKind.HARMS
    assert question.modifiers == ("adult", "renal impairment")


@pytest.mark.parametrize(
    "asked",
    [
        "How is MAS diagnosed?",
        "What is the half-life of tocilizumab?",
        "What dose of tocilizumab is used in cytokine release syndrome?",
        "Does music reduce anxiety before surgery?",
        "And what dose of etoposide is used in lymphoma?",
    ],
)
def test_a_whole_new_question_keeps_nothing(starter: Desk, asked: str) -> None:
    question = after(starter, CHILDREN, asked)
    assert question.asked == asked
    assert question.concepts == understand(asked, starter.vocabulary).concepts


def test_an_answer_to_a_question_back_completes_it(starter: Desk) -> None:
    assert after(starter, "What treatment should I have?", "HLH").kinds[0] is QuestionKind.TREATMENT
    question = after(starter, "anakinra", "dose in HLH")
    assert question.kinds[0] is QuestionKind.DOSE
    assert named(question, ConceptRole.INTERVENTION) == ["anakinra"]


def test_other_words_of_a_free_question_are_kept(starter: Desk) -> None:
    first = "Does early anakinra improve survival in adults with sepsis and features of MAS?"
    question = after(starter, first, "what about children?")
    assert question.modifiers == ("child",)
    assert {"early", "survival", "features"} <= set(question.asked.split())
    assert "adults" not in question.asked


def test_the_document_says_what_was_asked_understood_and_followed(fill: Fill) -> None:
    records = [
        study("pmid:1", "Anakinra in gout", "Anakinra was effective in 9 of 12 adults with gout."),
        study("pmid:2", "Anakinra in gout", "Anakinra was effective in 3 of 4 children with gout."),
    ]
    with fill(records) as desk:
        first = ask(desk, "How effective is anakinra in gout in adults?").document["answer"]
        said = ask(desk, "what about children?", follow=first["id"]).document["answer"]
    question = said["question"]
    assert question["asked"] == "what about children?"
    assert question["understood"] == "How effective is anakinra in gout in children?"
    assert question["follows"] == first["id"]
    assert question["pico"]["intervention"] == ["anakinra"]
    assert question["modifiers"] == ["child"]
    assert said["bottom_line"]["citations"][0]["quote"].endswith("children with gout.")


@given(asked=st.text(max_size=120), text=st.text(max_size=120))
def test_no_follow_up_breaks_and_none_is_empty(asked: str, text: str) -> None:
    earlier = Earlier(text, QuestionKind.DOSE, {ConceptRole.INTERVENTION: ("anakinra",)}, ("child",))
    whole = complete(understand(asked, NO_WORDS), earlier)
    assert whole == asked or whole.endswith("?")


PIECES = (
    "and",
    "what about",
    "children",
    "adults",
    "dialysis",
    "why",
    "it",
    "is",
    "safe",
    "tocilizumab",
    "sepsis",
    "HLH",
    "dose",
    "versus",
    "its",
    "side effects",
    "?",
    "in",
    "(",
)


@given(pieces=st.lists(st.sampled_from(PIECES), max_size=6))
def test_a_follow_up_reads_the_same_from_the_question_and_from_its_stored_form(
    pieces: list[str],
) -> None:
    first = understand(CHILDREN, NO_WORDS)
    new = understand(" ".join(pieces), NO_WORDS)
    stored = complete(new, earlier_from(render_question(first)))
    assert stored == complete(new, earlier_of(first))
