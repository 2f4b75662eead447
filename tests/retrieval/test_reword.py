"""What the words of a question are also searched as: products, lay and ward words, other names."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.answer.conftest import Fill, study

from osler.model.question import ConceptRole
from osler.retrieval import word_tables
from osler.retrieval.aids import Aid
from osler.retrieval.reword import Rewording, reword
from osler.retrieval.understand import understand
from osler.service.search import search


class Words:
    """A library that knows certain words, each in so many passages."""

    def __init__(self, counts: Mapping[str, int], *, size: int = 10_000) -> None:
        self._counts = dict(counts)
        self.size = size

    def long_forms(self, short: str) -> list[tuple[str, int]]:
        return []

    def short_forms(self, long: str) -> list[tuple[str, int]]:
        return []

    def passages_with(self, phrase: str, *, field: str = "text") -> int:
        return self._counts.get(phrase, 0)


def puts(asked: str, library: Words, *, without: frozenset[Aid] = frozenset()) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for entry in reword(asked, library, without=without):
        found.setdefault(entry.found, []).extend(entry.put)
    return found


def test_a_product_is_searched_as_its_substance_with_its_place_in_the_question() -> None:
    asked = "is Plavix better than placebo"
    (entry,) = reword(asked, Words({"clopidogrel": 40}))
    assert entry == Rewording("brands", "Plavix", ("clopidogrel",), entry.why, 3, 9)
    assert asked[entry.start : entry.end] == entry.found


def test_a_combination_is_searched_as_each_of_its_substances() -> None:
    entries = reword("janumet after a meal", Words({"metformin": 9, "sitagliptin": 9}))
    assert [entry.put for entry in entries] == [("metformin",), ("sitagliptin",)]
    assert {entry.found for entry in entries} == {"janumet"}


def test_a_product_joined_to_another_by_a_stroke_is_found() -> None:
    assert set(puts("plavix/xarelto", Words({"clopidogrel": 1, "rivaroxaban": 1}))) == {
        "plavix",
        "xarelto",
    }


def test_an_ordinary_word_written_small_is_no_product() -> None:
    library = Words({"paracetamol": 5})
    common = sorted(word_tables.brands().keys() & word_tables.everyday_words())
    assert common
    for word in common[:40]:
        assert not any(entry.aid == "brands" for entry in reword(f"does {word} matter", library))


def test_a_word_that_the_library_uses_for_something_else_is_no_product_when_written_small() -> None:
    assert puts("is plavix a gene", Words({"plavix": 400, "clopidogrel": 2})) == {}
    assert puts("is Plavix a drug", Words({"plavix": 400, "clopidogrel": 2})) == {
        "Plavix": ["clopidogrel"]
    }


def test_the_beginning_of_a_medicine_stands_for_the_one_the_library_writes_of() -> None:
    assert puts("toci for crs", Words({"tocilizumab": 30, "tocinoic acid": 1})) == {
        "toci": ["tocilizumab"]
    }
    assert puts("toci for crs", Words({"tocilizumab": 30, "toci": 12})) == {}
    assert puts("etop for hlh", Words({"etoposide": 20, "etoperidone": 15})) == {}
    assert puts("toc for crs", Words({"tocilizumab": 30})) == {}


def test_names_of_one_substance_stand_for_each_other() -> None:
    assert puts("paracetamol dose", Words({"acetaminophen": 30})) == {"paracetamol": ["acetaminophen"]}
    assert puts("Albuterol dose", Words({"salbutamol": 30})) == {"Albuterol": ["salbutamol"]}


def test_a_substance_keeps_its_name_where_the_library_hardly_uses_the_other() -> None:
    assert puts("drink water", Words({"water": 900, "aqua": 3})) == {}


@pytest.mark.parametrize(
    ("asked", "found", "put"),
    [
        ("pt with htn", "htn", "hypertension"),
        ("#nof in the elderly", "#nof", "hip fracture"),
        ("seen in A&E with pain", "A&E", "emergency department"),
        ("having fits again", "fits", "seizure"),
        ("post-op nausea", "post-op", "postoperative"),
        ("a clot on the lung", "clot on the lung", "pulmonary embolism"),
    ],
)
def test_lay_and_ward_words_are_searched_as_the_literature_writes_them(
    asked: str, found: str, put: str
) -> None:
    assert put in puts(asked, Words({put: 20}))[found]


def test_what_the_library_does_not_hold_is_not_put() -> None:
    assert puts("pt with htn", Words({"patient": 3})) == {"pt": ["patient"]}


def test_a_disease_is_also_searched_by_a_name_that_the_library_uses_far_more() -> None:
    assert puts("nosebleed at night", Words({"epistaxis": 12})) == {"nosebleed": ["epistaxis"]}
    assert puts("epistaxis at night", Words({"epistaxis": 12, "nosebleed": 2})) == {}


@pytest.mark.parametrize("aid", [Aid.BRANDS, Aid.LAY, Aid.SPELLING])
def test_each_aid_can_be_left_out_alone(aid: Aid) -> None:
    library = Words({"clopidogrel": 4, "patient": 4, "bladder": 40})
    asked = "pt on plavix with a blader problem"
    whole = {entry.aid for entry in reword(asked, library)}
    left = {entry.aid for entry in reword(asked, library, without=frozenset({aid}))}
    assert whole == {"brands", "lay", "spelling"}
    assert left == whole - {aid.value}


def test_rewordings_stand_in_order_and_never_overlap() -> None:
    library = Words({"clopidogrel": 4, "patient": 4, "bladder": 40, "hypertension": 3})
    entries = reword("PT on Plavix, high blood pressure, blader??", library)
    assert [entry.start for entry in entries] == sorted(entry.start for entry in entries)
    assert all(one.end <= two.start for one, two in itertools.pairwise(entries))


def test_a_product_takes_the_part_of_its_substance_in_the_question(fill: Fill) -> None:
    with fill([study("pmid:1", "Clopidogrel", "Clopidogrel reduced stroke in all patients.")]) as desk:
        question = understand("Does plavix reduce stroke?", desk.vocabulary)
    (drug,) = question.with_role(ConceptRole.INTERVENTION)
    assert drug.text == "plavix"
    assert "clopidogrel" in drug.variants


def test_a_search_finds_the_substance_by_a_misspelt_note_and_not_without_the_aids(fill: Fill) -> None:
    records = [
        study("pmid:1", "Clopidogrel and the bladder", "Clopidogrel caused bleeding of the bladder."),
        study("pmid:2", "Something else", "Nothing of the kind was found in any child."),
    ]
    with fill(records) as desk:
        found = search(desk, "plavix blader??", top=5)
        bare = search(desk, "plavix blader??", top=5, without=frozenset({Aid.BRANDS, Aid.SPELLING}))
    assert [hit.source.key for hit in found.hits] == ["pmid:1"]
    assert [entry.aid for entry in found.question.searched_as] == ["brands", "spelling"]
    assert bare.hits == []


def test_the_tables_are_whole_and_name_their_sources() -> None:
    tables = Path(word_tables.__file__).parent / "tables"
    for file in tables.iterdir():
        assert file.read_text("utf-8").startswith("# "), file.name
    assert len(word_tables.brands()) > 10_000
    assert all(row.terms and row.source for row in word_tables.lay_words().values())
