"""What was erased or has expired is in none of the library's files any more, read as raw bytes."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from osler.store.articles import Addition, CardRow, EventRow
from osler.store.library import Store, open_store

NOW, LATER = "2026-03-02T09:00:00+00:00", "2026-04-02T09:00:00+00:00"
pytestmark = pytest.mark.sqlite("a server's files are its own: the words stay in them until VACUUM")
WORDS = "Mr Testwick of ward seven said so"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def opened(home: Path) -> Store:
    return open_store(home / "osler.db", create=True, wait_s=2.0, holder="test")


def raw(home: Path) -> bytes:
    """Every byte that lies in the folder: file, journal, whatever else."""
    return b"".join(file.read_bytes() for file in sorted(home.iterdir()) if file.is_file())


def add_article(store: Store, name: str, reports: list[tuple[int, str]]) -> None:
    card = CardRow(f"art_{name}", name, "approved", "efficacy", "{}", 1, f"head {name}")
    event = EventRow(f"art_{name}", 1, "{}", "", f"hash {name}")
    store.articles.add(
        Addition(card, [event], reports=reports),
        after=0,
        start="",
        journal_hash=lambda *parts: "/".join(map(str, parts)),
    )


def test_a_report_that_was_erased_is_in_no_file(home: Path) -> None:
    with opened(home) as store:
        add_article(store, "one", [(1, WORDS), (2, "the dose is wrong")])
        assert WORDS.encode() in raw(home)
        assert store.articles.erase_report("art_one", 1)
        assert WORDS.encode() not in raw(home)
        assert b"the dose is wrong" in raw(home)
        assert not store.articles.erase_report("art_one", 1)


def test_a_long_report_among_many_others_leaves_nothing_behind(home: Path) -> None:
    chance = random.Random(7)
    marks = [f"secret-{number:03d}-{chance.getrandbits(64):x}" for number in range(120)]
    with opened(home) as store:
        texts = [(n, (mark + " ") * chance.randint(1, 200)) for n, mark in enumerate(marks, start=1)]
        add_article(store, "many", texts)
        for number in chance.sample(range(1, 121), 90):
            marks[number - 1] = f"gone {marks[number - 1]}"
            assert store.articles.erase_report("art_many", number)
        left = raw(home)
        for mark in marks:
            is_gone = mark.startswith("gone ")
            assert (mark.removeprefix("gone ").encode() in left) is not is_gone


def test_a_shared_question_that_expired_is_in_no_file(home: Path) -> None:
    with opened(home) as store:
        for number in range(40):
            document = f'{{"asked": "{WORDS} {number}", "more": "{"x" * 900 * (number % 7)}"}}'
            store.put_answer(f"ans_{number}", document, now=NOW, expires=NOW if number % 2 else LATER)
        store.drop_expired(now=NOW)
        left = raw(home)
        for number in range(40):
            assert (f'{WORDS} {number}"'.encode() in left) is (number % 2 == 0)


def test_somebody_who_reads_meanwhile_delays_it_and_does_not_prevent_it(home: Path) -> None:
    with opened(home) as store:
        add_article(store, "one", [(1, WORDS)])
        store.put_answer("ans_1", "{}", now=NOW, expires=NOW)
        reader = store._database.connect(wait_s=0.1)
        reader.begin_view()
        assert reader.execute("SELECT words FROM article_reports").fetchone() == (WORDS,)
        assert store.articles.erase_report("art_one", 1)
        reader.rollback()
        reader.close()
        store.drop_expired(now=NOW)  # whatever is dropped next empties the journal as well
        assert WORDS.encode() not in raw(home)


def test_the_terminal_and_the_site_both_write_over_what_they_drop(home: Path) -> None:
    with opened(home) as store:
        for connection in (store._connection, store.articles._transactions._connection):
            assert connection.execute("PRAGMA secure_delete").fetchone() == (1,)
