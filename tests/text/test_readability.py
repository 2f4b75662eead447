"""Reading grade and syllables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.text.readability import flesch_kincaid_grade, syllables

SPOKEN = """
    anemia 4 creatinine 4 usual 3 patient 2 disease 2 diseases 3 reduced 2 reduces 3 people 2 medicine 3
    syndrome 2 inflammation 4 table 2 science 2 insulin 3 associated 5 studies 2 area 3 mortality 4
    blood 1
    acute 2 dialysis 4 symptoms 2 causes 2 changed 1 doses 2 myocardial 5 bacteria 4 diabetes 4 various 3
    completely 3 improvement 3 social 2 schizophrenia 5 higher 2 reaction 3 nausea 3
    diarrhea 4 region 2
"""


@pytest.mark.parametrize(
    ("word", "count"), list(zip(SPOKEN.split()[::2], map(int, SPOKEN.split()[1::2]), strict=True))
)
def test_syllables_are_counted_as_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_grade_is_the_published_formula() -> None:
    # Six words of one syllable each in one sentence.
    assert flesch_kincaid_grade("The dog sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 - 15.59)


def test_long_words_ask_more_of_the_reader() -> None:
    plain = "Take the drug once a day. Call us if you feel ill."
    hard = "Pharmacological immunomodulation necessitates continuous haematological surveillance."
    assert flesch_kincaid_grade(hard) > flesch_kincaid_grade(plain) + 10


def test_a_text_without_words_has_grade_zero() -> None:
    assert flesch_kincaid_grade(" … ") == 0.0


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=20))
def test_every_word_has_a_syllable(word: str) -> None:
    assert 1 <= syllables(word) <= len(word)


def test_words_in_brackets_count_for_their_syllables_and_lengthen_no_sentence() -> None:
    text = "Anemia was seen."
    words, spoken = 3, 4 + 1 + 1
    assert flesch_kincaid_grade(text) == pytest.approx(0.39 * words + 11.8 * spoken / words - 15.59)
    with_aside = flesch_kincaid_grade(text, asides="too few red cells")
    assert with_aside == pytest.approx(0.39 * words + 11.8 * (spoken + 4) / (words + 4) - 15.59)
    assert with_aside < flesch_kincaid_grade(text)
