"""Removes servers whose keeper was itself killed; the folder of a live run is locked by its keeper."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from tests.on_postgresql.keeper import hold
from tests.on_postgresql.whereabouts import PREFIX, places

YOUNG_S = 60.0
"""A folder that was touched since may belong to a run that is just beginning."""

PATIENCE_S = 10.0


def sweep(*, young_s: float = YOUNG_S) -> None:
    """End the servers that nobody keeps any more, and remove their folders."""
    for folder in (folder for place in places() for folder in place.glob(f"{PREFIX}*")):
        with suppress(OSError):  # somebody else's, or gone meanwhile
            if time.time() - folder.stat().st_mtime < young_s:
                continue
            lock = hold(folder)
            if lock is None:
                continue
            with lock:
                _end(folder)
                shutil.rmtree(folder)


def _end(folder: Path) -> None:
    """End the server in ``folder``, where one still runs."""
    try:
        process = int((folder / "data" / "postmaster.pid").read_text().partition("\n")[0])
    except (FileNotFoundError, ValueError):
        return
    deadline = time.monotonic() + PATIENCE_S
    while _is_the_server(process, folder):
        os.kill(process, signal.SIGQUIT if time.monotonic() < deadline else signal.SIGKILL)
        time.sleep(0.05)


def _is_the_server(process: int, folder: Path) -> bool:
    """Tell whether ``process`` is still the server in ``folder``: its number may have been reused."""
    said = subprocess.run(["ps", "-o", "args=", "-p", str(process)], capture_output=True, text=True)
    return f"{folder}/data" in said.stdout
