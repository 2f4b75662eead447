"""Drugs are told by their stems; words that only look like one are not."""

from __future__ import annotations

import pytest

from osler.text.drug_names import drugs_in, is_drug, is_given


@pytest.mark.parametrize(
    "word",
    ["anakinra", "emapalumab", "Ruxolitinib", "aspirin", "etoposide", "salmeterol", "octreotide",
     "fentanyl", "naproxen", "azacitidine", "cytarabine"],
)  # fmt: skip
def test_a_drug_is_known_by_its_stem_or_its_name(word: str) -> None:
    assert is_drug(word)


@pytest.mark.parametrize(
    "word",
    ["concept", "interleukin", "patient", "membrane", "ferritin", "cholesterol", "ergosterol",
     "histidine", "cytidine", "somatostatin", "cystatin", "ghrelin", "imidazole", "methicillin",
     "mannequin", "gastroenterol", "april", "slab", "reservoir"],
)  # fmt: skip
def test_other_words_are_no_drugs(word: str) -> None:
    assert not is_drug(word)
    assert not is_given(word) or word == "somatostatin"


@pytest.mark.parametrize("term", ["insulin", "intravenous magnesium", "iron", "steroids", "statin"])
def test_what_body_and_diet_hold_is_a_drug_only_where_it_is_asked_about(term: str) -> None:
    assert is_given(term)
    assert not drugs_in(f"Levels of {term} were measured.")


@pytest.mark.parametrize("term", ["emapalumab-lzsg", "nab-paclitaxel", "oral Naproxen"])
def test_additions_to_a_name_do_not_hide_it(term: str) -> None:
    assert is_given(term)


@pytest.mark.parametrize("term", ["interleukin-1", "COVID-19", "anakinra-treated", ""])
def test_a_term_that_is_more_than_a_drug_is_none(term: str) -> None:
    assert not is_given(term)


def test_the_drugs_of_a_text_are_found_once_each_in_lower_case() -> None:
    text = "Anakinra, not canakinumab; the concept of ANAKINRA."
    assert drugs_in(text) == {"anakinra", "canakinumab"}
