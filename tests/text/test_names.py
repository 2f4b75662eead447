"""Names are found whatever their spelling, inflection and hyphens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.text.names import keyed, long_forms_in, names, spelt_out


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Two patients had haemophagocytic syndromes.", "hemophagocytic syndrome"),
        ("Crohn\u2019s disease was active.", "Crohn's disease"),
        ("IL\u20111 blockade", "IL-1"),
        ("acute leukaemia (ALL) was found", "ALL"),
    ],
)
def test_a_name_is_found_in_any_spelling(text: str, phrase: str) -> None:
    assert names(text, phrase)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("all patients recovered", "ALL"),
        ("interleukin-10 rose", "interleukin-1"),
        ("a dose of 12.5 mg", "12"),
        ("anything", "   "),
    ],
)
def test_what_is_not_named_is_not_found(text: str, phrase: str) -> None:
    assert not names(text, phrase)


def test_abbreviations_are_opened_in_the_order_of_their_use() -> None:
    known = {"MAS": "macrophage activation syndrome", "HLH": "hemophagocytic lymphohistiocytosis"}
    assert long_forms_in("HLH-2004 and two MASs", known) == [known["HLH"], known["MAS"]]
    assert spelt_out("MAS", known) == "MAS . macrophage activation syndrome"
    assert spelt_out("mas", known) == "mas"


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_text_names_its_own_words(left: str, right: str) -> None:
    assert keyed(left).startswith(" ")
    assert keyed(left).endswith(" ")
    joined = keyed(f"{left} | {right}")
    assert keyed(left).strip() in joined
    assert keyed(right).strip() in joined
