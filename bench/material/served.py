"""A running ``osler serve``: started as people start it, and what its process and the machine use.

Reads Linux's /proc; elsewhere the benchmark that needs it cannot run.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CALL = "from osler.surfaces.cli.main import program; program()"
PATIENCE_S = 60.0
STOP_S = 30.0
_TICKS = os.sysconf("SC_CLK_TCK")
_CLOCK_FIELDS = (13, 14)  # utime and stime of /proc/PID/stat, counted from nought
_IDLE_FIELDS = (3, 4)  # idle and iowait of the first line of /proc/stat


@dataclass(frozen=True, slots=True)
class Use:
    """What was used up to a moment.

    Attributes:
        at_s: When, by a clock that only runs forward.
        server_s: Processor time of the server.
        client_s: Processor time of this process.
        machine_s: Processor time of everything on the machine.
        held_mb: Memory that the server holds, mapped files included.
        own_mb: The part of it that no file stands behind.
    """

    at_s: float
    server_s: float
    client_s: float
    machine_s: float
    held_mb: float
    own_mb: float


@dataclass(frozen=True, slots=True)
class Shares:
    """Processors kept busy between two moments, in numbers of processors."""

    server: float
    client: float
    others: float


def shares(before: Use, after: Use) -> Shares:
    """Return how many processors each kept busy between ``before`` and ``after``."""
    took_s = after.at_s - before.at_s
    server = (after.server_s - before.server_s) / took_s
    client = (after.client_s - before.client_s) / took_s
    machine = (after.machine_s - before.machine_s) / took_s
    return Shares(server, client, max(0.0, machine - server - client))


@dataclass(frozen=True, slots=True)
class Served:
    """One server.

    Attributes:
        url: Where it answers, without a slash at the end.
        pid: Its process.
    """

    url: str
    pid: int

    def use(self) -> Use:
        """Return what has been used up to now."""
        stat = Path(f"/proc/{self.pid}/stat").read_text("ascii").rpartition(") ")[2].split()
        memory = dict(
            line.split(":", 1)
            for line in Path(f"/proc/{self.pid}/status").read_text("ascii").splitlines()
        )
        whole = [
            int(field) for field in Path("/proc/stat").read_text("ascii").split("\n")[0].split()[1:9]
        ]
        idle = sum(whole[place] for place in _IDLE_FIELDS)
        return Use(
            at_s=time.monotonic(),
            # the name and the process id are cut off, so that two fields are missing at the front
            server_s=sum(int(stat[place - 2]) for place in _CLOCK_FIELDS) / _TICKS,
            client_s=time.process_time(),
            machine_s=(sum(whole) - idle) / _TICKS,
            held_mb=_kilobytes(memory["VmRSS"]) / 1024,
            own_mb=_kilobytes(memory["RssAnon"]) / 1024,
        )


@contextmanager
def serve(environment: Mapping[str, str], log: Path) -> Iterator[Served]:
    """Run ``osler serve`` on a free port of this machine for the length of the block.

    Args:
        environment: Its settings, beside the environment of this process.
        log: Where it writes what it says.

    Raises:
        SystemExit: It does not answer, or does not end when it is asked to.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-c", CALL, "serve", "--port", str(port)],
            stdout=written,
            stderr=written,
            env={**os.environ, **environment},
        )
        try:
            _wait_for(port, process, log)
            yield Served(f"http://127.0.0.1:{port}", process.pid)
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                process.kill()
                raise SystemExit("the server did not end when it was asked to") from None


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit(f"the server does not answer:\n{log.read_text('utf-8', 'replace')}")


def _kilobytes(field: str) -> int:
    return int(field.split()[0])
