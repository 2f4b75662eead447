"""An answer on the page: what stands where, what is marked, what is never printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.surfaces.cli.documents import Document, document, full_document, reference, section, statement

from osler.surfaces.cli.page import Page
from osler.surfaces.cli.render_answer import render_answer

SCHEMA = Path(__file__).parents[3] / "docs" / "schema" / "answer.json"


def rendered(given: Document, *, why: bool = False, width: int = 80, styled: bool = False) -> str:
    page = Page(width=width, styled=styled)
    render_answer(given, page, why=why)
    return page.text


def folded(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("given", [document(), full_document()])
def test_the_documents_of_these_tests_obey_the_contract(given: Document) -> None:
    Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(given)


def test_parts_stand_in_the_order_of_reading() -> None:
    text = folded(rendered(full_document()))
    marks = [
        "Does inventol lower testosis?",
        "Answered in part · evidence to 2021-03 · 3 sources searched",
        "Off-label use (US)",
        "“Inventol lowered testosis in 12 of 20 adults.” [1]",
        "Adults or children?",
        "From the guidelines: not found",
        "From the drug label: not found",
        "From the research Findings • Inventol did not lower testosis. (summary of [2]) also in [1]",
        "Where sources differ",
        "How well each part is answered",
        "1 sentence withheld",
        "References",
        "You could ask next • What harms does inventol have?",
        "Invented for a test.",
    ]
    places = [text.find(mark) for mark in marks]
    assert -1 not in places, marks[places.index(-1)]
    assert places == sorted(places)


def test_no_line_is_wider_than_the_page() -> None:
    for width in (40, 60, 80):
        assert max(map(len, rendered(full_document(), width=width, why=True).splitlines())) <= width


def test_a_pipe_sees_no_terminal_codes_and_a_terminal_does() -> None:
    assert "\x1b" not in rendered(full_document())
    assert "\x1b[1;36mReferences\x1b[0m" in rendered(full_document(), styled=True)


def test_codes_that_a_source_brings_along_never_reach_the_terminal() -> None:
    hostile = "Inventol\x1b]0;owned\x07 is\x1b[2J safe\u202e.\x9b31m"
    given = document(
        bottom_line=statement("a", hostile),
        references=[reference(1, "a", title="A\x1b[31m title", url="https://x.invalid/\x07")],
    )
    text = rendered(given, styled=True)
    for code in ("\x07", "\x1b]", "\x1b[2J", "\x1b[31m", "\u202e", "\x9b"):
        assert code not in text


def test_words_of_a_source_are_quoted_and_a_summary_never_is() -> None:
    text = rendered(
        document(
            sections=[
                section("research", statement("a", "One thing."), statement("b", "Another thing."))
            ],
            references=[reference(1, "a"), reference(2, "b", text_kind="summary")],
        )
    )
    assert "“One thing.” [1]" in text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Another thing. (summary of [2])" in text.replace("\N{NO-BREAK SPACE}", " ")
    assert "“Another" not in text


def test_a_statement_for_another_reader_is_not_passed_off_as_a_quote() -> None:
    plain = statement("a", "Inventol attenuates testosis.", plain="Inventol makes testosis milder.")
    text = rendered(document(bottom_line=plain, references=[reference(1, "a")], reader="patient"))
    assert "Inventol makes testosis milder. [1]" in folded(text)
    assert "“" not in text
    assert "attenuates" not in text


def test_a_quote_with_plain_words_in_brackets_is_still_a_quote() -> None:
    plain = statement("a", "Inventol eased testosis.", plain="Inventol eased testosis [an itch].")
    text = rendered(document(bottom_line=plain, references=[reference(1, "a")], reader="patient"))
    assert "“Inventol eased testosis [an itch].” [1]" in folded(text)


def test_patients_read_the_caution_first_and_the_grade_last() -> None:
    given = document(
        bottom_line=statement("a", "Inventol 5 mg was given."),
        references=[reference(1, "a")],
        reader="patient",
        reading_grade=7.6,
        caution="Doses are no advice.",
    )
    text = folded(rendered(given))
    places = [text.find(mark) for mark in ("Doses are no advice.", "“Inventol", "Reading grade 8")]
    assert -1 not in places
    assert places == sorted(places)
    assert "Reading grade" not in rendered(given | {"answer": given["answer"] | {"reader": "nurse"}})


def test_terms_that_no_bracket_explains_are_explained_below() -> None:
    plain = statement("a", "Inventol eased testosis.", plain="Inventol eased testosis [an itch].")
    entries = [
        {"term": "testosis", "plain": "an itch"},
        {"term": "cohort study", "plain": "a long look"},
    ]
    given = document(bottom_line=plain, references=[reference(1, "a")], glossary=entries)
    text = folded(rendered(given))
    assert "Words explained • cohort study: a long look" in text
    assert "testosis: an itch" not in text


def test_figures_stand_out_for_a_pharmacist() -> None:
    given = {
        "sections": [section("research", statement("a", "Inventol 5 mg was given."))],
        "references": [reference(1, "a")],
    }
    figure = "\x1b[1m5 mg\x1b[0m"
    assert figure in rendered(document(**given, reader="pharmacist"), styled=True)
    assert figure not in rendered(document(**given, reader="clinician"), styled=True)


def test_a_computed_figure_says_so() -> None:
    computed = statement("a", "12 of 20 is 60%.", made="computed")
    text = rendered(document(bottom_line=computed, references=[reference(1, "a")]))
    assert "12 of 20 is 60%. (computed from [1])" in folded(text)


def test_a_models_words_are_marked_and_never_stand_in_quotation_marks() -> None:
    written = statement("a", "In 12 of 20 adults, testosis fell.", made="written")
    of_summary = statement("b", "Testosis stayed as it was.", made="written")
    engine = {"writer": "testmodel", "version": "1"}
    given = document(
        bottom_line=written,
        sections=[section("research", of_summary)],
        references=[reference(1, "a"), reference(2, "b", text_kind="summary")],
        engine=engine,
    )
    text = folded(rendered(given))
    assert "“" not in text
    assert "testosis fell. (written from [1])" in text
    assert "as it was. (written from a summary of [2])" in text
    assert "testmodel" in text
    assert "testmodel" not in rendered(document(engine=engine))


def test_a_retracted_source_is_marked_beside_its_words_and_in_the_list() -> None:
    given = document(
        bottom_line=statement("a", "Inventol cures."), references=[reference(1, "a", status="retracted")]
    )
    assert rendered(given).count("RETRACTED") == 2


def test_withheld_words_are_printed_only_when_asked_why() -> None:
    assert "wonders" not in rendered(full_document())
    assert "It works wonders. no comparator" in folded(
        rendered(full_document(), why=True).replace("• ", "")
    )


def test_a_search_limited_to_one_tier_does_not_call_the_others_not_found() -> None:
    given = document()
    given["answer"]["library"]["searched"]["filters"] = {"tier": "label"}
    text = rendered(given)
    assert "From the drug label" in text
    assert "From the guidelines" not in text


def test_a_tier_whose_one_statement_is_the_bottom_line_is_not_called_not_found() -> None:
    given = document(
        bottom_line=statement("a", "Inventol works."), references=[reference(1, "a", kind="guideline")]
    )
    text = rendered(given)
    assert "From the guidelines" not in text
    assert "From the drug label: not found" in text


def test_an_abstention_shows_what_was_searched_and_no_empty_tiers() -> None:
    text = folded(rendered(document(status="abstained")))
    assert "Not answered" in text
    assert "searched for: inventol testosis (7 passages)" in text
    assert "From the" not in text


def test_a_reference_reads_in_nlm_style() -> None:
    many = [f"Nobody {letter}" for letter in "ABCDEFGH"]
    given = document(
        references=[
            reference(1, "a", authors=many, title="Is it so?", pmid="99999991", pmcid="PMC9999991")
        ]
    )
    text = folded(rendered(given).replace("\N{NO-BREAK SPACE}", " "))
    assert (
        "1. Nobody A, Nobody B, Nobody C, Nobody D, Nobody E, Nobody F, et al. Is it so? "
        "J Invent Med. 2020. PMID: 99999991. PMCID: PMC9999991" in text
    )


def test_a_reference_of_which_little_is_known_has_no_empty_places() -> None:
    bare = reference(
        1, "a", authors=[], title=None, container=None, year=None, url="https://x.invalid/a"
    )
    assert "1. https://x.invalid/a cohort" in folded(rendered(document(references=[bare])))


def test_an_unknown_flag_or_status_is_printed_and_not_lost() -> None:
    text = rendered(document(flags=["brand_new:EU"], status="brand_new"))
    assert "Brand new (EU)" in text
    assert "brand_new" in text


def test_a_title_is_printed_unless_it_says_nothing_new() -> None:
    one = statement("a", "One thing.")
    alone = {**section("research", one, title="Mechanism"), "facet": "mechanism"}
    against = {**alone, "title": "What speaks against"}
    shared = {"references": [reference(1, "a")]}
    assert "Mechanism" not in rendered(document(sections=[alone], **shared))
    assert "What speaks against" in rendered(document(sections=[against], **shared))
    assert "Mechanism" in rendered(document(sections=[alone, against], **shared))


def test_what_a_follow_up_was_understood_as_is_shown_and_a_whole_question_is_not_repeated() -> None:
    given = document()
    assert "understood as" not in rendered(given)
    given["answer"]["question"]["asked"] = "and in children?"
    assert "understood as: Does inventol lower testosis?" in folded(rendered(given))
