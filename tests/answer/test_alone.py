"""A printed line is understood by itself and speaks to the question, whatever paper it stands in."""

from __future__ import annotations

import pytest
from tests.answer.conftest import Fill, answer_of, statements_of, study

from osler.answer.alone import unclear
from osler.answer.sentences import Reading
from osler.retrieval.search import FoundPassage

QUESTION = "Does velcrin training improve balance in stroke survivors?"
TITLE = "Velcrin training and balance in stroke survivors: a cohort study"
ANSWERS = "Velcrin training improved balance in stroke survivors by 12 points over six weeks."


class Words:
    """A vocabulary that knows what one library's sources mean by an abbreviation."""

    size = 1000

    def __init__(self, **meanings: list[tuple[str, int]]) -> None:
        self.meanings = meanings

    def long_forms(self, short: str) -> list[tuple[str, int]]:
        return self.meanings.get(short, [])

    def short_forms(self, long: str) -> list[tuple[str, int]]:
        return []

    def passages_with(self, phrase: str, *, field: str = "text") -> int:
        return 0


def said(fill: Fill, *sentences: str) -> list[str]:
    """Return what is printed of one paper with ``sentences`` as its results."""
    with fill([study("pmid:1", TITLE, *sentences, pmid="1")]) as desk:
        return [s["text"] for s in statements_of(answer_of(desk, QUESTION))]


@pytest.mark.parametrize(
    "loose",
    [
        "Balance of stroke survivors did not differ between the two groups after velcrin training.",
        "Velcrin training improved balance in these stroke survivors.",
        "The difference was larger after velcrin training for balance in stroke.",
    ],
)
def test_a_sentence_that_refers_back_is_not_printed(fill: Fill, loose: str) -> None:
    assert said(fill, ANSWERS, loose) == [ANSWERS]


def test_who_took_part_is_no_answer_though_the_paper_is_the_right_one(fill: Fill) -> None:
    beside = "Velcrin training also improved balance confidence in stroke survivors by 9%."
    printed = said(fill, ANSWERS, "Men made up 61% of the sample.", beside, "Adherence was 92%.")
    assert sorted(printed) == sorted([ANSWERS, beside])


def test_a_paper_whose_sentences_name_nothing_asked_answers_nothing(fill: Fill) -> None:
    assert said(fill, "Men made up 61% of the sample.", "Adherence was 92%.") == []


def test_a_label_that_is_glued_to_a_sentence_is_left_off(fill: Fill) -> None:
    assert said(fill, f"CONCLUSION: {ANSWERS}") == [ANSWERS]


def test_what_a_passage_was_cut_from_leaves_no_half_sentences(fill: Fill) -> None:
    torn = "roved balance after velcrin training in stroke survivors by 12 points over six weeks."
    assert said(fill, torn, ANSWERS) == [ANSWERS]


def test_a_further_statement_says_something_new(fill: Fill) -> None:
    again = "Balance of stroke survivors was improved by velcrin training over weeks."
    assert said(fill, ANSWERS, again) == [ANSWERS]


@pytest.mark.parametrize(
    "beside",
    [
        "Several studies have examined velcrin training for the balance of stroke survivors.",
        "The mean age of stroke survivors in velcrin training for balance was 61 years.",
        "Further research on velcrin training and balance in stroke survivors may help.",
    ],
)
def test_a_sentence_about_the_research_or_the_sample_is_no_answer(fill: Fill, beside: str) -> None:
    assert said(fill, ANSWERS, beside) == [ANSWERS]


def test_what_a_thing_is_must_open_with_it(fill: Fill) -> None:
    defines = "A velcrin is a small protein that stores copper."
    aside = "Wilson disease is a disorder of copper in which the velcrin is raised."
    with fill([study("pmid:1", "Velcrin", aside, defines, pmid="1")]) as desk:
        answer = answer_of(desk, "What is a velcrin?")
    assert [s["text"] for s in statements_of(answer)] == [defines]


def left_open(fill: Fill, sentence: str, vocabulary: Words, **own: str) -> str:
    """Return what a reader of ``sentence`` alone cannot know, in a library with ``vocabulary``."""
    with fill([study("pmid:1", "Drug X in gout", sentence, pmid="1")]) as desk:
        source = desk.store.source_by_key("pmid:1")
        assert source is not None
        found = FoundPassage(1, 1.0, desk.store.passages_of(source.id)[0], source, ())
    candidate = Reading().candidates([found])[0]
    return unclear(candidate, (), own=own, explained=("HDL",), vocabulary=vocabulary)


MANY = Words(QQX=[("quiet quark", 6), ("quick quartz", 4)], AMN=[("left atrium", 8), ("left atrial", 7)])


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Drug X lowered QQX in adults with gout.", "QQX"),
        ("Drug X lowered VVW in adults with gout.", "VVW"),
        ("Drug X lowered anti-QQX titres in adults with gout.", "QQX"),
    ],
)
def test_an_abbreviation_that_a_reader_cannot_know_holds_a_line_back(
    fill: Fill, sentence: str, word: str
) -> None:
    assert word in left_open(fill, sentence, MANY, VVW="very vague word")


@pytest.mark.parametrize(
    "sentence",
    [
        "Drug X lowered ABCD in adults with gout.",  # nobody defines it: a name
        "Drug X widened the AMN in adults with gout.",  # all mean the same
        "Drug X raised HDL in adults with gout.",  # the question says it
        "Drug X lowered DNA damage in adults with gout.",  # every reader knows it
        "Drug X lowered quiet quark exons (QQX) in adults with gout.",  # it says so itself
        "Drug X lowered QQX-2 in adults with gout.",  # a code
    ],
)
def test_an_abbreviation_that_a_reader_knows_holds_nothing_back(fill: Fill, sentence: str) -> None:
    assert left_open(fill, sentence, MANY) == ""
