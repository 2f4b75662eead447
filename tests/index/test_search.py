from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import tantivy
from tests.index.conftest import PUBLIC, Shelf

from osler.errors import UsageError
from osler.index.embedded import open_index, rebuild
from osler.index.manifest import require_manifest
from osler.index.protocol import Clause, Filters, Hit, Lexical
from osler.index.reader import EmbeddedIndex
from osler.index.scores import STEP, error_bound

Find = Callable[..., list[Hit]]
Invented = Callable[[int], list[str]]


@pytest.fixture
def opened(shelf: Shelf, folder: Path) -> Callable[[], Lexical]:
    def build() -> Lexical:
        rebuild(shelf, folder)
        return open_index(folder, sequence=shelf.last_sequence())

    return build


def test_the_index_keeps_the_protocol(shelf: Shelf, opened: Callable[[], Lexical], find: Find) -> None:
    row = shelf.add("Bellane blocks cortal.")
    index = opened()
    assert index.size == 1
    assert index.words("Blocks IL-1") == ["block", "il", "1", "il1"]
    assert [(hit.passage, hit.source) for hit in find(index, "bellane")] == [(row.passage, row.source)]


@pytest.mark.parametrize("asked", ["HLH-2004", "hlh-2004", "HLH2004", "HLH", "hlh 2004"])
def test_a_compound_name_is_found_as_asked_and_in_parts(
    asked: str, shelf: Shelf, opened: Callable[[], Lexical], find: Find
) -> None:
    row = shelf.add("The HLH-2004 bellane.")
    shelf.add("The cortal bellane of 1994.")
    assert find(opened(), asked)[0].passage == row.passage


def test_a_required_name_is_not_met_by_its_parts_apart(
    shelf: Shelf, opened: Callable[[], Lexical]
) -> None:
    joined, apart = shelf.add("Bellane of IL-1."), shelf.add("Bellane of IL 1.")
    shelf.add("Bellane of IL-2 in arm 1.")
    hits = opened().search([Clause(("IL-1",), required=True)], filters=PUBLIC, top=5)
    assert {hit.passage for hit in hits} == {joined.passage, apart.passage}


def test_words_of_a_phrase_must_all_be_there_and_count_more_together(
    shelf: Shelf, opened: Callable[[], Lexical], find: Find
) -> None:
    apart = shelf.add("cortal and also belari and dumine")
    together = shelf.add("belari cortal and also with dumine")
    shelf.add("belari dumine dumine")
    assert [hit.passage for hit in find(opened(), ("belari cortal",))] == [
        together.passage,
        apart.passage,
    ]


def test_the_best_alternative_counts_and_not_their_sum(
    shelf: Shelf, opened: Callable[[], Lexical], find: Find
) -> None:
    shelf.add("belari dumine dumine")
    shelf.add("belari corine corine")
    shelf.add("dumine dumine corine")
    index = opened()
    alone = {hit.passage: hit.score for hit in find(index, "belari")}
    both = {hit.passage: hit.score for hit in find(index, ("belari", "corine"))}
    other = {hit.passage: hit.score for hit in find(index, "corine")}
    expected = {
        passage: max(alone.get(passage, 0), other.get(passage, 0)) for passage in {*alone, *other}
    }
    assert both == expected


def test_spellings_of_one_alternative_count_once(
    shelf: Shelf, opened: Callable[[], Lexical], find: Find
) -> None:
    shelf.add("A tumour of the belari.")
    index = opened()
    assert find(index, ("tumour", "tumor", "tumors")) == find(index, "tumor")


def test_a_weight_multiplies_the_score(shelf: Shelf, opened: Callable[[], Lexical]) -> None:
    shelf.add("belari cortal")
    shelf.add("dumine")
    index = opened()
    for alternatives in (("belari",), ("belari", "dumine"), ("belari cortal",)):
        plain, heavy = (
            index.search([Clause(alternatives, weight=weight)], filters=PUBLIC, top=1)[0].score
            for weight in (1.0, 3.0)
        )
        assert heavy == pytest.approx(3 * plain, abs=2 * STEP)


