"""Labels name roles and never stay in the text; no word is lost when they are split off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.formats.labels import role_of, split_labels
from osler.model.passage import Role


@pytest.mark.parametrize(
    ("label", "category", "role"),
    [
        ("ANYTHING", "RESULTS", Role.RESULTS),
        ("BACKGROUND", "UNASSIGNED", Role.BACKGROUND),
        ("PATIENTS AND METHODS", "", Role.METHODS),
        ("MAIN OUTCOME MEASURES", "", Role.METHODS),
        ("Main results", "", Role.RESULTS),
        ("METHODS AND RESULTS", "", Role.RESULTS),
        ("CONCLUSIONS AND RELEVANCE", "", Role.CONCLUSIONS),
        ("IMPORTANCE", "", Role.BACKGROUND),
        ("RECOMMENDATIONS", "", Role.RECOMMENDATION),
        ("PURPOSE OF REVIEW", "", Role.OBJECTIVE),
        ("DISCUSSION", "", Role.DISCUSSION),
        ("XYZZY", "UNASSIGNED", Role.UNLABELLED),
        ("", "", Role.UNLABELLED),
    ],
)
def test_a_label_names_a_role(label: str, category: str, role: Role) -> None:
    assert role_of(label, category) is role


LABELS = st.sampled_from(["BACKGROUND", "METHODS", "Results", "CONCLUSION", "MAIN OUTCOME MEASURES"])
SENTENCES = st.lists(
    st.text(alphabet="abc def:,;()µ é", min_size=1, max_size=40).map(str.strip).filter(bool), min_size=1
).map(lambda parts: ". ".join(parts) + ".")


@given(st.lists(st.tuples(LABELS, SENTENCES), min_size=1, max_size=6))
def test_splitting_puts_every_part_under_its_label(parts: list[tuple[str, str]]) -> None:
    text = " ".join(f"{label}: {sentence}" for label, sentence in parts)
    blocks = split_labels(text)
    assert [(block.label, block.text) for block in blocks] == parts


@given(st.text(max_size=300))
def test_splitting_loses_nothing_but_labels_and_white_space(text: str) -> None:
    text = text.strip()
    blocks = split_labels(text)
    position = 0
    for block in blocks:
        at = text.index(block.text, position)
        between = text[position:at].strip()
        assert between in {"", f"{block.label}:"}
        position = at + len(block.text)
    assert not text[position:].strip()


def test_a_label_whose_blanks_were_lost_is_still_a_label() -> None:
    text = "Aims:Tremor is common.Methods:We gave it. Results:It fell by 3:1.Conclusions:It helps."
    assert [(block.label, block.text) for block in split_labels(text)] == [
        ("Aims", "Tremor is common."),
        ("Methods", "We gave it."),
        ("Results", "It fell by 3:1."),
        ("Conclusions", "It helps."),
    ]


@pytest.mark.parametrize(
    "text", ["The IL-6:IL-8 ratio rose.", "See the URL:Http page.", "A ratio of A:B."]
)
def test_a_colon_inside_a_sentence_makes_no_label(text: str) -> None:
    assert [block.label for block in split_labels(text)] == [""]
