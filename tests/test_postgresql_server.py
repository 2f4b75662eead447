"""The tests' own server of PostgreSQL ends with the run that started it, however that run ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.on_postgresql import leftovers

ROOT = Path(__file__).parent.parent
GONE_WITHIN_S = 60.0
SETTINGS = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
LOAD = "import tests.on_postgresql.cluster"
PROGRAM = """
import os, time
from tests.on_postgresql.cluster import start

server = start()
if os.fork() == 0:  # a child that inherits all, and lives on
    time.sleep(600)
print(server.folder, server.port, server.keeper.pid, flush=True)
time.sleep(600)
"""
TEST = """
import time

def test_that_takes_for_ever(postgresql):
    print(postgresql.folder, postgresql.port, postgresql.keeper.pid, flush=True)
    time.sleep(600)
"""
pytestmark = pytest.mark.usefixtures("postgresql")  # where there is none, these are skipped and say why


@dataclass(frozen=True)
class Run:
    """A process that started a server and does nothing more, in a session of its own."""

    process: subprocess.Popen[str]
    folder: Path
    port: int
    keeper: int

    def end(self, by: signal.Signals = signal.SIGKILL) -> None:
        self.process.send_signal(by)
        self.process.wait(GONE_WITHIN_S)

    def is_served(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def has_left_nothing(self) -> bool:
        end = time.monotonic() + GONE_WITHIN_S
        while (self.is_served() or self.folder.exists()) and time.monotonic() < end:
            time.sleep(0.05)
        return not self.is_served() and not self.folder.exists()


def begin(*words: str, cwd: Path = ROOT, python: str = sys.executable, **named: Any) -> Run:
    """Start a run and return once it has its server."""
    process = subprocess.Popen(
        [python, *words], stdout=subprocess.PIPE, text=True, cwd=cwd, start_new_session=True,
        env=SETTINGS, preexec_fn=heed_signals, **named,
    )  # fmt: skip
    assert process.stdout is not None
    folder, port, keeper = process.stdout.readline().split()
    return Run(process, Path(folder), int(port), int(keeper))


def heed_signals() -> None:
    """Let a process be ended by what a shell makes those in its background ignore, and hands on."""
    for each in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(each, signal.SIG_DFL)


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_a_process_that_is_killed_leaves_no_server(by: signal.Signals) -> None:
    run = begin("-c", PROGRAM)
    try:
        assert run.is_served()
        run.end(by)
        assert run.has_left_nothing()
    finally:
        os.killpg(run.process.pid, signal.SIGKILL)  # the child that lived on


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGINT])
def test_a_run_of_pytest_that_is_broken_off_leaves_no_server(tmp_path: Path, by: signal.Signals) -> None:
    (tmp_path / "test_run.py").write_text(TEST)
    run = begin(
        "-m", "pytest", "-q", "-s", "-c", os.devnull, "--rootdir", str(tmp_path),
        "-p", "tests.conftest", "-p", "no:cacheprovider", "test_run.py", cwd=tmp_path,
    )  # fmt: skip
    assert run.is_served()
    run.end(by)
    assert run.has_left_nothing()


def test_what_a_killed_keeper_left_is_swept_by_a_later_run() -> None:
    run, other = begin("-c", PROGRAM), begin("-c", PROGRAM)
    try:
        os.kill(run.keeper, signal.SIGKILL)
        run.end()
        assert run.is_served()
        leftovers.sweep(young_s=0.0)
        assert run.has_left_nothing()
        assert other.is_served()
        other.end()
        assert other.has_left_nothing()
    finally:
        for one in (run, other):
            os.killpg(one.process.pid, signal.SIGKILL)


@pytest.mark.skipif(os.getuid() != 0, reason="needs root, to be somebody else")
def test_somebody_who_is_not_root_runs_the_server_as_themselves() -> None:
    run = begin("-c", PROGRAM, python=python_for_all(), user="nobody")
    try:
        assert run.folder.owner() == "nobody"
        run.end()
        assert run.has_left_nothing()
    finally:
        os.killpg(run.process.pid, signal.SIGKILL)


def python_for_all() -> str:
    """Return a Python of this version that anybody may run on these files; without one this skips."""
    for python in (sys.executable, "/usr/bin/python{}.{}".format(*sys.version_info)):
        try:
            subprocess.run([python, "-c", LOAD], user="nobody", check=True, cwd="/", env=SETTINGS)
        except (OSError, subprocess.CalledProcessError):
            continue
        return python
    pytest.skip("needs a Python, and a folder of this checkout, that everybody may read")
