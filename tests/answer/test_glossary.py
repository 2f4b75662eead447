"""The glossary's own rules: its form, its plainness, one meaning for each term."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable

import pytest

from osler.answer.definitions import Definition, all_definitions, key_of
from osler.answer.hard_terms import find_hard_terms
from osler.model.reader import Reader
from osler.text.figures import find_figures
from osler.text.polarity import hedges

TABLES = sorted(
    (table for table in (files("osler.answer") / "glossary").iterdir() if table.name.endswith(".tsv")),
    key=lambda table: table.name,
)
ROWS = all_definitions()
LONGEST = 64
"""Characters that plain words may take: more cannot be passed over in reading."""
HOW_OFTEN = {"twice a day", "three times a day", "four times a day", "once a day"}
UNDERSTOOD = {
    "inflammation", "inflammatory", "antibody", "enzyme", "platelet", "pancreas", "bone marrow",
    "liver enzyme", "spinal cord", "spleen", "thyroid", "arthritis", "gallbladder",
}  # fmt: skip
"""Terms that plain words may use: explained themselves, and known to most."""
INFLECTED = ("ed", "ing")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_each_table_says_for_whom_it_is_and_has_rows_of_up_to_four_cells(table: Traversable) -> None:
    lines = table.read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("# ")]
    assert sum(line.startswith("# readers: ") for line in lines) == 1
    assert all(2 <= len(row) <= 4 and all(row) for row in rows)
    assert {row[2] for row in rows if len(row) > 2} <= {"noun", "plural", "word"}
    terms = [row[0].split("|")[0].lower() for row in rows]
    assert terms == sorted(terms)


def test_there_are_definitions_enough() -> None:
    assert len(ROWS) >= 600
    assert sum(Reader.PATIENT in row.readers for row in ROWS) == len(ROWS)


def test_plain_words_are_few_and_bring_no_figure_hedge_or_bracket() -> None:
    for row in ROWS:
        assert len(row.plain) <= LONGEST, row
        assert not set(row.plain) & set("[]();|"), row
        assert not row.plain.endswith("."), row
        assert not hedges(row.plain), row
        assert not find_figures(row.plain) or row.plain in HOW_OFTEN, row


def test_plain_words_need_no_plain_words() -> None:
    for row in ROWS:
        for term in find_hard_terms(row.plain, Reader.PATIENT):
            opened_into = row.is_abbreviation and term.start <= len("the ")
            assert opened_into or term.definition.terms[0] in UNDERSTOOD, row


def test_each_term_is_found_with_its_own_meaning() -> None:
    for row in ROWS:
        for term in row.terms:
            sentence = f"{term} of {' '.join(sorted(_beside(row)))}".strip()
            found = find_hard_terms(sentence, Reader.PATIENT)
            assert found, term
            assert found[0].definition == row, term


def _beside(row: Definition) -> set[str]:
    """Return words that let a term keep its sense, as a sentence writes them."""
    return {key.removeprefix("=") for key in row.beside}


def test_no_term_has_two_meanings() -> None:
    seen: dict[tuple[tuple[str, ...], tuple[bool, ...]], str] = {}
    for row in ROWS:
        for term in row.terms:
            kind = tuple(term.lower().endswith(ending) for ending in INFLECTED)
            assert (key_of(term), kind) not in seen, f"{term}: {seen[key_of(term), kind]}"
            seen[key_of(term), kind] = row.plain
