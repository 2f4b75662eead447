"""Backup and restore: whole copies, checked before they count, and the old library kept until then."""

from __future__ import annotations

import multiprocessing
import random
import sqlite3
from pathlib import Path

import pytest
from tests.library.made import add, make_record, open_library

from osler.errors import InputError, LibraryError
from osler.library import reindex
from osler.store import Store


def test_a_backup_brings_the_library_back_exactly(store: Store, tmp_path: Path) -> None:
    add(store, [make_record(n) for n in range(30)])
    store.put_answer("ans_1", "{}", now="")
    state = store.state()
    store.backup(tmp_path / "copy.db")
    add(store, [make_record(n, "Other words.") for n in range(60)])
    assert store.snapshot() != state.snapshot
    with open_library(tmp_path / "home", create=False) as reader:
        changed = reader.last_sequence()
        store.restore(tmp_path / "copy.db")
        assert reader.snapshot() == state.snapshot
        assert reader.count_sources() == 30
        assert reader.removed_since(changed)
        assert reader.last_sequence() > changed
    assert add(store, [make_record(1)]).unchanged == 1
    assert [path.name for path in tmp_path.iterdir() if "partial" in path.name] == []


def test_a_backup_fits_an_empty_library_elsewhere(store: Store, tmp_path: Path) -> None:
    add(store, [make_record(n) for n in range(3)])
    store.backup(tmp_path / "copy.db")
    with open_library(tmp_path / "other") as other:
        identity = other.identity()
        other.restore(tmp_path / "copy.db")
        assert other.snapshot() == store.snapshot()
        assert other.identity() == identity != store.identity()


def test_what_is_no_backup_is_refused_and_the_library_stays(store: Store, tmp_path: Path) -> None:
    add(store, [make_record(1)])
    state = store.state()
    store.backup(tmp_path / "copy.db")
    whole = (tmp_path / "copy.db").read_bytes()
    (tmp_path / "cut.db").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "text.db").write_text("no database at all " * 99)
    sqlite3.connect(tmp_path / "other.db").execute("CREATE TABLE t (x)").connection.close()
    for name in ("cut.db", "text.db", "other.db", "none.db"):
        with pytest.raises(InputError) as caught:
            store.restore(tmp_path / name)
        assert caught.value.code == "input.not_a_library"
    with sqlite3.connect(tmp_path / "copy.db") as copy:
        copy.execute("UPDATE alembic_version SET version_num = '9999_future'")
    copy.close()
    with pytest.raises(LibraryError) as newer:
        store.restore(tmp_path / "copy.db")
    assert newer.value.code == "library.newer"
    assert store.state() == state


@pytest.mark.sqlite("a server is no file that could be copied onto itself")
def test_a_library_is_not_copied_onto_itself(tmp_path: Path) -> None:
    with open_library(tmp_path) as store:
        for act in (store.backup, store.restore):
            with pytest.raises(LibraryError) as caught:
                act(tmp_path / "osler.db")
            assert caught.value.code == "library.same_file"


def restore_in(home: Path, file: Path) -> None:
    """Restore ``file`` in a process of its own."""
    with open_library(home, create=False) as store:
        store.restore(file)


def test_a_restore_that_is_killed_leaves_the_old_library_or_the_new_one(
    store: Store, tmp_path: Path
) -> None:
    add(store, [make_record(n) for n in range(4000)])
    store.backup(tmp_path / "copy.db")
    restored = store.snapshot()
    add(store, [make_record(n, "Other words.") for n in range(4000)])
    before = store.snapshot()
    context = multiprocessing.get_context("forkserver")
    chosen = random.Random(3)
    seen = set()
    for _ in range(12):
        process = context.Process(target=restore_in, args=(tmp_path / "home", tmp_path / "copy.db"))
        process.start()
        process.join(chosen.uniform(0.0, 0.3))
        process.kill()
        process.join()
        with open_library(tmp_path / "home", create=False) as reader:
            seen.add(reader.snapshot())
            assert reader.counts()["passages"] == 4000
    assert seen <= {before, restored}
    store.restore(tmp_path / "copy.db")
    assert store.snapshot() == restored
    assert not (tmp_path / "home" / "osler.db.restoring").exists()


def test_the_index_follows_additions_removals_and_a_restore(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    add(store, [make_record(n) for n in range(5)])
    assert (reindex.catch_up(store, folder).added, reindex.verify(store, folder)) == (5, [])
    store.backup(tmp_path / "copy.db")
    add(store, [make_record(n, "Other words of it.") for n in range(3, 9)])
    assert reindex.catch_up(store, folder).rebuilt
    assert reindex.verify(store, folder) == []
    store.restore(tmp_path / "copy.db")
    assert reindex.catch_up(store, folder).rebuilt
    assert reindex.verify(store, folder) == []


def test_a_backup_that_lost_a_table_does_not_replace_the_library(store: Store, tmp_path: Path) -> None:
    add(store, [make_record(n) for n in range(3)])
    before = store.snapshot()
    copy = tmp_path / "copy.db"
    store.backup(copy)
    connection = sqlite3.connect(copy)
    connection.execute("DROP TABLE passages")
    connection.commit()
    connection.close()
    with pytest.raises(InputError) as caught:
        store.restore(copy)
    assert caught.value.code == "input.not_a_library"
    assert store.snapshot() == before
    assert store.counts()["passages"] == 3
