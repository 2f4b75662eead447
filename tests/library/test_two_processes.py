"""Two processes on one library: readers never wait, the second writer is told who holds it."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from tests.library.adder import start_adding
from tests.library.made import add, make_record, open_library

from osler.errors import LibraryError

pytestmark = pytest.mark.usefixtures("database_kind")


def test_readers_go_on_and_a_second_writer_is_told_who_holds_it(tmp_path: Path) -> None:
    process = start_adding(tmp_path, 4000, pause=True)
    assert process.stdout is not None
    lines = [process.stdout.readline().strip() for _ in range(3)]
    assert lines == ["open", "1000", "2000"]
    with open_library(tmp_path, create=False, wait_s=0.1) as store:
        assert store.is_being_written()
        assert store.count_sources() == len(list(store.iter_index_rows())) > 1900
        store.put_answer("ans_1", "{}", now="")
        assert store.answer("ans_1") == "{}"
        with pytest.raises(LibraryError) as caught:
            add(store, [make_record(1)])
        assert (caught.value.code, caught.value.retryable) == ("library.busy", True)
        for part in ("osler add", str(process.pid), "since 20"):
            assert part in caught.value.message
        out, err = process.communicate()
        assert (process.returncode, err) == (0, "")
        assert store.snapshot() == out.split()[-1]
        assert not store.is_being_written()
        assert add(store, [make_record(9999)]).added == 1


def test_a_killed_writer_leaves_no_lock_behind(tmp_path: Path) -> None:
    process = start_adding(tmp_path, 4000, pause=True)
    assert process.stdout is not None
    for _ in range(3):
        process.stdout.readline()
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    with open_library(tmp_path, wait_s=0.0) as store:
        assert not store.is_being_written()
        assert add(store, [make_record(9999)]).added == 1


def test_two_adds_of_the_same_records_at_once_end_in_one_state(tmp_path: Path) -> None:
    processes = [start_adding(tmp_path, 1000) for _ in range(2)]
    outs = [process.communicate() for process in processes]
    states = {
        out.split()[-1] for (out, _err), p in zip(outs, processes, strict=True) if p.returncode == 0
    }
    refused = [err for (_out, err), p in zip(outs, processes, strict=True) if p.returncode != 0]
    assert len(states) == 1
    assert all("library.busy" in err for err in refused)


def test_waiting_long_enough_gets_the_library(tmp_path: Path) -> None:
    process = start_adding(tmp_path, 1000, pause=True)
    assert process.stdout is not None
    assert process.stdin is not None
    process.stdout.readline()
    with open_library(tmp_path, create=False, wait_s=60.0) as store:
        process.stdin.close()
        assert add(store, [make_record(9999)]).added == 1
    process.stdin = None
    process.communicate()
    assert process.returncode == 0
