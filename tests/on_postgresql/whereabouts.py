"""Where the folders of the tests' servers lie."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

PREFIX = "osler-postgresql-"
MEMORY = Path("/dev/shm")
ROOM = 4 << 30
"""Bytes; a whole run has far less at any moment, and containers often give 64 MB."""


def places() -> list[Path]:
    """Return where a server's folder may lie, the best place first.

    Each test has databases of its own, of some three hundred small files: in memory ten times as quick.
    """
    ordinary = Path(tempfile.gettempdir())
    if not MEMORY.is_dir() or not os.access(MEMORY, os.W_OK):
        return [ordinary]
    is_roomy = shutil.disk_usage(MEMORY).free >= ROOM
    return [MEMORY, ordinary] if is_roomy else [ordinary, MEMORY]
