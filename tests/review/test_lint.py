"""What two pages say differently: contradictions are found, and what only looks like one is not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from osler.ids import content_id, sha256_text
from osler.model.article import Subject, Term
from osler.model.question import ConceptRole
from osler.review.lint import Contradiction, Finding, Page, lint

TESTOSIS = Term(ConceptRole.CONDITION, "testosis", ("testosis",))
OTHER = Term(ConceptRole.CONDITION, "fakitis", ("fakitis",))
INVENTUMAB = Term(ConceptRole.INTERVENTION, "inventumab", ("inventumab",))


def statement(text: str, source: str, *, made: str = "quoted") -> dict[str, Any]:
    passage = content_id("psg", source, text)
    citation = {
        "source": content_id("src", source),
        "version": content_id("ver", source),
        "passage": passage,
        "start": 0,
        "end": len(text),
        "quote": text,
        "sha256": sha256_text(text),
    }
    return {
        "id": content_id("st", f"{passage}:0:{len(text)}"),
        "lead": "",
        "text": text,
        "plain": None,
        "made": made,
        "citations": [citation],
    }


def page(name: str, *said: tuple[str, str], condition: Term = TESTOSIS, year: int = 2020) -> Page:
    """Return a page that prints sentences, each of a source."""
    statements = [statement(text, source) for text, source in said]
    references = [
        {
            "source": content_id("src", source),
            "kind": "research",
            "design": "cohort",
            "year": year,
            "title": "Invented",
            "container": "J Invent Med",
        }
        for _, source in said
    ]
    answer = {
        "bottom_line": statements[0],
        "sections": [{"statements": statements[1:]}],
        "beneath": [],
        "conflicts": [],
        "references": references,
    }
    subject = Subject("treatment", (INVENTUMAB, condition), ())
    return Page(content_id("art", name), name, subject, answer)


def found(one: Page, other: Page) -> list[tuple[Contradiction, str]]:
    return [(finding.kind, finding.about) for finding in lint([one, other])]


def between(one: str, other: str, **more: Any) -> list[Finding]:
    return list(lint([page("one", (one, "a"), **more), page("other", (other, "b"))]))


@pytest.mark.parametrize(
    ("one", "other", "kind", "about"),
    [
        (
            "The dose of inventumab was 2 mg/kg per day in adults with testosis.",
            "The dose of inventumab was 8 mg/kg per day in adults with testosis.",
            Contradiction.DOSE,
            "dose of inventumab",
        ),
        (
            "The dose of inventumab was 2 mg/kg per day in adults with testosis.",
            "The dose of inventumab was 8 mg/kg per day.",
            Contradiction.DOSE,
            "dose of inventumab",
        ),
        (
            "The dose of inventumab was 2 mg/kg per day in adults with testosis.",
            "In adults with testosis, we suggest inventumab 8 mg/kg daily.",
            Contradiction.DOSE,
            "dose of inventumab",
        ),
        (
            "The dose of inventumab was 200 mg per day in adults with testosis.",
            "The dose of inventumab was 2 g per day in adults with testosis.",
            Contradiction.DOSE,
            "dose of inventumab",
        ),
        (
            "The dose of inventumab was 2 mg/kg per day in adults with testosis.",
            "The dose of inventumab was 900 mg per day in adults with testosis.",
            Contradiction.DOSE,
            "dose of inventumab, by weight and flat",
        ),
        (
            "The maximum dose of inventumab is 100 mg per day in adults with testosis.",
            "In adults with testosis inventumab is given, not to exceed 400 mg per day.",
            Contradiction.DOSE,
            "maximum dose of inventumab",
        ),
        (
            "Inventumab is recommended in pregnant women with testosis.",
            "Inventumab is contraindicated in pregnant women with testosis.",
            Contradiction.ADVICE,
            "whether inventumab is advised",
        ),
        (
            "Inventumab is recommended in adults with testosis.",
            "Inventumab is not recommended in adults with testosis.",
            Contradiction.ADVICE,
            "whether inventumab is advised",
        ),
        (
            "The terminal half-life of inventumab was 4 hours.",
            "The terminal half-life of inventumab was 9 hours.",
            Contradiction.FIGURE,
            "terminal half-life of inventumab",
        ),
        (
            "Mild testosis is a testin below 30 mg/L.",
            "Severe testosis is a testin above 35 mg/L.",
            Contradiction.CLASSES,
            "severity: from 30 to 35 is in no class",
        ),
    ],
)
def test_what_cannot_both_hold_of_the_same_people_is_found(
    one: str, other: str, kind: Contradiction, about: str
) -> None:
    (finding,) = between(one, other)
    assert (finding.kind, finding.about) == (kind, about)
    assert len(finding.articles) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The dose of inventumab was 2 mg/kg per day in adults with testosis.",
            "The dose of inventumab was 8 mg/kg per day in children with testosis.",
        ),
        (
            "The dose of inventumab was 2 mg/kg per day in adults with testosis.",
            "The dose of inventumab was 2 mg/kg per day in adults with testosis.",
        ),
        (
            "The dose of inventumab was 2 mg/kg per day in adults with testosis.",
            "The dose of otherimab was 8 mg/kg per day in adults with testosis.",
        ),
        (
            "Inventumab is recommended in adults with testosis.",
            "Inventumab is not recommended in pregnant women with testosis.",
        ),
        (
            "Mild testosis is a testin below 30 mg/L.",
            "Severe testosis is a testin of at least 30 mg/L.",
        ),
        (
            "The dose of inventumab was 2000 mg per day in adults with testosis.",
            "The dose of inventumab was 2 g per day in adults with testosis.",
        ),
        ("The half-life of inventumab is 24 hours.", "Inventumab has a half-life of 1 day."),
        (
            "The dose of inventumab was 2 mg/kg per day in adults with testosis.",
            "The dose of inventumab was 100 mg per day in adults with testosis.",
        ),
        (
            "The dose of inventumab was 2 mg/kg per day in children with testosis.",
            "The dose of inventumab was 900 mg per day in adults with testosis.",
        ),
        (
            "The dose of inventumab was 2 mg/kg per day in testosis.",
            "The dose of inventumab was 20 mg per day in children with testosis.",
        ),
        (
            "The dose of inventumab was 200 mg per day in adults with testosis.",
            "The dose of inventumab was 100 mg per day in adults with testosis and renal impairment.",
        ),
        (
            "The maximum dose of inventumab is 100 mg per day in adults with testosis.",
            "The maximum dose of inventumab is 400 mg per day in children with testosis.",
        ),
        (
            "The maximum dose of inventumab is 2 g per day in adults with testosis.",
            "The maximum dose of inventumab is 2000 mg per day in adults with testosis.",
        ),
    ],
)
def test_what_people_drug_or_limits_tell_apart_is_none(one: str, other: str) -> None:
    assert between(one, other) == []


def test_a_year_does_not_excuse_opposite_advice() -> None:
    told = between(
        "Inventumab is recommended in adults with testosis.",
        "Inventumab is not recommended in adults with testosis.",
        year=2001,
    )
    assert [finding.why for finding in told] == ["year: 2001 / 2020"]


def test_another_disease_is_told_by_its_page_where_the_sentence_does_not_name_it() -> None:
    one = page("one", ("The dose of inventumab was 2 mg/kg per day in adults.", "a"))
    other = page("other", ("The dose of inventumab was 8 mg/kg per day in adults.", "b"))
    assert found(one, other) == [(Contradiction.DOSE, "dose of inventumab")]
    elsewhere = page(
        "other", ("The dose of inventumab was 8 mg/kg per day in adults.", "b"), condition=OTHER
    )
    assert found(one, elsewhere) == []


def test_what_both_pages_print_hides_nothing_from_anybody() -> None:
    said = (
        ("The dose of inventumab was 2 mg/kg per day in adults with testosis.", "a"),
        ("The dose of inventumab was 8 mg/kg per day in adults with testosis.", "b"),
    )
    assert found(page("one", *said), page("other", *said)) == []
    assert found(page("one", said[0]), page("other", *said)) != []


def test_two_sentences_of_one_source_are_its_own_to_tell_apart() -> None:
    one = page("one", ("The dose of inventumab was 2 mg/kg per day in adults with testosis.", "a"))
    other = page("other", ("The dose of inventumab was 8 mg/kg per day in adults with testosis.", "a"))
    assert found(one, other) == []


def test_pages_that_share_neither_drug_nor_disease_are_not_compared() -> None:
    one = page("one", ("Mild testosis is a testin below 30 mg/L.", "a"))
    other = Page(
        content_id("art", "other"),
        "other",
        Subject("treatment", (OTHER,), ()),
        page("other", ("Severe fakitis is a testin above 35 mg/L.", "b")).answer,
    )
    assert found(one, other) == []


def test_a_key_lasts_as_long_as_its_statements_and_whichever_way_pages_are_given() -> None:
    low = page("one", ("The dose of inventumab was 2 mg/kg per day in adults with testosis.", "a"))
    high = page("other", ("The dose of inventumab was 8 mg/kg per day in adults with testosis.", "b"))
    higher = page("other", ("The dose of inventumab was 9 mg/kg per day in adults with testosis.", "b"))
    (first,), (turned,), (changed,) = lint([low, high]), lint([high, low]), lint([low, higher])
    assert first.key == turned.key
    assert first.key != changed.key


def test_what_the_desk_worded_is_held_against_its_own_page() -> None:
    """Its table of conflicts was made from the sentences that the library had found."""
    said = "The dose of inventumab was 2 mg/kg per day in adults with testosis."
    worded = "In adults with testosis, the dose of inventumab was 8 mg/kg per day."
    one = page("one", (said, "a"), (worded, "b"))
    assert lint([one]) == ()
    one.answer["sections"][0]["statements"][0]["made"] = "written"
    (finding,) = lint([one])
    assert (finding.kind, finding.articles) == (Contradiction.DOSE, (one.article,))
    sides = [{"statement": side.statement} for side in finding.sides]
    tabled = replace(one, answer={**one.answer, "conflicts": [{"sides": sides}]})
    assert lint([tabled]) == ()


def test_only_what_concerns_the_article_asked_about_is_listed() -> None:
    low = page("one", ("The dose of inventumab was 2 mg/kg per day in adults with testosis.", "a"))
    high = page("other", ("The dose of inventumab was 8 mg/kg per day in adults with testosis.", "b"))
    third = page("third", ("Fever resolved in adults with testosis.", "c"))
    assert lint([low, high, third], only=third.article) == ()
    assert len(lint([low, high, third], only=low.article)) == 1
