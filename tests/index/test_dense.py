"""Vectors: exact, the same on every machine, never lost, never ahead of the library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.index.conftest import PUBLIC, Shelf

from osler.errors import IndexMismatchError, LibraryError, UsageError
from osler.index import dense_embed
from osler.index.dense import DenseIndex, open_dense, score_fresh
from osler.index.dense_codes import BLOCK, best, make_probe, multiply, multiply_fresh, quantise
from osler.index.dense_embed import Embedded, embed
from osler.index.dense_files import input_text, load_dense_manifest, writing
from osler.index.protocol import Filters, Hit
from osler.providers.scripted import ScriptedEmbedder

EMBEDDER = ScriptedEmbedder()
WORDS = ("fever", "rash", "liver", "adults", "placebo", "winter", "dose", "renal")


def opened(folder: Path, **named: object) -> DenseIndex:
    index = open_dense(folder, **named)  # type: ignore[arg-type]  # each test names arguments
    assert index is not None
    return index


def ask(index: DenseIndex, text: str, *, filters: Filters = PUBLIC, top: int = 5) -> list[Hit]:
    return index.search(EMBEDDER.embed_question(text), filters=filters, top=top)


def stocked(shelf: Shelf, count: int) -> Shelf:
    for number in range(count):
        one, two, three = (WORDS[(number * step) % len(WORDS)] for step in (1, 3, 5))
        shelf.add(f"{one} {two} {three} case {number}", year=1990 + number % 40)
    return shelf


def everything(index: DenseIndex) -> list[Hit]:
    return ask(index, "fever in adults", top=10_000)


def names(hits: Sequence[Hit]) -> set[str]:
    return {hit.passage for hit in hits}


# --- arithmetic -----------------------------------------------------------------------------------


@settings(deadline=None)
@given(
    seed=st.integers(0, 2**32),
    count=st.integers(1, 40),
    width=st.sampled_from([1, 3, 32, 384, 1000]),
    threads=st.integers(1, 3),
)
def test_products_are_exact(seed: int, count: int, width: int, threads: int) -> None:
    chance = np.random.default_rng(seed)
    vectors = chance.standard_normal((count, width)).astype(np.float32)
    codes, scales = quantise(vectors)
    probe = make_probe(chance.standard_normal(width).astype(np.float32))
    whole = [int(coarse) * 128 + int(fine) for coarse, fine in probe.digits]
    expected = [
        sum(a * int(b) for a, b in zip(whole, row, strict=True)) * float(scale) * probe.scale
        for row, scale in zip(codes, scales, strict=True)
    ]
    assert list(multiply(codes, scales, probe, threads=threads)) == pytest.approx(expected, rel=1e-15)


def test_products_do_not_depend_on_blocks_or_threads() -> None:
    chance = np.random.default_rng(3)
    codes = chance.integers(-127, 128, (3 * BLOCK + 17, 384), dtype=np.int8)
    scales = chance.random(len(codes), np.float32)
    probe = make_probe(chance.standard_normal(384).astype(np.float32))
    whole = multiply(codes, scales, probe)
    for threads in (2, 3, 8):
        assert np.array_equal(multiply(codes, scales, probe, threads=threads), whole)
    apart = np.concatenate([multiply(codes[n : n + 1], scales[n : n + 1], probe) for n in range(50)])
    assert np.array_equal(apart, whole[:50])


def test_little_is_lost_to_whole_numbers() -> None:
    chance = np.random.default_rng(5)
    vectors = chance.standard_normal((500, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    scores = multiply_fresh(vectors, make_probe(vectors[0]))
    assert np.abs(scores - vectors @ vectors[0]).max() < 0.002


def test_a_vector_of_nothing_scores_nothing() -> None:
    nothing = np.zeros((2, 8), np.float32)
    assert list(multiply_fresh(nothing, make_probe(nothing[0]))) == [0.0, 0.0]


@given(
    st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0, -np.inf]), max_size=40),
    st.integers(-1, 45),
    st.randoms(use_true_random=False),
)
def test_the_best_are_in_order_and_ties_go_to_the_lower_name(
    scores: list[float], top: int, chance: object
) -> None:
    labels = [f"{n:010d}".encode() for n in range(len(scores))]
    chance.shuffle(labels)  # type: ignore[attr-defined]  # hypothesis gives a Random
    places = best(np.array(scores, np.float64), np.array(labels, "S10"), top)
    expected = sorted(
        (n for n, score in enumerate(scores) if score > -np.inf), key=lambda n: (-scores[n], labels[n])
    )
    assert list(places) == expected[: max(top, 0)]


# --- searching ------------------------------------------------------------------------------------


def test_a_search_finds_what_is_alike(shelf: Shelf, folder: Path) -> None:
    near = shelf.add("fever in adults")
    shelf.add("liver enzymes")
    assert embed(shelf, folder, EMBEDDER) == Embedded(2, 2, complete=True)
    hits = ask(opened(folder), "adults with fever")
    assert (hits[0].passage, hits[0].source, len(hits)) == (near.passage, near.source, 2)
    assert 0.5 < hits[0].score <= 1.001


def test_the_order_is_that_of_a_search_through_everything(shelf: Shelf, folder: Path) -> None:
    stocked(shelf, 300)
    embed(shelf, folder, EMBEDDER)
    vector = EMBEDDER.embed_question("winter rash in adults")
    fresh = score_fresh(vector, EMBEDDER.embed_passages([input_text(row) for row in shelf.rows]))
    expected = sorted(
        (Hit(row.passage, row.source, score) for row, score in zip(shelf.rows, fresh, strict=True)),
        key=lambda hit: (-hit.score, hit.passage),
    )
    for threads in (1, 2):
        assert opened(folder, threads=threads).search(vector, filters=PUBLIC, top=40) == expected[:40]


def test_same_texts_tie_and_the_lower_id_comes_first(shelf: Shelf, folder: Path) -> None:
    rows = [shelf.add("fever", design=design) for design in ("cohort", "trial", "review", "case")]
    embed(shelf, folder, EMBEDDER)
    hits = ask(opened(folder), "fever", top=3)
    assert [hit.passage for hit in hits] == sorted(row.passage for row in rows)[:3]


def test_a_title_is_part_of_what_is_found(shelf: Shelf, folder: Path) -> None:
    named = shelf.add("It fell in most.", title="Fever in testosis")
    shelf.add("It fell in some.", title="Rash in winter")
    embed(shelf, folder, EMBEDDER)
    assert ask(opened(folder), "testosis fever")[0].passage == named.passage


def test_filters_limit_the_search_itself(shelf: Shelf, folder: Path) -> None:
    stocked(shelf, 100)
    hidden = shelf.add("fever fever", scope="ward")
    label = shelf.add("fever dose", kind="label", design="label", year=2001)
    undated = shelf.add("fever undated", year=0)
    embed(shelf, folder, EMBEDDER)
    index = opened(folder)
    assert hidden.passage not in names(everything(index))
    both = Filters(scopes=frozenset({"public", "ward"}))
    assert hidden.passage in names(ask(index, "fever", filters=both))
    only = replace(PUBLIC, kinds=frozenset({"label"}))
    assert [hit.passage for hit in ask(index, "fever", filters=only)] == [label.passage]
    recent = ask(index, "fever", filters=replace(PUBLIC, since=2020), top=200)
    years = {row.passage: row.year for row in shelf.rows}
    assert recent
    assert all(years[hit.passage] >= 2020 for hit in recent)
    assert undated.passage not in names(ask(index, "fever", filters=replace(PUBLIC, since=0), top=200))
    assert ask(index, "fever", filters=replace(PUBLIC, designs=frozenset({"unheard of"}))) == []
    assert ask(index, "fever", filters=Filters(scopes=frozenset())) == []


def test_a_search_within_some_passages_returns_no_other(shelf: Shelf, folder: Path) -> None:
    stocked(shelf, 60)
    shelf.add("fever", scope="ward")
    embed(shelf, folder, EMBEDDER)
    index = opened(folder)
    some = {row.passage for row in shelf.rows[::7]} | {"psg_" + "0" * 20}
    hits = index.search(EMBEDDER.embed_question("fever"), filters=PUBLIC, top=100, within=some)
    assert names(hits) == {row.passage for row in shelf.rows[::7] if row.scope == "public"}
    assert hits == [hit for hit in everything_for(index, "fever") if hit.passage in some]


def everything_for(index: DenseIndex, text: str) -> list[Hit]:
    return ask(index, text, top=10_000)


def test_scores_of_candidates_are_those_of_the_search(shelf: Shelf, folder: Path) -> None:
    stocked(shelf, 50)
    embed(shelf, folder, EMBEDDER)
    index = opened(folder)
    wanted = [shelf.rows[7].passage, "psg_" + "f" * 20, shelf.rows[3].passage, shelf.rows[7].passage]
    found = index.scores(EMBEDDER.embed_question("fever in adults"), wanted)
    assert found == {hit.passage: hit.score for hit in everything(index) if hit.passage in wanted}


def test_a_vector_of_another_model_is_refused(shelf: Shelf, folder: Path) -> None:
    embed(stocked(shelf, 3), folder, EMBEDDER)
    with pytest.raises(UsageError):
        opened(folder).search(np.ones(7, np.float32), filters=PUBLIC, top=3)


def test_an_empty_library_has_nothing_to_find(shelf: Shelf, folder: Path) -> None:
    assert open_dense(folder) is None
    assert embed(shelf, folder, EMBEDDER) == Embedded(0, 0, complete=True)
    index = opened(folder)
    assert everything(index) == []
    assert index.scores(EMBEDDER.embed_question("fever"), ["psg_" + "0" * 20]) == {}
    assert index.is_complete(shelf, PUBLIC)


# --- completeness ---------------------------------------------------------------------------------


def test_vectors_speak_only_for_what_is_embedded_whole(shelf: Shelf, folder: Path) -> None:
    embed(stocked(shelf, 5), folder, EMBEDDER)
    index = opened(folder)
    assert index.is_complete(shelf, PUBLIC)
    shelf.add("a note", scope="ward", kind="guideline")
    assert index.is_complete(shelf, PUBLIC)
    both = Filters(scopes=frozenset({"public", "ward"}))
    assert not index.is_complete(shelf, both)
    assert index.is_complete(shelf, replace(both, kinds=frozenset({"research"})))
    shelf.add("news", year=1999)
    assert not index.is_complete(shelf, PUBLIC)
    assert index.is_complete(shelf, replace(PUBLIC, since=2000))


def test_a_removal_ends_completeness_until_it_is_told(shelf: Shelf, folder: Path) -> None:
    embed(stocked(shelf, 5), folder, EMBEDDER)
    shelf.remove(shelf.rows[2])
    assert not opened(folder).is_complete(shelf, PUBLIC)
    assert embed(shelf, folder, EMBEDDER) == Embedded(0, 4, complete=True)
    assert opened(folder).is_complete(shelf, PUBLIC)


# --- embedding ------------------------------------------------------------------------------------


def test_what_has_a_vector_is_not_embedded_again(shelf: Shelf, folder: Path) -> None:
    embed(stocked(shelf, 5), folder, EMBEDDER)
    new = shelf.add("new")
    seen: list[str] = []
    assert embed(shelf, folder, ScriptedEmbedder(watch=seen.extend)) == Embedded(1, 6, complete=True)
    assert seen == [new.text]


def test_a_stop_keeps_every_window_and_the_next_call_goes_on(
    shelf: Shelf, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dense_embed, "WINDOW", 8)
    stocked(shelf, 50)
    told: list[int] = []
    first = embed(shelf, folder, EMBEDDER, progress=told.append, stop=lambda: told[-1] >= 16)
    assert (first, told) == (Embedded(16, 16, complete=False), [8, 16, 16])
    assert not opened(folder).is_complete(shelf, PUBLIC)
    assert embed(shelf, folder, EMBEDDER) == Embedded(34, 50, complete=True)


@pytest.mark.parametrize("at", [0, 1, 3])
def test_ctrl_c_at_any_time_loses_at_most_a_window(
    shelf: Shelf, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    monkeypatch.setattr(dense_embed, "WINDOW", 8)
    stocked(shelf, 40)
    calls: list[int] = []

    def interrupt(texts: Sequence[str]) -> None:
        calls.append(len(texts))
        if len(calls) == at + 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        embed(shelf, folder, ScriptedEmbedder(watch=interrupt))
    assert embed(shelf, folder, EMBEDDER) == Embedded(40 - 8 * at, 40, complete=True)
    embed(shelf, tmp_path / "at once", EMBEDDER)
    assert everything(opened(folder)) == everything(opened(tmp_path / "at once"))


def test_a_tail_that_a_kill_left_is_cut_off(shelf: Shelf, folder: Path) -> None:
    embed(stocked(shelf, 5), folder, EMBEDDER)
    before = everything(opened(folder))
    for path in [*folder.glob("vectors-*"), *folder.glob("rows-*")]:
        with path.open("ab") as file:
            file.write(b"half a row")
    assert everything(opened(folder)) == before
    shelf.add("new")
    embed(shelf, folder, EMBEDDER)
    assert len(everything(opened(folder))) == 6


def test_what_was_removed_is_found_no_more(shelf: Shelf, folder: Path, tmp_path: Path) -> None:
    stocked(shelf, 30)
    embed(shelf, folder, EMBEDDER)
    old = opened(folder)
    for row in list(shelf.rows[::3]):
        shelf.remove(row)
    shelf.add("new after the removal")
    embed(shelf, folder, EMBEDDER)
    embed(shelf, tmp_path / "anew", EMBEDDER)
    index = opened(folder)
    assert everything(index) == everything(opened(tmp_path / "anew"))
    assert (index.size, len(everything(old))) == (21, 30)


def test_removals_do_not_fill_the_disk(shelf: Shelf, folder: Path) -> None:
    stocked(shelf, 40)
    embed(shelf, folder, EMBEDDER)
    for row in list(shelf.rows[:20]):
        shelf.remove(row)
    embed(shelf, folder, EMBEDDER)
    files = sorted(path.name.partition("-")[0] for path in folder.iterdir())
    assert files == ["manifest.json", "rows", "vectors", "writer.lock"]
    assert next(folder.glob("vectors-*")).stat().st_size == 20 * EMBEDDER.model.dimensions
    assert len(everything(opened(folder))) == 20


def test_a_passage_that_comes_back_keeps_its_vector(shelf: Shelf, folder: Path) -> None:
    stocked(shelf, 10)
    embed(shelf, folder, EMBEDDER)
    moved = shelf.rows[4]
    shelf.remove(moved)
    shelf.add(moved.text, passage=moved.passage, source=moved.source, scope="ward")
    assert embed(shelf, folder, EMBEDDER) == Embedded(0, 10, complete=True)
    index = opened(folder)
    assert moved.passage not in names(everything(index))
    ward = Filters(scopes=frozenset({"ward"}))
    assert names(ask(index, "fever", filters=ward)) == {moved.passage}


def test_a_restored_older_library_gets_its_vectors_back(shelf: Shelf, folder: Path) -> None:
    stocked(shelf, 20)
    embed(shelf, folder, EMBEDDER)
    older = Shelf(rows=shelf.rows[:12], sequence=12)
    lost = older.add("only in the restored one")
    assert embed(older, folder, EMBEDDER) == Embedded(1, 13, complete=True)
    assert names(everything(opened(folder))) == {row.passage for row in older.rows}
    assert lost.passage in names(everything(opened(folder)))


def test_what_comes_during_a_run_is_embedded_too(
    shelf: Shelf, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dense_embed, "WINDOW", 4)
    stocked(shelf, 10)
    late: list[int] = []

    def meanwhile(texts: Sequence[str]) -> None:
        if len(late) < 2:
            late.append(1)
            shelf.add(f"late {len(late)}")
            shelf.remove(shelf.rows[0])

    done = embed(shelf, folder, ScriptedEmbedder(watch=meanwhile))
    assert (done.passages, done.complete) == (10, True)
    assert names(everything(opened(folder))) == {row.passage for row in shelf.rows}


def test_vectors_of_another_model_are_thrown_away(shelf: Shelf, folder: Path) -> None:
    embed(stocked(shelf, 5), folder, ScriptedEmbedder(seed="old"))
    assert embed(shelf, folder, EMBEDDER) == Embedded(5, 5, complete=True)
    assert opened(folder).model == EMBEDDER.model


def test_vectors_of_another_library_are_not_opened(shelf: Shelf, folder: Path) -> None:
    embed(stocked(shelf, 5), folder, EMBEDDER, library="one")
    with pytest.raises(IndexMismatchError) as caught:
        open_dense(folder, library="other")
    assert caught.value.code == "index.library"
    assert embed(shelf, folder, EMBEDDER, library="other") == Embedded(5, 5, complete=True)
    assert opened(folder, library="other").size == 5


@pytest.mark.parametrize("name", ["manifest.json", "vectors-*", "rows-*"])
def test_damaged_files_are_not_opened_and_made_anew(shelf: Shelf, folder: Path, name: str) -> None:
    embed(stocked(shelf, 5), folder, EMBEDDER)
    next(folder.glob(name)).write_bytes(b"{}")
    with pytest.raises(IndexMismatchError) as caught:
        open_dense(folder)
    assert (caught.value.code, caught.value.hint) == ("index.damaged", "osler index embed")
    assert embed(shelf, folder, EMBEDDER) == Embedded(5, 5, complete=True)
    assert opened(folder).size == 5


def test_files_of_another_version_are_not_opened(shelf: Shelf, folder: Path) -> None:
    embed(stocked(shelf, 2), folder, EMBEDDER)
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"format": 1', '"format": 0'))
    with pytest.raises(IndexMismatchError) as caught:
        load_dense_manifest(folder)
    assert caught.value.code == "index.format"


def test_two_cannot_embed_at_once(shelf: Shelf, folder: Path) -> None:
    stocked(shelf, 2)
    with writing(folder), pytest.raises(LibraryError) as caught:
        embed(shelf, folder, EMBEDDER)
    assert caught.value.code == "index.busy"


def test_a_disk_that_refuses_is_told(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(LibraryError) as caught:
        embed(shelf, tmp_path / "file", EMBEDDER)
    assert caught.value.code == "index.disk"


@settings(deadline=None, max_examples=25)
@given(steps=st.lists(st.integers(0, 5), min_size=1, max_size=12))
def test_any_history_ends_where_a_fresh_embedding_does(
    tmp_path_factory: pytest.TempPathFactory, steps: list[int]
) -> None:
    shelf, folder = Shelf(), tmp_path_factory.mktemp("history")
    for number, step in enumerate(steps):
        if step <= 1 or not shelf.rows:
            stocked_one(shelf, number)
        elif step == 2:
            shelf.remove(shelf.rows[number % len(shelf.rows)])
        elif step == 3:
            moved = shelf.rows[number % len(shelf.rows)]
            shelf.remove(moved)
            shelf.add(moved.text, passage=moved.passage, source=moved.source, year=2000 + number)
        elif step == 4:
            embed(shelf, folder / "dense", EMBEDDER, stop=lambda: True)
        else:
            embed(shelf, folder / "dense", EMBEDDER)
    embed(shelf, folder / "dense", EMBEDDER)
    embed(shelf, folder / "fresh", EMBEDDER)
    one, other = opened(folder / "dense"), opened(folder / "fresh")
    assert everything(one) == everything(other)
    assert one.is_complete(shelf, PUBLIC)
    since = replace(PUBLIC, since=2005)
    assert ask(one, "fever", filters=since, top=99) == ask(other, "fever", filters=since, top=99)


def stocked_one(shelf: Shelf, number: int) -> None:
    shelf.add(f"{WORDS[number % len(WORDS)]} case {number}")
