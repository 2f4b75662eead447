"""One writer at a time, and its name for those who wait. Readers never come here.

The lock is the kernel's (``flock``), so it ends with the process however that ends. The file beside the
database names the holder; its time of change says since when.
"""

from __future__ import annotations

import fcntl
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from osler.errors import LibraryError

PAUSE_S: Final = 0.05


@contextmanager
def writer_lock(path: Path, *, holder: str, wait_s: float) -> Iterator[None]:
    """Hold the writer's lock file ``path`` within the block.

    Args:
        path: The lock file; made when missing, never removed (removing it would let two in).
        holder: What the holder is doing, such as ``osler add``.
        wait_s: Seconds to wait for another writer.

    Raises:
        LibraryError: ``library.busy`` when another process still holds it; the message names it.
        OSError: The file cannot be opened.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        _acquire(descriptor, path, wait_s)
        _sign(descriptor, holder)
        yield
    finally:
        os.close(descriptor)


def is_held(path: Path) -> bool:
    """Tell whether a process, this one included, holds the writer's lock file ``path`` now."""
    if not path.exists():
        return False
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _acquire(descriptor: int, path: Path, wait_s: float) -> None:
    pause = threading.Event()
    for attempt in range(int(wait_s / PAUSE_S) + 1):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if (attempt + 1) * PAUSE_S <= wait_s:
                pause.wait(PAUSE_S)
        else:
            return
    raise busy(path)


def _sign(descriptor: int, holder: str) -> None:
    # A full disk must not keep a writer from freeing space: the signature is a courtesy.
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps({"pid": os.getpid(), "command": holder}).encode(), 0)
    except OSError:
        return


def busy(path: Path) -> LibraryError:
    """Return the error that says who holds the lock file ``path``."""
    return LibraryError(
        f"another process is writing: {describe_holder(path)}",
        item=path.parent.as_posix(),
        hint="wait for it, or raise OSLER_WAIT_S",
        code="library.busy",
    )


def describe_holder(path: Path) -> str:
    """Return ``osler add, process 123, since 2026-01-31T12:00:00Z`` from the lock file ``path``."""
    try:
        signed = json.loads(path.read_text(encoding="utf-8"))
        since = datetime.fromtimestamp(path.stat().st_mtime, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return f"{signed['command']}, process {signed['pid']}, since {since}"
    except (OSError, ValueError, KeyError, TypeError):
        return "a process that has not signed"
