"""Keeps a server of PostgreSQL for a run of the tests, and ends it with that run, however the run ends.

``python keeper.py FOLDER PORT PROGRAMS USER [SETTING…]``, with the run at the other end of standard
input, which says ``up``, ``down`` or ``crash`` and is answered with ``done`` or with what went wrong.
The end of the line ends everything: a run that was killed says nothing any more. The keeper has a
session of its own, so that Ctrl-C reaches the tests and not their server.
"""

from __future__ import annotations

import fcntl
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

HELD: Final = "held"
"""File in the folder that is locked for as long as its keeper lives."""

DONE: Final = "done"
LOOKS_S: Final = 0.5
"""How often the keeper looks for its parent: a child of the run may have the run's end of the line."""

PATIENCE_S: Final = 60.0
SIGNALS: Final = {"down": signal.SIGINT, "crash": signal.SIGQUIT}
"""``down`` is in good order, ``crash`` leaves the files to be mended at the next start."""


class Server:
    """The server in ``folder``; ``user`` is who runs it, empty for whoever runs this."""

    def __init__(self, folder: Path, port: str, programs: Path, user: str, settings: list[str]) -> None:
        self._folder = folder
        self._initdb = programs / "initdb"
        self._postgres = [
            programs / "postgres", "-D", folder / "data", "-k", folder, "-p", port, *settings,
        ]  # fmt: skip
        self._as_somebody = {"user": user} if user else {}
        self._process: subprocess.Popen[bytes] | None = None

    def make(self) -> str:
        """Make its files; return ``DONE`` or why that is not possible."""
        made = subprocess.run(
            [self._initdb, "-D", self._folder / "data", "-U", "postgres", "-E", "UTF8",
             "--locale=C.UTF-8", "--auth-local=trust", "--auth-host=scram-sha-256", "--no-sync"],
            stdin=subprocess.DEVNULL, capture_output=True, cwd="/", **self._as_somebody,
        )  # fmt: skip
        return DONE if made.returncode == 0 else f"initdb failed: {made.stderr.decode()}"

    def up(self) -> str:
        """Start it; return ``DONE`` once it takes connections, or what its log says."""
        with (self._folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                self._postgres, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/",
                **self._as_somebody,
            )  # fmt: skip
        deadline = time.monotonic() + PATIENCE_S
        while self._process.poll() is None and time.monotonic() < deadline:
            if self._is_ready(self._process.pid):
                return DONE
            time.sleep(0.02)
        return f"the server did not start: {(self._folder / 'log').read_text()}"

    def down(self, how: signal.Signals) -> str:
        """End it, where it runs; return ``DONE``."""
        if self._process is not None:
            self._process.send_signal(how)
            try:
                self._process.wait(PATIENCE_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None
        return DONE

    def _is_ready(self, process: int) -> bool:
        """Read the file in which the server says who it is and how far it has come."""
        try:
            lines = (self._folder / "data" / "postmaster.pid").read_text().split()
        except OSError:
            return False
        return lines[:1] == [str(process)] and lines[-1] == "ready"


def hold(folder: Path) -> BinaryIO | None:
    """Return the lock of ``folder``, None where somebody has it."""
    file = (folder / HELD).open("ab")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


def obey(server: Server, run: int) -> None:
    """Do what ``run``, the parent, says, until it says nothing any more."""
    while os.getppid() == run:
        if not select.select([0], [], [], LOOKS_S)[0]:
            continue
        word = os.read(0, 100).decode().strip()  # one at a time: each is answered before the next
        if not word:
            return
        _say(server.up() if word == "up" else server.down(SIGNALS[word]))


def _say(line: str) -> None:
    with suppress(OSError):  # the run may be gone
        os.write(1, " ".join(line.split()).encode() + b"\n")


def main() -> None:
    """Keep the server; at the end nothing of it is left."""
    run = os.getppid()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    folder, port, programs, user, *settings = sys.argv[1:]
    lock = hold(Path(folder))
    server = Server(Path(folder), port, Path(programs), user, settings)
    try:
        _say(server.make())
        obey(server, run)
    finally:
        server.down(signal.SIGQUIT)
        shutil.rmtree(folder, ignore_errors=True)
        if lock is not None:
            lock.close()


if __name__ == "__main__":
    main()
