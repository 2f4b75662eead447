"""An index that grows with its library: searchable at the end, sound after a break, spoilt by a loss."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.index.conftest import PUBLIC, Shelf

from osler.index.embedded import catch_up, open_index, rebuild, verify
from osler.index.feed import Feed, feeding
from osler.index.fields import number_document, write_document
from osler.index.protocol import Clause, IndexRow


def give(feed: Feed | None, *rows: IndexRow, before: int) -> None:
    assert feed is not None
    born = [(row.sequence, (write_document(row),)) for row in rows]
    feed.take(born, before=before, sequence=rows[-1].sequence)


def ranking(folder: Path, *words: str) -> list[tuple[str, float]]:
    index = open_index(folder, sequence=None)
    clauses = [Clause((word,)) for word in words]
    return [(hit.passage, hit.score) for hit in index.search(clauses, filters=PUBLIC, top=50)]


def test_what_was_fed_is_what_a_rebuild_gives(shelf: Shelf, folder: Path, tmp_path: Path) -> None:
    named = {"title": "Bellane tumours", "headings": ("Made-up Syndrome", "mice"), "year": 0}
    rows = [shelf.add(f"bellane cortal number{n}", **(named if n % 3 else {})) for n in range(30)]
    with feeding(folder, sequence=0, library="") as feed:
        give(feed, *rows[:20], before=0)
        give(feed, *rows[20:], before=20)
    rebuild(shelf, tmp_path / "rebuilt")
    assert verify(shelf, folder) == []
    assert catch_up(shelf, folder).added == 0
    words = ("bellane", "tumor", "mouse", "number7")
    assert ranking(folder, *words) == ranking(tmp_path / "rebuilt", *words)


def test_an_index_that_is_behind_is_not_fed(shelf: Shelf, folder: Path) -> None:
    shelf.add("bellane")
    with feeding(folder, sequence=1, library="") as feed:
        assert feed is None
    rebuild(shelf, folder)
    with feeding(folder, sequence=2, library="") as feed:
        assert feed is None
    with feeding(folder, sequence=1, library="other") as feed:
        assert feed is None


def test_a_batch_that_never_came_ends_the_feed_and_catching_up_brings_the_rest(
    shelf: Shelf, folder: Path
) -> None:
    rows = [shelf.add(f"bellane {n}") for n in range(9)]
    with feeding(folder, sequence=0, library="") as feed:
        give(feed, *rows[:3], before=0)
        give(feed, *rows[6:], before=6)
    assert open_index(folder, sequence=3).size == 3
    assert catch_up(shelf, folder).added == 6
    assert verify(shelf, folder) == []


def test_a_feed_that_is_broken_off_inside_a_batch_keeps_no_gap(shelf: Shelf, folder: Path) -> None:
    rows = [shelf.add(f"bellane {n}") for n in range(6)]

    def break_off() -> Iterator[tuple[int, tuple[str, ...]]]:
        yield rows[3].sequence, (write_document(rows[3]),)
        raise KeyboardInterrupt

    def interrupted() -> None:
        with feeding(folder, sequence=0, library="") as feed:
            give(feed, *rows[:3], before=0)
            assert feed is not None
            feed.take(break_off(), before=3, sequence=6)

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    catch_up(shelf, folder)
    assert verify(shelf, folder) == []


def test_a_loss_spoils_the_feed_and_the_index_is_built_anew(shelf: Shelf, folder: Path) -> None:
    first, second = shelf.add("bellane one"), shelf.add("bellane two")
    with feeding(folder, sequence=0, library="") as feed:
        give(feed, first, second, before=0)
        assert feed is not None
        shelf.remove(first)
        feed.spoil()
        third = shelf.add("bellane three")
        give(feed, third, before=shelf.sequence - 1)
    assert catch_up(shelf, folder).rebuilt
    assert verify(shelf, folder) == []


def test_a_loss_among_what_the_manifest_does_not_name_yet_is_seen(shelf: Shelf, folder: Path) -> None:
    with feeding(folder, sequence=0, library="") as feed:
        rows = [shelf.add(f"bellane {n}") for n in range(3)]
        give(feed, *rows, before=0)
    manifest = folder / "manifest.json"
    # As a kill between the segments and the manifest leaves it.
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "sequence": 0, "passages": 0}))
    shelf.remove(rows[1])
    assert catch_up(shelf, folder).rebuilt
    assert verify(shelf, folder) == []


@pytest.mark.parametrize("text", ['said "so" \\ \t\n\x00', "µg/ml IL-1β “quoted” \u2028", "", "{}[],:"])
def test_a_document_is_sound_whatever_is_printed(text: str) -> None:
    row = IndexRow(text, text, text, text, (text,), (text, text), "a", "b", -1, 'ward "7"', 4)
    document = json.loads(number_document(write_document(row), 4))
    assert (document["sequence"], document["scope"], document["year"]) == (4, 'ward "7"', 0)