def test_a_required_clause_leaves_out_what_lacks_it(shelf: Shelf, opened: Callable[[], Lexical]) -> None:
    both, one = shelf.add("belari cortal"), shelf.add("belari")
    shelf.add("cortal cortal")
    clauses = [Clause(("belari", "dumine"), required=True), Clause(("cortal",))]
    hits = opened().search(clauses, filters=PUBLIC, top=5)
    assert [hit.passage for hit in hits] == [both.passage, one.passage]


@pytest.mark.parametrize("nothing", ["", " ", "☃", "?!"])
def test_a_required_clause_without_words_finds_nothing(
    nothing: str, shelf: Shelf, opened: Callable[[], Lexical], find: Find
) -> None:
    shelf.add("belari")
    index = opened()
    required = [Clause((nothing,), required=True), Clause(("belari",))]
    assert index.search(required, filters=PUBLIC, top=5) == []
    assert len(find(index, nothing, "belari")) == 1
    assert find(index, nothing) == []


@pytest.mark.parametrize("asked", ['be"lari', "belari*", "belari:x", "(belari", "-belari", "belari~2^9"])
def test_signs_of_a_query_language_mean_nothing(
    asked: str, shelf: Shelf, opened: Callable[[], Lexical], find: Find
) -> None:
    shelf.add("belari lari be x")
    assert len(find(opened(), asked)) == 1


def test_question_words_count_only_where_nothing_else_is_asked(
    shelf: Shelf, opened: Callable[[], Lexical], find: Find
) -> None:
    named, other = shelf.add("belari"), shelf.add("what is the use")
    index = opened()
    assert [hit.passage for hit in find(index, "what", "is", "belari")] == [named.passage]
    assert [hit.passage for hit in find(index, "what", "is")] == [other.passage]


def test_filters_hold_inside_the_search(shelf: Shelf, opened: Callable[[], Lexical], find: Find) -> None:
    rows = {
        "plain": shelf.add("belari a"),
        "ward": shelf.add("belari b", scope="ward"),
        "label": shelf.add("belari c", kind="label"),
        "trial": shelf.add("belari d", design="randomised_trial"),
        "old": shelf.add("belari e", year=1990),
        "undated": shelf.add("belari f", year=0),
    }
    index = opened()

    def names(**limits: object) -> set[str]:
        hits = find(index, "belari", filters=replace(PUBLIC, **limits))  # type: ignore[arg-type]  # by name
        return {name for name, row in rows.items() if row.passage in {hit.passage for hit in hits}}

    public = set(rows) - {"ward"}
    assert names() == public
    assert names(scopes=frozenset({"ward"})) == {"ward"}
    assert names(scopes=frozenset({"public", "ward", "none"})) == set(rows)
    assert names(scopes=frozenset()) == set()
    assert names(scopes=frozenset({"none"})) == set()
    assert names(kinds=frozenset({"label"})) == {"label"}
    assert names(kinds=frozenset({"label", "research"})) == public
    assert names(kinds=frozenset({"guideline"})) == set()
    assert names(designs=frozenset({"randomised_trial"})) == {"trial"}
    assert names(since=2000) == public - {"old", "undated"}
    assert names(since=0) == public - {"undated"}
    assert names(since=2021) == set()


def test_a_filter_does_not_change_scores(
    shelf: Shelf, opened: Callable[[], Lexical], find: Find
) -> None:
    shelf.add("belari cortal")
    shelf.add("belari dumine", scope="ward")
    index = opened()
    for scopes in ({"public"}, {"ward"}):
        limited = find(index, "belari", "cortal", filters=Filters(frozenset(scopes)))
        everything = find(index, "belari", "cortal", filters=Filters(frozenset({"public", "ward"})))
        assert set(limited) < set(everything)


