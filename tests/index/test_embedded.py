from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import tantivy
from tests.index.conftest import PUBLIC, Shelf

from osler.errors import Exit, IndexMismatchError, LibraryError
from osler.index.embedded import catch_up, open_index, rebuild, verify
from osler.index.manifest import FILE, load_manifest
from osler.index.protocol import Clause, Hit, IndexRow
from osler.index.reader import EmbeddedIndex
from osler.index.scores import STEP

Find = Callable[..., list[Hit]]
Invented = Callable[[int], list[str]]

KILLED = """
import os, signal, sys
from pathlib import Path
from osler.index.embedded import {call}
from tests.index.conftest import Shelf
shelf = Shelf()
for number in range(3000):
    shelf.add(f"bellane number{{number}}")
def die(count):
    if count >= 1500:
        os.kill(os.getpid(), signal.SIGKILL)
{call}(shelf, Path(sys.argv[1]), progress=die)
"""


def kill_half_way(call: str, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED.format(call=call), str(folder)],
        check=False,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": "."},
    )
    assert done.returncode == -signal.SIGKILL


def test_a_folder_without_an_index_is_refused_with_the_repair(folder: Path) -> None:
    with pytest.raises(IndexMismatchError) as caught:
        open_index(folder, sequence=None)
    assert caught.value.code == "index.missing"
    assert caught.value.exit is Exit.INDEX_MISMATCH
    assert caught.value.hint == "osler index rebuild"


def test_an_empty_library_gives_an_empty_index(shelf: Shelf, folder: Path, find: Find) -> None:
    rebuild(shelf, folder)
    index = open_index(folder, sequence=0)
    assert (index.size, find(index, "bellane"), verify(shelf, folder)) == (0, [], [])


def test_an_index_behind_its_library_is_refused(shelf: Shelf, folder: Path) -> None:
    shelf.add("bellane")
    rebuild(shelf, folder)
    shelf.add("cortal")
    with pytest.raises(IndexMismatchError) as caught:
        open_index(folder, sequence=shelf.last_sequence())
    assert caught.value.code == "index.sequence"
    assert open_index(folder, sequence=None).size == 1


def test_the_index_of_another_library_is_refused_and_built_anew(shelf: Shelf, folder: Path) -> None:
    shelf.add("bellane")
    rebuild(shelf, folder, library="first")
    with pytest.raises(IndexMismatchError) as caught:
        open_index(folder, sequence=None, library="second")
    assert caught.value.code == "index.library"
    assert catch_up(shelf, folder, library="second").rebuilt
    assert open_index(folder, sequence=1, library="second").size == 1


@pytest.mark.parametrize("entry", ["schema", "tokeniser", "fields", "engine"])
def test_an_index_of_other_rules_is_refused_and_built_anew(
    entry: str, shelf: Shelf, folder: Path
) -> None:
    shelf.add("bellane")
    rebuild(shelf, folder)
    stored = json.loads((folder / FILE).read_text())
    (folder / FILE).write_text(json.dumps({**stored, entry: "other"}))
    with pytest.raises(IndexMismatchError) as caught:
        open_index(folder, sequence=None)
    assert caught.value.code == f"index.{entry}"
    assert catch_up(shelf, folder).rebuilt
    assert verify(shelf, folder) == []


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"{}", b"\xff"])
def test_a_damaged_manifest_is_refused_and_built_anew(damage: bytes, shelf: Shelf, folder: Path) -> None:
    shelf.add("bellane")
    rebuild(shelf, folder)
    (folder / FILE).write_bytes(damage)
    with pytest.raises(IndexMismatchError):
        open_index(folder, sequence=None)
    assert catch_up(shelf, folder).rebuilt
    assert open_index(folder, sequence=1).size == 1


def test_lost_segments_are_refused_and_built_anew(shelf: Shelf, folder: Path) -> None:
    shelf.add("bellane")
    manifest = rebuild(shelf, folder)
    for path in (folder / manifest.generation).iterdir():
        path.unlink()
    with pytest.raises(IndexMismatchError) as caught:
        open_index(folder, sequence=None)
    assert caught.value.code == "index.damaged"
    assert verify(shelf, folder) != []
    assert catch_up(shelf, folder).rebuilt
    assert verify(shelf, folder) == []


