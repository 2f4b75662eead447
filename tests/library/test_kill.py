"""A process that adds is killed at any moment: adding again ends in the same state."""

from __future__ import annotations

import multiprocessing
import random
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.library.adder import add_records, records
from tests.library.made import add, open_library
from tests.on_postgresql.libraries import KINDS, SQLITE
from tests.on_postgresql.opened import opened
from tests.on_postgresql.redirecting import address

from osler.errors import NotFoundError

RECORDS = 20_000 if SQLITE in KINDS else 5_000  # a server takes several times as long for each
MOMENTS = 50
SIDE_BY_SIDE = 2


CONTEXT = multiprocessing.get_context("forkserver")
"""Processes of their own that start with everything loaded: a hundred of them are started here."""

CONTEXT.set_forkserver_preload(["tests.library.adder", "osler.store.migrate", "osler.store.writer"])


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, float]:
    """The snapshot of a run that nobody disturbs, and how long it takes."""
    finish(tmp_path_factory.mktemp("warm"))
    home = tmp_path_factory.mktemp("undisturbed")
    start = time.monotonic()
    snapshot = finish(home)
    took = time.monotonic() - start
    with open_library(home, create=False) as store:
        assert store.count_sources() == RECORDS
        assert store.counts()["passages"] == RECORDS
    return snapshot, took


def finish(home: Path) -> str:
    """Add everything and return the snapshot."""
    process = CONTEXT.Process(target=add_records, args=(home, RECORDS))
    process.start()
    process.join()
    assert process.exitcode == 0
    with open_library(home, create=False) as store:
        return store.snapshot()


def kill_after(home: Path, wait_s: float) -> bool:
    """Start adding, kill it after ``wait_s``, and tell whether it was still at work."""
    process = CONTEXT.Process(target=add_records, args=(home, RECORDS))
    process.start()
    process.join(wait_s)
    process.kill()
    process.join()
    return process.exitcode == -signal.SIGKILL


def is_sound(home: Path) -> bool:
    """Whether the library opens without a writer and holds whole records only."""
    try:
        with open_library(home, create=False) as store:
            state, counts = store.state(), store.counts()
    except NotFoundError:
        return True
    return is_whole(home / "osler.db") and counts["passages"] == state.sources


def is_whole(path: Path) -> bool:
    """Whether the file is intact and no row lacks what it refers to; a server sees to both itself."""
    if address(path):
        return True
    with opened(path) as tool:
        verdict = tool.execute("PRAGMA integrity_check").fetchone()
        torn = tool.execute("PRAGMA foreign_key_check").fetchall()
    return (verdict, torn) == (("ok",), [])


@pytest.mark.slow
def test_killed_at_fifty_moments_and_added_again_ends_in_the_same_state(
    undisturbed: tuple[str, float], tmp_path: Path
) -> None:
    snapshot, took = undisturbed
    chosen = random.Random(20261122)

    def disturb(number: int, moment: float) -> tuple[bool, bool, str]:
        home = tmp_path / str(number)
        killed = kill_after(home, moment)
        sound = is_sound(home)
        return killed, sound, finish(home)

    # Two processes at a time take longer than one: the moments reach past the undisturbed time.
    moments = [chosen.uniform(0.0, took * 1.2) for _ in range(MOMENTS)]
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        outcomes = list(pool.map(disturb, range(MOMENTS), moments))
    assert {(sound, end) for _killed, sound, end in outcomes} == {(True, snapshot)}
    assert sum(killed for killed, _sound, _end in outcomes) > MOMENTS // 2


@pytest.mark.slow
def test_one_library_killed_again_and_again_ends_in_the_same_state(
    undisturbed: tuple[str, float], tmp_path: Path
) -> None:
    snapshot, took = undisturbed
    chosen = random.Random(7)
    killed = [kill_after(tmp_path, chosen.uniform(0.1, 0.7) * took) for _ in range(8)]
    assert any(killed)
    assert is_sound(tmp_path)
    assert finish(tmp_path) == snapshot
    with open_library(tmp_path, create=False) as store:
        report = add(store, records(500), origin="made")
        assert (report.unchanged, report.older, report.changed) == (500, 10, False)
        assert store.snapshot() == snapshot
