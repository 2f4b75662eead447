from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from osler.ids import sha256_text
from osler.index.analysis import (
    TOKENISER,
    _split_odd,
    _split_plain,
    fold_for_index,
    make_analyzer,
    read_words,
)


def terms(text: str) -> list[str]:
    return make_analyzer().analyze(fold_for_index(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("inhibits", "inhibition"),
        ("patients", "Patient"),
        ("haemophagocytic", "hemophagocytic"),
        ("tumour", "Tumors"),
        ("oesophageal", "esophageal"),
        ("leukaemia", "leukemia"),
        ("randomised", "randomized"),
        ("TNF-α", "tnf alpha"),
        ("TNFα", "TNF-alpha"),
        ("NF-κB", "NFkappaB"),
        ("IL-1", "IL1"),
        ("IL‑1", "IL-1"),
        ("PD-L1", "PDL1"),
        ("COVID-19", "covid19"),
        ("Sjögren’s", "Sjogren"),
        ("10⁹/L", "10^9/L"),
        ("CO₂", "CO2"),
        ("5 µg", "5 mcg"),
        ("5 μg", "5 ug"),
        ("2mg/kg", "2 mg/kg"),
        ("0·05", "0.05"),
        ("1,000", "1000"),
    ],
)
def test_spellings_of_one_thing_become_the_same_terms(one: str, other: str) -> None:
    found, expected = ([word.terms[-1] for word in read_words(text)] for text in (one, other))
    stem = make_analyzer().analyze
    assert [stem(term) for term in found] == [stem(term) for term in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("IL-1RA", ["il", "1", "il1", "ra", "il1ra"]),
        ("HLH-2004", ["hlh", "2004", "hlh2004"]),
        ("GM-CSF", ["gm", "csf", "gmcsf"]),
        ("5-HT", ["5", "ht", "5ht"]),
        ("double-blind", ["doubl", "blind"]),
        ("10-mg", ["10", "mg"]),
        ("10–20", ["10", "20"]),
        ("(n=21).", ["n", "21"]),
        ("", []),
        ("½ ³ ☃", ["1", "2", "3"]),
    ],
)
def test_a_compound_name_is_stored_in_parts_and_joined(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


def test_upper_case_words_of_a_question_are_not_small() -> None:
    assert [word.small for word in read_words("What are the WHO and IT criteria")] == [
        True, True, True, False, True, False, False,
    ]  # fmt: skip


@given(st.text())
def test_any_text_gives_lower_case_terms_without_white_space(text: str) -> None:
    for term in fold_for_index(text).split(" "):
        assert term == term.lower() or not term.isascii()
        assert len(term.split()) <= 1


@given(st.text())
def test_words_of_a_query_are_the_terms_that_the_index_stores(text: str) -> None:
    asked = [term for word in read_words(text) for term in word.terms]
    assert " ".join(asked).split() == fold_for_index(text).split()


@given(st.text(alphabet=st.characters(max_codepoint=126), max_size=80), st.sampled_from("é–α"))
def test_a_letter_outside_ascii_leaves_the_other_words_as_they_are(text: str, letter: str) -> None:
    assert fold_for_index(f"{text} {letter}").startswith(fold_for_index(text))


def test_changed_rules_have_a_new_name() -> None:
    sample = (
        "Haemophagocytic lymphohistiocytosis (HLH-2004, n=21): IL-1β, TNFα and IFN‐γ fell by 0·05–1,000 "
        "ng/mL; randomised, double-blind tumour programme at 10⁹/L, 5 µg, Sjögren’s PD-L1 catalogue."
    )
    rules = sha256_text(fold_for_index(sample))[:12]
    assert (TOKENISER, rules) == ("osler-words-1", "96a27c52c1be")


@given(st.text(alphabet="abAB019.,-'αé", max_size=9))
@example("interferon-beta.")
@example("12,345.")
@example("1.2.3")
@example("IL-1-")
@example("a--b")
def test_the_quick_way_takes_a_word_apart_as_the_thorough_one_does(word: str) -> None:
    quick = _split_plain(word)
    assert quick is None or [(text, False) for text in quick] == _split_odd(word)