def test_additions_are_added_and_nothing_is_read_again(shelf: Shelf, folder: Path, find: Find) -> None:
    shelf.add("bellane")
    rebuild(shelf, folder)
    added = shelf.add("cortal")
    done = catch_up(shelf, folder)
    assert (done.added, done.rebuilt) == (1, False)
    assert [hit.passage for hit in find(open_index(folder, sequence=2), "cortal")] == [added.passage]
    again = catch_up(shelf, folder)
    assert (again.added, again.rebuilt) == (0, False)


def test_a_removal_rebuilds(shelf: Shelf, folder: Path, find: Find) -> None:
    gone, kept = shelf.add("bellane cortal"), shelf.add("bellane")
    rebuild(shelf, folder)
    shelf.remove(gone)
    assert catch_up(shelf, folder).rebuilt
    index = open_index(folder, sequence=3)
    assert [hit.passage for hit in find(index, "bellane")] == [kept.passage]
    assert find(index, "cortal") == []


def test_a_change_without_passages_moves_the_index_along(shelf: Shelf, folder: Path) -> None:
    shelf.add("bellane")
    rebuild(shelf, folder)
    shelf.sequence += 1
    assert catch_up(shelf, folder).added == 0
    assert open_index(folder, sequence=2).size == 1


def test_catching_up_twice_after_a_kill_before_the_manifest_doubles_nothing(
    shelf: Shelf, folder: Path
) -> None:
    shelf.add("bellane")
    rebuild(shelf, folder)
    before = (folder / FILE).read_bytes()
    for number in range(20):
        shelf.add(f"cortal {number}")
    catch_up(shelf, folder)
    (folder / FILE).write_bytes(before)
    assert catch_up(shelf, folder).added == 0
    assert verify(shelf, folder) == []


def test_a_rebuild_killed_half_way_leaves_the_old_index(shelf: Shelf, folder: Path, find: Find) -> None:
    row = shelf.add("bellane old")
    rebuild(shelf, folder)
    kill_half_way("rebuild", folder)
    assert [hit.passage for hit in find(open_index(folder, sequence=1), "bellane")] == [row.passage]
    rebuild(shelf, folder)
    assert len([path for path in folder.iterdir() if path.is_dir()]) == 1
    assert verify(shelf, folder) == []


def test_catching_up_killed_half_way_leaves_what_was_and_goes_on(shelf: Shelf, folder: Path) -> None:
    for number in range(10):
        shelf.add(f"bellane number{number}")
    rebuild(shelf, folder)
    kill_half_way("catch_up", folder)
    assert open_index(folder, sequence=10).size == 10
    for number in range(10, 2000):
        shelf.add(f"bellane number{number}")
    assert catch_up(shelf, folder).added == 1990
    assert verify(shelf, folder) == []


def test_a_fault_in_the_library_while_catching_up_leaves_what_was(shelf: Shelf, folder: Path) -> None:
    class Torn(Shelf):
        def iter_index_rows(self, *, after: int = 0) -> Iterator[IndexRow]:
            yield from list(super().iter_index_rows(after=after))[:5]
            raise LibraryError("the database is locked")

    shelf.add("bellane")
    rebuild(shelf, folder)
    for number in range(10):
        shelf.add(f"cortal {number}")
    with pytest.raises(LibraryError, match="locked"):
        catch_up(Torn(shelf.rows, shelf.sequence), folder)
    assert open_index(folder, sequence=1).size == 1
    assert catch_up(shelf, folder).added == 10
    assert verify(shelf, folder) == []


def test_an_open_index_keeps_working_while_others_are_built(
    shelf: Shelf, folder: Path, find: Find
) -> None:
    row = shelf.add("bellane")
    rebuild(shelf, folder)
    index = open_index(folder, sequence=1)
    shelf.add("bellane cortal")
    catch_up(shelf, folder)
    shelf.remove(row)
    catch_up(shelf, folder)
    assert [hit.passage for hit in find(index, "bellane")] == [row.passage]


def test_a_second_writer_is_told_that_the_index_is_busy(shelf: Shelf, folder: Path) -> None:
    class Slow(Shelf):
        def iter_index_rows(self, *, after: int = 0) -> Iterator[IndexRow]:
            with pytest.raises(LibraryError) as caught:
                catch_up(shelf, folder)
            assert (caught.value.code, caught.value.retryable) == ("index.busy", True)
            yield from super().iter_index_rows(after=after)

    shelf.add("bellane")
    rebuild(shelf, folder)
    shelf.add("cortal")
    assert catch_up(Slow(shelf.rows, shelf.sequence), folder).added == 1


