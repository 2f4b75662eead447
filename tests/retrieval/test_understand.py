"""From words to a question: kinds, terms, variants, links."""

from __future__ import annotations

from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.answer.conftest import Fill, study

from osler.model.question import ConceptRole, Facet, QuestionKind
from osler.retrieval.clauses import is_anchored
from osler.retrieval.understand import find_kinds, find_variants, understand
from osler.service.wiring import Desk
from osler.text.normalise import fold

KINDS = (
    ("What is the mechanism of action of anakinra in HLH?", QuestionKind.MECHANISM),
    ("How does rituximab work?", QuestionKind.MECHANISM),
    ("What does tocilizumab block?", QuestionKind.MECHANISM),
    ("anakinra half-life", QuestionKind.KINETICS),
    ("What dose of etoposide is used in HLH?", QuestionKind.DOSE),
    ("how much anakinra should be given", QuestionKind.DOSE),
    ("Is anakinra off-label in MAS?", QuestionKind.LICENCE),
    ("When is anakinra contraindicated?", QuestionKind.CONTRAINDICATION),
    ("can I give anakinra to somebody with tuberculosis", QuestionKind.CONTRAINDICATION),
    ("can we start anakinra if she is septic", QuestionKind.CONTRAINDICATION),
    ("Can anakinra be used in HLH?", QuestionKind.TREATMENT),
    ("Does warfarin interact with fluconazole?", QuestionKind.INTERACTION),
    ("can anakinra be given with emapalumab", QuestionKind.INTERACTION),
    ("anakinra and emapalumab together?", QuestionKind.INTERACTION),
    ("What are the side effects of anakinra?", QuestionKind.HARMS),
    ("How is HLH diagnosed?", QuestionKind.DIAGNOSIS),
    ("HLH-2004 criteria", QuestionKind.DIAGNOSIS),
    ("What is the mortality of HLH?", QuestionKind.PROGNOSIS),
    ("anakinra versus emapalumab in MAS", QuestionKind.COMPARISON),
    ("Does anakinra reduce fever in MAS?", QuestionKind.EFFECT),
    ("Does etoposide work in HLH?", QuestionKind.EFFECT),
    ("Is ferritin associated with MAS?", QuestionKind.ASSOCIATION),
    ("How should HLH be treated?", QuestionKind.TREATMENT),
    ("What is HLH?", QuestionKind.DEFINITION),
    ("she has MAS, does she need etoposide", QuestionKind.TREATMENT),
    ("HLH after etoposide: next step?", QuestionKind.TREATMENT),
    ("best drug for refractory HLH", QuestionKind.TREATMENT),
    ("can HLH come back", QuestionKind.PROGNOSIS),
    ("how often do people with HLH need a transplant", QuestionKind.GENERAL),
    ("how often should anakinra be given", QuestionKind.DOSE),
    ("fever and cytopenias, hlh w/u", QuestionKind.DIAGNOSIS),
    ("how long does anakinra take to work", QuestionKind.EFFECT),
    ("tocilizumab HLH", QuestionKind.GENERAL),
)


@pytest.mark.parametrize(("question", "kind"), KINDS)
def test_the_main_kind_is_read_from_the_wording(question: str, kind: QuestionKind) -> None:
    assert find_kinds(fold(question))[0] is kind


def test_an_abbreviation_is_opened_with_the_words_of_the_library(starter: Desk) -> None:
    question = understand("How does anakinra work in HLH?", starter.vocabulary)
    (condition,) = question.with_role(ConceptRole.CONDITION)
    assert "hemophagocytic lymphohistiocytosis" in condition.variants
    assert "haemophagocytic lymphohistiocytosis" in condition.variants
    assert question.with_role(ConceptRole.INTERVENTION)[0].text == "anakinra"


def test_an_abbreviation_explained_in_the_question_needs_no_library(fill: Fill) -> None:
    with fill([study("pmid:1", "Nothing of the kind", "Nothing was found in any patient.")]) as desk:
        question = understand("Does anakinra help in sock folding disease (SFD)?", desk.vocabulary)
    (condition,) = question.with_role(ConceptRole.CONDITION)
    assert condition.variants[:2] == ("sock folding disease", "sfd")


def test_a_relation_is_split_into_its_links(starter: Desk) -> None:
    question = understand("mechanism of anakinra in HLH", starter.vocabulary)
    assert [part.facet for part in question.parts] == [Facet.MECHANISM] * 3
    assert [len(part.concepts) for part in question.parts] == [1, 1, 2]


def test_modifiers_are_kept_apart_from_the_condition(starter: Desk) -> None:
    question = understand("anakinra dose in HLH with renal failure in children", starter.vocabulary)
    assert question.modifiers == ("child", "renal impairment")
    assert [c.text for c in question.with_role(ConceptRole.CONDITION)] == ["HLH"]
    assert [c.text for c in question.with_role(ConceptRole.POPULATION)] == ["renal failure", "children"]


def test_the_second_of_two_drugs_compared_is_the_comparator(starter: Desk) -> None:
    question = understand("anakinra versus emapalumab in MAS", starter.vocabulary)
    assert [c.text for c in question.with_role(ConceptRole.INTERVENTION)] == ["anakinra"]
    assert [c.text for c in question.with_role(ConceptRole.COMPARATOR)] == ["emapalumab"]


