"""Repair of misspelt words against the words of the library, and what must never be repaired."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.answer.conftest import Fill, study
from tests.retrieval.test_reword import Words

from osler.retrieval.aids import Aid
from osler.retrieval.reword import reword
from osler.retrieval.reword_spelling import cost, distance, repair

LIBRARY = Words(
    {
        "bladder": 300, "ladder": 4, "asthma": 500, "pneumonia": 200, "steroid": 90, "cholesterol": 70,
        "dialysis": 60, "constipated": 12, "iron": 80, "fentanyl": 40, "cataract": 30, "asia": 90,
        "asa": 40, "check": 20, "stitch": 9, "rheumatic": 30, "diarrhea": 200, "eczema": 70, "font": 9,
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("blader", "bladder"),
        ("astma", "asthma"),
        ("pnuemonia", "pneumonia"),
        ("neumonia", "pneumonia"),
        ("steriod", "steroid"),
        ("colesterol", "cholesterol"),
        ("dialisis", "dialysis"),
        ("constpated", "constipated"),
        ("iorn", "iron"),
        ("fentynal", "fentanyl"),
        ("kataract", "cataract"),
        ("asma", "asthma"),
        ("chek", "check"),
        ("stich", "stitch"),
        ("rumatic", "rheumatic"),
        ("diarea", "diarrhea"),
        ("exzema", "eczema"),
    ],
)
def test_a_misspelt_word_becomes_the_word_of_the_library(typed: str, meant: str) -> None:
    assert repair(typed, LIBRARY)[0] == meant


def test_a_word_that_the_library_knows_is_left_alone() -> None:
    assert repair("ladder", LIBRARY) == ()


def test_a_word_far_from_all_is_left_alone() -> None:
    assert repair("quetzal", LIBRARY) == ()


def test_only_a_known_word_may_stand_for_another() -> None:
    assert repair("blatter", Words({"blattar": 900})) == ()


def test_a_short_word_is_not_repaired_by_an_unlikely_error() -> None:
    assert repair("fent", Words({"felt": 900, "feet": 900, "font": 0})) == ()
    assert repair("asma", Words({"asa": 900})) == ()


def test_a_word_with_a_capital_inside_is_an_abbreviation() -> None:
    assert reword("after chemoRT", Words({"chemist": 900, "chemo": 900})) == ()


def test_short_words_and_numbers_are_left_alone() -> None:
    assert repair("irn", LIBRARY) == ()
    assert repair("t790m", LIBRARY) == ()


ALIKE = (
    ("metolazone", "methimazole"), ("hydroxyzine", "hydralazine"), ("prednisone", "prednisolone"),
    ("vinblastine", "vincristine"), ("clonidine", "clozapine"), ("sulfadiazine", "sulfasalazine"),
    ("losec", "lasix"), ("celebrex", "celexa"), ("celexa", "zyprexa"), ("zantac", "zyrtec"),
    ("clonazepam", "lorazepam"), ("chlorpromazine", "chlorpropamide"), ("dopamine", "dobutamine"),
    ("glipizide", "glyburide"), ("lamotrigine", "lamivudine"), ("cyclosporine", "cycloserine"),
    ("daunorubicin", "doxorubicin"), ("ephedrine", "epinephrine"), ("tramadol", "trazodone"),
    ("azathioprine", "azacitidine"), ("buspirone", "bupropion"), ("carboplatin", "cisplatin"),
    ("fluoxetine", "duloxetine"), ("rifampicin", "rifaximin"), ("quinine", "quinidine"),
    ("medroxyprogesterone", "methylprednisolone"), ("penicillin", "penicillamine"),
)  # fmt: skip
"""Names that are taken for one another, as in the lists of look-alike names of FDA and ISMP."""


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_one_medicine_is_never_taken_for_another_that_looks_alike(one: str, other: str) -> None:
    for asked, held in ((one, other), (other, one), (one.capitalize(), other)):
        entries = reword(f"dose of {asked}", Words({held: 5000}, size=5000))
        assert all(held not in entry.put for entry in entries)


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_a_misspelt_medicine_never_becomes_only_the_other_one(one: str, other: str) -> None:
    held = Words({one: 50, other: 400})
    for place in range(2, len(one)):
        typed = one[:place] + one[place + 1 :]
        found = repair(typed, held)
        assert found == () or found[0] == one, (typed, found)


def test_an_everyday_word_is_no_error_though_the_library_lacks_it() -> None:
    assert reword("she swears a lot", Words({"smears": 50, "swear": 0})) == ()


def test_an_abbreviation_in_capitals_is_no_error() -> None:
    assert reword("what is ASMA", Words({"asthma": 50, "asma": 0})) == ()


def test_a_word_of_the_library_is_found_with_its_stem(fill: Fill) -> None:
    with fill(
        [study("pmid:1", "Constipation", "Constipation was common in constipated children.")]
    ) as desk:
        (entry,) = [e for e in reword("constipaton kid", desk.vocabulary) if e.aid == "spelling"]
    assert entry.put[0] == "constipation"


@given(st.text(alphabet="abcde", max_size=7), st.text(alphabet="abcde", max_size=7))
def test_the_distance_is_the_same_both_ways_and_nought_for_the_same_word(one: str, two: str) -> None:
    assert distance(one, two, 9) == distance(two, one, 9)
    assert distance(one, one, 0) == 0


def test_what_is_heard_alike_costs_less_than_another_letter() -> None:
    assert cost("asma", "asthma") < cost("asma", "asa") < cost("asma", "asia")
    assert cost("blader", "bladder") < cost("blader", "blazer")
    assert cost("rumatic", "rheumatic") < cost("rumatic", "dramatic")


@pytest.mark.parametrize(
    ("typed", "substance"),
    [
        ("kinret", "anakinra"),
        ("lipiter", "atorvastatin"),
        ("eliqis", "apixaban"),
        ("glucofage", "metformin"),
    ],
)
def test_a_misspelt_product_is_searched_as_its_substance(typed: str, substance: str) -> None:
    (found,) = reword(f"dose of {typed}", LIBRARY)
    assert (found.aid, found.found) == (Aid.SPELLING.value, typed)
    assert substance in found.put


@pytest.mark.parametrize("aid", [Aid.SPELLING, Aid.BRANDS])
def test_a_misspelt_product_needs_both_aids(aid: Aid) -> None:
    assert reword("dose of kinret", LIBRARY, without=frozenset({aid})) == ()


@pytest.mark.parametrize(
    ("typed", "substance"),
    [("zolof", "sertraline"), ("epogen", "gentamicin"), ("kimeret", "anakinra")],
)
def test_a_short_word_or_another_name_is_taken_for_no_product(typed: str, substance: str) -> None:
    put = {term for found in reword(f"dose of {typed}", LIBRARY) for term in found.put}
    assert substance not in put
