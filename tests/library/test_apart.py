"""Large files read by several processes: the same library and the same ranking as read by one."""

from __future__ import annotations

import io
import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.formats.made import article_set, citation, pubmed_article
from tests.library.made import NOW, open_library

from osler.errors import InputError
from osler.formats import read_medline
from osler.formats.medline import read_medline_part
from osler.formats.medline.reading import BLOCK
from osler.index.embedded import open_index
from osler.index.protocol import Clause, Filters
from osler.library.apart import Job, reading_apart
from osler.library.files import Reading, add_files
from osler.library.prepare import prepare_all
from osler.library.reindex import catch_up, verify
from osler.model.record import Deletion, Item, Rejection
from osler.store.entry import Entry

COUNT = 2 * BLOCK + 40
DELETED = "<DeleteCitation><PMID>3</PMID></DeleteCitation>"
PUBLIC = Filters(frozenset({"public"}))


def invented(number: int) -> str:
    words = f"Testamab helped {number} of {number + 9} people with made-up syndrome (MUS)."
    abstract = f'<AbstractText Label="RESULTS" NlmCategory="RESULTS">{words}</AbstractText>'
    return pubmed_article(citation(str(number + 1), title=f"Case {number % 7}.", abstract=abstract))


def damaged_set() -> bytes:
    """A set with a broken citation, one that swallowed its neighbour, a book and a deletion."""
    articles = [invented(number) for number in range(COUNT)]
    articles[20] = articles[20].replace("</ArticleTitle>", "")
    articles[BLOCK + 3] = articles[BLOCK + 3].replace("</PubmedArticle>", "")
    articles[BLOCK + 50] = articles[BLOCK + 50].replace("</Abstract>", "")
    articles[40] += "<PubmedBookArticle><PMID>7</PMID></PubmedBookArticle>"
    return article_set(*articles, rest=DELETED)


def in_turn(data: bytes, *, of: int) -> list[Item]:
    parts = [read_medline_part(io.BytesIO(data), name="made", part=part, of=of) for part in range(of)]
    items: list[Item] = []
    while parts:
        try:
            items += next(parts[0])
        except StopIteration:
            return items
        parts.append(parts.pop(0))
    return items


@pytest.mark.parametrize("of", [1, 2, 3])
def test_the_blocks_of_all_readers_in_turn_are_the_whole_file(of: int) -> None:
    data = damaged_set()
    whole = list(read_medline(io.BytesIO(data), name="made"))
    assert in_turn(data, of=of) == whole
    assert sum(isinstance(item, Rejection) for item in whole) == 4
    assert Deletion("pmid:3", "deleted by PubMed (DeleteCitation)") in whole


def test_a_file_that_breaks_off_gives_each_reader_what_it_holds() -> None:
    data = damaged_set()[:-9000]
    assert in_turn(data, of=2) == list(read_medline(io.BytesIO(data), name="made"))


def search(folder: Path) -> list[tuple[str, float]]:
    index = open_index(folder, sequence=None)
    clauses = [Clause((word,)) for word in ("case", "testamab", "people", "mus")]
    return [(hit.passage, hit.score) for hit in index.search(clauses, filters=PUBLIC, top=100)]


