"""The tests' own server of PostgreSQL ends with the run that started it, however that run ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.on_postgresql import leftovers

ROOT = Path(__file__).parent.parent
GONE_WITHIN_S = 30.0
RUN = """
import time

def test_that_takes_for_ever(postgresql):
    print(postgresql.folder, postgresql.port, postgresql.keeper.pid, flush=True)
    time.sleep(600)
"""
pytestmark = pytest.mark.usefixtures("postgresql")  # where there is none, this is skipped with the reason


@dataclass(frozen=True)
class Run:
    """A run of pytest that has its server and goes on for ever."""

    process: subprocess.Popen[str]
    folder: Path
    port: int
    keeper: int

    def is_served(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def has_left_nothing(self) -> bool:
        end = time.monotonic() + GONE_WITHIN_S
        while (self.is_served() or self.folder.exists()) and time.monotonic() < end:
            time.sleep(0.05)
        return not self.is_served() and not self.folder.exists()


@pytest.fixture
def begin(tmp_path: Path) -> Callable[..., Run]:
    """Start such a run, as somebody else where a name is given."""

    def started(**named: str) -> Run:
        (tmp_path / "test_run.py").write_text(RUN)
        tmp_path.chmod(0o755)
        process = subprocess.Popen(
            [sys.executable, "-m", "pytest", "-q", "-s", "-c", os.devnull, "--rootdir", tmp_path,
             "-p", "tests.conftest", "-p", "no:cacheprovider", "test_run.py"],
            env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}", "PYTHONDONTWRITEBYTECODE": "1"},
            cwd=tmp_path, stdout=subprocess.PIPE, text=True, start_new_session=True, **named,
        )  # fmt: skip
        assert process.stdout is not None
        folder, port, keeper = process.stdout.readline().split()
        return Run(process, Path(folder), int(port), int(keeper))

    return started


@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM", "SIGHUP", "SIGINT"])
def test_a_run_that_is_ended_from_outside_leaves_no_server(
    begin: Callable[..., Run], name: str
) -> None:
    run = begin()
    assert run.is_served()
    os.killpg(run.process.pid, signal.Signals[name])  # as Ctrl-C reaches all of a terminal
    run.process.wait()
    assert run.has_left_nothing()


def test_what_a_killed_keeper_left_is_swept_by_the_next_run(begin: Callable[..., Run]) -> None:
    run, other = begin(), begin()
    os.kill(run.keeper, signal.SIGKILL)
    run.process.kill()
    run.process.wait()
    assert run.is_served()
    leftovers.sweep(young_s=0.0)
    assert run.has_left_nothing()
    assert other.is_served()
    other.process.kill()
    other.process.wait()
    assert other.has_left_nothing()


@pytest.mark.skipif(os.getuid() != 0, reason="needs root, to be somebody else")
def test_somebody_who_is_not_root_runs_the_server_as_themselves(begin: Callable[..., Run]) -> None:
    run = begin(user="nobody")
    assert run.folder.owner() == "nobody"
    run.process.kill()
    run.process.wait()
    assert run.has_left_nothing()
