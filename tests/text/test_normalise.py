"""Folding, spelling, stems and words."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.text.normalise import content_words, fold, fold_spelling, spelling_variants, stem, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("TNF‐α", "tnf-alpha"),
        ("IL-1β", "il-1beta"),
        ("Ménière", "meniere"),
        ("100×10⁹/L", "100x10^9/l"),
        ("10⁻³", "10^-3"),
        ("Ca²⁺", "ca^2+"),
        ("5 µg", "5 ug"),
        ("5 μg", "5 ug"),
        ("μ-opioid", "mu-opioid"),
        ("“≥ 2 – 3”", '">= 2 - 3"'),
        ("ﬁbrosis", "fibrosis"),
        ("plain ASCII", "plain ascii"),
    ],
)
def test_fold_gives_one_comparable_form(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("haemophagocytic", "hemophagocytic"),
        ("oedema", "edema"),
        ("lymphoedema", "lymphedema"),
        ("anaemia", "anemia"),
        ("leukaemia", "leukemia"),
        ("paediatric", "pediatric"),
        ("tumour", "tumor"),
        ("randomised", "randomized"),
        ("organisation", "organization"),
        ("ischaemic", "ischemic"),
        ("oesophagus", "esophagus"),
        ("transoesophageal", "transesophageal"),
        ("diarrhoea", "diarrhea"),
        ("foetal", "fetal"),
        ("caesarean", "cesarean"),
        ("analysed", "analyzed"),
        ("sulphasalazine", "sulfasalazine"),
        ("labelled", "labeled"),
        ("ciclosporin", "cyclosporine"),
        ("apnoea", "apnea"),
    ],
)
def test_british_words_fold_to_american(british: str, american: str) -> None:
    assert fold_spelling(british) == american
    assert fold_spelling(american) == american


LOOK_BRITISH = """
    aerobic phoenix phytoestrogen hypoestrogenism gastroesophageal angioedema exercise precise disease
    comprised compromised advised four hour source contour leucine leucovorin analyses rise wise
    otherwise
    premature coenzyme anisocoria aedes moiety israel improvise televised incised circumcised
"""


@pytest.mark.parametrize("word", LOOK_BRITISH.split())
def test_american_words_that_look_british_stay(word: str) -> None:
    assert fold_spelling(word) == word


@pytest.mark.parametrize(
    "forms",
    [
        ("inhibit", "inhibits", "inhibited", "inhibiting"),
        ("reduce", "reduces", "reduced", "reducing"),
        ("dose", "doses", "dosed", "dosing"),
        ("therapy", "therapies"),
        ("study", "studies", "studied", "studying"),
        ("diagnosis", "diagnoses", "diagnosed"),
        ("metastasis", "metastases"),
        ("bacterium", "bacteria"),
        ("virus", "viruses"),
        ("analysis", "analyses", "analyze", "analyzed"),
        ("child", "children"),
        ("plan", "planned", "planning"),
        ("use", "used", "using", "uses"),
        ("disease", "diseases", "disease's"),
    ],
)
def test_inflected_forms_share_a_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("rate", "rat"),
        ("inhibitor", "inhibit"),
        ("bleed", "ble"),
        ("species", "specy"),
        ("pancreas", "pancrea"),
    ],
)
def test_different_words_keep_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_content_words_meet_across_spelling_inflection_and_greek() -> None:
    assert content_words("The tumours were randomised to TNF-α") == content_words(
        "tumor randomized TNF-alpha"
    )


def test_spelling_variants_start_with_the_phrase_as_written() -> None:
    assert spelling_variants("Haemophagocytic leukemia") == (
        "haemophagocytic leukemia",
        "hemophagocytic leukemia",
        "haemophagocytic leukaemia",
    )
    assert spelling_variants("aspirin") == ("aspirin",)


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60))
def test_words_keep_their_offsets(text: str) -> None:
    found = words(text)
    assert all(text[word.start : word.end] == word.text for word in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(st.text(alphabet="abcdeinoszruy", min_size=1, max_size=14))
def test_spelling_folds_once_and_for_all(word: str) -> None:
    assert fold_spelling(fold_spelling(word)) == fold_spelling(word)
    assert stem(word)