def test_several_processes_and_one_end_in_the_same_library_and_the_same_ranking(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.xml", "b.xml", "none.xml", "c.xml")]
    files[0].write_bytes(damaged_set())
    files[1].write_bytes(article_set(*[invented(number) for number in range(COUNT, COUNT + 300)]))
    files[2].write_bytes(b"<PubmedArticleSet>")
    files[3].write_bytes(article_set(invented(1), invented(COUNT + 301)))
    outcomes = []
    for processes in (1, 2, 3):
        home = tmp_path / str(processes)
        how = Reading(processes=processes, large=1)
        with open_library(home) as store:
            report = add_files(store, files, now=NOW, reading=how, index=home / "index")
            catch_up(store, home / "index")
            assert verify(store, home / "index") == []
            failures = [(f.item, f.code, f.reason) for f in store.failures()]
            numbers = (report.added, report.failed, report.withdrawn, report.files)
            outcomes.append((store.state(), failures, numbers, search(home / "index")))
    assert outcomes[0] == outcomes[1] == outcomes[2]
    assert len(outcomes[0][1]) == 5


def test_the_index_grows_with_the_library_and_needs_no_second_pass(tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    file.write_bytes(article_set(*[invented(number) for number in range(300)]))
    with open_library(tmp_path) as store:
        add_files(store, [file], now=NOW, reading=Reading(large=1), index=tmp_path / "index")
        index = open_index(tmp_path / "index", sequence=store.last_sequence(), library=store.identity())
        assert index.size == 300
        more = tmp_path / "b.xml"
        more.write_bytes(article_set(*[invented(number) for number in range(300, 320)]))
        add_files(store, [more], now=NOW, reading=Reading(large=1), index=tmp_path / "index")
        assert catch_up(store, tmp_path / "index").added == 0
        assert verify(store, tmp_path / "index") == []


def job(*files: Path) -> Job:
    named = tuple((file, file.name) for file in files)
    return Job(named, kind="", licence=None, scope="public", indexed=False)


def test_a_file_that_nobody_can_use_is_told_and_the_next_one_is_read(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("bad.xml", "good.xml")]
    files[0].write_bytes(b"<html></html>")
    files[1].write_bytes(article_set(*[invented(number) for number in range(BLOCK + 1)]))
    with reading_apart(job(*files), processes=2) as readers:
        assert readers is not None
        with pytest.raises(InputError) as caught:
            list(readers.next_file("bad.xml"))
        assert caught.value.code == "input.not_medline"
        found = [item for item in readers.next_file("good.xml") if isinstance(item, Entry)]
    expected = prepare_all(read_medline(io.BytesIO(files[1].read_bytes()), name=""), indexed=False)
    assert found == list(expected)


def test_a_reading_process_that_is_killed_costs_its_file_only(tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    file.write_bytes(article_set(*[invented(number) for number in range(20 * BLOCK)]))
    with reading_apart(job(file, file), processes=2) as readers:
        assert readers is not None
        for process in readers.numbers:
            os.kill(process, signal.SIGKILL)
        with pytest.raises(InputError) as caught:
            list(readers.next_file("a.xml"))
        assert (caught.value.code, caught.value.item) == ("input.unreadable", "a.xml")
        assert readers.is_broken


PROGRAM = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from osler.library.files import Reading, add_files
from osler.store import open_store

home, file = map(Path, sys.argv[1:])
with open_store(home / "osler.db", create=True, wait_s=1, holder="osler add") as store:
    how = Reading(processes=2, large=1)
    add_files(store, [file], now=datetime(2026, 1, 1, tzinfo=UTC), reading=how, index=home / "index",
              progress=lambda done, *_: (print(done, flush=True), sys.stdin.read()))
"""


def test_a_kill_ends_the_reading_processes_too_and_adding_again_ends_in_the_same_state(
    tmp_path: Path,
) -> None:
    file = tmp_path / "a.xml"
    file.write_bytes(article_set(*[invented(number) for number in range(12 * BLOCK)]))
    command = [sys.executable, "-c", PROGRAM, str(tmp_path / "killed"), str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"1000\n"
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        readers = [os.pidfd_open(int(child)) for child in children]
        process.kill()
    assert len(readers) == 2
    for reader in readers:
        assert select.select([reader], [], [], 60.0)[0]
        os.close(reader)
    states = []
    for home in (tmp_path / "killed", tmp_path / "whole"):
        with open_library(home) as store:
            add_files(store, [file], now=NOW, index=home / "index")
            catch_up(store, home / "index")
            assert verify(store, home / "index") == []
            states.append((store.snapshot(), search(home / "index")))
    assert states[0] == states[1]


def test_processes_end_with_the_block_however_little_was_read(tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    file.write_bytes(article_set(*[invented(number) for number in range(20 * BLOCK)]))
    with reading_apart(job(file), processes=2) as readers:
        assert readers is not None
        assert isinstance(next(readers.next_file("a.xml")), Entry)
        numbers = readers.numbers
    for number in numbers:
        with pytest.raises(ProcessLookupError):
            os.kill(number, 0)
