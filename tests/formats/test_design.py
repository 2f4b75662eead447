"""How a source knows what it says: stated types outweigh headings, headings outweigh words."""

from __future__ import annotations

import pytest

from osler.formats.design import classify, kind_of
from osler.formats.wording import Wording
from osler.model.passage import Role
from osler.model.record import Block
from osler.model.source import Design, Kind


def judge(title: str = "", text: str = "", **given: object) -> Design:
    wording = Wording((Block(text),) if text else ())
    return classify(title, wording, **given).design  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("types", "design"),
    [
        (("Journal Article", "Practice Guideline"), Design.GUIDELINE),
        (("Guideline",), Design.GUIDELINE),
        (("Meta-Analysis", "Review"), Design.SYSTEMATIC_REVIEW),
        (("Systematic Review",), Design.SYSTEMATIC_REVIEW),
        (("Randomized Controlled Trial", "Multicenter Study"), Design.RANDOMISED_TRIAL),
        (("Clinical Trial, Phase II",), Design.COHORT),
        (("Observational Study",), Design.COHORT),
        (("Case Reports", "Letter"), Design.CASE_SERIES),
        (("Review",), Design.NARRATIVE_REVIEW),
        (("Editorial",), Design.OTHER),
        (("Published Erratum",), Design.OTHER),
        (("Preprint", "Randomized Controlled Trial"), Design.PREPRINT),
        (("Clinical Trial, Veterinary",), Design.LABORATORY),
        (("Journal Article",), Design.OTHER),
    ],
)
def test_publication_types_decide(types: tuple[str, ...], design: Design) -> None:
    assert judge("An invented title", types=types) is design


def test_a_clinical_trial_that_was_randomised_is_a_randomised_trial() -> None:
    text = "Participants were randomly assigned to one of two groups."
    assert judge("A trial", text, types=("Clinical Trial, Phase III",)) is Design.RANDOMISED_TRIAL


@pytest.mark.parametrize(
    ("headings", "design"),
    [
        (("Humans", "Cohort Studies"), Design.COHORT),
        (("Humans", "Case-Control Studies"), Design.COHORT),
        (("Animals", "Rats"), Design.LABORATORY),
        (("Animals", "Humans"), Design.OTHER),
    ],
)
def test_headings_decide_where_types_do_not(headings: tuple[str, ...], design: Design) -> None:
    assert judge("An invented title", headings=headings, types=("Journal Article",)) is design


@pytest.mark.parametrize(
    ("title", "text", "design"),
    [
        ("Testamine for tests: a systematic review and meta-analysis", "", Design.SYSTEMATIC_REVIEW),
        ("Clinical practice guideline for the management of tests", "", Design.GUIDELINE),
        ("Adherence to clinical practice guidelines for tests", "", Design.OTHER),
        ("Do clinicians follow the guidelines on the management of tests?", "", Design.OTHER),
        ("Testamine in tests: a randomised controlled trial", "", Design.RANDOMISED_TRIAL),
        ("Protocol for a randomised controlled trial of testamine", "", Design.OTHER),
        ("Testamine", "Patients were randomized to testamine or placebo.", Design.RANDOMISED_TRIAL),
        (
            "Testamine",
            "This double-blind, placebo-controlled study of 20 patients.",
            Design.RANDOMISED_TRIAL,
        ),
        ("Testamine", "This nonrandomized study of patients was retrospective.", Design.COHORT),
        ("A Mendelian randomization study of tests", "A cohort of adults.", Design.COHORT),
        ("Testamine", "We retrospectively reviewed the records of 40 patients.", Design.COHORT),
        ("Retrospective analysis of tests in children", "", Design.COHORT),
        ("Testamine in rats", "Rats were randomly divided into three groups.", Design.LABORATORY),
        ("Testamine", "Cultured fibroblasts were treated in vitro.", Design.LABORATORY),
        ("A case-control study of tests", "Patients were matched.", Design.COHORT),
        ("A rare case of testing", "", Design.CASE_SERIES),
        ("Testing", "We report the case of a 45-year-old woman.", Design.CASE_SERIES),
        ("Testing: a review", "", Design.NARRATIVE_REVIEW),
        ("Testing", "In this review we discuss tests.", Design.NARRATIVE_REVIEW),
        ("Testing", "We searched PubMed; a meta-analysis was done.", Design.SYSTEMATIC_REVIEW),
        ("Testamine", "This must be confirmed; a randomised trial is required.", Design.OTHER),
        ("Testamine", "This observation requires confirmation in a randomised trial.", Design.OTHER),
        ("Testamine", "Randomized controlled trials have shown little.", Design.OTHER),
        ("Testamine", "A cohort of adults. Data from a randomized controlled trial.", Design.COHORT),
        ("Testamine", "A further six adults were randomized to placebo.", Design.RANDOMISED_TRIAL),
        ("Testing", "Nothing telling.", Design.OTHER),
        ("", "", Design.OTHER),
    ],
)
def test_words_decide_where_nothing_else_does(title: str, text: str, design: Design) -> None:
    assert judge(title, text) is design


def test_a_preprint_server_makes_a_preprint() -> None:
    assert judge("A randomised controlled trial", container="medRxiv") is Design.PREPRINT


def test_what_others_should_do_next_says_nothing_about_this_study() -> None:
    blocks = (
        Block("Enzymes were measured.", Role.METHODS, "METHODS"),
        Block("A prospective cohort of patients should follow.", Role.CONCLUSIONS, "CONCLUSIONS"),
    )
    assert classify("Enzymes", Wording(blocks)).design is Design.OTHER


def test_the_rule_that_decided_is_named() -> None:
    assert classify("x", Wording(()), types=("Review",)).rule == "review by type"


@pytest.mark.parametrize("design", list(Design))
def test_each_design_has_a_tier(design: Design) -> None:
    expected = {Design.GUIDELINE: Kind.GUIDELINE, Design.LABEL: Kind.LABEL}.get(design, Kind.RESEARCH)
    assert kind_of(design) is expected
