"""Which terms are explained, where the plain words stand, and where they must not."""

from __future__ import annotations

import pytest

from osler.answer.hard_terms import find_hard_terms
from osler.answer.plain import PlainWords
from osler.model.reader import Reader


def terms(text: str, reader: Reader = Reader.PATIENT) -> list[str]:
    """Return the hard terms of ``text`` as they stand in it."""
    return [text[term.start : term.end] for term in find_hard_terms(text, reader)]


def places(text: str, reader: Reader = Reader.PATIENT) -> list[str]:
    """Return what stands before each place where plain words go."""
    return [text[: term.offset] for term in find_hard_terms(text, reader)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Zelokinra is an interleukin-1 receptor antagonist.", ["interleukin-1 receptor antagonist"]),
        ("They had macrophage activation syndrome.", ["macrophage activation syndrome"]),
        ("A randomised controlled trial was made.", ["randomised controlled trial"]),
        ("The absolute neutrophil count fell.", ["absolute neutrophil count"]),
    ],
)
def test_the_longest_term_wins(text: str, found: list[str]) -> None:
    assert terms(text) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("haemorrhage", "hemorrhage"),
        ("anaemia", "anemia"),
        ("oedema", "edema"),
        ("metastasis", "metastases"),
        ("thrombus", "thrombi"),
        ("relapse", "relapses"),
        ("randomised", "randomized"),
        ("low-density lipoprotein", "low density lipoprotein"),
        ("T cell", "T-cells"),
    ],
)
def test_spelling_number_and_hyphens_make_no_difference(one: str, other: str) -> None:
    meanings = [
        term.definition.plain
        for text in (one, other)
        for term in find_hard_terms(f"The {text} was seen.", Reader.PATIENT)
    ]
    assert len(meanings) == 2
    assert meanings[0] == meanings[1]


@pytest.mark.parametrize(
    "text",
    [
        "Nonhypertension and prehypertension were counted.",
        "It was hypertension-induced.",
        "The macrophage number rose.",
        "Hepatitis B was ruled out.",
        "Renal cell carcinosarcoma grew.",
        "They relapsed twice.",
        "Patients were followed up yearly.",
        "They had stage IV disease.",
        "The aspirate ratio was low.",
        "Programmed death ligand 1 was high.",
        "The Uterine Fibroids Trial ended.",
    ],
)
def test_nothing_is_explained_inside_a_longer_word_or_name(text: str) -> None:
    assert terms(text) == []


def test_a_word_with_two_senses_counts_beside_words_of_its_own() -> None:
    assert terms("ALT and bilirubin rose.") == ["ALT", "bilirubin"]
    assert terms("ALT was her middle name.") == []
    assert terms("The tumour was benign.") == ["benign"]
    assert terms("His mood was benign.") == []


def test_an_abbreviation_counts_as_it_is_written() -> None:
    assert terms("He was moved to the ICU.") == ["ICU"]
    assert terms("Two ICUs took part.") == ["ICUs"]
    assert terms("nice weather, who cares") == []


def test_an_adjective_counts_only_where_it_begins_no_disease() -> None:
    assert terms("Given intravenous zelokinra.") == ["intravenous"]
    assert terms("Given for pulmonary veno-occlusive fibromatosis disease.") == []


def test_plain_words_stand_behind_short_forms_brackets_and_figures() -> None:
    assert places("In macrophage activation syndrome (MAS) it works.") == [
        "In macrophage activation syndrome (MAS)"
    ]
    assert places("In MAS [macrophage activation syndrome] it works.") == [
        "In MAS [macrophage activation syndrome]"
    ]
    assert places("The hazard ratio 0.38 (95% CI 0.2-0.7) was low.")[0] == "The hazard ratio 0.38"


def test_what_the_source_explains_itself_is_not_explained_again() -> None:
    text = "Hypertension (high blood pressure) was common."
    assert [term.offset for term in find_hard_terms(text, Reader.PATIENT)] == [-1]
    assert PlainWords(Reader.PATIENT).render(text, {}) is None


def test_readers_are_told_what_is_hard_for_them() -> None:
    text = "In a cohort study of hypertension, 5 mg PRN was given to adults."
    assert terms(text, Reader.PATIENT) == ["cohort study", "hypertension", "PRN"]
    assert terms(text, Reader.STUDENT) == ["cohort study", "PRN"]
    assert terms(text, Reader.NURSE) == ["PRN"]
    assert terms(text, Reader.CLINICIAN) == terms(text, Reader.PHARMACIST) == []


def test_a_term_is_explained_where_it_first_stands_and_never_again() -> None:
    words = PlainWords(Reader.PATIENT)
    assert words.render("Anaemia was rare.", {}) == "Anaemia [too few red blood cells] was rare."
    assert words.render("Severe anemia was not seen.", {}) is None
    assert [entry.term for entry in words.glossary] == ["Anaemia"]


def test_an_abbreviation_of_the_source_is_opened_with_its_plain_words() -> None:
    words = PlainWords(Reader.PATIENT)
    longs = {"MAS": "macrophage activation syndrome", "XYZ": "xylo zeta"}
    first = words.render("MAS came back.", longs)
    assert first is not None
    assert first.startswith("MAS [macrophage activation syndrome: ")
    assert words.render("MAS and XYZ came back.", longs) == "MAS and XYZ [xylo zeta] came back."


def test_a_term_whose_plain_words_hold_another_is_explained_beside_it() -> None:
    words = PlainWords(Reader.PATIENT)
    assert words.render("Antibodies were found.", {}) is not None
    assert words.render("They got antithymocyte globulin.", {}) is not None
    assert len(words.glossary) == 2


def test_an_abbreviation_and_its_long_form_are_one_term() -> None:
    words = PlainWords(Reader.STUDENT)
    assert words.render("The hazard ratio was low.", {}) is not None
    assert words.render("In one trial the HR and its CI were given: hazard unknown.", {}) is not None
    assert [entry.term for entry in words.glossary] == ["hazard ratio", "CI"]