@given(asked=st.text(max_size=300))
def test_no_question_breaks_understanding_and_terms_keep_their_place(asked: str) -> None:
    question = understand(asked, NO_WORDS)
    assert question.asked == asked
    for concept in question.concepts:
        assert asked[concept.start : concept.end] == concept.text


class NoWords:
    """The vocabulary of an empty library."""

    size = 0

    def long_forms(self, short: str) -> list[tuple[str, int]]:
        return []

    def short_forms(self, long: str) -> list[tuple[str, int]]:
        return []

    def passages_with(self, phrase: str, *, field: str = "text") -> int:
        return 0


NO_WORDS = NoWords()


def test_the_outlook_is_what_is_asked_and_no_disease(starter: Desk) -> None:
    question = understand("What is the prognosis of HLH?", starter.vocabulary)
    assert [concept.text for concept in question.with_role(ConceptRole.CONDITION)] == ["HLH"]
    assert question.kinds[0] is QuestionKind.PROGNOSIS


class TrialNames(NoWords):
    """A library of 900 passages where FIRST names one trial, LINE an element, and ALS a disease."""

    size = 900
    _LONG: ClassVar = {"FIRST": "made-up trial", "LINE": "made-up element", "ALS": "made-up sclerosis"}
    _PASSAGES: ClassVar = {"first": 400, "line": 120, "als": 60}

    def long_forms(self, short: str) -> list[tuple[str, int]]:
        return [(self._LONG[short], 3)] if short in self._LONG else []

    def passages_with(self, phrase: str, *, field: str = "text") -> int:
        return self._PASSAGES.get(phrase, 0) if field == "text" else 0


@pytest.mark.parametrize("word", ["first", "line"])
def test_a_common_word_is_not_opened_as_the_abbreviation_that_is_spelt_like_it(word: str) -> None:
    assert find_variants(word, TrialNames()) == (word,)


@pytest.mark.parametrize("word", ["als", "ALS", "FIRST"])
def test_an_abbreviation_is_opened_however_it_is_typed(word: str) -> None:
    assert len(find_variants(word, TrialNames())) == 2


@pytest.mark.parametrize("line", ["first line", "First-line", "2nd line"])
def test_which_line_of_treatment_is_asked_for_is_no_search_term(line: str) -> None:
    question = understand(f"{line} treatment of pneumonia", NO_WORDS)
    assert question.kinds[0] is QuestionKind.TREATMENT
    assert [concept.text for concept in question.concepts] == ["pneumonia"]


@pytest.mark.parametrize(
    "asked",
    [
        "How should I monitor a patient on anakinra?",
        "What do guidelines recommend on anakinra?",
        "Which drugs interact with anakinra?",
        "which blood tests are needed on anakinra",
        "what should be checked before starting anakinra",
        "who should avoid anakinra",
        "can I give anakinra iv",
        "hi, what dose of anakinra for gout?",
        "need the anakinra dose please",
    ],
)
def test_the_word_that_tells_what_is_asked_is_no_topic(asked: str) -> None:
    question = understand(asked, NO_WORDS)
    assert [concept.text for concept in question.concepts if concept.role is ConceptRole.TOPIC] == []


def test_a_word_of_measure_is_a_term_where_it_names_a_thing() -> None:
    assert "long" in understand("treatment of long QT", NO_WORDS).normalised
    assert "long" not in understand("How long is anakinra given?", NO_WORDS).normalised


@pytest.mark.parametrize(
    ("typed", "written"), [("iv", "intravenous"), ("sc", "subcutaneous"), ("po", "oral")]
)
def test_a_route_in_shorthand_is_searched_as_it_is_written_out(typed: str, written: str) -> None:
    assert written in find_variants(typed, NO_WORDS)


def test_a_transplant_is_also_a_transplantation() -> None:
    assert "liver transplantation" in find_variants("liver transplant", NO_WORDS)
    assert "liver transplant" in find_variants("liver transplantation", NO_WORDS)


@pytest.mark.parametrize(
    ("asked", "modifier"),
    [
        ("54 year old man with HLH", "adult"),
        ("54yo with HLH", "adult"),
        ("3-year-old with HLH", "child"),
        ("8 month old with HLH", "child"),
        ("anakinra CrCl <30", "renal impairment"),
    ],
)
def test_age_and_clearance_say_who_the_patient_is(asked: str, modifier: str) -> None:
    question = understand(asked, NO_WORDS)
    assert modifier in question.modifiers
    assert not any("old" in concept.text for concept in question.with_role(ConceptRole.TOPIC))


@pytest.mark.parametrize("tried", ["unresponsive to", "refractory to", "not responding to", "failed"])
def test_a_drug_tried_in_vain_is_not_the_drug_asked_about(tried: str) -> None:
    question = understand(f"HLH {tried} etoposide", NO_WORDS)
    assert not question.with_role(ConceptRole.INTERVENTION)
    assert "etoposide" in [concept.text for concept in question.with_role(ConceptRole.TOPIC)]


def test_the_form_of_a_disease_is_no_second_thing_asked_about() -> None:
    anchored = understand("What is the role of interferon-gamma in primary hepatitis?", NO_WORDS)
    assert is_anchored(anchored)
    assert not is_anchored(
        understand("What is the role of interferon-gamma and perforin in hepatitis?", NO_WORDS)
    )