@pytest.mark.parametrize("top", [1, 7, 50, 399, 400, 1000])
def test_ties_at_the_cut_go_to_the_lower_passage_id(
    top: int, shelf: Shelf, opened: Callable[[], Lexical], find: Find
) -> None:
    for number in range(400):
        shelf.add("belari cortal", passage=f"psg_{(number * 7919) % 400:020x}", source="src_" + "0" * 20)
    hits = find(opened(), "belari", "cortal", top=top)
    assert [hit.passage for hit in hits] == [f"psg_{number:020x}" for number in range(min(top, 400))]
    assert len({hit.score for hit in hits}) == 1


@pytest.mark.parametrize("top", [0, -1])
def test_nothing_asked_gives_nothing(
    top: int, shelf: Shelf, opened: Callable[[], Lexical], find: Find
) -> None:
    shelf.add("belari")
    index = opened()
    assert find(index, "belari", top=top) == []
    assert index.search([], filters=PUBLIC, top=5) == []


def test_ids_that_are_not_made_from_content_are_kept(
    shelf: Shelf, opened: Callable[[], Lexical], find: Find
) -> None:
    shelf.add("belari", passage="psg_one", source="src_ONE")
    shelf.add("belari", passage="psg_" + "f" * 20, source="src_" + "0" * 20)
    assert {(hit.passage, hit.source) for hit in find(opened(), "belari")} == {
        ("psg_one", "src_ONE"),
        ("psg_" + "f" * 20, "src_" + "0" * 20),
    }


def test_title_headings_and_substances_are_found(
    shelf: Shelf, opened: Callable[[], Lexical], find: Find
) -> None:
    row = shelf.add("belari", title="Cortal", headings=("Dumine Disease",), substances=("Corine",))
    index = opened()
    for asked in ("cortal", "dumine disease", "corine"):
        assert [hit.passage for hit in find(index, (asked,))] == [row.passage]
    assert index.passages_with("disease corine") == 0


def test_passages_are_counted_by_field(shelf: Shelf, opened: Callable[[], Lexical]) -> None:
    shelf.add("IL-1 receptor belari", title="Cortal", substances=("Corine", "Corine Sulphate", "corine"))
    shelf.add("Receptors of IL 1", headings=("Corine",), substances=("Corine sulfate",))
    index = opened()
    counts = {
        (phrase, field): index.passages_with(phrase, field=field)
        for phrase, field in [
            ("receptor", "text"), ("IL-1 receptor", "text"), ("il1", "text"), ("receptor il", "text"),
            ("cortal", "title"), ("belari", "title"), ("corine", "headings"), ("corine", "substances"),
            ("CORINE", "substances_exact"), ("corine sulfate", "substances_exact"), ("", "text"),
        ]
    }  # fmt: skip
    assert list(counts.values()) == [2, 1, 1, 0, 1, 0, 1, 2, 1, 2, 0]


def test_an_unknown_field_is_refused(shelf: Shelf, opened: Callable[[], Lexical]) -> None:
    with pytest.raises(UsageError, match="substances"):
        opened().passages_with("belari", field="year")


def test_scores_read_from_explanations_are_those_of_the_engine(
    shelf: Shelf, folder: Path, invented: Invented
) -> None:
    for number, text in enumerate(invented(800)):
        shelf.add(text, passage=f"psg_{number:020x}")
    rebuild(shelf, folder)
    generation = folder / require_manifest(folder, sequence=None, library=None).generation
    coarse, fine = (
        EmbeddedIndex(tantivy.Index.open(str(generation)), step=step) for step in (STEP, 2.0**-40)
    )
    clauses = [
        Clause(("belarine", "coropix dumarine", "dumopital"), weight=2.5),
        Clause(("cortal", "corarix")),
        Clause(("belopine belarital",), weight=0.7),
        Clause(("dumarix",)),
        Clause(("belarix", "belarital"), required=True),
    ]
    rounded = {hit.passage: hit.score for hit in coarse.search(clauses, filters=PUBLIC, top=800)}
    exact = {hit.passage: hit.score for hit in fine.search(clauses, filters=PUBLIC, top=800)}
    assert len(exact) > 100
    assert exact.keys() == rounded.keys()
    for passage, score in exact.items():
        assert abs(rounded[passage] - score) <= STEP / 2 + error_bound(score, leaves=30)
