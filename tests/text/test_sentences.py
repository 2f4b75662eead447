"""Sentence spans of biomedical prose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.text.sentences import split_sentences


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "whole",
    [
        "Drug X was compared by Able et al. (2001) with drug Y.",
        "Pain fell vs. Placebo in every arm.",
        "Give 5 mg i.v. Drug X is then stopped.".replace("Drug", "drug"),
        "Doses were given b.i.d. or t.i.d. for a week.",
        "The change was small, p = 0.05 at week 4.",
        "The curve in Fig. 3 is flat.",
        "Cultures grew E. coli and S. aureus.",
        "The trial ran in St. Invented and was led by Dr. Nobody.",
        "The C.I. was wide.",
        "Use a macrolide, e.g. Azithral, i.e. one dose.",
        "It was listed as no. 3 of the items.",
        "The score (range 1. 0 to 5. 0) fell.",
        "The aims were (1) to treat; (2) to follow.",
        "Levels of p = .04 and P<.001 were seen.",
        "The value (see J. A. Smith. Invented Journal. 1999) was low.",
    ],
)
def test_abbreviations_initials_and_decimals_do_not_end_a_sentence(whole: str) -> None:
    assert sentences(whole) == [whole]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It fell (P<.001). The rest rose.", ["It fell (P<.001).", "The rest rose."]),
        ("We saw it [12]. They did not.", ["We saw it [12].", "They did not."]),
        ("It was common.12,14 The cause is known.", ["It was common.12,14", "The cause is known."]),
        ("It was common.[3] The cause is known.", ["It was common.[3]", "The cause is known."]),
        ("The dose was 3 mg/kg. The rate fell.", ["The dose was 3 mg/kg.", "The rate fell."]),
        ('He said "no." Then he left.', ['He said "no."', "Then he left."]),
        ("Pain was absent... Fever was not.", ["Pain was absent...", "Fever was not."]),
        ("Ten were ill. 12 patients died.", ["Ten were ill.", "12 patients died."]),
        ("It was induced. mRNA rose.", ["It was induced.", "mRNA rose."]),
        ("They lacked vitamin C. The rest was fine.", ["They lacked vitamin C.", "The rest was fine."]),
        ("Carriers have MS. Their children do not.", ["Carriers have MS.", "Their children do not."]),
        ("It was low.ConclusionsDrug X helps.", ["It was low.", "ConclusionsDrug X helps."]),
        ("The risk fell.; Two groups were seen.", ["The risk fell.;", "Two groups were seen."]),
        ("Is it safe? It is.", ["Is it safe?", "It is."]),
        ("Heading\nThe text follows", ["Heading", "The text follows"]),
        ("As shown by Able et al. The dose matters.", ["As shown by Able et al.", "The dose matters."]),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_stretch_of_a_text_gives_offsets_into_the_whole_text() -> None:
    text = "First one. Second one. Third one."
    assert split_sentences(text, 11, 22) == [(11, 22)]


def test_nothing_but_white_space_has_no_sentence() -> None:
    assert split_sentences(" \n\t ") == []


PROSE = st.text(alphabet="abZ.?!;()[]\"' \n12,%…”\u00a0\u2028é–", max_size=80)


@given(st.one_of(st.text(max_size=80), PROSE), st.integers(0, 40), st.integers(0, 80))
def test_spans_are_ordered_trimmed_and_cover_all_but_white_space(
    text: str, start: int, end: int
) -> None:
    start, end = min(start, len(text)), min(max(start, end), len(text))
    position = start
    for first, last in split_sentences(text, start, end):
        assert position <= first < last <= end
        assert not text[position:first].strip()
        assert not text[first].isspace()
        assert not text[last - 1].isspace()
        position = last
    assert not text[position:end].strip()


@given(PROSE)
def test_a_line_break_always_ends_a_sentence(text: str) -> None:
    assert all("\n" not in sentence for sentence in sentences(text))
