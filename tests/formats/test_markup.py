"""Raised and lowered text never grows into the number before it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.formats.markup import clean, subscript, superscript, tidy


@pytest.mark.parametrize(
    ("before", "inner", "written"),
    [
        ("10", "9", "⁹"),
        ("10", "−3", "⁻³"),
        ("cm", "2", "²"),
        ("1", "st", "st"),
        ("drug", "TM", "^TM"),
        ("10", "Q", "^Q"),
        ("e", "-E/RT", "^(-E/RT)"),
        ("x", "2,", "²,"),
        ("a", " ", " "),
        ("a", "*", "*"),
        ("12.3", "a", "ᵃ"),
    ],
)
def test_superscripts(before: str, inner: str, written: str) -> None:
    assert superscript(before, inner) == written


@pytest.mark.parametrize(
    ("before", "inner", "written"),
    [
        ("CO", "2", "₂"),
        ("HbA", "1c", "₁c"),
        ("C", "max", "max"),
        ("5", "max", "_max"),
        ("VO", "2max", "₂max"),
        ("AUC", "0–24", "₀₋₂₄"),
        ("x", "i,j", "_(i,j)"),
        ("", "n", "_n"),
    ],
)
def test_subscripts(before: str, inner: str, written: str) -> None:
    assert subscript(before, inner) == written


@given(
    st.from_regex(r"[0-9]{1,4}", fullmatch=True), st.from_regex(r"[0-9.a-zA-Z+\-]{1,6}", fullmatch=True)
)
def test_a_raised_or_lowered_digit_never_joins_the_number_before_it(before: str, inner: str) -> None:
    for moved in (superscript, subscript):
        first = moved(before, inner)[:1]
        assert not (first.isascii() and first.isdigit())


@given(st.text())
def test_tidy_and_clean_leave_no_control_character_and_keep_all_words(text: str) -> None:
    done = clean(tidy(text))
    assert not [char for char in done if unicodedata.category(char) == "Cc" and char not in "\n\r\t"]
    assert not any(mark in tidy(text) for mark in "\n\r\t")
    kept = [char for char in text if not char.isspace() and unicodedata.category(char) != "Cc"]
    assert [char for char in done if not char.isspace()] == kept


def test_a_control_character_never_lets_two_numbers_grow_together() -> None:
    assert clean("5\x0010\x9b20") == "5 10 20"