def test_rows_that_come_while_building_wait_for_the_next_call(shelf: Shelf, folder: Path) -> None:
    class Busy(Shelf):
        def iter_index_rows(self, *, after: int = 0) -> Iterator[IndexRow]:
            shelf.add("cortal late")
            yield from shelf.rows

    shelf.add("bellane")
    manifest = rebuild(Busy(shelf.rows, 1), folder)
    assert (manifest.sequence, manifest.passages) == (1, 1)
    assert catch_up(shelf, folder).added == 1
    assert verify(shelf, folder) == []


def test_progress_tells_the_number_of_passages(shelf: Shelf, folder: Path) -> None:
    for number in range(1200):
        shelf.add(f"bellane {number}")
    seen: list[int] = []
    rebuild(shelf, folder, progress=seen.append)
    assert seen == [500, 1000, 1200]


def test_verify_names_what_is_missing_doubled_or_stale(shelf: Shelf, folder: Path) -> None:
    missing, stale = shelf.add("bellane"), shelf.add("cortal")
    rebuild(Shelf([stale, stale, shelf.add("dumine")], 3), folder)
    shelf.rows = [missing, replace(stale, sequence=4)]
    shelf.sequence = 4
    findings = verify(shelf, folder)
    assert len(findings) == 5
    assert any("not indexed" in finding and missing.passage in finding for finding in findings)
    assert any("indexed twice" in finding and stale.passage in finding for finding in findings)
    assert any("as of change 2" in finding for finding in findings)
    assert any("not in the library" in finding for finding in findings)


def open_fine(folder: Path, step: float) -> EmbeddedIndex:
    """Open with a grid of ``step``: the finer, the more scores must be added up exactly."""
    manifest = load_manifest(folder)
    assert manifest is not None
    return EmbeddedIndex(tantivy.Index.open(str(folder / manifest.generation)), step=step)


@pytest.mark.parametrize(
    ("seed", "step"), [(1, STEP), (2, STEP), (3, 2.0**-14), (4, 2.0**-20), (5, 2.0**-26)]
)
def test_hits_and_scores_are_the_same_for_every_order_and_segmentation(
    seed: int, step: float, tmp_path: Path, invented: Invented
) -> None:
    """Also after a removal: an index that lost passages ranks as one that never had them."""
    chance = random.Random(seed)
    texts = invented(3000)
    plain = Shelf()
    for number, text in enumerate(texts):
        plain.add(
            text,
            passage=f"psg_{number:020x}",
            source=f"src_{number:020x}",
            title=texts[number // 9][:40],
        )
    rebuild(plain, tmp_path / "plain")
    shuffled = Shelf(chance.sample(plain.rows, len(plain.rows)), len(plain.rows))
    shuffled.rows = [replace(row, sequence=place) for place, row in enumerate(shuffled.rows, 1)]
    extra = replace(plain.rows[0], passage="psg_" + "f" * 20, sequence=3001)
    grown = Shelf([], 0)
    for end in (1, 700, 701, 1400, 2999, 3000):
        grown.rows, grown.sequence = shuffled.rows[:end], end
        assert catch_up(grown, tmp_path / "grown").rebuilt == (end == 1)
    cut = Shelf([*shuffled.rows, extra], 3001)
    rebuild(cut, tmp_path / "cut")
    cut.remove(extra)
    assert catch_up(cut, tmp_path / "cut").rebuilt
    indexes = [open_fine(tmp_path / name, step) for name in ("plain", "grown", "cut")]
    words = sorted({word for text in texts for word in text.split()})
    for _ in range(60):
        clauses = [
            Clause(
                tuple(
                    " ".join(chance.choices(words, k=chance.choice([1, 1, 2])))
                    for _ in range(alternatives)
                ),
                weight=chance.choice([0.3, 1.0, 2.0]),
                required=chance.random() < 0.1,
            )
            for alternatives in chance.choices([1, 1, 2, 3], k=chance.randint(1, 7))
        ]
        first, *others = (index.search(clauses, filters=PUBLIC, top=25) for index in indexes)
        assert all(other == first for other in others)
        assert first == sorted(first, key=lambda hit: (-hit.score, hit.passage))
