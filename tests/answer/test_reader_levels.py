"""The same answer for five readers: what may differ, and what may not."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from tests.answer.conftest import QUESTION, statements_of
from tests.answer.test_every_statement import QUESTIONS as ASKED

from osler.answer.definitions import all_definitions
from osler.answer.levels import FIRST, word_for_reader
from osler.answer.plain import PlainWords
from osler.answer.reworded import word_document
from osler.model.reader import Reader
from osler.service.ask import ask
from osler.service.wiring import Desk
from osler.text.figures import find_figures
from osler.text.polarity import hedges

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "schema" / "answer.json").read_text(encoding="utf-8")
)
TEMPLATES = (
    "What is the dose of {}?",
    "Is {} safe?",
    "How effective is {}?",
    "How does {} work?",
    "What should be monitored with {}?",
    "{} in children",
)
SUBJECTS = (
    "anakinra in HLH",
    "anakinra in macrophage activation syndrome",
    "tocilizumab in HLH",
    "emapalumab",
    "etoposide",
    "dexamethasone in HLH",
    "ruxolitinib",
)
QUESTIONS = (*ASKED, *(form.format(subject) for form, subject in product(TEMPLATES, SUBJECTS)))
NOT_ANSWERED = ("", "I want to kill myself", "weather tomorrow?")
DOSES = "What dose of anakinra is used in HLH?"
SAME = (
    "status", "stance", "question", "library", "figures", "conflicts", "parts", "flags", "withheld",
    "clarify", "suggestions", "references", "calculators", "mechanism", "engine",
)  # fmt: skip
SAME_OF_A_STATEMENT = ("id", "lead", "text", "made", "certainty", "also", "citations", "verdict")
Levels = Callable[[str], dict[Reader, dict[str, Any]]]
_BRACKETS = re.compile(r" ?\[[^\[\]]*\]")


def document_for(desk: Desk, question: str, reader: Reader) -> dict[str, Any]:
    """Return the whole document as ``reader`` gets it."""
    return ask(desk, question, reader=reader).document


@pytest.fixture(scope="session")
def levels(starter: Desk) -> Levels:
    """The answer at every level, each question asked once."""

    @cache
    def asked(question: str) -> dict[Reader, dict[str, Any]]:
        return {reader: document_for(starter, question, reader)["answer"] for reader in Reader}

    return asked


def is_text_with_brackets_added(plain: str, text: str) -> bool:
    """Tell whether ``plain`` without some of its bracketed words is exactly ``text``."""
    if plain == text:
        return True
    at = next((i for i, (a, b) in enumerate(zip(plain, text, strict=False)) if a != b), len(text))
    for start in (at, at - 1):  # the blank before a bracket may stand in the text as well
        added = _BRACKETS.match(plain, start) if start >= 0 else None
        if added and is_text_with_brackets_added(plain[:start] + plain[added.end() :], text):
            return True
    return False


@pytest.mark.parametrize("question", QUESTIONS)
def test_all_readers_get_the_same_statements_with_the_same_proof(levels: Levels, question: str) -> None:
    clinician = levels(question)[Reader.CLINICIAN]
    told = {s["id"]: {key: s[key] for key in SAME_OF_A_STATEMENT} for s in statements_of(clinician)}
    for answer in levels(question).values():
        assert {key: answer[key] for key in SAME} == {key: clinician[key] for key in SAME}
        assert {s["id"]: {key: s[key] for key in told[s["id"]]} for s in statements_of(answer)} == told
        assert (answer["bottom_line"] or {}).get("id") == (clinician["bottom_line"] or {}).get("id")
        assert sorted(u["statement"] for u in answer["uncertain"]) == sorted(
            u["statement"] for u in clinician["uncertain"]
        )


@pytest.mark.parametrize("question", QUESTIONS)
def test_plain_words_leave_text_figures_and_hedges_as_they_are(levels: Levels, question: str) -> None:
    for answer in levels(question).values():
        for statement in statements_of(answer):
            plain, text = statement["plain"], statement["text"]
            if plain is None:
                continue
            assert is_text_with_brackets_added(plain, text)
            bare, own = _BRACKETS.sub("", plain), _BRACKETS.sub("", text)
            assert bare == own
            assert [c.text for c in hedges(bare)] == [c.text for c in hedges(own)]
            place = 0
            for figure in find_figures(text):
                written = text[figure.start : figure.end]
                place = plain.find(written, place)
                assert place >= 0, f"{written} is broken in {plain}"
                place += len(written)


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_hard_term_is_explained_once_where_it_stands(levels: Levels, question: str) -> None:
    for reader in (Reader.PATIENT, Reader.STUDENT, Reader.NURSE):
        answer = levels(question)[reader]
        statements = statements_of(answer)
        printed = " ".join(f"{s['lead']} {s['text']}" for s in statements)
        meanings = [entry["plain"] for entry in answer["glossary"]]
        assert len(set(meanings)) == len(meanings)
        assert all(entry["term"] in printed for entry in answer["glossary"])
        brackets = [
            words
            for statement in statements
            for words in re.findall(r"\[([^\[\]]+)\]", statement["plain"] or "")
        ]
        for meaning in meanings:
            assert sum(meaning in words.split("; ") for words in brackets) <= 1


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_matters_most_to_a_reader_comes_first_in_each_tier(levels: Levels, question: str) -> None:
    for reader, answer in levels(question).items():
        first = [facet.value for facet in FIRST.get(reader, ())]
        for one, other in pairwise(answer["sections"]):
            if one["tier"] == other["tier"] and other["facet"] in first:
                assert one["facet"] in first
                assert first.index(one["facet"]) < first.index(other["facet"])


def test_the_order_of_sections_is_not_that_of_clinicians_for_all(levels: Levels) -> None:
    def order(question: str, reader: Reader) -> list[str]:
        sections = levels(question)[reader]["sections"]
        return [f"{section['tier']} {section['facet']}" for section in sections]

    for reader in (Reader.PHARMACIST, Reader.NURSE):
        assert any(order(q, reader) != order(q, Reader.CLINICIAN) for q in QUESTIONS)


@pytest.mark.parametrize("reader", Reader)
@pytest.mark.parametrize("question", [DOSES, "How is HLH diagnosed?", *NOT_ANSWERED])
def test_the_document_obeys_the_contract_at_every_level(
    starter: Desk, question: str, reader: Reader
) -> None:
    Draft202012Validator(SCHEMA).validate(document_for(starter, question, reader))


@pytest.mark.parametrize("reader", Reader)
def test_the_same_question_gives_the_same_bytes_at_every_level(starter: Desk, reader: Reader) -> None:
    first, second = (document_for(starter, QUESTION, reader)["answer"] for _ in range(2))
    assert json.dumps(first) == json.dumps(second)


def test_the_answer_has_an_id_for_each_reader(levels: Levels) -> None:
    assert len({answer["id"] for answer in levels(QUESTION).values()}) == len(Reader)


def test_clinicians_and_pharmacists_read_the_words_of_the_sources(levels: Levels) -> None:
    told = levels(QUESTION)
    for reader in (Reader.CLINICIAN, Reader.PHARMACIST):
        assert all(statement["plain"] is None for statement in statements_of(told[reader]))
        assert told[reader]["glossary"] == []


def test_patients_are_told_once_that_doses_are_no_advice(levels: Levels) -> None:
    told = levels(DOSES)
    caution = told[Reader.PATIENT]["caution"]
    assert json.dumps(told[Reader.PATIENT]).count(caution) == 1
    assert all(told[reader]["caution"] is None for reader in Reader if reader is not Reader.PATIENT)
    assert levels(QUESTION)[Reader.PATIENT]["caution"] is None


def test_patients_have_terms_of_use_of_their_own(levels: Levels) -> None:
    disclaimers = {reader: answer["disclaimer"] for reader, answer in levels(DOSES).items()}
    assert disclaimers.pop(Reader.PATIENT) not in disclaimers.values()
    assert len(set(disclaimers.values())) == 1


def test_a_statement_that_is_worded_for_its_reader_already_stays_so(starter: Desk) -> None:
    answer = ask(starter, QUESTION, reader=Reader.PATIENT).answer
    assert answer.bottom_line is not None
    worded = replace(answer, bottom_line=replace(answer.bottom_line, plain="In other words."))
    again = word_for_reader(worded, passages=(), sources={})
    assert again.bottom_line == worded.bottom_line


@pytest.mark.parametrize("reader", Reader)
@pytest.mark.parametrize("question", [QUESTION, DOSES])
def test_a_kept_answer_is_worded_as_one_that_is_made_for_its_reader(
    levels: Levels, starter: Desk, question: str, reader: Reader
) -> None:
    told = levels(question)
    cited = {c["passage"]: c["source"] for s in _statements(told[reader]) for c in s["citations"]}
    again = word_document(
        told[Reader.CLINICIAN],
        reader,
        passages=starter.store.passages(cited),
        sources=starter.store.sources(set(cited.values())),
    )
    assert {**again, "id": ""} == {**told[reader], "id": ""}


def _statements(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return [answer["bottom_line"], *(s for part in answer["sections"] for s in part["statements"])]


@pytest.mark.parametrize("question", NOT_ANSWERED)
def test_what_is_not_answered_is_said_alike_to_all(levels: Levels, question: str) -> None:
    told = [
        {key: value for key, value in answer.items() if key not in {"id", "reader"}}
        for answer in levels(question).values()
    ]
    assert all(answer == told[0] for answer in told)


_WORDS = st.sampled_from(
    [
        *(term for row in all_definitions() for term in row.terms[:1]),
        "anakinra", "of", "patients", "was", "in", "19/21", "(90.5%)", "83%", "HR 0.38", "2 mg/kg", "IV",
        "(95% CI 0.2-0.7)", "twice daily", "syndrome", "MAS (macrophage activation syndrome)", "MAS",
        "may", "-", "α", "é", ",", ".", "(", ")", "stage IV", "mortality was 42%",
    ]
)  # fmt: skip


@given(st.lists(_WORDS, max_size=14), st.sampled_from(list(Reader)))
def test_brackets_taken_out_give_the_text_back(pieces: list[str], reader: Reader) -> None:
    text = " ".join(pieces)
    plain = PlainWords(reader).render(text, {"MAS": "macrophage activation syndrome"})
    if plain is not None:
        assert _BRACKETS.sub("", plain) == text
        assert plain != text
