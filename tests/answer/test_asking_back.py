"""Questions that cannot be answered as asked: asked back, refused, or honestly not found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.answer.conftest import NO_WORDS, Fill, answer_of, statements_of, study
from tests.answer.evaluation_set import Row, rows

from osler.answer.ask_back import MOST_BACK, ask_back, speaks_of_a_person
from osler.model.question import Facet
from osler.retrieval.understand import understand
from osler.service.wiring import Desk

ANSWERED_OR_NOT_FOUND = ("answered", "partial", "abstained")
REFUSED_AS = {
    "vague": ("needs_clarification",),
    "person": ("needs_clarification",),
    "not_clinical": ("not_clinical",),
    "emergency": ("emergency",),
    "ordinary": ANSWERED_OR_NOT_FOUND,
    "two": ANSWERED_OR_NOT_FOUND,
}


@pytest.mark.parametrize("row", [row for row in rows("development") if row.want in REFUSED_AS], ids=str)
def test_each_question_of_the_set_comes_to_what_is_wanted(starter: Desk, row: Row) -> None:
    answer = answer_of(starter, row.question)
    assert answer["status"] in REFUSED_AS[row.want]
    assert len(answer["clarify"]) <= MOST_BACK
    if answer["status"] not in ANSWERED_OR_NOT_FOUND:
        assert statements_of(answer) == []


@pytest.mark.parametrize("row", [row for row in rows("unseen-2") if row.want == "ordinary"], ids=str)
def test_no_ordinary_question_is_refused(starter: Desk, row: Row) -> None:
    assert answer_of(starter, row.question)["status"] in ANSWERED_OR_NOT_FOUND


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("should I stop my tablets", "my tablets"),
        ("my potassium is 6.6, what should I do", "my potassium is 6.6"),
        ("my scan showed something, what does it mean", "my scan"),
        ("What treatment should I have?", "treatment"),
        ("my mother is ill, what should she take", "my mother"),
        ("is it safe", "is it safe"),
        ("tell me more", "tell me more"),
    ],
)
def test_a_question_back_takes_up_the_asker_s_own_words(starter: Desk, question: str, said: str) -> None:
    clarify = answer_of(starter, question)["clarify"]
    assert f"“{said}”" in clarify[0]["ask"]
    assert all(item["why"] for item in clarify)


def test_a_bare_subject_is_asked_about_only_on_what_the_library_holds(fill: Fill) -> None:
    records = [
        study("pmid:1", "Anakinra", "The half-life of anakinra was 5 hours in 12 adults."),
        study("pmid:2", "Anakinra in gout", "Adverse events occurred in 3 of 12 adults on anakinra."),
    ]
    with fill(records) as desk:
        held = answer_of(desk, "anakinra")
        absent = answer_of(desk, "semaglutide")
    assert held["status"] == "needs_clarification"
    assert "harms" in held["clarify"][0]["ask"]
    assert "dose" not in held["clarify"][0]["ask"]
    assert absent["status"] == "abstained"


def test_a_value_of_a_person_that_the_library_does_not_hold_is_said_so(starter: Desk) -> None:
    unknown = answer_of(starter, "my potassium is 6.6")["clarify"][0]
    known = answer_of(starter, "his ferritin is 12000")["clarify"][0]
    assert "potassium" in unknown["why"]
    assert unknown["why"] != known["why"]


def test_the_asker_s_figures_stand_in_no_statement(starter: Desk) -> None:
    answer = answer_of(starter, "Is ferritin above 7331 the guideline's threshold for HLH?")
    assert "7331" not in str([s["lead"] + s["text"] for s in statements_of(answer)])
    assert "7331" not in str(answer["parts"])


def test_a_refusal_suggests_nothing_and_cites_nothing(starter: Desk) -> None:
    for asked in ("I took a whole bottle of paracetamol", "who won the world cup", "what now"):
        answer = answer_of(starter, asked)
        assert (answer["suggestions"], answer["references"], answer["parts"]) == ([], [], [])


def test_an_emergency_comes_before_everything_else(starter: Desk) -> None:
    asked = "What dose of anakinra is used in HLH? My son has stopped breathing"
    assert answer_of(starter, asked)["status"] == "emergency"


@given(asked=st.text(max_size=200))
def test_no_question_back_is_empty_or_too_many(asked: str) -> None:
    question = understand(asked, NO_WORDS)
    clarify = ask_back(question, lambda _term: (Facet.DOSE, Facet.SAFETY))
    assert len(clarify) <= MOST_BACK
    assert all(item.ask and item.why for item in clarify)


@pytest.mark.parametrize(
    "question",
    [
        "What is the mechanism of action of semaglutide in obesity?",
        "What dose of gentamicin is used in neonatal sepsis?",
        "Does tamoxifen reduce recurrence of breast cancer?",
        "Is the six-minute walk test reproducible in heart failure?",
    ],
)
def test_what_the_library_does_not_hold_is_not_found(starter: Desk, question: str) -> None:
    answer = answer_of(starter, question)
    assert answer["status"] == "abstained"
    assert statements_of(answer) == []
    assert answer["library"]["searched"]["query"]
    assert any(part["support"] == "not_found" for part in answer["parts"])


@pytest.mark.parametrize(
    ("question", "personal"),
    [
        ("Has dupilumab been approved for atopic dermatitis?", False),
        ("List four features of the WHIM syndrome.", False),
        ("Can breastfeeding protect from type I diabetes?", False),
        ("In which tissues is the RNA Xist expressed?", False),
        ("Should my mother take anakinra?", True),
        ("74F on apixaban, fell, hit head", True),
        ("can i drink on anakinra?", True),
    ],
)
def test_only_what_tells_of_somebody_is_about_one_person(question: str, personal: bool) -> None:
    assert speaks_of_a_person(understand(question, NO_WORDS)) is personal
